//! Linking as separate steps, for an engine that spreads the work over machines (Spark, Ray, a pool of processes):
//!
//! 1. every record → its blocking keys ([`blocking_keys`](crate::blocking_keys)); shuffle by blocking key;
//! 2. every block → the pairs kept in it ([`decide`]); shuffle; the same pair may come from several blocks, with the same score;
//! 3. all kept pairs → connected components ([`connected`], or the engine's own);
//! 4. every component with its pairs → incidents ([`coherent`]).
//!
//! Each step is a function of its arguments as sets, so the incidents are the same however the work is cut up, and the same as
//! those of a [`Linker`](crate::Linker). [`link`] does all of it in one place.

use std::collections::BTreeMap;

use crate::block::{self, BlockingKey, Limits, blocking_keys};
use crate::cluster::{self, Link};
use crate::key::EventKey;
use crate::pair::{Score, score};
use crate::weights::Weights;

/// A pair of records that was kept; they go by [`EventKey::number`], the lower first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decision {
    /// Number of one record.
    pub a: u64,
    /// Number of the other.
    pub b: u64,
    /// The score of the pair.
    pub score: Score,
}

/// The kept pairs of a block: all records that share one blocking key, in any order. Sorted.
#[must_use]
pub fn decide(block: &[&EventKey], weights: &Weights, limits: &Limits) -> Vec<Decision> {
    let decision = |(i, j): (usize, usize)| {
        let (x, y) = (block.get(i)?, block.get(j)?);
        let score = score(x, y, weights);
        let (a, b) = (x.number(), y.number());
        (score.0 >= limits.pair && a != b).then(|| Decision { a: a.min(b), b: a.max(b), score })
    };
    let mut decisions: Vec<Decision> = block::pairs(block, limits).into_iter().filter_map(decision).collect();
    decisions.sort_unstable();
    decisions
}

/// The connected components of records that are in a kept pair: sorted lists of their numbers, in the order of their first.
#[must_use]
pub fn connected(decisions: &[Decision]) -> Vec<Vec<u64>> {
    let mut numbers: Vec<u64> = decisions.iter().flat_map(|d| [d.a, d.b]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let links: Vec<Link> = decisions.iter().filter_map(|decision| local(decision, &numbers)).collect();
    let named = |component: Vec<u32>| component.into_iter().filter_map(|at| numbers.get(at as usize).copied()).collect();
    cluster::components(numbers.len(), &links).into_iter().map(named).collect()
}

/// A decision by positions in a sorted list of numbers.
fn local(decision: &Decision, numbers: &[u64]) -> Option<Link> {
    let (a, b) = (numbers.binary_search(&decision.a).ok()?, numbers.binary_search(&decision.b).ok()?);
    Some(Link { a: a.min(b) as u32, b: a.max(b) as u32, score: decision.score })
}

/// The incidents of one component: `records` are all of its records in any order, `decisions` its kept pairs (a pair may
/// come more than once). Positions in `records`, in the order of the records' names; incidents in the order of their first.
#[must_use]
pub fn coherent(records: &[&EventKey], decisions: &[Decision], limits: &Limits) -> Vec<Vec<usize>> {
    let mut order: Vec<(&EventKey, usize)> = records.iter().enumerate().map(|(index, key)| (*key, index)).collect();
    order.sort_by(|a, b| a.0.id().cmp(&b.0.id()));
    let place: BTreeMap<u64, u32> = order.iter().enumerate().map(|(at, (key, _))| (key.number(), at as u32)).collect();
    let link = |decision: &Decision| {
        let (a, b) = (*place.get(&decision.a)?, *place.get(&decision.b)?);
        Some(Link { a: a.min(b), b: a.max(b), score: decision.score })
    };
    let mut links: Vec<Link> = decisions.iter().filter_map(link).collect();
    links.sort_unstable();
    links.dedup();
    let named = |group: Vec<u32>| group.into_iter().filter_map(|at| order.get(at as usize).map(|(_, index)| *index)).collect();
    cluster::groups(order.len(), &links, limits).into_iter().map(named).collect()
}

/// The incidents of a set of records, from nothing, step by step: positions in `keys`, in the order of the records' names;
/// incidents in the order of their first. Records must have different names.
#[must_use]
pub fn link(keys: &[EventKey], weights: &Weights, limits: &Limits) -> Vec<Vec<usize>> {
    let mut blocks: BTreeMap<BlockingKey, Vec<&EventKey>> = BTreeMap::new();
    for key in keys {
        for blocking in blocking_keys(key) {
            blocks.entry(blocking).or_default().push(key);
        }
    }
    let mut decisions: Vec<Decision> = blocks.values().flat_map(|block| decide(block, weights, limits)).collect();
    decisions.sort_unstable();
    decisions.dedup();
    let by_number: BTreeMap<u64, usize> = keys.iter().enumerate().map(|(index, key)| (key.number(), index)).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut alone = by_number.clone();
    let components = connected(&decisions);
    let component_of: BTreeMap<u64, usize> =
        components.iter().enumerate().flat_map(|(component, members)| members.iter().map(move |number| (*number, component))).collect();
    let mut pairs_of: Vec<Vec<Decision>> = vec![Vec::new(); components.len()];
    for decision in decisions {
        if let Some(pairs) = component_of.get(&decision.a).and_then(|component| pairs_of.get_mut(*component)) {
            pairs.push(decision);
        }
    }
    for (members, pairs) in components.iter().zip(&pairs_of) {
        let indices: Vec<usize> = members.iter().filter_map(|number| alone.remove(number)).collect();
        let records: Vec<&EventKey> = indices.iter().filter_map(|index| keys.get(*index)).collect();
        let named = |group: Vec<usize>| group.into_iter().filter_map(|at| indices.get(at).copied()).collect();
        groups.extend(coherent(&records, pairs, limits).into_iter().map(named));
    }
    groups.extend(alone.into_values().map(|index| vec![index]));
    groups.sort_by_key(|group: &Vec<usize>| group.first().and_then(|index| keys.get(*index)).map(EventKey::id));
    groups
}
