//! Sets of words as the lists of the codebook write them.

use std::collections::HashSet;

/// A set of words. An entry in lower case matches in any case; an entry that begins with a capital matches only
/// words that begin with one.
#[derive(Clone, Debug, Default)]
pub struct WordSet {
    any_case: HashSet<String>,
    capitalised: HashSet<String>,
    longest: usize,
}

impl WordSet {
    /// Whether `word` is in the set.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        // Lowering can lengthen a word a little, never shorten it below a third; the check only spares long runs.
        if word.is_empty() || word.len() > 3 * self.longest {
            return false;
        }
        let lower = word.to_lowercase();
        self.any_case.contains(&lower) || (word.starts_with(char::is_uppercase) && self.capitalised.contains(&lower))
    }
}

impl<S: AsRef<str>> FromIterator<S> for WordSet {
    fn from_iter<I: IntoIterator<Item = S>>(entries: I) -> Self {
        let mut set = Self::default();
        for entry in entries {
            let entry = entry.as_ref();
            let lower = entry.to_lowercase();
            set.longest = set.longest.max(lower.len());
            if entry.starts_with(char::is_uppercase) {
                set.capitalised.insert(lower);
            } else {
                set.any_case.insert(lower);
            }
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_in_the_list_asks_for_a_capital_in_the_text() {
        let set: WordSet = ["Gen", "etc"].into_iter().collect();
        assert!(set.contains("Gen") && set.contains("GEN") && !set.contains("gen"));
        assert!(set.contains("etc") && set.contains("ETC"));
        assert!(!set.contains(""));
    }
}
