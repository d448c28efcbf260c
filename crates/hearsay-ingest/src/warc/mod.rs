//! Web archives (WARC 1.0 and 1.1) to documents: the pages and plain texts among the answers and resources in them.
//!
//! Records are read one after the other from a stream, which may be gzip with any number of members. A damaged record is
//! told once and costs itself: reading goes on at the next place where a record begins.

pub(crate) mod http;

use std::io::{self, BufRead as _};

use jiff::Timestamp;

use self::http::{content_type, fields, response};
use crate::coding;
use crate::first_bytes::FirstBytes;
use crate::page::{self, LazyTables};
use crate::problem::ProblemKind;
use crate::reader::{Found, Given, Limits, Raw, Step};
use crate::record::header;
use crate::records::read_text;
use crate::source::{Kind, unreadable};
use crate::stream::{Line, Stream};

/// Longest line, and longest head, of a record.
const HEAD_BYTES: usize = 64 * 1024;
/// Room for the headers of an answer beside its body.
const ANSWER_HEAD_BYTES: usize = 256 * 1024;
const VERSION: &[u8] = b"WARC/";

/// An open archive.
pub(crate) struct Warc<'a> {
    input: Stream<'a>,
    /// The record before was damaged, and the start of the next is still to be found.
    lost: bool,
    /// Whether any record was found.
    any: bool,
    ended: bool,
    passed_over: u64,
}

/// What stands at a place of an archive.
enum Next {
    /// A record that can hold an article.
    Record {
        headers: Vec<(String, String)>,
        block: Vec<u8>,
    },
    PassedOver,
    Bad(ProblemKind),
    End,
}

impl<'a> Warc<'a> {
    /// Begins to read `input`; `begun` if records before it were read.
    pub(crate) fn open(input: Stream<'a>, begun: bool) -> Self {
        Self { input, lost: false, any: begun, ended: false, passed_over: 0 }
    }

    /// How many records held nothing to read.
    pub(crate) fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// The next page or text, or what is wrong with the next record.
    pub(crate) fn next_record(&mut self, given: &Given, limits: &Limits, tables: &LazyTables, first_bytes: &FirstBytes) -> Option<Step> {
        while !self.ended {
            let mut byte = self.input.mark().start;
            let found = match self.next(limits, &mut byte) {
                Ok(Next::Record { headers, block }) => match read(&headers, block, given, limits, tables, first_bytes) {
                    Ok(Some(found)) => found,
                    Ok(None) => {
                        self.passed_over += 1;
                        continue;
                    }
                    Err(problem) => problem.into(),
                },
                Ok(Next::PassedOver) => {
                    self.passed_over += 1;
                    continue;
                }
                Ok(Next::Bad(problem)) => problem.into(),
                Ok(Next::End) => {
                    self.ended = true;
                    if self.any {
                        return None;
                    }
                    ProblemKind::BadArchive { reason: "there is no record in it".to_owned() }.into()
                }
                Err(error) => {
                    byte = self.input.mark().start;
                    self.recover(&error)
                }
            };
            return Some(Step { line: None, byte: Some(byte), found, mark: self.input.mark(), lines: 0 });
        }
        None
    }

