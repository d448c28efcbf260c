//! Where sentences end: the tokens of each paragraph are divided into sentences.

use hearsay_codebook::SegmentationLists;
use hearsay_ledger::Span;

use super::{Sentence, heading::Heading, quotations::Quotations, work};

/// How many words after a closing quotation mark a verb of speech is looked for.
const SPEECH_VERB_WITHIN: usize = 5;
/// Most tokens, and most characters in the last of them, of the number or letter of an item ("(a.", "12.").
const ITEM_TOKENS: usize = 2;
const ITEM_CHARACTERS: usize = 3;
/// A word up to this length, before a dot and a word in lower case, may be an abbreviation that no list has.
const LONGEST_UNLISTED_ABBREVIATION: usize = 3;

/// Divides `paragraphs`, each given by its tokens, into sentences.
pub(super) fn split(text: &str, paragraphs: &[Vec<Span>], heading: &Heading, quotations: &Quotations, lists: &SegmentationLists) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (paragraph, tokens) in paragraphs.iter().enumerate() {
        let mut rest = tokens.as_slice();
        let mut start = 0;
        let is_all_small = !tokens.iter().filter_map(|token| token.of(text)).any(|word| word.contains(char::is_uppercase));
        for end in (Paragraph { text, tokens, heading, quotations, lists, is_all_small }).ends() {
            let (sentence, after) = rest.split_at_checked(end - start).unwrap_or((rest, &[]));
            push(&mut sentences, text, sentence, paragraph, lists.max_sentence_tokens);
            (rest, start) = (after, end);
        }
    }
    sentences
}

/// Appends `tokens` as one sentence, or as several where they are more than `most`.
fn push(sentences: &mut Vec<Sentence>, text: &str, mut tokens: &[Span], paragraph: usize, most: usize) {
    while !tokens.is_empty() {
        let len = if tokens.len() > most { cut(text, tokens, most) } else { tokens.len() };
        let (piece, rest) = tokens.split_at_checked(len).unwrap_or((tokens, &[]));
        if let (Some(first), Some(last)) = (piece.first(), piece.last()) {
            sentences.push(Sentence { span: first.cover(*last), tokens: piece.to_vec(), paragraph });
        }
        tokens = rest;
    }
}

/// Where to cut tokens of which only `most` may stay: after the last semicolon of the second half, else after the
/// last comma there, else hard. Between 1 and `most`.
fn cut(text: &str, tokens: &[Span], most: usize) -> usize {
    let last = |sign: &str| {
        let half = (most / 2).max(1);
        (half..=most).rev().find(|end| tokens.get(end - 1).and_then(|token| token.of(text)) == Some(sign))
    };
    work::count(most);
    last(";").or_else(|| last(",")).unwrap_or(most)
}

/// A paragraph with what is known of it. Positions are indices into `tokens`.
struct Paragraph<'a> {
    text: &'a str,
    tokens: &'a [Span],
    heading: &'a Heading,
    quotations: &'a Quotations,
    lists: &'a SegmentationLists,
    /// Whether it has no capital at all.
    is_all_small: bool,
}

