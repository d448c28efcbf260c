//! Words onto lines: wrapping by the width that characters take in a terminal, and the few styles a reading has.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::visible;

/// Between the parts of a line.
const SEPARATOR: &str = "·";

/// Text is given at least this many columns, however deep it is nested; on a narrower page lines run over.
const LEAST_COLUMNS: usize = 12;

/// What a reading is laid out for.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Whether styles are used.
    pub palette: Palette,
}

/// Whether styles are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Text alone.
    Plain,
    /// ANSI styles, in the terminal's own colours.
    Colour,
}

/// What a word is, for its style; never the only sign of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What is reported.
    Plain,
    /// A document's or section's title.
    Title,
    /// Who says it.
    Source,
    /// The words that tie it to its source.
    Cue,
    /// All that is ours: numbers of sentences, rails, remarks.
    Quiet,
}

impl Palette {
    fn style(self, tone: Tone) -> Style {
        match (self, tone) {
            (Self::Plain, _) | (_, Tone::Plain) => Style::new(),
            (_, Tone::Title) => Style::new().bold().underline(),
            (_, Tone::Source) => Style::new().bold(),
            (_, Tone::Cue) => AnsiColor::Cyan.on_default(),
            (_, Tone::Quiet) => Style::new().dimmed(),
        }
    }
}

/// Words with their tones, made harmless on the way in.
#[derive(Clone, Debug, Default)]
pub struct Words(Vec<(Tone, String)>);

impl Words {
    /// No words.
    pub fn new() -> Self {
        Self::default()
    }

    /// These and the words of `text`.
    pub fn say(mut self, tone: Tone, text: &str) -> Self {
        self.0.extend(visible(text).split(' ').filter(|word| !word.is_empty()).map(|word| (tone, word.to_owned())));
        self
    }

    /// These and the words of `text`, as a part of its own.
    pub fn part(mut self, tone: Tone, text: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push((Tone::Quiet, SEPARATOR.to_owned()));
        }
        self.say(tone, text)
    }
}

/// The page being written.
pub struct Sheet {
    page: Page,
    out: String,
}

impl Sheet {
    /// An empty page.
    pub fn new(page: Page) -> Self {
        Self { page, out: String::new() }
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// What another sheet for the same page holds.
    pub fn append(&mut self, finished: &str) {
        self.out.push_str(finished);
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A title on a line of its own, with an empty line before it.
    pub fn section(&mut self, title: &str) {
        self.blank();
        self.paragraph("", "", &Words::new().say(Tone::Title, title));
    }

    /// `words` in lines no wider than the page, `first` before the first line and `rest` before the others.
    pub fn paragraph(&mut self, first: &str, rest: &str, words: &Words) {
        let columns = self.page.width.saturating_sub(first.width().max(rest.width())).max(LEAST_COLUMNS);
        for (index, line) in wrap(&words.0, columns).iter().enumerate() {
            self.styled(Tone::Quiet, if index == 0 { first } else { rest });
            for (position, run) in line.chunk_by(|a, b| a.0 == b.0).enumerate() {
                if position > 0 {
                    self.out.push(' ');
                }
                let text: Vec<&str> = run.iter().map(|(_, word)| word.as_str()).collect();
                let tone = run.first().map_or(Tone::Plain, |(tone, _)| *tone);
                self.styled(tone, &text.join(" "));
            }
            self.out.push('\n');
        }
    }

    fn styled(&mut self, tone: Tone, text: &str) {
        let ink = text.trim_start();
        let (space, style) = (&text[..text.len() - ink.len()], self.page.palette.style(tone)); // `ink` is a suffix of `text`
        let _ = if ink.is_empty() { write!(self.out, "{space}") } else { write!(self.out, "{space}{style}{ink}{style:#}") }; // a String takes all
    }
}

type Word = (Tone, String);

/// Fills lines of `columns` with words; one that is wider than a line is cut. A separator stays with the word before, which
/// leaves room for it; of several in a row the first does.
fn wrap(words: &[Word], columns: usize) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let mut used = columns; // as if a full line went before
    for (index, (tone, word)) in words.iter().enumerate() {
        let separator = |at: usize| words.get(at).is_some_and(|(_, word)| word == SEPARATOR);
        let stays = separator(index) && index.checked_sub(1).is_some_and(|before| !separator(before));
        let tail = if separator(index + 1) { 1 + SEPARATOR.width() } else { 0 };
        for piece in cut(word, columns - tail) {
            let width = piece.width();
            match lines.last_mut() {
                Some(line) if used + 1 + width + tail <= columns || stays => {
                    line.push((*tone, piece));
                    used += 1 + width;
                }
                _ => {
                    lines.push(vec![(*tone, piece)]);
                    used = width;
                }
            }
        }
    }
    lines
}

/// `word` in pieces of at most `columns`; characters without width stay with the one before them.
fn cut(word: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        let width = c.width().unwrap_or(0);
        if used + width > columns {
            pieces.push(String::new());
            used = 0;
        }
        used += width;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(width: usize, palette: Palette, words: &Words) -> String {
        let mut sheet = Sheet::new(Page { width, palette });
        sheet.paragraph("> ", "| ", words);
        sheet.finish()
    }

    #[test]
    fn lines_fill_up_to_the_width_and_separators_do_not_begin_one() {
        let words = Words::new().say(Tone::Source, "Ministry of Defence").part(Tone::Cue, "rejected the claim");
        assert_eq!(page(23, Palette::Plain, &words), "> Ministry of Defence ·\n| rejected the claim\n");
        assert_eq!(page(22, Palette::Plain, &words), "> Ministry of\n| Defence · rejected\n| the claim\n");
    }

    #[test]
    fn wide_characters_take_two_columns_and_long_words_are_cut() {
        let words = Words::new().say(Tone::Plain, "叙利亚停火协议在慕尼黑达成");
        assert_eq!(page(14, Palette::Plain, &words), "> 叙利亚停火协\n| 议在慕尼黑达\n| 成\n");
    }

    #[test]
    fn separators_after_a_full_line_have_their_room() {
        let words = Words::new().say(Tone::Plain, "abcdefghijklmn · · b");
        assert_eq!(page(16, Palette::Plain, &words), "> abcdefghijkl\n| mn · · b\n");
    }

    #[test]
    fn styles_are_closed_on_each_line_and_leave_spaces_alone() {
        let words = Words::new().say(Tone::Source, "a bb").say(Tone::Plain, "c");
        assert_eq!(page(40, Palette::Colour, &words), "\u{1b}[2m> \u{1b}[0m\u{1b}[1ma bb\u{1b}[0m c\n");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_page_and_no_word_is_lost(text in "[ a-zé叙\u{301}·]{0,200}", width in 16usize..60) {
            let words = Words::new().say(Tone::Plain, &text);
            let lines = page(width, Palette::Plain, &words);
            let mut read = String::new();
            for line in lines.lines() {
                prop_assert!(line.width() <= width, "{line:?}");
                read.push_str(&line[2..]);
            }
            let dense = |text: &str| text.replace(' ', "");
            prop_assert_eq!(dense(&read), dense(&text));
        }
    }
}
