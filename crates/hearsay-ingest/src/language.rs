//! The language of a text, where there is enough text to be sure, and whether a shorter one looks English.

use std::collections::HashSet;
use std::sync::LazyLock;

use hearsay_ledger::Document;
use serde::Deserialize;

/// Below this many characters a guess is not worth having: in a trial, paragraphs were told rightly and single
/// sentences were not.
const FEWEST_CHARACTERS: usize = 300;
/// More text makes the guess slower, not better.
const MOST_CHARACTERS: usize = 5_000;

/// ISO 639-3 code, ISO 639-1 code and English name, a language a line.
const TABLE: &str = include_str!("../data/languages.tsv");

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
}

/// The language of `text`, if it is long enough and the detector calls its own answer reliable.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    text.char_indices().nth(FEWEST_CHARACTERS - 1)?;
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let guess = whatlang::detect(text.get(..end)?).filter(whatlang::Info::is_reliable)?;
    language(guess.lang().code())
}

/// How English is told without the detector, from `data/english.toml`.
#[derive(Deserialize)]
struct English {
    words: HashSet<String>,
    fewest_in_hundred: usize,
}

#[allow(clippy::expect_used)] // the file is part of the program, and the tests below load it
static ENGLISH: LazyLock<English> = LazyLock::new(|| toml::from_str(include_str!("../data/english.toml")).expect("data/english.toml is well formed"));

/// Whether `document` should be read by the coder, which knows English alone: it is known to be English, or its language
/// is not known (the text is short, or the detector is not sure) and it looks English by its function words. Other
/// documents are kept and marked with their language, where that is known, and are not read.
#[must_use]
pub fn is_english(document: &Document) -> bool {
    match document.language.as_deref() {
        Some(code) => code == "en",
        None => looks_english(&document.text),
    }
}

fn looks_english(text: &str) -> bool {
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let start = text.get(..end).unwrap_or(text);
    let words = start.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut english) = (0, 0);
    for word in words {
        all += 1;
        english += usize::from(ENGLISH.words.contains(&word.to_lowercase()));
    }
    all > 0 && english * 100 >= all * ENGLISH.fewest_in_hundred
}

fn language(iso_639_3: &str) -> Option<Language> {
    TABLE.lines().find_map(|line| {
        let mut cells = line.split('\t');
        let found = cells.next() == Some(iso_639_3);
        found.then_some(Language { code: cells.next()?, name: cells.next()? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_detector_has_a_row() {
        for lang in whatlang::Lang::all() {
            let row = language(lang.code());
            assert!(row.is_some_and(|row| row.code.len() == 2 && !row.name.is_empty()), "{}", lang.code());
        }
    }

    #[test]
    fn short_texts_are_english_if_they_look_so() {
        for (text, expected) in [
            ("The army said it had left the town.", true),
            ("Rebels in Aleppo denied that a truce with the army had been agreed.", true),
            ("L'armée a déclaré jeudi qu'elle avait quitté la ville, ce que les rebelles ont nié.", false),
            ("Die Armee hat die Stadt am Donnerstag verlassen, in der die Rebellen waren.", false),
            ("El ejército dijo el jueves que había dejado la ciudad.", false),
            ("Het leger zei donderdag dat het de stad had verlaten.", false),
            ("Министры встретились в четверг.", false),
            ("", false),
            ("1234", false),
        ] {
            assert_eq!(looks_english(text), expected, "{text}");
        }
    }

    #[test]
    fn paragraphs_are_told_and_short_texts_are_not() {
        let english = "The foreign ministers met until late on Thursday and agreed that the fighting should pause within a week. ".repeat(4);
        let russian = "Министры иностранных дел встретились в четверг вечером и договорились о прекращении боевых действий. ".repeat(4);
        assert_eq!(language_of(&english).map(|found| found.code), Some("en"));
        assert_eq!(language_of(&russian), Some(Language { code: "ru", name: "Russian" }));
        assert_eq!(language_of("Министры встретились в четверг."), None);
        assert_eq!(language_of(""), None);
        assert_eq!(language_of(&"1234 5678 ".repeat(100)), None);
    }
}
