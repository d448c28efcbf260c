//! `hearsay add`: articles into a desk.
//!
//! One thread takes them in and asks the desk which it has ([`intake`]), others read the new ones ([`coded`]), and this one
//! stores them in the order of the inputs, each in a transaction of its own. Whoever stops the program loses what is being
//! read and nothing that was stored; started again, it goes on, for it passes over what the desk has.

mod coded;
mod intake;
mod log;
mod voice;

use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::{Context as _, bail};
use hearsay_ingest::{Given, Options, sources};
use hearsay_store::{Added, Addition, BlockingDesk, Capture, Error, NewReading, Stamp, Versions};

use super::{ended, messages, place, to_stdout};
use crate::cli;
use crate::messages::Messages;
use crate::pool;
use crate::read;
use coded::{Coded, Outcome};
use log::{Became, Log};
use voice::Voice;

/// Runs the command and says how it went.
pub fn run(command: cli::Add) -> ExitCode {
    let messages = messages(command.quiet, command.view.color);
    ended(add(command, &messages), &messages)
}

fn add(command: cli::Add, messages: &Messages) -> anyhow::Result<ExitCode> {
    let (desk, stamp) = place::open(&command.desk)?;
    let files = read::files(command.files)?;
    let (sources, problems) = sources(&files);
    if command.title.is_some() && files.len().max(sources.len()) > 1 {
        bail!("--title is the headline of one file, and there are {}", files.len().max(sources.len()));
    }
    let mut log = Log::new(&command.view, messages);
    for problem in &problems {
        log.problem(problem);
    }
    if !sources.is_empty() {
        let (model, codebook, gazetteer) = (command.model.as_deref(), command.codebook.as_deref(), command.gazetteer.as_deref());
        let resources = read::resources(model, codebook, gazetteer)?;
        let versions = coded::versions(model, codebook, gazetteer)?;
        let given = Given { title: command.title, publisher: command.publisher, published: command.published };
        let options = Options { given, captured: Some(stamp.when), ..Options::default() };
        let threads = command.threads.or_else(|| available_parallelism().ok()).map_or(1, std::num::NonZero::get);
        let desk = Arc::new(desk);
        let asked = Arc::clone(&desk);
        let feed = move |intake: &pool::Intake<_, _>| intake::feed(intake, &sources, &options, &asked);
        let outcomes = pool::in_order(threads, feed, move |item| coded::code(item, &resources)).context("cannot start the threads")?;
        let keeper = Keeper { desk: &desk, stamp: &stamp, versions: &versions };
        for outcome in outcomes {
            if let Err(error) = take(outcome, &keeper, &mut log) {
                log.stopped(&error);
                break;
            }
        }
    }
    to_stdout(&log.end()?)?;
    Ok(log.exit_code())
}

/// Puts documents into the desk.
struct Keeper<'a> {
    desk: &'a BlockingDesk,
    stamp: &'a Stamp,
    versions: &'a Versions,
}

/// Stores what was read, and tells what became of it. An error is one of the desk, and ends the work.
fn take(outcome: Outcome, keeper: &Keeper<'_>, log: &mut Log<'_>) -> anyhow::Result<()> {
    match outcome {
        Outcome::Problem(problem) => log.problem(&problem),
        Outcome::Failed { origin } => log.failure(&origin),
        Outcome::Stopped(error) => return Err(error.into()),
        Outcome::Known { file, id } => log.document(&file, &id, Became::Known, None)?,
        Outcome::Coded(mut coded) => match keeper.store(&mut coded) {
            Ok(Added::New) => {
                let became = if coded.reading.is_some() { Became::Added } else { Became::Unread };
                log.document(&coded.file, &coded.record.document.id, became, coded.reading.as_ref())?;
            }
            Ok(Added::Known) => log.document(&coded.file, &coded.record.document.id, Became::Known, None)?,
            // This document cannot be stored; the next one can.
            Err(error @ Error::Nul { .. }) => log.refused(&coded.file, &error),
            Err(error) => return Err(error.into()),
        },
    }
    Ok(())
}

impl Keeper<'_> {
    fn store(&self, coded: &mut Coded) -> hearsay_store::Result<Added> {
        match self.try_to_store(coded) {
            // A text that came before it in this run has the id, and was not stored yet when it was asked for.
            Err(Error::IdTaken { instead, .. }) => {
                coded.record.document.id = instead;
                self.try_to_store(coded)
            }
            stored => stored,
        }
    }

    fn try_to_store(&self, coded: &Coded) -> hearsay_store::Result<Added> {
        let raw = &coded.record.raw;
        let reading = coded.reading.as_ref().map(|reading| NewReading {
            versions: self.versions.clone(),
            made: self.stamp.when,
            ledger: hearsay_formats::ledger_json::line(&coded.record.document, &reading.ledger),
            rows: reading.rows.clone(),
        });
        let voice = Voice::of(self.desk, &coded.record.document.id, coded.signature.as_ref())?;
        let addition = Addition {
            document: &coded.record.document,
            capture: Capture { captured: raw.captured.unwrap_or(self.stamp.when), raw: Some(&raw.bytes), headers: raw.headers.clone() },
            likeness: voice.likeness.clone(),
            reading,
            progress: None,
        };
        let added = self.desk.ask(|store| store.add(&addition, self.stamp))?;
        if added == Added::New {
            voice.rename(self.desk, self.stamp)?;
        }
        Ok(added)
    }
}
