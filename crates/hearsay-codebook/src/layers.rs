//! Our files with those of a user laid over them: tables are merged key by key, single values replaced, lists added to
//! (or begun anew where the user's file says so), and rows of a table replaced by their first column.
//!
//! Our own file is the measure: what it does not have is no key, and what kind of value it has is the kind that is
//! wanted. So what is wrong in a user's file can be told with its line, before anything is built from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::DeserializeOwned;

use crate::merge::{Lines, merge};
use crate::nearest::did_you_mean;
use crate::table::{Row, rows};
use crate::{CodebookError, UserFile};

/// What a user's table may end in instead of `.tsv`.
const TABLE_ENDINGS: [&str; 2] = [".csv", ".toml"];

/// The files of a user, by their names, and which of them have been read.
pub(crate) struct Layers<'a> {
    files: BTreeMap<&'a str, &'a UserFile>,
    read: BTreeSet<&'a str>,
}

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Path of the file.
    pub(crate) file: String,
    /// Line from 1; `None` for entries of our own TOML files.
    pub(crate) line: Option<usize>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

impl Origin {
    /// Says that what stands here cannot be used.
    pub(crate) fn wrong(&self, message: impl Into<String>) -> CodebookError {
        CodebookError::File { file: self.to_string(), message: message.into() }
    }
}

/// A file as it reads with the user's over it.
pub(crate) struct Layered<T> {
    /// What it holds.
    pub(crate) file: T,
    /// Where that stands.
    pub(crate) origins: Origins,
}

/// Where the entries of a file stand.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    ours: &'static str,
    user: String,
    lines: Lines,
}

impl Origins {
    /// Where entry `index` of the list or value at `key` (with dots between the tables) stands.
    pub(crate) fn of(&self, key: &str, index: usize) -> Origin {
        let user = self.lines.get(key).and_then(|(before, lines)| lines.get(index.checked_sub(*before)?));
        match user {
            Some(line) => Origin { file: self.user.clone(), line: Some(*line) },
            None => Origin { file: self.ours.to_owned(), line: None },
        }
    }
}

impl<'a> Layers<'a> {
    /// The layers of some files of a user.
    pub(crate) fn new(files: &'a [UserFile]) -> Result<Self, CodebookError> {
        let mut by_name: BTreeMap<&str, &UserFile> = BTreeMap::new();
        for file in files {
            if let Some(other) = by_name.insert(file.name(), file) {
                return Err(CodebookError::File { file: file.path.clone(), message: format!("has the same name as {}", other.path) });
            }
        }
        Ok(Self { files: by_name, read: BTreeSet::new() })
    }

    fn user(&mut self, ours: &'static str) -> Option<&'a UserFile> {
        let name = ours.rsplit('/').next().unwrap_or(ours);
        self.read.insert(name);
        self.files.get(name).copied()
    }

    /// A TOML file: `path` and `text` are ours. `open` are the tables in which a user may put keys of his own, with `*`
    /// for any name ("types.*.words").
    pub(crate) fn toml<T: DeserializeOwned>(&mut self, path: &'static str, text: &str, open: &[&str]) -> Result<Layered<T>, CodebookError> {
        let broken = |error: toml::de::Error| CodebookError::Syntax { file: path.to_owned(), message: error.to_string() };
        let mut table: toml::Table = toml::from_str(text).map_err(broken)?;
        let mut origins = Origins { ours: path, user: String::new(), lines: Lines::new() };
        if let Some(user) = self.user(path) {
            origins.user.clone_from(&user.path);
            origins.lines = merge(user, open, &mut table)?;
        }
        let named = if origins.user.is_empty() { path } else { &origins.user };
        let file = table.try_into().map_err(|error| CodebookError::Syntax { file: named.to_owned(), message: error.to_string() })?;
        Ok(Layered { file, origins })
    }

    /// A user's table, which may have another ending than ours.
    fn user_table(&mut self, ours: &'static str) -> Option<&'a UserFile> {
        let found = self.user(ours);
        let stem = ours.rsplit('/').next().unwrap_or(ours).trim_end_matches(".tsv");
        let other = self.files.iter().find(|(name, _)| TABLE_ENDINGS.iter().any(|ending| name.strip_suffix(ending) == Some(stem)));
        let other = other.map(|(name, file)| {
            self.read.insert(*name);
            *file
        });
        found.or(other)
    }

    /// The rows of a table: `path` and `text` are ours, `columns` the names that a column may have. A user's row takes the
    /// place of all of ours with the same first column. Cells that are left out are empty.
    pub(crate) fn table<const N: usize>(&mut self, path: &'static str, text: &str, columns: [&str; N]) -> Result<Vec<Row<N>>, CodebookError> {
        let mut all = rows(path, text, &columns)?;
        if let Some(user) = self.user_table(path) {
            let theirs = rows(&user.path, &user.text, &columns)?;
            let keys: BTreeSet<Option<&String>> = theirs.iter().map(|row| row.cells.first()).collect();
            all.retain(|row| !keys.contains(&row.cells.first()));
            all.extend(theirs);
        }
        Ok(all)
    }

    /// To be asked when every file has been read: a file of the user that was not is none of ours.
    pub(crate) fn none_left(&self) -> Result<(), CodebookError> {
        let Some((name, file)) = self.files.iter().find(|(name, _)| !self.read.contains(**name)) else { return Ok(()) };
        let message = format!("is no file of a codebook{}", did_you_mean(name, self.read.iter().copied()));
        Err(CodebookError::File { file: file.path.clone(), message })
    }
}
