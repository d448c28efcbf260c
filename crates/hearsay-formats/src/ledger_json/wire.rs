//! The records as they stand in JSON, field by field in the order of the format.
//!
//! Spans are pairs of byte offsets, ids and words of a vocabulary are strings; `null` is `None`. What a field means
//! is written at the core's type of the same name in `hearsay-ledger`.
#![allow(missing_docs)] // a second description of the same fields would only drift from the first

use serde::{Deserialize, Serialize};

/// `[start, end)` in UTF-8 bytes of `document.text`.
pub type Span = [usize; 2];

/// One document with all that was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// Always [`FORMAT`](super::FORMAT).
    pub format: String,
    pub document: Document,
    pub sentences: Vec<Span>,
    pub entities: Vec<Entity>,
    pub places: Vec<Place>,
    pub times: Vec<Time>,
    pub attributions: Vec<Attribution>,
    pub events: Vec<Event>,
    pub accounts: Vec<Account>,
    pub disputes: Vec<Dispute>,
    pub truce_terms: Vec<TruceTerm>,
    pub incidents: Vec<Incident>,
}

/// The article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub id: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// `YYYY-MM-DD`.
    pub published: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub text: String,
    /// `sha256:` and the digest of `text`; checked on reading where it is given.
    pub digest: Option<String>,
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub entity_type: String,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub mentions: Vec<Span>,
}

/// A toponym.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub id: String,
    pub span: Span,
    pub name: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub gazetteer_id: Option<String>,
    pub precision: Option<String>,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    pub id: String,
    pub span: Span,
    #[serde(rename = "type")]
    pub time_type: String,
    pub value: Option<String>,
}

/// Who is said to say what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    pub id: String,
    pub source: Vec<Span>,
    pub source_entity: Option<String>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    pub quoted: bool,
    pub within: Option<String>,
}

/// A participant of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    pub span: Span,
    pub entity: Option<String>,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    pub low: Option<u64>,
    pub high: Option<u64>,
}

/// A reported happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub id: String,
    #[serde(rename = "type")]
    pub event_type: String,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub trigger: Span,
    pub actors: Vec<Argument>,
    pub recipients: Vec<Argument>,
    pub place: Option<String>,
    pub time: Option<String>,
    pub killed: Option<Quantity>,
    pub injured: Option<Quantity>,
    pub displaced: Option<Quantity>,
    /// Index (from 0) into `sentences`.
    pub sentence: usize,
}

/// One source's position on one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub id: String,
    pub event: String,
    /// Id of an entity, or `narrator`.
    pub source: String,
    pub source_span: Option<Span>,
    pub attribution: Option<String>,
    pub stance: String,
    pub via: Option<String>,
}

/// Accounts that cannot all hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    pub id: String,
    pub about: String,
    pub accounts: Vec<String>,
}

/// A position on stopping the fighting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruceTerm {
    pub id: String,
    pub kind: String,
    pub by: Vec<String>,
    pub with: Vec<String>,
    pub effective: Option<String>,
    pub until: Option<String>,
    pub conditions: Vec<Span>,
    /// Index (from 0) into `sentences`.
    pub sentence: usize,
    /// Id of an entity, or `narrator`.
    pub source: String,
}

/// Event records of one happening. All but `events` is derived from those events on writing and not used on reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// `i` and its position from 1.
    pub id: String,
    /// Type of its first event.
    #[serde(rename = "type")]
    pub event_type: Option<String>,
    pub events: Vec<String>,
    /// Place of the first of its events that has one.
    pub place: Option<String>,
    /// Earliest day that its events name.
    pub from: Option<String>,
    /// Latest day that its events name.
    pub to: Option<String>,
    /// Smallest and largest number that its events give.
    pub killed: Option<Quantity>,
    /// Disputes about any of its events.
    pub disputes: Vec<String>,
}
