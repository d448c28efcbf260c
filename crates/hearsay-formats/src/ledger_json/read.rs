//! From the wire form back to the core's records, with everything checked that the core's types promise.

use std::fmt::Display;

use hearsay_ledger as record;
use hearsay_ledger::{
    AccountId, AttributionId, Date, DisputeAbout, DisputeId, EntityId, EntityType, EventId, PlaceId, Precision, SourceRef, Stance, TimeId, TimeType,
    TruceKind, TruceTermId,
};

use super::write::{NARRATOR, phrase};
use super::{FORMAT, wire};

/// Why a text is not a ledger. `record` names the record at fault by its id.
#[derive(Debug, thiserror::Error)]
pub enum LedgerJsonError {
    /// Not JSON, or a field is missing or of another kind.
    #[error("not a ledger in JSON: {0}")]
    Shape(#[from] serde_json::Error),
    /// Another format, or another version of it.
    #[error("the format is {found:?}, this program reads {FORMAT:?}")]
    Format {
        /// What the field `format` says.
        found: String,
    },
    /// The day of publication is no day.
    #[error("document: published {found:?} is not a day in the form YYYY-MM-DD")]
    Published {
        /// What the field says.
        found: String,
    },
    /// The digest is that of another text, so the spans cannot be trusted.
    #[error("document: the digest does not belong to the text, which was changed since the ledger was made")]
    Digest,
    /// A span is empty, reversed, beyond the text or inside a character.
    #[error("{record}: [{start}, {end}) is not a span of the text")]
    Span {
        /// The record.
        record: String,
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// A record does not have the id of its position in its list.
    #[error("{found:?} stands where {expected} should")]
    Id {
        /// The id of this position.
        expected: String,
        /// The id that is there.
        found: String,
    },
    /// A reference leads to no record.
    #[error("{record}: {found:?} is not {expected} of this ledger")]
    Reference {
        /// The record that refers.
        record: String,
        /// The kind of record that was looked for.
        expected: &'static str,
        /// The reference.
        found: String,
    },
    /// A word is not of its vocabulary.
    #[error("{record}: there is no {vocabulary} {found:?}")]
    Word {
        /// The record.
        record: String,
        /// The vocabulary.
        vocabulary: &'static str,
        /// The word.
        found: String,
    },
}

type Result<T> = std::result::Result<T, LedgerJsonError>;

/// Reads the ledger of one document from one JSON object. A field that may be `null` may also be missing.
///
/// # Errors
/// Where the text is not a ledger of this format, or a record breaks what the format promises: [`LedgerJsonError`].
pub fn from_json(json: &str) -> Result<(record::Document, record::Ledger)> {
    let wire: wire::Ledger = serde_json::from_str(json)?;
    if wire.format != FORMAT {
        return Err(LedgerJsonError::Format { found: wire.format });
    }
    let ledger = Reader { wire: &wire }.ledger()?;
    Ok((document(wire.document)?, ledger))
}

fn document(wire: wire::Document) -> Result<record::Document> {
    let published = wire.published.map(|found| found.parse::<Date>().map_err(|_| LedgerJsonError::Published { found })).transpose()?;
    let wire::Document { id, title, publisher, url, language, text, digest, .. } = wire;
    let document = record::Document { id, title, publisher, published, url, language, text };
    match digest {
        Some(digest) if digest != document.digest() => Err(LedgerJsonError::Digest),
        _ => Ok(document),
    }
}

/// The whole wire form, so that every record can be checked against the text and the other records.
struct Reader<'w> {
    wire: &'w wire::Ledger,
}

impl Reader<'_> {
    fn ledger(&self) -> Result<record::Ledger> {
        let wire = self.wire;
        Ok(record::Ledger {
            sentences: self.spans("sentences", &wire.sentences)?,
            entities: each(&wire.entities, |index, it| self.entity(index, it))?,
            places: each(&wire.places, |index, it| self.place(index, it))?,
            times: each(&wire.times, |index, it| self.time(index, it))?,
            attributions: each(&wire.attributions, |index, it| self.attribution(index, it))?,
            events: each(&wire.events, |index, it| self.event(index, it))?,
            accounts: each(&wire.accounts, |index, it| self.account(index, it))?,
            disputes: each(&wire.disputes, |index, it| self.dispute(index, it))?,
            truce_terms: each(&wire.truce_terms, |index, it| self.truce_term(index, it))?,
            incidents: each(&wire.incidents, |_, it| Ok(record::Incident { events: list(&it.events, |id| self.event_ref(&it.id, id))? }))?,
        })
    }

