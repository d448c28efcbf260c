//! How the ledger looks as JSON, and what the reader says of JSON that is no ledger.

#![allow(clippy::unwrap_used)]

use hearsay_formats::ledger_json::{LedgerJsonError, from_json, line, pretty};
use hearsay_ledger::{
    Account, AccountId, Argument, Attribution, AttributionId, Date, Dispute, DisputeAbout, DisputeId, Document, Entity, EntityId, EntityType, Event,
    EventId, Incident, Ledger, Place, PlaceId, Precision, Quantity, SourceRef, Span, Stance, Time, TimeId, TimeType, TruceKind, TruceTerm,
    TruceTermId,
};

const TEXT: &str = "Northland said a strike on Elmford killed at least 20. Southland denied the strike on Monday.";

fn span(phrase: &str) -> Span {
    let start = TEXT.find(phrase).unwrap();
    Span::new(start, start + phrase.len()).unwrap()
}

fn document() -> Document {
    Document {
        id: "d1".to_owned(),
        title: None,
        publisher: Some("Example Wire".to_owned()),
        published: Some(Date::constant(2016, 2, 16)),
        url: None,
        language: Some("en".to_owned()),
        text: TEXT.to_owned(),
    }
}

fn entity(index: usize, name: &str) -> Entity {
    let mentions = vec![span(name)];
    Entity { id: EntityId::at(index), name: name.to_owned(), entity_type: EntityType::Organization, country: None, sector: None, mentions }
}

fn event(index: usize, trigger: &str, low: u64, sentence: usize) -> Event {
    Event {
        id: EventId::at(index),
        event_type: "ASSAULT".to_owned(),
        mode: Some("aerial".to_owned()),
        cameo: None,
        trigger: span(trigger),
        actors: vec![Argument { span: span("Southland"), entity: Some(EntityId::at(1)) }],
        recipients: vec![],
        place: Some(PlaceId::at(0)),
        time: Some(TimeId::at(0)),
        killed: Some(Quantity { low: Some(low), high: None }),
        injured: None,
        displaced: None,
        sentence,
    }
}

fn account(index: usize, event: usize, stance: Stance, source: SourceRef) -> Account {
    Account { id: AccountId::at(index), event: EventId::at(event), source, source_span: None, attribution: None, stance, via: None }
}

fn ledger() -> Ledger {
    Ledger {
        sentences: vec![span("Northland said a strike on Elmford killed at least 20."), span("Southland denied the strike on Monday.")],
        entities: vec![entity(0, "Northland"), entity(1, "Southland")],
        places: vec![Place {
            id: PlaceId::at(0),
            span: span("Elmford"),
            name: "Elmford".to_owned(),
            latitude: Some(36.2),
            longitude: Some(37.16),
            country: None,
            admin1: None,
            gazetteer_id: None,
            precision: Some(Precision::City),
        }],
        times: vec![Time { id: TimeId::at(0), span: span("Monday"), time_type: TimeType::Date, value: Some("2016-02-15".to_owned()) }],
        attributions: vec![Attribution {
            id: AttributionId::at(0),
            source: vec![span("Northland")],
            source_entity: Some(EntityId::at(0)),
            cue: vec![span("said")],
            content: vec![span("a strike on Elmford killed at least 20")],
            quoted: false,
            within: None,
        }],
        events: vec![event(0, "a strike", 20, 0), event(1, "the strike", 18, 1)],
        accounts: vec![
            account(0, 0, Stance::Asserts, SourceRef::Entity(EntityId::at(0))),
            account(1, 1, Stance::Denies, SourceRef::Entity(EntityId::at(1))),
        ],
        disputes: vec![Dispute { id: DisputeId::at(0), about: DisputeAbout::Occurrence, accounts: vec![AccountId::at(0), AccountId::at(1)] }],
        truce_terms: vec![TruceTerm {
            id: TruceTermId::at(0),
            kind: TruceKind::Appeal,
            by: vec![EntityId::at(0)],
            with: vec![],
            effective: None,
            until: None,
            conditions: vec![],
            sentence: 0,
            source: SourceRef::Narrator,
        }],
        incidents: vec![Incident { events: vec![EventId::at(0), EventId::at(1)] }],
    }
}

#[test]
fn every_field_stands_in_its_place_one_record_a_line() {
    insta::assert_snapshot!(pretty(&document(), &ledger()));
}

#[test]
fn an_empty_ledger_has_every_field_too() {
    insta::assert_snapshot!(pretty(&document(), &Ledger::default()));
}

/// The error that reading the ledger gives after `from` became `to` in its JSON.
fn error(from: &str, to: &str) -> LedgerJsonError {
    let json = line(&document(), &ledger());
    assert!(json.contains(from), "{from} is not in {json}");
    from_json(&json.replacen(from, to, 1)).unwrap_err()
}

#[test]
fn what_breaks_the_format_is_named() {
    let cases = [
        (r#""places":["#, r#""place":["#, "not a ledger in JSON: missing field `places` at line 1 column"),
        ("hearsay-ledger/1", "hearsay-ledger/9", r#"the format is "hearsay-ledger/9", this program reads "hearsay-ledger/1""#),
        ("2016-02-16", "16 February", r#"document: published "16 February" is not a day in the form YYYY-MM-DD"#),
        ("Northland said", "Northland told", "document: the digest does not belong to the text"),
        (r#""span":[27,34]"#, r#""span":[27,27]"#, "p1: [27, 27) is not a span of the text"),
        (r#""span":[27,34]"#, r#""span":[27,9999]"#, "p1: [27, 9999) is not a span of the text"),
        (r#"{"id":"e2""#, r#"{"id":"e3""#, r#""e3" stands where e2 should"#),
        (r#""event":"v2""#, r#""event":"v3""#, r#"c2: "v3" is not an event of this ledger"#),
        (r#""place":"p1""#, r#""place":"t1""#, r#"v1: "t1" is not a place of this ledger"#),
        (r#""sentence":1"#, r#""sentence":2"#, r#"v2: "2" is not a sentence of this ledger"#),
        ("denies", "refutes", r#"c2: there is no stance "refutes""#),
    ];
    for (from, to, expected) in cases {
        let message = error(from, to).to_string();
        assert!(message.starts_with(expected), "{from} → {to}: {message}");
    }
}

#[test]
fn a_field_that_may_be_null_may_be_missing() {
    let json = line(&document(), &ledger()).replacen(r#""url":null,"#, "", 1);
    assert_eq!(from_json(&json).unwrap(), (document(), ledger()));
}
