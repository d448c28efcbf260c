//! The language of a text, where there is enough text to be sure.

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
