//! How records look on the page: a head, and behind a rail what belongs to it. Shared by all lists.

use hearsay_ledger::Quantity;
use hearsay_store::{AccountRow, EventRow, Origin};

use crate::reading::{Sheet, Tone, Words, happenings, label_at};

/// Before the lines that belong to a head.
const RAIL: &str = "  │ ";

/// One record.
pub fn block(sheet: &mut Sheet, head: &Words, below: &[Words]) {
    sheet.paragraph("", "  ", head);
    for words in below {
        sheet.paragraph(RAIL, RAIL, words);
    }
}

/// A page of records, an empty line between them, and how to see the next page. `none` is said of an empty one.
pub fn page<T>(sheet: &mut Sheet, records: &[T], next: Option<&str>, none: &str, mut write: impl FnMut(&mut Sheet, &T)) {
    if records.is_empty() {
        sheet.paragraph("", "", &Words::new().say(Tone::Quiet, none));
    }
    for (index, record) in records.iter().enumerate() {
        if index > 0 {
            sheet.blank();
        }
        write(sheet, record);
    }
    if let Some(next) = next {
        sheet.blank();
        sheet.paragraph("", "", &Words::new().say(Tone::Quiet, &format!("There are more: --after {next}")));
    }
}

/// The document that a record stands in, and its sentence.
pub fn origin(origin: &Origin, sentence: Option<u32>) -> Words {
    let id = sentence.map_or_else(|| origin.document.clone(), |index| format!("{}:{}", origin.document, label_at(index as usize)));
    let day = origin.published.map(|day| day.to_string());
    let parts = [Some(id.as_str()), origin.publisher.as_deref(), day.as_deref()];
    parts.into_iter().flatten().fold(Words::new(), |words, part| words.part(Tone::Quiet, part))
}

/// Type, place, time and losses of an event; `participants` stand behind the type.
pub fn event(it: &EventRow, participants: &[String]) -> Words {
    let kind = kind(&it.event_type, it.mode.as_deref());
    let place = place(it.place_name.as_deref(), it.place_country.as_deref());
    let time = it.time_value.clone();
    let losses =
        [("killed", it.killed_low, it.killed_high), ("injured", it.injured_low, it.injured_high), ("displaced", it.displaced_low, it.displaced_high)];
    let losses = losses.into_iter().filter_map(|(word, low, high)| range(low, high).map(|number| format!("{number} {word}")));
    let parts = participants.iter().cloned().chain(place).chain(time).chain(losses).chain(it.disputed.then(|| "disputed".to_owned()));
    parts.fold(Words::new().say(Tone::Source, &kind), |words, part| words.part(Tone::Plain, &part))
}

/// A number of people as its source gives it.
pub fn range(low: Option<u64>, high: Option<u64>) -> Option<String> {
    happenings::range(Quantity { low, high })
}

/// The type of an event with its mode.
pub fn kind(event_type: &str, mode: Option<&str>) -> String {
    mode.map_or_else(|| event_type.to_owned(), |mode| format!("{event_type} ({mode})"))
}

/// Where something happened.
pub fn place(name: Option<&str>, country: Option<&str>) -> Option<String> {
    match (name, country) {
        (Some(name), Some(country)) => Some(format!("in {name}, {country}")),
        (Some(name), None) => Some(format!("in {name}")),
        (None, country) => country.map(|country| format!("in {country}")),
    }
}

/// Who holds what of an event.
pub fn account(it: &AccountRow) -> Words {
    let name = if it.source_kind == hearsay_store::SourceKind::Narrator { "the narrator" } else { &it.source_name };
    let words = Words::new().say(Tone::Source, name).say(Tone::Cue, happenings::stance(it.stance));
    let via = it.via.as_ref().map(|relay| format!("via {relay}"));
    let more = [it.source_side.as_deref(), via.as_deref()];
    more.into_iter().flatten().fold(words, |words, part| words.part(Tone::Quiet, part))
}
