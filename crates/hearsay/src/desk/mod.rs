//! The commands of the desk: what was read is kept in a folder or a database, and asked for.
//!
//! [`place`] tells where a desk lies, [`init`] makes one, [`add`] reads into it, [`ask`] makes filters of options. Each
//! list has a module that lays its records out for people; [`wire`] is their form as JSON. What is kept, found and checked,
//! `hearsay-store` decides.

mod add;
mod ask;
mod backup;
mod block;
mod disputes;
mod documents;
mod events;
mod incidents;
mod init;
mod list;
mod place;
mod search;
mod show;
mod sources;
mod status;
mod truces;
mod verify;
mod wire;

pub use add::run as add;
pub use backup::run as backup;
pub use init::run as init;
pub use list::{Listing, run as list};
pub use search::run as search;
pub use show::run as show;
pub use sources::run as sources;
pub use status::run as status;
pub use verify::run as verify;

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::Value;

use crate::cli::{View, ViewFormat};
use crate::messages::{Level, Messages};
use crate::read;
use crate::reading::{Page, Sheet};
use crate::report::NOTHING_DONE;

/// What a command of the desk answers: for people and as JSON. Only the form that is asked for is made.
trait Answer {
    /// Writes it for people.
    fn write(&self, sheet: &mut Sheet);
    /// The same for programs.
    fn json(&self) -> Value;
}

/// Prints an answer as `view` asks.
fn print(answer: &dyn Answer, view: &View) -> anyhow::Result<()> {
    let text = match view.format {
        ViewFormat::Reading => {
            let mut sheet = Sheet::new(page(view));
            answer.write(&mut sheet);
            sheet.finish()
        }
        ViewFormat::Json => serde_json::to_string_pretty(&wire::whole(answer.json())).context("cannot write the answer as JSON")? + "\n",
    };
    to_stdout(&text)
}

fn page(view: &View) -> Page {
    read::page(view.width, view.color)
}

fn to_stdout(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// Messages of a command that prints in `color`.
fn messages(quiet: bool, color: clap::ColorChoice) -> Messages {
    Messages::new(quiet, read::colour(color, &io::stderr()))
}

/// The exit code of what was done; an error is told.
fn ended(done: anyhow::Result<ExitCode>, messages: &Messages) -> ExitCode {
    messages.end_progress();
    done.unwrap_or_else(|error| {
        messages.say(Level::Error, &format_args!("{error:#}"), None);
        ExitCode::from(NOTHING_DONE)
    })
}
