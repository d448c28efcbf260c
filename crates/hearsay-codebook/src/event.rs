//! Event types, their modes and codes, rules of users, and thresholds of the event stage.

use std::collections::BTreeMap;

use hearsay_ledger::Stance;
use serde::Deserialize;

use crate::layers::{Layered, Layers, Origin, Origins};
use crate::nearest::did_you_mean;
use crate::rule::{Rule, RuleEntry, Rules};
use crate::{CodebookError, table};

const FILE: &str = "codebook/event.toml";
const TEXT: &str = include_str!("../../../codebook/event.toml");
const OPEN: [&str; 4] = ["sets", "types.*.modes", "types.*.words", "types.*.stances"];
const CAMEO_FILE: &str = "codebook/cameo.tsv";
const CAMEO_TEXT: &str = include_str!("../../../codebook/cameo.tsv");
const CAMEO_COLUMNS: [&str; 6] = ["code", "name", "quad_class", "goldstein", "type", "mode"];

/// Event types with their modes and codes, rules, and thresholds of the event stage.
#[derive(Clone, Debug)]
pub struct EventLists {
    /// Added to the score of a word being no trigger (natural logarithm).
    pub trigger_bias: f32,
    /// Added to the score of a word filling no role of a trigger (natural logarithm).
    pub role_bias: f32,
    /// Added to that where a role of a trigger stayed empty (natural logarithm).
    pub second_role_bias: f32,
    /// Types of events that are done to the object of their verb.
    pub object_recipients: Vec<String>,
    /// Types of cooperative acts, which are agreements while they are only planned or promised.
    pub cooperative: Vec<String>,
    /// The type of a cooperative act that is planned or promised.
    pub planned_cooperative: String,
    types: BTreeMap<String, EventType>,
    rules: Rules,
    cameo: BTreeMap<String, CameoCode>,
}

/// A PLOVER event type.
#[derive(Clone, Debug)]
struct EventType {
    quad: String,
    cameo: String,
    modes: Vec<String>,
    by_mode: BTreeMap<String, String>,
    by_word: BTreeMap<String, String>,
    by_stance: BTreeMap<String, String>,
}

