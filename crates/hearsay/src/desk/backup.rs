//! `hearsay backup`: a desk, as it is at one moment, to a file.

use std::process::ExitCode;

use super::{ended, messages, place};
use crate::cli;

/// Runs the command and says how it went.
pub fn run(command: &cli::Backup) -> ExitCode {
    let messages = messages(command.quiet, clap::ColorChoice::Auto);
    let done = backup(command).map(|()| {
        messages.sum_up(&format!("the desk was written to {}, which is a desk of its own", command.file.display()));
        ExitCode::SUCCESS
    });
    ended(done, &messages)
}

fn backup(command: &cli::Backup) -> anyhow::Result<()> {
    let (desk, stamp) = place::open(&command.desk)?;
    desk.ask(|store| store.backup(&command.file, &stamp))?;
    Ok(())
}
