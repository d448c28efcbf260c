//! Event keys: all that linking knows of an event. There is no text in them but the names of participants and sources.
//!
//! Keys are made by [`keys`](crate::keys::keys) or by whoever has events of another origin; the steps of linking read nothing
//! else.

use std::sync::Arc;

use hearsay_ledger::{Quantity, Stance};

use crate::hash;
use crate::sketch::Sketch;

/// What linking knows of a document; shared by the keys of its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentKey {
    /// The document's id, unique within the collection.
    pub id: String,
    /// Day of publication, in days since 1970-01-01.
    pub published: Option<i32>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// The independent voice it belongs to: copies of one agency text share it. A document of its own is its own voice.
    pub voice: String,
    /// Its content words.
    pub words: Sketch,
    /// Its names and numbers.
    pub names: Sketch,
}

/// A participant of an event, a source, or a party, as far as it can be compared across documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Participant {
    /// Its name as the document gives it.
    pub name: String,
    /// Hash of its name without case, article and punctuation; equal for equal names.
    pub name_key: u64,
    /// ISO 3166 alpha-3 code.
    pub country: Option<String>,
    /// PLOVER sector code.
    pub sector: Option<String>,
    /// The side it belongs to in the conflict, as the user's codebook draws the sides.
    pub side: Option<String>,
}

impl Participant {
    /// A participant by its name and codes.
    #[must_use]
    pub fn new(name: &str, country: Option<String>, sector: Option<String>, side: Option<String>) -> Self {
        Self { name: name.to_owned(), name_key: name_key(name), country, sector, side }
    }
}

/// The hash of a name: its words in lower case, parted by one blank, without a leading article.
fn name_key(name: &str) -> u64 {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = match words.as_slice() {
        ["the" | "a" | "an", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    hash::of_bytes(words.join(" ").as_bytes())
}

/// When something happened: the first and the last day it may have happened on, in days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// First possible day.
    pub first: i32,
    /// Last possible day; not before `first`.
    pub last: i32,
}

impl Days {
    /// How many days lie between the two; 0 where they overlap.
    #[must_use]
    pub fn apart(self, other: Self) -> i32 {
        (self.first.saturating_sub(other.last)).max(other.first.saturating_sub(self.last)).max(0)
    }

    /// How many days the range holds; at least 1.
    #[must_use]
    pub fn length(self) -> i32 {
        self.last.saturating_sub(self.first).saturating_add(1).max(1)
    }
}

/// Where something happened.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceKey {
    /// The place's name as the document gives it.
    pub name: String,
    /// Degrees north, -90 to 90, and degrees east, -180 to 180.
    pub coordinates: Option<(f64, f64)>,
    /// How far from the coordinates it may have been, in kilometres.
    pub radius: f64,
    /// ISO 3166 alpha-3 code.
    pub country: Option<String>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
}

/// Losses that an event record gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Number killed.
    pub killed: Option<Quantity>,
    /// Number injured.
    pub injured: Option<Quantity>,
    /// Number displaced.
    pub displaced: Option<Quantity>,
}

/// Who holds a position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The document's own voice.
    Narrator,
    /// Somebody whom the document names or describes.
    Party(Participant),
}

/// One source's position on one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountKey {
    /// Number of the account within its document.
    pub account: u32,
    /// Whose position it is.
    pub source: Source,
    /// The position.
    pub stance: Stance,
    /// Name of the relay through which the source is quoted.
    pub via: Option<String>,
}

/// The word or words that name the event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TriggerKey {
    /// The stems of its content words, sorted, each once.
    pub stems: Vec<Box<str>>,
    /// Numbers of its words in the table of kindred words (`data/kindred.tsv`), sorted.
    pub words: Vec<u16>,
    /// Numbers of the words near them in meaning, sorted.
    pub near: Vec<u16>,
    /// Numbers of the words related to them, sorted.
    pub related: Vec<u16>,
    /// How telling its rarest word is, 0 (in every text) to 1 (in hardly any).
    pub weight: f32,
}

/// What linking knows of one event record.
#[derive(Clone, Debug, PartialEq)]
pub struct EventKey {
    /// The document it stands in.
    pub document: Arc<DocumentKey>,
    /// Number of the event within its document; with the document's id it names the record.
    pub event: u32,
    /// PLOVER event type.
    pub event_type: Option<String>,
    /// Number of the group of kindred types that it belongs to (`data/types.tsv`).
    pub type_group: Option<u8>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// The event word.
    pub trigger: TriggerKey,
    /// When it is said to have happened.
    pub days: Option<Days>,
    /// Where it is said to have happened.
    pub place: Option<PlaceKey>,
    /// Who did it.
    pub actors: Vec<Participant>,
    /// Who or what had it done to them.
    pub recipients: Vec<Participant>,
    /// The losses it gives.
    pub losses: Losses,
    /// Who says so, and who does not.
    pub accounts: Vec<AccountKey>,
    /// Index (from 0) of the sentence.
    pub sentence: u32,
    /// Content words of the sentence, without the trigger.
    pub words: Sketch,
    /// Names and numbers of the sentence, without the trigger.
    pub names: Sketch,
    /// Content words next to the trigger.
    pub near: Sketch,
    /// Number of the incident that the reading of the document put the event into; equal for events of one incident.
    pub told_as: Option<u32>,
}

impl EventKey {
    /// The name of the record in the whole collection.
    #[must_use]
    pub fn id(&self) -> EventName<'_> {
        EventName { document: &self.document.id, event: self.event }
    }

    /// The days on which it may have happened: as told, else the days up to the day of publication; `None` where neither is
    /// known.
    #[must_use]
    pub fn when(&self) -> Option<Days> {
        let recent = |day: i32| Days { first: day.saturating_sub(RECENT_DAYS), last: day };
        self.days.or_else(|| self.document.published.map(recent))
    }

    /// The name of the record as a number, for sharing out work; equal names have equal numbers.
    #[must_use]
    pub fn number(&self) -> u64 {
        hash::of_numbers(&[hash::of_bytes(self.document.id.as_bytes()), u64::from(self.event)])
    }
}

/// An event that is told without a day is taken to be news: not older than so many days.
pub const RECENT_DAYS: i32 = 6;

/// The name of an event record in a collection, in the order of the documents' ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventName<'a> {
    /// The document's id.
    pub document: &'a str,
    /// Number of the event within it.
    pub event: u32,
}

impl std::fmt::Display for EventName<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#v{}", self.document, self.event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_with_and_without_article_case_and_punctuation() {
        let name = |name| Participant::new(name, None, None, None).name_key;
        assert_eq!(name("The U.N. envoy"), name("U N Envoy"));
        assert_ne!(name("Hezbollah"), name("Hamas"));
        assert_eq!(name("The"), name("the"));
    }

    #[test]
    fn days_apart_are_counted_between_the_ranges() {
        let days = |first, last| Days { first, last };
        assert_eq!(days(1, 3).apart(days(3, 9)), 0);
        assert_eq!(days(1, 3).apart(days(5, 9)), 2);
        assert_eq!(days(5, 9).apart(days(1, 3)), 2);
        assert_eq!(days(5, 5).length(), 1);
    }
}
