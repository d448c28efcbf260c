//! Linking as reports come in: new records are joined to what is known, and only what they reach is looked at again.
//!
//! The result never depends on the order or the batches in which records came: a block's pairs are a function of its
//! records, and a component's incidents a function of its records and pairs. When a block grows too large to be compared in
//! full, pairs that are no longer compared are taken back.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::block::{BlockingKey, Limits, Rank, blocking_keys, in_block};
use crate::cluster::{self, Link};
use crate::incident::IncidentId;
use crate::key::EventKey;
use crate::pair::{Score, score};
use crate::weights::Weights;

/// The records known so far, and their incidents.
#[derive(Clone, Debug)]
pub struct Linker {
    weights: Weights,
    limits: Limits,
    records: Vec<Record>,
    /// Position of each record by its number.
    positions: HashMap<u64, u32>,
    /// The records of each blocking key; those of large blocks in the order of [`in_block`].
    blocks: HashMap<BlockingKey, Vec<u32>>,
    /// The members of each incident, by its label, in the order of their names.
    groups: HashMap<u32, Vec<u32>>,
}

#[derive(Clone, Debug)]
struct Record {
    key: EventKey,
    rank: Rank,
    /// Kept pairs: the other's position, and the score.
    links: Vec<(u32, Score)>,
    /// Label of its incident: the position of that incident's first member by name.
    group: u32,
}

/// What an addition changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Number of records that are new.
    pub added: usize,
    /// Number of records that were there already, or came twice; they changed nothing.
    pub repeated: usize,
    /// Incidents that there are now and were not before, sorted.
    pub opened: Vec<IncidentId>,
    /// Incidents that are no more: they grew, were joined with others or divided. Sorted.
    pub closed: Vec<IncidentId>,
}

// Indexing: positions are given out by `add`, which only ever appends to `records`, so every position is below its length.
#[allow(clippy::indexing_slicing)]
impl Linker {
    /// A linker that knows no records.
    #[must_use]
    pub fn new(weights: Weights, limits: Limits) -> Self {
        Self { weights, limits, records: Vec::new(), positions: HashMap::new(), blocks: HashMap::new(), groups: HashMap::new() }
    }

    /// Takes in records, and links them with those that are known. A record whose name is known already changes nothing.
    pub fn add(&mut self, keys: Vec<EventKey>) -> Change {
        let first = self.records.len();
        let mut change = Change::default();
        for key in keys {
            let position = self.records.len() as u32;
            match self.positions.entry(key.number()) {
                std::collections::hash_map::Entry::Occupied(_) => change.repeated += 1,
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(position);
                    let rank = Rank::of(&key);
                    // Its own label, so that the first regrouping finds nothing to close.
                    self.records.push(Record { key, rank, links: Vec::new(), group: position });
                }
            }
        }
        change.added = self.records.len() - first;
        let mut touched: Vec<u32> = (first as u32..self.records.len() as u32).collect();
        let lost = self.enter_blocks(first);
        touched.extend(self.unlink(&lost));
        touched.extend(self.compare(first));
        self.regroup(touched, &mut change);
        change
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The incidents: their records in the order of their names, incidents in the order of their first record. A record that
    /// nothing was joined to is an incident of its own.
    #[must_use]
    pub fn groups(&self) -> Vec<Vec<&EventKey>> {
        let mut groups: Vec<Vec<&EventKey>> = self.groups.values().map(|members| self.keys(members)).collect();
        groups.sort_by(|a, b| a.first().map(|key| key.id()).cmp(&b.first().map(|key| key.id())));
        groups
    }

    /// The records of the incident that a record belongs to, in the order of their names; `None` where it is not known.
    #[must_use]
    pub fn group_of(&self, record: &EventKey) -> Option<Vec<&EventKey>> {
        let position = self.positions.get(&record.number())?;
        self.groups.get(&self.records[*position as usize].group).map(|members| self.keys(members))
    }

