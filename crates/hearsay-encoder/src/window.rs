//! Windows: how a document longer than the network can see is read in overlapping parts.
//!
//! A window is whole sentences. Its *core* is what is read in it; around the core stand sentences of context, so that
//! "he said" sees the sentence before it. Every word is in exactly one core. A sentence too long for a core is cut.

use std::ops::Range;

/// One window; ranges are of words of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Every word the network sees.
    pub words: Range<usize>,
    /// The words read here.
    pub core: Range<usize>,
}

/// Room for a window, in word pieces.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Pieces in all, without the two marks at the ends.
    pub total: usize,
    /// Pieces of context before the core.
    pub left: usize,
    /// Pieces of context after the core.
    pub right: usize,
}

/// Lays windows over a document. `sizes` are the pieces of every word; `sentences` the word ranges of the sentences,
/// in order and without gaps.
#[must_use]
pub fn plan(sizes: &[usize], sentences: &[Range<usize>], room: Room) -> Vec<Window> {
    if sizes.is_empty() {
        return Vec::new();
    }
    if sizes.iter().sum::<usize>() <= room.total {
        return vec![Window { words: 0..sizes.len(), core: 0..sizes.len() }];
    }
    let core = room.total.saturating_sub(room.left + room.right).max(1);
    let units = units(sizes, sentences, core);
    let mut windows = Vec::new();
    let mut first = 0;
    while first < units.len() {
        let taken = fitting(units[first..].iter(), core).max(1); // `first` is below the length
        let last = first + taken; // at most the length, since `fitting` counts units that exist
        let before = fitting(units[..first].iter().rev(), room.left);
        let after = fitting(units[last..].iter(), room.right);
        let words = units[first - before].words.start..units[last + after - 1].words.end;
        windows.push(Window { words, core: units[first].words.start..units[last - 1].words.end });
        first = last;
    }
    windows
}

struct Unit {
    words: Range<usize>,
    pieces: usize,
}

/// Sentences, the longest cut so that each fits into a core.
fn units(sizes: &[usize], sentences: &[Range<usize>], core: usize) -> Vec<Unit> {
    let mut units = Vec::new();
    for sentence in sentences {
        let (mut start, mut pieces) = (sentence.start, 0);
        for word in sentence.clone() {
            let size = sizes.get(word).copied().unwrap_or(0);
            if pieces + size > core && word > start {
                units.push(Unit { words: start..word, pieces });
                (start, pieces) = (word, 0);
            }
            pieces += size;
        }
        if start < sentence.end {
            units.push(Unit { words: start..sentence.end, pieces });
        }
    }
    units
}

/// How many of `units`, taken in order, fit into `room`.
fn fitting<'a>(units: impl Iterator<Item = &'a Unit>, room: usize) -> usize {
    let mut used = 0;
    units
        .take_while(|unit| {
            used += unit.pieces;
            used <= room
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROOM: Room = Room { total: 20, left: 4, right: 3 };

    #[test]
    fn a_short_document_is_one_window() {
        assert_eq!(plan(&[2; 10], &[0..4, 4..10], ROOM), [Window { words: 0..10, core: 0..10 }]);
    }

    #[test]
    fn a_long_one_is_read_in_cores_with_context() {
        let sentences = [0..4, 4..8, 8..12, 12..15, 15..24];
        let windows = plan(&[1; 24], &sentences, ROOM);
        assert_eq!(windows, [Window { words: 0..15, core: 0..12 }, Window { words: 8..24, core: 12..24 }]);
    }

    fn document() -> impl Strategy<Value = (Vec<usize>, Vec<Range<usize>>)> {
        prop::collection::vec(prop::collection::vec(1usize..9, 1..30), 0..20).prop_map(|sentences| {
            let mut start = 0;
            let ranges = sentences
                .iter()
                .map(|s| {
                    start += s.len();
                    start - s.len()..start
                })
                .collect();
            (sentences.concat(), ranges)
        })
    }

    proptest! {
        #[test]
        fn every_word_is_in_one_core_and_no_window_overflows((sizes, sentences) in document()) {
            let windows = plan(&sizes, &sentences, ROOM);
            let mut next = 0;
            for window in &windows {
                prop_assert_eq!(window.core.start, next);
                prop_assert!(window.words.start <= window.core.start && window.core.end <= window.words.end);
                prop_assert!(!window.core.is_empty());
                prop_assert!(sizes[window.words.clone()].iter().sum::<usize>() <= ROOM.total);
                next = window.core.end;
            }
            prop_assert_eq!(next, sizes.len());
        }
    }
}
