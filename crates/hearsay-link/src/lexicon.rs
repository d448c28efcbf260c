//! Words for comparison: how a text is cut into words, what a word's stem is, how telling it is, and which words are near
//! it in meaning. The tables lie in `data/`; how they are made is told in `docs/linking.md`.

use std::collections::{HashMap, HashSet};

use crate::hash;

/// The word tables. Built once and passed on.
#[derive(Clone, Debug)]
pub struct Lexicon {
    irregular: HashMap<&'static str, &'static str>,
    common: HashSet<&'static str>,
    /// How many of `documents` texts hold a stem.
    counts: HashMap<String, u32>,
    documents: u32,
    kin: HashMap<String, Kin>,
    /// Number of the group of each PLOVER type.
    type_groups: HashMap<&'static str, u8>,
}

/// The kin of a word: numbers of words in the table of kindred words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kin {
    /// Its own number.
    pub word: u16,
    /// Numbers of the words near it in meaning.
    pub near: Vec<u16>,
    /// Numbers of the words related to it.
    pub related: Vec<u16>,
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its letters or digits as the text has them.
    pub text: &'a str,
    /// Byte offset of its first character.
    pub start: usize,
}

impl Word<'_> {
    /// Whether it looks like a name or a number: a capital letter or a digit first.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    }
}

/// The words of a text, in its order: runs of letters, and runs of digits with their points and commas.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text;
    let mut at = 0;
    std::iter::from_fn(move || {
        let skipped = rest.find(char::is_alphanumeric)?;
        let begun = rest.get(skipped..)?;
        let number = begun.starts_with(char::is_numeric);
        let belongs = |c: char| if number { c.is_numeric() || c == '.' || c == ',' } else { c.is_alphabetic() };
        let run = begun.find(|c| !belongs(c)).unwrap_or(begun.len());
        let text = begun.get(..run)?.trim_end_matches(['.', ',']);
        let word = Word { text, start: at + skipped };
        at = word.start + run;
        rest = begun.get(run..)?;
        Some(word)
    })
}

impl Lexicon {
    /// The tables that come with the crate.
    #[must_use]
    pub fn built_in() -> Self {
        let rows = |table: &'static str| table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut lexicon = Self {
            irregular: HashMap::new(),
            common: HashSet::new(),
            counts: HashMap::new(),
            documents: 1,
            kin: HashMap::new(),
            type_groups: HashMap::new(),
        };
        for row in rows(include_str!("../data/irregular.tsv")) {
            let mut words = row.split('\t');
            let base = words.next().unwrap_or_default();
            lexicon.irregular.extend(words.map(|word| (word, base)));
        }
        for (event_type, group) in rows(include_str!("../data/types.tsv")).filter_map(|row| row.split_once('\t')) {
            lexicon.type_groups.extend(group.parse().ok().map(|group: u8| (event_type, group)));
        }
        lexicon.common = rows(include_str!("../data/common_words.tsv")).collect();
        for (word, count) in rows(include_str!("../data/word_counts.tsv")).filter_map(|row| row.split_once('\t')) {
            let count = count.parse().unwrap_or(0);
            if word == "(documents)" {
                lexicon.documents = count;
            } else {
                *lexicon.counts.entry(lexicon.stem(word)).or_default() += count;
            }
        }
        let kindred: Vec<&str> = rows(include_str!("../data/kindred.tsv")).collect();
        let number = |at: usize| u16::try_from(at).unwrap_or(u16::MAX); // the table is shorter by far; a test counts it
        let first = |row: &&'static str| row.split('\t').next().unwrap_or_default();
        let numbers: HashMap<&str, u16> = kindred.iter().map(first).enumerate().map(|(at, word)| (word, number(at))).collect();
        for (at, row) in kindred.iter().enumerate() {
            let mut cells = row.split('\t');
            let stem = lexicon.stem(cells.next().unwrap_or_default());
            let mut listed = || cells.next().unwrap_or_default().split(' ').filter_map(|word| numbers.get(word).copied()).collect();
            let kin = Kin { word: number(at), near: listed(), related: listed() };
            lexicon.kin.entry(stem).or_insert(kin);
        }
        lexicon
    }

    /// Whether a word is too common to carry meaning by itself.
    #[must_use]
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word.to_lowercase().as_str())
    }

    /// The stem of a word: lower case, without the endings of number, person and tense; irregular forms by a table.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        let base = self.irregular.get(lower.as_str()).map_or(lower.as_str(), |base| base);
        let mut stem = without_tense(&without_plural(base));
        if stem.ends_with('e') && stem.chars().count() > 3 {
            stem.pop();
        }
        if stem.ends_with('y') && stem.chars().count() > 3 {
            stem.pop();
            stem.push('i');
        }
        stem
    }

    /// How telling a stem is: 0 where every text has it, 1 where hardly any does (inverse document frequency over that of a
    /// word of one text).
    #[must_use]
    pub fn weight(&self, stem: &str) -> f32 {
        let documents = self.documents as f32 + 1.0;
        let count = self.counts.get(stem).copied().unwrap_or(1).min(self.documents) as f32;
        let weight = (documents / (count + 0.5)).ln() / (documents / 1.5).ln();
        // Rounded so that machines agree.
        ((weight * 10_000.0).round() / 10_000.0).clamp(0.0, 1.0)
    }

    /// The hash of a stem, as sketches hold it.
    #[must_use]
    pub fn word_hash(stem: &str) -> u32 {
        hash::of_bytes(stem.as_bytes()) as u32 // the lower half is as good as the whole
    }

    /// Number of the group of kindred types that a PLOVER type belongs to; `None` for what is no such type.
    #[must_use]
    pub fn type_group(&self, event_type: &str) -> Option<u8> {
        self.type_groups.get(event_type).copied()
    }

    /// The kin of a stem; `None` for one that the table of kindred words does not have.
    #[must_use]
    pub fn kin(&self, stem: &str) -> Option<&Kin> {
        self.kin.get(stem)
    }
}

