//! A document into the desk: text, raw bytes, ledger, progress and audit entry in one transaction, or nothing.

use sqlx::AnyConnection;

use super::{next_seq, progress, reading, seq_of};
use crate::audit::{self, Action};
use crate::compress::compress;
use crate::database::Dialect;
use crate::database::{Column as _, Database, Statement, Value, get, insert};
use crate::digest::{sha256, sha256_of_fields};
use crate::error::{Error, Result};
use crate::fold::{fold, words};
use crate::record::{Added, Addition, Standing};
use crate::stamp::Stamp;

/// Hexadecimal digits of the text's digest in an id that is made because the given one is taken.
const SHORT_DIGITS: usize = 8;

const COLUMNS: [&str; 17] = [
    "seq",
    "id",
    "url",
    "publisher",
    "publisher_key",
    "published",
    "title",
    "language",
    "text",
    "text_digest",
    "raw_digest",
    "captured",
    "headers",
    "voice",
    "signature",
    "shown",
    "linked",
];

/// Whether a text with this digest is in the desk under the id, or under the one it got because that was taken.
pub(crate) async fn standing(database: &Database, id: &str, text_digest: &str) -> Result<Standing> {
    let mut connection = database.reader().await?;
    standing_in(&mut connection, id, text_digest).await
}

async fn standing_in(connection: &mut AnyConnection, id: &str, text_digest: &str) -> Result<Standing> {
    let digits = text_digest.rsplit(':').next().unwrap_or_default();
    let short = digits.get(..SHORT_DIGITS).unwrap_or(digits);
    let candidates = [id.to_owned(), format!("{id}@{short}"), format!("{id}@{digits}")];
    for (index, candidate) in candidates.into_iter().enumerate() {
        match digest_of(connection, &candidate).await? {
            Some(digest) if digest == text_digest => return Ok(Standing::Known { id: candidate }),
            Some(_) => {}
            None if index == 0 => return Ok(Standing::New),
            None => return Ok(Standing::Taken { instead: candidate }),
        }
    }
    // The id with the whole digest belongs to this text alone, whatever the database says.
    Err(Error::Damaged { what: format!("document {id:?}"), reason: "the digest in its id is not that of its text".to_owned() })
}

/// The digest of the text that has the id.
async fn digest_of(connection: &mut AnyConnection, id: &str) -> Result<Option<String>> {
    let row = Statement::new("SELECT text_digest FROM document WHERE id = $1").bind(&id.to_owned()).row(connection).await?;
    row.map(|row| get(&row, "text_digest")).transpose()
}

/// Stores a document with all that comes with it, unless it is there.
pub(crate) async fn add(database: &Database, addition: &Addition<'_>, stamp: &Stamp) -> Result<Added> {
    check(addition)?;
    // Before the transaction: others wait while it lasts.
    let raw = addition.capture.raw.map(|bytes| Ok::<_, Error>((sha256(bytes), bytes.len(), compress(bytes)?))).transpose()?;
    let text_digest = addition.document.digest();

    let mut transaction = database.write().await?;
    let added = match standing_in(&mut transaction, &addition.document.id, &text_digest).await? {
        Standing::Known { id } if id == addition.document.id => Added::Known,
        Standing::Known { id: instead } | Standing::Taken { instead } => {
            return Err(Error::IdTaken { id: addition.document.id.clone(), instead });
        }
        Standing::New => {
            let seq = next_seq(&mut transaction, "document").await?;
            let raw_digest = raw.as_ref().map(|(digest, ..)| digest.clone());
            if let Some((digest, length, compressed)) = raw {
                put_raw(&mut transaction, digest, length as i64, compressed).await?;
            }
            put_document(&mut transaction, seq, addition, &text_digest, raw_digest.as_ref()).await?;
            put_likeness(&mut transaction, seq, addition).await?;
            put_words(&mut transaction, database.dialect, seq, addition.document.title.as_deref(), &addition.document.text).await?;
            let mut detail = format!("document={}", digest_of_document(addition, &text_digest, raw_digest.as_deref()));
            if let Some(new) = &addition.reading {
                let digest = reading::put(&mut transaction, seq, &addition.document.id, addition.document.published, new).await?;
                detail += " reading=";
                detail += &digest;
            }
            audit::append(&mut transaction, stamp, Action::Add, &addition.document.id, &detail).await?;
            Added::New
        }
    };
    if let Some(moved) = &addition.progress {
        progress::put(&mut transaction, moved, stamp).await?;
    }
    transaction.commit().await?;
    Ok(added)
}

fn check(addition: &Addition<'_>) -> Result<()> {
    let document = addition.document;
    let optional = |text: &Option<String>| text.as_deref().is_some_and(|text| text.contains('\0'));
    let fields = [
        ("the text", document.text.contains('\0')),
        ("the id", document.id.contains('\0')),
        ("the title", optional(&document.title)),
        ("the publisher", optional(&document.publisher)),
        ("the address", optional(&document.url)),
        ("the language", optional(&document.language)),
        ("a header", addition.capture.headers.iter().any(|(name, value)| name.contains('\0') || value.contains('\0'))),
    ];
    fields.into_iter().find(|(_, holds)| *holds).map_or(Ok(()), |(field, _)| Err(Error::Nul { field }))
}

