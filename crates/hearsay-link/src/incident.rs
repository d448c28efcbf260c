//! Incidents: what the records of one happening tell together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use hearsay_ledger::Stance;

use crate::dispute::{IncidentDispute, disputes};
use crate::hash;
use crate::key::{AccountKey, Days, EventKey, Participant, PlaceKey, Source};
use crate::losses::IncidentLosses;

/// The id of an incident: a hash of the names of its records, written `i` and 16 hexadecimal digits. An incident that grows is
/// another incident with another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentId(pub u64);

impl IncidentId {
    /// The id of the incident with these records, given in the order of their names.
    #[must_use]
    pub fn of<'a>(members: impl Iterator<Item = &'a EventKey>) -> Self {
        Self(hash::of_numbers(&members.map(EventKey::number).collect::<Vec<_>>()))
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "i{:016x}", self.0)
    }
}

/// An event record of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRef {
    /// The document's id.
    pub document: String,
    /// Number of the event within it.
    pub event: u32,
}

/// An account of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountRef {
    /// The document's id.
    pub document: String,
    /// Number of the account within it.
    pub account: u32,
}

impl AccountRef {
    /// The reference to an account of a record.
    #[must_use]
    pub fn of(key: &EventKey, account: &AccountKey) -> Self {
        Self { document: key.document.id.clone(), account: account.account }
    }
}

/// One source's position on an incident, over all documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentAccount {
    /// Whose position it is; all reports that speak for themselves are one narrator.
    pub source: Source,
    /// The position.
    pub stance: Stance,
    /// The accounts, sorted.
    pub accounts: Vec<AccountRef>,
    /// Number of independent voices that carry it.
    pub voices: usize,
    /// Days of the first and last publication that carry it.
    pub published: Option<Days>,
}

/// All records of one happening, and what they tell together.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// Its records, in the order of their names; at least one.
    pub events: Vec<EventRef>,
    /// The PLOVER type that most independent voices give.
    pub event_type: Option<String>,
    /// The PLOVER mode that most independent voices give.
    pub mode: Option<String>,
    /// The place that is known most exactly; of several that which most voices give.
    pub place: Option<PlaceKey>,
    /// The days that most voices give; of several the narrowest.
    pub days: Option<Days>,
    /// Who is said to have done it, each name once, most voices first.
    pub actors: Vec<Participant>,
    /// Who or what is said to have had it done to them, each name once, most voices first.
    pub recipients: Vec<Participant>,
    /// Who holds what, by side and source (the reports' own voice first), then by stance.
    pub accounts: Vec<IncidentAccount>,
    /// What cannot all hold.
    pub disputes: Vec<IncidentDispute>,
    /// Its losses.
    pub losses: IncidentLosses,
    /// Number of independent voices: copies of one agency text count once.
    pub voices: usize,
    /// Days of the first and the last report, in days since 1970-01-01.
    pub reported: Option<Days>,
}

impl Incident {
    /// The incident of these records, given in any order. `None` where there are none.
    #[must_use]
    pub fn of(members: &[&EventKey]) -> Option<Self> {
        let mut members = members.to_vec();
        members.sort_by(|a, b| a.id().cmp(&b.id()));
        members.dedup_by(|later, first| later.id() == first.id());
        if members.is_empty() {
            return None;
        }
        let losses = IncidentLosses::of(&members);
        Some(Self {
            id: IncidentId::of(members.iter().copied()),
            events: members.iter().map(|key| EventRef { document: key.document.id.clone(), event: key.event }).collect(),
            event_type: most_told(&members, |key| key.event_type.clone()),
            mode: most_told(&members, |key| key.mode.clone()),
            place: place(&members),
            days: days(&members),
            actors: participants(&members, |key| &key.actors),
            recipients: participants(&members, |key| &key.recipients),
            accounts: accounts(&members),
            disputes: disputes(&members, &losses),
            losses,
            voices: voices(members.iter().copied()),
            reported: reported(members.iter().copied()),
        })
    }
}

/// Number of independent voices among records.
fn voices<'a>(members: impl Iterator<Item = &'a EventKey>) -> usize {
    members.map(|key| key.document.voice.as_str()).collect::<BTreeSet<_>>().len()
}

