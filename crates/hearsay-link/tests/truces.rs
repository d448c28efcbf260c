//! Truce terms of many documents become processes.

#![allow(clippy::unwrap_used)]

mod common;

use common::{document, party};
use hearsay_ledger::TruceKind;
use hearsay_link::{Lexicon, Source, TruceKey, TruceLimits, processes};
use proptest::prelude::*;

fn term(lexicon: &Lexicon, id: &str, published: i32, kind: TruceKind, by: &[&str], with: &[&str]) -> TruceKey {
    let all = |names: &[&str]| names.iter().map(|name| party(name, None)).collect();
    TruceKey {
        document: document(id, published, id, lexicon),
        term: 1,
        kind,
        by: all(by),
        with: all(with),
        effective: None,
        until: None,
        source: Source::Narrator,
    }
}

fn talks() -> Vec<TruceKey> {
    let lexicon = &Lexicon::built_in();
    vec![
        term(lexicon, "a", 10, TruceKind::Proposal, &["Moscow"], &["Free Army"]),
        term(lexicon, "b", 12, TruceKind::CounterProposal, &["Free Army"], &["Moscow"]),
        term(lexicon, "c", 15, TruceKind::Agreement, &["Moscow"], &["Free Army"]),
        term(lexicon, "d", 16, TruceKind::Start, &["Moscow", "Free Army"], &[]),
        term(lexicon, "e", 19, TruceKind::Violation, &["Moscow"], &["Free Army"]),
        term(lexicon, "f", 12, TruceKind::Proposal, &["Juba"], &["Opposition"]),
        term(lexicon, "g", 200, TruceKind::Proposal, &["Moscow"], &["Free Army"]),
    ]
}

#[test]
fn one_fighting_is_one_process_until_it_is_long_forgotten() {
    let found = processes(&talks(), &TruceLimits::default());
    let ids = |at: usize| found[at].steps.iter().map(|step| step.document.id.as_str()).collect::<Vec<_>>();
    assert_eq!((ids(0), ids(1), ids(2)), (vec!["a", "b", "c", "d", "e"], vec!["f"], vec!["g"]));
    assert_eq!(found[0].stage(), Some(TruceKind::Start));
}

#[test]
fn parties_stand_where_they_last_put_themselves() {
    let found = processes(&talks(), &TruceLimits::default());
    let stands = |name: &str| found[0].positions.iter().find(|known| known.party.name == name).unwrap().position;
    // To be accused of a breach is no position of one's own.
    assert_eq!(stands("Moscow"), Some(TruceKind::Start));
    assert_eq!(stands("Free Army"), Some(TruceKind::Start));
    let breach = found[0].steps_of(TruceKind::Violation).next().unwrap();
    assert_eq!((breach.by[0].name.as_str(), breach.with[0].name.as_str()), ("Moscow", "Free Army"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn processes_do_not_depend_on_the_order_of_terms(
        (talks, shuffled) in Just(talks()).prop_flat_map(|talks| (Just(talks.clone()), Just(talks).prop_shuffle()))
    ) {
        prop_assert_eq!(processes(&shuffled, &TruceLimits::default()), processes(&talks, &TruceLimits::default()));
    }
}
