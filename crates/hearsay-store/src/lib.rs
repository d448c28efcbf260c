//! The memory of a desk: documents with their frozen texts, their ledgers, the incidents they tell of, and what reviewers
//! corrected, in a SQLite file or a PostgreSQL database.
//!
//! [`Store`] has the verbs; [`SqliteStore`] and [`PostgresStore`] answer them alike, which one suite of tests proves.
//! [`create`] and [`open`] take either; [`BlockingDesk`] waits for the answers. What is wanted from a list is said by a
//! [`Filter`].
//!
//! A document goes in as one [`Addition`]: its text, its raw bytes, its ledger, the progress of its feed and an entry of the
//! audit log are stored in one transaction. The ledger itself is kept as JSON that the store does not look into; beside it
//! lie [`Rows`], which [`flatten`] makes, and by which records are found. Corrections are [`Review`]s, rows of their own;
//! [`apply`] puts them over a coded ledger. [`Store::verify`] checks that the desk still holds what was put in.
//!
//! Left to others: taking documents from the outside (`hearsay-ingest`), the ledger's JSON (`hearsay-formats`), joining
//! events to incidents (`hearsay-link`). Nothing but this crate knows SQL.

// SQLite and PostgreSQL are names, not code.
#![allow(clippy::doc_markdown)]

mod audit;
mod backup;
mod blocking;
mod compress;
mod database;
mod desk;
mod digest;
mod error;
mod filter;
mod flatten;
mod fold;
mod lists;
mod open;
mod record;
mod review;
mod rows;
mod sphere;
mod stamp;
mod store;
mod verify;
mod words;

pub use audit::{Action, AuditEntry};
pub use blocking::BlockingDesk;
pub use desk::incident::{Incident, LinkedIncident, Member};
pub use desk::link::{LinkUpdate, Unlinked};
pub use digest::sha256;
pub use error::{Error, Result};
pub use filter::{Area, Filter, MOST_RECORDS, Page, Paging};
pub use flatten::{SideOf, days, flatten};
pub use fold::fold;
pub use jiff::Timestamp;
pub use lists::{DisputeLine, EventLine, Hit, Origin, SourceTally, TruceLine};
pub use open::{PostgresStore, SqliteStore, create, open};
pub use record::{
    Added, Addition, Capture, DocumentLine, Likeness, Neighbour, NewReading, Progress, Standing, Status, StoredDocument, StoredReading, Versions,
};
pub use review::{NewReview, RecordKind, Review, ReviewField, ReviewStanding, Shown, Struck, Target, apply};
pub use rows::{
    AccountRow, ArgumentRole, AttributionRow, DisputeMemberRow, DisputeRow, EventRow, ParticipantRow, PartyRole, PartyRow, PlaceRow, Rows,
    SourceKind, TimeRow, TruceRow,
};
pub use stamp::Stamp;
pub use store::{Answer, Store};
pub use verify::{Fault, Verification};
