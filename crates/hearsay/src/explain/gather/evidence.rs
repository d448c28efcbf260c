//! What only the coder knows of its decisions: which words made losses, reactions and truce terms, and why events were
//! joined. The one place to look it up; while the coder keeps none of it, nothing is found and nothing is shown.
//!
//! Two more things belong here once the coder tells them: what a time was counted from, which is the day of publication
//! for all of them now (`Time::today`), and the rules that forbid an event, which are among what is in no record (`Unused`).

use hearsay_coder::Reading;
use hearsay_ledger::{AccountId, EventId, Span, TruceTermId};

use super::super::model::Join;

/// The words of loss that the losses of one kind of an event were read from.
pub(super) fn loss_words(_reading: &Reading, _event: EventId, _kind: &str) -> Vec<Span> {
    Vec::new()
}

/// The word by which the source of an account takes its position.
pub(super) fn reaction_word(_reading: &Reading, _account: AccountId) -> Option<Span> {
    None
}

/// What names the truce of a term, and what is done about it.
pub(super) fn truce_words(_reading: &Reading, _term: TruceTermId) -> Vec<Span> {
    Vec::new()
}

/// The pairs of the events of an incident that were joined, and why.
pub(super) fn joins(_reading: &Reading, _events: &[EventId]) -> Vec<Join> {
    Vec::new()
}
