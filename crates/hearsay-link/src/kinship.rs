//! How near the event words of two records are to one another.

use crate::key::TriggerKey;

/// How near two event words are; the weights of all other evidence are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kinship {
    /// The same stems.
    Same,
    /// A stem in common.
    Shared,
    /// Near in meaning ("kill", "murder"), or the stems begin alike ("victor", "victory").
    Kindred,
    /// Related in meaning ("kill", "massacre").
    Related,
    /// None of these.
    Other,
}

impl Kinship {
    /// Every kinship, nearest first.
    pub const ALL: [Self; 5] = [Self::Same, Self::Shared, Self::Kindred, Self::Related, Self::Other];

    /// The column of the table of weights.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Shared => "shared",
            Self::Kindred => "kindred",
            Self::Related => "related",
            Self::Other => "other",
        }
    }

    /// How near the event words `a` and `b` are.
    #[must_use]
    pub fn of(a: &TriggerKey, b: &TriggerKey) -> Self {
        if a.stems == b.stems && !a.stems.is_empty() {
            Self::Same
        } else if a.stems.iter().any(|stem| b.stems.contains(stem)) {
            Self::Shared
        } else if meet(&a.words, &b.near) || a.stems.iter().any(|stem| b.stems.iter().any(|other| begin_alike(stem, other))) {
            Self::Kindred
        } else if meet(&a.words, &b.related) {
            Self::Related
        } else {
            Self::Other
        }
    }
}

/// Letters that two stems must have in common at their beginning; the length of the shortest blocking key too.
pub(crate) const COMMON_LETTERS: usize = 4;

/// Whether two stems have their first letters in common, and most of their letters.
fn begin_alike(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    common >= COMMON_LETTERS && common * 5 >= longer * 3
}

/// Whether two sorted lists have a number in common.
fn meet(a: &[u16], b: &[u16]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trigger(stems: &[&str], words: &[u16], near: &[u16], related: &[u16]) -> TriggerKey {
        let stems = stems.iter().map(|stem| (*stem).into()).collect();
        TriggerKey { stems, words: words.to_vec(), near: near.to_vec(), related: related.to_vec(), weight: 0.5 }
    }

    #[test]
    fn the_nearest_kinship_wins() {
        let kill = trigger(&["kill"], &[1], &[2, 5], &[9]);
        assert_eq!(Kinship::of(&kill, &kill), Kinship::Same);
        assert_eq!(Kinship::of(&kill, &trigger(&["kill", "spree"], &[1, 7], &[], &[])), Kinship::Shared);
        assert_eq!(Kinship::of(&kill, &trigger(&["slai"], &[5], &[1], &[])), Kinship::Kindred);
        assert_eq!(Kinship::of(&kill, &trigger(&["harm"], &[9], &[], &[1])), Kinship::Related);
        assert_eq!(Kinship::of(&kill, &trigger(&["meet"], &[7], &[8], &[])), Kinship::Other);
    }

    #[test]
    fn stems_that_begin_alike_are_kindred() {
        assert!(begin_alike("destruct", "destruction"));
        assert!(!begin_alike("acquir", "acre") && !begin_alike("part", "participation"));
    }

    #[test]
    fn words_without_stems_are_not_the_same() {
        assert_eq!(Kinship::of(&TriggerKey::default(), &TriggerKey::default()), Kinship::Other);
    }
}
