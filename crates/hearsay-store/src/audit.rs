//! The audit log: who did what to the desk, when. Each entry carries the digest of the one before it, so that none can be
//! changed, taken out or put in without the digests after it being wrong.
//!
//! The digest of an entry is SHA-256 over its fields in the order number, moment, who, action, subject, detail, previous
//! digest, each as its length in bytes, a colon, and its bytes.

use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::database::{Column as _, Value};
use crate::database::{Database, Statement, get, insert};
use crate::digest::sha256_of_fields;
use crate::error::Result;
use crate::rows::words;
use crate::stamp::Stamp;

/// What stands for the digest before the first entry.
pub(crate) const BEGINNING: &str = "beginning";

words! {
    /// What was done.
    Action {
        /// The schema was made or brought up to date.
        Migrate = "migrate",
        /// A document was added.
        Add = "add",
        /// A document was read again.
        Read = "read",
        /// A record was corrected.
        Review = "review",
        /// A document was found to carry on another's text.
        Voice = "voice",
        /// Incidents were stored.
        Link = "link",
        /// A feed or archive was forgotten.
        Forget = "forget",
    }
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number, from 1 without gaps.
    pub number: u64,
    /// When.
    pub when: Timestamp,
    /// Who.
    pub who: String,
    /// What was done, as the log spells it ([`Action`]).
    pub action: String,
    /// To what: id of a document, version of the schema, feed.
    pub subject: String,
    /// What the entry vouches for: `name=value` pairs.
    pub detail: String,
    /// Digest of the entry before it.
    pub previous: String,
    /// Its own digest.
    pub digest: String,
}

impl AuditEntry {
    /// The digest that its fields have.
    pub(crate) fn expected_digest(&self) -> String {
        let (number, when) = (self.number.to_string(), self.when.to_string());
        sha256_of_fields([&number, &when, &self.who, &self.action, &self.subject, &self.detail, &self.previous].map(String::as_str))
    }

    /// The value of `name` in the detail.
    pub(crate) fn detail(&self, name: &str) -> Option<&str> {
        self.detail.split(' ').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    }
}

/// Adds an entry, in the transaction of what it tells of.
pub(crate) async fn append(connection: &mut AnyConnection, stamp: &Stamp, action: Action, subject: &str, detail: &str) -> Result<()> {
    let last = Statement::new("SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1").row(connection).await?;
    let (number, previous) = match last {
        Some(row) => (get::<u64>(&row, "seq")? + 1, get(&row, "digest")?),
        None => (1, BEGINNING.to_owned()),
    };
    let mut entry = AuditEntry {
        number,
        when: stamp.when,
        who: stamp.who.clone(),
        action: action.as_str().to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
        previous,
        digest: String::new(),
    };
    entry.digest = entry.expected_digest();
    let values = vec![
        entry.number.to_value(),
        entry.when.to_value(),
        Value::Text(entry.who),
        Value::Text(entry.action),
        Value::Text(entry.subject),
        Value::Text(entry.detail),
        Value::Text(entry.previous),
        Value::Text(entry.digest),
    ];
    insert(connection, "audit", &["seq", "at", "who", "action", "subject", "detail", "previous", "digest"], vec![values]).await
}

/// At most `limit` entries behind the one with number `after`, in their order.
pub(crate) async fn entries(database: &Database, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
    entries_in(&mut *database.reader().await?, after, limit).await
}

/// The same, on a connection of the caller's.
pub(crate) async fn entries_in(connection: &mut AnyConnection, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
    let statement = "SELECT seq, at, who, action, subject, detail, previous, digest FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
    Statement::new(statement).bind(&after).bind(&limit).rows(connection).await?.iter().map(entry).collect()
}

fn entry(row: &AnyRow) -> Result<AuditEntry> {
    Ok(AuditEntry {
        number: get(row, "seq")?,
        when: get(row, "at")?,
        who: get(row, "who")?,
        action: get(row, "action")?,
        subject: get(row, "subject")?,
        detail: get(row, "detail")?,
        previous: get(row, "previous")?,
        digest: get(row, "digest")?,
    })
}
