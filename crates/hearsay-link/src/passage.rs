//! Sketches and trigger keys of passages of text: what a maker of event keys calls. After that no text is known.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::key::TriggerKey;
use crate::lexicon::{Lexicon, Word, words};
use crate::sketch::Sketch;

/// Words of a document's sketch of content words.
const DOCUMENT_WORDS: usize = 64;
/// Words of a document's sketch of names and numbers.
const DOCUMENT_NAMES: usize = 32;
/// Words of the sketches of a sentence.
const SENTENCE_WORDS: usize = 24;
/// How many words before and after the trigger are next to it.
const NEAR: usize = 5;

/// The sketches of a document: its content words, and its names and numbers.
#[must_use]
pub fn of_document(text: &str, lexicon: &Lexicon) -> (Sketch, Sketch) {
    let all: Vec<Word<'_>> = words(text).collect();
    (content(&all, lexicon, DOCUMENT_WORDS), names(&all, lexicon, DOCUMENT_NAMES))
}

/// The sketches of a sentence around a trigger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentenceSketches {
    /// Its content words without the trigger.
    pub words: Sketch,
    /// Its names and numbers without the trigger.
    pub names: Sketch,
    /// The content words next to the trigger.
    pub near: Sketch,
}

/// The sketches of a sentence; `trigger` is the range of bytes of `sentence` that holds the event word.
#[must_use]
pub fn of_sentence(sentence: &str, trigger: &Range<usize>, lexicon: &Lexicon) -> SentenceSketches {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for word in words(sentence) {
        if word.start < trigger.start {
            before.push(word);
        } else if word.start >= trigger.end {
            after.push(word);
        }
    }
    let near: Vec<Word<'_>> = before.iter().rev().take(NEAR).chain(after.iter().take(NEAR)).copied().collect();
    let all: Vec<Word<'_>> = before.into_iter().chain(after).collect();
    SentenceSketches {
        words: content(&all, lexicon, SENTENCE_WORDS),
        names: names(&all, lexicon, SENTENCE_WORDS),
        near: content(&near, lexicon, 2 * NEAR),
    }
}

/// The key of an event word or phrase: its content words, or all its words where it has no others.
#[must_use]
pub fn of_trigger(trigger: &str, lexicon: &Lexicon) -> TriggerKey {
    let mut stems: BTreeSet<String> = words(trigger).filter(|word| !lexicon.is_common(word.text)).map(|word| lexicon.stem(word.text)).collect();
    if stems.is_empty() {
        stems = words(trigger).map(|word| lexicon.stem(word.text)).collect();
    }
    let (mut own, mut near, mut related) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for kin in stems.iter().filter_map(|stem| lexicon.kin(stem)) {
        own.insert(kin.word);
        near.extend(&kin.near);
        related.extend(&kin.related);
    }
    TriggerKey {
        weight: stems.iter().map(|stem| lexicon.weight(stem)).fold(0.0, f32::max),
        stems: stems.into_iter().map(Into::into).collect(),
        words: own.into_iter().collect(),
        near: near.into_iter().collect(),
        related: related.into_iter().collect(),
    }
}

/// Content words, weighted by how often they come and how telling they are.
fn content(words: &[Word<'_>], lexicon: &Lexicon, limit: usize) -> Sketch {
    let mut counts: BTreeMap<String, f32> = BTreeMap::new();
    for word in words.iter().filter(|word| !lexicon.is_common(word.text)) {
        *counts.entry(lexicon.stem(word.text)).or_default() += 1.0;
    }
    let weigh = |(stem, count): (String, f32)| (Lexicon::word_hash(&stem), (1.0 + logarithm(count)) * lexicon.weight(&stem));
    Sketch::new(counts.into_iter().map(weigh).collect(), limit)
}

/// Names and numbers, weighted by how telling they are.
fn names(words: &[Word<'_>], lexicon: &Lexicon, limit: usize) -> Sketch {
    let named = words.iter().filter(|word| word.is_name() && !lexicon.is_common(word.text));
    let stems: BTreeSet<String> = named.map(|word| lexicon.stem(word.text)).collect();
    Sketch::new(stems.into_iter().map(|stem| (Lexicon::word_hash(&stem), lexicon.weight(&stem))).collect(), limit)
}

/// The natural logarithm of a count, rounded to four places so that machines agree.
pub(crate) fn logarithm(count: f32) -> f32 {
    (count.ln() * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_of_a_sentence_leaves_the_trigger_out() {
        let lexicon = Lexicon::built_in();
        let sentence = "Jets bombed the market in Aleppo on Tuesday";
        let trigger = 5..11;
        let sketches = of_sentence(sentence, &trigger, &lexicon);
        let has = |sketch: &Sketch, word: &str| sketch.words().iter().any(|(hash, _)| *hash == Lexicon::word_hash(&lexicon.stem(word)));
        assert!(has(&sketches.words, "market") && has(&sketches.near, "jets") && has(&sketches.names, "Aleppo"));
        assert!(!has(&sketches.words, "bombed") && !has(&sketches.words, "the") && !has(&sketches.names, "market"));
    }

    #[test]
    fn a_trigger_of_common_words_keeps_them() {
        let lexicon = Lexicon::built_in();
        assert!(!of_trigger("have been", &lexicon).stems.is_empty());
        assert_eq!(of_trigger("the attacks", &lexicon).stems, of_trigger("attacked", &lexicon).stems);
    }
}
