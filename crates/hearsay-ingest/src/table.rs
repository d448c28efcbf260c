//! Tables (CSV, TSV) to documents: one row, one document. Rows are read as a stream; a row over the limit is passed over
//! without being held.

use std::io::{self, BufRead as _};

use csv_core::{ReadRecordResult, ReaderBuilder};
use hearsay_ledger::Document;
use serde::Deserialize;

use crate::charset;
use crate::date::day;
use crate::first_bytes::FirstBytes;
use crate::page::LazyTables;
use crate::position::Position;
use crate::problem::{ProblemKind, excerpt};
use crate::reader::{Columns, Found, Given, Limits, Raw, Step};
use crate::source::unreadable;
use crate::stream::Stream;

/// More columns no table of articles has; a row with so many values counts as too long.
const MOST_COLUMNS: usize = 10_000;
/// Room for the values of a row to begin with.
const ROW_BYTES: usize = 4096;

/// Usual names of columns, from `data/columns.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct TableNames {
    text: Vec<String>,
    id: Vec<String>,
    title: Vec<String>,
    publisher: Vec<String>,
    published: Vec<String>,
    url: Vec<String>,
    separators: Vec<char>,
}

impl TableNames {
    /// The embedded names.
    #[allow(clippy::expect_used)] // the file is part of the program, and every test of a table loads it
    pub(crate) fn load() -> Self {
        toml::from_str(include_str!("../data/columns.toml")).expect("data/columns.toml is well formed")
    }
}

/// An open table.
pub(crate) struct Table<'a> {
    rows: Rows<'a>,
    columns: Places,
    /// Number of columns.
    width: usize,
    any: bool,
    ended: bool,
}

/// Where in a row the fields stand.
struct Places {
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    publisher: Option<usize>,
    published: Option<usize>,
    url: Option<usize>,
}

impl<'a> Table<'a> {
    /// Begins to read `input` from its start: its head, then the rows behind `begun`.
    pub(crate) fn open(
        mut input: Stream<'a>,
        named: &Columns,
        usual: &TableNames,
        first_bytes: &FirstBytes,
        limits: &Limits,
        begun: Position,
    ) -> Result<Self, ProblemKind> {
        let start = input.fill_buf().map_err(|error| unreadable(&error))?;
        first_bytes.check_text(start)?;
        let separator = separator(start, usual);
        let mut rows = Rows { input, reader: ReaderBuilder::new().delimiter(separator).build(), lines: 0 };
        let head = match rows.row(limits.line_bytes).map_err(|error| unreadable(&error))? {
            Row::Values { values, .. } => values,
            Row::TooLong { .. } => return Err(ProblemKind::LineTooLong { limit: limits.line_bytes }),
            Row::End => return Err(ProblemKind::Empty),
        };
        let head: Vec<String> = head.into_iter().map(|name| charset::decode(&name, None).0.trim().to_owned()).collect();
        if head.iter().all(String::is_empty) {
            return Err(ProblemKind::Empty);
        }
        let columns = places(&head, named, usual)?;
        rows.input.skip_to(begun.mark()).map_err(|error| unreadable(&error))?;
        if begun.line > 0 {
            rows.lines = begun.line;
            rows.reader = ReaderBuilder::new().delimiter(separator).build();
        }
        Ok(Self { rows, columns, width: head.len(), any: begun.line > 0, ended: false })
    }

    /// What the next row holds. An error of the system ends the input.
    pub(crate) fn next_record(&mut self, given: &Given, limits: &Limits, tables: &LazyTables) -> Option<Step> {
        if self.ended {
            return None;
        }
        let (line, found) = match self.rows.row(limits.line_bytes) {
            Ok(Row::Values { line, values, bytes }) => {
                let mut found = self.read_row(&values, given, limits, tables).unwrap_or_else(Found::from);
                found.raw = Some(Raw::of(bytes));
                (Some(line), found)
            }
            Ok(Row::TooLong { line }) => (Some(line), ProblemKind::LineTooLong { limit: limits.line_bytes }.into()),
            Ok(Row::End) => {
                self.ended = true;
                if self.any {
                    return None;
                }
                (None, ProblemKind::Empty.into())
            }
            Err(error) => {
                self.ended = true;
                (Some(self.rows.lines + 1), unreadable(&error).into())
            }
        };
        self.any = true;
        Some(Step { line, byte: None, found, mark: self.rows.input.mark(), lines: self.rows.lines })
    }

