//! Sketches: what a passage says, as hashes of its content words with weights. No text can be read back from one.

/// A weighted set of word hashes of length 1 (or 0 where there is no word), sorted by hash.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    words: Box<[(u32, f32)]>,
    /// What the weights were divided by.
    length: f32,
}

impl Sketch {
    /// The sketch of words with weights above 0: the heaviest `limit` are kept (of equal weight those of the lower hash), a
    /// word that comes twice counts with the sum of its weights, and the whole is scaled to length 1.
    #[must_use]
    pub fn new(mut words: Vec<(u32, f32)>, limit: usize) -> Self {
        words.retain(|(_, weight)| *weight > 0.0);
        words.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        words.dedup_by(|later, first| {
            let same = later.0 == first.0;
            first.1 += if same { later.1 } else { 0.0 };
            same
        });
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.truncate(limit);
        words.sort_by_key(|(word, _)| *word);
        let length = words.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, weight) in &mut words {
                *weight /= length;
            }
        }
        Self { words: words.into(), length }
    }

    /// The word hashes with their weights, by hash.
    #[must_use]
    pub fn words(&self) -> &[(u32, f32)] {
        &self.words
    }

    /// The length before the whole was scaled to 1: a weight times this is the weight that the word was given.
    #[must_use]
    pub fn length(&self) -> f32 {
        self.length
    }

    /// The cosine of two sketches, 0 (no word in common) to 1 (the same words with the same weights).
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        self.shared(other).map(|(_, a, b)| a * b).sum()
    }

    /// The words of both, with their weights here and there, by hash.
    pub fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (u32, f32, f32)> + 'a {
        let (mut mine, mut theirs) = (self.words.iter().peekable(), other.words.iter().peekable());
        std::iter::from_fn(move || {
            loop {
                let (a, b) = (mine.peek()?, theirs.peek()?);
                match a.0.cmp(&b.0) {
                    std::cmp::Ordering::Less => drop(mine.next()),
                    std::cmp::Ordering::Greater => drop(theirs.next()),
                    std::cmp::Ordering::Equal => {
                        let both = (a.0, a.1, b.1);
                        mine.next();
                        theirs.next();
                        return Some(both);
                    }
                }
            }
        })
    }

    /// The `count` heaviest words, heaviest first (of equal weight the lower hash first).
    #[must_use]
    pub fn heaviest(&self, count: usize) -> Vec<u32> {
        let mut words: Vec<(u32, f32)> = self.words.to_vec();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.into_iter().take(count).map(|(word, _)| word).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn words() -> impl Strategy<Value = Vec<(u32, f32)>> {
        prop::collection::vec((0u32..30, 0.0f32..2.0), 0..40)
    }

    #[test]
    fn the_same_words_have_cosine_one_and_others_none() {
        let (a, b) = (Sketch::new(vec![(1, 1.0), (2, 0.5)], 9), Sketch::new(vec![(3, 1.0)], 9));
        assert!((a.cosine(&a) - 1.0).abs() < 1e-6);
        assert!(a.cosine(&b).abs() < 1e-6);
        assert!(a.cosine(&Sketch::default()).abs() < 1e-6);
    }

    #[test]
    fn only_the_heaviest_words_are_kept() {
        let sketch = Sketch::new(vec![(1, 0.1), (2, 0.9), (3, 0.5), (2, 0.1)], 2);
        assert_eq!(sketch.heaviest(5), [2, 3]);
    }

    proptest! {
        #[test]
        fn a_sketch_does_not_depend_on_the_order_of_its_words(mut list in words(), limit in 1usize..20) {
            let sketch = Sketch::new(list.clone(), limit);
            list.reverse();
            prop_assert_eq!(&sketch, &Sketch::new(list, limit));
            prop_assert!(sketch.words().len() <= limit && sketch.words().windows(2).all(|pair| pair[0].0 < pair[1].0));
        }

        #[test]
        fn cosine_is_symmetric_and_between_nought_and_one(a in words(), b in words()) {
            let (a, b) = (Sketch::new(a, 20), Sketch::new(b, 20));
            prop_assert_eq!(a.cosine(&b).to_bits(), b.cosine(&a).to_bits());
            prop_assert!((0.0..=1.0 + 1e-5).contains(&a.cosine(&b)));
        }
    }
}
