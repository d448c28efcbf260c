//! Documents as they lie in the desk.

use hearsay_ledger::Document;
use sqlx::any::AnyRow;

use super::add::headers_of;
use super::seq_of;
use crate::compress::decompress;
use crate::database::{Database, Statement, get};
use crate::error::Result;
use crate::record::StoredDocument;

/// The document `id`, or `None` where there is none.
pub(crate) async fn document(database: &Database, id: &str) -> Result<Option<StoredDocument>> {
    let mut connection = database.reader().await?;
    let columns = "id, url, publisher, published, title, language, text, text_digest, raw_digest, captured, headers, voice, signature";
    let statement = Statement::new(format!("SELECT {columns} FROM document WHERE id = $1")).bind(&id.to_owned());
    statement.row(&mut connection).await?.map(|row| stored(&row)).transpose()
}

fn stored(row: &AnyRow) -> Result<StoredDocument> {
    Ok(StoredDocument {
        document: Document {
            id: get(row, "id")?,
            title: get(row, "title")?,
            publisher: get(row, "publisher")?,
            published: get(row, "published")?,
            url: get(row, "url")?,
            language: get(row, "language")?,
            text: get(row, "text")?,
        },
        text_digest: get(row, "text_digest")?,
        raw_digest: get(row, "raw_digest")?,
        captured: get(row, "captured")?,
        headers: headers_of(&get::<String>(row, "headers")?),
        voice: get(row, "voice")?,
        signature: get(row, "signature")?,
    })
}

/// Ids of the documents that were taken from this address, in the order in which they came.
pub(crate) async fn taken_from(database: &Database, url: &str) -> Result<Vec<String>> {
    let mut connection = database.reader().await?;
    let statement = Statement::new("SELECT id FROM document WHERE url = $1 ORDER BY seq").bind(&url.to_owned());
    statement.rows(&mut connection).await?.iter().map(|row| get(row, "id")).collect()
}

/// The bytes of a document as they came, or `None` where they were not kept.
pub(crate) async fn raw(database: &Database, id: &str) -> Result<Option<Vec<u8>>> {
    let mut connection = database.reader().await?;
    let seq = seq_of(&mut connection, id).await?;
    let statement = "SELECT r.bytes_zstd FROM raw r JOIN document d ON d.raw_digest = r.digest WHERE d.seq = $1";
    let row = Statement::new(statement).bind(&seq).row(&mut connection).await?;
    row.map(|row| decompress(&format!("the raw bytes of {id:?}"), &get::<Vec<u8>>(&row, "bytes_zstd")?)).transpose()
}
