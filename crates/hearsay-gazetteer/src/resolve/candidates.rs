//! The places that a name may mean, each with what speaks for it before the rest of the document is looked at.

use super::context::Hint;
use super::{Lists, Weights};
use crate::{Coordinates, Gazetteer, Kind, Named, Record, key};

/// A place that a name may mean.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) record: u32,
    pub(super) kind: Kind,
    pub(super) country: Option<u8>,
    pub(super) division: Option<u16>,
    /// Its place on the unit sphere.
    pub(super) vector: [f64; 3],
    pub(super) score: f64,
}

impl Candidate {
    pub(super) fn new(record: &Record, main: bool, loose: bool, weights: &Weights) -> Self {
        let score = weights.population * (record.population + 1.0).ln()
            + weights.kinds.get(&record.kind).copied().unwrap_or(0.0)
            + if main { weights.main_name } else { 0.0 }
            + if loose { weights.loose } else { 0.0 };
        let (kind, country, division) = (record.kind, record.country(), record.division());
        Self { record: record.index, kind, country, division, vector: vector(record.coordinates), score }
    }

    /// Distance in kilometres, through the earth: near enough for what is near.
    pub(super) fn distance_km(&self, other: &Self) -> f64 {
        let square: f64 = self.vector.iter().zip(&other.vector).map(|(a, b)| (a - b) * (a - b)).sum();
        6371.0 * square.sqrt()
    }

    /// Whether it lies in another one, which is a country or a division.
    pub(super) fn lies_in(&self, other: &Self) -> bool {
        /// As far as a town may lie from the middle of its second-order division, in kilometres.
        const IN_ADMIN2_KM: f64 = 60.0;
        self.record != other.record
            && self.country.is_some()
            && self.country == other.country
            && match other.kind {
                Kind::Country => self.kind != Kind::Country,
                Kind::Admin1 => self.division.is_some() && self.division == other.division,
                Kind::Admin2 | Kind::Admin3 => self.kind.is_settlement() && self.distance_km(other) < IN_ADMIN2_KM,
                _ => false,
            }
    }
}

fn vector(point: Coordinates) -> [f64; 3] {
    let (lat, lon) = (point.latitude.to_radians(), point.longitude.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// A name without the possessive ending and the quotation marks around it.
pub(super) fn bare(written: &str) -> &str {
    let written = written.trim().trim_matches(['"', '“', '”', '(', ')', ',']);
    let endings = ["'s", "’s", "'S", "’S", "'", "’"];
    endings.iter().find_map(|ending| written.strip_suffix(ending)).unwrap_or(written)
}

/// The candidates of a name, and whether they were found only loosely.
pub(super) fn candidates(written: &str, hint: Option<Hint>, gazetteer: &Gazetteer, lists: &Lists, weights: &Weights) -> (Vec<Candidate>, bool) {
    let name = key(bare(written));
    // "The north" alone is no name, and neither is what has no capital.
    if lists.parts.contains(&name) || !written.contains(char::is_uppercase) {
        return (Vec::new(), false);
    }
    let (named, loose, inner) = looked_up(&name, gazetteer, lists);
    let hint = hint.or(inner);
    let found = named.iter().filter_map(|named| Some((gazetteer.record(named.record)?, named.main)));
    let out: Vec<Candidate> = found
        .map(|(record, main)| {
            let mut candidate = Candidate::new(&record, main, loose, weights);
            if let Some(hint) = hint {
                candidate.score += if hint.fits(record.kind) { weights.kind_told } else { weights.other_kind_told };
            }
            candidate
        })
        .collect();
    if let Some((inside, outside)) = written.split_once(", ").filter(|_| out.is_empty() || loose) {
        let (containers, _, _) = looked_up(&key(outside), gazetteer, lists);
        let containers: Vec<Candidate> =
            containers.iter().filter_map(|named| Some(Candidate::new(&gazetteer.record(named.record)?, named.main, false, weights))).collect();
        let (mut out, loose) = candidates(inside, hint, gazetteer, lists, weights);
        for candidate in &mut out {
            if containers.iter().any(|container| candidate.lies_in(container)) {
                candidate.score += weights.contained;
            }
        }
        return (out, loose);
    }
    (out, loose)
}

/// What a key names; whether only loosely; and the kind of place that a word of it tells.
fn looked_up(name: &str, gazetteer: &Gazetteer, lists: &Lists) -> (Vec<Named>, bool, Option<Hint>) {
    let named = gazetteer.named(name);
    if !named.is_empty() {
        return (named, false, None);
    }
    let (bare, hint) = without_words(name, lists);
    if bare != name {
        let named = gazetteer.named(bare);
        if !named.is_empty() {
            return (named, false, hint);
        }
    }
    (gazetteer.named_loosely(bare), true, hint)
}

/// A key without the words that only tell what kind of place or which part of it is meant.
fn without_words<'k>(name: &'k str, lists: &Lists) -> (&'k str, Option<Hint>) {
    let mut bare = name;
    let mut hint = None;
    for (words, told) in
        [(&lists.admin1, Some(Hint::Admin1)), (&lists.admin2, Some(Hint::Admin2)), (&lists.settlement, Some(Hint::Settlement)), (&lists.parts, None)]
    {
        for word in words {
            let before = |rest: &'k str| rest.strip_suffix(' ').filter(|_| told.is_some());
            let after = |rest: &'k str| rest.strip_prefix(" of ").or_else(|| rest.strip_prefix(' '));
            let rest = bare.strip_suffix(word.as_str()).and_then(before).or_else(|| bare.strip_prefix(word.as_str()).and_then(after));
            if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
                bare = rest.strip_prefix("the ").unwrap_or(rest);
                hint = hint.or(told);
            }
        }
    }
    (bare, hint)
}
