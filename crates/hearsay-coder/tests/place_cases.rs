//! The literate cases of places (`cases/places/*.md`): the places of each short text must be those that stand below it,
//! and lie within a quarter of a degree of where it says. `cases/README.md` tells how the lines are written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod common;

use hearsay_ledger::{Ledger, Place};

/// Fewest cases that there must be.
const FEWEST: usize = 40;

/// As far as a place may lie from where it is expected, in degrees.
const LEEWAY: f64 = 0.25;

/// A line for each place, then one for each event at a place.
fn describe(text: &str, ledger: &Ledger) -> String {
    let words = |place: &Place| format!("\"{}\"", place.span.of(text).unwrap());
    let places = ledger.places.iter().map(|place| {
        let Some((latitude, longitude)) = place.latitude.zip(place.longitude) else { return format!("{} unknown", words(place)) };
        let precision = place.precision.map_or("-", |precision| precision.as_str());
        format!("{} {} {precision} {latitude:.1} {longitude:.1}", words(place), place.country.as_deref().unwrap_or("-"))
    });
    let events = ledger.events.iter().filter_map(|event| {
        let place = ledger.places.get(event.place?.index())?;
        Some(format!("event \"{}\" at {}", event.trigger.of(text).unwrap(), words(place)))
    });
    places.chain(events).collect::<Vec<_>>().join("\n")
}

/// Whether both are the same lines, but for a little in the numbers. Events are only compared where some are expected.
fn same(found: &str, expected: &str) -> bool {
    let events = expected.lines().any(|line| line.starts_with("event "));
    let found: Vec<&str> = found.lines().filter(|line| events || !line.starts_with("event ")).collect();
    let alike = |a: &str, b: &str| {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        let near = |a: &str, b: &str| a.parse::<f64>().ok().zip(b.parse::<f64>().ok()).is_some_and(|(a, b)| (a - b).abs() <= LEEWAY);
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || near(a, b))
    };
    found.len() == expected.lines().count() && found.iter().zip(expected.lines()).all(|(a, b)| alike(a, b))
}

#[test]
fn every_case_is_read_as_it_should_be() {
    common::check(&common::cases("places"), |case, ledger| describe(&case.text, ledger), same);
}

#[test]
fn there_are_enough_cases() {
    assert!(common::cases("places").len() >= FEWEST, "only {} cases", common::cases("places").len());
}
