//! A document and its ledger to the [`Rows`] by which they are found. What was coded is looked up, never decided anew;
//! which side somebody is on, the codebook knows, so the caller tells.

mod days;

pub use days::days;

use std::collections::BTreeSet;

use hearsay_ledger::{
    Account, AccountId, Argument, Dispute, Document, Entity, EntityId, Event, EventId, Ledger, Quantity, SourceRef, Span, TruceTerm,
};

use crate::review::{Shown, Struck};
use crate::rows::{
    AccountRow, ArgumentRole, AttributionRow, DisputeMemberRow, DisputeRow, EventRow, ParticipantRow, PartyRole, PartyRow, PlaceRow, Rows,
    SourceKind, TimeRow, TruceRow,
};

/// Name of the document's own voice.
const NARRATOR: &str = "narrator";

/// Which side of the conflict an entity is on, where sides are declared.
pub type SideOf<'a> = dyn Fn(&Entity) -> Option<String> + 'a;

/// Flattens what is shown of `document`; what reviewers struck is left out.
#[must_use]
pub fn flatten(document: &Document, shown: &Shown, side: &SideOf<'_>) -> Rows {
    let ledger = &shown.ledger;
    let flattener = Flattener { document, ledger, side };
    let accounts: Vec<&Account> = ledger.accounts.iter().filter(|account| is_shown(account, &shown.struck)).collect();
    let events = || ledger.events.iter().filter(|event| !shown.struck.events.contains(&event.id));
    let truce_terms = || ledger.truce_terms.iter().filter(|term| !shown.struck.truce_terms.contains(&term.id));
    let disputes = disputes(ledger, &accounts);
    let disputed: BTreeSet<EventId> = accounts.iter().filter(|it| disputes.iter().any(|(_, of)| of.contains(&it.id))).map(|it| it.event).collect();
    let members = |(dispute, of): &(&Dispute, BTreeSet<AccountId>)| -> Vec<DisputeMemberRow> {
        of.iter().map(|account| DisputeMemberRow { dispute: dispute.id.0, account: account.0 }).collect()
    };
    Rows {
        reviews: shown.standings.len() as u64,
        events: events().map(|event| flattener.event(event, disputed.contains(&event.id))).collect(),
        participants: events().flat_map(|event| flattener.participants(event)).collect(),
        accounts: accounts.iter().map(|account| flattener.account(account)).collect(),
        attributions: flattener.attributions(),
        places: flattener.places(),
        times: flattener.times(),
        truce_terms: truce_terms().map(|term| flattener.truce_term(term)).collect(),
        truce_parties: truce_terms().flat_map(|term| flattener.parties(term)).collect(),
        disputes: disputes.iter().map(|(dispute, _)| DisputeRow { ordinal: dispute.id.0, about: dispute.about }).collect(),
        dispute_members: disputes.iter().flat_map(members).collect(),
    }
}

/// An account of an event that was struck goes with it.
fn is_shown(account: &Account, struck: &Struck) -> bool {
    !struck.accounts.contains(&account.id) && !struck.events.contains(&account.event)
}

/// The disputes between at least two of the accounts, with those accounts.
fn disputes<'l>(ledger: &'l Ledger, accounts: &[&Account]) -> Vec<(&'l Dispute, BTreeSet<AccountId>)> {
    let shown: BTreeSet<AccountId> = accounts.iter().map(|account| account.id).collect();
    let with_accounts = |dispute: &'l Dispute| (dispute, dispute.accounts.iter().copied().filter(|id| shown.contains(id)).collect());
    ledger.disputes.iter().map(with_accounts).filter(|(_, accounts): &(_, BTreeSet<_>)| accounts.len() > 1).collect()
}

/// The name of a source as rows have it: that of the entity, the words of the text, or `narrator`.
pub(crate) fn source_name(document: &Document, ledger: &Ledger, source: SourceRef) -> String {
    Flattener { document, ledger, side: &|_| None }.source(source).1.name
}

