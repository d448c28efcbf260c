//! `hearsay incidents`: happenings across documents, as far as events were joined to them.

use hearsay_store::{BlockingDesk, Filter, Incident, Page, Paging};
use serde_json::{Value, json};

use super::{Answer, block, wire};
use crate::reading::{Sheet, Tone, Words, count};

/// Incidents, and the documents whose events are not in them yet.
pub struct Incidents {
    page: Page<Incident>,
    /// How many the desk has in all.
    all: u64,
    not_joined: u64,
}

/// A page of the incidents that the filter wants.
pub fn find(desk: &BlockingDesk, filter: &Filter, paging: &Paging) -> hearsay_store::Result<Incidents> {
    let page = desk.ask(|store| store.incidents(filter, paging))?;
    let status = desk.ask(|store| store.status())?;
    Ok(Incidents { page, all: status.incidents, not_joined: status.unlinked })
}

impl Answer for Incidents {
    fn write(&self, sheet: &mut Sheet) {
        let none = if self.all == 0 { "The desk has no incidents." } else { "No incident of the desk is like that." };
        block::page(sheet, &self.page.records, self.page.next.as_deref(), none, write);
        if self.not_joined > 0 {
            sheet.blank();
            let documents = count(self.not_joined as usize, "document");
            let text = format!("The events of {documents} have not been joined to incidents; `hearsay events` lists them one by one.");
            sheet.paragraph("", "", &Words::new().say(Tone::Quiet, &text));
        }
    }

    fn json(&self) -> Value {
        let incidents: Vec<Value> = self.page.records.iter().map(wire::incident).collect();
        json!({ "incidents": incidents, "next": self.page.next, "documents_not_joined": self.not_joined })
    }
}

/// One incident: what, where, when, how many were lost; then who reports it.
pub fn write(sheet: &mut Sheet, it: &Incident) {
    let days = match (it.from_day, it.to_day) {
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (one, other) => one.or(other).map(|day| day.to_string()),
    };
    let losses = [
        ("killed", it.killed_low, it.killed_best, it.killed_high),
        ("injured", it.injured_low, it.injured_best, it.injured_high),
        ("displaced", it.displaced_low, it.displaced_best, it.displaced_high),
    ];
    let losses = losses.into_iter().filter_map(|(word, low, best, high)| figures(low, best, high).map(|figures| format!("{word} {figures}")));
    let place = block::place(it.place_name.as_deref(), it.place_country.as_deref());
    let parts = place.into_iter().chain(days).chain(losses).chain(it.disputed.then(|| "disputed".to_owned()));
    let head = Words::new().say(Tone::Source, &block::kind(&it.event_type, it.mode.as_deref()));
    let head = parts.fold(head, |words, part| words.part(Tone::Plain, &part));
    let reports = [it.first_report, it.last_report].map(|day| day.map_or_else(|| "no date".to_owned(), |day| day.to_string()));
    let reports = if reports[0] == reports[1] { format!("reported {}", reports[0]) } else { format!("reported {} to {}", reports[0], reports[1]) };
    let below = Words::new()
        .part(Tone::Quiet, &it.id)
        .part(Tone::Quiet, &count(it.voices as usize, "independent voice"))
        .part(Tone::Quiet, &count(it.documents as usize, "document"))
        .part(Tone::Quiet, &reports);
    block::block(sheet, &head, &[below]);
}

/// Lowest, best and highest figure.
fn figures(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> Option<String> {
    match (block::range(low, high), best) {
        (Some(range), Some(best)) if low != high => Some(format!("{best} ({range})")),
        (range, best) => best.map(|best| best.to_string()).or(range),
    }
}
