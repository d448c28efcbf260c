//! Copies of a desk, made while it is in use. A backup is a SQLite file whatever the desk lies in, and a desk in its own
//! right; a new desk, in either database, can be filled from one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::database::{Column as _, Database, Dialect, Statement, Value, get, insert, raw};
use crate::desk::add::put_words;
use crate::error::{Error, Result};
use crate::open;
use crate::stamp::Stamp;

/// What a table's rows are fetched by, a few at a time.
enum Key {
    /// A column of numbers.
    Number(&'static str),
    /// A column of texts that are all different.
    Text(&'static str),
}

/// Every table but that of the schema's versions, those first that others refer to.
const TABLES: [(&str, Key); 20] = [
    ("raw", Key::Text("digest")),
    ("document", Key::Number("seq")),
    ("band", Key::Number("document")),
    ("versions", Key::Number("seq")),
    ("reading", Key::Number("seq")),
    ("event", Key::Number("document")),
    ("participant", Key::Number("document")),
    ("account", Key::Number("document")),
    ("attribution", Key::Number("document")),
    ("place", Key::Number("document")),
    ("time_expression", Key::Number("document")),
    ("truce_term", Key::Number("document")),
    ("truce_party", Key::Number("document")),
    ("dispute", Key::Number("document")),
    ("dispute_member", Key::Number("document")),
    ("incident", Key::Text("id")),
    ("incident_member", Key::Number("document")),
    ("progress", Key::Text("origin")),
    ("review", Key::Number("seq")),
    ("audit", Key::Number("seq")),
];

/// Rows, or documents whose rows, are fetched together.
const AT_ONCE: i64 = 200;

/// Writes a backup of a desk, as it is at one moment, to a SQLite file.
pub(crate) async fn to_file(database: &Database, file: &Path, stamp: &Stamp) -> Result<()> {
    let part = begin_file(file)?;
    let written = match database.dialect {
        // The database does it by itself.
        Dialect::Sqlite => vacuum_into(database, &part).await,
        Dialect::Postgres => copy_into_file(database, &part, stamp).await,
    };
    if let Err(error) = written {
        let _ = fs::remove_file(&part); // the error that matters is the first one
        return Err(error);
    }
    finish_file(&part, file)
}

async fn vacuum_into(database: &Database, file: &Path) -> Result<()> {
    let not_text = || Error::Location { location: file.display().to_string(), reason: "its name is not UTF-8".to_owned() };
    let name = file.to_str().ok_or_else(not_text)?.to_owned();
    Statement::new("VACUUM INTO $1").bind(&name).run(&mut *database.reader().await?).await.map(drop)
}

async fn copy_into_file(database: &Database, file: &Path, stamp: &Stamp) -> Result<()> {
    let target = open::create_file(file, stamp).await?;
    let copied = copy(database, &target).await;
    let settled = match copied {
        // Everything into the one file.
        Ok(()) => Statement::new("PRAGMA journal_mode = DELETE").rows(&mut *target.writer().await?).await.map(drop),
        Err(error) => Err(error),
    };
    target.close().await;
    settled
}

/// Fills an empty desk with all that another one holds.
pub(crate) async fn fill(from: &Database, to: &Database) -> Result<()> {
    let row = Statement::new("SELECT COUNT(*) AS n FROM document").row(&mut *to.reader().await?).await?;
    if row.map_or(Ok(0), |row| get::<i64>(&row, "n"))? > 0 {
        return Err(Error::Exists { location: to.location.clone() });
    }
    copy(from, to).await
}

/// Where a backup is written before it is whole; there must be nothing where it will lie.
fn begin_file(file: &Path) -> Result<PathBuf> {
    if file.exists() {
        return Err(Error::Exists { location: file.display().to_string() });
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = file.with_file_name(name);
    // Left by a backup that was cut off.
    match fs::remove_file(&part) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::Output { path: part, source }),
        _ => Ok(part),
    }
}

/// Puts a whole backup in its place, safe on the disk.
fn finish_file(part: &Path, file: &Path) -> Result<()> {
    let written = |source| Error::Output { path: file.to_owned(), source };
    File::open(part).and_then(|part| part.sync_all()).map_err(written)?;
    fs::rename(part, file).map_err(written)
}

/// Copies everything from one desk, as it is at one moment, into one that has nothing yet.
async fn copy(from: &Database, to: &Database) -> Result<()> {
    let mut source = from.snapshot().await?;
    let mut target = to.write().await?;
    // What a new desk says of its own making gives way to what the copied one says of itself.
    Statement::new("DELETE FROM audit").run(&mut target).await?;
    for (table, key) in &TABLES {
        let nulls = nulls(&mut target, to.dialect, table).await?;
        match key {
            Key::Number(column) => copy_by_number(&mut source, &mut target, to.dialect, table, column, &nulls).await?,
            Key::Text(column) => copy_by_text(&mut source, &mut target, table, column, &nulls).await?,
        }
    }
    Ok(target.commit().await?)
}

async fn copy_by_number(
    source: &mut AnyConnection,
    target: &mut AnyConnection,
    dialect: Dialect,
    table: &'static str,
    column: &'static str,
    nulls: &BTreeMap<String, Value>,
) -> Result<()> {
    let last = Statement::new(format!("SELECT COALESCE(MAX({column}), 0) AS n FROM {table}")).row(source).await?;
    let last: i64 = last.map_or(Ok(0), |row| get(&row, "n"))?;
    let mut done = 0;
    while done < last {
        let sql = format!("SELECT * FROM {table} WHERE {column} > $1 AND {column} <= $2");
        let rows = Statement::new(sql).bind(&done).bind(&(done + AT_ONCE)).rows(source).await?;
        put(target, table, &rows, nulls).await?;
        if table == "document" {
            for row in &rows {
                let title: Option<String> = get(row, "title")?;
                put_words(target, dialect, get(row, "seq")?, title.as_deref(), &get::<String>(row, "text")?).await?;
            }
        }
        done += AT_ONCE;
    }
    Ok(())
}

async fn copy_by_text(
    source: &mut AnyConnection,
    target: &mut AnyConnection,
    table: &'static str,
    column: &'static str,
    nulls: &BTreeMap<String, Value>,
) -> Result<()> {
    let mut done = String::new();
    loop {
        let sql = format!("SELECT * FROM {table} WHERE {column} > $1 ORDER BY {column} LIMIT $2");
        let rows = Statement::new(sql).bind(&done).bind(&AT_ONCE).rows(source).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        done = get(last, column)?;
        put(target, table, &rows, nulls).await?;
    }
}

async fn put(target: &mut AnyConnection, table: &str, rows: &[AnyRow], nulls: &BTreeMap<String, Value>) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let columns: Vec<&str> = first.columns().iter().map(sqlx::Column::name).collect();
    let value = |row: &AnyRow, column: &str| match raw(row, column)? {
        Value::NullInt => Ok(nulls.get(column).cloned().unwrap_or(Value::NullInt)),
        value => Ok(value),
    };
    let values = rows.iter().map(|row| columns.iter().map(|column| value(row, column)).collect()).collect::<Result<Vec<Vec<Value>>>>()?;
    insert(target, table, &columns, values).await
}

/// What stands for a missing value in each column of a table, where the database asks for its type.
async fn nulls(target: &mut AnyConnection, dialect: Dialect, table: &str) -> Result<BTreeMap<String, Value>> {
    let Some(sql) = dialect.column_types() else { return Ok(BTreeMap::new()) };
    let rows = Statement::new(sql).bind(&table.to_owned()).rows(target).await?;
    let null = |row: &AnyRow| {
        Ok((
            get(row, "name")?,
            match get::<String>(row, "kind")?.as_str() {
                "text" => String::NULL,
                "bytea" => Vec::<u8>::NULL,
                "double precision" => f64::NULL,
                _ => i64::NULL,
            },
        ))
    };
    rows.iter().map(null).collect()
}
