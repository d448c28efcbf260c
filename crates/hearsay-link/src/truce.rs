//! Truce processes: the truce terms of many documents, joined by parties and days, with who stands where.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use hearsay_ledger::TruceKind;

use crate::cluster::{self, Link};
use crate::hash;
use crate::key::{Days, DocumentKey, Participant, Source};
use crate::pair::Score;

/// What linking knows of a truce term.
#[derive(Clone, Debug, PartialEq)]
pub struct TruceKey {
    /// The document it stands in.
    pub document: Arc<DocumentKey>,
    /// Number of the term within its document; with the document's id it names the term.
    pub term: u32,
    /// What kind of position it is.
    pub kind: TruceKind,
    /// Whose position it is; of a violation, who is said to have broken the truce.
    pub by: Vec<Participant>,
    /// The other parties.
    pub with: Vec<Participant>,
    /// When it takes effect.
    pub effective: Option<Days>,
    /// When it ends.
    pub until: Option<Days>,
    /// Who reports it.
    pub source: Source,
}

impl TruceKey {
    /// The name of the term in the whole collection.
    #[must_use]
    pub fn id(&self) -> (&str, u32) {
        (&self.document.id, self.term)
    }

    /// Everyone it names, by and with.
    fn parties(&self) -> impl Iterator<Item = &Participant> {
        self.by.iter().chain(&self.with)
    }
}

/// How truce terms are joined to processes.
#[derive(Clone, Debug, PartialEq)]
pub struct TruceLimits {
    /// Terms published further apart than this, in days, are not joined directly.
    pub gap: i32,
    /// The lowest cosine of the documents' words for terms that have one party only in common.
    pub words: f32,
}

impl Default for TruceLimits {
    /// Six weeks, in which talks that are still alive are heard of again; and documents on one subject.
    fn default() -> Self {
        Self { gap: 42, words: 0.15 }
    }
}

/// The id of a process: a hash of the names of its terms, written `t` and 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TruceProcessId(pub u64);

impl fmt::Display for TruceProcessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{:016x}", self.0)
    }
}

/// A party's present position in a process.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyPosition {
    /// The party, as it was first named.
    pub party: Participant,
    /// What it last did or said, but for what it is only accused of; `None` where it is only named by others.
    pub position: Option<TruceKind>,
    /// The step of that position, as an index into [`TruceProcess::steps`].
    pub step: Option<usize>,
}

/// Efforts to stop one fighting: the terms of many documents in the order of their days.
#[derive(Clone, Debug, PartialEq)]
pub struct TruceProcess {
    /// Its id.
    pub id: TruceProcessId,
    /// The terms, by day of publication, then by document and number. A term without a day comes first.
    pub steps: Vec<TruceKey>,
    /// Where each party stands, in the order in which the parties came in.
    pub positions: Vec<PartyPosition>,
    /// Number of independent voices.
    pub voices: usize,
    /// Days of the first and the last report, in days since 1970-01-01.
    pub reported: Option<Days>,
}

impl TruceProcess {
    /// The steps of one kind, in their order: `steps_of(TruceKind::Violation)` are the alleged violations, `by` whom and
    /// against whom (`with`).
    pub fn steps_of(&self, kind: TruceKind) -> impl Iterator<Item = &TruceKey> {
        self.steps.iter().filter(move |step| step.kind == kind)
    }

    /// How far it has come: the kind of the last step that is more than a position of one party or an accusation. `None`
    /// where there was only talk.
    #[must_use]
    pub fn stage(&self) -> Option<TruceKind> {
        self.steps.iter().rev().map(|step| step.kind).find(|kind| {
            matches!(
                kind,
                TruceKind::Agreement | TruceKind::Announcement | TruceKind::Start | TruceKind::Extension | TruceKind::Suspension | TruceKind::End
            )
        })
    }
}

/// Joins truce terms to processes. Two terms belong to one process if they were published not too far apart and have two
/// parties in common, or one party and the subject; what is joined to the same term is one process. The result is in the
/// order of the first steps, and does not depend on the order of the terms.
#[must_use]
pub fn processes(terms: &[TruceKey], limits: &TruceLimits) -> Vec<TruceProcess> {
    let mut steps: Vec<&TruceKey> = terms.iter().collect();
    steps.sort_by(|a, b| (a.document.published, a.id()).cmp(&(b.document.published, b.id())));
    steps.dedup_by(|later, first| later.id() == first.id());
    let links = links(&steps, limits);
    let components = cluster::components(steps.len(), &links);
    components.into_iter().map(|members| process(members.into_iter().filter_map(|at| steps.get(at as usize).copied()).collect())).collect()
}

