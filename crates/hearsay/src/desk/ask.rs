//! Options of the command line as the filters and pages of the store.

use hearsay_store::{Filter, Paging};

use crate::cli::{Part, Wanted};

/// The filter that the options ask for.
pub fn filter(wanted: Wanted) -> Filter {
    Filter {
        since: wanted.from,
        until: wanted.to,
        place: wanted.place,
        country: wanted.country,
        area: wanted.bounds.or(wanted.near),
        event_type: wanted.event_type,
        mode: wanted.mode,
        actor: wanted.actor,
        side: wanted.side,
        source: wanted.source,
        source_side: wanted.source_side,
        stance: wanted.stance,
        disputed: wanted.disputed,
        publisher: wanted.publisher,
        language: wanted.language,
        text: wanted.text,
        ..Filter::default()
    }
}

/// The part of the list that the options ask for.
pub fn paging(part: Part) -> Paging {
    Paging { limit: part.limit, after: part.after }
}
