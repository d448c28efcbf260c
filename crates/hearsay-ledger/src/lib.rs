//! The vocabulary of Hearsay: one frozen [`Document`], spans of its text, and the records of the ledger that
//! rest on those spans.
//!
//! This crate is the bottom of the core: plain data, no input or output, no wire form. How the records look as
//! JSON is the business of `hearsay-formats`; how they are found is the business of `hearsay-coder`.

mod document;
mod finding;
mod records;
mod span;

pub use document::Document;
pub use finding::{Finding, FindingCode};
pub use jiff::civil::Date;
pub use records::{
    Account, AccountId, Argument, Attribution, AttributionId, Dispute, DisputeAbout, DisputeId, Entity, EntityId, EntityType, Event, EventId,
    Incident, Ledger, Place, PlaceId, Precision, Quantity, SourceRef, Stance, Time, TimeId, TimeType, TruceKind, TruceTerm, TruceTermId,
};
pub use span::Span;