/// A CAMEO code.
#[derive(Clone, Debug, PartialEq)]
pub struct CameoCode {
    /// The code, two to four digits.
    pub code: String,
    /// Its name in the codebook.
    pub name: String,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad_class: u8,
    /// Goldstein score, -10 to 10, as GDELT publishes it; `None` where it has none.
    pub goldstein: Option<f32>,
    /// The PLOVER type closest to it; `None` for bare statements.
    pub event_type: Option<String>,
    /// The mode of that type closest to it.
    pub mode: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    trigger_bias: f32,
    role_bias: f32,
    second_role_bias: f32,
    object_recipients: Vec<String>,
    cooperative: Vec<String>,
    planned_cooperative: String,
    rule_reach: usize,
    rules: Vec<toml::Value>,
    sets: BTreeMap<String, Vec<String>>,
    types: BTreeMap<String, TypeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeEntry {
    quad: String,
    cameo: String,
    modes: BTreeMap<String, String>,
    words: BTreeMap<String, String>,
    stances: BTreeMap<String, String>,
}

impl EventLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let Layered { file, origins } = layers.toml::<File>(FILE, TEXT, &OPEN)?;
        let rows = layers.table(CAMEO_FILE, CAMEO_TEXT, CAMEO_COLUMNS)?;
        let wrong_set = |(name, problem): (String, String)| origins.of(&format!("sets.{name}"), 0).wrong(format!("the set `{name}` {problem}"));
        let mut lists = Self {
            trigger_bias: file.trigger_bias,
            role_bias: file.role_bias,
            second_role_bias: file.second_role_bias,
            object_recipients: file.object_recipients,
            cooperative: file.cooperative,
            planned_cooperative: file.planned_cooperative,
            rules: Rules::new(&file.sets, file.rule_reach).map_err(wrong_set)?,
            types: file.types.into_iter().map(|(name, entry)| (name, EventType::from(entry))).collect(),
            cameo: BTreeMap::new(),
        };
        for row in &rows {
            let code = lists.cameo_code_of(row)?;
            lists.cameo.insert(code.code.clone(), code);
        }
        lists.check_types(&origins)?;
        for (index, entry) in file.rules.into_iter().enumerate() {
            let origin = origins.of("rules", index);
            let entry: RuleEntry = entry.try_into().map_err(|error: toml::de::Error| origin.wrong(format!("in this rule: {}", error.message())))?;
            lists.add_rule(entry, &origin)?;
        }
        Ok(lists)
    }

    /// Whether every code is known, and every stance.
    fn check_types(&self, origins: &Origins) -> Result<(), CodebookError> {
        for (name, kind) in &self.types {
            let tables = [("modes", &kind.by_mode), ("words", &kind.by_word), ("stances", &kind.by_stance)];
            let keyed = tables.iter().flat_map(|(table, codes)| codes.iter().map(move |(key, code)| (format!("types.{name}.{table}.{key}"), code)));
            let alone = std::iter::once((format!("types.{name}.cameo"), &kind.cameo));
            if let Some((key, code)) = alone.chain(keyed).find(|(_, code)| !self.cameo.contains_key(code.as_str())) {
                return Err(origins.of(&key, 0).wrong(format!("`{key}` is `{code}`, which is no CAMEO code")));
            }
            if let Some(stance) = kind.by_stance.keys().find(|stance| Stance::from_word(stance).is_none()) {
                let key = format!("types.{name}.stances.{stance}");
                return Err(origins.of(&key, 0).wrong(format!("`{stance}` is no stance{}", did_you_mean(stance, stances()))));
            }
        }
        Ok(())
    }

    /// Checks a rule and fills in what its code says.
    fn add_rule(&mut self, mut entry: RuleEntry, origin: &Origin) -> Result<(), CodebookError> {
        let wrong = |problem: String| origin.wrong(format!("the rule `{}` {problem}", entry.trigger));
        if let Some(code) = &entry.cameo {
            let known = self.cameo.get(code).ok_or_else(|| wrong(format!("has a `cameo` `{code}`, which is no CAMEO code")))?;
            if entry.event_type.is_none() && !entry.skip {
                entry.mode = entry.mode.or_else(|| known.mode.clone());
                entry.event_type.clone_from(&known.event_type);
            }
        }
        let wrong = |problem: String| origin.wrong(format!("the rule `{}` {problem}", entry.trigger));
        match &entry.event_type {
            None if entry.skip => {}
            None if entry.cameo.is_some() => {
                return Err(wrong("has the CAMEO code of a bare statement, which is no event here; give a `type`".to_owned()));
            }
            None => return Err(wrong("needs a `type`, a `cameo` or `skip = true`".to_owned())),
            Some(kind) => {
                let help = || did_you_mean(kind, self.types.keys().map(String::as_str));
                let known = self.types.get(kind).ok_or_else(|| wrong(format!("has a `type` `{kind}` that is none of PLOVER's sixteen{}", help())))?;
                if let Some(mode) = entry.mode.as_ref().filter(|mode| !known.modes.contains(mode)) {
                    let help = did_you_mean(mode, known.modes.iter().map(String::as_str));
                    return Err(wrong(format!("has a `mode` `{mode}` that {kind} does not have{help}")));
                }
            }
        }
        let stance = match &entry.stance {
            None => None,
            Some(word) => Some(
                Stance::from_word(word)
                    .ok_or_else(|| wrong(format!("has a `stance` `{word}` that the ledger does not know{}", did_you_mean(word, stances()))))?,
            ),
        };
        let trigger = entry.trigger.clone();
        self.rules.add(entry, stance, origin).map_err(|problem| origin.wrong(format!("the rule `{trigger}` {problem}")))
    }

    /// The rules, in the order of the files.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        self.rules.all()
    }

    /// The rule for the beginning of `words` (in lower case, to the end of the sentence), with how many of them are its
    /// trigger: the rule that asks for the most words, of equals the later. `tag` is the universal part of speech of the
    /// first word. The rule is given by its index.
    #[must_use]
    pub fn rule_at(&self, words: &[&str], tag: &str) -> Option<(usize, usize)> {
        self.rules.at(words, tag)
    }

    /// The names of the event types.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }

    /// The modes of an event type.
    #[must_use]
    pub fn modes(&self, event_type: &str) -> &[String] {
        self.types.get(event_type).map_or(&[], |t| t.modes.as_slice())
    }

    /// The quad class of an event type ("material conflict").
    #[must_use]
    pub fn quad_class(&self, event_type: &str) -> Option<&str> {
        self.types.get(event_type).map(|t| t.quad.as_str())
    }

    /// The CAMEO code closest to an event: by the word of its trigger, else by a stance for which CAMEO has codes of its
    /// own, else by its mode, else by its type.
    #[must_use]
    pub fn cameo_code(&self, event_type: &str, mode: Option<&str>, stance: Stance, word: &str) -> Option<&str> {
        let kind = self.types.get(event_type)?;
        let code = kind
            .by_stance
            .get(stance.as_str())
            .or_else(|| kind.by_word.get(word))
            .or_else(|| mode.and_then(|mode| kind.by_mode.get(mode)))
            .unwrap_or(&kind.cameo);
        Some(code)
    }

    /// What a CAMEO code means.
    #[must_use]
    pub fn cameo(&self, code: &str) -> Option<&CameoCode> {
        self.cameo.get(code)
    }

    fn cameo_code_of(&self, row: &table::Row<6>) -> Result<CameoCode, CodebookError> {
        let [code, name, quad_class, goldstein, event_type, mode] = row.cells.clone();
        let quad_class = quad_class.parse().ok().filter(|n| (1..=4).contains(n)).ok_or_else(|| row.wrong("the quad class must be 1, 2, 3 or 4"))?;
        let goldstein =
            if goldstein.is_empty() { None } else { Some(goldstein.parse().map_err(|_| row.wrong("the Goldstein score must be a number"))?) };
        let event_type = Some(event_type).filter(|kind| !kind.is_empty());
        let mode = Some(mode).filter(|mode| !mode.is_empty());
        if let Some(kind) = event_type.as_ref().filter(|kind| !self.types.contains_key(*kind)) {
            return Err(row.wrong(format!("`{kind}` is none of PLOVER's types{}", did_you_mean(kind, self.types()))));
        }
        let modes = self.modes(event_type.as_deref().unwrap_or(""));
        if let Some(mode) = mode.as_ref().filter(|mode| !modes.contains(mode)) {
            return Err(row.wrong(format!("`{mode}` is no mode of the type{}", did_you_mean(mode, modes.iter().map(String::as_str)))));
        }
        Ok(CameoCode { code, name, quad_class, goldstein, event_type, mode })
    }
}

