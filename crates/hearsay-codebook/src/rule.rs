//! Rules that win over the network: at which words there is an event, and which, or none.

use std::collections::{BTreeMap, HashMap};

use hearsay_ledger::Stance;
use serde::Deserialize;

use crate::PhraseMap;
use crate::layers::Origin;

/// In a rule, what stands for any words between two others.
const GAP: &str = "...";

/// Sets of sets end here; deeper ones name one another.
const DEEPEST: usize = 8;

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
    /// The file and line where it stands, as "event.toml:12".
    pub origin: String,
    /// Universal part of speech that the first word must have.
    tag: Option<String>,
    /// Of these, one must follow soon.
    with: Vec<Vec<Piece>>,
}

/// A part of what must follow a trigger.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Word { letters: String, open: bool },
    Set(usize),
    Gap,
}

/// A rule as a file writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleEntry {
    pub(crate) trigger: String,
    #[serde(default, rename = "type")]
    pub(crate) event_type: Option<String>,
    pub(crate) mode: Option<String>,
    pub(crate) cameo: Option<String>,
    pub(crate) stance: Option<String>,
    pub(crate) tag: Option<String>,
    #[serde(default)]
    pub(crate) with: Vec<String>,
    #[serde(default)]
    pub(crate) skip: bool,
}

/// All rules, found by the words of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    all: Vec<Rule>,
    /// Rules with the same trigger are one entry here.
    by_words: PhraseMap<usize>,
    groups: Vec<Vec<usize>>,
    group_of: HashMap<String, usize>,
    set_names: HashMap<String, usize>,
    sets: Vec<PhraseMap<()>>,
    set_phrases: Vec<Vec<String>>,
    reach: usize,
}

impl Rules {
    /// No rules yet, with the sets of phrases that they may name, and how many words after a trigger are looked at for
    /// what must follow it.
    ///
    /// # Errors
    /// The set that cannot be used, and why.
    pub(crate) fn new(sets: &BTreeMap<String, Vec<String>>, reach: usize) -> Result<Self, (String, String)> {
        let mut rules = Self { reach, ..Self::default() };
        for name in sets.keys() {
            let phrases = expanded(name, sets, 0).map_err(|problem| (name.clone(), problem))?;
            let mut map = PhraseMap::default();
            for phrase in &phrases {
                map.add(phrase, ()).map_err(|problem| (name.clone(), format!("has an entry `{phrase}` that {problem}")))?;
            }
            rules.set_names.insert(name.to_lowercase(), rules.sets.len());
            rules.sets.push(map);
            rules.set_phrases.push(phrases);
        }
        Ok(rules)
    }

    /// Adds a rule whose type, mode and code have been checked. Gives what is wrong with its words, if anything.
    pub(crate) fn add(&mut self, entry: RuleEntry, stance: Option<Stance>, origin: &Origin) -> Result<(), String> {
        let with = entry.with.iter().map(|phrase| self.pieces(phrase)).collect::<Result<_, _>>()?;
        let index = self.all.len();
        let trigger = entry.trigger.to_lowercase();
        let group = match self.group_of.get(&trigger) {
            Some(group) => *group,
            None => self.add_trigger(&trigger)?,
        };
        if let Some(group) = self.groups.get_mut(group) {
            group.push(index);
        }
        let RuleEntry { trigger, event_type, mode, cameo, tag, skip, .. } = entry;
        self.all.push(Rule { trigger, skip, event_type, mode, cameo, stance, origin: origin.to_string(), tag, with });
        Ok(())
    }

