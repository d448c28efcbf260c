//! Event types, their modes and codes, rules of users, and thresholds of the event stage.

use std::collections::{BTreeMap, HashMap};

use hearsay_ledger::Stance;
use serde::Deserialize;

use crate::CodebookError;

const FILE: &str = "codebook/event.toml";
const TEXT: &str = include_str!("../../../codebook/event.toml");
const CAMEO_FILE: &str = "codebook/cameo.tsv";
const CAMEO_TEXT: &str = include_str!("../../../codebook/cameo.tsv");

/// Event types with their modes and codes, rules, and thresholds of the event stage.
#[derive(Clone, Debug)]
pub struct EventLists {
    /// Added to the score of a word being no trigger (natural logarithm).
    pub trigger_bias: f32,
    /// Added to the score of a word filling no role of a trigger (natural logarithm).
    pub role_bias: f32,
    types: BTreeMap<String, EventType>,
    rules: Vec<Rule>,
    by_first_word: HashMap<String, Vec<usize>>,
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
}

/// A rule that wins over the network at some words.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The words as the rule writes them.
    pub trigger: String,
    /// The words make no event.
    pub skip: bool,
    /// The PLOVER type of the event they are; `None` only where `skip` is set.
    pub event_type: Option<String>,
    /// Its mode.
    pub mode: Option<String>,
    /// Its CAMEO code.
    pub cameo: Option<String>,
    /// The stance of whoever tells it.
    pub stance: Option<Stance>,
    /// The file it stands in.
    pub file: String,
    words: Vec<Pattern>,
}

/// A word of a rule: the whole word, or its beginning where a star follows it.
#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    word: String,
    open: bool,
}

impl Pattern {
    fn matches(&self, word: &str) -> bool {
        if self.open { word.starts_with(&self.word) } else { word == self.word }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    trigger_bias: f32,
    role_bias: f32,
    types: BTreeMap<String, TypeEntry>,
    #[serde(default)]
    rules: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeEntry {
    quad: String,
    cameo: String,
    #[serde(default)]
    modes: BTreeMap<String, String>,
    #[serde(default)]
    words: BTreeMap<String, String>,
    #[serde(default)]
    stances: BTreeMap<String, String>,
}

/// A rule as a file writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleEntry {
    trigger: String,
    #[serde(default, rename = "type")]
    event_type: Option<String>,
    mode: Option<String>,
    cameo: Option<String>,
    stance: Option<String>,
    #[serde(default)]
    skip: bool,
}

impl EventLists {
    /// The lists that travel inside the program.
    pub(crate) fn embedded() -> Result<Self, CodebookError> {
        Self::parse(FILE, TEXT, CAMEO_TEXT)
    }

    /// The lists of a TOML text and a table of CAMEO codes.
    pub(crate) fn parse(file: &str, text: &str, cameo: &str) -> Result<Self, CodebookError> {
        let parsed: File = toml::from_str(text).map_err(|error| CodebookError::Syntax { file: file.to_owned(), message: error.to_string() })?;
        let types = parsed.types.into_iter().map(|(name, entry)| (name, EventType::from(entry))).collect();
        let mut lists = Self {
            trigger_bias: parsed.trigger_bias,
            role_bias: parsed.role_bias,
            types,
            rules: Vec::new(),
            by_first_word: HashMap::new(),
            cameo: cameo_codes(CAMEO_FILE, cameo)?,
        };
        for entry in parsed.rules {
            lists.add_rule(file, entry)?;
        }
        Ok(lists)
    }

    fn add_rule(&mut self, file: &str, entry: RuleEntry) -> Result<(), CodebookError> {
        let wrong = |problem: &'static str| CodebookError::Entry { file: file.to_owned(), list: "rules", entry: entry.trigger.clone(), problem };
        let words: Vec<Pattern> = entry
            .trigger
            .to_lowercase()
            .split_whitespace()
            .map(|word| Pattern { word: word.trim_end_matches('*').to_owned(), open: word.ends_with('*') })
            .collect();
        let Some(first) = words.first() else { return Err(wrong("has no words")) };
        if first.word.is_empty() {
            return Err(wrong("must begin with letters"));
        }
        match &entry.event_type {
            None if !entry.skip => return Err(wrong("needs a `type` or `skip = true`")),
            Some(kind) if !self.types.contains_key(kind) => return Err(wrong("has a `type` that is none of PLOVER's sixteen")),
            _ => {}
        }
        let stance = match &entry.stance {
            None => None,
            Some(word) => Some(Stance::from_word(word).ok_or_else(|| wrong("has a `stance` that the ledger does not know"))?),
        };
        // An open first word is found under its first letter, with which every word it matches begins.
        let key = if first.open { first.word.chars().take(1).collect() } else { first.word.clone() };
        self.by_first_word.entry(key).or_default().push(self.rules.len());
        let RuleEntry { trigger, event_type, mode, cameo, skip, .. } = entry;
        self.rules.push(Rule { trigger, skip, event_type, mode, cameo, stance, file: file.to_owned(), words });
        Ok(())
    }

