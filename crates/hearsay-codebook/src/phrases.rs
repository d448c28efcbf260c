//! Phrases as the lists of the codebook write them: words in any case, a star for any ending of the word before it.

use std::cmp::Reverse;
use std::collections::HashMap;

/// A list of phrases, each as its words, the longest first.
pub type PhraseList = Vec<Vec<String>>;

/// The words of a phrase.
pub(crate) fn words(phrase: &str) -> Vec<String> {
    phrase.split_whitespace().map(str::to_owned).collect()
}

/// Phrases as their words, the longest first, for it is tried first.
pub(crate) fn phrase_list(phrases: &[String]) -> PhraseList {
    let mut list: PhraseList = phrases.iter().map(|phrase| words(phrase)).collect();
    list.sort_by_key(|phrase| Reverse(phrase.len()));
    list
}

/// Phrases, each with what it stands for, found by the words of a text.
#[derive(Clone, Debug)]
pub struct PhraseMap<T> {
    entries: Vec<(Vec<Word>, T)>,
    /// The entries by their first word, or by its first letter where a star leaves the word open.
    by_start: HashMap<String, Vec<usize>>,
}

/// A word of a phrase: the whole word, or its beginning where a star follows it.
#[derive(Clone, Debug)]
struct Word {
    letters: String,
    open: bool,
}

impl Word {
    fn matches(&self, word: &str) -> bool {
        if self.open { word.starts_with(&self.letters) } else { word == self.letters }
    }
}

impl<T> Default for PhraseMap<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), by_start: HashMap::new() }
    }
}

impl<T> PhraseMap<T> {
    /// Adds a phrase with what it stands for.
    ///
    /// # Errors
    /// What is wrong with the phrase: it has no words, or a star where letters must stand.
    pub fn add(&mut self, phrase: &str, stands_for: T) -> Result<(), &'static str> {
        let words: Vec<Word> = phrase
            .to_lowercase()
            .split_whitespace()
            .map(|word| {
                word.strip_suffix('*')
                    .map_or_else(|| Word { letters: word.to_owned(), open: false }, |start| Word { letters: start.to_owned(), open: true })
            })
            .collect();
        let Some(first) = words.first() else { return Err("has no words") };
        if words.iter().any(|word| word.letters.is_empty()) {
            return Err("has a star with no letters before it");
        }
        // Every word that an open word matches begins with its first letter.
        let key = if first.open { first.letters.chars().take(1).collect() } else { first.letters.clone() };
        self.by_start.entry(key).or_default().push(self.entries.len());
        self.entries.push((words, stands_for));
        Ok(())
    }

    /// What stands at the beginning of `words` (in lower case), with how many of them it takes: the phrase with the most
    /// words, of equally long ones the later.
    #[must_use]
    pub fn at(&self, words: &[&str]) -> Option<(&T, usize)> {
        self.matching(words).max_by_key(|(index, phrase, _)| (phrase.len(), *index)).map(|(_, phrase, stands_for)| (stands_for, phrase.len()))
    }

    /// Everything that stands at the beginning of `words` (in lower case), each with how many of them it takes.
    pub fn all_at<'a, 'w>(&'a self, words: &'w [&'w str]) -> impl Iterator<Item = (&'a T, usize)> {
        self.matching(words).map(|(_, phrase, stands_for)| (stands_for, phrase.len()))
    }

    fn matching<'a, 'w>(&'a self, words: &'w [&'w str]) -> impl Iterator<Item = (usize, &'a [Word], &'a T)> {
        let first = words.first().copied().unwrap_or("");
        let letter = first.chars().next().map_or("", |c| first.get(..c.len_utf8()).unwrap_or(""));
        // A word of one letter is looked up once, not twice.
        let keys = [Some(letter), (letter != first).then_some(first)];
        keys.into_iter()
            .flatten()
            .filter_map(|key| self.by_start.get(key))
            .flatten()
            .filter_map(|index| Some((*index, self.entries.get(*index)?)))
            .filter(move |(_, (phrase, _))| phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a.matches(b)))
            .map(|(index, (phrase, stands_for))| (index, phrase.as_slice(), stands_for))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_longest_phrase_counts_and_a_star_opens_a_word() {
        let mut phrases = PhraseMap::default();
        for (n, phrase) in ["shell*", "shell company", "a", "a*", "Call* on", "é*"].into_iter().enumerate() {
            phrases.add(phrase, n).unwrap();
        }
        assert_eq!(phrases.at(&["shelled", "the"]), Some((&0, 1)));
        assert_eq!(phrases.at(&["shell", "company"]), Some((&1, 2)));
        assert_eq!(phrases.at(&["a"]), Some((&3, 1)));
        assert_eq!(phrases.at(&["called", "on", "both"]), Some((&4, 2)));
        assert_eq!(phrases.at(&["called"]), None);
        assert_eq!(phrases.at(&["état"]), Some((&5, 1)));
        assert_eq!(phrases.at(&["she", "said"]), None);
        assert_eq!(phrases.at(&[""]), None);
        assert_eq!(phrases.at(&[]), None);
    }

    #[test]
    fn a_phrase_that_cannot_match_is_refused() {
        let mut phrases = PhraseMap::default();
        assert_eq!(phrases.add(" ", ()), Err("has no words"));
        assert_eq!(phrases.add("talks *", ()), Err("has a star with no letters before it"));
    }
}
