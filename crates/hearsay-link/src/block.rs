//! Blocking: which pairs of event records are compared at all, so that the cost of linking grows with the number of records and
//! not with its square.
//!
//! Every record has a few **blocking keys**, such as "a kindred type, within this grid cell, in this week"; only records with a
//! key in common are compared. In a block of more than [`Limits::block`] records each is compared with its nearest
//! neighbours in a fixed order only (the sorted neighbourhood method, Hernández and Stolfo 1995). Both are functions of the
//! set of records alone; when and in which order they came does not matter.

use std::cmp::Ordering;

use crate::hash;
use crate::key::{Days, EventKey, PlaceKey};
use crate::kinship::COMMON_LETTERS;
use crate::place::{KM_PER_DEGREE, cosine};

/// How much work linking may do, and from which score on it joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A block of up to so many records is compared in full.
    pub block: usize,
    /// In a larger block, each record is compared with so many before and after it.
    pub window: usize,
    /// The lowest score of a pair that is kept, in thousandths of the logarithm of the odds.
    pub pair: i32,
    /// The lowest mean score of two groups of records that are joined.
    pub join: i32,
    /// What a pair that was not kept counts for when groups are joined.
    pub unseen: i32,
}

impl Default for Limits {
    /// The limits that the weights of the crate were fitted with.
    fn default() -> Self {
        Self { block: 200, window: 40, pair: -1750, join: -1250, unseen: -1750 }
    }
}

/// What two records must have in common to be compared, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockingKey(pub u64);

/// The kinds of blocking keys; the numbers keep them apart.
#[derive(Clone, Copy)]
enum Kind {
    /// The beginning of a stem, with the country.
    Stem = 1,
    /// An event word or one near or related to it, with the country.
    Word = 2,
    /// A telling name or number of the sentence, with the group of types.
    Name = 3,
    /// A grid cell, with the group of types.
    Cell = 4,
    /// A first-order division or country that is no nearer known, with the type.
    Region = 5,
    /// A participant, with the group of types.
    Party = 6,
    /// A document: its records are always compared with one another.
    Document = 7,
}

/// Telling names of a sentence that are blocking keys.
const NAMES: usize = 3;
/// Participants of a role that are blocking keys.
const PARTIES: usize = 3;
/// Size of a grid cell in degrees.
const CELL: f64 = 0.5;
/// How far beyond its radius a place looks for neighbours, in kilometres.
const REACH: f64 = 15.0;
/// A place that touches more cells than this is known by its region only.
const MOST_CELLS: usize = 9;
/// A range of more weeks than this says nothing of the week; the day of publication does.
const MOST_WEEKS: i32 = 4;

