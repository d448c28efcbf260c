//! Word pieces: words to ids of the vocabulary of uncased BERT (Wu et al. 2016; Devlin et al. 2019).

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::EncoderError;

/// Longer words are one unknown piece, as in the original.
const LONGEST_WORD: usize = 100;
/// A single token (an address, a table row) may take no more of a window than this many pieces.
const MOST_PIECES: usize = 32;

/// The vocabulary.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    ids: HashMap<String, i32>,
    /// Id of the mark at the start of a window.
    pub start: i32,
    /// Id of the mark at its end.
    pub end: i32,
    unknown: i32,
}

impl Vocabulary {
    /// The vocabulary from its file: one piece a line, the line number being the id.
    pub fn parse(text: &str) -> Result<Self, EncoderError> {
        let ids: HashMap<String, i32> = text.lines().zip(0..).map(|(piece, id)| (piece.to_owned(), id)).collect();
        let special = |name: &str| ids.get(name).copied().ok_or_else(|| EncoderError::Missing(format!("piece {name} in its vocabulary")));
        Ok(Self { start: special("[CLS]")?, end: special("[SEP]")?, unknown: special("[UNK]")?, ids })
    }

    /// Ids of the pieces of one token; at least one, at most 32.
    #[must_use]
    pub fn pieces(&self, token: &str) -> Vec<i32> {
        let mut out = Vec::new();
        for word in basic_words(token) {
            self.greedy(&word, &mut out);
            if out.len() >= MOST_PIECES {
                out.truncate(MOST_PIECES);
                break;
            }
        }
        if out.is_empty() {
            out.push(self.unknown);
        }
        out
    }

    /// Longest match first; a word that cannot be spelled is one unknown piece.
    fn greedy(&self, word: &str, out: &mut Vec<i32>) {
        if word.chars().count() > LONGEST_WORD {
            out.push(self.unknown);
            return;
        }
        let before = out.len();
        let mut rest = word;
        let mut candidate = String::new();
        while !rest.is_empty() {
            let mut end = rest.len();
            let id = loop {
                candidate.clear();
                if rest.len() < word.len() {
                    candidate.push_str("##");
                }
                candidate.push_str(&rest[..end]); // `end` is always a character boundary of `rest`
                if let Some(id) = self.ids.get(&candidate) {
                    break Some(*id);
                }
                match rest[..end].char_indices().next_back() {
                    Some((start, _)) if start > 0 => end = start,
                    _ => break None,
                }
            };
            let Some(id) = id else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            rest = &rest[end..];
        }
    }
}

/// BERT's normalisation and first cut: control characters dropped, accents stripped, lower case, punctuation and
/// Chinese characters apart.
fn basic_words(token: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in token.chars().filter(|c| !is_control(*c)).flat_map(|c| std::iter::once(c).nfd()).filter(|c| !is_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            words.extend(take(&mut word));
        } else if is_punctuation(c) || is_chinese(c) {
            words.extend(take(&mut word));
            words.push(c.to_string());
        } else {
            word.push(c);
        }
    }
    words.extend(take(&mut word));
    words
}

fn take(word: &mut String) -> Option<String> {
    (!word.is_empty()).then(|| std::mem::take(word))
}

fn is_control(c: char) -> bool {
    c == '\0' || c == '\u{fffd}' || (c.general_category_group() == GeneralCategoryGroup::Other && !matches!(c, '\t' | '\n' | '\r'))
}

fn is_mark(c: char) -> bool {
    is_combining_mark(c) && c.general_category() == unicode_properties::GeneralCategory::NonspacingMark
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::parse("[UNK]\n[CLS]\n[SEP]\nale\n##pp\n##o\n's\n'\ns\nmuller\n-").unwrap()
    }

    #[test]
    fn words_are_spelled_by_the_longest_pieces() {
        let v = vocabulary();
        assert_eq!(v.pieces("Aleppo"), [3, 4, 5]);
        assert_eq!(v.pieces("'s"), [7, 8]);
        assert_eq!(v.pieces("Müller-s"), [9, 10, 8]);
    }

    #[test]
    fn what_cannot_be_spelled_is_one_unknown_piece() {
        let v = vocabulary();
        assert_eq!(v.pieces("Homs"), [0]);
        assert_eq!(v.pieces("alex"), [0]);
        assert_eq!(v.pieces("\u{200b}"), [0]);
        assert_eq!(v.pieces(&"s".repeat(101)), [0]);
        assert_eq!(v.pieces(&"-".repeat(1000)).len(), 32);
    }

    #[test]
    fn a_vocabulary_without_its_marks_is_refused() {
        assert!(Vocabulary::parse("a\nb").is_err());
    }

    proptest! {
        #[test]
        fn any_token_has_between_one_and_32_pieces(token in "\\PC{0,60}") {
            let count = vocabulary().pieces(&token).len();
            prop_assert!((1..=32).contains(&count));
        }
    }
}
