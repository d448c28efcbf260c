//! The stream of documents alone, for those who read and do not keep.

use std::io::Read;

use hearsay_ledger::Document;

use crate::problem::Problem;
use crate::reader::{Given, Limits, Options};
use crate::records::{Records, records, records_from};
use crate::source::{Kind, Source};

/// The documents of `sources` in order, and between them the problems met on the way: a warning before the document
/// that it is about, an error in its place. Sources are opened one after the other, only when their turn comes.
#[must_use]
pub fn documents<'a>(sources: &'a [Source], given: &'a Given, limits: &'a Limits) -> Documents<'a> {
    Documents { records: records(sources, options(given, limits)) }
}

/// Like [`documents`], for one open input. `name` stands for it in problems.
pub fn documents_from<'a>(input: impl Read + Send + 'a, name: &str, kind: Option<Kind>, given: &'a Given, limits: &'a Limits) -> Documents<'a> {
    Documents { records: records_from(input, name, kind, options(given, limits)) }
}

fn options(given: &Given, limits: &Limits) -> Options {
    Options { given: given.clone(), limits: limits.clone(), ..Options::default() }
}

/// Iterator over documents and problems; see [`documents`].
pub struct Documents<'a> {
    records: Records<'a>,
}

impl Documents<'_> {
    /// Name of the input that the item given last came from, as in [`Problem::file`]; empty before the first.
    #[must_use]
    pub fn file(&self) -> &str {
        self.records.file()
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.records.next()?.map(|record| record.document))
    }
}
