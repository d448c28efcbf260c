//! JSON Lines to documents: one line, one record, one document. Lines are read as a stream; a line over the limit is
//! passed over without being held.

use std::io::{self, BufRead, BufReader, Read};

use hearsay_ledger::Document;
use serde::Deserialize;
use serde_json::Value;

use crate::date::iso_day;
use crate::documents::{Found, Given, Limits};
use crate::problem::{ProblemKind, excerpt};
use crate::signature::Signatures;
use crate::source::unreadable;

const BUFFER_BYTES: usize = 64 * 1024;

/// An open JSON Lines input.
pub(crate) struct JsonLines<R> {
    input: BufReader<R>,
    /// Number of the line read last, from 1.
    line: u64,
    /// Whether any line held something.
    any: bool,
    ended: bool,
}

/// The fields of a record. They are taken as any JSON value, so that a slip in one does not cost the others.
#[derive(Deserialize)]
struct Record {
    id: Option<Value>,
    title: Option<Value>,
    publisher: Option<Value>,
    published: Option<Value>,
    url: Option<Value>,
    text: Option<Value>,
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

impl<R: Read> JsonLines<R> {
    /// Begins to read `input`, which must look like text.
    pub(crate) fn open(input: R, signatures: &Signatures) -> Result<Self, ProblemKind> {
        let mut input = BufReader::with_capacity(BUFFER_BYTES, input);
        signatures.check_text(fill(&mut input).map_err(|error| unreadable(&error))?)?;
        Ok(Self { input, line: 0, any: false, ended: false })
    }

    /// What the next line that is not blank holds, and its number. An error of the system ends the input.
    pub(crate) fn next_record(&mut self, given: &Given, limits: &Limits) -> Option<(Option<u64>, Found)> {
        while !self.ended {
            self.line += 1;
            let found = match self.read_line(limits.line_bytes) {
                Ok(Line::Whole(bytes)) => {
                    let start = if self.line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf") } else { None };
                    let line = start.unwrap_or(&bytes);
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    read_record(line, given, limits).unwrap_or_else(Found::from)
                }
                Ok(Line::TooLong) => ProblemKind::LineTooLong { limit: limits.line_bytes }.into(),
                Ok(Line::End) => {
                    self.ended = true;
                    return (!self.any).then(|| (None, ProblemKind::Empty.into()));
                }
                Err(error) => {
                    self.ended = true;
                    unreadable(&error).into()
                }
            };
            self.any = true;
            return Some((Some(self.line), found));
        }
        None
    }

    fn read_line(&mut self, limit: usize) -> io::Result<Line> {
        let mut line = Vec::new();
        let mut too_long = false;
        loop {
            let available = fill(&mut self.input)?;
            if available.is_empty() {
                return Ok(match (too_long, line.is_empty()) {
                    (true, _) => Line::TooLong,
                    (false, true) => Line::End,
                    (false, false) => Line::Whole(line),
                });
            }
            let line_end = memchr::memchr(b'\n', available);
            let part = available.get(..line_end.unwrap_or(available.len())).unwrap_or_default();
            let used = part.len() + usize::from(line_end.is_some());
            if too_long || line.len() + part.len() > limit {
                too_long = true;
                line = Vec::new(); // gives the memory back
            } else {
                line.extend_from_slice(part);
            }
            self.input.consume(used);
            if line_end.is_some() {
                return Ok(if too_long { Line::TooLong } else { Line::Whole(line) });
            }
        }
    }
}

/// Like `fill_buf`, but tries again when a signal comes between.
fn fill<R: Read>(input: &mut BufReader<R>) -> io::Result<&[u8]> {
    while let Err(error) = input.fill_buf() {
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    Ok(input.buffer())
}

fn read_record(line: &[u8], given: &Given, limits: &Limits) -> Result<Found, ProblemKind> {
    let line = std::str::from_utf8(line).map_err(|error| ProblemKind::LineNotUtf8 { column: error.valid_up_to() + 1 })?;
    // Otherwise an array would do for a struct.
    if !line.trim_start().starts_with('{') {
        return Err(ProblemKind::LineNotObject);
    }
    let record: Record = serde_json::from_str(line).map_err(|error| not_json(&error))?;
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
    Ok(Found { document: Some(document), problems })
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
