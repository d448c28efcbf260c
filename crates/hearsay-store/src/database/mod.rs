//! One database, SQLite or PostgreSQL: its connections, its transactions and its schema. What is asked of it is written in
//! the modules of the verbs; how the two differ is in [`Dialect`].

mod column;
mod dialect;
mod migrate;
mod statement;

pub(crate) use column::{Column, Value, get, raw, table};
pub(crate) use dialect::Dialect;
pub(crate) use statement::{Statement, Table, insert};

use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Transaction};

use crate::error::{Error, Result};
use crate::stamp::Stamp;

/// Connections that read at the same time, for each store that is open.
const READERS: u32 = 8;

/// How long a question waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(60);

/// What lies in a database. Nobody outside this crate can name it, so only this crate makes stores.
pub trait Backed: Send + Sync {
    /// The database.
    fn database(&self) -> &Database;
}

/// An open database with a desk in it.
#[derive(Debug)]
pub struct Database {
    /// One connection, so that the writers of this process queue here rather than at the database.
    writer: AnyPool,
    readers: AnyPool,
    pub(crate) dialect: Dialect,
    /// For messages: without password.
    pub(crate) location: String,
}

/// Whether a desk is to be made or found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// There must be none yet.
    Create,
    /// There must be one; an older schema is brought up to date.
    Open,
}

impl Database {
    /// Connects to `url` and makes, finds or updates the desk there.
    pub(crate) async fn connect(url: &str, dialect: Dialect, location: String, opening: Opening, stamp: &Stamp) -> Result<Self> {
        install_default_drivers();
        // A pool would try a wrong address or file again and again; this fails at once.
        try_out(url, dialect).await.map_err(|error| unreachable(&location, &error))?;
        let (writer, readers) = (pool(dialect, 1).connect_lazy(url)?, pool(dialect, READERS).connect_lazy(url)?);
        let database = Self { writer, readers, dialect, location };
        migrate::migrate(&database, opening, stamp).await?;
        Ok(database)
    }

    /// A connection to read with.
    pub(crate) async fn reader(&self) -> Result<PoolConnection<Any>> {
        Ok(self.readers.acquire().await?)
    }

    /// The connection that writes, outside of any transaction.
    pub(crate) async fn writer(&self) -> Result<PoolConnection<Any>> {
        Ok(self.writer.acquire().await?)
    }

    /// A transaction to write in; no other writer gets one before it ends. Dropped without `commit`, it never was.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>> {
        let mut transaction = self.writer.begin_with(self.dialect.begin_to_write()).await?;
        if let Some(lock) = self.dialect.lock_writers() {
            sqlx::raw_sql(lock).execute(&mut *transaction).await?;
        }
        Ok(transaction)
    }

    /// A transaction that sees the desk as it is at its beginning, whatever others write meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Any>> {
        Ok(self.readers.begin_with(self.dialect.begin_snapshot()).await?)
    }

    /// Closes every connection, after what is under way.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Connects once, and prepares the database for all connections to come.
async fn try_out(url: &str, dialect: Dialect) -> sqlx::Result<()> {
    let mut connection = AnyConnection::connect(url).await?;
    for statements in [dialect.at_connection(), dialect.at_opening()].into_iter().flatten() {
        sqlx::raw_sql(statements).execute(&mut connection).await?;
    }
    connection.close().await
}

fn pool(dialect: Dialect, connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE).after_connect(move |connection: &mut AnyConnection, _| {
        Box::pin(async move {
            if let Some(statements) = dialect.at_connection() {
                sqlx::raw_sql(statements).execute(connection).await?;
            }
            Ok(())
        })
    })
}

fn unreachable(location: &str, error: &sqlx::Error) -> Error {
    Error::Location { location: location.to_owned(), reason: format!("cannot open the database: {error}") }
}
