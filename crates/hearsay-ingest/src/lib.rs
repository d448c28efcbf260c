//! Files, archives, feeds and streams to [`Document`](hearsay_ledger::Document)s with frozen text.
//!
//! [`sources`] turns the paths a person names into [`Source`]s (folders expanded, `-` for standard input); [`records`]
//! reads them one after the other and gives, in order, each [`Record`] (a document and the bytes it was made of) and each
//! [`Problem`] met on the way. [`documents`] does the same for those who keep nothing. At most one document or line is in
//! memory at a time, and none is larger than [`Limits`] allows. [`Position`] says how far a file is read, so that long
//! work goes on where it was.
//!
//! Read are plain text, web pages (`page`), JSON Lines (`json_lines`), tables (`table`) and web archives (`warc`,
//! `wacz`), each also under gzip or Zstandard (`stream`). What each does with its input, and every message, is told to
//! users in `docs/inputs.md`.
//!
//! [`feed`] understands feeds and lists of them, [`fetch`] fetches politely, and [`watch`] makes records of what is new
//! in a feed. [`likeness`] tells near-copies: the voice that ten papers carry on is one.
//!
//! Left to others: what the text says (`hearsay-coder`), the wire form of the ledger (`hearsay-formats`), keeping records
//! and positions (`hearsay-store`), and telling people about problems (the programs).

mod charset;
mod coding;
mod date;
mod documents;
pub mod feed;
pub mod fetch;
mod first_bytes;
mod json_lines;
mod language;
pub mod likeness;
mod page;
mod position;
mod problem;
mod reader;
mod record;
mod records;
mod source;
mod stream;
mod table;
mod wacz;
mod warc;
pub mod watch;
mod window;

pub use documents::{Documents, documents, documents_from};
pub use language::is_english;
pub use position::{Position, PositionError};
pub use problem::{Problem, ProblemKind, Severity};
pub use reader::{Columns, Given, Limits, Options};
pub use record::{RawRecord, Record};
pub use records::{Records, records, records_from};
pub use source::{Kind, Origin, Source, sources};
