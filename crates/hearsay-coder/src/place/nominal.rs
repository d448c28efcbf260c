//! Places that a noun stands for: "the city" is the town named last before it, "the province" the division, "the
//! capital" that of the country which the text is about.

use std::collections::{BTreeMap, BTreeSet};

use hearsay_gazetteer::{Gazetteer, Kind, Record};
use hearsay_ledger::{Place, Span};

use super::{Located, settle as fill_in};
use crate::evidence::PlaceEvidence;
use crate::page::Page;

/// What a noun may stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noun {
    Settlement,
    Admin1,
    Admin2,
    Country,
    Capital,
}

/// Fills in the places that are no toponyms but nouns for a place that was named.
pub(super) fn settle(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    toponyms: &BTreeSet<Span>,
    located: &[Located],
    places: &mut [Place],
    evidence: &mut BTreeMap<Span, PlaceEvidence>,
) {
    for place in places.iter_mut().filter(|place| !toponyms.contains(&place.span)) {
        let Some(noun) = noun(page, place.span) else { continue };
        let before = located.iter().rev().filter(|other| other.span.end() <= place.span.start());
        let found: Option<(Record, Option<usize>)> = match noun {
            Noun::Capital => capital(gazetteer, located, place.span).map(|record| (record, None)),
            noun => before.clone().find(|other| stands_for(noun, &other.record)).map(|other| (other.record, other.place)),
        };
        if let Some((record, _)) = found {
            fill_in(place, &record, gazetteer);
            let radius_km = (record.extent_km > 0.0).then_some(record.extent_km);
            evidence.insert(
                place.span,
                PlaceEvidence { place: place.id, kind: Some(record.kind), candidates: 1, probability: 1.0, radius_km, from: None },
            );
        }
    }
}

/// The kind of place that a phrase such as "the city" stands for.
fn noun(page: &Page<'_>, span: Span) -> Option<Noun> {
    let phrase = page.phrase(span).to_lowercase();
    let noun = ["the ", "this ", "that "].iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(&phrase);
    let lists = &page.codebook.place;
    let one_of = |words: &[String]| words.iter().any(|word| word == noun);
    match noun {
        "capital" | "capital city" => Some(Noun::Capital),
        "country" | "nation" => Some(Noun::Country),
        _ if one_of(&lists.settlement) => Some(Noun::Settlement),
        _ if one_of(&lists.admin1) => Some(Noun::Admin1),
        _ if one_of(&lists.admin2) => Some(Noun::Admin2),
        _ => None,
    }
}

fn stands_for(noun: Noun, record: &Record) -> bool {
    match noun {
        Noun::Settlement => record.kind.is_settlement(),
        Noun::Admin1 => record.kind == Kind::Admin1,
        Noun::Admin2 => matches!(record.kind, Kind::Admin2 | Kind::Admin3),
        Noun::Country => record.kind == Kind::Country,
        Noun::Capital => record.kind == Kind::Capital,
    }
}

/// The capital of the country that was spoken of last, where it is named before or is the country's one capital.
fn capital(gazetteer: &Gazetteer, located: &[Located], span: Span) -> Option<Record> {
    let country = located.iter().rev().filter(|other| other.span.end() <= span.start()).find_map(|other| other.record.country())?;
    gazetteer.capital(country)
}
