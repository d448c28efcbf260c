//! What can go wrong between a desk and its database, in words for the person at the desk.

use std::path::PathBuf;

/// Why a store did not do what it was asked. Whatever it was, nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no desk at the place that was named.
    #[error("{location}: no desk here")]
    NoDesk {
        /// The file or database, without password.
        location: String,
    },
    /// A new desk would lie over one that is there.
    #[error("{location}: there is a desk here already")]
    Exists {
        /// The file or database, without password.
        location: String,
    },
    /// The desk is of a later version of the program.
    #[error("{location}: a newer program made this desk (its schema is version {found}, this program knows up to {known})")]
    Newer {
        /// The file or database, without password.
        location: String,
        /// Version of the desk's schema.
        found: i64,
        /// Last version this program knows.
        known: i64,
    },
    /// The place that was named cannot be used.
    #[error("{location}: {reason}")]
    Location {
        /// The file or database, without password.
        location: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another text has the id already.
    #[error("the id {id:?} belongs to another text; {instead:?} is free for this one")]
    IdTaken {
        /// The id that was asked for.
        id: String,
        /// An id that no other text has.
        instead: String,
    },
    /// What was asked about is not in the desk.
    #[error("there is no {what} {id:?} in this desk")]
    Unknown {
        /// The kind of thing.
        what: &'static str,
        /// The name that was asked for.
        id: String,
    },
    /// A text holds the character U+0000, which PostgreSQL cannot store.
    #[error("{field} holds a NUL character, which cannot be stored; take it out first")]
    Nul {
        /// Where it was found.
        field: &'static str,
    },
    /// The shown rows that were given leave out reviews that came in meanwhile, or count ones that do not exist.
    #[error("document {document:?} has {now} reviews, but the rows given for it show {shown}; apply the reviews again")]
    Outdated {
        /// The document.
        document: String,
        /// Reviews that the rows show.
        shown: u64,
        /// Reviews that there are.
        now: u64,
    },
    /// A review cannot be what it says.
    #[error("the review cannot be stored: {reason}")]
    Review {
        /// What is wrong with it.
        reason: String,
    },
    /// A filter asks for something that cannot be.
    #[error("filter {field}: {reason}")]
    Filter {
        /// The part of the filter.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// Something in the database does not read back as what was stored.
    #[error("{what} cannot be read back: {reason}; `hearsay verify` tells what else is damaged")]
    Damaged {
        /// The value.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of a backup cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Output {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The threads or timers of the asynchronous part cannot be had.
    #[error("cannot start the database driver: {0}")]
    Runtime(std::io::Error),
    /// The database refused, or could not be reached.
    #[error("the database could not do it: {0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Box::new(error))
    }
}

/// What a store answers.
pub type Result<T> = std::result::Result<T, Error>;