    /// The rules, in the order of the files.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule that matches at the beginning of `words` (in lower case), with how many of them it takes: the longest,
    /// of equally long ones the later.
    #[must_use]
    pub fn rule_at(&self, words: &[&str]) -> Option<(usize, usize)> {
        let first = words.first()?;
        let letter: String = first.chars().take(1).collect();
        let candidates = [*first, letter.as_str()].into_iter().filter_map(|key| self.by_first_word.get(key)).flatten();
        candidates
            .filter_map(|index| Some((*index, self.rules.get(*index)?)))
            .filter(|(_, rule)| rule.words.len() <= words.len() && rule.words.iter().zip(words).all(|(pattern, word)| pattern.matches(word)))
            .map(|(index, rule)| (index, rule.words.len()))
            .max_by_key(|(index, length)| (*length, *index))
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

/// A table of CAMEO codes: a comment, a line of names, then code, name, quad class and Goldstein score by tabs.
fn cameo_codes(file: &str, text: &str) -> Result<BTreeMap<String, CameoCode>, CodebookError> {
    let mut out = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).skip(1) {
        let wrong = |problem| CodebookError::Entry { file: file.to_owned(), list: "codes", entry: line.to_owned(), problem };
        let fields: Vec<&str> = line.split('\t').collect();
        let [code, name, quad_class, goldstein] = fields.as_slice() else { return Err(wrong("needs four fields, parted by tabs")) };
        let quad_class = quad_class.parse().ok().filter(|n| (1..=4).contains(n)).ok_or_else(|| wrong("has a quad class other than 1 to 4"))?;
        let goldstein = if goldstein.is_empty() { None } else { Some(goldstein.parse().map_err(|_| wrong("has a score that is no number"))?) };
        let code = (*code).to_owned();
        out.insert(code.clone(), CameoCode { code, name: (*name).to_owned(), quad_class, goldstein });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn with_rules(rules: &str) -> Result<EventLists, CodebookError> {
        EventLists::parse("my/event.toml", &format!("{TEXT}\n{rules}"), CAMEO_TEXT)
    }

    #[test]
    fn all_sixteen_types_are_there_and_every_code_is_known() {
        let lists = EventLists::embedded().unwrap();
        assert_eq!(lists.types().count(), 16);
        for kind in lists.types.values() {
            for code in [&kind.cameo].into_iter().chain(kind.by_mode.values()).chain(kind.by_word.values()).chain(kind.by_stance.values()) {
                assert!(lists.cameo(code).is_some(), "{code}");
            }
        }
        assert_eq!(lists.cameo("195").unwrap().goldstein, Some(-10.0));
    }

    #[test]
    fn the_code_follows_word_mode_and_stance() {
        let lists = EventLists::embedded().unwrap();
        assert_eq!(lists.cameo_code("ASSAULT", Some("aerial"), Stance::Asserts, "raid"), Some("195"));
        assert_eq!(lists.cameo_code("ASSAULT", None, Stance::Denies, "hit"), Some("190"));
        assert_eq!(lists.cameo_code("RETREAT", Some("ceasefire"), Stance::CallsFor, "truce"), Some("0256"));
        assert_eq!(lists.cameo_code("SHOUT", None, Stance::Asserts, "x"), None);
    }

    #[test]
    fn the_longest_rule_matches_and_a_star_opens_a_word() {
        let lists = with_rules("[[rules]]\ntrigger = \"shell*\"\ntype = \"ASSAULT\"\n[[rules]]\ntrigger = \"shell company\"\nskip = true\n").unwrap();
        assert_eq!(lists.rule_at(&["shelled", "the"]), Some((0, 1)));
        assert_eq!(lists.rule_at(&["shell", "company"]), Some((1, 2)));
        assert_eq!(lists.rule_at(&["she", "said"]), None);
        assert_eq!(lists.rule_at(&[]), None);
    }

    #[test]
    fn a_rule_that_cannot_be_used_is_told() {
        for (rule, problem) in [("trigger = \"x\"", "needs a `type`"), ("trigger = \" \"\nskip = true", "no words"), ("trigger = \"x\"\ntype = \"FIGHT\"", "none of PLOVER's")] {
            let error = with_rules(&format!("[[rules]]\n{rule}\n")).unwrap_err().to_string();
            assert!(error.contains(problem) && error.contains("my/event.toml"), "{error}");
        }
    }
}
