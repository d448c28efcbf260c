//! What can go wrong on the way in, with the words and the advice shown to people.
//!
//! Each kind is described for users in `docs/inputs.md`; a test keeps that list complete.

use std::fmt;

/// How much a problem costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Everything was read, but something deserves a look.
    Warning,
    /// A file or a line was not read.
    Error,
}

/// One thing that went wrong, and where. Its `Display` form is `file:line: message`, in archives
/// `file (byte n): message`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    /// The file or folder as the user named it, or `standard input`.
    pub file: String,
    /// Line in the file, counted from 1, where the problem belongs to one.
    pub line: Option<u64>,
    /// Byte of the file where the record begins, counted from 0, where the problem belongs to a record of an archive.
    pub byte: Option<u64>,
    /// What went wrong.
    pub kind: ProblemKind,
}

impl Problem {
    /// Whether something was lost.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// What the user can do about it, where there is something to do.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        self.kind.help()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.byte) {
            (Some(line), _) => write!(f, "{}:{line}: {}", self.file, self.kind),
            (None, Some(byte)) => write!(f, "{} (byte {byte}): {}", self.file, self.kind),
            (None, None) => write!(f, "{}: {}", self.file, self.kind),
        }
    }
}

/// The kinds of problem. Text taken from the input is shortened and freed of control characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A file or folder that is not there, may not be read, or failed while it was read.
    #[error("cannot be read: {reason}")]
    Unreadable {
        /// Why, in the system's words.
        reason: String,
    },
    /// A folder without a single file that could be read.
    #[error("no file of a known kind in this folder")]
    NothingInFolder,
    /// An input without text.
    #[error("no text in it")]
    Empty,
    /// An input that is no text.
    #[error("not a text file: {reason}")]
    Binary {
        /// What shows it.
        reason: String,
    },
    /// A document larger than [`Limits::document_bytes`](crate::Limits::document_bytes).
    #[error("too large: one document may have at most {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A page too deep, too large or too odd to be taken apart within bounds.
    #[error("not read as a web page: {reason}")]
    PageTooComplex {
        /// Which bound it breaks.
        reason: String,
    },
    /// A page on which the article reader gave up.
    #[error("not read as a web page: the article reader failed on it")]
    PageFailed,
    /// A page without text that could be told from its furniture.
    #[error("no article found on this web page")]
    NoArticle,
    /// A line of JSON Lines or a row of a table longer than [`Limits::line_bytes`](crate::Limits::line_bytes).
    #[error("line skipped: it is longer than {limit} bytes")]
    LineTooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A line of JSON Lines with bytes that are not UTF-8.
    #[error("line skipped: not UTF-8 at byte {column} of the line")]
    LineNotUtf8 {
        /// Place of the first wrong byte in the line, counted from 1.
        column: usize,
    },
    /// A line of JSON Lines that is not well formed.
    #[error("line skipped: broken JSON at column {column}: {reason}")]
    LineNotJson {
        /// Place in the line, in bytes, counted from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A line of JSON Lines that holds something other than an object.
    #[error("line skipped: not a JSON object")]
    LineNotObject,
    /// A record whose `text` is missing, blank or no string.
    #[error("line skipped: it has no `text`")]
    NoText,
    /// A table without a column that is known to hold the text.
    #[error("no column with the text among {columns}")]
    NoTextColumn {
        /// The names of its columns.
        columns: String,
    },
    /// A column that the caller named and the table has not.
    #[error("no column {name} among {columns}")]
    NoSuchColumn {
        /// The name.
        name: String,
        /// The names of its columns.
        columns: String,
    },
    /// A record of an archive that is damaged or cut off.
    #[error("record skipped: {reason}")]
    BadRecord {
        /// What is wrong with it.
        reason: String,
    },
    /// A file of many pages that is no archive, or has nothing in it that can be read.
    #[error("not read as an archive of pages: {reason}")]
    BadArchive {
        /// What is wrong with it.
        reason: String,
    },
    /// A feed, or a list of feeds, that cannot be understood.
    #[error("not read as {expected}: {reason}")]
    BadFeed {
        /// What it should be: a feed, or a list of feeds.
        expected: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A page or feed that could not be fetched.
    #[error("not fetched: {reason}")]
    NotFetched {
        /// Why.
        reason: String,
        /// Whether it will be tried again.
        again: bool,
    },

    /// Files of other kinds in a folder.
    #[error("{count} files of other kinds were passed over")]
    OtherFiles {
        /// How many.
        count: usize,
    },
    /// An encoding that nothing declared.
    #[error("encoding guessed: {encoding}")]
    GuessedEncoding {
        /// Its name in the WHATWG Encoding Standard.
        encoding: &'static str,
    },
    /// Bytes that the encoding does not know.
    #[error("not quite {encoding}: {count} places could not be decoded and read \u{FFFD} now")]
    DamagedText {
        /// Its name in the WHATWG Encoding Standard.
        encoding: &'static str,
        /// How many.
        count: usize,
    },
    /// A `published` that is no ISO date.
    #[error("date not understood: {value}")]
    BadDate {
        /// What was found.
        value: String,
    },
    /// A field of a record that is no string.
    #[error("`{field}` is not a string and was left out")]
    BadField {
        /// Its name.
        field: &'static str,
    },
    /// An id (or, where none is given, a text) that came before in this run.
    #[error("id {id} came before")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A text in another language.
    #[error("text seems to be {language}; only English is read well")]
    NotEnglish {
        /// English name of the language.
        language: &'static str,
    },
    /// A row of a table with more or fewer values than the table has columns.
    #[error("{values} values for {columns} columns")]
    OddRow {
        /// Values of the row.
        values: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// An article whose page could not be read, so that its text was taken from the feed.
    #[error("text taken from the feed, not from the page: {reason}")]
    TextOfFeed {
        /// Why the page was not used.
        reason: String,
    },
    /// A page with so little text that it may be no article.
    #[error("only {characters} characters of text found on this web page")]
    LittleText {
        /// Length of the text.
        characters: usize,
    },
}

impl ProblemKind {
    /// A stable name for programs and for the documentation.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.row().0
    }

    /// Whether something was lost.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.row().1
    }

    /// What the user can do about it, where there is something to do.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        Some(self.row().2).filter(|help| !help.is_empty())
    }

    fn row(&self) -> (&'static str, Severity, &'static str) {
        use Severity::{Error, Warning};
        match self {
            Self::Unreadable { .. } => ("unreadable", Error, "check the name and the permissions"),
            Self::NothingInFolder => ("nothing-in-folder", Error, "name the files themselves to read them whatever they are called"),
            Self::Empty => ("empty", Error, ""),
            Self::Binary { .. } => ("binary", Error, "export it as plain text (UTF-8) or HTML first"),
            Self::TooLarge { .. } => ("too-large", Error, "split it into articles, or give it as JSON Lines, one article a line"),
            Self::PageTooComplex { .. } => ("page-too-complex", Error, "save the article alone, as text"),
            Self::PageFailed => ("page-failed", Error, "save the article as text, and please report the page"),
            Self::NoArticle => ("no-article", Error, "save the article as text"),
            Self::LineTooLong { .. } => ("line-too-long", Error, "check that each record ends with a line break"),
            Self::LineNotUtf8 { .. } => ("line-not-utf8", Error, "convert the file to UTF-8"),
            Self::LineNotJson { .. } => ("line-not-json", Error, "each line must be one whole JSON object"),
            Self::LineNotObject => ("line-not-object", Error, "each line must be one whole JSON object"),
            Self::NoText => ("no-text", Error, "put the article into the field `text`, as a string"),
            Self::NoTextColumn { .. } => ("no-text-column", Error, "name the column that holds the text"),
            Self::NoSuchColumn { .. } => ("no-such-column", Error, "name a column that the table has"),
            Self::BadRecord { .. } => ("bad-record", Error, "get the archive again if other records after it are missing too"),
            Self::BadArchive { .. } => ("bad-archive", Error, "check that the file is whole"),
            Self::BadFeed { .. } => ("bad-feed", Error, "check the address: it must be that of the feed, not of the page about it"),
            Self::NotFetched { again: true, .. } => ("not-fetched", Error, "nothing; it is tried again later"),
            Self::NotFetched { again: false, .. } => ("not-fetched", Error, "check the address; a page saved by hand can be added as a file"),
            Self::OtherFiles { .. } => ("other-files", Warning, "name the files themselves to read them whatever they are called"),
            Self::GuessedEncoding { .. } => ("guessed-encoding", Warning, "check names with accents; save the file as UTF-8 to be sure"),
            Self::DamagedText { .. } => ("damaged-text", Warning, "save the file again as UTF-8"),
            Self::BadDate { .. } => ("bad-date", Warning, "write dates as 2016-02-11"),
            Self::BadField { .. } => ("bad-field", Warning, "write the value as a JSON string"),
            Self::DuplicateId { .. } => ("duplicate-id", Warning, "give each document an id of its own"),
            Self::NotEnglish { .. } => ("not-english", Warning, "translate it first"),
            Self::OddRow { .. } => ("odd-row", Warning, "see that values with the separator in them stand in quotation marks"),
            Self::TextOfFeed { .. } => ("text-of-feed", Warning, "compare it with the page: feeds often shorten the text"),
            Self::LittleText { .. } => ("little-text", Warning, "check that this is an article; save it as text if part of it is missing"),
        }
    }
}

