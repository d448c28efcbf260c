//! A pattern of the verb dictionary: `- left * right [code]`, the verb being the star.
//!
//! An underscore ties two words together; between others, words may stand. `{…}` is a noun phrase, `(…)` a preposition
//! with what follows it, `$`, `+`, `^` and `%` are whoever acts, is acted on, or both.

use std::collections::BTreeMap;

use super::Why;
use super::lines::{Line, bracketed, is_word};

/// What stands for any words between two others in a rule of the codebook.
const GAP: &str = "...";

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// The number of its line.
    pub(super) line: usize,
    /// Words that stand right before the verb.
    pub(super) before: Vec<String>,
    /// Words that stand right after it.
    pub(super) after: Vec<String>,
    /// Words that stand somewhere behind those; `...` stands for any words, `&name` for a set.
    pub(super) with: Vec<String>,
    /// Its code as the dictionary writes it.
    pub(super) code: String,
}

/// The sets of a dictionary, by name in lower case.
pub(super) type Sets = BTreeMap<String, Vec<String>>;

/// Reads the line of a pattern that may name some sets, or says why it cannot be a rule.
pub(super) fn pattern(line: &Line<'_>, sets: &Sets) -> Result<Pattern, Why> {
    let (body, code, _) = bracketed(line.text, '[', ']').ok_or(Why::Form)?;
    if body.contains(['|', '~', '!']) {
        return Err(Why::Alternatives);
    }
    let (left, right) = body.trim_start_matches('-').split_once('*').ok_or(Why::Form)?;
    let right = right.trim_start_matches('*');
    if right.contains('*') {
        return Err(Why::Form);
    }
    let (after, right) = after(right, sets)?;
    Ok(Pattern { line: line.number, before: before(left, sets)?, after, with: with(right, sets)?, code: code.trim().to_owned() })
}

/// The words right before the verb. Whoever acts is left to the network; any other word farther off cannot be asked for.
fn before(left: &str, sets: &Sets) -> Result<Vec<String>, Why> {
    let left = left.trim_end();
    let start = if left.ends_with('_') { left.rfind(char::is_whitespace).map_or(0, |at| at + 1) } else { left.len() };
    let (free, tied) = left.split_at(start);
    if free.split_whitespace().any(|token| !is_slot(token)) {
        return Err(Why::Before);
    }
    let words = parts(tied, sets)?;
    // From a participant on, what stands before is not tied to the verb any more.
    let slot = words.iter().rposition(Option::is_none).map_or(0, |slot| slot + 1);
    Ok(words.into_iter().skip(slot).flatten().collect())
}

/// The words tied to the verb by underscores, and the rest.
fn after<'t>(right: &'t str, sets: &Sets) -> Result<(Vec<String>, &'t str), Why> {
    let end = if right.starts_with('_') { right.find(char::is_whitespace).unwrap_or(right.len()) } else { 0 };
    let (tied, rest) = right.split_at(end);
    Ok((parts(tied, sets)?.into_iter().map_while(|word| word).collect(), rest))
}

/// What follows, as the words of a `with` entry.
fn with(right: &str, sets: &Sets) -> Result<Vec<String>, Why> {
    let mut out: Vec<String> = Vec::new();
    let mut in_phrase = false;
    // Whether the next word follows at once.
    let mut tied = false;
    let spaced: String = right.chars().flat_map(|c| if "{}()".contains(c) { vec![' ', c, ' '] } else { vec![c] }).collect();
    for token in spaced.split_whitespace() {
        if matches!(token, "{" | "}" | "(" | ")") {
            in_phrase = token == "{";
            tied = false;
            continue;
        }
        for word in parts(token, sets)? {
            let Some(word) = word else {
                tied = false;
                continue;
            };
            if !tied && !out.is_empty() {
                out.push(GAP.to_owned());
            }
            out.push(word);
            tied = true;
        }
        tied &= in_phrase || token.ends_with('_');
    }
    Ok(out)
}

