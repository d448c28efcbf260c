//! What the later stages look at: the text with its sentences, words, trees and lists, gathered once.

use std::ops::Range;

use hearsay_codebook::Codebook;
use hearsay_ledger::Span;

use crate::encode::{Encoded, cover};
use crate::segment::Segmentation;
use crate::syntax::Trees;

/// A document as the stages after the encoder see it.
pub(crate) struct Page<'a> {
    /// The frozen text.
    pub(crate) text: &'a str,
    /// Its sentences, tokens and quotations.
    pub(crate) segmentation: &'a Segmentation,
    /// What the network sees in it.
    pub(crate) encoded: &'a Encoded,
    /// The dependency trees.
    pub(crate) trees: &'a Trees<'a>,
    /// Word lists and thresholds.
    pub(crate) codebook: &'a Codebook,
}

impl<'a> Page<'a> {
    /// The letters of word `n`; empty where there is no such word.
    pub(crate) fn word(&self, n: usize) -> &'a str {
        self.encoded.word(n, self.text)
    }

    /// Universal part of speech of word `n`; empty where there is no such word.
    pub(crate) fn upos(&self, n: usize) -> &'a str {
        self.encoded.words.get(n).map_or("", |w| &*w.upos)
    }

    /// The span that words cover; `None` where there are no such words.
    pub(crate) fn span(&self, words: Range<usize>) -> Option<Span> {
        cover(self.encoded.words.get(words)?)
    }

    /// The index of the sentence that holds word `n`.
    pub(crate) fn sentence_of(&self, n: usize) -> usize {
        self.encoded.sentences.partition_point(|s| s.end <= n)
    }

    /// The parts of a phrase that are joined by "and" and the like: one where nothing is joined.
    pub(crate) fn coordinated(&self, phrase: Span) -> Vec<Span> {
        let words = self.encoded.words_in(phrase.start()..phrase.end());
        let Some(head) = self.trees.head_of(&words) else { return vec![phrase] };
        let others: Vec<usize> = self.trees.children(head).iter().copied().filter(|c| words.contains(c) && self.trees.is(*c, &["conj"])).collect();
        if others.is_empty() {
            return vec![phrase];
        }
        let part = |word: usize| {
            let run = self.trees.phrase(word, |child| self.trees.is(child, &["conj", "cc", "punct"]));
            self.span(run.start.max(words.start)..run.end.min(words.end))
        };
        std::iter::once(head).chain(others).filter_map(part).collect()
    }

    /// The words of a span with single spaces between them.
    pub(crate) fn phrase(&self, span: Span) -> String {
        span.of(self.text).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
