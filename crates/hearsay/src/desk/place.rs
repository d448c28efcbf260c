//! Where a desk lies: a folder with the database in it or with the address of one, or that address itself.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use hearsay_store::{BlockingDesk, Stamp, Timestamp};
use serde::Deserialize;

/// The database of a desk that lies in its folder.
pub const DATABASE_FILE: &str = "desk.sqlite";

/// Says where the database is, for a desk whose database is elsewhere.
pub const ADDRESS_FILE: &str = "desk.toml";

/// What stands in [`ADDRESS_FILE`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    database: String,
}

/// Opens the desk that a person names.
pub fn open(named: &str) -> anyhow::Result<(BlockingDesk, Stamp)> {
    let (location, stamp) = (location(named)?, stamp());
    let desk = BlockingDesk::open(&location, &stamp)?;
    Ok((desk, stamp))
}

/// Where the database of a desk is: the address of a database on a server, or the name of a file.
pub fn location(named: &str) -> anyhow::Result<String> {
    if is_address(named) {
        return Ok(named.to_owned());
    }
    let folder = Path::new(named);
    if folder.is_file() {
        return Ok(named.to_owned());
    }
    let (address, database) = (folder.join(ADDRESS_FILE), folder.join(DATABASE_FILE));
    if address.is_file() {
        return read_address(&address);
    }
    if !database.is_file() {
        bail!("{named}: no desk here; `hearsay init {named}` makes one");
    }
    database.to_str().map(str::to_owned).with_context(|| format!("{}: the name is not UTF-8", database.display()))
}

/// Whether a name is the address of a database rather than that of a folder or file.
pub fn is_address(named: &str) -> bool {
    named.starts_with("postgres://") || named.starts_with("postgresql://")
}

fn read_address(file: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    // The parser's own message quotes the line, and with it perhaps a password.
    let address: Address = toml::from_str(&text).ok().with_context(|| format!("{}: it must say `database = \"postgres://…\"`", file.display()))?;
    Ok(address.database)
}

/// Writes the address of a database to a file that only its owner may read, for it may hold a password.
pub fn write_address(file: &Path, address: &str) -> anyhow::Result<()> {
    let quoted = serde_json::to_string(address).context("cannot write the address")?; // TOML takes the strings of JSON
    let text = format!("# The database that this desk lies in.\ndatabase = {quoted}\n");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("cannot write {}", file.display()))
}

/// Who works at the desk, and when: the one place of the program that reads the clock for what it keeps.
pub fn stamp() -> Stamp {
    let user =
        ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| env::var(name).ok().filter(|user| !user.is_empty() && !user.contains('\0')));
    Stamp { who: user.unwrap_or_else(|| "hearsay".to_owned()), when: Timestamp::now() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_address_is_found_through_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let named = folder.path().to_str().unwrap();
        assert!(location(named).unwrap_err().to_string().contains("hearsay init"));
        let address = "postgres://ana:a\"b\\c@localhost/desk";
        write_address(&folder.path().join(ADDRESS_FILE), address).unwrap();
        assert_eq!(location(named).unwrap(), address);
        assert_eq!(location(address).unwrap(), address);
    }

    #[test]
    fn a_wrong_address_file_is_told_without_its_content() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(ADDRESS_FILE), "databse = \"postgres://ana:secret@localhost/desk\"").unwrap();
        let message = format!("{:#}", location(folder.path().to_str().unwrap()).unwrap_err());
        assert!(message.contains("it must say") && !message.contains("secret"), "{message}");
    }
}
