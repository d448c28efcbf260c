//! The model's own account of itself: label lists and sizes, as training wrote them into the file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::EncoderError;

/// Labels and sizes of a model.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Manifest {
    /// Longest window in word pieces, its two marks included.
    pub max_pieces: usize,
    /// Word pieces of context kept before the core of a window.
    pub left_context: usize,
    /// Word pieces of context kept after it.
    pub right_context: usize,
    /// Upper bounds of the buckets of distance (in words) between an anchor and a word.
    pub distance_bounds: Vec<usize>,
    /// Dependency relations (Universal Dependencies).
    pub relation: Vec<String>,
    /// Labels of each head that gives one label a word.
    pub tags: BTreeMap<String, Vec<String>>,
    /// Labels of each head that gives, for an anchor word, one label to every word.
    pub links: BTreeMap<String, Vec<String>>,
}

impl Manifest {
    pub(crate) fn parse(text: &str) -> Result<Self, EncoderError> {
        serde_json::from_str(text).map_err(|e| EncoderError::Manifest(e.to_string()))
    }

    /// Bucket of the signed distance of a word from its anchor: 0 for the anchor itself, odd before it, even after it.
    #[must_use]
    pub fn distance_bucket(&self, anchor: usize, word: usize) -> i32 {
        let magnitude = anchor.abs_diff(word);
        let index = self.distance_bounds.iter().position(|bound| magnitude <= *bound).unwrap_or(self.distance_bounds.len()) as i32;
        if index == 0 { 0 } else { 2 * index - i32::from(word < anchor) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn buckets_tell_before_from_after_and_grow_with_distance() {
        let manifest =
            Manifest::parse(r#"{"max_pieces":8,"left_context":1,"right_context":1,"distance_bounds":[0,1,4],"relation":[],"tags":{},"links":{}}"#)
                .unwrap();
        let buckets: Vec<i32> = [5, 4, 6, 1, 9, 100].iter().map(|word| manifest.distance_bucket(5, *word)).collect();
        assert_eq!(buckets, [0, 1, 2, 3, 4, 6]);
        assert!(Manifest::parse("{}").is_err());
    }
}
