//! Whether a desk still holds what was put into it: the chain of the audit log, and against it every document, raw bytes,
//! ledger and review; SQLite also looks over its own pages.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::audit::{Action, AuditEntry, BEGINNING, entries_in};
use crate::compress::decompress;
use crate::database::{Database, Dialect, Statement, get};
use crate::desk::add::digest_of_fields;
use crate::desk::reading::{digest_of_reading, versions_of};
use crate::digest::sha256;
use crate::error::Result;
use crate::review::digest_of_review;

/// Entries and rows that are looked at together.
const AT_ONCE: u32 = 500;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Number of the last entry of the audit log.
    pub entries: u64,
    /// Documents.
    pub documents: u64,
    /// Readings, every one that was ever made.
    pub readings: u64,
    /// Reviews.
    pub reviews: u64,
    /// Digest of the last entry: kept elsewhere, it shows later that nothing was cut off the end of the log.
    pub head: String,
    /// Everything that is not as it should be; empty for a sound desk.
    pub faults: Vec<Fault>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where: `audit 12`, `document "a"`.
    pub subject: String,
    /// What is wrong with it.
    pub what: String,
}

/// What the log says there must be: subject and digest of everything, which is struck off when it is found.
#[derive(Default)]
struct Expected {
    documents: BTreeMap<String, String>,
    readings: BTreeSet<(String, String)>,
    reviews: BTreeSet<(String, String)>,
}

/// Checks everything, as it is at one moment; with the `head` of an earlier check, also that its entry is still there.
pub(crate) async fn verify(database: &Database, head: Option<&str>) -> Result<Verification> {
    let mut transaction = database.snapshot().await?;
    let connection: &mut AnyConnection = &mut transaction;
    let mut found = Verification { entries: 0, documents: 0, readings: 0, reviews: 0, head: BEGINNING.to_owned(), faults: Vec::new() };
    pages(connection, database.dialect, &mut found).await?;
    let mut expected = Expected::default();
    let mut head_seen = head.is_none();
    loop {
        let entries = entries_in(connection, found.entries, AT_ONCE).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            head_seen |= head == Some(entry.digest.as_str());
            found.entry(entry, &mut expected);
        }
    }
    if !head_seen {
        found.fault("audit", "the entry that was its last one at the earlier check is gone");
    }
    documents(connection, &mut found, &mut expected).await?;
    readings(connection, &mut found, &mut expected).await?;
    reviews(connection, &mut found, &mut expected).await?;
    found.missing(expected);
    Ok(found)
}

impl Verification {
    fn fault(&mut self, subject: impl Into<String>, what: impl Into<String>) {
        self.faults.push(Fault { subject: subject.into(), what: what.into() });
    }

    /// Checks one entry against the one before it, and remembers what it vouches for.
    fn entry(&mut self, entry: AuditEntry, expected: &mut Expected) {
        let subject = format!("audit {}", entry.number);
        if entry.number != self.entries + 1 {
            self.fault(&subject, format!("entry {} is missing before it", self.entries + 1));
        }
        if entry.previous != self.head {
            self.fault(&subject, "it does not follow the entry before it");
        }
        if entry.digest != entry.expected_digest() {
            self.fault(&subject, "it was changed");
        }
        let of = |name: &str| entry.detail(name).map(str::to_owned);
        match Action::from_word(&entry.action) {
            Some(Action::Add | Action::Read) => {
                expected.readings.extend(of("reading").map(|digest| (entry.subject.clone(), digest)));
                expected.documents.extend(of("document").map(|digest| (entry.subject.clone(), digest)));
            }
            Some(Action::Review) => expected.reviews.extend(of("review").map(|digest| (entry.subject.clone(), digest))),
            Some(_) => {}
            None => self.fault(&subject, format!("there is no action {:?}", entry.action)),
        }
        self.entries = entry.number;
        self.head = entry.digest;
    }

    fn missing(&mut self, expected: Expected) {
        let documents = expected.documents.into_keys().map(|id| (id, "document"));
        let readings = expected.readings.into_iter().map(|(id, _)| (id, "reading"));
        let reviews = expected.reviews.into_iter().map(|(id, _)| (id, "review"));
        let missing: Vec<(String, &str)> = documents.chain(readings).chain(reviews).collect();
        for (id, what) in missing {
            self.fault(format!("document {id:?}"), format!("its {what} is gone, or not the one that was stored"));
        }
    }
}

async fn pages(connection: &mut AnyConnection, dialect: Dialect, found: &mut Verification) -> Result<()> {
    let Some(sql) = dialect.check_itself() else { return Ok(()) };
    for row in Statement::new(sql).rows(connection).await? {
        let said: String = get(&row, "integrity_check")?;
        if said != "ok" {
            found.fault("database", said);
        }
    }
    Ok(())
}

