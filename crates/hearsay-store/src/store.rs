//! The verbs of a desk: the trait [`Store`], which SQLite and PostgreSQL answer alike.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;

use crate::audit::{self, AuditEntry};
use crate::backup;
use crate::database::Backed;
use crate::desk::incident::{self, Incident, LinkedIncident};
use crate::desk::link::{self, LinkUpdate, Unlinked};
use crate::desk::{add, document, progress, reading, shown, status, voice};
use crate::error::Result;
use crate::filter::{Filter, Page, Paging};
use crate::lists::{self, DisputeLine, EventLine, Hit, SourceTally, TruceLine};
use crate::record::{Added, Addition, DocumentLine, Neighbour, NewReading, Progress, Standing, Status, StoredDocument, StoredReading};
use crate::review::{self, NewReview, Review};
use crate::rows::Rows;
use crate::stamp::Stamp;
use crate::verify::{self, Verification};

/// An answer on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A desk: what is done to it, and what it is asked.
///
/// Every verb that writes is one transaction: when it has answered, all of it lies safely on the disk; when it has failed,
/// or the process was killed, none of it does. Any number of tasks and processes may ask at the same time.
pub trait Store: Backed {
    /// Whether a text is in the desk: ask before reading it, for reading costs most. `text_digest` is
    /// [`Document::digest`](hearsay_ledger::Document::digest).
    fn standing<'a>(&'a self, id: &'a str, text_digest: &'a str) -> Answer<'a, Standing> {
        Box::pin(add::standing(self.database(), id, text_digest))
    }

    /// Stores a document with its ledger and the progress of its feed. The same text under the same id again changes
    /// nothing but that progress.
    fn add<'a>(&'a self, addition: &'a Addition<'a>, stamp: &'a Stamp) -> Answer<'a, Added> {
        Box::pin(add::add(self.database(), addition, stamp))
    }

    /// Stores another reading of a document, which is shown from now on. The readings before it and all reviews stay.
    fn read_again<'a>(&'a self, document: &'a str, reading: &'a NewReading, stamp: &'a Stamp) -> Answer<'a, ()> {
        Box::pin(reading::read_again(self.database(), document, reading, stamp))
    }

    /// The document, or `None` where there is none of this id.
    fn document<'a>(&'a self, id: &'a str) -> Answer<'a, Option<StoredDocument>> {
        Box::pin(document::document(self.database(), id))
    }

    /// Ids of the documents that were taken from this address, in the order in which they came: ask before fetching it.
    fn taken_from<'a>(&'a self, url: &'a str) -> Answer<'a, Vec<String>> {
        Box::pin(document::taken_from(self.database(), url))
    }

    /// The bytes of a document as they came, or `None` where they were not kept.
    fn raw<'a>(&'a self, document: &'a str) -> Answer<'a, Option<Vec<u8>>> {
        Box::pin(document::raw(self.database(), document))
    }

    /// Every reading of a document, the first one first.
    fn readings<'a>(&'a self, document: &'a str) -> Answer<'a, Vec<StoredReading>> {
        Box::pin(reading::readings(self.database(), document))
    }

    /// The ledger's JSON as it was coded, of the current reading or of the one with this number.
    fn ledger<'a>(&'a self, document: &'a str, reading: Option<u64>) -> Answer<'a, Option<String>> {
        Box::pin(reading::ledger(self.database(), document, reading))
    }

    /// What is shown of a document.
    fn rows<'a>(&'a self, document: &'a str) -> Answer<'a, Rows> {
        Box::pin(shown::rows(self.database(), document))
    }

    /// Documents that share a band of their signatures, in the order in which they came.
    fn neighbours<'a>(&'a self, bands: &'a [i64]) -> Answer<'a, Vec<Neighbour>> {
        Box::pin(voice::neighbours(self.database(), bands))
    }

    /// Says that a document carries on the text of another one.
    fn set_voice<'a>(&'a self, document: &'a str, voice: &'a str, stamp: &'a Stamp) -> Answer<'a, ()> {
        Box::pin(voice::set(self.database(), document, voice, stamp))
    }

    /// How far a feed, archive or folder is taken in.
    fn progress<'a>(&'a self, origin: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(progress::of(self.database(), origin))
    }

    /// All feeds, archives and folders, by name.
    fn all_progress(&self) -> Answer<'_, Vec<Progress>> {
        Box::pin(progress::all(self.database()))
    }

    /// Moves the progress of a feed without a document, or begins it.
    fn set_progress<'a>(&'a self, progress: &'a Progress, stamp: &'a Stamp) -> Answer<'a, ()> {
        Box::pin(progress::set(self.database(), progress, stamp))
    }

    /// Forgets a feed, archive or folder; its documents stay.
    fn forget_progress<'a>(&'a self, origin: &'a str, stamp: &'a Stamp) -> Answer<'a, ()> {
        Box::pin(progress::forget(self.database(), origin, stamp))
    }

    /// Documents that the filter wants, the last added first.
    fn documents<'a>(&'a self, filter: &'a Filter, paging: &'a Paging) -> Answer<'a, Page<DocumentLine>> {
        Box::pin(lists::documents(self.database(), filter, paging))
    }

    /// Events that the filter wants, the latest first.
    fn events<'a>(&'a self, filter: &'a Filter, paging: &'a Paging) -> Answer<'a, Page<EventLine>> {
        Box::pin(lists::events(self.database(), filter, paging))
    }

    /// Incidents with an event that the filter wants, the latest first.
    fn incidents<'a>(&'a self, filter: &'a Filter, paging: &'a Paging) -> Answer<'a, Page<Incident>> {
        Box::pin(lists::incidents(self.database(), filter, paging))
    }

    /// Truce terms that the filter wants, the latest first.
    fn truce_terms<'a>(&'a self, filter: &'a Filter, paging: &'a Paging) -> Answer<'a, Page<TruceLine>> {
        Box::pin(lists::truce_terms(self.database(), filter, paging))
    }

    /// Disputes within documents that the filter wants, those of the last added documents first.
    fn disputes<'a>(&'a self, filter: &'a Filter, paging: &'a Paging) -> Answer<'a, Page<DisputeLine>> {
        Box::pin(lists::disputes(self.database(), filter, paging))
    }

    /// Sources of the accounts that the filter wants, those with the most accounts first; at most `limit`.
    fn sources<'a>(&'a self, filter: &'a Filter, limit: u32) -> Answer<'a, Vec<SourceTally>> {
        Box::pin(lists::sources(self.database(), filter, limit))
    }

    /// Documents with these words ([`Filter::text`]) that the filter wants, the best first.
    fn search<'a>(&'a self, text: &'a str, filter: &'a Filter, paging: &'a Paging) -> Answer<'a, Page<Hit>> {
        Box::pin(lists::search(self.database(), text, filter, paging))
    }

    /// At most `limit` documents whose events are to be linked, the longest waiting first.
    fn unlinked(&self, limit: u32) -> Answer<'_, Vec<Unlinked>> {
        Box::pin(link::unlinked(self.database(), limit))
    }

    /// Stores what linking changed.
    fn link<'a>(&'a self, update: &'a LinkUpdate, stamp: &'a Stamp) -> Answer<'a, ()> {
        Box::pin(link::update(self.database(), update, stamp))
    }

    /// The incident with its members, or `None` where there is none of this id.
    fn incident<'a>(&'a self, id: &'a str) -> Answer<'a, Option<LinkedIncident>> {
        Box::pin(incident::incident(self.database(), id))
    }

    /// Stores a correction; `shown` is what is shown of the document with it. Its number.
    fn add_review<'a>(&'a self, review: &'a NewReview, shown: &'a Rows, stamp: &'a Stamp) -> Answer<'a, u64> {
        Box::pin(review::add(self.database(), review, shown, stamp))
    }

    /// The corrections of a document, the first one first.
    fn reviews<'a>(&'a self, document: &'a str) -> Answer<'a, Vec<Review>> {
        Box::pin(review::of_document(self.database(), document))
    }

    /// What the desk holds.
    fn status(&self) -> Answer<'_, Status> {
        Box::pin(status::status(self.database()))
    }

    /// At most `limit` entries of the audit log behind the one with number `after`.
    fn audit(&self, after: u64, limit: u32) -> Answer<'_, Vec<AuditEntry>> {
        Box::pin(audit::entries(self.database(), after, limit))
    }

    /// Checks the audit log, and against it everything that was stored. With the `head` of an earlier check it is seen too
    /// whether the log was cut since.
    fn verify<'a>(&'a self, head: Option<&'a str>) -> Answer<'a, Verification> {
        Box::pin(verify::verify(self.database(), head))
    }

    /// Writes the desk, as it is at one moment, to a new SQLite file, which is a desk of its own.
    fn backup<'a>(&'a self, file: &'a Path, stamp: &'a Stamp) -> Answer<'a, ()> {
        Box::pin(backup::to_file(self.database(), file, stamp))
    }

    /// Fills this desk, which must be empty, with all that another one holds.
    fn fill_from<'a>(&'a self, other: &'a dyn Store) -> Answer<'a, ()> {
        Box::pin(backup::fill(other.database(), self.database()))
    }

    /// The file or database that the desk lies in, without password.
    fn location(&self) -> &str {
        &self.database().location
    }

    /// Ends all connections, after what is under way.
    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async {
            self.database().close().await;
            Ok(())
        })
    }
}
