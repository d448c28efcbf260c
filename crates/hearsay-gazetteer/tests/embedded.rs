//! The gazetteer inside the program: it opens, soon, and knows what news names.
#![allow(clippy::unwrap_used)]

use hearsay_gazetteer::{Gazetteer, Kind, key};

/// Most bytes that it may take in the binary.
const LARGEST: usize = 12_000_000;

#[test]
fn it_is_small_enough_and_holds_enough() {
    let length = std::fs::metadata(concat!(env!("CARGO_MANIFEST_DIR"), "/../../gazetteer/hearsay.gaz")).unwrap().len();
    assert!(length < LARGEST as u64, "{length} bytes");
    let gazetteer = Gazetteer::embedded().unwrap();
    assert!(gazetteer.places() > 180_000 && gazetteer.names() > 380_000, "{} {}", gazetteer.places(), gazetteer.names());
}

#[test]
fn it_knows_what_news_names() {
    let gazetteer = Gazetteer::embedded().unwrap();
    for (name, country, kind) in [
        ("Aleppo", "SYR", Kind::Seat),
        ("Halab", "SYR", Kind::Seat),
        ("East Ghouta", "SYR", Kind::Region),
        ("Kyiv", "UKR", Kind::Capital),
        ("Kiev", "UKR", Kind::Capital),
        ("Donbass", "UKR", Kind::Region),
        ("Gaza Strip", "PSE", Kind::Admin1),
        ("Borno", "NGA", Kind::Admin1),
        ("U.S.", "USA", Kind::Country),
        ("Burma", "MMR", Kind::Country),
        ("Rapides Parish", "USA", Kind::Admin2),
        ("Al-Fashir", "SDN", Kind::Seat),
    ] {
        let records = gazetteer.named(&key(name)).into_iter().filter_map(|named| gazetteer.record(named.record));
        let found: Vec<(Option<&str>, Kind)> = records.map(|r| (r.country().and_then(|country| gazetteer.country_code(country)), r.kind)).collect();
        assert!(found.contains(&(Some(country), kind)), "{name}: {found:?}");
    }
}

#[test]
fn every_country_has_a_point_and_a_code() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let codes: Vec<&str> = (0..250).filter_map(|n| gazetteer.country_code(n)).collect();
    assert!(codes.len() > 240, "{}", codes.len());
    for code in codes {
        assert!(
            gazetteer.country_of(code).and_then(|country| gazetteer.country_record(country)).is_some() || code == "ANT" || code == "SCG",
            "{code}"
        );
    }
}