    /// A new group of rules for a trigger, found by all phrases that the trigger can be.
    fn add_trigger(&mut self, trigger: &str) -> Result<usize, String> {
        let mut phrases = vec![String::new()];
        for word in trigger.split_whitespace() {
            let choices = match word.strip_prefix('&') {
                Some(name) => self.set_phrases.get(self.set(name)?).map_or(&[][..], Vec::as_slice),
                None if word == GAP => return Err("has `...` in its trigger; what need not follow at once belongs into `with`".to_owned()),
                None => &[word.to_owned()],
            };
            phrases = phrases.iter().flat_map(|before| choices.iter().map(move |choice| format!("{before} {choice}"))).collect();
        }
        let group = self.groups.len();
        for phrase in phrases {
            self.by_words.add(&phrase, group)?;
        }
        self.groups.push(Vec::new());
        self.group_of.insert(trigger.to_owned(), group);
        Ok(group)
    }

    fn set(&self, name: &str) -> Result<usize, String> {
        self.set_names.get(&name.to_lowercase()).copied().ok_or_else(|| format!("names a set `&{name}` that is not in `sets`"))
    }

    fn pieces(&self, phrase: &str) -> Result<Vec<Piece>, String> {
        let piece = |word: &str| {
            if word == GAP {
                return Ok(Piece::Gap);
            }
            if let Some(name) = word.strip_prefix('&') {
                return Ok(Piece::Set(self.set(name)?));
            }
            let (letters, open) = word.strip_suffix('*').map_or((word, false), |letters| (letters, true));
            if letters.is_empty() {
                Err("has a star with no letters before it".to_owned())
            } else {
                Ok(Piece::Word { letters: letters.to_owned(), open })
            }
        };
        let pieces: Vec<Piece> = phrase.to_lowercase().split_whitespace().map(piece).collect::<Result<_, _>>()?;
        if pieces.iter().all(|piece| *piece == Piece::Gap) {
            return Err("has an entry of `with` without words".to_owned());
        }
        Ok(pieces)
    }

    /// The rules, in the order of the files.
    pub(crate) fn all(&self) -> &[Rule] {
        &self.all
    }

    /// The rule for the beginning of `words`, with how many of them are the trigger: the one that asks for the most words,
    /// of equals the later.
    pub(crate) fn at(&self, words: &[&str], tag: &str) -> Option<(usize, usize)> {
        let rules = self.by_words.all_at(words).flat_map(|(group, taken)| {
            self.groups.get(*group).into_iter().flatten().filter_map(move |index| Some((*index, self.all.get(*index)?, taken)))
        });
        rules
            .filter(|(_, rule, _)| rule.tag.as_deref().is_none_or(|wanted| wanted == tag))
            .filter_map(|(index, rule, taken)| {
                let after = words.get(taken..words.len().min(taken + self.reach)).unwrap_or(&[]);
                let asked = |with: &Vec<Piece>| with.iter().filter(|piece| **piece != Piece::Gap).count();
                let with = rule.with.iter().filter(|with| self.follows(with, after, true)).map(asked).max();
                if with.is_none() && !rule.with.is_empty() { None } else { Some((taken + with.unwrap_or(0), index, taken)) }
            })
            .max()
            .map(|(_, index, taken)| (index, taken))
    }

    /// Whether `pieces` stand in `words`: at the beginning, or `anywhere`.
    fn follows(&self, pieces: &[Piece], words: &[&str], anywhere: bool) -> bool {
        let Some((piece, rest)) = pieces.split_first() else { return true };
        if *piece == Piece::Gap {
            return self.follows(rest, words, true);
        }
        let starts = if anywhere { words.len() } else { 1 };
        (0..starts).filter_map(|start| words.get(start..)).any(|words| match piece {
            Piece::Word { letters, open } => {
                let fits = words.first().is_some_and(|word| if *open { word.starts_with(letters.as_str()) } else { word == letters });
                fits && self.follows(rest, words.get(1..).unwrap_or(&[]), false)
            }
            Piece::Set(set) => self
                .sets
                .get(*set)
                .is_some_and(|set| set.all_at(words).any(|((), taken)| self.follows(rest, words.get(taken..).unwrap_or(&[]), false))),
            Piece::Gap => false, // handled above
        })
    }
}