    fn keys(&self, members: &[u32]) -> Vec<&EventKey> {
        members.iter().map(|position| &self.records[*position as usize].key).collect()
    }

    /// Enters the records from `first` on into their blocks. Gives the kept pairs that a block no longer compares because it
    /// has grown; another block may still compare them.
    fn enter_blocks(&mut self, first: usize) -> Vec<(u32, u32)> {
        let mut entries: Vec<(BlockingKey, u32)> = Vec::new();
        for (position, record) in self.records.iter().enumerate().skip(first) {
            entries.extend(blocking_keys(&record.key).into_iter().map(|blocking| (blocking, position as u32)));
        }
        entries.sort_unstable();
        let mut lost = Vec::new();
        for chunk in entries.chunk_by(|a, b| a.0 == b.0) {
            let block = self.blocks.entry(chunk[0].0).or_default(); // a chunk has one entry at least
            let before = block.len();
            block.extend(chunk.iter().map(|(_, position)| *position));
            if block.len() > self.limits.block {
                let records = &self.records;
                block.sort_by(|a, b| {
                    let (a, b) = (&records[*a as usize], &records[*b as usize]);
                    in_block((&a.rank, &a.key), (&b.rank, &b.key))
                });
                lost_pairs(block, first as u32, before, &self.limits, &mut lost);
            }
        }
        lost
    }

    /// Takes back the links of pairs that no block compares any more; gives the records concerned.
    fn unlink(&mut self, lost: &[(u32, u32)]) -> Vec<u32> {
        let mut concerned = Vec::new();
        for (a, b) in lost {
            let linked = self.records[*a as usize].links.iter().any(|(other, _)| other == b);
            if linked && !self.compared(*a, *b) {
                self.records[*a as usize].links.retain(|(other, _)| other != b);
                self.records[*b as usize].links.retain(|(other, _)| other != a);
                concerned.extend([*a, *b]);
            }
        }
        concerned
    }

    /// Whether any block compares two records.
    fn compared(&self, a: u32, b: u32) -> bool {
        let of_b = blocking_keys(&self.records[b as usize].key);
        let common = blocking_keys(&self.records[a as usize].key).into_iter().filter(|blocking| of_b.binary_search(blocking).is_ok());
        common.filter_map(|blocking| self.blocks.get(&blocking)).any(|block| {
            let near = |(x, y): (usize, usize)| x.abs_diff(y) <= self.limits.window;
            block.len() <= self.limits.block || self.place(block, a).zip(self.place(block, b)).is_some_and(near)
        })
    }

    /// Where a record stands in a large block.
    fn place(&self, block: &[u32], record: u32) -> Option<usize> {
        let sought = &self.records[record as usize];
        let order = |position: &u32| {
            let other = &self.records[*position as usize];
            in_block((&other.rank, &other.key), (&sought.rank, &sought.key))
        };
        block.binary_search_by(order).ok()
    }

    /// Compares the records from `first` on with all that they share a block with; gives the records that were linked.
    fn compare(&mut self, first: usize) -> Vec<u32> {
        let mut concerned = Vec::new();
        for position in first as u32..self.records.len() as u32 {
            // Of two new records the later finds the earlier.
            for other in self.neighbours(position).into_iter().filter(|other| *other < position) {
                let score = score(&self.records[position as usize].key, &self.records[other as usize].key, &self.weights);
                if score.0 >= self.limits.pair {
                    self.records[position as usize].links.push((other, score));
                    self.records[other as usize].links.push((position, score));
                    concerned.push(other);
                }
            }
        }
        concerned
    }

    /// The records that a record is compared with, each once.
    fn neighbours(&self, record: u32) -> Vec<u32> {
        let mut all = Vec::new();
        for blocking in blocking_keys(&self.records[record as usize].key) {
            let Some(block) = self.blocks.get(&blocking) else { continue };
            if block.len() <= self.limits.block {
                all.extend_from_slice(block);
            } else if let Some(at) = self.place(block, record) {
                let end = (at + self.limits.window + 1).min(block.len());
                all.extend_from_slice(&block[at.saturating_sub(self.limits.window)..end]);
            }
        }
        all.sort_unstable();
        all.dedup();
        all.retain(|other| *other != record);
        all
    }

