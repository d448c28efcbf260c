//! The ledger as JSON, format `hearsay-ledger/1`: one object a document, every field always there.
//!
//! [`line`] writes it on one line (JSON Lines), [`pretty`] with one record a line; [`from_json`] reads both back and
//! checks what the core's types promise: spans on character boundaries of the text, ids in their place, references
//! that lead somewhere.

mod layout;
mod read;
pub mod wire;
mod write;

pub use read::{LedgerJsonError, from_json};

use hearsay_ledger::{Document, Ledger};
use serde::Serialize as _;

/// Value of the field `format`.
pub const FORMAT: &str = "hearsay-ledger/1";

/// The ledger as one line of JSON, without the line break.
#[must_use]
pub fn line(document: &Document, ledger: &Ledger) -> String {
    serialize(document, ledger, serde_json::ser::CompactFormatter)
}

/// The ledger as JSON for the eye: one line a field or record, without a line break at the end.
#[must_use]
pub fn pretty(document: &Document, ledger: &Ledger) -> String {
    serialize(document, ledger, layout::RecordPerLine::default())
}

#[allow(clippy::expect_used)] // the wire form is structs, lists and strings only, and a Vec takes every byte
fn serialize(document: &Document, ledger: &Ledger, formatter: impl serde_json::ser::Formatter) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, formatter);
    wire::Ledger::new(document, ledger).serialize(&mut serializer).expect("plain structs always serialise");
    String::from_utf8(out).expect("serde_json writes UTF-8")
}
