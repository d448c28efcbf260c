//! Documents read, on the threads of the pool, and made ready for the desk.

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::Context as _;
use hearsay_coder::Resources;
use hearsay_ingest::likeness::Signature;
use hearsay_ingest::{Problem, Record, is_english};
use hearsay_ledger::{Document, Entity, Ledger};
use hearsay_store::{Error, Rows, Shown, Versions, flatten, sha256};

use super::intake::Item;
use crate::codebook;
use crate::report::{DocumentReport, origin};

/// The version of this program, and of all that travels inside it.
const OURS: &str = concat!("hearsay ", env!("CARGO_PKG_VERSION"));

/// What becomes of an [`Item`].
pub enum Outcome {
    /// Ready for the desk.
    Coded(Box<Coded>),
    /// The desk has it.
    Known {
        /// The file it came from.
        file: String,
        /// Its id in the desk.
        id: String,
    },
    /// Something that was not read, or should be looked at.
    Problem(Problem),
    /// It was not read, by a fault of the program.
    Failed {
        /// Names it for a person.
        origin: String,
    },
    /// The desk gives no answer.
    Stopped(Error),
}

/// A document on its way to the desk.
pub struct Coded {
    /// The file it came from.
    pub file: String,
    /// The document, and what it was made of.
    pub record: Record,
    /// What it says; `None` for a text in another language, which is kept without being read.
    pub reading: Option<Reading>,
    /// What near-copies of it are found by.
    pub signature: Option<Signature>,
}

/// What a document says.
pub struct Reading {
    /// The ledger.
    pub ledger: Ledger,
    /// The same, flattened.
    pub rows: Rows,
    /// What is worth telling about it.
    pub report: DocumentReport,
}

/// Reads what is new.
pub fn code(item: Item, resources: &Resources) -> Outcome {
    match item {
        Item::Problem(problem) => Outcome::Problem(problem),
        Item::Lost { file } => Outcome::Failed { origin: file },
        Item::Known { file, id } => Outcome::Known { file, id },
        Item::Stopped(error) => Outcome::Stopped(error),
        Item::New { file, record } => {
            let name = origin(&file, &record.document);
            // A fault in the coder costs this document alone.
            catch_unwind(AssertUnwindSafe(|| code_record(file, *record, resources))).unwrap_or(Outcome::Failed { origin: name })
        }
    }
}

fn code_record(file: String, record: Record, resources: &Resources) -> Outcome {
    let reading = is_english(&record.document).then(|| read(&file, &record.document, resources));
    let signature = Signature::of(&record.document.text);
    Outcome::Coded(Box::new(Coded { file, record, reading, signature }))
}

fn read(file: &str, document: &Document, resources: &Resources) -> Reading {
    let reading = hearsay_coder::read(document, resources);
    let report = DocumentReport::new(file, document, &reading.ledger, &reading.findings);
    let sides = &resources.codebook.conflict;
    let side =
        |entity: &Entity| sides.side_of(&entity.name, entity.country.as_deref(), entity.sector.as_deref(), document.published).map(str::to_owned);
    let shown = Shown::coded(reading.ledger);
    let rows = flatten(document, &shown, &side);
    Reading { ledger: shown.ledger, rows, report }
}

/// What the documents are read with. What travels inside the program has its version, a user's files have their digests.
pub fn versions(model: Option<&Path>, folder: Option<&Path>, gazetteer: Option<&Path>) -> anyhow::Result<Versions> {
    let of_file = |file: Option<&Path>| -> anyhow::Result<String> {
        let Some(file) = file else { return Ok(OURS.to_owned()) };
        Ok(sha256(&fs::read(file).with_context(|| format!("cannot read {}", file.display()))?))
    };
    Ok(Versions { program: OURS.to_owned(), codebook: of_codebook(folder)?, gazetteer: of_file(gazetteer)?, weights: of_file(model)? })
}

fn of_codebook(folder: Option<&Path>) -> anyhow::Result<String> {
    let Some(folder) = folder else { return Ok(OURS.to_owned()) };
    let mut all = String::new();
    for file in codebook::files(folder)? {
        let name = Path::new(&file.path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let _ = writeln!(all, "{name} {}", sha256(file.text.as_bytes())); // a String takes all
    }
    Ok(format!("{OURS} with {}", sha256(all.as_bytes())))
}