/// The blocking keys of a record, sorted, each once. Two records of one happening have one in common wherever they share a
/// week and any of: the event word with the country, a name, the surroundings of a place, a participant.
#[must_use]
pub fn blocking_keys(key: &EventKey) -> Vec<BlockingKey> {
    let group = key.type_group.map_or(0, |group| u64::from(group) + 1);
    let country = key.place.as_ref().and_then(|place| place.country.as_deref()).map_or(0, |code| hash::of_bytes(code.as_bytes()));
    let mut parts: Vec<[u64; 3]> = Vec::new();
    for stem in &key.trigger.stems {
        let end = stem.char_indices().nth(COMMON_LETTERS).map_or(stem.len(), |(at, _)| at);
        // `end` is the start of a character or the end.
        parts.push([Kind::Stem as u64, hash::of_bytes(stem.as_bytes().get(..end).unwrap_or_default()), country]);
    }
    if key.event_type.is_some() {
        parts.extend(key.names.heaviest(NAMES).into_iter().map(|name| [Kind::Name as u64, u64::from(name), group]));
    } else {
        // Without a type only the event words can show that two are akin.
        let words = key.trigger.words.iter().chain(&key.trigger.near).chain(&key.trigger.related);
        parts.extend(words.map(|word| [Kind::Word as u64, u64::from(*word), country]));
    }
    if let Some(place) = &key.place {
        place_keys(place, group, key, &mut parts);
    }
    for (role, participants) in [(1, &key.actors), (2, &key.recipients)] {
        parts.extend(participants.iter().take(PARTIES).map(|party| [Kind::Party as u64 + 16 * role, party.name_key, group]));
    }
    let weeks = weeks(key);
    let dated = |part: &[u64; 3]| weeks.clone().map(|week| hash::of_numbers(&[part[0], part[1], part[2], week as u64])).collect::<Vec<_>>();
    let mut keys: Vec<BlockingKey> = parts.iter().flat_map(dated).map(BlockingKey).collect();
    keys.push(BlockingKey(hash::of_numbers(&[Kind::Document as u64, hash::of_bytes(key.document.id.as_bytes())])));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The grid cells that a place touches, or its region where they are too many or it has no coordinates.
fn place_keys(place: &PlaceKey, group: u64, key: &EventKey, parts: &mut Vec<[u64; 3]>) {
    let cells = place.coordinates.map(|coordinates| cells(coordinates, place.radius + REACH)).unwrap_or_default();
    if cells.is_empty() || cells.len() > MOST_CELLS {
        let region = [place.country.as_deref(), place.admin1.as_deref()].map(|name| hash::of_bytes(name.unwrap_or_default().as_bytes()));
        let event_type = hash::of_bytes(key.event_type.as_deref().unwrap_or_default().as_bytes());
        parts.push([Kind::Region as u64, hash::of_numbers(&region), event_type]);
    } else {
        parts.extend(cells.into_iter().map(|cell| [Kind::Cell as u64, cell, group]));
    }
}

/// The numbers of the grid cells within `reach` kilometres, at most one more than [`MOST_CELLS`].
fn cells((north, east): (f64, f64), reach: f64) -> Vec<u64> {
    let up = reach / KM_PER_DEGREE;
    let aside = up / cosine(north).max(0.05); // near the poles the grid ends in a region
    let row = |degrees: f64| (degrees / CELL).floor() as i64;
    let columns_around = (360.0 / CELL) as i64;
    let (rows, columns) = (row(north - up)..=row(north + up), row(east - aside)..=row(east + aside));
    let all = rows.flat_map(|r| columns.clone().map(move |c| hash::of_numbers(&[r as u64, c.rem_euclid(columns_around) as u64])));
    all.take(MOST_CELLS + 1).collect()
}

/// The weeks (counted from 1970-01-01) in which a record looks for others: those of its days and of the day before and after.
fn weeks(key: &EventKey) -> std::ops::RangeInclusive<i32> {
    let of = |days: Days| days.first.saturating_sub(1).div_euclid(7)..=days.last.saturating_add(1).div_euclid(7);
    let short = |weeks: &std::ops::RangeInclusive<i32>| weeks.end() - weeks.start() < MOST_WEEKS;
    let told = key.days.map(of).filter(short);
    let published = || key.document.published.map(|day| of(Days { first: day, last: day }));
    told.or_else(|| key.when().map(of).filter(short)).or_else(published).unwrap_or(i32::MIN..=i32::MIN)
}

/// Where a record stands in the order of a block too large to be compared in full: near what is like it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    day: i32,
    cell: (i32, i32),
    telling: u32,
}

impl Rank {
    /// The rank of a record.
    pub(crate) fn of(key: &EventKey) -> Self {
        let tenth = |degrees: f64| (degrees * 10.0).floor() as i32;
        let cell = key.place.as_ref().and_then(|place| place.coordinates).map_or((i32::MIN, 0), |(north, east)| (tenth(north), tenth(east)));
        let telling = key.document.names.heaviest(1).first().copied().unwrap_or(0);
        Self { day: key.when().map_or(i32::MIN, |days| days.last), cell, telling }
    }
}

/// The order of records in a large block; never equal for different records.
pub(crate) fn in_block(a: (&Rank, &EventKey), b: (&Rank, &EventKey)) -> Ordering {
    a.0.cmp(b.0).then_with(|| a.1.id().cmp(&b.1.id()))
}

/// The pairs of a block that are compared, as positions in `block`, the earlier first; sorted.
///
/// `block` is all records of one blocking key, in any order.
#[must_use]
pub fn pairs(block: &[&EventKey], limits: &Limits) -> Vec<(usize, usize)> {
    let all = 0..block.len();
    if block.len() <= limits.block {
        return all.clone().flat_map(|i| (i + 1..block.len()).map(move |j| (i, j))).collect();
    }
    let mut order: Vec<(Rank, &EventKey, usize)> = block.iter().enumerate().map(|(index, key)| (Rank::of(key), *key, index)).collect();
    order.sort_by(|a, b| in_block((&a.0, a.1), (&b.0, b.1)));
    let order: Vec<usize> = order.into_iter().map(|(_, _, index)| index).collect();
    let near = |(at, i): (usize, &usize)| {
        let i = *i;
        order.iter().skip(at + 1).take(limits.window).map(move |j| (i.min(*j), i.max(*j))).collect::<Vec<_>>()
    };
    let mut pairs: Vec<(usize, usize)> = order.iter().enumerate().flat_map(near).collect();
    pairs.sort_unstable();
    pairs
}
