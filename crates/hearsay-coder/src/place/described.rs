//! Described places: a distance, a direction or nearness told from a place that is named ("20 kilometres north of Hama",
//! "2-5 km from X", "near Tal Abyad", "on the border with Turkey").
//!
//! A description becomes a place of its own, whose span is the whole of it; the place it is told from keeps its own record.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use hearsay_codebook::PlaceLists;
use hearsay_gazetteer::{Coordinates, Gazetteer, Kind, key};
use hearsay_ledger::{Event, Place, PlaceId, Precision, Span};

use super::{Located, rounded, unknown};
use crate::evidence::PlaceEvidence;
use crate::page::Page;

/// Most words of a description before the name.
const LONGEST: usize = 14;

/// A description with where it lies.
struct Described {
    span: Span,
    point: Coordinates,
    /// How far from the point it may be, in kilometres.
    radius_km: f64,
    country: Option<u8>,
    division: Option<u16>,
    /// The index of the place that it is told from.
    from: Option<usize>,
}

/// Adds the described places to the list, numbers it anew, and puts events at them.
pub(super) fn add(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    toponyms: &BTreeSet<Span>,
    located: &[Located],
    places: &mut Vec<Place>,
    events: &mut [Event],
    evidence: &mut BTreeMap<Span, PlaceEvidence>,
) {
    let described: Vec<Described> = (0..located.len()).filter_map(|n| describe(page, gazetteer, located, n)).collect();
    if described.is_empty() {
        return;
    }
    let mut at: BTreeMap<PlaceId, Span> = BTreeMap::new();
    let mut origins: BTreeMap<Span, Span> = BTreeMap::new();
    for place in places.iter() {
        let of_base = described.iter().find(|d| d.from.and_then(|n| places.get(n)).is_some_and(|base| base.id == place.id));
        let of_phrase = described.iter().find(|d| place.latitude.is_none() && !toponyms.contains(&place.span) && place.span.overlaps(d.span));
        at.insert(place.id, of_base.or(of_phrase).map_or(place.span, |d| d.span));
    }
    for d in described {
        let name = page.phrase(d.span);
        if let Some(base) = d.from.and_then(|n| places.get(n)) {
            origins.insert(d.span, base.span);
        }
        let known = places.iter().position(|place| place.span == d.span);
        let n = known.unwrap_or_else(|| {
            places.push(unknown(places.len(), d.span, name));
            places.len() - 1 // just pushed
        });
        if let Some(place) = places.get_mut(n) {
            fill_in(place, &d, gazetteer, page.codebook.place.near_reach_km);
            let kind = None;
            evidence
                .insert(d.span, PlaceEvidence { place: place.id, kind, candidates: 1, probability: 1.0, radius_km: Some(d.radius_km), from: None });
        }
    }
    // A phrase that the description took the place of ("the border") is no place beside it.
    places.retain(|place| place.latitude.is_some() || at.get(&place.id).is_none_or(|span| *span == place.span));
    places.sort_by_key(|place| place.span);
    for (n, place) in places.iter_mut().enumerate() {
        place.id = PlaceId::at(n);
    }
    let id_at = |span: Span| places.binary_search_by_key(&span, |place| place.span).ok().map(PlaceId::at);
    for event in events {
        event.place = event.place.and_then(|id| id_at(*at.get(&id)?));
    }
    for (span, evidence) in evidence.iter_mut() {
        evidence.place = id_at(*span).unwrap_or(evidence.place);
        evidence.from = origins.get(span).and_then(|base| id_at(*base));
    }
}

fn fill_in(place: &mut Place, d: &Described, gazetteer: &Gazetteer, near_reach_km: f64) {
    place.latitude = Some(rounded(d.point.latitude));
    place.longitude = Some(rounded(d.point.longitude));
    place.country = d.country.and_then(|country| gazetteer.country_code(country)).map(str::to_owned);
    place.admin1 = d.division.and_then(|division| gazetteer.division_name(division)).map(str::to_owned);
    place.precision = Some(if d.radius_km <= near_reach_km { Precision::Near } else { Precision::Admin1 });
}

