//! Word lists and thresholds of the segmentation stage, from `codebook/segmentation.toml`.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::layers::{Layered, Layers};
use crate::{CodebookError, WordSet};

const FILE: &str = "codebook/segmentation.toml";
const TEXT: &str = include_str!("../../../codebook/segmentation.toml");

/// Word lists and thresholds of the segmentation stage. Abbreviations are held without their last dot.
#[derive(Clone, Debug)]
pub struct SegmentationLists {
    /// Sentences with more tokens than this are cut; at least 2.
    pub max_sentence_tokens: usize,
    /// Abbreviations that stand before a name or number and never end a sentence.
    pub titles: WordSet,
    /// Abbreviations that may also end a sentence.
    pub abbreviations: WordSet,
    /// Abbreviations only before a digit.
    pub number_abbreviations: WordSet,
    /// Words that begin a sentence when they stand with a capital after an abbreviation.
    pub sentence_starters: WordSet,
    /// Verbs that tie a quotation ending in "?" or "!" to the words after it.
    pub speech_verbs: WordSet,
    /// Prefixes whose hyphen does not divide a word.
    pub prefixes: WordSet,
    /// What may follow an apostrophe as a word of its own.
    pub enclitics: WordSet,
    /// Units that stand off from their number.
    pub units: WordSet,
    /// Last labels of internet addresses and file names.
    pub domains: WordSet,
    /// Month names, for datelines.
    pub months: WordSet,
    /// Small words inside names of writers and places, for bylines and datelines.
    pub byline_words: WordSet,
    /// Words at the head of a text that are no place of a dateline.
    pub no_places: WordSet,
    /// Short names of news agencies, as in the brackets of a dateline.
    pub agencies: WordSet,
    /// Signs taken whole when they stand alone.
    pub emoticons: HashSet<String>,
    /// Two words written as one, in lower case, with the byte length of the first.
    contractions: HashMap<String, usize>,
    longest_contraction: usize,
}

impl SegmentationLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let Layered { file, origins } = layers.toml::<File>(FILE, TEXT, &[])?;
        let mut contractions = HashMap::new();
        for (index, entry) in file.contractions.iter().enumerate() {
            let (first, second) = entry.split_once('|').filter(|(first, second)| !first.is_empty() && !second.is_empty()).ok_or_else(|| {
                origins.of("contractions", index).wrong(format!("the entry `{entry}` of `contractions` needs a bar between its two words"))
            })?;
            contractions.insert(format!("{first}{second}").to_lowercase(), first.len());
        }
        Ok(Self {
            max_sentence_tokens: file.max_sentence_tokens.max(2),
            titles: file.titles.iter().collect(),
            abbreviations: file.abbreviations.iter().collect(),
            number_abbreviations: file.number_abbreviations.iter().collect(),
            sentence_starters: file.sentence_starters.iter().collect(),
            speech_verbs: file.speech_verbs.iter().collect(),
            prefixes: file.prefixes.iter().collect(),
            enclitics: file.enclitics.iter().collect(),
            units: file.units.iter().collect(),
            domains: file.domains.iter().collect(),
            months: file.months.iter().collect(),
            byline_words: file.byline_words.iter().collect(),
            no_places: file.no_places.iter().collect(),
            agencies: file.agencies.iter().collect(),
            emoticons: file.emoticons.into_iter().collect(),
            longest_contraction: contractions.keys().map(String::len).max().unwrap_or(0),
            contractions,
        })
    }

    /// Byte length of the first word where `word` is two words written as one ("cannot"), else `None`.
    #[must_use]
    pub fn contraction(&self, word: &str) -> Option<usize> {
        if word.len() > self.longest_contraction || !word.is_ascii() {
            return None;
        }
        self.contractions.get(&word.to_ascii_lowercase()).copied()
    }
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    max_sentence_tokens: usize,
    titles: Vec<String>,
    abbreviations: Vec<String>,
    number_abbreviations: Vec<String>,
    sentence_starters: Vec<String>,
    speech_verbs: Vec<String>,
    prefixes: Vec<String>,
    enclitics: Vec<String>,
    contractions: Vec<String>,
    units: Vec<String>,
    domains: Vec<String>,
    emoticons: Vec<String>,
    months: Vec<String>,
    byline_words: Vec<String>,
    no_places: Vec<String>,
    agencies: Vec<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::UserFile;

    fn read(user: &str) -> Result<SegmentationLists, String> {
        let files = [UserFile { path: "my/segmentation.toml".to_owned(), text: user.to_owned() }];
        SegmentationLists::read(&mut Layers::new(&files).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn contractions_know_where_they_divide() {
        let lists = read("contractions = [\"gon|na\"]").unwrap();
        assert_eq!(lists.contraction("Cannot"), Some(3));
        assert_eq!(lists.contraction("gonna"), Some(3));
        assert_eq!(lists.contraction("cannon"), None);
    }

    #[test]
    fn a_contraction_without_a_bar_is_refused_by_its_line() {
        let message = read("contractions = [\n  \"gonna\",\n]").unwrap_err();
        assert_eq!(message, "my/segmentation.toml:2: the entry `gonna` of `contractions` needs a bar between its two words");
    }
}
