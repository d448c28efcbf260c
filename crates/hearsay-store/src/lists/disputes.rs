//! The list of disputes within documents, each with its accounts. Those across documents belong to incidents.

use std::collections::BTreeMap;

use hearsay_ledger::DisputeAbout;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{ORIGIN_COLUMNS, Origin, condition, origin};
use crate::database::{Database, Statement, get};
use crate::desk::shown;
use crate::error::Result;
use crate::filter::{Filter, Page, Paging, cursor_number};
use crate::rows::{AccountRow, DisputeMemberRow};

const LIST: &str = "disputes";

/// A dispute with its accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct DisputeLine {
    /// Its document.
    pub origin: Origin,
    /// Position in the ledger's list.
    pub ordinal: u32,
    /// What the accounts differ on.
    pub about: DisputeAbout,
    /// The accounts.
    pub accounts: Vec<AccountRow>,
}

/// Disputes about an event that the filter wants, those of the last added documents first.
pub(crate) async fn disputes(database: &Database, filter: &Filter, paging: &Paging) -> Result<Page<DisputeLine>> {
    condition::check(filter)?;
    let mut statement = Statement::new(format!(
        "SELECT q.document, q.ordinal, q.about, {ORIGIN_COLUMNS} FROM dispute q JOIN document d ON d.seq = q.document WHERE 1 = 1"
    ));
    condition::equals(&mut statement, "q.about", filter.about.as_ref());
    statement.push(
        " AND EXISTS (SELECT 1 FROM dispute_member m JOIN account c ON c.document = m.document AND c.ordinal = m.account \
         JOIN event e ON e.document = c.document AND e.ordinal = c.event WHERE m.document = q.document AND m.dispute = q.ordinal",
    );
    condition::of_days(&mut statement, filter, "e");
    condition::of_event(&mut statement, filter);
    statement.push(")");
    condition::of_document(&mut statement, filter, database.dialect)?;
    if let Some([document, ordinal]) = paging.fields::<2>(LIST)? {
        let (document, ordinal) = (cursor_number(&document)?, cursor_number(&ordinal)?);
        statement.push(" AND (q.document < ").push_bind(&document).push(" OR (q.document = ").push_bind(&document);
        statement.push(" AND q.ordinal > ").push_bind(&ordinal).push("))");
    }
    statement.push(" ORDER BY q.document DESC, q.ordinal LIMIT ").push_bind(&paging.rows());
    let mut transaction = database.snapshot().await?;
    let rows = statement.rows(&mut transaction).await?;
    Ok(Page::of(lines(&mut transaction, &rows).await?, paging))
}

async fn lines(connection: &mut AnyConnection, rows: &[AnyRow]) -> Result<Vec<(String, DisputeLine)>> {
    let mut documents = rows.iter().map(|row| get(row, "document")).collect::<Result<Vec<i64>>>()?;
    documents.sort_unstable();
    documents.dedup();
    let accounts = shown::of_documents::<AccountRow>(connection, &documents, "ordinal").await?;
    let accounts: BTreeMap<(i64, u32), AccountRow> = accounts.into_iter().map(|(document, row)| ((document, row.ordinal), row)).collect();
    let mut members: BTreeMap<(i64, u32), Vec<AccountRow>> = BTreeMap::new();
    for (document, row) in shown::of_documents::<DisputeMemberRow>(connection, &documents, "dispute, account").await? {
        members.entry((document, row.dispute)).or_default().extend(accounts.get(&(document, row.account)).cloned());
    }
    let line = |row: &AnyRow| {
        let (document, ordinal) = (get::<i64>(row, "document")?, get::<u32>(row, "ordinal")?);
        let accounts = members.get(&(document, ordinal)).cloned().unwrap_or_default();
        Ok((format!("{LIST}~{document}~{ordinal}"), DisputeLine { origin: origin(row)?, ordinal, about: get(row, "about")?, accounts }))
    };
    rows.iter().map(line).collect()
}
