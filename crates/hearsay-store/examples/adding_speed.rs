//! How fast documents are added: `cargo run --release -p hearsay-store --example adding_speed -- LOCATION [COUNT]`, where
//! LOCATION is a new SQLite file or an empty PostgreSQL database. Each document is of the length of a long news article,
//! with as many records as the coder finds in one; the time is the store's alone.
#![allow(clippy::doc_markdown, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::env;
use std::time::Instant;

use hearsay_store::{AttributionRow, BlockingDesk, Filter, Paging, PlaceRow, Rows, TimeRow};

use common::articles::{Strike, addition};
use common::stamp;

/// Events of one document.
const EVENTS: u32 = 30;

fn main() {
    let mut arguments = env::args().skip(1);
    let location = arguments.next().expect("the name of a new file, or the address of an empty database");
    let count: u64 = arguments.next().map_or(200, |count| count.parse().expect("a number of documents"));
    let (desk, stamp) = (BlockingDesk::create(&location, &stamp(0)).unwrap(), stamp(1));
    let begun = Instant::now();
    for number in 0..count {
        let id = format!("d{number}");
        let strike = Strike { id: &id, killed: number, ..Strike::default() };
        let mut document = strike.document();
        document.text = format!("{} {}", document.text, "The envoy spoke of the talks in Geneva and of the convoy. ".repeat(80));
        let raw = document.text.repeat(4).into_bytes();
        let mut addition = addition(&document, &strike, Some(&id));
        addition.capture.raw = Some(&raw);
        let reading = addition.reading.as_mut().unwrap();
        reading.rows = many(&reading.rows);
        reading.ledger = format!("{:?}", reading.rows);
        desk.ask(|store| store.add(&addition, &stamp)).unwrap();
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{count} documents added in {seconds:.1} s: {:.1} a second", count as f64 / seconds);
    let begun = Instant::now();
    let (paging, filter) =
        (Paging::first(50), Filter { place: Some("Aleppo".to_owned()), disputed: true, text: Some("convoy".to_owned()), ..Filter::default() });
    let page = desk.ask(|store| store.events(&filter, &paging)).unwrap();
    println!("a page of {} of {} events: {:.0} ms", page.records.len(), count * u64::from(EVENTS), begun.elapsed().as_secs_f64() * 1000.0);
}

/// As many records as a long article gives.
fn many(one: &Rows) -> Rows {
    let mut rows = one.clone();
    let numbered = |count: u32| 1..=count;
    rows.events = numbered(EVENTS).map(|ordinal| hearsay_store::EventRow { ordinal, ..one.events[0].clone() }).collect();
    rows.participants.clear();
    rows.accounts.clear();
    for event in numbered(EVENTS) {
        rows.participants.extend(one.participants.iter().map(|row| hearsay_store::ParticipantRow { event, ..row.clone() }));
        rows.accounts.push(hearsay_store::AccountRow { ordinal: event, event, ..one.accounts[0].clone() });
    }
    rows.accounts.push(hearsay_store::AccountRow { ordinal: EVENTS + 1, ..one.accounts[1].clone() });
    rows.attributions = numbered(EVENTS).map(attribution).collect();
    rows.places = numbered(EVENTS).map(|ordinal| PlaceRow { ordinal, ..one.places[0].clone() }).collect();
    rows.times = numbered(EVENTS).map(|ordinal| TimeRow { ordinal, ..one.times[0].clone() }).collect();
    rows
}

fn attribution(ordinal: u32) -> AttributionRow {
    AttributionRow {
        ordinal,
        source_name: Some("Rebels".to_owned()),
        source_entity: Some(1),
        cue: "said".to_owned(),
        content_start: 10,
        content_end: 60,
        quoted: false,
        within_ordinal: None,
    }
}
