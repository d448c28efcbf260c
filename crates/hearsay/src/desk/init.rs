//! `hearsay init`: makes a desk.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hearsay_store::BlockingDesk;

use super::place::{ADDRESS_FILE, DATABASE_FILE, is_address, stamp, write_address};
use super::{ended, messages};
use crate::cli;

/// Runs the command and says how it went.
pub fn run(command: &cli::Init) -> ExitCode {
    let messages = messages(command.quiet, clap::ColorChoice::Auto);
    let made = make(&command.folder, command.database.as_deref()).map(|location| {
        messages.sum_up(&format!("a new desk in {location}"));
        ExitCode::SUCCESS
    });
    ended(made, &messages)
}

/// Makes a desk, and gives where its database is, without password.
fn make(folder: &Path, database: Option<&str>) -> anyhow::Result<String> {
    if database.is_some_and(|address| !is_address(address)) {
        bail!("--database takes the address of a PostgreSQL database, which begins with postgres://");
    }
    let (address_file, file) = (folder.join(ADDRESS_FILE), folder.join(DATABASE_FILE));
    if let Some(there) = [&address_file, &file].into_iter().find(|file| file.exists()) {
        bail!("there is a desk in {} already ({})", folder.display(), there.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let location = match database {
        Some(address) => address,
        None => file.to_str().with_context(|| format!("{}: the name is not UTF-8", file.display()))?,
    };
    let desk = BlockingDesk::create(location, &stamp())?;
    if let Some(address) = database {
        write_address(&address_file, address)?;
    }
    Ok(desk.store().location().to_owned())
}
