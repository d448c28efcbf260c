//! Documents and ledgers to standard output, in the form asked for.

use std::io::{self, Write};

use hearsay_coder::Reading;
use hearsay_coder::Sides;
use hearsay_coder::encode::{Encoded, Word};
use hearsay_formats::conllu::{self, ConlluSentence, ConlluToken};
use hearsay_formats::ledger_json;
use hearsay_ledger::{Document, Span};

use crate::cli::Format;
use crate::reading::{self, Page, label_at};

/// What one document looks like in `format`; `page` is for people's readings.
pub fn render(format: Format, page: Page, file: &str, document: &Document, reading: &Reading, sides: &Sides) -> String {
    match format {
        Format::Reading => reading::render(document, &reading.ledger, sides, file, page),
        Format::Json => ledger_json::pretty(document, &reading.ledger),
        Format::Jsonl => ledger_json::line(document, &reading.ledger),
        Format::Conllu => conllu::write(&document.id, &syntax(document, &reading.ledger.sentences, &reading.encoded)),
    }
}

/// The words of each sentence with their syntax.
fn syntax<'d>(document: &'d Document, sentences: &[Span], encoded: &'d Encoded) -> Vec<ConlluSentence<'d>> {
    let mut all = Vec::with_capacity(sentences.len());
    for (index, (span, words)) in sentences.iter().zip(&encoded.sentences).enumerate() {
        let of_sentence = encoded.words.get(words.clone()).unwrap_or_default();
        all.push(ConlluSentence {
            id: format!("{}-{}", document.id, label_at(index)),
            text: span.of(&document.text).unwrap_or_default(),
            tokens: of_sentence.iter().map(|word| token(&document.text, word, words.start)).collect(),
        });
    }
    all
}

/// A word of the sentence whose first word is `first`.
fn token<'d>(text: &'d str, word: &'d Word, first: usize) -> ConlluToken<'d> {
    let rest = text.get(word.span.end()..).unwrap_or_default();
    ConlluToken {
        form: word.span.of(text).unwrap_or_default(),
        upos: &word.upos,
        head: word.head.and_then(|head| head.checked_sub(first)),
        deprel: &word.relation,
        space_after: rest.is_empty() || rest.starts_with(char::is_whitespace),
    }
}

/// Puts rendered documents together, one at a time.
pub struct Output<W> {
    to: W,
    format: Format,
    written: usize,
    /// The first JSON object, kept until it is known whether it is the only one.
    first: Option<String>,
}

impl<W: Write> Output<W> {
    /// Nothing yet.
    pub fn new(to: W, format: Format) -> Self {
        Self { to, format, written: 0, first: None }
    }

    /// Adds one document as [`render`] gave it.
    pub fn put(&mut self, rendered: String) -> io::Result<()> {
        self.written += 1;
        match (self.format, self.written) {
            (Format::Reading, 1) | (Format::Conllu, _) => self.to.write_all(rendered.as_bytes())?,
            (Format::Reading, _) => write!(self.to, "\n\n{rendered}")?,
            (Format::Json, 1) => self.first = Some(rendered),
            (Format::Json, _) => match self.first.take() {
                Some(first) => write!(self.to, "[\n{first},\n{rendered}")?,
                None => write!(self.to, ",\n{rendered}")?,
            },
            (Format::Jsonl, _) => writeln!(self.to, "{rendered}")?,
        }
        self.to.flush()
    }

    /// What is left to say after the last document.
    pub fn end(&mut self) -> io::Result<()> {
        match (self.format, self.first.take()) {
            (Format::Json, Some(only)) => writeln!(self.to, "{only}")?,
            (Format::Json, None) if self.written > 0 => self.to.write_all(b"\n]\n")?,
            _ => {}
        }
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn put_together(format: Format, documents: &[&str]) -> String {
        let mut bytes = Vec::new();
        let mut output = Output::new(&mut bytes, format);
        for document in documents {
            output.put((*document).to_owned()).unwrap();
        }
        output.end().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn one_json_document_is_an_object_and_several_are_an_array() {
        assert_eq!(put_together(Format::Json, &[]), "");
        assert_eq!(put_together(Format::Json, &["{1}"]), "{1}\n");
        assert_eq!(put_together(Format::Json, &["{1}", "{2}", "{3}"]), "[\n{1},\n{2},\n{3}\n]\n");
    }

    #[test]
    fn json_lines_end_with_a_line_break_and_readings_stand_apart() {
        assert_eq!(put_together(Format::Jsonl, &["{1}", "{2}"]), "{1}\n{2}\n");
        assert_eq!(put_together(Format::Reading, &["a\n", "b\n"]), "a\n\n\nb\n");
    }
}
