//! The list of documents.

use sqlx::any::AnyRow;

use super::condition;
use crate::database::{Database, Statement, get};
use crate::error::Result;
use crate::filter::{Filter, Page, Paging, cursor_number};
use crate::record::DocumentLine;

const LIST: &str = "documents";

/// Documents that the filter wants, the last added first. Days are those of publication.
pub(crate) async fn documents(database: &Database, filter: &Filter, paging: &Paging) -> Result<Page<DocumentLine>> {
    condition::check(filter)?;
    let mut statement = Statement::new(format!("SELECT {COLUMNS} FROM document d WHERE 1 = 1"));
    of_documents(&mut statement, filter);
    condition::of_document(&mut statement, filter, database.dialect)?;
    if let Some([seq]) = paging.fields::<1>(LIST)? {
        statement.push(" AND d.seq < ").push_bind(&cursor_number(&seq)?);
    }
    statement.push(" ORDER BY d.seq DESC LIMIT ").push_bind(&paging.rows());
    let rows = statement.rows(&mut *database.reader().await?).await?;
    let lines = rows.iter().map(|row| Ok((format!("{LIST}~{}", get::<i64>(row, "seq")?), line(row)?))).collect::<Result<Vec<_>>>()?;
    Ok(Page::of(lines, paging))
}

/// Columns of a [`line`], of the document `d`.
pub(super) const COLUMNS: &str = "d.seq, d.id, d.title, d.publisher, d.published, d.url, d.language, d.captured, d.voice, \
     CASE WHEN EXISTS (SELECT 1 FROM reading r WHERE r.document = d.seq) \
     THEN (SELECT COUNT(*) FROM event c WHERE c.document = d.seq) END AS events";

/// What must hold of documents besides what every list asks of its documents.
pub(super) fn of_documents(statement: &mut Statement, filter: &Filter) {
    if let Some(since) = &filter.since {
        statement.push(" AND d.published >= ").push_bind(since);
    }
    if let Some(until) = &filter.until {
        statement.push(" AND d.published <= ").push_bind(until);
    }
    if condition::asks_of_events(filter) {
        statement.push(" AND EXISTS (SELECT 1 FROM event e WHERE e.document = d.seq");
        condition::of_event(statement, filter);
        statement.push(")");
    }
}

pub(super) fn line(row: &AnyRow) -> Result<DocumentLine> {
    Ok(DocumentLine {
        id: get(row, "id")?,
        title: get(row, "title")?,
        publisher: get(row, "publisher")?,
        published: get(row, "published")?,
        url: get(row, "url")?,
        language: get(row, "language")?,
        captured: get(row, "captured")?,
        voice: get(row, "voice")?,
        events: get(row, "events")?,
    })
}
