//! `hearsay search`: documents by their words.

use std::process::ExitCode;

use hearsay_store::{Hit, Page};
use serde_json::{Value, json};

use super::documents::{head, origin};
use super::{Answer, ask, block, ended, messages, place, print, wire};
use crate::cli;
use crate::reading::{Sheet, Tone, Words};

struct Hits(Page<Hit>);

/// Runs the command and says how it went.
pub fn run(command: cli::Search) -> ExitCode {
    let messages = messages(false, command.view.color);
    ended(print_hits(command), &messages)
}

fn print_hits(command: cli::Search) -> anyhow::Result<ExitCode> {
    let (desk, _) = place::open(&command.desk)?;
    let (words, filter, paging) = (command.words.join(" "), ask::filter(command.wanted), ask::paging(command.part));
    print(&Hits(desk.ask(|store| store.search(&words, &filter, &paging))?), &command.view)?;
    Ok(ExitCode::SUCCESS)
}

impl Answer for Hits {
    fn write(&self, sheet: &mut Sheet) {
        block::page(sheet, &self.0.records, self.0.next.as_deref(), "No document of the desk has these words.", |sheet, it| {
            let before = if it.start > 0 { "…" } else { "" };
            let passage = Words::new().say(Tone::Quiet, before).say(Tone::Plain, &it.passage).say(Tone::Quiet, "…");
            block::block(sheet, &head(&it.document), &[passage, origin(&it.document)]);
        });
    }

    fn json(&self) -> Value {
        let hits = self.0.records.iter().map(|it| json!({ "document": wire::document(&it.document), "start": it.start, "passage": it.passage }));
        json!({ "hits": hits.collect::<Vec<Value>>(), "next": self.0.next })
    }
}
