//! Places: every toponym of the text, the phrases at which events are said to have happened, and where they lie.
//!
//! Which place a name means is chosen by the gazetteer over the whole document; `described` computes what is told from
//! another place ("20 kilometres north of Hama"), `nominal` finds what "the city" stands for. What lies nowhere that the
//! gazetteer knows keeps its record without coordinates and is told as a finding.

mod described;
mod nominal;

use std::collections::{BTreeMap, BTreeSet};

use hearsay_codebook::{Codebook, Kind as ActorKind, PlaceLists};
use hearsay_gazetteer::{Choice, Gazetteer, Kind, Lists, Mention, Record, Weights, key, resolve};
use hearsay_ledger::{Date, Document, EntityType, Event, Finding, FindingCode, Place, PlaceId, Span};

use crate::entity::Participants;
use crate::evidence::PlaceEvidence;
use crate::page::Page;

/// The places of a document, in the order of the text, without where they lie.
#[must_use]
pub(crate) fn places(page: &Page<'_>, participants: &Participants, phrases: impl Iterator<Item = Span>) -> Vec<Place> {
    let mut spans: Vec<Span> = participants.toponyms(page).chain(phrases).collect();
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter().enumerate().map(|(n, span)| unknown(n, span, page.phrase(span))).collect()
}

fn unknown(n: usize, span: Span, name: String) -> Place {
    let (latitude, longitude, country, admin1, gazetteer_id, precision) = (None, None, None, None, None, None);
    Place { id: PlaceId::at(n), span, name, latitude, longitude, country, admin1, gazetteer_id, precision }
}

/// The places that marked names of a text mean, for programs that know the names themselves: of each span the choice, in
/// the same order. Spans are in the order of the text and do not overlap. A people ("Turkish") stands for its country.
#[must_use]
pub fn choose_places(text: &str, spans: &[Span], codebook: &Codebook, gazetteer: &Gazetteer) -> Vec<Option<Choice>> {
    let mention = |span: &Span| {
        let written = span.of(text).unwrap_or("");
        let named = gazetteer.named(&key(written)).into_iter().filter_map(|named| gazetteer.record(named.record));
        // "Georgia" may be found as a people's name too, but is the country itself.
        let country = if named.into_iter().any(|record| record.kind == Kind::Country) { None } else { country_of(codebook, written, None) };
        Mention { start: span.start(), end: span.end(), country }
    };
    let mentions: Vec<Mention> = spans.iter().map(mention).collect();
    resolve(text, &mentions, &[], gazetteer, &words(&codebook.place), &weights(&codebook.place))
}

/// A place of the text that the gazetteer knows.
struct Located {
    span: Span,
    /// Its index among the places; `None` for a people that stands for its country ("Turkish").
    place: Option<usize>,
    record: Record,
}

/// Finds where the places lie. Described places are added to the list, and events that were put at the place they are
/// described from are put at them. Gives what is known nowhere, and how each place was found, in their order.
pub(crate) fn locate(
    page: &Page<'_>,
    participants: &Participants,
    document: &Document,
    gazetteer: &Gazetteer,
    places: &mut Vec<Place>,
    events: &mut [Event],
) -> (Vec<Finding>, Vec<PlaceEvidence>) {
    let toponyms: BTreeSet<Span> = participants.toponyms(page).collect();
    let (spans, mentions) = mentions(page, participants, document, places, |place| toponyms.contains(&place.span) || is_named(place, gazetteer));
    let lists = &page.codebook.place;
    let home = home(document, gazetteer);
    let chosen = resolve(page.text, &mentions, &home, gazetteer, &words(lists), &weights(lists));
    let mut findings = Vec::new();
    let mut told = BTreeSet::new();
    let mut located: Vec<Located> = Vec::new();
    let mut evidence: BTreeMap<Span, PlaceEvidence> = BTreeMap::new();
    for ((span, place), choice) in spans.into_iter().zip(&chosen) {
        let record = choice.and_then(|choice| Some((choice, gazetteer.record(choice.record)?)));
        match (record, place.and_then(|n| places.get_mut(n))) {
            (Some((choice, record)), target) => {
                if let Some(target) = target {
                    settle(target, &record, gazetteer);
                    evidence.insert(span, of_choice(target.id, &choice, &record));
                }
                located.push(Located { span, place, record });
            }
            (None, Some(target)) => {
                if let Some(radius_km) = described::settle_pair(target, gazetteer, lists.near_reach_km) {
                    let (place, radius_km) = (target.id, Some(radius_km));
                    evidence.insert(span, PlaceEvidence { place, kind: None, candidates: 1, probability: 1.0, radius_km, from: None });
                    continue;
                }
                if !told.insert(key(&target.name)) {
                    continue;
                }
                let message = format!("“{}” is not in the gazetteer", target.name);
                findings.push(Finding { code: FindingCode::UnresolvedPlace, span: Some(span), message });
            }
            (None, None) => {}
        }
    }
    nominal::settle(page, gazetteer, &toponyms, &located, places, &mut evidence);
    described::add(page, gazetteer, &toponyms, &located, places, events, &mut evidence);
    let evidence = evidence.into_values().collect();
    (findings, evidence)
}