/// The rows of `sql`, a few at a time, in the order of their numbers; `sql` takes the number `$1` to begin behind and the limit `$2`.
async fn each(connection: &mut AnyConnection, sql: &'static str, mut look: impl FnMut(&AnyRow) -> Result<()>) -> Result<()> {
    let mut last = 0_i64;
    loop {
        let rows = Statement::new(sql).bind(&last).bind(&AT_ONCE).rows(connection).await?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = get(end, "seq")?;
        rows.iter().try_for_each(&mut look)?;
    }
}

async fn documents(connection: &mut AnyConnection, found: &mut Verification, expected: &mut Expected) -> Result<()> {
    let sql = "SELECT d.seq, d.id, d.url, d.publisher, d.published, d.title, d.language, d.text, d.text_digest, d.raw_digest, d.captured, d.headers, \
               r.bytes_zstd FROM document d LEFT JOIN raw r ON r.digest = d.raw_digest WHERE d.seq > $1 ORDER BY d.seq LIMIT $2";
    each(connection, sql, |row| {
        let id: String = get(row, "id")?;
        let subject = format!("document {id:?}");
        let text_digest: String = get(row, "text_digest")?;
        let raw_digest = optional(row, "raw_digest")?;
        found.documents += 1;
        if sha256(get::<String>(row, "text")?.as_bytes()) != text_digest {
            found.fault(&subject, "its text was changed");
        }
        if !raw_digest.is_empty() && raw_fault(row, &raw_digest)? {
            found.fault(&subject, "its raw bytes were changed, or are gone");
        }
        let (url, publisher, published) = (optional(row, "url")?, optional(row, "publisher")?, optional(row, "published")?);
        let (title, language) = (optional(row, "title")?, optional(row, "language")?);
        let (captured, headers) = (optional(row, "captured")?, optional(row, "headers")?);
        let fields = [&id, &url, &publisher, &published, &title, &language, &text_digest, &raw_digest, &captured, &headers].map(String::as_str);
        match expected.documents.remove(&id) {
            None => found.fault(&subject, "the audit log does not know it"),
            Some(digest) if digest != digest_of_fields(&fields) => found.fault(&subject, "what is said about it was changed"),
            Some(_) => {}
        }
        Ok(())
    })
    .await
}

fn raw_fault(row: &AnyRow, digest: &str) -> Result<bool> {
    let Some(compressed) = get::<Option<Vec<u8>>>(row, "bytes_zstd")? else { return Ok(true) };
    Ok(decompress("raw bytes", &compressed).map_or(true, |bytes| sha256(&bytes) != digest))
}

fn optional(row: &AnyRow, column: &str) -> Result<String> {
    Ok(get::<Option<String>>(row, column)?.unwrap_or_default())
}

async fn readings(connection: &mut AnyConnection, found: &mut Verification, expected: &mut Expected) -> Result<()> {
    let sql = "SELECT r.seq, d.id, r.made, r.ledger_digest, r.ledger_zstd, v.program, v.codebook, v.gazetteer, v.weights \
               FROM reading r JOIN document d ON d.seq = r.document JOIN versions v ON v.seq = r.versions \
               WHERE r.seq > $1 ORDER BY r.seq LIMIT $2";
    each(connection, sql, |row| {
        let id: String = get(row, "id")?;
        let ledger_digest: String = get(row, "ledger_digest")?;
        found.readings += 1;
        let ledger = decompress("a ledger", &get::<Vec<u8>>(row, "ledger_zstd")?);
        if ledger.map_or(true, |ledger| sha256(&ledger) != ledger_digest) {
            found.fault(format!("document {id:?}"), "a ledger of it was changed");
        }
        let digest = digest_of_reading(&id, &versions_of(row)?, &get::<String>(row, "made")?, &ledger_digest);
        if !expected.readings.remove(&(id.clone(), digest)) {
            found.fault(format!("document {id:?}"), "the audit log does not know a reading of it");
        }
        Ok(())
    })
    .await
}

async fn reviews(connection: &mut AnyConnection, found: &mut Verification, expected: &mut Expected) -> Result<()> {
    let sql = "SELECT w.seq, d.id, w.who, w.at, w.record, w.anchor_start, w.anchor_end, w.source, w.field, w.old_value, w.new_value, w.why, w.digest \
               FROM review w JOIN document d ON d.seq = w.document WHERE w.seq > $1 ORDER BY w.seq LIMIT $2";
    each(connection, sql, |row| {
        let id: String = get(row, "id")?;
        found.reviews += 1;
        if !expected.reviews.remove(&(id.clone(), digest_of_review(row)?)) {
            found.fault(format!("document {id:?}"), "a review of it was changed, or the audit log does not know it");
        }
        Ok(())
    })
    .await
}
