//! Disputes: accounts of one happening, by two sources, that cannot both hold.

use hearsay_ledger::{Account, Dispute, DisputeAbout, DisputeId, Event, Ledger, Quantity, SourceRef, Stance};

use crate::incident;
use crate::page::Page;

/// The disputes of a document, in the order of their first accounts. `ledger` holds everything but them.
#[must_use]
pub(crate) fn disputes(page: &Page<'_>, ledger: &Ledger) -> Vec<Dispute> {
    let accounts = &ledger.accounts;
    let mut out = Vec::new();
    for (n, first) in accounts.iter().enumerate() {
        for second in accounts.iter().skip(n + 1) {
            if let Some(about) = subject(page, ledger, first, second) {
                out.push(Dispute { id: DisputeId::at(out.len()), about, accounts: vec![first.id, second.id] });
            }
        }
    }
    out
}

/// What two accounts differ on, where they are of one happening and cannot both hold.
fn subject(page: &Page<'_>, ledger: &Ledger, first: &Account, second: &Account) -> Option<DisputeAbout> {
    let (a, b) = (ledger.events.get(first.event.index())?, ledger.events.get(second.event.index())?);
    let one_event = a.id == b.id;
    let together = one_event || ledger.incidents.iter().any(|i| i.events.contains(&a.id) && i.events.contains(&b.id));
    if !together || same_source(page, first, second) {
        return None;
    }
    match (first.stance, second.stance) {
        (Stance::Asserts, Stance::Denies) => Some(denied(ledger, a, second)),
        (Stance::Denies, Stance::Asserts) => Some(denied(ledger, b, first)),
        (Stance::Asserts, Stance::Asserts) if !one_event => differ(page, a, b),
        _ => None,
    }
}

/// Who denies having done it disputes the actor; anybody else that it happened.
fn denied(ledger: &Ledger, event: &Event, denial: &Account) -> DisputeAbout {
    let SourceRef::Entity(source) = denial.source else { return DisputeAbout::Occurrence };
    let country = |id: hearsay_ledger::EntityId| ledger.entities.get(id.index()).and_then(|e| e.country.clone());
    let own = |actor: &hearsay_ledger::Argument| {
        actor.entity.is_some_and(|actor| actor == source || country(actor).is_some() && country(actor) == country(source))
    };
    if event.actors.iter().any(own) { DisputeAbout::Actor } else { DisputeAbout::Occurrence }
}

/// What two records of one happening say differently: who did it, or how many were lost.
fn differ(page: &Page<'_>, a: &Event, b: &Event) -> Option<DisputeAbout> {
    let apart = |x: Option<Quantity>, y: Option<Quantity>| x.zip(y).is_some_and(|(x, y)| exclude(x, y));
    if apart(a.killed, b.killed) || apart(a.injured, b.injured) || apart(a.displaced, b.displaced) {
        return Some(DisputeAbout::Losses);
    }
    let named = |event: &Event| !event.actors.is_empty() && event.actors.iter().all(|actor| actor.entity.is_some());
    (named(a) && named(b) && !incident::share_participant(page, a, b)).then_some(DisputeAbout::Actor)
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
