//! Words and signs: runs without white space are divided as the English Web Treebank divides them.
//!
//! The scan looks at each character a bounded number of times, so that an endless line costs no more than a page.
//! What begins with a letter is divided in `words`, what begins with a digit in `numbers`; signs are taken here.

use hearsay_codebook::SegmentationLists;
use hearsay_ledger::Span;

use super::{addresses, is_blank, work};

/// Longest sign for a face, in characters.
const LONGEST_EMOTICON: usize = 3;

/// The tokens of the part `range` of `text`: every character that is not blank lies in exactly one.
pub(super) fn tokenise(text: &str, range: Span, lists: &SegmentationLists) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut chars = Vec::new();
    let mut rest = range.of(text).unwrap_or("");
    let mut offset = range.start();
    loop {
        let from = rest.trim_start_matches(is_blank);
        offset += rest.len() - from.len();
        if from.is_empty() {
            return tokens;
        }
        let (run, after) = from.split_at(from.find(is_blank).unwrap_or(from.len()));
        chars.clear();
        chars.extend(run.char_indices().map(|(at, c)| (offset + at, c)));
        let following = after.trim_start_matches(is_blank).chars().next();
        Run { text, chars: &chars, end: offset + run.len(), following, lists, tokens: &mut tokens }.divide();
        rest = after;
        offset += run.len();
    }
}

/// A run of characters without white space, with the tokens found so far. Positions are indices into `chars`.
pub(super) struct Run<'a> {
    pub(super) text: &'a str,
    /// Byte offset in the text, and the character.
    pub(super) chars: &'a [(usize, char)],
    /// Byte offset of the end of the run.
    pub(super) end: usize,
    /// First character behind the run, white space left out, in the same paragraph.
    pub(super) following: Option<char>,
    pub(super) lists: &'a SegmentationLists,
    pub(super) tokens: &'a mut Vec<Span>,
}

impl Run<'_> {
    fn divide(&mut self) {
        let mut addresses = addresses::find(self.chars).into_iter().peekable();
        let mut i = 0;
        while i < self.chars.len() {
            if let Some((_, end)) = addresses.next_if(|(start, _)| *start <= i) {
                // A token before may have run into the address; what is left of it stays whole.
                if end > i {
                    self.emit(i, end);
                    i = end;
                }
                continue;
            }
            i = match self.at(i) {
                c if is_digit(c) => self.number(i),
                c if is_word(c) => self.word(i),
                _ => self.sign(i),
            };
        }
    }

    /// The character at `i`, or a NUL past the end, which is no part of any word or pattern.
    pub(super) fn at(&self, i: usize) -> char {
        work::count(1);
        self.chars.get(i).map_or('\0', |(_, c)| *c)
    }

    /// The character before `i`, or a NUL at the start.
    pub(super) fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\0', |i| self.at(i))
    }

    fn offset(&self, i: usize) -> usize {
        self.chars.get(i).map_or(self.end, |(offset, _)| *offset)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(self.offset(start)..self.offset(end)).unwrap_or("")
    }

    pub(super) fn emit(&mut self, start: usize, end: usize) {
        let span = Span::new(self.offset(start), self.offset(end));
        self.tokens.extend(span);
    }

    /// End of the run of characters from `i` that satisfy `test`.
    pub(super) fn run(&self, i: usize, test: impl Fn(char) -> bool) -> usize {
        self.run_within(i, usize::MAX, test)
    }

    /// As `run`, but looks at no more than `most` characters.
    pub(super) fn run_within(&self, i: usize, most: usize, test: impl Fn(char) -> bool) -> usize {
        let len = self.chars.iter().skip(i).take(most).take_while(|(_, c)| test(*c)).count();
        work::count(len + 1);
        i + len
    }

    /// Takes one sign, or a row of the same sign, at `i`; returns the end.
    fn sign(&mut self, i: usize) -> usize {
        let end = self.emoticon(i).unwrap_or_else(|| self.sign_end(i));
        self.emit(i, end);
        end
    }

    /// End of the sign for a face that the whole run is.
    fn emoticon(&self, i: usize) -> Option<usize> {
        let whole = i == 0 && (2..=LONGEST_EMOTICON).contains(&self.chars.len());
        (whole && self.lists.emoticons.contains(self.slice(0, self.chars.len()))).then_some(self.chars.len())
    }

    fn sign_end(&self, i: usize) -> usize {
        let sign = self.at(i);
        match sign {
            '.' if is_digit(self.at(i + 1)) && !is_word(self.before(i)) => self.run(i + 1, is_digit),
            '.' => {
                let dots = self.run(i, |c| c == '.');
                if dots == i + 1 { self.run(dots, is_exclamation) } else { dots }
            }
            '!' | '?' => {
                let end = self.run(i, is_exclamation);
                if self.at(end) == '.' && self.at(end + 1) != '.' { end + 1 } else { end }
            }
            '\'' | '’' => self.apostrophe_end(i),
            '+' if i == 0 && is_digit(self.at(1)) => self.run(1, is_digit),
            '#' if i == 0 && self.at(1).is_alphabetic() => self.run(1, is_word),
            '-' | '–' | '—' | '―' | '…' | '*' | '=' | '_' | '~' | '<' | '>' | '+' | '#' | '`' | '|' => self.run(i, |c| c == sign),
            _ => i + 1,
        }
    }

    /// End of the token that the apostrophe at `i` opens: a clitic, a short year, a double mark or the mark alone.
    fn apostrophe_end(&self, i: usize) -> usize {
        if self.at(i + 1) == self.at(i) {
            return i + 2;
        }
        let year = self.run_within(i + 1, 3, is_digit);
        if year == i + 3 && !is_word(self.before(i)) {
            return if self.at(year) == 's' { year + 1 } else { year };
        }
        // A mark that begins a word opens a quotation, unless the clitic is all there is.
        self.enclitic(i).filter(|end| i > 0 || *end == self.chars.len()).unwrap_or(i + 1)
    }
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '´')
}

fn is_exclamation(c: char) -> bool {
    matches!(c, '!' | '?')
}

/// Letters, digits, and the marks that combine with them or only steer how they join or break.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}