/// The words of a token with underscores between them, `None` for a participant. The name of a set may itself have
/// underscores.
fn parts(token: &str, sets: &Sets) -> Result<Vec<Option<String>>, Why> {
    let lower = token.to_lowercase();
    let words: Vec<&str> = lower.split('_').filter(|word| !word.is_empty()).collect();
    let mut out = Vec::new();
    let mut rest = words.as_slice();
    while let Some((word, others)) = rest.split_first() {
        rest = others;
        if is_slot(word) {
            out.push(None);
        } else if let Some(name) = word.strip_prefix('&') {
            let name_of = |length: usize| [&[name], others.get(..length).unwrap_or(&[])].concat().join("_");
            let length = (0..=others.len()).rev().find(|length| sets.contains_key(&name_of(*length))).ok_or(Why::Undefined)?;
            out.push(Some(format!("&{}", name_of(length))));
            rest = others.get(length..).unwrap_or(&[]);
        } else if is_word(word) {
            out.push(Some((*word).to_owned()));
        } else {
            return Err(Why::Form);
        }
    }
    Ok(out)
}

/// Whether a token stands for whoever acts or is acted on.
fn is_slot(token: &str) -> bool {
    token.chars().all(|c| "$+^%_".contains(c))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unnecessary_wraps)]
    use super::*;

    fn read(text: &str) -> Result<(String, String, String), Why> {
        let sets = ["weapon", "currency", "war_of_words"].map(|name| (name.to_owned(), Vec::new())).into();
        pattern(&Line { number: 1, text }, &sets).map(|p| (p.before.join(" "), p.after.join(" "), p.with.join(" ")))
    }

    fn is(before: &str, after: &str, with: &str) -> Result<(String, String, String), Why> {
        Ok((before.to_owned(), after.to_owned(), with.to_owned()))
    }

    #[test]
    fn what_stands_behind_the_verb() {
        assert_eq!(read("- * EFFORT [087]"), is("", "", "effort"));
        assert_eq!(read("- *_ON [095]"), is("", "on", ""));
        assert_eq!(read("- *_OFF TALKS [164]"), is("", "off", "talks"));
        assert_eq!(read("- * &WEAPON TO + [0332]"), is("", "", "&weapon ... to"));
        assert_eq!(read("- * DEBT_RELIEF [0331]"), is("", "", "debt relief"));
        assert_eq!(read("- * OFF_ TALKS [164]"), is("", "", "off talks"));
        assert_eq!(read("- ** &CURRENCY [071]"), is("", "", "&currency"));
        assert_eq!(read("- * NEW_&WAR_OF_WORDS_TODAY [110]"), is("", "", "new &war_of_words today"));
        assert_eq!(read("- * [071]"), is("", "", ""));
        assert_eq!(read("- * % [071]"), is("", "", ""));
    }

    #[test]
    fn noun_phrases_and_prepositions() {
        assert_eq!(read("- * {RELIEF CONVOY} [073]"), is("", "", "relief convoy"));
        assert_eq!(read("- * (TO {DISPUTED BORDER}) [154]"), is("", "", "to ... disputed border"));
        assert_eq!(read("- * FORWARD {PEACE PLAN} (TO +) [027]"), is("", "", "forward ... peace plan ... to"));
        assert_eq!(read("- * (OVER {&WEAPON DEPOT}) $ [151]"), is("", "", "over ... &weapon depot"));
    }

    #[test]
    fn what_stands_before_it() {
        assert_eq!(read("- $ * TOWN [190]"), is("", "", "town"));
        assert_eq!(read("- REFUSED_TO_* [120]"), is("refused to", "", ""));
        assert_eq!(read("- + WAS_* [190]"), is("was", "", ""));
        assert_eq!(read("- +_* [190]"), is("", "", ""));
        assert_eq!(read("- SAID * TOWN [190]"), Err(Why::Before));
        assert_eq!(read("- &WEAPON * [154]"), Err(Why::Before));
    }

    #[test]
    fn what_is_no_pattern() {
        assert_eq!(read("- * TOWN"), Err(Why::Form));
        assert_eq!(read("- TOWN [190]"), Err(Why::Form));
        assert_eq!(read("- * A * [190]"), Err(Why::Form));
        assert_eq!(read("- * (A|B) [190]"), Err(Why::Alternatives));
        assert_eq!(read("- * &TIES [160]"), Err(Why::Undefined));
        assert_eq!(read("- * A&B\u{7} [190]"), Err(Why::Form));
    }
}
