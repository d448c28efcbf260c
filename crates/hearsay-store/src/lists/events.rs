//! The list of events, each with its participants, its accounts and its sentence.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{ORIGIN_COLUMNS, Origin, columns, condition, cursor_of_record, origin, page_of_records, part, texts};
use crate::database::{Database, Statement, Table as _, get};
use crate::desk::shown;
use crate::error::Result;
use crate::filter::{Filter, Page, Paging};
use crate::rows::{AccountRow, EventRow, ParticipantRow};

const LIST: &str = "events";

/// An event with what it takes to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct EventLine {
    /// Its document.
    pub origin: Origin,
    /// The event.
    pub event: EventRow,
    /// Its actors, then its recipients.
    pub participants: Vec<ParticipantRow>,
    /// Who says what of it.
    pub accounts: Vec<AccountRow>,
    /// The sentence that holds its trigger.
    pub sentence: String,
}

/// Events that the filter wants, the latest first.
pub(crate) async fn events(database: &Database, filter: &Filter, paging: &Paging) -> Result<Page<EventLine>> {
    condition::check(filter)?;
    let columns = columns("e", EventRow::COLUMNS);
    let mut statement = Statement::new(format!(
        "SELECT e.document, e.first_day, {ORIGIN_COLUMNS}, {columns} FROM event e JOIN document d ON d.seq = e.document WHERE 1 = 1"
    ));
    condition::of_days(&mut statement, filter, "e");
    condition::of_event(&mut statement, filter);
    condition::of_document(&mut statement, filter, database.dialect)?;
    page_of_records(&mut statement, paging, LIST, "e")?;
    let mut transaction = database.snapshot().await?;
    let rows = statement.rows(&mut transaction).await?;
    Ok(Page::of(lines(&mut transaction, &rows).await?, paging))
}

/// The lines of rows of events, with their cursors.
async fn lines(connection: &mut AnyConnection, rows: &[AnyRow]) -> Result<Vec<(String, EventLine)>> {
    let documents = rows.iter().map(|row| get(row, "document")).collect::<Result<Vec<i64>>>()?;
    let mut distinct = documents.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let mut participants: BTreeMap<(i64, u32), Vec<ParticipantRow>> = BTreeMap::new();
    for (document, row) in shown::of_documents::<ParticipantRow>(connection, &distinct, "event, role, ordinal").await? {
        participants.entry((document, row.event)).or_default().push(row);
    }
    let mut accounts: BTreeMap<(i64, u32), Vec<AccountRow>> = BTreeMap::new();
    for (document, row) in shown::of_documents::<AccountRow>(connection, &distinct, "ordinal").await? {
        accounts.entry((document, row.event)).or_default().push(row);
    }
    let texts = texts(connection, &distinct).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for (row, document) in rows.iter().zip(documents) {
        let event = EventRow::from_row(row)?;
        let key = (document, event.ordinal);
        let line = EventLine {
            origin: origin(row)?,
            participants: participants.remove(&key).unwrap_or_default(),
            accounts: accounts.remove(&key).unwrap_or_default(),
            sentence: part(texts.get(&document), event.sentence_start, event.sentence_end),
            event,
        };
        lines.push((cursor_of_record(LIST, row)?, line));
    }
    Ok(lines)
}