struct Flattener<'a> {
    document: &'a Document,
    ledger: &'a Ledger,
    side: &'a SideOf<'a>,
}

/// Somebody, as rows name them.
#[derive(Default)]
struct Somebody {
    name: String,
    country: Option<String>,
    sector: Option<String>,
    side: Option<String>,
}

impl Flattener<'_> {
    fn event(&self, event: &Event, disputed: bool) -> EventRow {
        let place = event.place.and_then(|id| self.ledger.places.get(id.index()));
        let time_value = event.time.and_then(|id| self.ledger.times.get(id.index())).and_then(|time| time.value.clone());
        let covered = time_value.as_deref().and_then(days);
        let (sentence_start, sentence_end) = self.sentence(event.sentence);
        let [killed, injured, displaced] = [event.killed, event.injured, event.displaced].map(bounds);
        EventRow {
            ordinal: event.id.0,
            event_type: event.event_type.clone(),
            mode: event.mode.clone(),
            cameo: event.cameo.clone(),
            trigger_start: small(event.trigger.start()),
            trigger_end: small(event.trigger.end()),
            sentence: small(event.sentence),
            sentence_start,
            sentence_end,
            time_value,
            from_day: covered.map(|(first, _)| first),
            to_day: covered.map(|(_, last)| last),
            place_name: place.map(|place| place.name.clone()),
            latitude: place.and_then(|place| place.latitude),
            longitude: place.and_then(|place| place.longitude),
            place_country: place.and_then(|place| place.country.clone()),
            admin1: place.and_then(|place| place.admin1.clone()),
            gazetteer_id: place.and_then(|place| place.gazetteer_id.clone()),
            place_precision: place.and_then(|place| place.precision),
            killed_low: killed.0,
            killed_high: killed.1,
            injured_low: injured.0,
            injured_high: injured.1,
            displaced_low: displaced.0,
            displaced_high: displaced.1,
            disputed,
        }
    }

    fn participants(&self, event: &Event) -> Vec<ParticipantRow> {
        let of = |role: ArgumentRole, arguments: &[Argument]| -> Vec<ParticipantRow> {
            arguments.iter().enumerate().map(|(index, argument)| self.participant(event.id, role, index, argument)).collect()
        };
        let mut rows = of(ArgumentRole::Actor, &event.actors);
        rows.extend(of(ArgumentRole::Recipient, &event.recipients));
        rows
    }

    fn participant(&self, event: EventId, role: ArgumentRole, index: usize, argument: &Argument) -> ParticipantRow {
        let who = argument.entity.and_then(|id| self.entity(id)).unwrap_or_else(|| self.unnamed(argument.span));
        ParticipantRow {
            event: event.0,
            role,
            ordinal: small(index + 1),
            name: who.name,
            entity: argument.entity.map(|id| id.0),
            country: who.country,
            sector: who.sector,
            side: who.side,
        }
    }

    fn account(&self, account: &Account) -> AccountRow {
        let (source_kind, source) = self.source(account.source);
        AccountRow {
            ordinal: account.id.0,
            event: account.event.0,
            source_kind,
            source_name: source.name,
            source_country: source.country,
            source_sector: source.sector,
            source_side: source.side,
            stance: account.stance,
            attribution: account.attribution.map(|id| id.0),
            via: account.via.and_then(|id| self.entity(id)).map(|relay| relay.name),
        }
    }

    fn attributions(&self) -> Vec<AttributionRow> {
        let row = |attribution: &hearsay_ledger::Attribution| {
            let named = attribution.source_entity.and_then(|id| self.entity(id)).map(|source| source.name);
            let content = attribution.content.iter().copied().reduce(Span::cover);
            AttributionRow {
                ordinal: attribution.id.0,
                source_name: named.or_else(|| (!attribution.source.is_empty()).then(|| self.words(&attribution.source))),
                source_entity: attribution.source_entity.map(|id| id.0),
                cue: self.words(&attribution.cue),
                content_start: content.map_or(0, |span| small(span.start())),
                content_end: content.map_or(0, |span| small(span.end())),
                quoted: attribution.quoted,
                within_ordinal: attribution.within.map(|id| id.0),
            }
        };
        self.ledger.attributions.iter().map(row).collect()
    }

    fn places(&self) -> Vec<PlaceRow> {
        let row = |place: &hearsay_ledger::Place| PlaceRow {
            ordinal: place.id.0,
            span_start: small(place.span.start()),
            span_end: small(place.span.end()),
            name: place.name.clone(),
            latitude: place.latitude,
            longitude: place.longitude,
            country: place.country.clone(),
            admin1: place.admin1.clone(),
            gazetteer_id: place.gazetteer_id.clone(),
            place_precision: place.precision,
        };
        self.ledger.places.iter().map(row).collect()
    }

    fn times(&self) -> Vec<TimeRow> {
        let row = |time: &hearsay_ledger::Time| {
            let covered = time.value.as_deref().and_then(days);
            TimeRow {
                ordinal: time.id.0,
                span_start: small(time.span.start()),
                span_end: small(time.span.end()),
                time_type: time.time_type,
                time_value: time.value.clone(),
                from_day: covered.map(|(first, _)| first),
                to_day: covered.map(|(_, last)| last),
            }
        };
        self.ledger.times.iter().map(row).collect()
    }

    fn truce_term(&self, term: &TruceTerm) -> TruceRow {
        let (source_kind, source) = self.source(term.source);
        let (sentence_start, sentence_end) = self.sentence(term.sentence);
        TruceRow {
            ordinal: term.id.0,
            kind: term.kind,
            effective: term.effective.clone(),
            until: term.until.clone(),
            sentence: small(term.sentence),
            sentence_start,
            sentence_end,
            source_kind,
            source_name: source.name,
            source_country: source.country,
            source_sector: source.sector,
            source_side: source.side,
        }
    }

    fn parties(&self, term: &TruceTerm) -> Vec<PartyRow> {
        let mut rows = Vec::new();
        for (role, entities) in [(PartyRole::By, &term.by), (PartyRole::With, &term.with)] {
            for (index, id) in entities.iter().enumerate() {
                if let Some(Somebody { name, country, sector, side }) = self.entity(*id) {
                    rows.push(PartyRow { term: term.id.0, role, ordinal: small(index + 1), name, country, sector, side });
                }
            }
        }
        rows
    }

    fn entity(&self, id: EntityId) -> Option<Somebody> {
        let entity = self.ledger.entities.get(id.index())?;
        Some(Somebody { name: entity.name.clone(), country: entity.country.clone(), sector: entity.sector.clone(), side: (self.side)(entity) })
    }

    fn unnamed(&self, span: Span) -> Somebody {
        Somebody { name: self.words(&[span]), ..Somebody::default() }
    }

    fn source(&self, source: SourceRef) -> (SourceKind, Somebody) {
        match source {
            SourceRef::Narrator => (SourceKind::Narrator, Somebody { name: NARRATOR.to_owned(), ..Somebody::default() }),
            SourceRef::Entity(id) => (SourceKind::Entity, self.entity(id).unwrap_or_default()),
            SourceRef::Phrase(span) => (SourceKind::Phrase, self.unnamed(span)),
        }
    }

    fn sentence(&self, index: usize) -> (u32, u32) {
        self.ledger.sentences.get(index).map_or((0, 0), |span| (small(span.start()), small(span.end())))
    }

    /// The words under the spans with single spaces between them.
    fn words(&self, spans: &[Span]) -> String {
        let words = spans.iter().filter_map(|span| span.of(&self.document.text)).flat_map(str::split_whitespace);
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A position as rows hold it; no document comes near the limit.
fn small(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn bounds(quantity: Option<Quantity>) -> (Option<u64>, Option<u64>) {
    quantity.map_or((None, None), |quantity| (quantity.low, quantity.high))
}
