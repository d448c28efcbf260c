//! Who says what: one block an attribution, what is nested in it below it.

use hearsay_ledger::{Attribution, Document, Ledger, Span};
use unicode_width::UnicodeWidthStr as _;

use super::layout::{Sheet, Tone, Words};
use super::sentences::label;

/// Deeper nesting is shown no further to the right, so that narrow pages keep room for text.
const DEEPEST_INDENT: usize = 4;

/// Stands between the pieces of a broken passage.
const GAP: &str = " … ";

/// Quotation marks of the languages we may meet (Unicode property `Quotation_Mark`, without fullwidth forms).
const QUOTATION_MARKS: &str = "\"'«»‘’‚‛“”„‟‹›「」『』";

/// Shown where the text names nobody.
pub const NO_SOURCE: &str = "(no source named)";

/// Writes every attribution, in the order of the text.
pub fn write(sheet: &mut Sheet, document: &Document, ledger: &Ledger) {
    if ledger.attributions.is_empty() {
        sheet.paragraph("", "", &Words::new().say(Tone::Quiet, "No attribution found."));
    }
    let labels: Vec<String> = ledger.attributions.iter().map(|it| label(ledger, spans(it))).collect();
    let gutter = labels.iter().map(|label| label.width()).max().unwrap_or(0) + 2;
    for (depth, it) in nested(&ledger.attributions) {
        let name = labels.get(it.id.index()).map_or("", String::as_str);
        block(sheet, document, ledger, it, &Place { label: name, gutter, depth });
    }
}

/// Every span of an attribution.
pub fn spans(it: &Attribution) -> impl Iterator<Item = Span> {
    it.source.iter().chain(&it.cue).chain(&it.content).copied()
}

/// The words of `spans`, with a mark where something between them is left out.
pub fn passage(text: &str, spans: &[Span]) -> String {
    spans.iter().filter_map(|span| span.of(text)).collect::<Vec<_>>().join(GAP)
}

/// The words of a source, without the comma that may end its phrase.
pub fn source(text: &str, it: &Attribution) -> String {
    passage(text, &it.source).trim_end_matches([',', ';', ':', ' ']).to_owned()
}

/// Where a block stands on the page.
struct Place<'l> {
    label: &'l str,
    gutter: usize,
    depth: usize,
}

fn block(sheet: &mut Sheet, document: &Document, ledger: &Ledger, it: &Attribution, place: &Place) {
    let indent = "  ".repeat(place.depth.min(DEEPEST_INDENT).saturating_sub(1));
    let (branch, under) = if place.depth == 0 { ("", "") } else { ("└ ", "  ") };
    let margin = " ".repeat(place.gutter);
    let pad = " ".repeat(place.gutter.saturating_sub(place.label.width()));
    let head = format!("{}{pad}{indent}{branch}", place.label);
    sheet.paragraph(&head, &format!("{margin}{indent}{under}"), &who(document, ledger, it));
    let rail = format!("{margin}{indent}{under}│ ");
    sheet.paragraph(&rail, &rail, &Words::new().say(Tone::Plain, &content(&document.text, it)));
}

/// The source, who it is where it is named by another word, and the cue.
fn who(document: &Document, ledger: &Ledger, it: &Attribution) -> Words {
    let source = source(&document.text, it);
    let words = if source.is_empty() { Words::new().say(Tone::Quiet, NO_SOURCE) } else { Words::new().say(Tone::Source, &source) };
    let entity = it.source_entity.and_then(|id| ledger.entities.get(id.index()));
    let words = match entity {
        Some(entity) if !source.contains(&entity.name) => words.say(Tone::Quiet, &format!("({})", entity.name)),
        _ => words,
    };
    let cue = passage(&document.text, &it.cue);
    if cue.is_empty() { words } else { words.part(Tone::Cue, &cue) }
}

/// The content; of a quotation with the marks around it, which may stand outside its spans.
fn content(text: &str, it: &Attribution) -> String {
    let spans: Vec<Span> = if it.quoted { it.content.iter().map(|span| with_marks(text, *span)).collect() } else { it.content.clone() };
    passage(text, &spans)
}

/// `span` with a quotation mark right before it and right after it, where there is one.
fn with_marks(text: &str, span: Span) -> Span {
    let is_mark = |c: &char| QUOTATION_MARKS.contains(*c);
    let before = text.get(..span.start()).and_then(|before| before.chars().next_back()).filter(is_mark).map_or(0, char::len_utf8);
    let after = text.get(span.end()..).and_then(|after| after.chars().next()).filter(is_mark).map_or(0, char::len_utf8);
    Span::new(span.start() - before, span.end() + after).unwrap_or(span)
}

/// The attributions in the order they are shown, each with how deep it is nested: what is nested follows what holds it.
fn nested(attributions: &[Attribution]) -> Vec<(usize, &Attribution)> {
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); attributions.len()];
    let mut roots = Vec::new();
    for (index, it) in attributions.iter().enumerate() {
        match it.within.and_then(|id| inner.get_mut(id.index())) {
            Some(siblings) => siblings.push(index),
            None => roots.push(index),
        }
    }
    let mut shown = Vec::with_capacity(attributions.len());
    let mut is_shown = vec![false; attributions.len()];
    // After the roots all others: attributions that hold one another in a ring hang on no root, and none may be lost.
    for root in roots.into_iter().chain(0..attributions.len()) {
        let mut waiting = vec![(0, root)];
        while let Some((depth, index)) = waiting.pop() {
            // Every index here is one of `attributions`, from its own enumeration.
            if !std::mem::replace(&mut is_shown[index], true) {
                shown.push((depth, &attributions[index]));
                waiting.extend(inner[index].iter().rev().map(|child| (depth + 1, *child)));
            }
        }
    }
    shown
}
