//! Lines to paragraphs: which line breaks divide, and which only wrap a line at a fixed width.
//!
//! A blank line always divides. A single line break divides unless the line was wrapped: the whole document shows
//! whether its lines are filled up to a width.

use hearsay_ledger::Span;

use super::{is_blank, work};

/// Share of line breaks after full lines from which a document counts as wrapped at a fixed width.
const WRAPPED_SHARE: f64 = 0.6;
/// Fewest line breaks inside blocks that can show a fixed width by their share alone.
const WRAPPED_BREAKS: usize = 3;
/// Widths, in characters, of texts wrapped at a fixed width.
const WRAPPED_WIDTHS: std::ops::RangeInclusive<usize> = 30..=140;
/// Of a hundred lines, how many are no longer than the width of the document: a table or an address may stick out.
const WIDTH_PERCENTILE: usize = 95;

/// One line that is not blank, without the blanks around it.
struct Line<'a> {
    span: Span,
    text: &'a str,
    /// Length in characters with the indent.
    width: usize,
    /// Blanks before the text, in characters.
    indent: usize,
    /// Whether a blank line, or nothing, stands before it.
    after_blank: bool,
}

/// The paragraphs of `text`, in order, without the blanks around them.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in &lines {
        let divides = line.after_blank || previous.is_none_or(|previous| divides(previous, line, width));
        match paragraphs.last_mut() {
            Some(last) if !divides => *last = last.cover(line.span),
            _ => paragraphs.push(line.span),
        }
        previous = Some(line);
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut after_return = false;
    let mut offset = 0;
    for raw in text.split_inclusive(is_line_break) {
        work::count(raw.len());
        let body = raw.trim_start_matches(is_blank);
        let start = offset + raw.len() - body.len();
        let body = body.trim_end_matches(is_blank);
        offset += raw.len();
        if let Some(span) = Span::new(start, start + body.len()) {
            let indent = raw.chars().take_while(|c| is_blank(*c)).count();
            lines.push(Line { span, text: body, width: indent + body.chars().count(), indent, after_blank });
            after_blank = false;
        } else if !(after_return && raw == "\n") {
            after_blank = true;
        }
        after_return = raw.ends_with('\r');
    }
    lines
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The width the document is wrapped at, in characters, or `None` where its lines are not wrapped.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    let width = *widths.get(widths.len().saturating_sub(1) * WIDTH_PERCENTILE / 100)?;
    if !WRAPPED_WIDTHS.contains(&width) {
        return None;
    }
    let mut breaks = 0;
    let mut full = 0;
    let mut in_sentence = 0;
    for (line, next) in lines.iter().zip(lines.iter().skip(1)).filter(|(_, next)| !next.after_blank) {
        breaks += 1;
        full += usize::from(is_full(line, next, width));
        in_sentence += usize::from(goes_on(line, next));
    }
    let wrapped =
        if breaks >= WRAPPED_BREAKS { full as f64 >= WRAPPED_SHARE * breaks as f64 && in_sentence > 0 } else { full > 0 && in_sentence == breaks };
    wrapped.then_some(width)
}

/// Whether a single line break between `line` and `next` divides paragraphs.
fn divides(line: &Line, next: &Line, width: Option<usize>) -> bool {
    if starts_item(next.text) {
        return true;
    }
    match width {
        Some(width) => {
            let short = !is_full(line, next, width) && !goes_on(line, next);
            let indented = next.indent > line.indent && ends_sentence(line.text);
            short || indented
        }
        None => !goes_on(line, next),
    }
}

/// Whether the first word of `next` would not have fitted on `line`.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    let word = next.text.split(is_blank).next().map_or(0, |word| word.chars().count());
    line.width + 1 + word > width
}

/// Whether the sentence of `line` goes on in `next`, by their looks.
fn goes_on(line: &Line, next: &Line) -> bool {
    !ends_sentence(line.text) && next.text.starts_with(char::is_lowercase)
}

/// Whether the line opens an item of a list.
fn starts_item(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('•' | '·' | '▪' | '●' | '■' | '◦' | '‣'), Some(_)) => true,
        (Some('-' | '–' | '—' | '*' | '+'), Some(next)) => is_blank(next),
        _ => false,
    }
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    bare.ends_with(['.', '!', '?', '…', ':', ';'])
}
