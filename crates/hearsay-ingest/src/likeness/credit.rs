//! What else tells where a text comes from: the agency that signs it, and the long quotations in it.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

/// Thresholds and patterns of `data/voices.toml`, with the agencies of `data/agencies.tsv`.
pub(crate) struct Rules {
    pub near_copy: f64,
    pub contained: f64,
    pub near_copy_signed: f64,
    pub contained_signed: f64,
    pub near_copy_rivals: f64,
    pub quotations: usize,
    pub fewest_sequences: u32,
    quotation_words: usize,
    credit_characters: usize,
    /// Name of each agency, and how texts are signed by it.
    agencies: Vec<(String, Regex)>,
}

#[derive(Deserialize)]
struct File {
    near_copy: f64,
    contained: f64,
    near_copy_signed: f64,
    contained_signed: f64,
    near_copy_rivals: f64,
    quotations: usize,
    fewest_sequences: u32,
    quotation_words: usize,
    credit_characters: usize,
    credits: Vec<String>,
}

pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(load);

#[allow(clippy::expect_used)] // the files are part of the program, and the tests below load them
fn load() -> Rules {
    let file: File = toml::from_str(include_str!("../../data/voices.toml")).expect("data/voices.toml is well formed");
    let rows = include_str!("../../data/agencies.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let agencies = rows.filter_map(|row| row.split_once('\t')).map(|(name, pattern)| {
        let credits: Vec<String> = file.credits.iter().map(|credit| credit.replace("{name}", pattern)).collect();
        let pattern = RegexBuilder::new(&credits.join("|")).multi_line(true).build();
        (name.to_owned(), pattern.expect("the patterns of data/agencies.tsv and data/voices.toml are well formed"))
    });
    Rules {
        agencies: agencies.collect(),
        near_copy: file.near_copy,
        contained: file.contained,
        near_copy_signed: file.near_copy_signed,
        contained_signed: file.contained_signed,
        near_copy_rivals: file.near_copy_rivals,
        quotations: file.quotations,
        fewest_sequences: file.fewest_sequences,
        quotation_words: file.quotation_words,
        credit_characters: file.credit_characters,
    }
}

/// The agency that signs `text`: at its head, else at its foot; of several the one that stands first.
pub(crate) fn agency(text: &str) -> Option<&'static str> {
    let rules: &'static Rules = &RULES;
    let head_end = text.char_indices().nth(rules.credit_characters).map_or(text.len(), |(at, _)| at);
    let foot_start = text.char_indices().rev().nth(rules.credit_characters).map_or(0, |(at, _)| at).max(head_end);
    [text.get(..head_end), text.get(foot_start..)].into_iter().flatten().find_map(|part| {
        let found = rules.agencies.iter().filter_map(|(name, pattern)| Some((pattern.find(part)?.start(), name.as_str())));
        found.min().map(|(_, name)| name)
    })
}

/// The long quotations of `text`: what stands between quotation marks within one paragraph.
pub(crate) fn quotations(text: &str) -> impl Iterator<Item = &str> {
    let long = |quotation: &&str| quotation.split_whitespace().count() >= RULES.quotation_words;
    text.lines().flat_map(in_marks).filter(long)
}

fn in_marks(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut begun: Option<(usize, char)> = None;
    for (at, mark) in line.char_indices() {
        match (begun, mark) {
            (Some((start, closing)), _) if mark == closing => {
                out.extend(line.get(start..at));
                begun = None;
            }
            (None, '“' | '„') => begun = Some((at + mark.len_utf8(), '”')),
            (None, '«') => begun = Some((at + mark.len_utf8(), '»')),
            (None, '"') => begun = Some((at + 1, '"')),
            _ => {}
        }
    }
    // A quotation that goes on in the next paragraph has no mark at its end.
    out.extend(begun.and_then(|(start, closing)| line.get(start..).filter(|_| closing != '"')));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_found() {
        for (text, expected) in [
            ("ALEPPO (Reuters) - The army left.", Some("Reuters")),
            ("GENEVA (AP) — Ministers met.", Some("AP")),
            ("Ministers met in Geneva. — AFP", Some("AFP")),
            ("Ministers met in Geneva.\n\nAFP\n", Some("AFP")),
            ("DAMASCUS, SANA – The army left.", Some("SANA")),
            ("BEIJING, Feb. 11 (Xinhua) -- China called for calm.", Some("Xinhua")),
            ("By A. Writer, Associated Press\n\nMinisters met.", Some("AP")),
            ("Moscow said, TASS reported, that it would help.", None),
            ("He told Reuters that the army left.", None),
            ("The army (and Reuters) left.", None),
            ("", None),
        ] {
            assert_eq!(agency(text), expected, "{text}");
        }
        let long = format!("Ministers met.{}\n\n(Additional reporting from Geneva) (AFP)", " And met again.".repeat(100));
        assert_eq!(agency(&long), Some("AFP"));
        assert_eq!(agency(&format!("{} (AFP) {}", "x ".repeat(500), "y ".repeat(500))), None, "only at the head and the foot");
    }

    #[test]
    fn long_quotations_are_found() {
        let long = "one two three four five six seven eight nine ten eleven twelve";
        let text = format!("He said: “{long}” and \"no\".\n“{long} and on\n«{long}» \"{long}\"");
        assert_eq!(quotations(&text).collect::<Vec<_>>(), [long, &format!("{long} and on"), long, long]);
        assert_eq!(quotations("“short” “unclosed").count(), 0);
    }
}
