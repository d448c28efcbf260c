//! Making a gazetteer: `GeoNames`' dump files and our own tables in, the file out.
//!
//! Files are read line by line and names are sorted outside of memory ([`Scratch`] files), so that the twelve million
//! places of a full dump need about a gigabyte. A row that cannot be used is counted and told, and the rest is read.

mod gather;
mod middle;
mod rows;
mod spill;
mod write;

use std::io::{self, BufRead, Read, Seek, Write};

use gather::Gathered;
pub use rows::Form;
use spill::Spill;

/// Longest line that is read, in bytes; `GeoNames` has at most some 14,000.
const LONGEST_LINE: u64 = 1 << 17;

/// Most problems that are told one by one; the rest is only counted.
const MOST_PROBLEMS: usize = 20;

/// Where the builder puts what does not fit in memory: gives a new empty file each time.
pub trait Scratch {
    /// The file.
    type File: Read + Write + Seek;
    /// A new empty file, which is gone when it is dropped.
    ///
    /// # Errors
    /// What the system says.
    fn file(&mut self) -> io::Result<Self::File>;
}

impl<T: Read + Write + Seek, F: FnMut() -> io::Result<T>> Scratch for F {
    type File = T;
    fn file(&mut self) -> io::Result<T> {
        self()
    }
}

/// What the builder has to know of names besides the files.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// Words for divisions ("province"), in lower case: "Borno State" is also found as "Borno".
    pub division_words: Vec<String>,
    /// ISO 639 codes of languages whose names are transliterated in many ways: where a country has one, its places get
    /// loose keys too.
    pub transliterated: Vec<String>,
    /// Words that alternate names may begin with in lower case ("al"); other names in lower case are transliterations
    /// letter by letter, which no text has.
    pub particles: Vec<String>,
}

/// Why a gazetteer could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A file could not be read or written.
    #[error("{file}: {error}")]
    Io {
        /// The file.
        file: String,
        /// What the system says.
        error: io::Error,
    },
    /// The names could not be written.
    #[error("the names cannot be written: {0}")]
    Names(#[from] fst::Error),
    /// More than the layout can number.
    #[error("too many {what} for a gazetteer")]
    TooMany {
        /// Of what.
        what: &'static str,
    },
    /// No places in any file.
    #[error(
        "there are no places in these files; give at least one of cities500.txt, cities1000.txt, cities5000.txt, cities15000.txt or allCountries.txt"
    )]
    Empty,
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

/// What became of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Places in the gazetteer.
    pub places: usize,
    /// Keys in the gazetteer.
    pub keys: usize,
    /// Rows that could not be used.
    pub unused_rows: u64,
    /// The first of those.
    pub problems: Vec<Problem>,
    /// Divisions of the code files that no place lies in and that have no coordinates of their own, so they are left out.
    pub without_coordinates: usize,
}

/// Gathers places from files, then writes them. Files are best read in the order of [`Form`].
pub struct Builder<S: Scratch> {
    scratch: S,
    gathered: Gathered,
    names: Spill<S::File>,
    unused_rows: u64,
    problems: Vec<Problem>,
}

impl<S: Scratch> Builder<S> {
    /// A builder without places.
    pub fn new(options: BuildOptions, scratch: S) -> Self {
        Self { scratch, gathered: Gathered::new(options), names: Spill::default(), unused_rows: 0, problems: Vec::new() }
    }

    /// Reads one file, line by line. `name` is for messages.
    ///
    /// # Errors
    /// A file that cannot be read at all; rows that cannot be used are counted in the summary.
    pub fn read(&mut self, form: Form, name: &str, reader: &mut impl BufRead) -> Result<(), BuildError> {
        let io = |error| BuildError::Io { file: name.to_owned(), error };
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if reader.take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(io)? == 0 {
                break;
            }
            let whole = line.ends_with(b"\n") || (line.len() as u64) < LONGEST_LINE;
            if !whole {
                skip_line(reader).map_err(io)?;
            }
            let text = std::str::from_utf8(&line).map(|text| text.trim_end_matches(['\n', '\r']));
            let done = match text {
                Ok(_) if !whole => Err("the line is too long".to_owned()),
                Ok(text) if text.is_empty() || text.starts_with('#') => Ok(()),
                Ok(text) => self.gathered.row(form, text, &mut self.names),
                Err(_) => Err("is not UTF-8".to_owned()),
            };
            if let Err(message) = done {
                self.problem(name, number, message);
            }
            self.names.settle(&mut self.scratch).map_err(io)?;
        }
        Ok(())
    }

    fn problem(&mut self, file: &str, line: u64, message: String) {
        self.unused_rows += 1;
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { file: file.to_owned(), line, message });
        }
    }

    /// Writes the gazetteer to an empty file.
    ///
    /// # Errors
    /// No places, more than can be numbered, or a file that cannot be written.
    pub fn finish(mut self, out: &mut (impl Write + Seek)) -> Result<Summary, BuildError> {
        let without_coordinates = self.gathered.complete(&mut self.names);
        if self.gathered.places.is_empty() {
            return Err(BuildError::Empty);
        }
        let io = |error| BuildError::Io { file: "a file for sorting".to_owned(), error };
        let names = self.names.sorted(&mut self.scratch).map_err(io)?;
        let postings = self.scratch.file().map_err(io)?;
        let (places, keys) = write::write(&self.gathered, names, postings, out)?;
        Ok(Summary { places, keys, unused_rows: self.unused_rows, problems: self.problems, without_coordinates })
    }
}

/// Reads on to the end of the line.
fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = reader.fill_buf()?;
        let end = bytes.iter().position(|b| *b == b'\n');
        let (length, done) = end.map_or((bytes.len(), bytes.is_empty()), |at| (at + 1, true));
        reader.consume(length);
        if done {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests;
