//! The incidents of a set of records do not depend on the order, the batches or the engine.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use hearsay_link::{EventKey, Incident, IncidentId, Limits, Linker, Weights, steps};
use proptest::prelude::*;

/// Limits so low that the blocks of a few records are large ones already.
fn narrow() -> Limits {
    Limits { block: 4, window: 2, ..Limits::default() }
}

fn names(groups: &[Vec<&EventKey>]) -> Vec<Vec<String>> {
    groups.iter().map(|group| group.iter().map(|key| key.id().to_string()).collect()).collect()
}

fn from_nothing(keys: &[EventKey], limits: &Limits) -> Vec<Vec<String>> {
    let groups = steps::link(keys, &Weights::built_in(), limits);
    let groups: Vec<Vec<&EventKey>> = groups.into_iter().map(|group| group.into_iter().map(|at| &keys[at]).collect()).collect();
    names(&groups)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_order_and_any_batches_give_the_same_incidents(
        (keys, shuffled) in common::records().prop_flat_map(|keys| (Just(keys.clone()), Just(keys).prop_shuffle())),
        batch in 1usize..20,
        wide in any::<bool>(),
    ) {
        let limits = if wide { Limits::default() } else { narrow() };
        let expected = from_nothing(&keys, &limits);
        prop_assert_eq!(&from_nothing(&shuffled, &limits), &expected);
        let mut linker = Linker::new(Weights::built_in(), limits);
        let mut open: BTreeSet<IncidentId> = BTreeSet::new();
        for batch in shuffled.chunks(batch) {
            let change = linker.add(batch.to_vec());
            prop_assert_eq!(change.added, batch.len());
            for closed in &change.closed {
                prop_assert!(open.remove(closed), "an incident was closed that was not open");
            }
            for opened in change.opened {
                prop_assert!(open.insert(opened), "an incident was opened twice");
            }
        }
        prop_assert_eq!(&names(&linker.groups()), &expected);
        let ids: BTreeSet<IncidentId> = linker.groups().iter().map(|group| Incident::of(group).unwrap().id).collect();
        prop_assert_eq!(ids, open);
    }

    #[test]
    fn adding_again_changes_nothing(keys in common::records()) {
        let mut linker = Linker::new(Weights::built_in(), narrow());
        linker.add(keys.clone());
        let before = names(&linker.groups());
        let change = linker.add(keys.clone());
        prop_assert_eq!((change.added, change.repeated), (0, keys.len()));
        prop_assert!(change.opened.is_empty() && change.closed.is_empty());
        prop_assert_eq!(names(&linker.groups()), before);
    }

    #[test]
    fn every_record_is_in_one_incident_and_finds_it(keys in common::records()) {
        let mut linker = Linker::new(Weights::built_in(), Limits::default());
        linker.add(keys.clone());
        let told: usize = linker.groups().iter().map(Vec::len).sum();
        prop_assert_eq!(told, keys.len());
        for key in &keys {
            prop_assert!(linker.group_of(key).unwrap().iter().any(|member| member.id() == key.id()));
        }
    }
}
