//! A verb dictionary as the rules of a codebook's `event.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::codes::act;
use super::lines::words;
use super::pattern::Pattern;
use super::verbs::{Block, Verb, verbs};
use super::{Imported, Meaning, Notice, Why};

/// A verb dictionary as `event.toml`: its sets of synonyms, a set for the forms of each block's verbs, a rule for each
/// verb with a code, and one for each pattern. `meaning` tells what a CAMEO code is to the codebook.
#[must_use]
pub fn rules(text: &str, meaning: &dyn Fn(&str) -> Meaning) -> Imported {
    let read = verbs(text);
    let mut out = Writer { meaning, sets: read.sets, rules: String::new(), count: 0, notices: read.notices };
    for block in &read.blocks {
        out.block(block);
    }
    out.finish()
}

/// The file as it grows.
struct Writer<'a> {
    meaning: &'a dyn Fn(&str) -> Meaning,
    sets: BTreeMap<String, Vec<String>>,
    rules: String,
    count: usize,
    notices: Vec<Notice>,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        let Some(first) = block.verbs.first().and_then(|verb| verb.forms.first()) else {
            let lost =
                block.patterns.iter().map(|pattern| Notice { line: pattern.line, why: Why::Form, what: "a pattern without a verb".to_owned() });
            self.notices.extend(lost);
            return;
        };
        let by_code = self.verbs_by_code(block);
        let all = self.add_set(first, block.verbs.iter());
        for (code, verbs) in by_code {
            // Where all verbs have one code, their set is that of the block.
            let set = if verbs.len() == block.verbs.len() { all.clone() } else { self.add_set(first, verbs.into_iter()) };
            self.rule(&format!("&{set}"), &[], &Outcome::Code(code), true);
        }
        for pattern in &block.patterns {
            self.pattern(pattern, &all);
        }
    }

    /// The verbs whose code is an event's, by their code.
    fn verbs_by_code<'b>(&mut self, block: &'b Block) -> BTreeMap<String, Vec<&'b Verb>> {
        let mut out: BTreeMap<String, Vec<&Verb>> = BTreeMap::new();
        for verb in &block.verbs {
            let named = verb.forms.first().map_or("", String::as_str);
            // A verb without a code says nothing by itself; its patterns do.
            match verb.code.as_deref().map(|code| self.outcome(code)) {
                None | Some(Ok(Outcome::Skip)) => {}
                Some(Ok(Outcome::Code(code))) => out.entry(code).or_default().push(verb),
                Some(Err((why, code))) => self.notices.push(Notice { line: verb.line, why, what: format!("{named} [{code}]") }),
            }
        }
        out
    }

    fn pattern(&mut self, pattern: &Pattern, verbs: &str) {
        let outcome = match self.outcome(&pattern.code) {
            Ok(outcome) => outcome,
            Err((why, code)) => {
                self.notices.push(Notice { line: pattern.line, why, what: format!("[{code}]") });
                return;
            }
        };
        let verb = format!("&{verbs}");
        let trigger: Vec<&str> =
            pattern.before.iter().map(String::as_str).chain([verb.as_str()]).chain(pattern.after.iter().map(String::as_str)).collect();
        self.rule(&trigger.join(" "), &pattern.with, &outcome, pattern.before.is_empty());
    }

    /// What a code as the dictionary writes it makes of the words.
    fn outcome(&self, written: &str) -> Result<Outcome, (Why, String)> {
        let Some(code) = act(written) else { return Ok(Outcome::Skip) };
        match (self.meaning)(code) {
            Meaning::Event => Ok(Outcome::Code(code.to_owned())),
            Meaning::Statement => Err((Why::Statement, code.to_owned())),
            Meaning::Unknown => Err((Why::Code, code.to_owned())),
        }
    }

    /// Adds a set of the forms of some verbs, under a name that is free.
    fn add_set<'b>(&mut self, first: &str, verbs: impl Iterator<Item = &'b Verb>) -> String {
        let forms: BTreeSet<&str> = verbs.flat_map(|verb| verb.forms.iter().map(String::as_str)).collect();
        let forms: Vec<String> = forms.into_iter().map(str::to_owned).collect();
        let base = format!("verbs-{}", words(first).join("-").replace('*', ""));
        // Of one name more than there are sets, one is free.
        let numbered = (2..self.sets.len() + 3).map(|n| format!("{base}-{n}"));
        let name = std::iter::once(base.clone()).chain(numbered).find(|name| !self.sets.contains_key(name)).unwrap_or(base);
        self.sets.insert(name.clone(), forms);
        name
    }

    fn rule(&mut self, trigger: &str, with: &[String], outcome: &Outcome, verb_first: bool) {
        self.count += 1;
        let mut rule = format!("\n[[rules]]\ntrigger = {}\n", quoted(trigger));
        if !with.is_empty() {
            let _ = writeln!(rule, "with = [{}]", quoted(&with.join(" "))); // writing to a string cannot fail
        }
        if verb_first {
            rule.push_str("tag = \"VERB\"\n");
        }
        match outcome {
            Outcome::Skip => rule.push_str("skip = true\n"),
            Outcome::Code(code) => {
                let _ = writeln!(rule, "cameo = {}", quoted(code));
            }
        }
        self.rules.push_str(&rule);
    }

    fn finish(mut self) -> Imported {
        self.notices.sort_by_key(|notice| (notice.line, notice.why));
        if self.count == 0 {
            return Imported { notices: self.notices, ..Imported::default() };
        }
        let mut text = "# Rules imported from a verb dictionary of PETRARCH or TABARI.\n\n[sets]\n".to_owned();
        for (name, phrases) in &self.sets {
            let phrases: Vec<String> = phrases.iter().map(|phrase| quoted(phrase)).collect();
            let _ = writeln!(text, "{} = [{}]", quoted(name), phrases.join(", "));
        }
        text.push_str(&self.rules);
        Imported { text, entries: self.count, notices: self.notices }
    }
}

