//! `hearsay status`: what a desk holds.

use std::process::ExitCode;

use hearsay_store::Status;
use serde_json::{Value, json};

use super::{Answer, ended, messages, place, print, wire};
use crate::cli;
use crate::reading::{Sheet, Tone, Words};

struct Holdings {
    location: String,
    status: Status,
}

/// Runs the command and says how it went.
pub fn run(command: &cli::StatusOf) -> ExitCode {
    ended(print_status(command), &messages(false, command.view.color))
}

fn print_status(command: &cli::StatusOf) -> anyhow::Result<ExitCode> {
    let (desk, _) = place::open(&command.desk)?;
    let holdings = Holdings { location: desk.store().location().to_owned(), status: desk.ask(|store| store.status())? };
    print(&holdings, &command.view)?;
    Ok(ExitCode::SUCCESS)
}

impl Answer for Holdings {
    fn write(&self, sheet: &mut Sheet) {
        let status = &self.status;
        sheet.paragraph("", "", &Words::new().say(Tone::Title, &self.location));
        let of_days = status.published.map(|(first, last)| format!("published {first} to {last}"));
        let unread = (status.unread > 0).then(|| format!("{} not read", status.unread));
        let voices = format!("{} independent", status.voices);
        line(sheet, status.documents, "documents", &[Some(voices), unread, of_days]);
        line(sheet, status.events, "events", &[]);
        line(sheet, status.disputes, "disputes within documents", &[]);
        line(sheet, status.truce_terms, "truce terms", &[]);
        let unlinked = (status.unlinked > 0).then(|| format!("{} documents not joined yet", status.unlinked));
        line(sheet, status.incidents, "incidents", &[unlinked]);
        line(sheet, status.reviews, "reviews", &[]);
        for progress in &status.progress {
            let words = Words::new().say(Tone::Source, &progress.origin).part(Tone::Quiet, &progress.position);
            sheet.paragraph("", "  ", &words);
        }
        for (versions, readings) in &status.versions {
            let parts = [
                ("program", &versions.program),
                ("codebook", &versions.codebook),
                ("gazetteer", &versions.gazetteer),
                ("weights", &versions.weights),
            ];
            let words = Words::new().say(Tone::Quiet, &format!("{readings} read with"));
            let words = parts.into_iter().fold(words, |words, (part, version)| words.part(Tone::Quiet, &format!("{part} {version}")));
            sheet.paragraph("", "  ", &words);
        }
    }

    fn json(&self) -> Value {
        json!({ "location": self.location, "status": wire::status(&self.status) })
    }
}

/// Columns of the numbers.
const DIGITS: usize = 7;

fn line(sheet: &mut Sheet, number: u64, what: &str, more: &[Option<String>]) {
    let words = Words::new().say(Tone::Plain, what);
    let words = more.iter().flatten().fold(words, |words, part| words.part(Tone::Quiet, part));
    sheet.paragraph(&format!("{number:>DIGITS$}  "), &" ".repeat(DIGITS + 2), &words);
}
