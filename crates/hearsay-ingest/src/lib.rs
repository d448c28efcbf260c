//! Files and streams to [`Document`](hearsay_ledger::Document)s with frozen text.
//!
//! [`sources`] turns the paths a person names into [`Source`]s (folders expanded, `-` for standard input);
//! [`documents`] reads them one after the other and gives, in order, each document and each [`Problem`] met on the
//! way. At most one document or line is in memory at a time, and none is larger than [`Limits`] allows.
//!
//! Three kinds of input are read: plain text (`text`), web pages (`page`) and JSON Lines (`json_lines`). What each
//! does with its input, and every message, is told to users in `docs/inputs.md`.
//!
//! Left to others: what the text says (`hearsay-coder`), the wire form of the ledger (`hearsay-formats`), and telling
//! people about problems (the programs).

mod charset;
mod date;
mod documents;
mod json_lines;
mod language;
mod page;
mod problem;
mod signature;
mod source;

pub use documents::{Documents, Given, Limits, documents, documents_from};
pub use problem::{Problem, ProblemKind, Severity};
pub use source::{Kind, Origin, Source, sources};
