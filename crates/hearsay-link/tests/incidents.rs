//! What the incidents of a handful of reports tell.

#![allow(clippy::unwrap_used)]

mod common;

use common::{document, exactly, party, strike};
use hearsay_ledger::{DisputeAbout, Quantity, Stance};
use hearsay_link::{AccountKey, Days, EventKey, Incident, Lexicon, Limits, Linker, LossRange, PlaceKey, Source, Weights};

/// Five reports of two strikes: four of one on Aleppo, one of another two weeks later in Idlib.
fn reports() -> Vec<EventKey> {
    let lexicon = Lexicon::built_in();
    let told = [
        ("agency", 101, "Warplanes struck a crowded market in Aleppo on Wednesday, killing eight", "struck", Some(8)),
        ("ministry", 101, "The air strike on the market in Aleppo never took place", "strike", None),
        ("agency2", 103, "The toll of the air strike on the Aleppo market has risen to 23", "strike", Some(23)),
        ("daily", 102, "Rescuers counted nine dead where planes had bombed the market of Aleppo", "bombed", Some(9)),
        ("later", 115, "Shells hit a school in Idlib on Tuesday", "hit", Some(3)),
    ];
    let mut keys: Vec<EventKey> = told
        .into_iter()
        .map(|(id, published, text, trigger, killed)| {
            let shared = document(id, published, text, &lexicon);
            let mut key = strike(&shared, 1, text, trigger, &lexicon);
            key.losses.killed = killed.and_then(exactly);
            key
        })
        .collect();
    keys[1].accounts.push(AccountKey { account: 2, source: Source::Party(party("Ministry", Some("government"))), stance: Stance::Denies, via: None });
    let second = std::sync::Arc::make_mut(&mut keys[2].document);
    second.publisher = Some("agency".into());
    keys[4].days = Some(Days { first: 114, last: 114 });
    keys[4].place = Some(PlaceKey { name: "Idlib".into(), coordinates: Some((35.93, 36.63)), ..common::aleppo() });
    keys
}

fn incidents(keys: Vec<EventKey>) -> Vec<Incident> {
    let mut linker = Linker::new(Weights::built_in(), Limits::default());
    linker.add(keys);
    linker.groups().iter().map(|group| Incident::of(group).unwrap()).collect()
}

#[test]
fn reports_of_one_strike_are_one_incident() {
    let found = incidents(reports());
    assert_eq!(found.iter().map(|incident| incident.events.len()).collect::<Vec<_>>(), [4, 1]);
    let strike = &found[0];
    assert_eq!((strike.event_type.as_deref(), strike.voices), (Some("ASSAULT"), 4));
    assert_eq!(strike.reported, Some(Days { first: 101, last: 103 }));
    assert_eq!(strike.place.as_ref().unwrap().name, "Aleppo");
}

#[test]
fn losses_know_their_sources_and_their_history() {
    let found = incidents(reports());
    let killed = &found[0].losses.killed;
    assert_eq!(killed.figures.iter().map(|figure| figure.quantity.low.unwrap()).collect::<Vec<_>>(), [8, 9, 23]);
    let revisions = killed.revisions();
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].figures.iter().map(|figure| figure.quantity.low.unwrap()).collect::<Vec<_>>(), [8, 23]);
    // The agency's 8 is no longer held, so the lowest is the daily's.
    assert_eq!(killed.lowest(), Some(9));
    assert_eq!(killed.range(), Some(LossRange { low: 9, best: 23, high: 23 }));
}

#[test]
fn copies_of_one_agency_text_are_one_voice() {
    let mut keys = reports();
    for key in &mut keys {
        std::sync::Arc::make_mut(&mut key.document).voice = "agency".into();
    }
    assert_eq!(incidents(keys)[0].voices, 1);
}

#[test]
fn a_denial_in_another_report_is_a_dispute() {
    let found = incidents(reports());
    let dispute = found[0].disputes.iter().find(|dispute| dispute.about == DisputeAbout::Occurrence).unwrap();
    assert!(dispute.accounts.iter().any(|account| account.document == "ministry" && account.account == 2));
    assert!(found[0].accounts.iter().any(|account| account.stance == Stance::Denies && account.voices == 1));
}

#[test]
fn figures_that_exclude_one_another_on_one_day_are_a_dispute_and_a_rising_toll_is_none() {
    let mut keys = reports();
    let about = |keys: Vec<EventKey>| incidents(keys)[0].disputes.iter().map(|dispute| dispute.about).collect::<Vec<_>>();
    assert!(!about(keys.clone()).contains(&DisputeAbout::Losses));
    std::sync::Arc::make_mut(&mut keys[3].document).published = Some(103);
    assert!(about(keys.clone()).contains(&DisputeAbout::Losses));
    keys[3].losses.killed = Some(Quantity { low: Some(9), high: None });
    assert!(!about(keys).contains(&DisputeAbout::Losses));
}

#[test]
fn blame_on_another_side_is_a_dispute() {
    let mut keys = reports();
    keys[3].actors = vec![party("rebels", Some("opposition"))];
    keys[3].accounts[0].source = Source::Party(party("State television", Some("government")));
    let disputes = incidents(keys)[0].disputes.clone();
    assert!(disputes.iter().any(|dispute| dispute.about == DisputeAbout::Actor));
}
