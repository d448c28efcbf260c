//! Desks made and opened: in a SQLite file, or in a PostgreSQL database.

use std::fmt::Write as _;
use std::path::Path;

use crate::database::{Backed, Database, Dialect, Opening};
use crate::error::{Error, Result};
use crate::stamp::Stamp;
use crate::store::Store;

/// A desk in a SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    database: Database,
}

/// A desk in a PostgreSQL database.
#[derive(Debug)]
pub struct PostgresStore {
    database: Database,
}

impl SqliteStore {
    /// Makes a desk in a file that is not there yet; its folder must be.
    pub async fn create(file: &Path, stamp: &Stamp) -> Result<Self> {
        create_file(file, stamp).await.map(|database| Self { database })
    }

    /// Opens the desk in a file; one of an older version is brought up to date.
    pub async fn open(file: &Path, stamp: &Stamp) -> Result<Self> {
        if !file.is_file() {
            return Err(Error::NoDesk { location: file.display().to_string() });
        }
        let url = sqlite_url(file, "rw")?;
        Database::connect(&url, Dialect::Sqlite, file.display().to_string(), Opening::Open, stamp).await.map(|database| Self { database })
    }
}

impl PostgresStore {
    /// Makes a desk in an existing database, `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, that has none yet.
    pub async fn create(url: &str, stamp: &Stamp) -> Result<Self> {
        Self::connect(url, Opening::Create, stamp).await
    }

    /// Opens the desk in a database; one of an older version is brought up to date.
    pub async fn open(url: &str, stamp: &Stamp) -> Result<Self> {
        Self::connect(url, Opening::Open, stamp).await
    }

    async fn connect(url: &str, opening: Opening, stamp: &Stamp) -> Result<Self> {
        let location = without_password(url);
        if !is_postgres(url) {
            return Err(Error::Location { location, reason: "the address of a PostgreSQL database begins with postgres://".to_owned() });
        }
        Database::connect(url, Dialect::Postgres, location, opening, stamp).await.map(|database| Self { database })
    }
}

impl Backed for SqliteStore {
    fn database(&self) -> &Database {
        &self.database
    }
}

impl Backed for PostgresStore {
    fn database(&self) -> &Database {
        &self.database
    }
}

impl Store for SqliteStore {}
impl Store for PostgresStore {}

/// Makes a desk where `location` says: the address of a PostgreSQL database, else the name of a SQLite file.
pub async fn create(location: &str, stamp: &Stamp) -> Result<Box<dyn Store>> {
    if is_postgres(location) {
        return Ok(Box::new(PostgresStore::create(location, stamp).await?));
    }
    Ok(Box::new(SqliteStore::create(Path::new(location), stamp).await?))
}

/// Opens the desk where `location` says.
pub async fn open(location: &str, stamp: &Stamp) -> Result<Box<dyn Store>> {
    if is_postgres(location) {
        return Ok(Box::new(PostgresStore::open(location, stamp).await?));
    }
    Ok(Box::new(SqliteStore::open(Path::new(location), stamp).await?))
}

/// A new desk in a SQLite file.
pub(crate) async fn create_file(file: &Path, stamp: &Stamp) -> Result<Database> {
    let location = file.display().to_string();
    if file.exists() {
        return Err(Error::Exists { location });
    }
    Database::connect(&sqlite_url(file, "rwc")?, Dialect::Sqlite, location, Opening::Create, stamp).await
}

fn is_postgres(location: &str) -> bool {
    location.starts_with("postgres://") || location.starts_with("postgresql://")
}

/// An address as messages show it.
fn without_password(url: &str) -> String {
    let without_options = url.split('?').next().unwrap_or_default();
    match (without_options.split_once("://"), without_options.rfind('@')) {
        (Some((scheme, _)), Some(at)) => format!("{scheme}://{}", without_options.get(at + 1..).unwrap_or_default()),
        _ => without_options.to_owned(),
    }
}

/// The file as an address that the driver takes, with every byte that means something in addresses written out.
fn sqlite_url(file: &Path, mode: &str) -> Result<String> {
    let bad = |reason: String| Error::Location { location: file.display().to_string(), reason };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Made whole here: an address has its own view of `..` and links.
    let folder = folder.canonicalize().map_err(|error| bad(format!("its folder cannot be used: {error}")))?;
    let path = folder.join(file.file_name().ok_or_else(|| bad("it names no file".to_owned()))?);
    let path = path.to_str().ok_or_else(|| bad("its name is not UTF-8".to_owned()))?;
    let mut url = String::from("sqlite://");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}"); // writing to a String cannot fail
        }
    }
    let _ = write!(url, "?mode={mode}");
    Ok(url)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn messages_show_no_password() {
        assert_eq!(without_password("postgres://ana:p@ss/word@db.example:5432/desk?sslmode=require"), "postgres://db.example:5432/desk");
        assert_eq!(without_password("postgres://localhost/desk"), "postgres://localhost/desk");
    }

    #[test]
    fn any_name_makes_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite_url(&folder.path().join("día 1?#%.sqlite"), "rw").unwrap();
        assert!(url.ends_with("/d%C3%ADa%201%3F%23%25.sqlite?mode=rw"), "{url}");
    }
}
