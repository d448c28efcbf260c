//! `hearsay sources`: who says things, how often, and with which stance.

use std::process::ExitCode;

use hearsay_store::SourceTally;
use serde_json::{Value, json};

use super::{Answer, ask, block, ended, messages, place, print, wire};
use crate::cli;
use crate::reading::{Sheet, Tone, Words, count};

struct Sources(Vec<SourceTally>);

/// Runs the command and says how it went.
pub fn run(command: cli::Sources) -> ExitCode {
    let messages = messages(false, command.view.color);
    ended(print_sources(command), &messages)
}

fn print_sources(command: cli::Sources) -> anyhow::Result<ExitCode> {
    let (desk, _) = place::open(&command.desk)?;
    let filter = ask::filter(command.wanted);
    print(&Sources(desk.ask(|store| store.sources(&filter, command.limit))?), &command.view)?;
    Ok(ExitCode::SUCCESS)
}

impl Answer for Sources {
    fn write(&self, sheet: &mut Sheet) {
        block::page(sheet, &self.0, None, "No source in the desk is like that.", |sheet, it| {
            block::block(sheet, &who(it), &[stances(it)]);
        });
    }

    fn json(&self) -> Value {
        json!({ "sources": self.0.iter().map(wire::source).collect::<Vec<Value>>() })
    }
}

fn who(it: &SourceTally) -> Words {
    let code = [it.country.as_deref(), it.sector.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [Some(code.as_str()).filter(|code| !code.is_empty()), it.side.as_deref()];
    parts.into_iter().flatten().fold(Words::new().say(Tone::Source, &it.name), |words, part| words.part(Tone::Plain, part))
}

fn stances(it: &SourceTally) -> Words {
    let numbers =
        [(it.asserts, "asserts"), (it.denies, "denies"), (it.uncertain, "is uncertain of"), (it.expects, "expects"), (it.calls_for, "calls for")];
    let words = Words::new().part(Tone::Quiet, &count(it.documents as usize, "document"));
    let stances = numbers.into_iter().filter(|(number, _)| *number > 0).map(|(number, verb)| format!("{verb} {number}"));
    let disputed = (it.disputed > 0).then(|| format!("{} disputed", it.disputed));
    stances.chain(disputed).fold(words, |words, part| words.part(Tone::Plain, &part))
}
