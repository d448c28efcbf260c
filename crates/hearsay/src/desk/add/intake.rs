//! Records from files and streams, each asked after at the desk: reading costs most, so what the desk has is not read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hearsay_ingest::{Options, Problem, Record, Records, Source, records};
use hearsay_store::{BlockingDesk, Error, Standing};

use super::coded::Outcome;
use crate::pool::{Intake, Unwanted};

/// What comes out of an input.
pub enum Item {
    /// A document that the desk has not, under an id that is free.
    New {
        /// The file it came from.
        file: String,
        /// The document, and what it was made of.
        record: Box<Record>,
    },
    /// A document that the desk has.
    Known {
        /// The file it came from.
        file: String,
        /// Its id in the desk.
        id: String,
    },
    /// Something that was not read, or should be looked at.
    Problem(Problem),
    /// The reader of inputs failed on this file, by a fault of its own.
    Lost {
        /// The file.
        file: String,
    },
    /// The desk gives no answer: nothing comes after it.
    Stopped(Error),
}

/// Puts everything that `sources` hold into the pool, in order. A fault in reading one of them must not cost the others,
/// nor pass in silence: it is told, and reading goes on behind it.
pub fn feed(intake: &Intake<Item, Outcome>, sources: &[Source], options: &Options, desk: &BlockingDesk) {
    let mut rest = sources;
    while !rest.is_empty() {
        let mut found = records(rest, options.clone());
        if catch_unwind(AssertUnwindSafe(|| put_all(intake, &mut found, desk))).is_ok() {
            return;
        }
        let file = found.file().to_owned();
        let lost = rest.iter().position(|source| source.name() == file).unwrap_or(0);
        rest = rest.get(lost + 1..).unwrap_or_default();
        if intake.put(Item::Lost { file }).is_err() {
            return;
        }
    }
}

fn put_all(intake: &Intake<Item, Outcome>, found: &mut Records<'_>, desk: &BlockingDesk) -> Result<(), Unwanted> {
    while let Some(next) = found.next() {
        let item = match next {
            Ok(record) => ask_after(record, found.file().to_owned(), desk),
            Err(problem) => Item::Problem(problem),
        };
        let stopped = matches!(item, Item::Stopped(_));
        intake.put(item)?;
        if stopped {
            return Err(Unwanted);
        }
    }
    Ok(())
}

/// Whether the desk has the document; under which id it goes in, if not.
fn ask_after(mut record: Record, file: String, desk: &BlockingDesk) -> Item {
    let digest = record.document.digest();
    match desk.ask(|store| store.standing(&record.document.id, &digest)) {
        Ok(Standing::Known { id }) => Item::Known { file, id },
        Ok(Standing::New) => Item::New { file, record: Box::new(record) },
        Ok(Standing::Taken { instead }) => {
            record.document.id = instead;
            Item::New { file, record: Box::new(record) }
        }
        Err(error) => Item::Stopped(error),
    }
}
