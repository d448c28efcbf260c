//! Where SQLite and PostgreSQL differ, all of it.

/// Key of the advisory lock that PostgreSQL's writers queue at: "hearsay" in ASCII.
const LOCK_WRITERS: &str = "SELECT pg_advisory_xact_lock(29382216160535929)";

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// What each new connection is told.
    pub(crate) fn at_connection(self) -> Option<&'static str> {
        match self {
            // FULL: what was said to be stored survives the loss of power, not only of the process.
            Self::Sqlite => Some(
                "PRAGMA busy_timeout = 60000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
                 PRAGMA cache_size = -65536",
            ),
            Self::Postgres => None,
        }
    }

    /// What a database is told when it is opened.
    pub(crate) fn at_opening(self) -> Option<&'static str> {
        match self {
            // Readers and a writer do not wait for one another; the setting is kept in the file.
            Self::Sqlite => Some("PRAGMA journal_mode = WAL"),
            Self::Postgres => None,
        }
    }

    pub(crate) fn begin_to_write(self) -> &'static str {
        match self {
            // The lock is taken at once: taken later, a transaction could find that another was quicker, and fail.
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    pub(crate) fn lock_writers(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(LOCK_WRITERS),
        }
    }

    pub(crate) fn begin_snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Lets the database look over its own pages, where it can: rows with `ok`, or with what is wrong, as `integrity_check`.
    pub(crate) fn check_itself(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("PRAGMA integrity_check(20)"),
            Self::Postgres => None,
        }
    }

    /// How many tables of the name `$1` the desk's schema has.
    pub(crate) fn count_tables(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT COUNT(*) AS n FROM sqlite_master WHERE name = $1",
            Self::Postgres => "SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1",
        }
    }

    /// Name and kind of each column of the table `$1`, where missing values need a type.
    pub(crate) fn column_types(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(
                "SELECT CAST(column_name AS TEXT) AS name, CAST(data_type AS TEXT) AS kind \
                 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1",
            ),
        }
    }

    /// Puts document `$1` with title `$2` and text `$3` into the index of words.
    pub(crate) fn index_words(self) -> &'static str {
        match self {
            Self::Sqlite => "INSERT INTO document_words (rowid, title, text) VALUES ($1, $2, $3)",
            // A title weighs more. A tsvector holds at most a megabyte, so very long texts are found by their beginning.
            Self::Postgres => {
                "INSERT INTO document_words (document, words) VALUES ($1, \
                 setweight(to_tsvector('hearsay', $2), 'A') || to_tsvector('hearsay', left($3, 200000)))"
            }
        }
    }

    /// Before and after the parameter of a condition on `document.seq` that holds where its words are found.
    pub(crate) fn matches_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Sqlite => ("IN (SELECT rowid FROM document_words WHERE document_words MATCH ", ")"),
            Self::Postgres => ("IN (SELECT document FROM document_words WHERE words @@ to_tsquery('hearsay', ", "))"),
        }
    }

    /// The best documents for the words `$1` that satisfy what follows the FROM clause: seq and score, the smaller the better.
    pub(crate) fn ranked(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT d.seq AS seq, bm25(document_words, 3.0, 1.0) AS score \
                 FROM document_words JOIN document d ON d.seq = document_words.rowid WHERE document_words MATCH $1"
            }
            Self::Postgres => {
                "SELECT d.seq AS seq, CAST(-ts_rank(w.words, to_tsquery('hearsay', $1)) AS DOUBLE PRECISION) AS score \
                 FROM document_words w JOIN document d ON d.seq = w.document WHERE w.words @@ to_tsquery('hearsay', $1)"
            }
        }
    }
}