/// First and last day of publication among records.
fn reported<'a>(members: impl Iterator<Item = &'a EventKey>) -> Option<Days> {
    let days: Vec<i32> = members.filter_map(|key| key.document.published).collect();
    Some(Days { first: *days.iter().min()?, last: *days.iter().max()? })
}

/// What records tell, each thing with the voices that tell it, in the order of the things.
fn told<'a, T: Ord>(members: &[&'a EventKey], of: impl Fn(&'a EventKey) -> Option<T>) -> Vec<(T, usize)> {
    let mut told: BTreeMap<T, BTreeSet<&str>> = BTreeMap::new();
    for key in members {
        if let Some(thing) = of(key) {
            told.entry(thing).or_default().insert(&key.document.voice);
        }
    }
    told.into_iter().map(|(thing, voices)| (thing, voices.len())).collect()
}

/// What most independent voices tell; of several the first.
fn most_told<'a, T: Ord>(members: &[&'a EventKey], of: impl Fn(&'a EventKey) -> Option<T>) -> Option<T> {
    let mut told = told(members, of);
    told.sort_by_key(|it| std::cmp::Reverse(it.1)); // stable, so the first of the most stays first
    told.into_iter().next().map(|(thing, _)| thing)
}

fn days(members: &[&EventKey]) -> Option<Days> {
    let mut told = told(members, |key| key.days.map(|days| (days.length(), days)));
    told.sort_by_key(|it| std::cmp::Reverse(it.1));
    told.into_iter().next().map(|((_, days), _)| days)
}

fn place(members: &[&EventKey]) -> Option<PlaceKey> {
    // Whole metres, which have an order.
    let metres = |place: &PlaceKey| (place.coordinates.is_none(), (place.radius * 1000.0) as i64);
    let exact = members.iter().filter_map(|key| key.place.as_ref()).map(metres).min()?;
    let name = most_told(members, |key| key.place.as_ref().filter(|place| metres(place) == exact).map(|place| place.name.as_str()))?;
    members.iter().filter_map(|key| key.place.as_ref()).find(|place| metres(place) == exact && place.name == name).cloned()
}

fn participants(members: &[&EventKey], of: fn(&EventKey) -> &Vec<Participant>) -> Vec<Participant> {
    let mut named: BTreeMap<u64, (BTreeSet<&str>, &Participant)> = BTreeMap::new();
    for key in members {
        for participant in of(key) {
            named.entry(participant.name_key).or_insert_with(|| (BTreeSet::new(), participant)).0.insert(&key.document.voice);
        }
    }
    let mut all: Vec<(usize, &Participant)> = named.into_values().map(|(voices, participant)| (voices.len(), participant)).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    all.into_iter().map(|(_, participant)| participant.clone()).collect()
}

/// The side, the name and the stance of an account, in the order in which accounts are shown.
type Position<'a> = (Option<&'a str>, Option<u64>, Stance);

fn accounts(members: &[&EventKey]) -> Vec<IncidentAccount> {
    let mut by_position: BTreeMap<Position<'_>, Vec<(&EventKey, &AccountKey)>> = BTreeMap::new();
    for key in members {
        for account in &key.accounts {
            let (side, name) = match &account.source {
                Source::Narrator => (None, None),
                Source::Party(party) => (party.side.as_deref(), Some(party.name_key)),
            };
            by_position.entry((side, name, account.stance)).or_default().push((key, account));
        }
    }
    let joined = |((.., stance), told): (Position<'_>, Vec<(&EventKey, &AccountKey)>)| {
        let mut accounts: Vec<AccountRef> = told.iter().map(|(key, account)| AccountRef::of(key, account)).collect();
        accounts.sort();
        accounts.dedup();
        let source = told.first().map_or(Source::Narrator, |(_, account)| account.source.clone());
        let keys = || told.iter().map(|(key, _)| *key);
        IncidentAccount { source, stance, accounts, voices: voices(keys()), published: reported(keys()) }
    };
    by_position.into_iter().map(joined).collect()
}
