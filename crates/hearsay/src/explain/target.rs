//! What a person wants explained: `FILE:3`, `FILE:3-5`, `FILE:3,7`, `FILE#ID:3`. Sentences count from 1, as the reading
//! for people prints them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::reading::count;

/// Sentences of a document.
#[derive(Debug, PartialEq)]
pub struct Target {
    /// The file, `-` for standard input, with the id of a document behind a `#` where there is one.
    pub place: String,
    sentences: Vec<RangeInclusive<usize>>,
}

impl Target {
    /// The target that `text` names.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let Some((place, sentences)) = text.rsplit_once(':').filter(|(place, _)| !place.is_empty()) else {
            let file = if text.is_empty() || text.contains(':') { "FILE" } else { text };
            bail!("no sentence is named in `{text}`; write {file}:3, {file}:3-5 or {file}:3,7");
        };
        let sentences = sentences.split(',').map(range).collect::<anyhow::Result<_>>();
        Ok(Self { place: place.to_owned(), sentences: sentences.with_context(|| format!("cannot tell which sentences are meant by `{text}`"))? })
    }

    /// The sentences in the order of the text, as indices from 0, in a document that has `all` sentences.
    pub fn indices(&self, all: usize) -> anyhow::Result<BTreeSet<usize>> {
        if let Some(beyond) = self.sentences.iter().map(|range| *range.end()).find(|last| *last > all) {
            bail!("there is no sentence {beyond}: the document has {}", count(all, "sentence"));
        }
        Ok(self.sentences.iter().cloned().flatten().map(|number| number - 1).collect()) // numbers are at least 1
    }
}

/// `3`, `3-5`, `s3`, `s3–5`: as a person writes it or as the reading prints it.
fn range(text: &str) -> anyhow::Result<RangeInclusive<usize>> {
    let number = |part: &str| part.trim().trim_start_matches('s').parse::<usize>().ok();
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    match (number(first), number(last)) {
        (Some(0), _) => bail!("sentences are counted from 1"),
        (Some(first), Some(last)) if last < first => bail!("`{text}` ends before it begins"),
        (Some(first), Some(last)) => Ok(first..=last),
        _ if text.is_empty() => bail!("a number is missing"),
        _ => bail!("`{text}` is neither a number, as in 3, nor a range, as in 3-5"),
    }
}

/// The file of a place and the id of a document in it. A `#` may be part of a file's name: what is there decides.
pub fn file_and_id(place: &str) -> (PathBuf, Option<String>) {
    let whole = || (PathBuf::from(place), None);
    if place == "-" || Path::new(place).exists() {
        return whole();
    }
    let split = |(at, _): (usize, &str)| Some((place.get(..at)?, place.get(at + 1..)?));
    let mut splits = place.match_indices('#').filter_map(split).filter(|(file, _)| !file.is_empty());
    let found = splits.clone().find(|(file, _)| *file == "-" || Path::new(file).exists()).or_else(|| splits.next());
    found.map_or_else(whole, |(file, id)| (PathBuf::from(file), Some(id.to_owned())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn indices(text: &str) -> Vec<usize> {
        Target::parse(text).unwrap().indices(12).unwrap().into_iter().collect()
    }

    fn error(text: &str) -> String {
        format!("{:#}", Target::parse(text).and_then(|target| target.indices(12)).unwrap_err())
    }

    #[test]
    fn sentences_are_named_as_people_and_readings_write_them() {
        assert_eq!(indices("a.txt:3"), [2]);
        assert_eq!(indices("a.txt:3-5"), [2, 3, 4]);
        assert_eq!(indices("a.txt:7,3,6-7"), [2, 5, 6]);
        assert_eq!(indices("a.txt:s3–4, s12"), [2, 3, 11]);
        assert_eq!(Target::parse("wire.jsonl#a:b:1").unwrap().place, "wire.jsonl#a:b");
        assert_eq!(Target::parse("-:1").unwrap().place, "-");
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        assert_eq!(error("a.txt"), "no sentence is named in `a.txt`; write a.txt:3, a.txt:3-5 or a.txt:3,7");
        assert_eq!(error(":3"), "no sentence is named in `:3`; write FILE:3, FILE:3-5 or FILE:3,7");
        for (text, said) in [
            ("a.txt:", "a number is missing"),
            ("a.txt:two", "`two` is neither a number, as in 3, nor a range, as in 3-5"),
            ("a.txt:-3", "`-3` is neither a number"),
            ("a.txt:1,", "a number is missing"),
            ("a.txt:99999999999999999999999", "is neither a number"),
            ("a.txt:0", "sentences are counted from 1"),
            ("a.txt:5-3", "`5-3` ends before it begins"),
            ("a.txt:13", "there is no sentence 13: the document has 12 sentences"),
            ("a.txt:2-9000000000", "there is no sentence 9000000000: the document has 12 sentences"),
        ] {
            assert!(error(text).contains(said), "{text}: {}", error(text));
        }
    }

    #[test]
    fn a_document_of_a_file_is_named_behind_a_hash() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| format!("{}/{name}", folder.path().display());
        std::fs::write(path("no#1.jsonl"), "x").unwrap();
        assert_eq!(file_and_id(&path("no#1.jsonl")), (path("no#1.jsonl").into(), None));
        assert_eq!(file_and_id(&path("no#1.jsonl#x#2")), (path("no#1.jsonl").into(), Some("x#2".to_owned())));
        assert_eq!(file_and_id("gone.jsonl#x#2"), ("gone.jsonl".into(), Some("x#2".to_owned())));
        assert_eq!(file_and_id("-#x"), ("-".into(), Some("x".to_owned())));
        assert_eq!(file_and_id("-"), ("-".into(), None));
    }
}