/// The phrases of a set, with those of the sets it names.
fn expanded(name: &str, sets: &BTreeMap<String, Vec<String>>, depth: usize) -> Result<Vec<String>, String> {
    if depth > DEEPEST {
        return Err("names itself".to_owned());
    }
    let mut out = Vec::new();
    for entry in sets.get(name).into_iter().flatten() {
        match entry.strip_prefix('&') {
            None => out.push(entry.clone()),
            Some(other) => {
                let other =
                    sets.keys().find(|key| key.eq_ignore_ascii_case(other)).ok_or_else(|| format!("names a set `&{other}` that is not there"))?;
                out.extend(expanded(other, sets, depth + 1)?);
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rules(entries: &[(&str, &[&str], Option<&str>)]) -> Rules {
        let sets = [("break", vec!["break", "broke"]), ("ties", vec!["relations", "diplomatic ties"]), ("both", vec!["&ties", "talks"])];
        let sets = sets.into_iter().map(|(name, list)| (name.to_owned(), list.into_iter().map(str::to_owned).collect())).collect();
        let mut rules = Rules::new(&sets, 6).unwrap();
        for (trigger, with, tag) in entries {
            rules.add(entry(trigger, with, *tag), None, &Origin { file: "x".to_owned(), line: Some(1) }).unwrap();
        }
        rules
    }

    fn entry(trigger: &str, with: &[&str], tag: Option<&str>) -> RuleEntry {
        let with = with.iter().map(|w| (*w).to_owned()).collect();
        RuleEntry {
            trigger: trigger.to_owned(),
            event_type: None,
            mode: None,
            cameo: None,
            stance: None,
            tag: tag.map(str::to_owned),
            with,
            skip: true,
        }
    }

    fn at(rules: &Rules, text: &str) -> Option<(usize, usize)> {
        rules.at(&text.split(' ').collect::<Vec<_>>(), "VERB")
    }

    #[test]
    fn the_rule_that_asks_for_most_wins_of_equals_the_later() {
        let rules = rules(&[("&break", &[], None), ("&break", &["off ... &both"], None), ("&break off", &[], None), ("broke", &[], None)]);
        assert_eq!(at(&rules, "break it"), Some((0, 1)));
        assert_eq!(at(&rules, "broke it"), Some((3, 1)));
        assert_eq!(at(&rules, "broke off"), Some((2, 2)));
        assert_eq!(at(&rules, "broke off all diplomatic ties"), Some((1, 1)));
        assert_eq!(at(&rules, "broke them off with all talks"), Some((1, 1)));
        assert_eq!(at(&rules, "broke a b c d e f off talks"), Some((3, 1)));
        assert_eq!(at(&rules, "mend"), None);
    }

    #[test]
    fn a_tag_asks_for_a_part_of_speech() {
        let rules = rules(&[("arm*", &[], Some("VERB"))]);
        assert_eq!(rules.at(&["armed"], "VERB"), Some((0, 1)));
        assert_eq!(rules.at(&["arms"], "NOUN"), None);
    }

    #[test]
    fn words_that_cannot_be_used_are_told() {
        let mut rules = rules(&[]);
        let origin = Origin { file: "x".to_owned(), line: None };
        for (trigger, with, problem) in [
            ("", &[][..], "has no words"),
            ("&brake", &[], "names a set `&brake` that is not in `sets`"),
            ("break ... off", &[], "has `...` in its trigger"),
            ("break", &["&tie"], "names a set `&tie`"),
            ("break", &["..."], "has an entry of `with` without words"),
            ("break", &["*"], "has a star"),
        ] {
            assert!(rules.add(entry(trigger, with, None), None, &origin).unwrap_err().starts_with(problem), "{trigger}");
        }
        let circle = [("a".to_owned(), vec!["&b".to_owned()]), ("b".to_owned(), vec!["&a".to_owned()])].into();
        assert_eq!(Rules::new(&circle, 1).unwrap_err(), ("a".to_owned(), "names itself".to_owned()));
    }
}