fn without_plural(word: &str) -> String {
    let cut = |n: usize| word.get(..word.len() - n).unwrap_or(word).to_owned();
    let longer_than = |n: usize| word.chars().count() > n;
    if word.ends_with("ies") {
        return if longer_than(4) { cut(3) + "y" } else { cut(1) };
    }
    if ["sses", "ches", "shes", "xes", "zes"].iter().any(|ending| word.ends_with(ending)) {
        return cut(2);
    }
    if word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) && longer_than(3) {
        return cut(1);
    }
    word.to_owned()
}

fn without_tense(word: &str) -> String {
    let longer_than = |n: usize| word.chars().count() > n;
    if let Some(rest) = word.strip_suffix("ied") {
        return if longer_than(4) { format!("{rest}y") } else { format!("{rest}ie") };
    }
    let voiced = |rest: &&str| rest.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if let Some(rest) = word.strip_suffix("ing").filter(voiced).filter(|_| longer_than(5)) {
        return without_double(rest);
    }
    if let Some(rest) = word.strip_suffix("ed").filter(voiced).filter(|_| longer_than(4)) {
        return without_double(rest);
    }
    word.to_owned()
}

/// "bann" of "banned" to "ban"; doubles that belong to the word ("kill", "miss", "buzz") stay.
fn without_double(word: &str) -> String {
    let mut last = word.chars().rev();
    match (last.next(), last.next()) {
        (Some(a), Some(b)) if a == b && !matches!(a, 'l' | 's' | 'z') && word.chars().count() > 3 => {
            let mut shorter = word.to_owned();
            shorter.pop();
            shorter
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        let lexicon = Lexicon::built_in();
        for forms in [
            &["kill", "kills", "killed", "killing"][..],
            &["die", "dies", "died", "dying", "dead"],
            &["seize", "seized", "seizing"],
            &["ban", "banned"],
        ] {
            let stems: HashSet<String> = forms.iter().map(|form| lexicon.stem(form)).collect();
            assert_eq!(stems.len(), 1, "{forms:?}: {stems:?}");
        }
        assert_eq!(lexicon.stem("Struck"), lexicon.stem("strikes"));
    }

    #[test]
    fn rare_words_weigh_more_than_common_ones() {
        let lexicon = Lexicon::built_in();
        let weight = |word: &str| lexicon.weight(&lexicon.stem(word));
        assert!(weight("government") < weight("ceasefire") && weight("ceasefire") < weight("zzyzx"));
        assert!((weight("zzyzx") - 1.0).abs() < 0.01);
    }

    #[test]
    fn words_of_one_meaning_are_kin_to_one_another() {
        let lexicon = Lexicon::built_in();
        let kin = |word: &str| lexicon.kin(&lexicon.stem(word)).cloned().unwrap_or_default();
        assert!(kin("earthquake").near.contains(&kin("quake").word) && kin("quake").near.contains(&kin("earthquake").word));
        assert!(kin("killed").related.contains(&kin("massacre").word));
        assert!(!kin("killed").near.contains(&kin("election").word));
        assert!(lexicon.kin.len() < usize::from(u16::MAX));
    }

    #[test]
    fn words_are_runs_of_letters_and_numbers() {
        let found: Vec<&str> = words("At 6.1, the quake's toll: 1,200.").map(|word| word.text).collect();
        assert_eq!(found, ["At", "6.1", "the", "quake", "s", "toll", "1,200"]);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_into_words_of_itself(text in "\\PC{0,60}") {
            for word in words(&text) {
                prop_assert_eq!(text.get(word.start..word.start + word.text.len()), Some(word.text));
                prop_assert!(!word.text.is_empty());
            }
        }
    }
}
