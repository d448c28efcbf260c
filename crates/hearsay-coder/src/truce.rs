//! Truce terms: positions on stopping the fighting and on the talks that hang on it.

use hearsay_ledger::{Ledger, TruceTerm};

use crate::entity::Participants;
use crate::page::Page;

/// The truce terms of a document, in the order of the text.
#[must_use]
pub(crate) fn truce_terms(_page: &Page<'_>, _ledger: &Ledger, _participants: &mut Participants) -> Vec<TruceTerm> {
    Vec::new()
}
