//! Statements with their values, and rows put into tables many at a time.

use std::fmt::Write as _;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{AnyConnection, Arguments as _, AssertSqlSafe};

use super::column::{Column, Value};
use crate::error::Result;

/// Rows that one statement inserts, largest first: few distinct statements, so that each is prepared once.
const BATCHES: [usize; 3] = [32, 8, 1];

/// SQL in which `$1`, `$2` … stand for values. No text from outside ever goes into the SQL itself.
#[derive(Debug)]
pub(crate) struct Statement {
    sql: String,
    values: Vec<Value>,
}

impl Statement {
    /// A statement that begins with `sql`.
    pub(crate) fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new() }
    }

    /// Gives the next of the placeholders that stand in the SQL its value.
    pub(crate) fn bind(mut self, value: &impl Column) -> Self {
        self.values.push(value.to_value());
        self
    }

    /// Writes on.
    pub(crate) fn push(&mut self, sql: &str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Writes a placeholder for `value`.
    pub(crate) fn push_value(&mut self, value: Value) -> &mut Self {
        self.values.push(value);
        let _ = write!(self.sql, "${}", self.values.len()); // writing to a String cannot fail
        self
    }

    /// Writes a placeholder for `value`.
    pub(crate) fn push_bind(&mut self, value: &impl Column) -> &mut Self {
        self.push_value(value.to_value())
    }

    /// Runs it for every row it gives.
    pub(crate) async fn rows(self, connection: &mut AnyConnection) -> Result<Vec<AnyRow>> {
        let arguments = self.arguments()?;
        Ok(sqlx::query_with(AssertSqlSafe(self.sql), arguments).fetch_all(connection).await?)
    }

    /// Runs it for its first row.
    pub(crate) async fn row(self, connection: &mut AnyConnection) -> Result<Option<AnyRow>> {
        let arguments = self.arguments()?;
        Ok(sqlx::query_with(AssertSqlSafe(self.sql), arguments).fetch_optional(connection).await?)
    }

    /// Runs it; the number of rows it changed.
    pub(crate) async fn run(self, connection: &mut AnyConnection) -> Result<u64> {
        let arguments = self.arguments()?;
        Ok(sqlx::query_with(AssertSqlSafe(self.sql), arguments).execute(connection).await?.rows_affected())
    }

    fn arguments(&self) -> Result<AnyArguments> {
        let mut arguments = AnyArguments::default();
        for value in &self.values {
            match value {
                Value::NullInt => arguments.add(None::<i64>),
                // Not f64: sqlx 0.9 confuses the two, and PostgreSQL takes a missing number of four bytes amiss where one of
                // eight was there before.
                Value::NullFloat => arguments.add(None::<f32>),
                Value::NullText => arguments.add(None::<String>),
                Value::NullBytes => arguments.add(None::<Vec<u8>>),
                Value::Int(value) => arguments.add(*value),
                Value::Float(value) => arguments.add(*value),
                Value::Text(value) => arguments.add(value.as_str()),
                Value::Bytes(value) => arguments.add(value.as_slice()),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }
}

/// A record that is a row of a table of its own.
pub(crate) trait Table: Sized {
    /// The table.
    const TABLE: &'static str;
    /// Its columns that the record fills, in the order of `values`.
    const COLUMNS: &'static [&'static str];

    /// What the record has in each of the columns.
    fn values(&self) -> Vec<Value>;

    /// The record in a row that has at least the columns.
    fn from_row(row: &AnyRow) -> Result<Self>;
}

/// Puts rows into `table`; each has as many values as there are `columns`.
pub(crate) async fn insert(connection: &mut AnyConnection, table: &str, columns: &[&str], rows: Vec<Vec<Value>>) -> Result<()> {
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let count = BATCHES.into_iter().find(|&batch| batch <= rows.len()).unwrap_or(1);
        let mut statement = Statement::new(format!("INSERT INTO {table} ({}) VALUES ", columns.join(", ")));
        for (index, row) in rows.by_ref().take(count).enumerate() {
            statement.push(if index == 0 { "(" } else { "), (" });
            for (column, value) in row.into_iter().enumerate() {
                if column > 0 {
                    statement.push(", ");
                }
                statement.push_value(value);
            }
        }
        statement.push(")");
        statement.run(connection).await?;
    }
    Ok(())
}
