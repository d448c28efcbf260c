//! What goes into a desk and what comes back, but for the flattened rows (`rows`), incidents (`incident`) and reviews.

use hearsay_ledger::{Date, Document};
use jiff::Timestamp;

use crate::rows::Rows;

/// A document on its way into the desk, with all that is stored in the same transaction.
#[derive(Clone, Debug)]
pub struct Addition<'a> {
    /// The document with its frozen text.
    pub document: &'a Document,
    /// How it was taken.
    pub capture: Capture<'a>,
    /// What near-duplicates are found by; nothing for a document that none is looked for.
    pub likeness: Likeness,
    /// Its ledger; `None` where it is kept without being read, as texts in other languages are.
    pub reading: Option<NewReading>,
    /// How far its feed or archive is taken in with it.
    pub progress: Option<Progress>,
}

/// How a document was taken.
#[derive(Clone, Debug)]
pub struct Capture<'a> {
    /// When.
    pub captured: Timestamp,
    /// The bytes as they came, before any decoding; they are kept compressed.
    pub raw: Option<&'a [u8]>,
    /// Headers of the answer or of the archive's record, name and value, in their order.
    pub headers: Vec<(String, String)>,
}

/// What near-duplicates are found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Id of the document whose text this one carries on: one agency text in ten papers is one voice. `None`: it speaks for
    /// itself.
    pub voice: Option<String>,
    /// The signature, in a form of the caller's.
    pub signature: Option<Vec<u8>>,
    /// The bands of the signature: documents that share one may be alike.
    pub bands: Vec<i64>,
}

/// A ledger on its way into the desk.
#[derive(Clone, Debug)]
pub struct NewReading {
    /// What it was made with.
    pub versions: Versions,
    /// When.
    pub made: Timestamp,
    /// The ledger as it was coded, as JSON; the store keeps it as it is.
    pub ledger: String,
    /// The shown ledger: coded, with the document's reviews applied.
    pub rows: Rows,
}

/// What a reading was made with: each part names its version, or the digest of its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Versions {
    /// The program.
    pub program: String,
    /// The codebook, with what a user laid over it.
    pub codebook: String,
    /// The gazetteer.
    pub gazetteer: String,
    /// The encoder's weights.
    pub weights: String,
}

/// How far a feed, archive or folder is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The feed, archive or folder.
    pub origin: String,
    /// How far, in a form of the caller's.
    pub position: String,
}

/// Whether a text is in the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not, and its id is free.
    New,
    /// It is, under this id.
    Known {
        /// The id.
        id: String,
    },
    /// It is not, but another text has its id.
    Taken {
        /// A free id, which the same text gets every time.
        instead: String,
    },
}

/// What became of an addition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was stored.
    New,
    /// The very text was there under its id, and nothing was changed but the progress of its feed.
    Known,
}

/// A document as it lies in the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// The document.
    pub document: Document,
    /// SHA-256 of its text.
    pub text_digest: String,
    /// SHA-256 of the bytes as they came, where they were kept.
    pub raw_digest: Option<String>,
    /// When it was taken.
    pub captured: Timestamp,
    /// Headers of the answer or of the archive's record.
    pub headers: Vec<(String, String)>,
    /// Id of the document whose voice it is: its own, or that of the text it carries on.
    pub voice: String,
    /// Signature for near-duplicates.
    pub signature: Option<Vec<u8>>,
}

/// A reading of a document, without the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReading {
    /// Number of the reading in the desk.
    pub number: u64,
    /// What it was made with.
    pub versions: Versions,
    /// When.
    pub made: Timestamp,
    /// Whether it is the one that is shown.
    pub current: bool,
    /// SHA-256 of the ledger's JSON.
    pub ledger_digest: String,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLine {
    /// Its id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address it was taken from.
    pub url: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// When it was taken.
    pub captured: Timestamp,
    /// Id of the document whose voice it is.
    pub voice: String,
    /// Number of its events; `None` where it was not read.
    pub events: Option<u64>,
}

/// A document that may be alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// Id of the document whose voice it is.
    pub voice: String,
    /// Its signature.
    pub signature: Vec<u8>,
}

/// What a desk holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Documents.
    pub documents: u64,
    /// Documents that were not read.
    pub unread: u64,
    /// Voices: documents less near-copies.
    pub voices: u64,
    /// Events of the shown ledgers.
    pub events: u64,
    /// Truce terms of the shown ledgers.
    pub truce_terms: u64,
    /// Disputes within documents.
    pub disputes: u64,
    /// Incidents.
    pub incidents: u64,
    /// Documents whose events have not been linked since they were read.
    pub unlinked: u64,
    /// Reviews.
    pub reviews: u64,
    /// What the shown ledgers were made with, and how many of them.
    pub versions: Vec<(Versions, u64)>,
    /// Feeds, archives and folders that are known.
    pub progress: Vec<Progress>,
    /// First and last day of publication.
    pub published: Option<(Date, Date)>,
}
