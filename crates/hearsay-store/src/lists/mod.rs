//! Lists: records that a [`Filter`](crate::Filter) wants, page by page, the latest first.

pub(crate) mod condition;
mod disputes;
mod documents;
mod events;
mod incidents;
mod search;
mod sources;
mod truces;

pub use disputes::DisputeLine;
pub use events::EventLine;
pub use search::Hit;
pub use sources::SourceTally;
pub use truces::TruceLine;

pub(crate) use disputes::disputes;
pub(crate) use documents::documents;
pub(crate) use events::events;
pub(crate) use incidents::incidents;
pub(crate) use search::search;
pub(crate) use sources::sources;
pub(crate) use truces::truce_terms;

use std::collections::BTreeMap;

use hearsay_ledger::Date;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::database::{Statement, get};
use crate::error::Result;
use crate::filter::{Paging, cursor_number};

/// What a line of any list says about its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its id.
    pub document: String,
    /// Headline.
    pub title: Option<String>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Id of the document whose voice it is.
    pub voice: String,
}

/// Columns that [`origin`] reads, of the document `d`.
const ORIGIN_COLUMNS: &str = "d.id, d.title, d.publisher, d.published, d.voice";

fn origin(row: &AnyRow) -> Result<Origin> {
    Ok(Origin {
        document: get(row, "id")?,
        title: get(row, "title")?,
        publisher: get(row, "publisher")?,
        published: get(row, "published")?,
        voice: get(row, "voice")?,
    })
}

/// The columns of a table, each behind its alias.
fn columns(alias: &str, names: &[&str]) -> String {
    names.iter().map(|name| format!("{alias}.{name}")).collect::<Vec<_>>().join(", ")
}

/// Where a list of records of documents goes on and how it is sorted: by day, the latest first, then by document, the last
/// added first, then as in the text.
fn page_of_records(statement: &mut Statement, paging: &Paging, list: &str, alias: &str) -> Result<()> {
    if let Some([day, document, ordinal]) = paging.fields::<3>(list)? {
        let (document, ordinal) = (cursor_number(&document)?, cursor_number(&ordinal)?);
        let days = format!(" AND {alias}.first_day <= ");
        statement.push(&days).push_bind(&day).push(&format!(" AND ({alias}.first_day < ")).push_bind(&day);
        statement.push(&format!(" OR {alias}.document < ")).push_bind(&document);
        statement.push(&format!(" OR ({alias}.document = ")).push_bind(&document);
        statement.push(&format!(" AND {alias}.ordinal > ")).push_bind(&ordinal).push("))");
    }
    statement.push(&format!(" ORDER BY {alias}.first_day DESC, {alias}.document DESC, {alias}.ordinal LIMIT ")).push_bind(&paging.rows());
    Ok(())
}

/// The cursor behind a row of such a list.
fn cursor_of_record(list: &str, row: &AnyRow) -> Result<String> {
    Ok(format!("{list}~{}~{}~{}", get::<String>(row, "first_day")?, get::<i64>(row, "document")?, get::<i64>(row, "ordinal")?))
}

/// The texts of the documents.
async fn texts(connection: &mut AnyConnection, documents: &[i64]) -> Result<BTreeMap<i64, String>> {
    /// Texts are long.
    const AT_ONCE: usize = 100;
    let mut found = BTreeMap::new();
    for documents in documents.chunks(AT_ONCE) {
        let mut statement = Statement::new("SELECT seq, text FROM document WHERE seq IN (");
        for (index, document) in documents.iter().enumerate() {
            statement.push(if index == 0 { "" } else { ", " }).push_bind(document);
        }
        statement.push(")");
        for row in statement.rows(connection).await? {
            found.insert(get(&row, "seq")?, get(&row, "text")?);
        }
    }
    Ok(found)
}

/// The part of a text between two bytes; empty where it does not lie on characters.
fn part(text: Option<&String>, start: u32, end: u32) -> String {
    text.and_then(|text| text.get(start as usize..end as usize)).unwrap_or_default().to_owned()
}
