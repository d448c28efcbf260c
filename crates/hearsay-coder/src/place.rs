//! Places: every toponym of the text, and the phrases at which events are said to have happened. Where they lie on the
//! earth is not this stage's business.

use hearsay_ledger::{Place, PlaceId, Span};

use crate::entity::Participants;
use crate::page::Page;

/// The places of a document, in the order of the text.
#[must_use]
pub(crate) fn places(page: &Page<'_>, participants: &Participants, phrases: impl Iterator<Item = Span>) -> Vec<Place> {
    let mut spans: Vec<Span> = participants.toponyms(page).chain(phrases).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
        .into_iter()
        .enumerate()
        .map(|(n, span)| Place {
            id: PlaceId::at(n),
            span,
            name: page.phrase(span),
            latitude: None,
            longitude: None,
            country: None,
            admin1: None,
            gazetteer_id: None,
            precision: None,
        })
        .collect()
}
