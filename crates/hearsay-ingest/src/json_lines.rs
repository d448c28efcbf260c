//! JSON Lines to documents: one line, one record, one document. Lines are read as a stream; a line over the limit is
//! passed over without being held.

use std::io::BufRead as _;

use hearsay_ledger::Document;
use serde::Deserialize;
use serde_json::Value;

use crate::date::iso_day;
use crate::first_bytes::FirstBytes;
use crate::problem::{ProblemKind, excerpt};
use crate::reader::{Found, Given, Limits, Raw, Step};
use crate::source::unreadable;
use crate::stream::{Line, Stream};

/// An open JSON Lines input.
pub(crate) struct JsonLines<'a> {
    input: Stream<'a>,
    /// Number of the line read last, from 1.
    line: u64,
    /// Whether any line held something.
    any: bool,
    ended: bool,
}

/// The fields of a record. They are taken as any JSON value, so that a slip in one does not cost the others.
#[derive(Deserialize)]
struct Fields {
    id: Option<Value>,
    title: Option<Value>,
    publisher: Option<Value>,
    published: Option<Value>,
    url: Option<Value>,
    text: Option<Value>,
}

impl<'a> JsonLines<'a> {
    /// Begins to read `input`, of which `line` lines were read before, and which must look like text.
    pub(crate) fn open(mut input: Stream<'a>, line: u64, first_bytes: &FirstBytes) -> Result<Self, ProblemKind> {
        first_bytes.check_text(input.fill_buf().map_err(|error| unreadable(&error))?)?;
        Ok(Self { input, line, any: line > 0, ended: false })
    }

    /// What the next line that is not blank holds. An error of the system ends the input.
    pub(crate) fn next_record(&mut self, given: &Given, limits: &Limits) -> Option<Step> {
        while !self.ended {
            self.line += 1;
            let found = match self.input.line(limits.line_bytes) {
                Ok(Line::Whole(bytes)) => {
                    let start = if self.line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf") } else { None };
                    let line = start.unwrap_or(&bytes);
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    let mut found = read_record(line, given, limits).unwrap_or_else(Found::from);
                    found.raw = Some(Raw::of(bytes));
                    found
                }
                Ok(Line::TooLong) => ProblemKind::LineTooLong { limit: limits.line_bytes }.into(),
                Ok(Line::End) => {
                    self.ended = true;
                    return (!self.any).then(|| self.step(None, ProblemKind::Empty.into()));
                }
                Err(error) => {
                    self.ended = true;
                    unreadable(&error).into()
                }
            };
            self.any = true;
            return Some(self.step(Some(self.line), found));
        }
        None
    }

    fn step(&self, line: Option<u64>, found: Found) -> Step {
        Step { line, byte: None, found, mark: self.input.mark(), lines: self.line }
    }
}

fn read_record(line: &[u8], given: &Given, limits: &Limits) -> Result<Found, ProblemKind> {
    let line = std::str::from_utf8(line).map_err(|error| ProblemKind::LineNotUtf8 { column: error.valid_up_to() + 1 })?;
    // Otherwise an array would do for a struct.
    if !line.trim_start().starts_with('{') {
        return Err(ProblemKind::LineNotObject);
    }
    let record: Fields = serde_json::from_str(line).map_err(|error| not_json(&error))?;
    let text = match record.text {
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        _ => return Err(ProblemKind::NoText),
    };
    if text.len() > limits.document_bytes {
        return Err(ProblemKind::TooLarge { limit: limits.document_bytes });
    }
    let mut problems = Vec::new();
    let published = string("published", record.published, &mut problems).and_then(|written| {
        let day = iso_day(&written);
        if day.is_none() {
            problems.push(ProblemKind::BadDate { value: excerpt(&written) });
        }
        day
    });
    let id = match record.id {
        Some(Value::Number(number)) => Some(number.to_string()),
        id => string("id", id, &mut problems),
    };
    let document = Document {
        id: id.unwrap_or_else(|| Document::id_of(&text)),
        title: string("title", record.title, &mut problems).or_else(|| given.title.clone()),
        publisher: string("publisher", record.publisher, &mut problems).or_else(|| given.publisher.clone()),
        published: published.or(given.published),
        url: string("url", record.url, &mut problems),
        language: None,
        text,
    };
    Ok(Found { document: Some(document), raw: None, problems })
}

/// The string in `value`; a blank one counts as none.
fn string(field: &'static str, value: Option<Value>, problems: &mut Vec<ProblemKind>) -> Option<String> {
    match value {
        None => None,
        Some(Value::String(string)) => Some(string).filter(|string| !string.trim().is_empty()),
        Some(_) => {
            problems.push(ProblemKind::BadField { field });
            None
        }
    }
}

fn not_json(error: &serde_json::Error) -> ProblemKind {
    let message = error.to_string();
    let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
    ProblemKind::LineNotJson { column: error.column(), reason: reason.to_owned() }
}