    /// Clusters anew the components that the given records are in.
    fn regroup(&mut self, touched: Vec<u32>, change: &mut Change) {
        // All that is closed is closed before anything is opened: a component may have fallen apart, and its label go to a part.
        let components = self.reached(touched);
        let (mut before, mut after) = (BTreeSet::new(), BTreeSet::new());
        for record in components.iter().flatten() {
            let label = self.records[*record as usize].group;
            if let Some(members) = self.groups.remove(&label) {
                before.insert(self.id(&members));
            }
        }
        for members in components.into_iter().flat_map(|component| self.cohering(component)).collect::<Vec<_>>() {
            after.insert(self.id(&members));
            let label = members[0]; // a group has one member at least
            for record in &members {
                self.records[*record as usize].group = label;
            }
            self.groups.insert(label, members);
        }
        change.opened = after.difference(&before).copied().collect();
        change.closed = before.difference(&after).copied().collect();
    }

    /// The components that hold the given records.
    fn reached(&self, touched: Vec<u32>) -> Vec<Vec<u32>> {
        let mut seen: HashSet<u32> = HashSet::new();
        let mut components = Vec::new();
        for start in touched {
            if !seen.insert(start) {
                continue;
            }
            let mut component = vec![start];
            let mut at = 0;
            while let Some(record) = component.get(at).copied() {
                at += 1;
                component.extend(self.records[record as usize].links.iter().map(|(other, _)| *other).filter(|other| seen.insert(*other)));
            }
            components.push(component);
        }
        components
    }

    fn id(&self, members: &[u32]) -> IncidentId {
        IncidentId::of(members.iter().map(|record| &self.records[*record as usize].key))
    }

    /// The groups of a component that hold together, each in the order of the records' names.
    fn cohering(&self, mut component: Vec<u32>) -> Vec<Vec<u32>> {
        component.sort_by(|a, b| self.records[*a as usize].key.id().cmp(&self.records[*b as usize].key.id()));
        if let [single] = component.as_slice() {
            return vec![vec![*single]];
        }
        let local: HashMap<u32, u32> = component.iter().enumerate().map(|(at, record)| (*record, at as u32)).collect();
        let mut links: Vec<Link> = Vec::new();
        for (a, record) in component.iter().enumerate() {
            let mine = self.records[*record as usize].links.iter().filter_map(|(other, score)| Some((*local.get(other)?, *score)));
            links.extend(mine.filter(|(b, _)| *b > a as u32).map(|(b, score)| Link { a: a as u32, b, score }));
        }
        let named = |group: Vec<u32>| group.into_iter().map(|at| component[at as usize]).collect();
        cluster::groups(component.len(), &links, &self.limits).into_iter().map(named).collect()
    }
}

/// The pairs of older records (positions below `first`) that a large block compared before it grew and does not now. `block`
/// is in its order; `before` of its records are older.
#[allow(clippy::indexing_slicing)] // `k` stays below the length of `older` by the range it runs over
fn lost_pairs(block: &[u32], first: u32, before: usize, limits: &Limits, lost: &mut Vec<(u32, u32)>) {
    let older: Vec<(usize, u32)> = block.iter().copied().enumerate().filter(|(_, record)| *record < first).collect();
    let reach = if before <= limits.block { older.len() } else { limits.window };
    for (i, (at, record)) in older.iter().enumerate() {
        let end = (i + reach + 1).min(older.len());
        for k in (i + 1..end).rev() {
            let (other_at, other) = older[k];
            if other_at - at <= limits.window {
                break; // those nearer are within the window too
            }
            lost.push((*record, other));
        }
    }
}