/// Puts "Syria-Turkey", which is both countries and neither, at the border of the two. Gives the reach of the border in
/// kilometres; `None` where the name is no such pair.
pub(super) fn settle_pair(place: &mut Place, gazetteer: &Gazetteer, near_reach_km: f64) -> Option<f64> {
    let country = |name: &str| {
        let records = gazetteer.named(&key(name)).into_iter().filter_map(|named| gazetteer.record(named.record));
        records.into_iter().find(|record| record.kind == Kind::Country)?.country()
    };
    let (one, other) = place.name.split_once(['-', '–', '/'])?;
    let (point, radius_km) = gazetteer.border(country(one)?, country(other)?)?;
    let pair = Described { span: place.span, point, radius_km, country: None, division: None, from: None };
    fill_in(place, &pair, gazetteer, near_reach_km);
    Some(radius_km)
}

/// The description told from place `n` of those that are located.
fn describe(page: &Page<'_>, gazetteer: &Gazetteer, located: &[Located], n: usize) -> Option<Described> {
    let base = located.get(n)?;
    let words = page.encoded.words_in(base.span.start()..base.span.end());
    let sentence = page.encoded.sentences.get(page.sentence_of(words.start))?;
    let before = sentence.start.max(words.start.saturating_sub(LONGEST))..words.start;
    if let Some(described) = at_border(page, gazetteer, located, n, &words, &before) {
        return Some(described);
    }
    base.place?;
    let told = told(page, before)?;
    let large = matches!(base.record.kind, Kind::Country | Kind::Admin1 | Kind::Continent | Kind::Region);
    if large && told.km.is_none() {
        return None; // "in the north of Syria" is in Syria, and so is "near" nothing
    }
    let lists = &page.codebook.place;
    let (km, spread) = match (told.km, told.bearing) {
        (Some((low, high)), _) => (f64::midpoint(low, high), (high - low) / 2.0),
        (None, Some(_)) => (lists.direction_km, lists.direction_km),
        (None, None) => (0.0, lists.near_km),
    };
    let (point, radius_km) = match told.bearing {
        // A direction is meant to within half of a point of the compass, and a distance to within a tenth.
        Some(bearing) => (base.record.coordinates.offset(bearing, km), spread.max(km * 22.5_f64.to_radians().sin()).max(km / 10.0)),
        None => (base.record.coordinates, (km + spread).max(1.0)),
    };
    let span = page.span(told.start..words.end)?;
    Some(Described { span, point, radius_km, country: base.record.country(), division: base.record.division(), from: base.place })
}

/// What stands before a name.
struct Told {
    start: usize,
    /// Least and most kilometres.
    km: Option<(f64, f64)>,
    bearing: Option<f64>,
}

/// Reads backwards what is told of a name: "between 2 and 5 km south-east of".
fn told(page: &Page<'_>, before: Range<usize>) -> Option<Told> {
    let lists = &page.codebook.place;
    let lower = |n: usize| page.word(n).to_lowercase();
    let mut at = before.end;
    let skip = |mut at: usize| {
        while at > before.start && lists.fillers.contains(page.word(at - 1)) {
            at -= 1;
        }
        at
    };
    at = skip(at);
    if at == before.start {
        return None;
    }
    at -= 1;
    if lists.near.contains(page.word(at)) && !lists.from.contains(page.word(at)) {
        return Some(Told { start: at, km: None, bearing: None });
    }
    if !lists.from.contains(page.word(at)) {
        return None;
    }
    let near = lists.near.contains(page.word(at));
    let relation = at;
    at = skip(at);
    let direction = (at.saturating_sub(3).max(before.start)..at).find_map(|start| {
        let letters = (start..at).map(lower).collect::<String>();
        lists.bearings.get(&letters).map(|bearing| (start, *bearing))
    });
    let within = |n: usize| n > before.start && lower(n - 1) == "the";
    let bearing = direction.filter(|(start, _)| !within(*start) || at - start > 0 && skip(*start) < *start - 1).map(|(start, bearing)| {
        at = start;
        bearing
    });
    let after_direction = at;
    at = skip(at);
    if let Some((start, km)) = distance(lists, &lower, before.start, at) {
        return Some(Told { start, km: Some(km), bearing });
    }
    match bearing {
        // "the north of Hama" is within it.
        Some(_) if !within(after_direction) => Some(Told { start: after_direction, km: None, bearing }),
        _ if near => Some(Told { start: relation, km: None, bearing: None }),
        // "near the town of Azaz"
        _ if at > before.start && lists.near.contains(page.word(at - 1)) => Some(Told { start: at - 1, km: None, bearing: None }),
        _ => None,
    }
}