async fn put_raw(connection: &mut AnyConnection, digest: String, length: i64, compressed: Vec<u8>) -> Result<()> {
    // The same bytes may have come before, from another address.
    let statement = Statement::new("INSERT INTO raw (digest, length, bytes_zstd) VALUES ($1, $2, $3) ON CONFLICT (digest) DO NOTHING");
    statement.bind(&digest).bind(&length).bind(&compressed).run(connection).await.map(drop)
}

async fn put_document(
    connection: &mut AnyConnection,
    seq: i64,
    addition: &Addition<'_>,
    text_digest: &str,
    raw_digest: Option<&String>,
) -> Result<()> {
    let document = addition.document;
    let row = vec![
        seq.to_value(),
        document.id.to_value(),
        document.url.to_value(),
        document.publisher.to_value(),
        document.publisher.as_deref().map(fold).to_value(),
        document.published.to_value(),
        document.title.to_value(),
        document.language.to_value(),
        document.text.to_value(),
        Value::Text(text_digest.to_owned()),
        raw_digest.cloned().to_value(),
        addition.capture.captured.to_value(),
        Value::Text(headers_text(&addition.capture.headers)),
        addition.likeness.voice.as_ref().unwrap_or(&document.id).to_value(),
        addition.likeness.signature.to_value(),
        // There is nothing to link in a document that was not read.
        addition.reading.is_some().to_value(),
        Value::Int(0),
    ];
    insert(connection, "document", &COLUMNS, vec![row]).await
}

async fn put_likeness(connection: &mut AnyConnection, seq: i64, addition: &Addition<'_>) -> Result<()> {
    if let Some(voice) = addition.likeness.voice.as_deref().filter(|voice| *voice != addition.document.id) {
        seq_of(connection, voice).await?;
    }
    let mut bands = addition.likeness.bands.clone();
    bands.sort_unstable();
    bands.dedup();
    insert(connection, "band", &["band", "document"], bands.into_iter().map(|band| vec![band.to_value(), seq.to_value()]).collect()).await
}

/// Puts the words of a document into the index that texts are found by.
pub(crate) async fn put_words(connection: &mut AnyConnection, dialect: Dialect, seq: i64, title: Option<&str>, text: &str) -> Result<()> {
    let (title, text) = match dialect {
        Dialect::Sqlite => (title.unwrap_or_default().to_owned(), text.to_owned()),
        // It is given words as we cut them, or it would take hosts, paths and hyphenated words for single words.
        Dialect::Postgres => (words(title.unwrap_or_default()).join(" "), words(text).join(" ")),
    };
    Statement::new(dialect.index_words()).bind(&seq).bind(&title).bind(&text).run(connection).await.map(drop)
}

/// Headers as they stand in an answer of HTTP: a line each.
pub(crate) fn headers_text(headers: &[(String, String)]) -> String {
    let line = |text: &str| text.replace(['\r', '\n'], " ");
    let lines = headers.iter().map(|(name, value)| [line(name), ": ".to_owned(), line(value), "\n".to_owned()].concat());
    lines.collect()
}

/// The headers of [`headers_text`].
pub(crate) fn headers_of(text: &str) -> Vec<(String, String)> {
    text.lines().filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Digest over all that never changes in a document; `verify` compares it with the audit log.
fn digest_of_document(addition: &Addition<'_>, text_digest: &str, raw_digest: Option<&str>) -> String {
    let document = addition.document;
    digest_of_fields(&[
        &document.id,
        document.url.as_deref().unwrap_or_default(),
        document.publisher.as_deref().unwrap_or_default(),
        &document.published.map(|day| day.to_string()).unwrap_or_default(),
        document.title.as_deref().unwrap_or_default(),
        document.language.as_deref().unwrap_or_default(),
        text_digest,
        raw_digest.unwrap_or_default(),
        &addition.capture.captured.to_string(),
        &headers_text(&addition.capture.headers),
    ])
}

/// Digest over the fields of a document in the order id, url, publisher, published, title, language, text digest, raw
/// digest, captured, headers; what is missing is empty.
pub(crate) fn digest_of_fields(fields: &[&str; 10]) -> String {
    sha256_of_fields(fields.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_read_back() {
        let headers = vec![("ETag".to_owned(), "\"a: b\"".to_owned()), ("Date".to_owned(), String::new())];
        assert_eq!(headers_of(&headers_text(&headers)), headers);
        assert_eq!(headers_text(&[("X".to_owned(), "a\r\nSet-Cookie: b".to_owned())]), "X: a  Set-Cookie: b\n");
    }
}