    /// Goes on behind an error of the stream, if there is a place to go on.
    fn recover(&mut self, error: &io::Error) -> Found {
        self.any = true;
        let damaged = matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof);
        let found = damaged && self.input.recover().unwrap_or(false);
        self.ended = !found;
        self.lost = found;
        if damaged { ProblemKind::BadRecord { reason: error.to_string() }.into() } else { unreadable(error).into() }
    }

    /// Reads one record; `byte` becomes the place where it begins.
    fn next(&mut self, limits: &Limits, byte: &mut u64) -> io::Result<Next> {
        loop {
            self.input.fill_buf()?;
            *byte = self.input.mark().start;
            match self.input.line(HEAD_BYTES)? {
                Line::End => return Ok(Next::End),
                Line::Whole(line) if line.starts_with(VERSION) => break,
                Line::Whole(line) if line.trim_ascii().is_empty() => {}
                Line::Whole(_) | Line::TooLong if self.lost => {}
                Line::Whole(_) | Line::TooLong => {
                    self.lost = true;
                    return Ok(bad("no record begins where one should"));
                }
            }
        }
        (self.lost, self.any) = (false, true);
        let Some(headers) = self.head()? else {
            self.lost = true;
            return Ok(bad("its headers are too long or cut off"));
        };
        let Some(length) = header(&headers, "content-length").and_then(|length| length.parse::<u64>().ok()) else {
            self.lost = true;
            return Ok(bad("it does not say how long it is"));
        };
        let wanted = matches!(header(&headers, "warc-type"), Some("response" | "resource"));
        let limit = (limits.document_bytes + ANSWER_HEAD_BYTES) as u64;
        if !wanted || length > limit {
            let whole = self.input.skip(length)?;
            return Ok(match (whole, wanted) {
                (false, _) => bad("it is cut off"),
                (true, true) => Next::Bad(ProblemKind::TooLarge { limit: limits.document_bytes }),
                (true, false) => Next::PassedOver,
            });
        }
        let block = self.input.next_bytes(usize::try_from(length).unwrap_or(usize::MAX))?;
        if (block.len() as u64) < length {
            return Ok(bad("it is cut off"));
        }
        self.input.end_record()?;
        Ok(Next::Record { headers, block })
    }

    /// The headers of a record, up to the empty line.
    fn head(&mut self) -> io::Result<Option<Vec<(String, String)>>> {
        let mut head = Vec::new();
        loop {
            match self.input.line(HEAD_BYTES)? {
                Line::Whole(line) if line.trim_ascii().is_empty() => return Ok(Some(fields(&head))),
                Line::Whole(line) if head.len() + line.len() < HEAD_BYTES => {
                    head.extend_from_slice(&line);
                    head.push(b'\n');
                }
                Line::Whole(_) | Line::TooLong | Line::End => return Ok(None),
            }
        }
    }
}

fn bad(reason: &str) -> Next {
    Next::Bad(ProblemKind::BadRecord { reason: reason.to_owned() })
}

/// The page or text in the record of an archive; `None` if it holds something else.
fn read(
    headers: &[(String, String)],
    block: Vec<u8>,
    given: &Given,
    limits: &Limits,
    tables: &LazyTables,
    first_bytes: &FirstBytes,
) -> Result<Option<Found>, ProblemKind> {
    let url = header(headers, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let captured = header(headers, "warc-date").and_then(|written| written.parse::<Timestamp>().ok());
    let outer = header(headers, "content-type").unwrap_or_default();
    let (answer_headers, body) = if header(headers, "warc-type") == Some("response") {
        if !outer.to_ascii_lowercase().starts_with("application/http") {
            return Ok(None); // an answer of another protocol, such as DNS
        }
        let answer = response(&block).map_err(|reason| ProblemKind::BadRecord { reason: reason.to_owned() })?;
        if !(200..300).contains(&answer.status) {
            return Ok(None);
        }
        let body = answer.body.to_vec();
        (answer.headers, body)
    } else {
        (vec![("Content-Type".to_owned(), outer.to_owned())], block)
    };
    let answer = Answer { headers: answer_headers, body, url, captured };
    read_answer(answer, given, limits, tables, first_bytes)
}

/// An answer of a server: from an archive, or fetched.
pub(crate) struct Answer {
    pub headers: Vec<(String, String)>,
    /// As it was sent, with its codings.
    pub body: Vec<u8>,
    pub url: Option<String>,
    pub captured: Option<Timestamp>,
}

/// The page or text in `answer`; `None` if it holds something else.
pub(crate) fn read_answer(
    answer: Answer,
    given: &Given,
    limits: &Limits,
    tables: &LazyTables,
    first_bytes: &FirstBytes,
) -> Result<Option<Found>, ProblemKind> {
    let Answer { headers, body, url, captured } = answer;
    let (media_type, charset) = content_type(header(&headers, "content-type").unwrap_or_default());
    let kind = match media_type.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "text/plain" => Some(Kind::Text),
        "" => None,
        _ => return Ok(None),
    };
    let bytes = coding::undo(body, &headers, limits.document_bytes)?;
    let kind = kind.unwrap_or_else(|| first_bytes.kind_of(&bytes));
    if !crate::charset::has_utf16_mark(&bytes) {
        first_bytes.check_text(&bytes)?;
    }
    let mut found = match kind {
        Kind::Html => page::read(&bytes, charset, given, limits, tables),
        Kind::Text => read_text(&bytes, charset, given),
        _ => return Ok(None),
    };
    if let Some(document) = &mut found.document {
        document.url = document.url.take().or_else(|| url.clone());
    }
    found.raw = Some(Raw { bytes, captured, headers, url });
    Ok(Some(found))
}
