//! What is done to a desk and asked of it, one file for each kind of thing: lists are in `lists`, corrections in `review`.

pub(crate) mod add;
pub(crate) mod document;
pub(crate) mod incident;
pub(crate) mod link;
pub(crate) mod progress;
pub(crate) mod reading;
pub(crate) mod shown;
pub(crate) mod status;
pub(crate) mod voice;

use sqlx::AnyConnection;

use crate::database::{Statement, get};
use crate::error::{Error, Result};

/// The number of the document `id`.
pub(crate) async fn seq_of(connection: &mut AnyConnection, id: &str) -> Result<i64> {
    let row = Statement::new("SELECT seq FROM document WHERE id = $1").bind(&id.to_owned()).row(connection).await?;
    let row = row.ok_or_else(|| Error::Unknown { what: "document", id: id.to_owned() })?;
    get(&row, "seq")
}

/// The next number of a table whose rows are numbered from 1. Only one transaction writes at a time, so it stays free.
pub(crate) async fn next_seq(connection: &mut AnyConnection, table: &'static str) -> Result<i64> {
    let row = Statement::new(format!("SELECT COALESCE(MAX(seq), 0) + 1 AS n FROM {table}")).row(connection).await?;
    row.map_or(Ok(1), |row| get(&row, "n"))
}

/// The number that a statement counts as `n`.
pub(crate) async fn count(connection: &mut AnyConnection, statement: Statement) -> Result<u64> {
    statement.row(connection).await?.map_or(Ok(0), |row| get(&row, "n"))
}
