//! Disputes of an incident: accounts of different sources, in one document or in many, that cannot both hold.

use std::collections::BTreeSet;

use hearsay_ledger::{DisputeAbout, Stance};

use crate::incident::AccountRef;
use crate::key::{EventKey, Participant, Source};
use crate::losses::{IncidentLosses, LossFigures};

/// Accounts of one happening that cannot all hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IncidentDispute {
    /// What they differ on.
    pub about: DisputeAbout,
    /// The accounts, sorted; at least two.
    pub accounts: Vec<AccountRef>,
}

/// The disputes of an incident's records, one for each matter, in the order of [`DisputeAbout::ALL`].
#[must_use]
pub fn disputes(members: &[&EventKey], losses: &IncidentLosses) -> Vec<IncidentDispute> {
    let found = [
        (DisputeAbout::Occurrence, occurrence(members)),
        (DisputeAbout::Actor, participants(members, |key| &key.actors)),
        (DisputeAbout::Recipient, participants(members, |key| &key.recipients)),
        (DisputeAbout::Losses, figures(losses)),
    ];
    let dispute = |(about, accounts): (DisputeAbout, BTreeSet<AccountRef>)| IncidentDispute { about, accounts: accounts.into_iter().collect() };
    found.into_iter().map(dispute).filter(|dispute| dispute.accounts.len() > 1).collect()
}

/// Accounts that assert the happening, and those that deny it, where a source denies what another asserts.
fn occurrence(members: &[&EventKey]) -> BTreeSet<AccountRef> {
    let with = |stance: Stance| {
        let all = members.iter().flat_map(|key| key.accounts.iter().map(move |account| (*key, account)));
        all.filter(move |(_, account)| account.stance == stance).map(|(key, account)| (&account.source, AccountRef::of(key, account)))
    };
    let opposed = with(Stance::Denies).any(|(denier, _)| with(Stance::Asserts).any(|(asserter, _)| differ(denier, asserter)));
    if opposed { with(Stance::Denies).chain(with(Stance::Asserts)).map(|(_, account)| account).collect() } else { BTreeSet::new() }
}

/// Whether two sources are different ones. Two reports speaking for themselves are taken as one.
fn differ(a: &Source, b: &Source) -> bool {
    match (a, b) {
        (Source::Party(a), Source::Party(b)) => a.name_key != b.name_key,
        _ => a != b,
    }
}

/// Accounts that put the happening down to (or as done to) participants of which none is on a side that others name.
fn participants(members: &[&EventKey], of: fn(&EventKey) -> &Vec<Participant>) -> BTreeSet<AccountRef> {
    let mut accounts = BTreeSet::new();
    for (at, key) in members.iter().enumerate() {
        for other in members.iter().skip(at + 1).filter(|other| exclusive(of(key), of(other))) {
            for (a, b) in asserted(key).flat_map(|a| asserted(other).map(move |b| (a, b))).filter(|(a, b)| differ(&a.source, &b.source)) {
                accounts.insert(AccountRef::of(key, a));
                accounts.insert(AccountRef::of(other, b));
            }
        }
    }
    accounts
}

fn asserted(key: &EventKey) -> impl Iterator<Item = &crate::key::AccountKey> {
    key.accounts.iter().filter(|account| account.stance == Stance::Asserts)
}

/// Whether both lists name participants, all with a side, and no side in common.
fn exclusive(a: &[Participant], b: &[Participant]) -> bool {
    let apart = |x: &Participant, y: &Participant| x.side.is_some() && y.side.is_some() && x.side != y.side;
    !a.is_empty() && !b.is_empty() && a.iter().all(|x| b.iter().all(|y| apart(x, y)))
}

/// Accounts whose loss figures exclude one another.
fn figures(losses: &IncidentLosses) -> BTreeSet<AccountRef> {
    let of = |figures: &LossFigures| -> Vec<AccountRef> {
        let pairs = figures.quarrels().into_iter();
        pairs.filter_map(|(a, b)| Some([a.account.clone()?, b.account.clone()?])).flatten().collect()
    };
    [&losses.killed, &losses.injured, &losses.displaced].into_iter().flat_map(of).collect()
}
