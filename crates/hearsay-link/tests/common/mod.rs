//! Event keys for tests: made by hand, and at random.

#![allow(dead_code)] // each test file uses a part

use std::sync::Arc;

use hearsay_ledger::{Quantity, Stance};
use hearsay_link::{AccountKey, Days, DocumentKey, EventKey, Lexicon, Losses, Participant, PlaceKey, Source, passage};
use proptest::prelude::*;

/// A document published on a day, by an outlet of the same name as its voice.
pub fn document(id: &str, published: i32, text: &str, lexicon: &Lexicon) -> Arc<DocumentKey> {
    let (words, names) = passage::of_document(text, lexicon);
    Arc::new(DocumentKey { id: id.into(), published: Some(published), publisher: Some(id.into()), voice: id.into(), words, names })
}

/// An air strike on a market in Aleppo, told by a document's own voice in this sentence, where `trigger` is the event word.
pub fn strike(document: &Arc<DocumentKey>, event: u32, sentence: &str, trigger: &str, lexicon: &Lexicon) -> EventKey {
    let at = sentence.find(trigger).unwrap_or(0);
    let sketches = passage::of_sentence(sentence, &(at..at + trigger.len()), lexicon);
    EventKey {
        document: Arc::clone(document),
        event,
        event_type: Some("ASSAULT".into()),
        type_group: lexicon.type_group("ASSAULT"),
        mode: Some("aerial".into()),
        trigger: passage::of_trigger(trigger, lexicon),
        days: Some(Days { first: 100, last: 100 }),
        place: Some(aleppo()),
        actors: vec![party("Russian jets", Some("government"))],
        recipients: vec![party("a market", None)],
        losses: Losses::default(),
        accounts: vec![AccountKey { account: event, source: Source::Narrator, stance: Stance::Asserts, via: None }],
        sentence: event,
        words: sketches.words,
        names: sketches.names,
        near: sketches.near,
        told_as: None,
    }
}

pub fn aleppo() -> PlaceKey {
    PlaceKey { name: "Aleppo".into(), coordinates: Some((36.2, 37.16)), radius: 10.0, country: Some("SYR".into()), admin1: Some("Aleppo".into()) }
}

pub fn party(name: &str, side: Option<&str>) -> Participant {
    Participant::new(name, None, None, side.map(Into::into))
}

#[allow(clippy::unnecessary_wraps)] // events hold an optional quantity
pub fn exactly(count: u64) -> Option<Quantity> {
    Some(Quantity { low: Some(count), high: Some(count) })
}

/// What a random event is made of: document, happening, trigger, and how exactly its day is told.
type Made = (u8, u8, u8, u8);

/// Random records of a few happenings in a few towns, told by a few documents; names are distinct.
pub fn records() -> impl Strategy<Value = Vec<EventKey>> {
    let lexicon = Lexicon::built_in();
    let text = |n: i32| format!("jets struck the market of town{} where people died", n % 5);
    let documents: Vec<Arc<DocumentKey>> = (0..12).map(|n| document(&format!("doc{n}"), 100 + n, &text(n), &lexicon)).collect();
    prop::collection::vec((0u8..12, 0u8..8, 0u8..4, 0u8..4), 0..60)
        .prop_map(move |made| made.into_iter().enumerate().map(|(n, made)| record(n as u32, made, &documents, &lexicon)).collect())
}

fn record(n: u32, (document, happening, trigger, precision): Made, documents: &[Arc<DocumentKey>], lexicon: &Lexicon) -> EventKey {
    let trigger = ["struck", "bombed", "attack", "strike"][usize::from(trigger)];
    let sentence = format!("Jets {trigger} the market of town{} near Place{happening}", happening % 5);
    let mut key = strike(&documents[usize::from(document)], n, &sentence, trigger, lexicon);
    let day = 98 + i32::from(happening);
    key.days = [None, Some(Days { first: day, last: day }), Some(Days { first: day, last: day + 1 }), Some(Days { first: 90, last: 120 })]
        [usize::from(precision)];
    let north = 33.0 + f64::from(happening / 2) * 0.3;
    key.place = (precision < 3).then(|| PlaceKey { coordinates: Some((north, 37.0)), ..aleppo() });
    key.losses.killed = exactly(u64::from(happening) + 2).filter(|_| precision % 2 == 0);
    key
}
