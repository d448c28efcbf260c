//! Names as they are compared: in lower case, without marks on letters, articles, dots and possessive endings; hyphens
//! part words.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A part of a word as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its letters.
    pub(crate) key: String,
    /// Which word it is of.
    pub(crate) word: usize,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether it is written in capitals throughout.
    pub(crate) capitals: bool,
}

/// The pieces of some words. Punctuation and possessive endings leave none.
pub(crate) fn pieces(words: &[&str]) -> Vec<Piece> {
    let parts = words.iter().enumerate().flat_map(|(word, text)| text.split(['-', '‐', '–', ' ']).map(move |part| (word, part)));
    parts
        .filter_map(|(word, part)| {
            let key = fold(part);
            let letters = part.chars().filter(|c| c.is_alphabetic());
            let piece = || Piece {
                word,
                capital: part.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase()),
                capitals: letters.clone().all(char::is_uppercase),
                key: key.clone(),
            };
            (!key.is_empty()).then(piece)
        })
        .collect()
}

/// A whole name as it is compared.
pub(crate) fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let pieces = pieces(&words);
    let article = pieces.len() > 1 && pieces.first().is_some_and(|first| first.key == "the");
    pieces.iter().skip(usize::from(article)).map(|piece| piece.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// One word without its possessive ending, marks and whatever is neither letter nor digit; empty for a bare ending.
fn fold(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches("'S");
    let plain = word.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    plain
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ı' => 'i',
            'ø' => 'o',
            'ł' => 'l',
            'đ' => 'd',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_dots_hyphens_and_endings_do_not_count() {
        assert_eq!(key("the U.S."), "us");
        assert_eq!(key("Recep Tayyip Erdoğan"), "recep tayyip erdogan");
        assert_eq!(key("Bashar al-Assad’s"), "bashar al assad");
        assert_eq!(key("Sana'a"), "sanaa");
        assert_eq!(key("The"), "the");
        assert_eq!(key("—"), "");
        let parts: Vec<_> = pieces(&["Iran-backed", "'s", "IS"]).into_iter().map(|p| (p.key, p.word, p.capital, p.capitals)).collect();
        assert_eq!(parts, [("iran".into(), 0, true, false), ("backed".into(), 0, false, false), ("is".into(), 2, true, true)]);
    }
}
