//! The list of truce terms, each with its parties and its sentence.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{ORIGIN_COLUMNS, Origin, columns, condition, cursor_of_record, origin, page_of_records, part, texts};
use crate::database::{Database, Statement, Table as _, get};
use crate::desk::shown;
use crate::error::Result;
use crate::filter::{Filter, Page, Paging};
use crate::rows::{PartyRow, TruceRow};

const LIST: &str = "truces";

/// A truce term with what it takes to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct TruceLine {
    /// Its document.
    pub origin: Origin,
    /// The truce term.
    pub term: TruceRow,
    /// Those whose position it is, then the other parties.
    pub parties: Vec<PartyRow>,
    /// The sentence that states it.
    pub sentence: String,
}

/// Truce terms that the filter wants, the latest first. Actors are the parties; what the filter says of events must hold of
/// an event in the same sentence.
pub(crate) async fn truce_terms(database: &Database, filter: &Filter, paging: &Paging) -> Result<Page<TruceLine>> {
    condition::check(filter)?;
    let columns = columns("t", TruceRow::COLUMNS);
    let mut statement = Statement::new(format!(
        "SELECT t.document, t.first_day, {ORIGIN_COLUMNS}, {columns} FROM truce_term t JOIN document d ON d.seq = t.document WHERE 1 = 1"
    ));
    condition::of_days(&mut statement, filter, "t");
    condition::equals(&mut statement, "t.kind", filter.truce_kind.as_ref());
    condition::of_somebody(&mut statement, filter, "FROM truce_party p WHERE p.document = t.document AND p.term = t.ordinal");
    condition::of_source(&mut statement, filter, "t");
    if condition::asks_of_scene(filter) {
        statement.push(" AND EXISTS (SELECT 1 FROM event e WHERE e.document = t.document AND e.sentence = t.sentence");
        let of_event = Filter { actor: None, side: None, source: None, source_side: None, ..filter.clone() };
        condition::of_event(&mut statement, &of_event);
        statement.push(")");
    }
    condition::of_document(&mut statement, filter, database.dialect)?;
    page_of_records(&mut statement, paging, LIST, "t")?;
    let mut transaction = database.snapshot().await?;
    let rows = statement.rows(&mut transaction).await?;
    Ok(Page::of(lines(&mut transaction, &rows).await?, paging))
}

async fn lines(connection: &mut AnyConnection, rows: &[AnyRow]) -> Result<Vec<(String, TruceLine)>> {
    let documents = rows.iter().map(|row| get(row, "document")).collect::<Result<Vec<i64>>>()?;
    let mut distinct = documents.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let mut parties: BTreeMap<(i64, u32), Vec<PartyRow>> = BTreeMap::new();
    for (document, row) in shown::of_documents::<PartyRow>(connection, &distinct, "term, role, ordinal").await? {
        parties.entry((document, row.term)).or_default().push(row);
    }
    let texts = texts(connection, &distinct).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for (row, document) in rows.iter().zip(documents) {
        let term = TruceRow::from_row(row)?;
        let line = TruceLine {
            origin: origin(row)?,
            parties: parties.remove(&(document, term.ordinal)).unwrap_or_default(),
            sentence: part(texts.get(&document), term.sentence_start, term.sentence_end),
            term,
        };
        lines.push((cursor_of_record(LIST, row)?, line));
    }
    Ok(lines)
}
