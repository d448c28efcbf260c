//! Readings of documents: every one is kept, one is current, and its rows are what is shown.

use hearsay_ledger::Date;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{next_seq, seq_of, shown};
use crate::audit::{self, Action};
use crate::compress::{compress, decompress_text};
use crate::database::{Database, Statement, get};
use crate::digest::{sha256, sha256_of_fields};
use crate::error::Result;
use crate::record::{NewReading, StoredReading, Versions};
use crate::stamp::Stamp;

/// Stores another reading of a document and shows it from now on; reviews stay. The same reading again only renews what is
/// shown.
pub(crate) async fn read_again(database: &Database, document: &str, new: &NewReading, stamp: &Stamp) -> Result<()> {
    let mut transaction = database.write().await?;
    let seq = seq_of(&mut transaction, document).await?;
    let published = Statement::new("SELECT published FROM document WHERE seq = $1").bind(&seq).row(&mut transaction).await?;
    let published = published.map(|row| get::<Option<Date>>(&row, "published")).transpose()?.flatten();
    if is_current(&mut transaction, seq, new).await? {
        shown::replace(&mut transaction, seq, document, published, &new.rows).await?;
    } else {
        let digest = put(&mut transaction, seq, document, published, new).await?;
        audit::append(&mut transaction, stamp, Action::Read, document, &format!("reading={digest}")).await?;
    }
    shown::unlink(&mut transaction, seq).await?;
    Ok(transaction.commit().await?)
}

/// Whether the very ledger, made with the same versions, is the one that is shown.
async fn is_current(connection: &mut AnyConnection, document: i64, new: &NewReading) -> Result<bool> {
    let statement = "SELECT r.ledger_digest, v.program, v.codebook, v.gazetteer, v.weights \
                     FROM reading r JOIN versions v ON v.seq = r.versions WHERE r.document = $1 AND r.current = 1";
    let Some(row) = Statement::new(statement).bind(&document).row(connection).await? else { return Ok(false) };
    Ok(versions_of(&row)? == new.versions && get::<String>(&row, "ledger_digest")? == sha256(new.ledger.as_bytes()))
}

/// Puts a reading and its rows in place of the current ones; the digest that the audit log keeps of it.
pub(super) async fn put(connection: &mut AnyConnection, document: i64, id: &str, published: Option<Date>, new: &NewReading) -> Result<String> {
    let versions = versions(connection, &new.versions).await?;
    let seq = next_seq(connection, "reading").await?;
    let ledger_digest = sha256(new.ledger.as_bytes());
    Statement::new("UPDATE reading SET current = 0 WHERE document = $1 AND current = 1").bind(&document).run(connection).await?;
    let columns = "seq, document, versions, current, made, ledger_digest, ledger_zstd";
    Statement::new(format!("INSERT INTO reading ({columns}) VALUES ($1, $2, $3, 1, $4, $5, $6)"))
        .bind(&seq)
        .bind(&document)
        .bind(&versions)
        .bind(&new.made)
        .bind(&ledger_digest)
        .bind(&compress(new.ledger.as_bytes())?)
        .run(connection)
        .await?;
    shown::replace(connection, document, id, published, &new.rows).await?;
    Ok(digest_of_reading(id, &new.versions, &new.made.to_string(), &ledger_digest))
}

/// The number of these versions, which are written down once.
async fn versions(connection: &mut AnyConnection, versions: &Versions) -> Result<i64> {
    let Versions { program, codebook, gazetteer, weights } = versions;
    let known = "SELECT seq FROM versions WHERE program = $1 AND codebook = $2 AND gazetteer = $3 AND weights = $4";
    let known = Statement::new(known).bind(program).bind(codebook).bind(gazetteer).bind(weights).row(connection).await?;
    if let Some(row) = known {
        return get(&row, "seq");
    }
    let seq = next_seq(connection, "versions").await?;
    let new = Statement::new("INSERT INTO versions (seq, program, codebook, gazetteer, weights) VALUES ($1, $2, $3, $4, $5)");
    new.bind(&seq).bind(program).bind(codebook).bind(gazetteer).bind(weights).run(connection).await?;
    Ok(seq)
}

/// Digest over all that never changes in a reading.
pub(crate) fn digest_of_reading(document: &str, versions: &Versions, made: &str, ledger_digest: &str) -> String {
    let Versions { program, codebook, gazetteer, weights } = versions;
    sha256_of_fields([document, program, codebook, gazetteer, weights, made, ledger_digest])
}

/// Every reading of a document, the first one first.
pub(crate) async fn readings(database: &Database, document: &str) -> Result<Vec<StoredReading>> {
    let mut connection = database.reader().await?;
    let seq = seq_of(&mut connection, document).await?;
    let statement = "SELECT r.seq, r.made, r.current, r.ledger_digest, v.program, v.codebook, v.gazetteer, v.weights \
                     FROM reading r JOIN versions v ON v.seq = r.versions WHERE r.document = $1 ORDER BY r.seq";
    Statement::new(statement).bind(&seq).rows(&mut connection).await?.iter().map(stored).collect()
}

fn stored(row: &AnyRow) -> Result<StoredReading> {
    Ok(StoredReading {
        number: get(row, "seq")?,
        versions: versions_of(row)?,
        made: get(row, "made")?,
        current: get(row, "current")?,
        ledger_digest: get(row, "ledger_digest")?,
    })
}

/// The versions in a row that has their columns.
pub(crate) fn versions_of(row: &AnyRow) -> Result<Versions> {
    Ok(Versions { program: get(row, "program")?, codebook: get(row, "codebook")?, gazetteer: get(row, "gazetteer")?, weights: get(row, "weights")? })
}

/// The ledger's JSON of a document's current reading, or of the one with this number; `None` where there is none.
pub(crate) async fn ledger(database: &Database, document: &str, number: Option<u64>) -> Result<Option<String>> {
    let mut connection = database.reader().await?;
    let seq = seq_of(&mut connection, document).await?;
    let statement = match number {
        Some(number) => Statement::new("SELECT ledger_zstd FROM reading WHERE document = $1 AND seq = $2").bind(&seq).bind(&number),
        None => Statement::new("SELECT ledger_zstd FROM reading WHERE document = $1 AND current = 1").bind(&seq),
    };
    let row = statement.row(&mut connection).await?;
    row.map(|row| decompress_text(&format!("the ledger of {document:?}"), &get::<Vec<u8>>(&row, "ledger_zstd")?)).transpose()
}