/// The distance that ends before word `end`: where it starts, and its least and most kilometres.
fn distance(lists: &PlaceLists, lower: &impl Fn(usize) -> String, floor: usize, end: usize) -> Option<(usize, (f64, f64))> {
    let word = |n: usize| if n >= floor && n < end { lower(n) } else { String::new() };
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    let mut at = last;
    let unit = lists.units.get(&word(last)).copied();
    let (unit, glued) = if let Some(unit) = unit {
        (unit, None)
    } else {
        // "20km"
        let letters = word(last);
        let digits = letters.trim_end_matches(char::is_alphabetic);
        (lists.units.get(letters.strip_prefix(digits)?).copied()?, Some(digits.to_owned()))
    };
    let number = |text: &str| {
        let (low, high) = text.split_once(['-', '–']).unwrap_or((text, text));
        let read = |text: &str| text.replace(',', "").parse::<f64>().ok().or_else(|| lists.numbers.get(text).copied());
        read(low).zip(read(high)).filter(|(low, high)| low.is_finite() && high.is_finite() && *low >= 0.0)
    };
    let (low, high) = if let Some(digits) = glued {
        number(&digits)?
    } else {
        at = at.checked_sub(1).filter(|at| *at >= floor)?;
        if word(at) == "-" {
            at = at.checked_sub(1).filter(|at| *at >= floor)?; // "20-kilometre"
        }
        number(&word(at))?
    };
    let mut range = (low, high);
    // "2 to 5 km", "2 - 5 km", "between 2 and 5 km"
    if at >= floor + 2
        && ["to", "-", "–", "and", "or"].contains(&word(at - 1).as_str())
        && let Some((first, _)) = number(&word(at - 2))
    {
        at -= 2;
        range.0 = first.min(range.1);
        if at > floor && word(at - 1) == "between" {
            at -= 1;
        }
    }
    Some((at, (range.0 * unit, range.1 * unit)))
}

/// "near the border with Turkey", "along the Turkish border", "the Syria-Turkey border".
fn at_border(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    located: &[Located],
    n: usize,
    words: &Range<usize>,
    before: &Range<usize>,
) -> Option<Described> {
    let lists = &page.codebook.place;
    let base = located.get(n).filter(|base| base.record.kind == Kind::Country)?;
    let country = base.record.country()?;
    let mut span = words.clone();
    let with =
        before.end >= before.start + 2 && page.word(before.end - 1).eq_ignore_ascii_case("with") && lists.borders.contains(page.word(before.end - 2));
    // "Turkish border guards" are no place.
    let after = lists.borders.contains(page.word(words.end)) && !matches!(page.upos(words.end + 1), "NOUN" | "PROPN");
    if with {
        span.start = before.end - 2;
    } else if after {
        span.end += 1;
    } else {
        return None;
    }
    while span.start > before.start && (lists.fillers.contains(page.word(span.start - 1)) || lists.near.contains(page.word(span.start - 1))) {
        span.start -= 1;
    }
    // The other country: the one written together with it, else the nearest before it that has a border with it.
    let others = located.iter().take(n).rev().chain(located.iter().skip(n + 1)).filter_map(|other| other.record.country());
    let (other, (point, radius_km)) = others.filter(|other| *other != country).find_map(|other| Some((other, gazetteer.border(country, other)?)))?;
    Some(Described { span: page.span(span)?, point, radius_km, country: Some(other), division: None, from: base.place })
}
