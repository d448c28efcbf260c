//! Sentences and tokens as spans of the text; the text itself is never changed.
//!
//! The stages, each in its own file: `layout` finds the paragraphs, `tokens` the words and signs, `heading` the
//! dateline and the byline, `quotations` what stands in quotation marks, `sentences` where sentences end.
//! Words follow the Universal Dependencies English Web Treebank as far as spans of the surface can.
//! What the words mean is left to the later stages.

mod addresses;
mod heading;
mod layout;
mod numbers;
mod quotations;
mod sentences;
#[cfg(test)]
mod tests;
mod tokens;
mod words;
mod work;

use hearsay_codebook::Codebook;
use hearsay_ledger::Span;

/// The segmented text. All lists are in the order of the text, their spans disjoint and on character boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmentation {
    /// The sentences; together their tokens cover every character that is not [blank](is_blank), each once.
    pub sentences: Vec<Sentence>,
    /// Place, date and agency at the head of the report, with the dash after them; part of a sentence.
    pub dateline: Option<Span>,
    /// The line that names the writers; a sentence of its own.
    pub byline: Option<Span>,
    /// Quoted passages with their quotation marks; one may run over several sentences and paragraphs. A quotation
    /// inside a quotation is not listed.
    pub quotations: Vec<Span>,
}

/// A sentence: a run of tokens of one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first token to the last.
    pub span: Span,
    /// Words and signs; at least one.
    pub tokens: Vec<Span>,
    /// Number of its paragraph in the text, from 0.
    pub paragraph: usize,
}

/// Splits `text` into sentences and tokens.
#[must_use]
pub fn segment(text: &str, codebook: &Codebook) -> Segmentation {
    let lists = &codebook.segmentation;
    let paragraphs: Vec<Vec<Span>> = layout::paragraphs(text).into_iter().map(|span| tokens::tokenise(text, span, lists)).collect();
    let heading = heading::find(text, &paragraphs, lists);
    let quotations = quotations::find(text, &paragraphs);
    let sentences = sentences::split(text, &paragraphs, &heading, &quotations, lists);
    Segmentation { sentences, dateline: heading.dateline, byline: heading.byline, quotations: quotations.spans }
}

/// Splits `text`, taken as one sentence, into tokens.
#[must_use]
pub fn tokenise(text: &str, codebook: &Codebook) -> Vec<Span> {
    Span::new(0, text.len()).map_or_else(Vec::new, |whole| tokens::tokenise(text, whole, &codebook.segmentation))
}

/// Whether `c` is left outside all tokens: white space, and the invisible marks that direct how text is set.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