impl Paragraph<'_> {
    /// The end of each sentence, as a count of tokens from the start of the paragraph; rising, the last one all.
    fn ends(&self) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut start = 0;
        let mut i = 0;
        while i < self.tokens.len() {
            let stop = i;
            i += 1;
            if !self.is_terminator(stop) {
                continue;
            }
            while i < self.tokens.len() && (self.closes(i) || is_stop(self.word(i))) {
                i += 1;
            }
            if i < self.tokens.len() && self.divides(start, stop, i) {
                ends.push(i);
                start = i;
            }
        }
        ends.push(self.tokens.len());
        ends
    }

    fn word(&self, i: usize) -> &str {
        work::count(1);
        self.tokens.get(i).and_then(|token| token.of(self.text)).unwrap_or("")
    }

    /// Whether token `i` follows the one before without a blank.
    fn touches(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.zip(self.tokens.get(i)).is_some_and(|(before, token)| before.end() == token.start())
    }

    fn is_terminator(&self, i: usize) -> bool {
        self.word(i).ends_with(['.', '!', '?', '…', '。', '؟', '۔'])
    }

    /// Whether token `i` closes a bracket or quotation that belongs to the sentence before it.
    fn closes(&self, i: usize) -> bool {
        match self.word(i) {
            ")" | "]" | "}" | "”" | "»" | "’’" => true,
            "\"" | "''" => self.tokens.get(i).is_some_and(|token| !self.quotations.opens(*token)),
            "'" | "’" | "*" => self.touches(i),
            word => self.lists.emoticons.contains(word),
        }
    }

    /// Whether a new sentence begins at token `next`, the stop standing at `stop` of a sentence from `start`.
    fn divides(&self, start: usize, stop: usize, next: usize) -> bool {
        let terminator = self.word(stop);
        let closed = next > stop + 1 && !is_stop(self.word(next - 1));
        let opener = self.first_word_from(next);
        let begins = self.word(opener);
        if self.is_in_dateline(next) || self.is_item(start, stop) || (start == stop && is_ellipsis(terminator)) {
            return false;
        }
        if begins.starts_with([',', ';', ':']) || (is_dash(begins) && closed) {
            return false;
        }
        if self.touches(next) && !(begins.starts_with(char::is_uppercase) && terminator == "." && self.ends_plain_word(stop)) {
            return false;
        }
        if !is_stop(terminator) {
            return self.divides_after_abbreviation(stop, opener);
        }
        if begins.starts_with(char::is_lowercase) && !is_address(begins) {
            // A bracket in small letters is a remark on the sentence before it.
            return !closed && opener == next && self.divides_before_small_letter(stop);
        }
        !(closed && self.names_speaker(stop, next))
    }

    /// The first token from `i` on that is not an opening quotation mark or bracket.
    fn first_word_from(&self, i: usize) -> usize {
        let opens = |word| matches!(word, "\"" | "“" | "«" | "„" | "``" | "''" | "'" | "‘" | "(" | "[");
        (i..i + 3).find(|at| !opens(self.word(*at))).unwrap_or(i)
    }

    fn is_in_dateline(&self, i: usize) -> bool {
        let dateline = self.heading.dateline.zip(self.tokens.get(i));
        dateline.is_some_and(|(dateline, token)| dateline.contains(*token))
    }

    /// Whether the tokens from `start` to the dot at `stop` are the number of an item ("1. The parties agree").
    fn is_item(&self, start: usize, stop: usize) -> bool {
        if self.word(stop) != "." || !(1..=ITEM_TOKENS).contains(&(stop - start)) {
            return false;
        }
        let number = self.word(stop - 1);
        let short = number.len() <= ITEM_CHARACTERS && number.chars().all(|c| c.is_ascii_digit());
        short && (stop - start == 1 || !self.word(start).starts_with(char::is_alphanumeric))
    }

    /// Whether the word before the dot at `stop` is a plain word, not an initial or a number.
    fn ends_plain_word(&self, stop: usize) -> bool {
        let word = stop.checked_sub(1).map_or("", |before| self.word(before));
        word.chars().nth(1).is_some() && word.ends_with(char::is_lowercase)
    }

    /// Whether a stop followed by a small letter ends a sentence; after an ellipsis or an unlisted abbreviation it does not.
    fn divides_before_small_letter(&self, stop: usize) -> bool {
        match self.word(stop) {
            "." => {
                let word = stop.checked_sub(1).map_or("", |before| self.word(before));
                // In small letters an abbreviation loses the capital that the lists ask for.
                let capitals = word.to_uppercase();
                let listed = self.lists.titles.contains(&capitals) || self.lists.abbreviations.contains(&capitals);
                !listed && (word.len() > LONGEST_UNLISTED_ABBREVIATION || self.is_all_small)
            }
            stop => stop.ends_with(['!', '?']),
        }
    }

    /// Whether the abbreviation at `stop` also ends its sentence, the next words beginning at `opener`.
    fn divides_after_abbreviation(&self, stop: usize, opener: usize) -> bool {
        let word = self.word(stop).trim_end_matches('.');
        if self.lists.titles.contains(word) || self.lists.number_abbreviations.contains(word) {
            return false;
        }
        let begins = self.word(opener);
        begins.starts_with(char::is_uppercase) && self.lists.sentence_starters.contains(begins.trim_end_matches('.'))
    }

    /// Whether the words from `next`, after a quotation closed on "?" or "!", name its speaker.
    fn names_speaker(&self, stop: usize, next: usize) -> bool {
        let in_marks = matches!(self.word(next - 1), "\"" | "”" | "''" | "’’" | "»" | "'" | "’");
        if !in_marks || !self.word(stop).ends_with(['?', '!']) || self.lists.sentence_starters.contains(self.word(next)) {
            return false;
        }
        let words = (next..next + SPEECH_VERB_WITHIN).map(|i| self.word(i));
        words.take_while(|word| !is_stop(word)).any(|word| self.lists.speech_verbs.contains(word))
    }
}

/// Whether the token is made of stops alone, and so no abbreviation.
fn is_stop(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '.' | '!' | '?' | '…' | '。' | '؟' | '۔'))
}

fn is_ellipsis(word: &str) -> bool {
    word == "…" || (word.len() > 1 && word.bytes().all(|b| b == b'.'))
}

fn is_dash(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '-' | '–' | '—' | '―'))
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.")
}