/// Whether a phrase at which something happened is the name of a place that the gazetteer knows, such as a crossing or a
/// base, though the network took it for no toponym.
fn is_named(place: &Place, gazetteer: &Gazetteer) -> bool {
    let name = ["the ", "The "].iter().find_map(|article| place.name.strip_prefix(article)).unwrap_or(&place.name);
    name.starts_with(char::is_uppercase) && !gazetteer.named(&key(name)).is_empty()
}

fn of_choice(place: PlaceId, choice: &Choice, record: &Record) -> PlaceEvidence {
    let extent_km = (record.extent_km > 0.0).then_some(record.extent_km);
    PlaceEvidence { place, kind: Some(record.kind), candidates: choice.candidates, probability: choice.probability, radius_km: extent_km, from: None }
}

/// Fills in where a place lies.
fn settle(place: &mut Place, record: &Record, gazetteer: &Gazetteer) {
    place.latitude = Some(rounded(record.coordinates.latitude));
    place.longitude = Some(rounded(record.coordinates.longitude));
    place.country = record.country().and_then(|country| gazetteer.country_code(country)).map(str::to_owned);
    place.admin1 = record.division().and_then(|division| gazetteer.division_name(division)).map(str::to_owned);
    place.gazetteer_id = record.id.map(|id| id.to_string());
    place.precision = Some(record.precision());
}

/// Degrees to four places, some eleven metres.
fn rounded(degrees: f64) -> f64 {
    (degrees * 10_000.0).round() / 10_000.0
}

/// The toponyms and the peoples that stand for countries, in the order of the text: their spans with the index of their
/// place, and what the gazetteer is asked.
fn mentions(
    page: &Page<'_>,
    participants: &Participants,
    document: &Document,
    places: &[Place],
    is_mention: impl Fn(&Place) -> bool,
) -> (Vec<(Span, Option<usize>)>, Vec<Mention>) {
    let of_place = places.iter().enumerate().filter(|(_, place)| is_mention(place)).map(|(n, place)| (place.span, Some(n), None));
    let peoples = participants.entities.iter().filter(|entity| entity.entity_type == EntityType::Nationality);
    let of_people = peoples.filter_map(|entity| Some((entity, country_of(page.codebook, &entity.name, document.published)?)));
    let of_people = of_people.flat_map(|(entity, country)| entity.mentions.iter().map(move |span| (*span, None, Some(country.clone()))));
    let mut all: Vec<(Span, Option<usize>, Option<String>)> = of_place.chain(of_people).collect();
    all.sort();
    let mut end = 0;
    all.retain(|(span, _, _)| {
        let apart = span.start() >= end;
        end = end.max(span.end());
        apart
    });
    all.into_iter().map(|(span, place, country)| ((span, place), Mention { start: span.start(), end: span.end(), country })).unzip()
}

/// The country of a people, as of a day.
fn country_of(codebook: &Codebook, people: &str, date: Option<Date>) -> Option<String> {
    let words: Vec<&str> = people.split_whitespace().collect();
    let found = codebook.actor.find(&words, date);
    let people = found.iter().find(|found| matches!(found.kind, ActorKind::People | ActorKind::State))?;
    people.coded.country.map(str::to_owned)
}

/// The countries that a publisher's name speaks of: one itself, or the one of a capital or large city in it ("The Jerusalem
/// Post").
fn home(document: &Document, gazetteer: &Gazetteer) -> Vec<u8> {
    /// From so many people on, a city is one that papers are named after and other words are not.
    const LARGE: f64 = 300_000.0;
    let publisher = document.publisher.as_deref().unwrap_or("");
    let words: Vec<&str> = publisher.split_whitespace().collect();
    let runs = (0..words.len()).flat_map(|n| (n + 1..=words.len().min(n + 2)).map(move |end| (n, end)));
    let mut out: Vec<u8> = runs
        .filter_map(|(start, end)| {
            let named = gazetteer.named(&key(&words.get(start..end)?.join(" "))).into_iter().find(|named| named.main)?;
            let record = gazetteer.record(named.record)?;
            let telling = record.kind == Kind::Country || record.kind.is_settlement() && record.population >= LARGE;
            record.country().filter(|_| telling)
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn words(lists: &PlaceLists) -> Lists {
    Lists { admin1: lists.admin1.clone(), admin2: lists.admin2.clone(), settlement: lists.settlement.clone(), parts: lists.parts.clone() }
}

/// The codebook's weights as the gazetteer takes them.
fn weights(lists: &PlaceLists) -> Weights {
    let weights = &lists.weights;
    Weights {
        population: weights.population,
        main_name: weights.main_name,
        loose: weights.loose,
        least_loose: weights.least_loose,
        kinds: weights.kinds.iter().filter_map(|(word, weight)| Some((Kind::from_word(word)?, *weight))).collect(),
        kind_told: weights.kind_told,
        other_kind_told: weights.other_kind_told,
        contained: weights.contained,
        same_country: weights.same_country,
        same_division: weights.same_division,
        near: weights.near,
        near_km: weights.near_km,
        home: weights.home,
        dateline: weights.dateline,
        rounds: weights.rounds,
    }
}