/// The pairs of terms of one process, found under each party among those published within the gap.
fn links(steps: &[&TruceKey], limits: &TruceLimits) -> Vec<Link> {
    let mut under: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, step) in steps.iter().enumerate() {
        for party in step.parties().flat_map(party_keys).collect::<BTreeSet<u64>>() {
            under.entry(party).or_default().push(at);
        }
    }
    let mut links = Vec::new();
    let one_document = |a: &TruceKey, b: &TruceKey| a.document.id == b.document.id;
    for listed in under.values() {
        for (n, a) in listed.iter().enumerate() {
            for b in listed.iter().skip(n + 1) {
                let (Some(x), Some(y)) = (steps.get(*a), steps.get(*b)) else { continue };
                let apart = x.document.published.zip(y.document.published).map_or(0, |(x, y)| y.saturating_sub(x));
                if apart > limits.gap {
                    break; // the list is in the order of days
                }
                let kindred = one_document(x, y) || in_common(x, y) > 1 || x.document.words.cosine(&y.document.words) >= limits.words;
                if kindred {
                    links.push(Link { a: *a as u32, b: *b as u32, score: Score(0) });
                }
            }
        }
    }
    links
}

/// What a party may be known by: its name, and its side.
fn party_keys(party: &Participant) -> Vec<u64> {
    let side = party.side.as_ref().map(|side| hash::of_numbers(&[1, hash::of_bytes(side.as_bytes())]));
    [Some(party.name_key), side].into_iter().flatten().collect()
}

fn same_party(a: &Participant, b: &Participant) -> bool {
    a.name_key == b.name_key || (a.side.is_some() && a.side == b.side)
}

/// How many parties of one are parties of the other.
fn in_common(a: &TruceKey, b: &TruceKey) -> usize {
    let mut counted: Vec<&Participant> = Vec::new();
    for party in a.parties().filter(|party| b.parties().any(|other| same_party(party, other))) {
        if !counted.iter().any(|other| same_party(party, other)) {
            counted.push(party);
        }
    }
    counted.len()
}

fn process(steps: Vec<&TruceKey>) -> TruceProcess {
    let names = steps.iter().flat_map(|step| [hash::of_bytes(step.document.id.as_bytes()), u64::from(step.term)]);
    let days: Vec<i32> = steps.iter().filter_map(|step| step.document.published).collect();
    TruceProcess {
        id: TruceProcessId(hash::of_numbers(&names.collect::<Vec<_>>())),
        positions: positions(&steps),
        voices: steps.iter().map(|step| step.document.voice.as_str()).collect::<BTreeSet<_>>().len(),
        reported: days.iter().min().zip(days.iter().max()).map(|(first, last)| Days { first: *first, last: *last }),
        steps: steps.into_iter().cloned().collect(),
    }
}

fn positions(steps: &[&TruceKey]) -> Vec<PartyPosition> {
    let mut positions: Vec<PartyPosition> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        for (party, acts) in step.by.iter().map(|party| (party, true)).chain(step.with.iter().map(|party| (party, false))) {
            let known = positions.iter_mut().find(|known| known.party.name_key == party.name_key);
            let acts = acts && step.kind != TruceKind::Violation;
            match known {
                Some(known) if acts => {
                    known.position = Some(step.kind);
                    known.step = Some(at);
                }
                Some(_) => {}
                None => {
                    positions.push(PartyPosition { party: party.clone(), position: acts.then_some(step.kind), step: acts.then_some(at) });
                }
            }
        }
    }
    // An agreement is the position of all who are named in it.
    for (at, step) in steps.iter().enumerate().filter(|(_, step)| step.kind == TruceKind::Agreement) {
        for party in &step.with {
            let stood = positions.iter_mut().find(|known| known.party.name_key == party.name_key);
            if let Some(known) = stood.filter(|known| known.step.is_none_or(|before| before < at)) {
                known.position = Some(TruceKind::Agreement);
                known.step = Some(at);
            }
        }
    }
    positions
}
