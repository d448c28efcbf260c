//! Readings and the rows that are shown.

use hearsay_store::{Filter, Paging, Store};

use crate::common::articles::{Strike, addition};
use crate::common::{stamp, versions};

pub async fn rows_read_back(store: &dyn Store) {
    let strike = Strike::default();
    let document = strike.document();
    store.add(&addition(&document, &strike, None), &stamp(1)).await.unwrap();
    let rows = store.rows("a").await.unwrap();
    assert_eq!(rows, strike.rows(&[]));
    assert_eq!((rows.events.len(), rows.participants.len(), rows.accounts.len(), rows.truce_parties.len()), (1, 2, 2, 2));
    assert_eq!(store.ledger("a", None).await.unwrap(), Some(strike.reading("1", &[]).ledger));
}

pub async fn every_reading_stays(store: &dyn Store) {
    let strike = Strike::default();
    let document = strike.document();
    store.add(&addition(&document, &strike, None), &stamp(1)).await.unwrap();
    let newer = Strike { denied: false, ..Strike::default() };
    store.read_again("a", &newer.reading("2", &[]), &stamp(2)).await.unwrap();

    let readings = store.readings("a").await.unwrap();
    let told: Vec<_> = readings.iter().map(|reading| (reading.versions.clone(), reading.current)).collect();
    assert_eq!(told, [(versions("1"), false), (versions("2"), true)]);
    assert_eq!(store.ledger("a", Some(readings[0].number)).await.unwrap(), Some(strike.reading("1", &[]).ledger));
    assert_eq!(store.ledger("a", None).await.unwrap(), Some(newer.reading("2", &[]).ledger));
    assert_eq!(store.rows("a").await.unwrap(), newer.rows(&[]));
    assert_eq!(store.status().await.unwrap().versions, [(versions("2"), 1)]);
    assert!(store.read_again("b", &newer.reading("2", &[]), &stamp(2)).await.is_err());
}

pub async fn the_same_reading_again_is_none(store: &dyn Store) {
    let strike = Strike::default();
    let document = strike.document();
    store.add(&addition(&document, &strike, None), &stamp(1)).await.unwrap();
    let entries = store.audit(0, 100).await.unwrap();
    store.read_again("a", &strike.reading("1", &[]), &stamp(2)).await.unwrap();
    assert_eq!(store.readings("a").await.unwrap().len(), 1);
    assert_eq!(store.audit(0, 100).await.unwrap(), entries);
}

pub async fn long_ledgers_fit(store: &dyn Store) {
    let strike = Strike::default();
    let document = strike.document();
    let mut addition = addition(&document, &strike, None);
    let reading = addition.reading.as_mut().unwrap();
    let event = reading.rows.events[0].clone();
    reading.rows.events = (1..=777).map(|ordinal| hearsay_store::EventRow { ordinal, ..event.clone() }).collect();
    reading.ledger = "x".repeat(3_000_000);
    store.add(&addition, &stamp(1)).await.unwrap();
    assert_eq!(store.rows("a").await.unwrap().events.len(), 777);
    assert_eq!(store.ledger("a", None).await.unwrap().unwrap().len(), 3_000_000);
    let page = store.events(&Filter::default(), &Paging::first(10_000)).await.unwrap();
    assert_eq!((page.records.len(), page.next), (777, None));
}