    fn read_row(&self, values: &[Vec<u8>], given: &Given, limits: &Limits, tables: &LazyTables) -> Result<Found, ProblemKind> {
        let (text, mut problems) = charset::decode(values.get(self.columns.text).map_or(&[], Vec::as_slice), None);
        if text.trim().is_empty() {
            return Err(ProblemKind::NoText);
        }
        if text.len() > limits.document_bytes {
            return Err(ProblemKind::TooLarge { limit: limits.document_bytes });
        }
        if values.len() != self.width {
            problems.push(ProblemKind::OddRow { values: values.len(), columns: self.width });
        }
        let value = |column: Option<usize>| {
            let (value, _) = charset::decode(values.get(column?)?, None);
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let published = value(self.columns.published).and_then(|written| {
            let day = day(&written, &tables.date_formats);
            if day.is_none() {
                problems.push(ProblemKind::BadDate { value: excerpt(&written) });
            }
            day
        });
        let document = Document {
            id: value(self.columns.id).unwrap_or_else(|| Document::id_of(&text)),
            title: value(self.columns.title).or_else(|| given.title.clone()),
            publisher: value(self.columns.publisher).or_else(|| given.publisher.clone()),
            published: published.or(given.published),
            url: value(self.columns.url),
            language: None,
            text,
        };
        Ok(Found { document: Some(document), raw: None, problems })
    }
}

/// The columns of a table whose head is `head`: those that are named, and for the others those with usual names.
fn places(head: &[String], named: &Columns, usual: &TableNames) -> Result<Places, ProblemKind> {
    let plain: Vec<String> = head.iter().map(|name| plain(name)).collect();
    let column = |named: Option<&String>, usual: &[String]| match named {
        Some(name) => match head.iter().position(|other| other == name).or_else(|| plain.iter().position(|other| *other == self::plain(name))) {
            Some(at) => Ok(Some(at)),
            None => Err(ProblemKind::NoSuchColumn { name: excerpt(name), columns: excerpt(&head.join(", ")) }),
        },
        None => Ok(usual.iter().find_map(|name| plain.iter().position(|other| other == name))),
    };
    let text = column(named.text.as_ref(), &usual.text)?;
    Ok(Places {
        text: text.ok_or_else(|| ProblemKind::NoTextColumn { columns: excerpt(&head.join(", ")) })?,
        id: column(named.id.as_ref(), &usual.id)?,
        title: column(named.title.as_ref(), &usual.title)?,
        publisher: column(named.publisher.as_ref(), &usual.publisher)?,
        published: column(named.published.as_ref(), &usual.published)?,
        url: column(named.url.as_ref(), &usual.url)?,
    })
}

/// A name in the form that names are compared in.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !" _-.".contains(*c)).flat_map(char::to_lowercase).collect()
}

/// The character that sets apart the values: the one that stands most often in the first line.
fn separator(start: &[u8], usual: &TableNames) -> u8 {
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let candidates = usual.separators.iter().filter_map(|separator| u8::try_from(*separator).ok());
    // The last of equals is taken, so the list is turned round: of none at all, the comma.
    candidates.rev().max_by_key(|separator| memchr::memchr_iter(*separator, line).count()).unwrap_or(b',')
}

/// The rows of a table, as bytes.
struct Rows<'a> {
    input: Stream<'a>,
    reader: csv_core::Reader,
    /// Line feeds before the place reached.
    lines: u64,
}

enum Row {
    /// `line` is where it begins, `bytes` are the row as it is written.
    Values {
        line: u64,
        values: Vec<Vec<u8>>,
        bytes: Vec<u8>,
    },
    TooLong {
        line: u64,
    },
    End,
}

impl Rows<'_> {
    fn row(&mut self, limit: usize) -> io::Result<Row> {
        let (mut out, mut written) = (vec![0; ROW_BYTES], 0);
        let (mut ends, mut ended) = (vec![0; 64], 0);
        let (mut bytes, mut too_long) = (Vec::new(), false);
        let mut line = None;
        loop {
            let input = self.input.fill_buf()?;
            let room = (out.get_mut(written..).unwrap_or_default(), ends.get_mut(ended..).unwrap_or_default());
            let (result, used, values, columns) = self.reader.read_record(input, room.0, room.1);
            let part = input.get(..used).unwrap_or_default();
            if line.is_none() {
                // Empty lines, and the second half of the line break before, belong to no row.
                let blank = part.iter().take_while(|byte| b"\r\n".contains(byte)).count();
                let before = part.get(..blank).unwrap_or_default();
                if blank < part.len() {
                    line = Some(self.lines + 1 + memchr::memchr_iter(b'\n', before).count() as u64);
                }
            }
            self.lines += memchr::memchr_iter(b'\n', part).count() as u64;
            if too_long || bytes.len() + part.len() > limit {
                (too_long, bytes) = (true, Vec::new());
            } else {
                bytes.extend_from_slice(part);
            }
            self.input.consume(used);
            // What is too long is still taken apart, to find its end, into room that is used again and again.
            written = if too_long { 0 } else { written + values };
            ended = if too_long { 0 } else { ended + columns };
            if ended >= MOST_COLUMNS {
                (too_long, ended, bytes) = (true, 0, Vec::new());
            }
            let line = line.unwrap_or(self.lines + 1);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => out.resize(if too_long { out.len() } else { out.len() * 2 }, 0),
                ReadRecordResult::OutputEndsFull => ends.resize((ends.len() * 2).min(MOST_COLUMNS), 0),
                ReadRecordResult::Record | ReadRecordResult::End if too_long => return Ok(Row::TooLong { line }),
                ReadRecordResult::Record => {
                    let starts = std::iter::once(0).chain(ends.iter().copied());
                    let values = starts.zip(&ends).take(ended).map(|(start, end)| out.get(start..*end).unwrap_or_default().to_vec()).collect();
                    let breaks = |byte: &u8| b"\r\n".contains(byte);
                    let start = bytes.iter().position(|byte| !breaks(byte)).unwrap_or(bytes.len());
                    let end = bytes.iter().rposition(|byte| !breaks(byte)).map_or(start, |last| last + 1);
                    let bytes = bytes.get(start..end).unwrap_or_default().to_vec();
                    return Ok(Row::Values { line, values, bytes });
                }
                ReadRecordResult::End => return Ok(Row::End),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told() {
        let usual = TableNames::load();
        for (start, expected) in [("id,text\n1,a;b;c", b','), ("id;\"text\"\n", b';'), ("a\tb\n", b'\t'), ("text\n", b','), ("", b',')] {
            assert_eq!(separator(start.as_bytes(), &usual), expected, "{start}");
        }
    }
}
