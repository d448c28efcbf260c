//! The list of incidents.

use sqlx::any::AnyRow;

use super::{columns, condition};
use crate::database::{Database, Statement, Table as _, get};
use crate::desk::incident::Incident;
use crate::error::Result;
use crate::filter::{Filter, Page, Paging};

const LIST: &str = "incidents";

/// Incidents with an event that the filter wants, the latest first. `disputed` asks for disputes across documents too.
pub(crate) async fn incidents(database: &Database, filter: &Filter, paging: &Paging) -> Result<Page<Incident>> {
    condition::check(filter)?;
    let columns = columns("i", Incident::COLUMNS);
    let mut statement = Statement::new(format!("SELECT i.first_day, {columns} FROM incident i WHERE 1 = 1"));
    if filter.disputed {
        statement.push(" AND i.disputed = 1");
    }
    statement.push(
        " AND EXISTS (SELECT 1 FROM incident_member m JOIN event e ON e.document = m.document AND e.ordinal = m.event \
         JOIN document d ON d.seq = m.document WHERE m.incident = i.id",
    );
    let of_members = Filter { disputed: false, ..filter.clone() };
    condition::of_days(&mut statement, &of_members, "e");
    condition::of_event(&mut statement, &of_members);
    condition::of_document(&mut statement, &of_members, database.dialect)?;
    statement.push(")");
    if let Some([day, id]) = paging.fields::<2>(LIST)? {
        statement.push(" AND i.first_day <= ").push_bind(&day).push(" AND (i.first_day < ").push_bind(&day);
        statement.push(" OR i.id > ").push_bind(&id).push(")");
    }
    statement.push(" ORDER BY i.first_day DESC, i.id LIMIT ").push_bind(&paging.rows());
    let rows = statement.rows(&mut *database.reader().await?).await?;
    Ok(Page::of(rows.iter().map(line).collect::<Result<Vec<_>>>()?, paging))
}

fn line(row: &AnyRow) -> Result<(String, Incident)> {
    let incident = Incident::from_row(row)?;
    Ok((format!("{LIST}~{}~{}", get::<String>(row, "first_day")?, incident.id), incident))
}
