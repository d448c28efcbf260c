//! Words: which dots, hyphens, apostrophes and other signs belong to a word, and where its clitics begin.

use super::tokens::{Run, is_apostrophe, is_digit, is_word};

/// Longest name with inner dots that is looked up, in characters.
const LONGEST_DOTTED: usize = 64;
/// Longest word that can be a prefix before a hyphen, in characters.
const LONGEST_PREFIX: usize = 8;
/// Longest clitic behind its apostrophe, in characters.
const LONGEST_ENCLITIC: usize = 2;
/// Longest part of a name like "AT&T", in characters.
const LONGEST_AMPERSAND_PART: usize = 3;

impl Run<'_> {
    /// Takes the word at `start` with its clitics; returns the end.
    pub(super) fn word(&mut self, start: usize) -> usize {
        if let Some(end) = self.dotted(start) {
            self.emit(start, end);
            return self.enclitics(end);
        }
        let end = self.core(start);
        if end > start + 1 && self.negates(end) {
            self.emit(start, end - 1);
            self.emit(end - 1, end + 2);
            return self.enclitics(end + 2);
        }
        if let Some(first) = self.lists.contraction(self.slice(start, end)) {
            // The lists hold contractions in ASCII only, so that bytes are characters.
            self.emit(start, start + first);
            self.emit(start + first, end);
            return self.enclitics(end);
        }
        let end = match self.at(end) {
            '$' if end - start <= 2 && self.slice(start, end).chars().all(char::is_uppercase) => end + 1,
            '.' if self.keeps_dot(start, end) => end + 1,
            _ => end,
        };
        self.emit(start, end);
        self.enclitics(end)
    }

    /// Takes the clitics at `i`; returns the end.
    pub(super) fn enclitics(&mut self, mut i: usize) -> usize {
        while let Some(end) = self.enclitic(i) {
            self.emit(i, end);
            i = end;
        }
        i
    }

    /// End of the clitic ("'s") whose apostrophe stands at `i`.
    pub(super) fn enclitic(&self, i: usize) -> Option<usize> {
        if !is_apostrophe(self.at(i)) {
            return None;
        }
        let end = self.run_within(i + 1, LONGEST_ENCLITIC + 1, is_word);
        (end <= i + 1 + LONGEST_ENCLITIC && self.lists.enclitics.contains(self.slice(i + 1, end))).then_some(end)
    }

    /// Whether the apostrophe at `i` is that of "n't".
    fn negates(&self, i: usize) -> bool {
        is_apostrophe(self.at(i)) && matches!(self.before(i), 'n' | 'N') && matches!(self.at(i + 1), 't' | 'T') && !is_word(self.at(i + 2))
    }

    /// End of the word without clitics: letters and digits, and the signs that do not divide them.
    pub(super) fn core(&self, start: usize) -> usize {
        let mut end = self.run(start, is_word);
        while self.joins(start, end) {
            end = self.run(end + 1, is_word);
        }
        end
    }

    /// Whether the sign at `end` ties the word that begins at `start` to what follows it.
    fn joins(&self, start: usize, end: usize) -> bool {
        let next = self.at(end + 1);
        let next_is_single = !is_word(self.at(end + 2));
        match self.at(end) {
            c if is_apostrophe(c) => next.is_alphabetic() && self.enclitic(end).is_none() && !self.negates(end),
            '_' => is_word(next),
            '&' if next_is_single && end - start == 1 => next.is_alphabetic(),
            '&' => {
                let part = self.run_within(end + 1, LONGEST_AMPERSAND_PART + 1, char::is_uppercase) - end - 1;
                (1..=LONGEST_AMPERSAND_PART).contains(&part) && end - start <= LONGEST_AMPERSAND_PART && self.before(end).is_uppercase()
            }
            '/' => {
                let pair = (self.before(end).is_uppercase() && next.is_uppercase()) || matches!(self.before(end), 'w' | 'l');
                end - start == 1 && next.is_alphabetic() && next_is_single && self.at(end + 2) != '/' && pair
            }
            '-' => {
                let capitals = end - start > 1 && self.before(end).is_uppercase();
                is_word(next) && end - start <= LONGEST_PREFIX && !capitals && self.lists.prefixes.contains(self.slice(start, end))
            }
            _ => false,
        }
    }

    /// End of a name with inner dots at `start`: initials ("U.S.", "a.k.a"), listed abbreviations, internet names.
    fn dotted(&self, start: usize) -> Option<usize> {
        let mut labels = 0;
        let mut initials = true;
        let mut lower = true;
        let mut end = start;
        let mut last = start;
        loop {
            let label = self.run_within(end, LONGEST_DOTTED, |c| is_word(c) || matches!(c, '-' | '_'));
            if label == end || label >= start + LONGEST_DOTTED {
                break;
            }
            labels += 1;
            initials &= label == end + 1 && self.at(end).is_alphabetic();
            lower &= self.at(end).is_lowercase();
            last = end;
            end = label;
            if self.at(end) != '.' || !is_word(self.at(end + 1)) {
                break;
            }
            end += 1;
        }
        if labels < 2 {
            return None;
        }
        if initials {
            return Some(if self.at(end) == '.' && self.at(end + 1) != '.' { end + 1 } else { end });
        }
        if let Some(end) = self.initials_before_hyphen(start) {
            return Some(end);
        }
        let whole = self.slice(start, end);
        if self.at(end) == '.' && (self.lists.abbreviations.contains(whole) || self.lists.titles.contains(whole)) {
            return Some(end + 1);
        }
        // A capital begins a sentence written without a space ("the road.In Homs"); three labels in small letters are a
        // name ("comp.sources.unix").
        let domain = self.slice(last, end);
        let begins_sentence = domain.starts_with(char::is_uppercase) && domain.ends_with(char::is_lowercase);
        ((!begins_sentence && self.lists.domains.contains(domain)) || (labels >= 3 && lower)).then_some(end)
    }

    /// End of initials like those in "U.S.-led".
    fn initials_before_hyphen(&self, start: usize) -> Option<usize> {
        let mut end = start;
        while end < start + LONGEST_DOTTED && self.at(end).is_alphabetic() && self.at(end + 1) == '.' {
            end += 2;
        }
        (end >= start + 4 && self.at(end) == '-').then_some(end)
    }

    /// Whether the dot at `dot` belongs to the word that begins at `start`.
    fn keeps_dot(&self, start: usize, dot: usize) -> bool {
        let next = self.at(dot + 1);
        let word = self.slice(start, dot);
        if next == '.' {
            return false;
        }
        if next.is_alphabetic() {
            return self.lists.titles.contains(word);
        }
        let Some(following) = (if dot + 1 < self.chars.len() { Some(next) } else { self.following }) else {
            // At the end of a paragraph the dot is a full stop.
            return false;
        };
        (is_digit(following) && self.lists.number_abbreviations.contains(word))
            || (dot == start + 1 && self.at(start).is_uppercase())
            || self.lists.titles.contains(word)
            || self.lists.abbreviations.contains(word)
    }
}
