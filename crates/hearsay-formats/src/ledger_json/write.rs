//! From the core's records to their wire form.

use hearsay_ledger as record;
use hearsay_ledger::{Date, EventId};

use super::{FORMAT, wire};

/// How the document's own voice is written where a source is named.
pub(super) const NARRATOR: &str = "narrator";

impl wire::Ledger {
    /// The wire form of `ledger`, the records found in `document`.
    #[must_use]
    pub fn new(document: &record::Document, ledger: &record::Ledger) -> Self {
        Self {
            format: FORMAT.to_owned(),
            document: document_form(document),
            sentences: spans(&ledger.sentences),
            entities: ledger.entities.iter().map(entity).collect(),
            places: ledger.places.iter().map(place).collect(),
            times: ledger.times.iter().map(time).collect(),
            attributions: ledger.attributions.iter().map(attribution).collect(),
            events: ledger.events.iter().map(event).collect(),
            accounts: ledger.accounts.iter().map(|it| account(document, it)).collect(),
            disputes: ledger.disputes.iter().map(dispute).collect(),
            truce_terms: ledger.truce_terms.iter().map(|it| truce_term(document, it)).collect(),
            incidents: ledger.incidents.iter().enumerate().map(|(index, it)| incident(ledger, index, it)).collect(),
        }
    }
}

fn document_form(it: &record::Document) -> wire::Document {
    wire::Document {
        id: it.id.clone(),
        title: it.title.clone(),
        publisher: it.publisher.clone(),
        published: it.published.map(|day| day.to_string()),
        url: it.url.clone(),
        language: it.language.clone(),
        text: it.text.clone(),
        digest: Some(it.digest()),
    }
}

fn entity(it: &record::Entity) -> wire::Entity {
    wire::Entity {
        id: it.id.to_string(),
        name: it.name.clone(),
        entity_type: it.entity_type.as_str().to_owned(),
        country: it.country.clone(),
        sector: it.sector.clone(),
        mentions: spans(&it.mentions),
    }
}

fn place(it: &record::Place) -> wire::Place {
    wire::Place {
        id: it.id.to_string(),
        span: span(it.span),
        name: it.name.clone(),
        latitude: it.latitude,
        longitude: it.longitude,
        country: it.country.clone(),
        admin1: it.admin1.clone(),
        gazetteer_id: it.gazetteer_id.clone(),
        precision: it.precision.map(|precision| precision.as_str().to_owned()),
    }
}

fn time(it: &record::Time) -> wire::Time {
    wire::Time { id: it.id.to_string(), span: span(it.span), time_type: it.time_type.as_str().to_owned(), value: it.value.clone() }
}

fn attribution(it: &record::Attribution) -> wire::Attribution {
    wire::Attribution {
        id: it.id.to_string(),
        source: spans(&it.source),
        source_entity: name(it.source_entity),
        cue: spans(&it.cue),
        content: spans(&it.content),
        quoted: it.quoted,
        within: name(it.within),
    }
}

fn event(it: &record::Event) -> wire::Event {
    wire::Event {
        id: it.id.to_string(),
        event_type: it.event_type.clone(),
        mode: it.mode.clone(),
        cameo: it.cameo.clone(),
        trigger: span(it.trigger),
        actors: it.actors.iter().map(argument).collect(),
        recipients: it.recipients.iter().map(argument).collect(),
        place: name(it.place),
        time: name(it.time),
        killed: it.killed.map(quantity),
        injured: it.injured.map(quantity),
        displaced: it.displaced.map(quantity),
        sentence: it.sentence,
    }
}

fn argument(it: &record::Argument) -> wire::Argument {
    wire::Argument { span: span(it.span), entity: name(it.entity) }
}

fn quantity(it: record::Quantity) -> wire::Quantity {
    wire::Quantity { low: it.low, high: it.high }
}

fn account(document: &record::Document, it: &record::Account) -> wire::Account {
    wire::Account {
        id: it.id.to_string(),
        event: it.event.to_string(),
        source: source(document, it.source),
        source_span: it.source_span.map(span),
        attribution: name(it.attribution),
        stance: it.stance.as_str().to_owned(),
        via: name(it.via),
    }
}

fn dispute(it: &record::Dispute) -> wire::Dispute {
    wire::Dispute { id: it.id.to_string(), about: it.about.as_str().to_owned(), accounts: names(&it.accounts) }
}

fn truce_term(document: &record::Document, it: &record::TruceTerm) -> wire::TruceTerm {
    wire::TruceTerm {
        id: it.id.to_string(),
        kind: it.kind.as_str().to_owned(),
        by: names(&it.by),
        with: names(&it.with),
        effective: it.effective.clone(),
        until: it.until.clone(),
        conditions: spans(&it.conditions),
        sentence: it.sentence,
        source: source(document, it.source),
    }
}

fn incident(ledger: &record::Ledger, index: usize, it: &record::Incident) -> wire::Incident {
    let events: Vec<&record::Event> = it.events.iter().filter_map(|id| ledger.events.get(id.index())).collect();
    let mut days: Vec<Date> = events.iter().filter_map(|event| day(ledger, event)).collect();
    days.sort_unstable();
    wire::Incident {
        id: format!("i{}", index + 1),
        event_type: events.first().map(|event| event.event_type.clone()),
        events: names(&it.events),
        place: name(events.iter().find_map(|event| event.place)),
        from: days.first().map(Date::to_string),
        to: days.last().map(Date::to_string),
        killed: range(events.iter().filter_map(|event| event.killed)),
        disputes: ledger.disputes.iter().filter(|dispute| concerns(ledger, dispute, &it.events)).map(|dispute| dispute.id.to_string()).collect(),
    }
}

/// The day of an event, where its TIMEX3 value names one.
fn day(ledger: &record::Ledger, event: &record::Event) -> Option<Date> {
    let value = ledger.times.get(event.time?.index())?.value.as_deref()?;
    value.get(.."YYYY-MM-DD".len())?.parse().ok()
}

fn range(numbers: impl Iterator<Item = record::Quantity>) -> Option<wire::Quantity> {
    let numbers: Vec<record::Quantity> = numbers.collect();
    let range =
        wire::Quantity { low: numbers.iter().filter_map(|number| number.low).min(), high: numbers.iter().filter_map(|number| number.high).max() };
    (!numbers.is_empty()).then_some(range)
}

fn concerns(ledger: &record::Ledger, dispute: &record::Dispute, events: &[EventId]) -> bool {
    dispute.accounts.iter().filter_map(|id| ledger.accounts.get(id.index())).any(|account| events.contains(&account.event))
}

fn span(it: record::Span) -> wire::Span {
    [it.start(), it.end()]
}

fn spans(list: &[record::Span]) -> Vec<wire::Span> {
    list.iter().copied().map(span).collect()
}

fn name<Id: ToString>(id: Option<Id>) -> Option<String> {
    id.map(|id| id.to_string())
}

fn names<Id: ToString>(ids: &[Id]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn source(document: &record::Document, it: record::SourceRef) -> String {
    match it {
        record::SourceRef::Narrator => NARRATOR.to_owned(),
        record::SourceRef::Entity(id) => id.to_string(),
        record::SourceRef::Phrase(span) => phrase(&document.text, span),
    }
}

/// The words of a span with single spaces between them.
pub(super) fn phrase(text: &str, span: record::Span) -> String {
    span.of(text).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}