fn stances() -> impl Iterator<Item = &'static str> {
    Stance::ALL.iter().map(|stance| stance.as_str())
}

impl From<TypeEntry> for EventType {
    fn from(entry: TypeEntry) -> Self {
        Self {
            quad: entry.quad,
            cameo: entry.cameo,
            modes: entry.modes.keys().cloned().collect(),
            by_mode: entry.modes,
            by_word: entry.words,
            by_stance: entry.stances,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::UserFile;

    fn with(files: &[(&str, &str)]) -> Result<EventLists, String> {
        let files: Vec<UserFile> = files.iter().map(|(name, text)| UserFile { path: format!("my/{name}"), text: (*text).to_owned() }).collect();
        EventLists::read(&mut Layers::new(&files).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn all_sixteen_types_are_there() {
        let lists = with(&[]).unwrap();
        assert_eq!(lists.types().count(), 16);
        assert_eq!(lists.cameo("195").unwrap().goldstein, Some(-10.0));
        let typed = lists.cameo.values().filter(|code| code.event_type.is_some()).count();
        assert_eq!(lists.cameo.len() - typed, lists.cameo.keys().filter(|code| code.starts_with("01")).count());
    }

    #[test]
    fn the_code_follows_word_mode_and_stance() {
        let lists = with(&[]).unwrap();
        assert_eq!(lists.cameo_code("ASSAULT", Some("aerial"), Stance::Asserts, "raid"), Some("195"));
        assert_eq!(lists.cameo_code("ASSAULT", None, Stance::Denies, "hit"), Some("190"));
        assert_eq!(lists.cameo_code("RETREAT", Some("ceasefire"), Stance::CallsFor, "truce"), Some("0256"));
        assert_eq!(lists.cameo_code("SHOUT", None, Stance::Asserts, "x"), None);
    }

    #[test]
    fn a_rule_takes_from_its_code_what_it_does_not_say() {
        let lists = with(&[(
            "event.toml",
            "# mine\n[[rules]]\ntrigger = \"shell*\"\ncameo = \"194\"\n[[rules]]\ntrigger = \"shell company\"\nskip = true\n",
        )])
        .unwrap();
        let (index, taken) = lists.rule_at(&["shelled", "the"], "VERB").unwrap();
        let rule = &lists.rules()[index];
        assert_eq!((taken, rule.event_type.as_deref(), rule.mode.as_deref()), (1, Some("ASSAULT"), Some("heavy-weapons")));
        assert_eq!(rule.origin, "my/event.toml:2");
        assert_eq!(lists.rule_at(&["shell", "company"], "NOUN"), Some((1, 2)));
    }

    #[test]
    fn a_user_may_add_modes_and_codes() {
        let lists = with(&[
            ("event.toml", "[types.ASSAULT.modes]\narson = \"1712X\"\n[types.ASSAULT.words]\ntorched = \"1712X\"\n"),
            ("cameo.tsv", "code\tname\tquad_class\ttype\tmode\n1712X\tBurn down\t4\tASSAULT\tarson\n"),
        ])
        .unwrap();
        assert_eq!(lists.cameo_code("ASSAULT", Some("arson"), Stance::Asserts, "fire"), Some("1712X"));
        assert_eq!(lists.cameo("1712X").unwrap().goldstein, None);
    }

    #[test]
    fn a_rule_that_cannot_be_used_is_told() {
        for (rule, problem) in [
            ("trigger = \"x\"", "the rule `x` needs a `type`"),
            ("trigger = \" \"\nskip = true", "has no words"),
            ("trigger = \"x\"\ntype = \"ASSALT\"", "none of PLOVER's sixteen; did you mean `ASSAULT`?"),
            ("trigger = \"x\"\ntype = \"ASSAULT\"\nmode = \"areal\"", "ASSAULT does not have; did you mean `aerial`?"),
            ("trigger = \"x\"\ntype = \"ASSAULT\"\nstance = \"denied\"", "does not know; did you mean `denies`?"),
            ("trigger = \"x\"\ncameo = \"999\"", "which is no CAMEO code"),
            ("trigger = \"x\"\ncameo = \"010\"", "the CAMEO code of a bare statement"),
            ("trigger = \"x\"\nskipp = true", "unknown field `skipp`"),
            ("type = \"ASSAULT\"", "missing field `trigger`"),
        ] {
            let error = with(&[("event.toml", &format!("\n[[rules]]\n{rule}\n"))]).unwrap_err();
            assert!(error.contains(problem) && error.starts_with("my/event.toml:2: "), "{error}");
        }
    }

    #[test]
    fn codes_types_and_stances_that_are_not_there_are_told() {
        for (file, text, wanted) in [
            ("event.toml", "[types.AID]\ncameo = \"777\"", "my/event.toml:2: `types.AID.cameo` is `777`, which is no CAMEO code"),
            ("event.toml", "[types.AID.stances]\nexpect = \"033\"", "my/event.toml:2: `expect` is no stance; did you mean `expects`?"),
            ("event.toml", "[types.AIDS]\ncameo = \"070\"", "my/event.toml:1: there is no key `types.AIDS`; did you mean `types.AID`?"),
            ("event.toml", "[sets]\nties = [\"&bonds\"]", "my/event.toml:2: the set `ties` names a set `&bonds` that is not there"),
            ("cameo.tsv", "code\tname\tquad_class\n999\tx\t5", "my/cameo.tsv:2: the quad class must be 1, 2, 3 or 4"),
            ("cameo.tsv", "code\tquad_class\ttype\n999\t4\tAIDE", "my/cameo.tsv:2: `AIDE` is none of PLOVER's types; did you mean `AID`?"),
            ("cameo.tsv", "code\tquad_class\tgoldstein\n999\t4\tlow", "my/cameo.tsv:2: the Goldstein score must be a number"),
        ] {
            assert_eq!(with(&[(file, text)]).unwrap_err(), wanted);
        }
    }
}
