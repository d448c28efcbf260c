//! From scored pairs to groups: connected components, and within each the groups that hold together.
//!
//! Whatever is joined through a chain of pairs is one component; but A with B and B with C does not make A with C. So each
//! component is clustered anew by average linkage: the two groups with the highest mean score over all pairs between them
//! are joined, again and again, while that mean is high enough. Pairs that were not kept count as evidence against. Scores
//! are whole numbers and ties go by the order of the records, so the groups are a function of the set alone.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

use crate::block::Limits;
use crate::pair::Score;

/// A kept pair of records, by their positions in a list; the lower first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Position of one record.
    pub a: u32,
    /// Position of the other.
    pub b: u32,
    /// The score of the pair.
    pub score: Score,
}

/// The connected components of `count` records: lists of positions, each sorted, in the order of their first.
#[must_use]
pub fn components(count: usize, links: &[Link]) -> Vec<Vec<u32>> {
    let mut parent: Vec<u32> = (0..count as u32).collect();
    for link in links {
        let (a, b) = (root(&mut parent, link.a), root(&mut parent, link.b));
        // The lower position leads, so that a component is found under its first record.
        if let Some(of_higher) = parent.get_mut(a.max(b) as usize) {
            *of_higher = a.min(b);
        }
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for record in 0..count as u32 {
        members.entry(root(&mut parent, record)).or_default().push(record);
    }
    members.into_values().collect()
}

/// The leader of a record's component; shortens the way to it.
fn root(parent: &mut [u32], record: u32) -> u32 {
    let mut at = record;
    while let Some(up) = parent.get(at as usize).copied().filter(|up| *up != at) {
        let above = parent.get(up as usize).copied().unwrap_or(up);
        if let Some(link) = parent.get_mut(at as usize) {
            *link = above;
        }
        at = above;
    }
    at
}

/// The groups of one component of `count` records that hold together: lists of positions, each sorted, in the order of their
/// first. The records must be numbered in an order that does not depend on how they came (that of their names), and each
/// pair must come once at most.
#[must_use]
pub fn groups(count: usize, links: &[Link], limits: &Limits) -> Vec<Vec<u32>> {
    let mut linkage = Linkage::new(count, links, limits);
    while let Some(Reverse(best)) = linkage.queue.pop() {
        linkage.join(&best);
    }
    let mut groups: Vec<Vec<u32>> = linkage.members.into_iter().filter(|members| !members.is_empty()).collect();
    for members in &mut groups {
        members.sort_unstable();
    }
    groups.sort();
    groups
}

/// What lies between two groups: the sum of the kept pairs' scores, and their number.
#[derive(Clone, Copy, Default)]
struct Between {
    sum: i64,
    kept: i64,
}

/// Two groups that may be joined, as they were when this was written down.
struct Candidate {
    /// Sum over all pairs between them; over `pairs` it is their mean.
    sum: i64,
    pairs: i64,
    a: u32,
    b: u32,
    /// How often each had grown.
    grown: (u32, u32),
}

impl Ord for Candidate {
    /// The highest mean first, then the groups with the earlier records.
    fn cmp(&self, other: &Self) -> Ordering {
        let means = (i128::from(other.sum) * i128::from(self.pairs)).cmp(&(i128::from(self.sum) * i128::from(other.pairs)));
        means.then((self.a, self.b).cmp(&(other.a, other.b))).then(self.grown.cmp(&other.grown))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// The state of average linkage. A group goes by the position of its first record.
struct Linkage<'a> {
    limits: &'a Limits,
    members: Vec<Vec<u32>>,
    between: Vec<BTreeMap<u32, Between>>,
    grown: Vec<u32>,
    queue: BinaryHeap<Reverse<Candidate>>,
}

// Indexing: every position is below `count`, the length of the three lists, by the contract of `groups`; links that break it
// are left out by `new`.
#[allow(clippy::indexing_slicing)]
impl<'a> Linkage<'a> {
    fn new(count: usize, links: &[Link], limits: &'a Limits) -> Self {
        let mut linkage = Self {
            limits,
            members: (0..count as u32).map(|record| vec![record]).collect(),
            between: vec![BTreeMap::new(); count],
            grown: vec![0; count],
            queue: BinaryHeap::new(),
        };
        for link in links.iter().filter(|link| link.a != link.b && (link.a.max(link.b) as usize) < count) {
            let between = Between { sum: i64::from(link.score.0), kept: 1 };
            linkage.between[link.a as usize].insert(link.b, between);
            linkage.between[link.b as usize].insert(link.a, between);
        }
        for a in 0..count as u32 {
            let later: Vec<u32> = linkage.between[a as usize].range(a + 1..).map(|(b, _)| *b).collect();
            for b in later {
                linkage.offer(a, b);
            }
        }
        linkage
    }

    /// Puts two groups into the queue if their mean score is high enough.
    fn offer(&mut self, a: u32, b: u32) {
        let (a, b) = (a.min(b), a.max(b));
        let Some(between) = self.between[a as usize].get(&b) else { return };
        let pairs = self.members[a as usize].len() as i64 * self.members[b as usize].len() as i64;
        let sum = between.sum + i64::from(self.limits.unseen) * (pairs - between.kept);
        if sum >= i64::from(self.limits.join) * pairs {
            self.queue.push(Reverse(Candidate { sum, pairs, a, b, grown: (self.grown[a as usize], self.grown[b as usize]) }));
        }
    }

    /// Joins two groups, unless one of them has changed since they were put into the queue.
    fn join(&mut self, best: &Candidate) {
        let (a, b) = (best.a as usize, best.b as usize);
        if (self.grown[a], self.grown[b]) != best.grown || self.members[a].is_empty() || self.members[b].is_empty() {
            return;
        }
        let joined = std::mem::take(&mut self.members[b]);
        self.members[a].extend(joined);
        self.grown[a] += 1;
        self.grown[b] += 1;
        self.between[a].remove(&best.b);
        for (other, between) in std::mem::take(&mut self.between[b]) {
            if other == best.a {
                continue;
            }
            self.between[other as usize].remove(&best.b);
            let sum = self.between[a].entry(other).or_default();
            sum.sum += between.sum;
            sum.kept += between.kept;
            let sum = *sum;
            self.between[other as usize].insert(best.a, sum);
        }
        let others: Vec<u32> = self.between[a].keys().copied().collect();
        for other in others {
            self.offer(best.a, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { block: 9, window: 2, pair: -1500, join: -1000, unseen: -3000 };

    fn link(a: u32, b: u32, score: i32) -> Link {
        Link { a, b, score: Score(score) }
    }

    #[test]
    fn a_chain_is_one_component_but_not_one_group() {
        let links = [link(0, 1, 4000), link(1, 2, 900), link(3, 4, 100)];
        assert_eq!(components(6, &links), [vec![0, 1, 2], vec![3, 4], vec![5]]);
        // The pair 0-2 was never kept: its -3000 with 900 is a mean below -1000.
        assert_eq!(groups(3, &links[..2], &LIMITS), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn groups_are_joined_while_the_mean_is_high() {
        let links = [link(0, 1, 4000), link(2, 3, 4000), link(0, 2, 1000), link(1, 3, 1000), link(0, 3, 1000)];
        assert_eq!(groups(4, &links, &LIMITS), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn links_to_records_that_are_not_there_are_left_out() {
        assert_eq!(groups(2, &[link(0, 7, 4000), link(1, 1, 4000)], &LIMITS), [vec![0], vec![1]]);
    }

    proptest! {
        #[test]
        fn groups_are_a_partition_and_do_not_depend_on_the_order_of_links(
            pairs in prop::collection::btree_map((0u32..12, 0u32..12), -1500i32..4000, 0..40)
        ) {
            let mut links: Vec<Link> = pairs.iter().filter(|((a, b), _)| a < b).map(|((a, b), score)| link(*a, *b, *score)).collect();
            let once = groups(12, &links, &LIMITS);
            links.reverse();
            prop_assert_eq!(&once, &groups(12, &links, &LIMITS));
            let mut all: Vec<u32> = once.iter().flatten().copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..12).collect::<Vec<u32>>());
            let whole = components(12, &links);
            prop_assert!(once.iter().all(|group| whole.iter().any(|component| group.iter().all(|record| component.contains(record)))));
        }
    }
}
