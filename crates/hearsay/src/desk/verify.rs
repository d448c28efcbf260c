//! `hearsay verify`: whether a desk still holds what was put in.

use std::process::ExitCode;

use hearsay_store::Verification;
use serde_json::{Value, json};

use super::{Answer, ended, messages, place, print};
use crate::cli;
use crate::reading::{Sheet, Tone, Words, count};
use crate::report::SOMETHING_LOST;

struct Checked(Verification);

/// Runs the command and says how it went.
pub fn run(command: &cli::Verify) -> ExitCode {
    ended(verify(command), &messages(false, command.view.color))
}

fn verify(command: &cli::Verify) -> anyhow::Result<ExitCode> {
    let (desk, _) = place::open(&command.desk)?;
    let checked = Checked(desk.ask(|store| store.verify(command.head.as_deref()))?);
    print(&checked, &command.view)?;
    Ok(if checked.0.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOMETHING_LOST) })
}

impl Answer for Checked {
    fn write(&self, sheet: &mut Sheet) {
        let it = &self.0;
        for fault in &it.faults {
            sheet.paragraph("", "  ", &Words::new().say(Tone::Source, &fault.subject).part(Tone::Plain, &fault.what));
        }
        let verdict =
            if it.faults.is_empty() { "All is as it was put in.".to_owned() } else { format!("{} found.", count(it.faults.len(), "fault")) };
        sheet.paragraph("", "", &Words::new().say(Tone::Plain, &verdict));
        let checked = Words::new()
            .part(Tone::Quiet, &count(it.documents as usize, "document"))
            .part(Tone::Quiet, &count(it.readings as usize, "reading"))
            .part(Tone::Quiet, &count(it.reviews as usize, "review"))
            .part(Tone::Quiet, &format!("log of {} lines", it.entries))
            .part(Tone::Quiet, &format!("head {}", it.head));
        sheet.paragraph("", "", &checked);
    }

    fn json(&self) -> Value {
        let it = &self.0;
        let faults: Vec<Value> = it.faults.iter().map(|fault| json!({ "subject": fault.subject, "what": fault.what })).collect();
        json!({
            "faults": faults, "documents": it.documents, "readings": it.readings, "reviews": it.reviews, "entries": it.entries, "head": it.head,
        })
    }
}
