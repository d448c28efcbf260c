//! Made-up articles, each with the ledger a coder might make of it.

use hearsay_ledger::{
    Account, AccountId, Argument, Date, Dispute, DisputeAbout, DisputeId, Document, Entity, EntityId, EntityType, Event, EventId, Ledger, Place,
    PlaceId, Precision, Quantity, SourceRef, Span, Stance, Time, TimeId, TimeType, TruceKind, TruceTerm, TruceTermId,
};
use hearsay_store::{Addition, Capture, Likeness, NewReading, Progress, Review, Rows, apply, flatten};

use super::{stamp, versions};

/// What an article tells of: one strike on one town, which the army may deny.
#[derive(Clone, Debug)]
pub struct Strike<'a> {
    pub id: &'a str,
    pub publisher: &'a str,
    pub published: Option<&'a str>,
    pub town: &'a str,
    pub country: &'a str,
    pub at: Option<(f64, f64)>,
    pub day: Option<&'a str>,
    pub killed: u64,
    pub denied: bool,
}

impl Default for Strike<'_> {
    fn default() -> Self {
        Self {
            id: "a",
            publisher: "The Daily Example",
            published: Some("2016-02-11"),
            town: "Aleppo",
            country: "SYR",
            at: Some((36.2, 37.16)),
            day: Some("2016-02-10"),
            killed: 25,
            denied: true,
        }
    }
}

/// Where `words` stand in `text`.
pub fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len()).unwrap()
}

impl Strike<'_> {
    pub fn document(&self) -> Document {
        let day = self.day.unwrap_or("some day");
        let text = format!(
            "Rebels said that army jets bombed a hospital in {} on {day}, killing {}. The army denied it. Rebels proposed a truce from 2016-03-01.",
            self.town, self.killed
        );
        Document {
            id: self.id.to_owned(),
            title: Some(format!("Strike on {}", self.town)),
            publisher: Some(self.publisher.to_owned()),
            published: self.published.map(|day| day.parse().unwrap()),
            url: Some(format!("https://news.example/{}", self.id)),
            language: Some("en".to_owned()),
            text,
        }
    }

    pub fn ledger(&self) -> Ledger {
        let document = self.document();
        let text = document.text.as_str();
        let sentences: Vec<Span> = text.split_inclusive('.').map(|sentence| span(text, sentence.trim())).collect();
        let entity = |id, name: &str, sector: &str| Entity {
            id: EntityId(id),
            name: name.to_owned(),
            entity_type: EntityType::Organization,
            country: Some("SYR".to_owned()),
            sector: Some(sector.to_owned()),
            mentions: vec![span(text, name)],
        };
        let account = |id, source: EntityId, stance| Account {
            id: AccountId(id),
            event: EventId(1),
            source: SourceRef::Entity(source),
            source_span: None,
            attribution: None,
            stance,
            via: None,
        };
        let mut accounts = vec![account(1, EntityId(1), Stance::Asserts)];
        let mut disputes = Vec::new();
        if self.denied {
            accounts.push(account(2, EntityId(2), Stance::Denies));
            disputes.push(Dispute { id: DisputeId(1), about: DisputeAbout::Occurrence, accounts: vec![AccountId(1), AccountId(2)] });
        }
        let day = self.day.map(|day| Time { id: TimeId(1), span: span(text, day), time_type: TimeType::Date, value: Some(day.to_owned()) });
        Ledger {
            entities: vec![entity(1, "Rebels", "REB"), entity(2, "army", "MIL")],
            places: vec![self.place(text)],
            events: vec![Event {
                id: EventId(1),
                event_type: "ASSAULT".to_owned(),
                mode: Some("aerial".to_owned()),
                cameo: Some("195".to_owned()),
                trigger: span(text, "bombed"),
                actors: vec![Argument { span: span(text, "army jets"), entity: Some(EntityId(2)) }],
                recipients: vec![Argument { span: span(text, "a hospital"), entity: None }],
                place: Some(PlaceId(1)),
                time: day.as_ref().map(|time| time.id),
                killed: Some(Quantity { low: Some(self.killed), high: Some(self.killed) }),
                injured: Some(Quantity { low: Some(40), high: None }),
                displaced: None,
                sentence: 0,
            }],
            times: day.into_iter().collect(),
            accounts,
            disputes,
            truce_terms: vec![TruceTerm {
                id: TruceTermId(1),
                kind: TruceKind::Proposal,
                by: vec![EntityId(1)],
                with: vec![EntityId(2)],
                effective: Some("2016-03-01".to_owned()),
                until: None,
                conditions: Vec::new(),
                sentence: 2,
                source: SourceRef::Narrator,
            }],
            sentences,
            ..Ledger::default()
        }
    }

    fn place(&self, text: &str) -> Place {
        Place {
            id: PlaceId(1),
            span: span(text, self.town),
            name: self.town.to_owned(),
            latitude: self.at.map(|at| at.0),
            longitude: self.at.map(|at| at.1),
            country: Some(self.country.to_owned()),
            admin1: Some(format!("{} Governorate", self.town)),
            gazetteer_id: Some("170063".to_owned()),
            precision: Some(Precision::City),
        }
    }

    /// What is shown of it with these reviews.
    pub fn rows(&self, reviews: &[Review]) -> Rows {
        let side = |entity: &Entity| match entity.name.as_str() {
            "Rebels" => Some("Opposition".to_owned()),
            "army" => Some("Government".to_owned()),
            _ => None,
        };
        let document = self.document();
        flatten(&document, &apply(&document, self.ledger(), reviews), &side)
    }

    pub fn reading(&self, program: &str, reviews: &[Review]) -> NewReading {
        let ledger = format!("{{\"ledger of\": {:?}, \"by\": {program:?}}}", self.id);
        NewReading { versions: versions(program), made: stamp(5).when, ledger, rows: self.rows(reviews) }
    }
}

/// What is stored with an article, read by version 1.
pub fn addition<'a>(document: &'a Document, strike: &Strike<'_>, position: Option<&str>) -> Addition<'a> {
    Addition {
        document,
        capture: Capture { captured: stamp(1).when, raw: None, headers: vec![("etag".to_owned(), "\"5\"".to_owned())] },
        likeness: Likeness::default(),
        reading: Some(strike.reading("1", &[])),
        progress: position.map(|position| Progress { origin: "feed".to_owned(), position: position.to_owned() }),
    }
}

/// A day, as records and filters have it.
#[allow(clippy::unnecessary_wraps)]
pub fn day(written: &str) -> Option<Date> {
    Some(written.parse().unwrap())
}