/// What a rule makes of its words.
enum Outcome {
    /// An event of this CAMEO code.
    Code(String),
    /// No event.
    Skip,
}

/// A string as TOML writes it. The words of a dictionary hold no control characters by now, but a code may.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(code: &str) -> Meaning {
        match code {
            "010" => Meaning::Statement,
            _ if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()) => Meaning::Event,
            _ => Meaning::Unknown,
        }
    }

    #[test]
    fn verbs_and_patterns_become_rules() {
        let read = rules(
            "&TALK_\n+TALKS\n+PEACE_TALKS\n\n--- LEAVE [042:043] ---\nLEAVE {LEFT}\nQUIT {} [161]\n- * &TALK [164]\n- * {TO DO} [---]\n",
            &meaning,
        );
        assert_eq!(read.notices, []);
        assert_eq!(read.entries, 4);
        let wanted = r#"# Rules imported from a verb dictionary of PETRARCH or TABARI.

[sets]
"talk" = ["talks", "peace talks"]
"verbs-leave" = ["leave", "leaves", "leaving", "left", "quit"]
"verbs-leave-2" = ["leave", "leaves", "leaving", "left"]
"verbs-leave-3" = ["quit"]

[[rules]]
trigger = "&verbs-leave-2"
tag = "VERB"
cameo = "042"

[[rules]]
trigger = "&verbs-leave-3"
tag = "VERB"
cameo = "161"

[[rules]]
trigger = "&verbs-leave"
with = ["&talk"]
tag = "VERB"
cameo = "164"

[[rules]]
trigger = "&verbs-leave"
with = ["to do"]
tag = "VERB"
skip = true
"#;
        assert_eq!(read.text, wanted);
    }

    #[test]
    fn tied_words_belong_to_the_trigger() {
        let read = rules("--- CALL [---] ---\nCALL {}\n- FAILED_TO_*_OFF STRIKE [120]\n", &meaning);
        assert!(read.text.ends_with("trigger = \"failed to &verbs-call off\"\nwith = [\"strike\"]\ncameo = \"120\"\n"), "{}", read.text);
    }

    #[test]
    fn what_rules_cannot_say_is_told() {
        let read = rules("--- SAY [010] ---\nSAY {SAID}\n- WILL * X [042]\n- * X [04]\n- * &NONE [042]\n~ a (b) = c\n", &meaning);
        let told: Vec<(usize, Why)> = read.notices.iter().map(|notice| (notice.line, notice.why)).collect();
        assert_eq!(told, [(2, Why::Statement), (3, Why::Before), (4, Why::Code), (5, Why::Undefined), (6, Why::Transformation)]);
        assert_eq!((read.entries, read.text.as_str()), (0, ""));
        assert_eq!(rules("--- X [---] ---\n- * Y [042]\n", &meaning).notices.len(), 1);
    }

    #[test]
    fn strings_are_written_as_toml_has_them() {
        assert_eq!(quoted("a\"\\\u{7f}\n"), r#""a\"\\\u007F\u000A""#);
    }
}
