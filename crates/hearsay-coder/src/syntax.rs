//! Questions to the dependency trees: children, the extent of a phrase, the head of a passage.

use std::ops::Range;

use crate::encode::{Encoded, Word};

/// The trees of a document, with the children of every word at hand.
pub(crate) struct Trees<'a> {
    words: &'a [Word],
    children: Vec<Vec<usize>>,
}

impl<'a> Trees<'a> {
    /// The trees of an encoded document.
    pub(crate) fn new(encoded: &'a Encoded) -> Self {
        let words = &encoded.words;
        let mut children = vec![Vec::new(); words.len()];
        for (word, head) in words.iter().enumerate().filter_map(|(word, w)| Some((word, w.head?))) {
            if let Some(list) = children.get_mut(head) {
                list.push(word);
            }
        }
        Self { words, children }
    }

    /// Children of a word, in the order of the text.
    pub(crate) fn children(&self, word: usize) -> &[usize] {
        self.children.get(word).map_or(&[], Vec::as_slice)
    }

    /// The first child whose relation is one of `relations` (with its subtype or without).
    pub(crate) fn child(&self, word: usize, relations: &[&str]) -> Option<usize> {
        self.children(word).iter().copied().find(|child| self.is(*child, relations))
    }

    /// Whether a word's relation is one of `relations` (with its subtype or without).
    pub(crate) fn is(&self, word: usize, relations: &[&str]) -> bool {
        self.words.get(word).is_some_and(|w| {
            let relation = &*w.relation;
            relations.contains(&relation) || relations.contains(&relation.split(':').next().unwrap_or(relation))
        })
    }

    /// Words of the phrase that a word heads: from the first to the last word below it, leaving out branches for
    /// which `skip` is true.
    pub(crate) fn phrase(&self, word: usize, skip: impl Fn(usize) -> bool) -> Range<usize> {
        let (mut first, mut last) = (word, word);
        let mut open = vec![word];
        while let Some(next) = open.pop() {
            first = first.min(next);
            last = last.max(next);
            open.extend(self.children(next).iter().copied().filter(|child| !skip(*child)));
        }
        first..last + 1
    }

    /// The word of `words` whose head lies outside of them: the head of a phrase; the first where there are several.
    pub(crate) fn head_of(&self, words: &Range<usize>) -> Option<usize> {
        let outside = |word: usize| self.words.get(word).is_some_and(|w| w.head.is_none_or(|head| !words.contains(&head)));
        words.clone().find(|word| outside(*word) && !self.is(*word, &["punct"])).or_else(|| words.clone().next())
    }
}