    fn entity(&self, index: usize, it: &wire::Entity) -> Result<record::Entity> {
        Ok(record::Entity {
            id: own_id(EntityId::at(index), &it.id)?,
            name: it.name.clone(),
            entity_type: word(&it.id, "entity type", &it.entity_type, EntityType::from_word)?,
            country: it.country.clone(),
            sector: it.sector.clone(),
            mentions: self.spans(&it.id, &it.mentions)?,
        })
    }

    fn place(&self, index: usize, it: &wire::Place) -> Result<record::Place> {
        Ok(record::Place {
            id: own_id(PlaceId::at(index), &it.id)?,
            span: self.span(&it.id, it.span)?,
            name: it.name.clone(),
            latitude: it.latitude,
            longitude: it.longitude,
            country: it.country.clone(),
            admin1: it.admin1.clone(),
            gazetteer_id: it.gazetteer_id.clone(),
            precision: option(it.precision.as_ref(), |found| word(&it.id, "precision", found, Precision::from_word))?,
        })
    }

    fn time(&self, index: usize, it: &wire::Time) -> Result<record::Time> {
        Ok(record::Time {
            id: own_id(TimeId::at(index), &it.id)?,
            span: self.span(&it.id, it.span)?,
            time_type: word(&it.id, "type of time expression", &it.time_type, TimeType::from_word)?,
            value: it.value.clone(),
        })
    }

    fn attribution(&self, index: usize, it: &wire::Attribution) -> Result<record::Attribution> {
        let attributions = self.wire.attributions.len();
        Ok(record::Attribution {
            id: own_id(AttributionId::at(index), &it.id)?,
            source: self.spans(&it.id, &it.source)?,
            source_entity: option(it.source_entity.as_ref(), |id| self.entity_ref(&it.id, id))?,
            cue: self.spans(&it.id, &it.cue)?,
            content: self.spans(&it.id, &it.content)?,
            quoted: it.quoted,
            within: option(it.within.as_ref(), |id| reference(&it.id, "an attribution", id, attributions, AttributionId::at))?,
        })
    }

    fn event(&self, index: usize, it: &wire::Event) -> Result<record::Event> {
        let argument = |argument: &wire::Argument| {
            let entity = option(argument.entity.as_ref(), |id| self.entity_ref(&it.id, id))?;
            Ok(record::Argument { span: self.span(&it.id, argument.span)?, entity })
        };
        Ok(record::Event {
            id: own_id(EventId::at(index), &it.id)?,
            event_type: it.event_type.clone(),
            mode: it.mode.clone(),
            cameo: it.cameo.clone(),
            trigger: self.span(&it.id, it.trigger)?,
            actors: list(&it.actors, argument)?,
            recipients: list(&it.recipients, argument)?,
            place: option(it.place.as_ref(), |id| reference(&it.id, "a place", id, self.wire.places.len(), PlaceId::at))?,
            time: option(it.time.as_ref(), |id| reference(&it.id, "a time", id, self.wire.times.len(), TimeId::at))?,
            killed: it.killed.map(quantity),
            injured: it.injured.map(quantity),
            displaced: it.displaced.map(quantity),
            sentence: self.sentence(&it.id, it.sentence)?,
        })
    }

    fn account(&self, index: usize, it: &wire::Account) -> Result<record::Account> {
        let attributions = self.wire.attributions.len();
        Ok(record::Account {
            id: own_id(AccountId::at(index), &it.id)?,
            event: self.event_ref(&it.id, &it.event)?,
            source: self.source(&it.id, &it.source, it.source_span)?,
            source_span: option(it.source_span.as_ref(), |span| self.span(&it.id, *span))?,
            attribution: option(it.attribution.as_ref(), |id| reference(&it.id, "an attribution", id, attributions, AttributionId::at))?,
            stance: word(&it.id, "stance", &it.stance, Stance::from_word)?,
            via: option(it.via.as_ref(), |id| self.entity_ref(&it.id, id))?,
        })
    }

    fn dispute(&self, index: usize, it: &wire::Dispute) -> Result<record::Dispute> {
        Ok(record::Dispute {
            id: own_id(DisputeId::at(index), &it.id)?,
            about: word(&it.id, "subject of dispute", &it.about, DisputeAbout::from_word)?,
            accounts: list(&it.accounts, |id| reference(&it.id, "an account", id, self.wire.accounts.len(), AccountId::at))?,
        })
    }

