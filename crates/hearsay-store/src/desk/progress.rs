//! How far each feed, archive or folder is taken in.

use sqlx::AnyConnection;

use crate::audit::{self, Action};
use crate::database::{Database, Statement, get};
use crate::error::{Error, Result};
use crate::record::Progress;
use crate::stamp::Stamp;

/// Moves the progress of an origin, or begins it.
pub(super) async fn put(connection: &mut AnyConnection, moved: &Progress, stamp: &Stamp) -> Result<()> {
    let statement = "INSERT INTO progress (origin, position, moved) VALUES ($1, $2, $3) \
                     ON CONFLICT (origin) DO UPDATE SET position = excluded.position, moved = excluded.moved \
                     WHERE progress.position <> excluded.position";
    Statement::new(statement).bind(&moved.origin).bind(&moved.position).bind(&stamp.when).run(connection).await.map(drop)
}

/// Moves it without a document, as when a feed had nothing new.
pub(crate) async fn set(database: &Database, moved: &Progress, stamp: &Stamp) -> Result<()> {
    let mut transaction = database.write().await?;
    put(&mut transaction, moved, stamp).await?;
    Ok(transaction.commit().await?)
}

/// How far `origin` is taken in; `None` where it was never begun.
pub(crate) async fn of(database: &Database, origin: &str) -> Result<Option<String>> {
    let mut connection = database.reader().await?;
    let row = Statement::new("SELECT position FROM progress WHERE origin = $1").bind(&origin.to_owned()).row(&mut connection).await?;
    row.map(|row| get(&row, "position")).transpose()
}

/// All of them, by origin.
pub(crate) async fn all(database: &Database) -> Result<Vec<Progress>> {
    all_in(&mut *database.reader().await?).await
}

/// The same, on a connection of the caller's.
pub(super) async fn all_in(connection: &mut AnyConnection) -> Result<Vec<Progress>> {
    let rows = Statement::new("SELECT origin, position FROM progress").rows(connection).await?;
    let mut found =
        rows.iter().map(|row| Ok(Progress { origin: get(row, "origin")?, position: get(row, "position")? })).collect::<Result<Vec<_>>>()?;
    // Sorted here: databases differ in how they sort texts.
    found.sort_by(|a, b| a.origin.cmp(&b.origin));
    Ok(found)
}

/// Forgets an origin; what was taken in from it stays.
pub(crate) async fn forget(database: &Database, origin: &str, stamp: &Stamp) -> Result<()> {
    let mut transaction = database.write().await?;
    let forgotten = Statement::new("DELETE FROM progress WHERE origin = $1").bind(&origin.to_owned()).run(&mut transaction).await?;
    if forgotten == 0 {
        return Err(Error::Unknown { what: "feed or archive", id: origin.to_owned() });
    }
    audit::append(&mut transaction, stamp, Action::Forget, origin, "").await?;
    Ok(transaction.commit().await?)
}
