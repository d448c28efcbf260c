//! A document and its ledger to event keys and truce keys. This is the one place of linking that reads text; from the keys on
//! none is known.

use std::sync::Arc;

use hearsay_ledger::{Argument, Document, Entity, EntityId, Event, Ledger, Place, Precision, SourceRef, Span};

use crate::days;
use crate::key::{AccountKey, Days, DocumentKey, EventKey, Losses, Participant, PlaceKey, Source};
use crate::lexicon::Lexicon;
use crate::passage;
use crate::truce::TruceKey;

/// What the makers of keys need besides the document and its ledger.
#[derive(Clone, Copy)]
pub struct KeyContext<'a> {
    /// The independent voice that the document belongs to; `None` where it is its own.
    pub voice: Option<&'a str>,
    /// The word tables.
    pub lexicon: &'a Lexicon,
    /// The side that an entity belongs to, as the user's codebook draws the sides.
    pub side_of: &'a dyn Fn(&Entity) -> Option<String>,
}

/// The event keys of a document, in the order of its events.
#[must_use]
pub fn keys(document: &Document, ledger: &Ledger, context: &KeyContext<'_>) -> Vec<EventKey> {
    let shared = document_key(document, context);
    let page = Page { document, ledger, context };
    ledger.events.iter().map(|event| page.event(event, &shared)).collect()
}

/// The truce keys of a document, in the order of its truce terms.
#[must_use]
pub fn truce_keys(document: &Document, ledger: &Ledger, context: &KeyContext<'_>) -> Vec<TruceKey> {
    let shared = document_key(document, context);
    let page = Page { document, ledger, context };
    let key = |term: &hearsay_ledger::TruceTerm| TruceKey {
        document: Arc::clone(&shared),
        term: term.id.0,
        kind: term.kind,
        by: page.entities(&term.by),
        with: page.entities(&term.with),
        effective: term.effective.as_deref().and_then(days::of_value),
        until: term.until.as_deref().and_then(days::of_value),
        source: page.source(term.source),
    };
    ledger.truce_terms.iter().map(key).collect()
}

fn document_key(document: &Document, context: &KeyContext<'_>) -> Arc<DocumentKey> {
    let whole = document.title.iter().map(String::as_str).chain([document.text.as_str()]).collect::<Vec<_>>().join("\n");
    let (words, names) = passage::of_document(&whole, context.lexicon);
    Arc::new(DocumentKey {
        id: document.id.clone(),
        published: document.published.map(days::number),
        publisher: document.publisher.clone(),
        voice: context.voice.unwrap_or(&document.id).to_owned(),
        words,
        names,
    })
}

/// A document with its ledger, for looking things up.
struct Page<'a> {
    document: &'a Document,
    ledger: &'a Ledger,
    context: &'a KeyContext<'a>,
}

impl Page<'_> {
    fn event(&self, event: &Event, shared: &Arc<DocumentKey>) -> EventKey {
        let lexicon = self.context.lexicon;
        let sentence = self.ledger.sentences.get(event.sentence).filter(|sentence| sentence.contains(event.trigger));
        let sentence = sentence.copied().unwrap_or(event.trigger);
        let trigger = event.trigger.start() - sentence.start()..event.trigger.end() - sentence.start(); // the sentence holds it
        let sketches = passage::of_sentence(self.text(sentence), &trigger, lexicon);
        EventKey {
            document: Arc::clone(shared),
            event: event.id.0,
            type_group: lexicon.type_group(&event.event_type),
            event_type: Some(event.event_type.clone()),
            mode: event.mode.clone(),
            trigger: passage::of_trigger(self.text(event.trigger), lexicon),
            days: self.days(event),
            place: event.place.and_then(|place| self.ledger.places.get(place.index())).map(place_key),
            actors: self.participants(&event.actors),
            recipients: self.participants(&event.recipients),
            losses: Losses { killed: event.killed, injured: event.injured, displaced: event.displaced },
            accounts: self.accounts(event),
            sentence: event.sentence as u32,
            words: sketches.words,
            names: sketches.names,
            near: sketches.near,
            told_as: self.ledger.incidents.iter().position(|incident| incident.events.contains(&event.id)).map(|at| at as u32),
        }
    }

    fn text(&self, span: Span) -> &str {
        span.of(&self.document.text).unwrap_or_default()
    }

    fn days(&self, event: &Event) -> Option<Days> {
        let time = self.ledger.times.get(event.time?.index())?;
        days::of_value(time.value.as_deref()?)
    }

    fn participants(&self, arguments: &[Argument]) -> Vec<Participant> {
        arguments.iter().map(|argument| self.participant(argument.entity, argument.span)).collect()
    }

    /// A participant by its entity, else by the words of its phrase.
    fn participant(&self, entity: Option<EntityId>, span: Span) -> Participant {
        let entity = entity.and_then(|id| self.ledger.entities.get(id.index()));
        entity.map_or_else(|| Participant::new(self.text(span), None, None, None), |entity| self.of_entity(entity))
    }

    fn of_entity(&self, entity: &Entity) -> Participant {
        Participant::new(&entity.name, entity.country.clone(), entity.sector.clone(), (self.context.side_of)(entity))
    }

    fn entities(&self, ids: &[EntityId]) -> Vec<Participant> {
        ids.iter().filter_map(|id| self.ledger.entities.get(id.index())).map(|entity| self.of_entity(entity)).collect()
    }

    fn source(&self, source: SourceRef) -> Source {
        match source {
            SourceRef::Narrator => Source::Narrator,
            SourceRef::Entity(id) => self.ledger.entities.get(id.index()).map_or(Source::Narrator, |entity| Source::Party(self.of_entity(entity))),
            SourceRef::Phrase(span) => Source::Party(Participant::new(self.text(span), None, None, None)),
        }
    }

    fn accounts(&self, event: &Event) -> Vec<AccountKey> {
        let of_event = self.ledger.accounts.iter().filter(|account| account.event == event.id);
        let name = |id: EntityId| self.ledger.entities.get(id.index()).map(|entity| entity.name.clone());
        of_event
            .map(|account| AccountKey {
                account: account.id.0,
                source: self.source(account.source),
                stance: account.stance,
                via: account.via.and_then(name),
            })
            .collect()
    }
}

fn place_key(place: &Place) -> PlaceKey {
    PlaceKey {
        name: place.name.clone(),
        coordinates: place.latitude.zip(place.longitude),
        radius: radius(place.precision),
        country: place.country.clone(),
        admin1: place.admin1.clone(),
    }
}

/// How far from its coordinates an event may have been, in kilometres: a village, a town and what it calls its own, a
/// division, a country of middling size.
fn radius(precision: Option<Precision>) -> f64 {
    match precision {
        Some(Precision::Exact) => 2.0,
        Some(Precision::City) | None => 10.0,
        Some(Precision::Near) => 25.0,
        Some(Precision::Admin1) => 100.0,
        Some(Precision::Country) => 500.0,
    }
}