/// The start of some input, fit to stand in a message.
pub(crate) fn excerpt(input: &str) -> String {
    /// Enough to recognise a value by.
    const MOST_CHARACTERS: usize = 60;
    let mut start: String = input.chars().take(MOST_CHARACTERS).flat_map(char::escape_debug).collect();
    if input.chars().nth(MOST_CHARACTERS).is_some() {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn one_of_each() -> Vec<ProblemKind> {
        use ProblemKind as K;
        vec![
            K::Unreadable { reason: "x".into() },
            K::NothingInFolder,
            K::Empty,
            K::Binary { reason: "x".into() },
            K::TooLarge { limit: 1 },
            K::PageTooComplex { reason: "x".into() },
            K::PageFailed,
            K::NoArticle,
            K::LineTooLong { limit: 1 },
            K::LineNotUtf8 { column: 1 },
            K::LineNotJson { column: 1, reason: "x".into() },
            K::LineNotObject,
            K::NoText,
            K::NoTextColumn { columns: "x".into() },
            K::NoSuchColumn { name: "x".into(), columns: "x".into() },
            K::BadRecord { reason: "x".into() },
            K::BadArchive { reason: "x".into() },
            K::BadFeed { expected: "a feed", reason: "x".into() },
            K::NotFetched { reason: "x".into(), again: true },
            K::OddRow { values: 1, columns: 2 },
            K::TextOfFeed { reason: "x".into() },
            K::OtherFiles { count: 1 },
            K::GuessedEncoding { encoding: "x" },
            K::DamagedText { encoding: "x", count: 1 },
            K::BadDate { value: "x".into() },
            K::BadField { field: "x" },
            K::DuplicateId { id: "x".into() },
            K::NotEnglish { language: "x" },
            K::LittleText { characters: 1 },
        ]
    }

    #[test]
    fn every_kind_is_documented_with_its_severity() {
        let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/inputs.md")).unwrap();
        for kind in one_of_each() {
            let word = if kind.severity() == Severity::Error { "error" } else { "warning" };
            let row = format!("| `{}` | {word} |", kind.code());
            assert!(guide.contains(&row), "docs/inputs.md lacks a row that begins {row}");
        }
    }

    #[test]
    fn messages_name_file_and_line() {
        let problem = Problem { file: "a.jsonl".into(), line: Some(3), byte: None, kind: ProblemKind::NoText };
        assert_eq!(problem.to_string(), "a.jsonl:3: line skipped: it has no `text`");
        let kind = ProblemKind::BadRecord { reason: "it is cut off".into() };
        let problem = Problem { file: "a.warc".into(), line: None, byte: Some(17), kind };
        assert_eq!(problem.to_string(), "a.warc (byte 17): record skipped: it is cut off");
        let problem = Problem { file: "b.txt".into(), line: None, byte: None, kind: ProblemKind::Empty };
        assert_eq!(problem.to_string(), "b.txt: no text in it");
        assert_eq!(problem.help(), None);
    }

    #[test]
    fn excerpts_are_short_and_harmless() {
        assert_eq!(excerpt("11 février"), "11 février");
        assert_eq!(excerpt("\u{1b}[2J"), "\\u{1b}[2J");
        assert_eq!(excerpt(&"a".repeat(1000)).chars().count(), 61);
    }
}
