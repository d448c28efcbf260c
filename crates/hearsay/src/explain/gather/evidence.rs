//! Why the coder decided as it did, by record: the one place where its [`Evidence`] is looked up.
//!
//! [`Evidence`]: hearsay_coder::evidence::Evidence

use hearsay_coder::Reading;
use hearsay_coder::evidence::{Anchor, LossKind, TruceEvidence};
use hearsay_ledger::{AccountId, EventId, Span, TimeId, TruceTermId};

use super::super::model::{CountedFrom, DayKind, Join, Weight};
use super::rounded;

/// What the value of a time expression was counted from.
pub(super) fn counted_from(reading: &Reading, time: TimeId) -> Option<CountedFrom> {
    let (kind, day) = match reading.evidence.anchors.get(time.index())? {
        Anchor::None => return None,
        Anchor::Published(day) => (DayKind::Published, day),
        Anchor::OwnDate(day) => (DayKind::OwnDate, day),
        Anchor::Mentioned(day) => (DayKind::Mentioned, day),
    };
    Some(CountedFrom { kind, day: day.to_string() })
}

/// The words of loss that the losses of one kind of an event were read from.
pub(super) fn loss_words(reading: &Reading, event: EventId, kind: LossKind) -> Vec<Span> {
    let here = reading.evidence.losses.iter().filter(|loss| loss.event == event && loss.kind == kind);
    here.map(|loss| loss.word).collect()
}

/// The verb by which the source of an account takes its position and what it speaks of, in the order of the text; `None`
/// where the account comes of no reaction.
pub(super) fn reaction_words(reading: &Reading, account: AccountId) -> Option<Vec<Span>> {
    let reaction = reading.evidence.reactions.iter().find(|reaction| reaction.account == account)?;
    Some(in_order([Some(reaction.verb), reaction.statement]))
}

/// What names the truce of a term and what is done about it, in the order of the text.
pub(super) fn truce_words(reading: &Reading, term: TruceTermId) -> Vec<Span> {
    truce(reading, term).map_or_else(Vec::new, |it| in_order([it.truce, Some(it.said)]))
}

/// The event whose stance gave a truce term its kind.
pub(super) fn truce_event(reading: &Reading, term: TruceTermId) -> Option<EventId> {
    truce(reading, term)?.event
}

fn truce(reading: &Reading, term: TruceTermId) -> Option<&TruceEvidence> {
    reading.evidence.truce_terms.iter().find(|it| it.term == term)
}

/// The pairs of the events of an incident that were joined, and why.
pub(super) fn joins(reading: &Reading, events: &[EventId]) -> Vec<Join> {
    let here = reading.evidence.joins.iter().filter(|join| events.contains(&join.earlier) && events.contains(&join.later));
    here.map(|join| Join {
        earlier: join.earlier.to_string(),
        later: join.later.to_string(),
        probability: rounded(join.probability),
        evidence: join.weights.iter().map(|(name, weight)| Weight { name: (*name).to_owned(), weight: rounded(*weight) }).collect(),
    })
    .collect()
}

/// Spans in the order of the text, each once.
fn in_order(spans: [Option<Span>; 2]) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().flatten().collect();
    spans.sort();
    spans.dedup();
    spans
}
