//! Disputes: accounts of one happening, by two sources, that cannot both hold.

use hearsay_ledger::{Account, AccountId, Dispute, DisputeAbout, DisputeId, Event, EventId, Ledger, Quantity, SourceRef, Stance};

use crate::evidence::JoinEvidence;
use crate::incident;
use crate::page::Page;

/// The disputes of a document, in the order of their first accounts. `ledger` holds everything but them.
#[must_use]
pub(crate) fn disputes(page: &Page<'_>, ledger: &Ledger, joins: &[JoinEvidence]) -> Vec<Dispute> {
    let mut out: Vec<(DisputeAbout, Vec<AccountId>)> = Vec::new();
    for happening in happenings(ledger, joins, page.codebook.incident.sharing) {
        let accounts: Vec<&Account> = ledger.accounts.iter().filter(|a| happening.contains(&a.event)).collect();
        out.extend(denied(page, ledger, &accounts));
        // Rival actors stand against each other only where the deed is contested; else two names of one actor would.
        let contested = accounts.iter().any(|a| a.stance == Stance::Denies);
        // The document's own numbers are its summary of what its sources say.
        let asserted: Vec<&Account> = accounts.into_iter().filter(|a| a.stance == Stance::Asserts && a.source != SourceRef::Narrator).collect();
        for (n, first) in asserted.iter().enumerate() {
            for second in asserted.iter().skip(n + 1).filter(|second| !same_source(page, first, second)) {
                let events = ledger.events.get(first.event.index()).zip(ledger.events.get(second.event.index()));
                if let Some(about) = events.and_then(|(a, b)| differ(page, a, b, contested, both_named(ledger, first, second))) {
                    out.push((about, vec![first.id, second.id]));
                }
            }
        }
    }
    out.sort_by(|a, b| a.1.cmp(&b.1));
    out.into_iter().enumerate().map(|(n, (about, accounts))| Dispute { id: DisputeId::at(n), about, accounts }).collect()
}

/// The events of each happening, joined only where that is sure: two happenings taken for one would make disputes of
/// nothing.
fn happenings(ledger: &Ledger, joins: &[JoinEvidence], least: f32) -> Vec<Vec<EventId>> {
    let mut first: Vec<usize> = (0..ledger.events.len()).collect();
    for join in joins.iter().filter(|join| join.probability >= least) {
        // A join leads from an event to an earlier one, whose own first is known by then.
        if let (Some(earlier), Some(own)) = (first.get(join.earlier.index()).copied(), first.get_mut(join.later.index())) {
            *own = earlier;
        }
    }
    let members = |n: usize| first.iter().enumerate().filter(move |(_, of)| **of == n).map(|(event, _)| EventId::at(event)).collect::<Vec<_>>();
    (0..first.len()).map(members).filter(|events| !events.is_empty()).collect()
}

/// The dispute over a happening that some say was and others deny: all their accounts, one a source and side.
fn denied(page: &Page<'_>, ledger: &Ledger, accounts: &[&Account]) -> Option<(DisputeAbout, Vec<AccountId>)> {
    let denial = accounts.iter().find(|a| a.stance == Stance::Denies)?;
    let mut sides: Vec<&Account> = Vec::new();
    for account in accounts.iter().filter(|a| matches!(a.stance, Stance::Asserts | Stance::Denies)) {
        if !sides.iter().any(|other| other.stance == account.stance && same_source(page, other, account)) {
            sides.push(account);
        }
    }
    // Somebody else must hold that it was so.
    sides.iter().any(|a| a.stance == Stance::Asserts && !same_source(page, a, denial)).then(|| {
        let about = ledger.events.get(denial.event.index()).map_or(DisputeAbout::Occurrence, |event| subject(ledger, event, denial));
        (about, sides.iter().map(|a| a.id).collect())
    })
}

/// Who denies having done it disputes the actor; anybody else that it happened.
fn subject(ledger: &Ledger, event: &Event, denial: &Account) -> DisputeAbout {
    let SourceRef::Entity(source) = denial.source else { return DisputeAbout::Occurrence };
    let country = |id: hearsay_ledger::EntityId| ledger.entities.get(id.index()).and_then(|e| e.country.clone());
    let own = |actor: &hearsay_ledger::Argument| {
        actor.entity.is_some_and(|actor| actor == source || country(actor).is_some() && country(actor) == country(source))
    };
    if event.actors.iter().any(own) { DisputeAbout::Actor } else { DisputeAbout::Occurrence }
}

/// What two records of one happening say differently: who did it, or how many were lost.
fn differ(page: &Page<'_>, a: &Event, b: &Event, contested: bool, named_sources: bool) -> Option<DisputeAbout> {
    let apart = |x: Option<Quantity>, y: Option<Quantity>| x.zip(y).is_some_and(|(x, y)| exclude(x, y));
    // The injured are counted at different hours and by different rules; only the dead and the displaced are set against each other.
    if named_sources && (apart(a.killed, b.killed) || apart(a.displaced, b.displaced)) {
        return Some(DisputeAbout::Losses);
    }
    let named = |event: &Event| !event.actors.is_empty() && event.actors.iter().all(|actor| actor.entity.is_some());
    (contested && named(a) && named(b) && !incident::share_participant(page, a, b)).then_some(DisputeAbout::Actor)
}

/// Whether two accounts are from two sources with names: "the source" and "a medic" may be one.
fn both_named(ledger: &Ledger, first: &Account, second: &Account) -> bool {
    let name = |account: &Account| match account.source {
        SourceRef::Entity(id) => ledger.entities.get(id.index()).map(|e| e.name.as_str()).filter(|name| name.starts_with(char::is_uppercase)),
        _ => None,
    };
    name(first).zip(name(second)).is_some_and(|(a, b)| a != b)
}

/// Whether two ranges have no number in common.
fn exclude(x: Quantity, y: Quantity) -> bool {
    let below = |x: Quantity, y: Quantity| x.high.zip(y.low).is_some_and(|(high, low)| high < low);
    below(x, y) || below(y, x)
}

fn same_source(page: &Page<'_>, first: &Account, second: &Account) -> bool {
    if first.source == second.source {
        return true;
    }
    match (first.source, second.source, first.source_span.zip(second.source_span)) {
        (SourceRef::Entity(_), SourceRef::Entity(_), _) | (_, _, None) => false,
        (_, _, Some((a, b))) => page.phrase(a).eq_ignore_ascii_case(&page.phrase(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ranges_exclude_each_other_only_where_they_end() {
        let range = |low, high| Quantity { low, high };
        assert!(exclude(range(Some(20), Some(20)), range(Some(30), None)));
        assert!(!exclude(range(Some(20), None), range(Some(30), Some(30))));
        assert!(exclude(range(Some(0), Some(0)), range(Some(1), Some(3))));
        assert!(!exclude(range(None, None), range(Some(1), Some(1))));
    }
}