    fn truce_term(&self, index: usize, it: &wire::TruceTerm) -> Result<record::TruceTerm> {
        Ok(record::TruceTerm {
            id: own_id(TruceTermId::at(index), &it.id)?,
            kind: word(&it.id, "kind of truce term", &it.kind, TruceKind::from_word)?,
            by: list(&it.by, |id| self.entity_ref(&it.id, id))?,
            with: list(&it.with, |id| self.entity_ref(&it.id, id))?,
            effective: it.effective.clone(),
            until: it.until.clone(),
            conditions: self.spans(&it.id, &it.conditions)?,
            sentence: self.sentence(&it.id, it.sentence)?,
            source: self.source(&it.id, &it.source, None)?,
        })
    }

    fn span(&self, record: &str, [start, end]: wire::Span) -> Result<record::Span> {
        record::Span::new(start, end).filter(|span| span.of(&self.wire.document.text).is_some()).ok_or_else(|| LedgerJsonError::Span {
            record: record.to_string(),
            start,
            end,
        })
    }

    fn spans(&self, record: &str, wire: &[wire::Span]) -> Result<Vec<record::Span>> {
        list(wire, |span| self.span(record, *span))
    }

    fn sentence(&self, record: &str, index: usize) -> Result<usize> {
        let known = index < self.wire.sentences.len();
        known.then_some(index).ok_or_else(|| dangling(record, "a sentence", &index.to_string()))
    }

    /// The document's own voice, an entity, or the very words at `span`.
    fn source(&self, record: &str, found: &str, span: Option<wire::Span>) -> Result<SourceRef> {
        if found == NARRATOR && span.is_none() {
            return Ok(SourceRef::Narrator);
        }
        let entity = self.entity_ref(record, found);
        let words = span.and_then(|[start, end]| record::Span::new(start, end)).filter(|span| phrase(&self.wire.document.text, *span) == found);
        match (&entity, words) {
            (Err(_), Some(span)) => Ok(SourceRef::Phrase(span)),
            (Err(_), None) if found == NARRATOR => Ok(SourceRef::Narrator),
            _ => entity.map(SourceRef::Entity),
        }
    }

    fn entity_ref(&self, record: &str, found: &str) -> Result<EntityId> {
        reference(record, "an entity", found, self.wire.entities.len(), EntityId::at)
    }

    fn event_ref(&self, record: &str, found: &str) -> Result<EventId> {
        reference(record, "an event", found, self.wire.events.len(), EventId::at)
    }
}

fn quantity(it: wire::Quantity) -> record::Quantity {
    record::Quantity { low: it.low, high: it.high }
}

fn each<W, T>(wire: &[W], read: impl Fn(usize, &W) -> Result<T>) -> Result<Vec<T>> {
    wire.iter().enumerate().map(|(index, it)| read(index, it)).collect()
}

fn list<W, T>(wire: &[W], read: impl Fn(&W) -> Result<T>) -> Result<Vec<T>> {
    wire.iter().map(read).collect()
}

fn option<W, T>(wire: Option<&W>, read: impl Fn(&W) -> Result<T>) -> Result<Option<T>> {
    wire.map(read).transpose()
}

fn word<T>(record: &str, vocabulary: &'static str, found: &str, from_word: impl Fn(&str) -> Option<T>) -> Result<T> {
    from_word(found).ok_or_else(|| LedgerJsonError::Word { record: record.to_owned(), vocabulary, found: found.to_owned() })
}

fn own_id<Id: Display>(expected: Id, found: &str) -> Result<Id> {
    let expected_text = expected.to_string();
    if expected_text == found { Ok(expected) } else { Err(LedgerJsonError::Id { expected: expected_text, found: found.to_owned() }) }
}

/// The id written `found`, which must be that of one of `count` records; ids are positions, so `at` makes them all.
fn reference<Id: Display>(record: &str, expected: &'static str, found: &str, count: usize, at: impl Fn(usize) -> Id) -> Result<Id> {
    let digits = found.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let position = digits.parse::<usize>().ok().and_then(|position| position.checked_sub(1)).filter(|index| *index < count);
    let id = position.map(at).filter(|id| id.to_string() == found);
    id.ok_or_else(|| dangling(record, expected, found))
}

fn dangling(record: &str, expected: &'static str, found: &str) -> LedgerJsonError {
    LedgerJsonError::Reference { record: record.to_owned(), expected, found: found.to_owned() }
}
