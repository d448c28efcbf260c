//! `hearsay show`: one document with what it says, or one incident with the events it joins.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hearsay_coder::Sides;
use hearsay_formats::ledger_json;
use hearsay_store::{
    BlockingDesk, EventLine, Filter, LinkedIncident, MOST_RECORDS, Paging, Review, ReviewStanding, Shown, StoredDocument, StoredReading, apply,
};
use serde_json::{Value, json};

use super::{Answer, ended, events, incidents, messages, page, place, print, wire};
use crate::cli;
use crate::codebook;
use crate::reading::{Page, Sheet, Tone, Words, render};

/// Runs the command and says how it went.
pub fn run(command: &cli::Show) -> ExitCode {
    ended(show(command), &messages(false, command.view.color))
}

fn show(command: &cli::Show) -> anyhow::Result<ExitCode> {
    let (desk, _) = place::open(&command.desk)?;
    let id = command.id.as_str();
    if let Some(stored) = desk.ask(|store| store.document(id))? {
        let sides = sides(command.codebook.as_deref())?;
        print(&document(&desk, stored, sides, page(&command.view))?, &command.view)?;
    } else if let Some(linked) = desk.ask(|store| store.incident(id))? {
        print(&incident(&desk, linked)?, &command.view)?;
    } else {
        bail!("this desk has no document and no incident with the id {id:?}");
    }
    Ok(ExitCode::SUCCESS)
}

fn sides(folder: Option<&Path>) -> anyhow::Result<Sides> {
    folder.map_or_else(|| Ok(Sides::default()), |folder| codebook::load(folder).map(|codebook| codebook.conflict))
}

/// A document, and what is shown of it if it was read.
struct Document {
    stored: StoredDocument,
    shown: Option<Shown>,
    reviews: Vec<Review>,
    readings: Vec<StoredReading>,
    sides: Sides,
    page: Page,
}

fn document(desk: &BlockingDesk, stored: StoredDocument, sides: Sides, page: Page) -> anyhow::Result<Document> {
    let id = stored.document.id.as_str();
    let reviews = desk.ask(|store| store.reviews(id))?;
    let readings = desk.ask(|store| store.readings(id))?;
    let coded = desk.ask(|store| store.ledger(id, None))?;
    let coded = coded.map(|json| ledger_json::from_json(&json)).transpose().context("the ledger that is kept cannot be read")?;
    let shown = coded.map(|(_, ledger)| apply(&stored.document, ledger, &reviews));
    Ok(Document { stored, shown, reviews, readings, sides, page })
}

impl Answer for Document {
    fn write(&self, sheet: &mut Sheet) {
        let document = &self.stored.document;
        let from = document.url.as_deref().unwrap_or("no address");
        if let Some(shown) = &self.shown {
            sheet.append(&render(document, &shown.ledger, &self.sides, from, self.page));
        } else {
            sheet.paragraph("", "", &Words::new().say(Tone::Title, document.title.as_deref().unwrap_or(&document.id)));
            let language = document.language.as_deref().map_or_else(|| "not English".to_owned(), |code| format!("language {code}"));
            sheet.paragraph("", "", &Words::new().part(Tone::Quiet, "kept without being read").part(Tone::Quiet, &language));
        }
        if let (Some(shown), false) = (&self.shown, self.reviews.is_empty()) {
            sheet.section("Reviews");
            for (review, standing) in self.reviews.iter().zip(&shown.standings) {
                write_review(sheet, review, standing);
            }
        }
    }

    fn json(&self) -> Value {
        // What the writer of ledgers writes, it reads.
        let ledger = self.shown.as_ref().map(|shown| ledger_json::line(&self.stored.document, &shown.ledger));
        let ledger: Option<Value> = ledger.and_then(|line| serde_json::from_str(&line).ok());
        let standings = self.shown.as_ref().map_or(&[][..], |shown| &shown.standings);
        let reviews: Vec<Value> = self.reviews.iter().enumerate().map(|(index, review)| wire::review(review, standings.get(index))).collect();
        let struck = self.shown.as_ref().map(|shown| wire::struck(&shown.struck));
        let readings: Vec<Value> = self.readings.iter().map(wire::reading).collect();
        json!({ "document": wire::stored(&self.stored), "ledger": ledger, "struck": struck, "reviews": reviews, "readings": readings })
    }
}

fn write_review(sheet: &mut Sheet, it: &Review, standing: &ReviewStanding) {
    let review = &it.review;
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let change = format!("{} {}: {} → {}", review.target.record.as_str(), review.field.as_str(), value(&review.old), value(&review.new));
    let words = Words::new().say(Tone::Source, &change).part(Tone::Plain, &review.why);
    let words = words.part(Tone::Quiet, wire::standing(standing)).part(Tone::Quiet, &format!("{}, {}", it.stamp.who, it.stamp.when));
    sheet.paragraph("", "  ", &words);
}

/// An incident, and the events that it joins.
struct Incident {
    linked: LinkedIncident,
    events: Vec<EventLine>,
}

fn incident(desk: &BlockingDesk, linked: LinkedIncident) -> anyhow::Result<Incident> {
    let mut documents: Vec<&str> = linked.members.iter().map(|member| member.document.as_str()).collect();
    documents.dedup();
    let mut events = Vec::new();
    for document in documents {
        let (filter, paging) = (Filter { document: Some(document.to_owned()), ..Filter::default() }, Paging::first(MOST_RECORDS));
        let found = desk.ask(|store| store.events(&filter, &paging))?.records;
        let is_member = |it: &EventLine| linked.members.iter().any(|member| member.document == document && member.event == it.event.ordinal);
        events.extend(found.into_iter().filter(is_member));
    }
    Ok(Incident { linked, events })
}

impl Answer for Incident {
    fn write(&self, sheet: &mut Sheet) {
        incidents::write(sheet, &self.linked.incident);
        for event in &self.events {
            sheet.blank();
            events::write(sheet, event);
        }
    }

    fn json(&self) -> Value {
        json!({ "incident": wire::incident(&self.linked.incident), "events": self.events.iter().map(wire::event).collect::<Vec<Value>>() })
    }
}
