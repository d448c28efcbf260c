//! What all readers of inputs share: what they are told, their bounds, and what they give.

use hearsay_ledger::{Date, Document};
use jiff::Timestamp;

use crate::problem::ProblemKind;
use crate::stream::Mark;

/// What is told from outside about the articles read. For text and pages it goes before what the input itself says;
/// in JSON Lines and tables it fills in what a record leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Headline.
    pub title: Option<String>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
}

/// Bounds on what is held in memory, and on the odd shapes of pages that make readers slow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document: of a text or page after decompression, of the `text` of a record. 16 MiB.
    pub document_bytes: usize,
    /// Bytes of one line of JSON Lines or row of a table. 32 MiB, since JSON escapes can more than double a text.
    pub line_bytes: usize,
    /// Nodes (elements, texts, comments) of a page. 300 000; the largest news pages have some 50 000.
    pub page_nodes: usize,
    /// Elements open at once in a page. 512, as in Chromium.
    pub page_depth: usize,
    /// Attributes of one element. 5 000; no page needs a hundred.
    pub element_attributes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: 16 * 1024 * 1024, line_bytes: 32 * 1024 * 1024, page_nodes: 300_000, page_depth: 512, element_attributes: 5_000 }
    }
}

/// Names of the columns of a table. What is not named is looked for among the usual names (`data/columns.toml`), in
/// any case and without regard to blanks, `_` and `-`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The article.
    pub text: Option<String>,
    /// Name of the document.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// How inputs are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What is told about all of them.
    pub given: Given,
    /// Bounds.
    pub limits: Limits,
    /// Columns of tables.
    pub columns: Columns,
    /// When they were captured, where they do not say it themselves.
    pub captured: Option<Timestamp>,
}

/// What a reader makes of one text, page or record.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub document: Option<Document>,
    /// What it was made of; there where `document` is.
    pub raw: Option<Raw>,
    pub problems: Vec<ProblemKind>,
}

impl From<ProblemKind> for Found {
    fn from(problem: ProblemKind) -> Self {
        Self { document: None, raw: None, problems: vec![problem] }
    }
}

/// A [`RawRecord`](crate::RawRecord) without the place that it came from.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    pub bytes: Vec<u8>,
    pub captured: Option<Timestamp>,
    pub headers: Vec<(String, String)>,
    pub url: Option<String>,
}

impl Raw {
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Self { bytes, ..Self::default() }
    }
}

/// One record of an input of many, and where it lies.
pub(crate) struct Step {
    /// Line where it begins.
    pub line: Option<u64>,
    /// Byte where it begins, in archives.
    pub byte: Option<u64>,
    pub found: Found,
    /// The place behind it.
    pub mark: Mark,
    /// Lines before that place.
    pub lines: u64,
}
