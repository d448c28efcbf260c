//! Any ledger written as JSON reads back as itself, on one line and on many.

#![allow(clippy::unwrap_used)]

use hearsay_formats::ledger_json::{from_json, line, pretty};
use hearsay_ledger::{
    Account, AccountId, Argument, Attribution, AttributionId, Date, Dispute, DisputeAbout, DisputeId, Document, Entity, EntityId, EntityType, Event,
    EventId, Incident, Ledger, Place, PlaceId, Precision, Quantity, SourceRef, Span, Stance, Time, TimeId, TimeType, TruceKind, TruceTerm,
    TruceTermId,
};
use proptest::prelude::*;

/// Makes valid records for `text` out of a row of numbers, so that proptest can shrink the numbers.
struct Dice<'t> {
    text: &'t str,
    throws: std::vec::IntoIter<u32>,
}

/// How many records each list of a made ledger has.
#[derive(Clone, Copy)]
struct Counts {
    sentences: usize,
    records: usize,
}

impl Dice<'_> {
    fn throw(&mut self, sides: usize) -> usize {
        self.throws.next().unwrap_or(0) as usize % sides
    }

    fn maybe<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Option<T> {
        (self.throw(2) == 1).then(|| make(self))
    }

    fn some<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.throw(3)).map(|_| make(self)).collect()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.throw(from.len())]
    }

    fn span(&mut self) -> Span {
        let bounds: Vec<usize> = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let start = self.throw(bounds.len() - 1);
        let end = start + 1 + self.throw(bounds.len() - 1 - start);
        Span::new(bounds[start], bounds[end]).unwrap()
    }

    fn word(&mut self) -> String {
        self.pick(&["", "Aleppo", "narrator", "\u{1b}[31m \"quoted\" \\ \u{2028}", "e1"]).to_owned()
    }

    fn quantity(&mut self) -> Quantity {
        Quantity { low: self.maybe(|dice| dice.throw(90) as u64), high: self.maybe(|_| u64::MAX) }
    }

    fn source(&mut self, counts: Counts) -> SourceRef {
        if self.throw(2) == 0 { SourceRef::Narrator } else { SourceRef::Entity(EntityId::at(self.throw(counts.records))) }
    }

    fn argument(&mut self, counts: Counts) -> Argument {
        Argument { span: self.span(), entity: self.maybe(|dice| EntityId::at(dice.throw(counts.records))) }
    }

    fn event(&mut self, index: usize, counts: Counts) -> Event {
        Event {
            id: EventId::at(index),
            event_type: self.word(),
            mode: self.maybe(Self::word),
            cameo: self.maybe(Self::word),
            trigger: self.span(),
            actors: self.some(|dice| dice.argument(counts)),
            recipients: self.some(|dice| dice.argument(counts)),
            place: self.maybe(|dice| PlaceId::at(dice.throw(counts.records))),
            time: self.maybe(|dice| TimeId::at(dice.throw(counts.records))),
            killed: self.maybe(Self::quantity),
            injured: self.maybe(Self::quantity),
            displaced: self.maybe(Self::quantity),
            sentence: self.throw(counts.sentences),
        }
    }

    fn place(&mut self, index: usize) -> Place {
        Place {
            id: PlaceId::at(index),
            span: self.span(),
            name: self.word(),
            latitude: self.maybe(|dice| dice.throw(usize::MAX) as f64 / 4_294_967_295.0 * 180.0 - 90.0),
            longitude: self.maybe(|dice| dice.throw(usize::MAX) as f64 / 7.0),
            country: self.maybe(Self::word),
            admin1: self.maybe(Self::word),
            gazetteer_id: self.maybe(Self::word),
            precision: self.maybe(|dice| dice.pick(Precision::ALL)),
        }
    }

    fn entity(&mut self, index: usize) -> Entity {
        Entity {
            id: EntityId::at(index),
            name: self.word(),
            entity_type: self.pick(EntityType::ALL),
            country: self.maybe(Self::word),
            sector: self.maybe(Self::word),
            mentions: self.some(Self::span),
        }
    }

    fn attribution(&mut self, index: usize, counts: Counts) -> Attribution {
        Attribution {
            id: AttributionId::at(index),
            source: self.some(Self::span),
            source_entity: self.maybe(|dice| EntityId::at(dice.throw(counts.records))),
            cue: self.some(Self::span),
            content: self.some(Self::span),
            quoted: self.throw(2) == 1,
            within: self.maybe(|dice| AttributionId::at(dice.throw(counts.records))),
        }
    }

    fn account(&mut self, index: usize, counts: Counts) -> Account {
        // A source without a name is its words, so the two stand together.
        let phrase = self.maybe(Self::span);
        Account {
            id: AccountId::at(index),
            event: EventId::at(self.throw(counts.records)),
            source: phrase.map_or_else(|| self.source(counts), SourceRef::Phrase),
            source_span: phrase.or_else(|| self.maybe(Self::span)),
            attribution: self.maybe(|dice| AttributionId::at(dice.throw(counts.records))),
            stance: self.pick(Stance::ALL),
            via: self.maybe(|dice| EntityId::at(dice.throw(counts.records))),
        }
    }

    fn truce_term(&mut self, index: usize, counts: Counts) -> TruceTerm {
        TruceTerm {
            id: TruceTermId::at(index),
            kind: self.pick(TruceKind::ALL),
            by: self.some(|dice| EntityId::at(dice.throw(counts.records))),
            with: self.some(|dice| EntityId::at(dice.throw(counts.records))),
            effective: self.maybe(Self::word),
            until: self.maybe(Self::word),
            conditions: self.some(Self::span),
            sentence: self.throw(counts.sentences),
            source: self.source(counts),
        }
    }

    fn ledger(&mut self) -> Ledger {
        let counts = Counts { sentences: 1 + self.throw(3), records: 1 + self.throw(3) };
        let all = 0..counts.records;
        Ledger {
            sentences: (0..counts.sentences).map(|_| self.span()).collect(),
            entities: all.clone().map(|index| self.entity(index)).collect(),
            places: all.clone().map(|index| self.place(index)).collect(),
            times: all.clone().map(|index| self.time(index)).collect(),
            attributions: all.clone().map(|index| self.attribution(index, counts)).collect(),
            events: all.clone().map(|index| self.event(index, counts)).collect(),
            accounts: all.clone().map(|index| self.account(index, counts)).collect(),
            disputes: all.clone().map(|index| self.dispute(index, counts)).collect(),
            truce_terms: all.map(|index| self.truce_term(index, counts)).collect(),
            incidents: self.some(|dice| Incident { events: dice.some(|dice| EventId::at(dice.throw(counts.records))) }),
        }
    }

    fn time(&mut self, index: usize) -> Time {
        let value = self.maybe(|dice| dice.pick(&["2016-02-15", "P3D", "é016-02-1", "2016-02"]).to_owned());
        Time { id: TimeId::at(index), span: self.span(), time_type: self.pick(TimeType::ALL), value }
    }

    fn dispute(&mut self, index: usize, counts: Counts) -> Dispute {
        let accounts = self.some(|dice| AccountId::at(dice.throw(counts.records)));
        Dispute { id: DisputeId::at(index), about: self.pick(DisputeAbout::ALL), accounts }
    }

    fn document(&mut self) -> Document {
        Document {
            id: self.word(),
            title: self.maybe(Self::word),
            publisher: self.maybe(Self::word),
            published: self.maybe(|dice| Date::constant(2016, 2, 1 + dice.throw(29) as i8)),
            url: self.maybe(Self::word),
            language: self.maybe(Self::word),
            text: self.text.to_owned(),
        }
    }
}

proptest! {
    #[test]
    fn a_written_ledger_reads_back_as_itself(text in "\\PC{1,30}", throws in prop::collection::vec(any::<u32>(), 0..300)) {
        let mut dice = Dice { text: &text, throws: throws.into_iter() };
        let document = dice.document();
        let ledger = dice.ledger();
        let on_one_line = line(&document, &ledger);
        prop_assert!(!on_one_line.contains('\n'));
        for json in [on_one_line, pretty(&document, &ledger)] {
            let (read_document, read_ledger) = from_json(&json).unwrap();
            prop_assert_eq!(&read_document, &document);
            prop_assert_eq!(&read_ledger, &ledger);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(json in "\\PC{0,60}") {
        let _ = from_json(&json);
    }
}
