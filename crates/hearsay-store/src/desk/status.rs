//! What a desk holds, counted.

use hearsay_ledger::Date;
use sqlx::AnyConnection;

use super::reading::versions_of;
use super::{count, progress};
use crate::database::{Database, Statement, get};
use crate::error::Result;
use crate::record::{Status, Versions};

/// Counts everything, as it is at one moment.
pub(crate) async fn status(database: &Database) -> Result<Status> {
    let mut transaction = database.snapshot().await?;
    let connection: &mut AnyConnection = &mut transaction;
    Ok(Status {
        documents: number(connection, "SELECT COUNT(*) AS n FROM document").await?,
        unread: number(connection, "SELECT COUNT(*) AS n FROM document d WHERE NOT EXISTS (SELECT 1 FROM reading r WHERE r.document = d.seq)")
            .await?,
        voices: number(connection, "SELECT COUNT(DISTINCT voice) AS n FROM document").await?,
        events: number(connection, "SELECT COUNT(*) AS n FROM event").await?,
        truce_terms: number(connection, "SELECT COUNT(*) AS n FROM truce_term").await?,
        disputes: number(connection, "SELECT COUNT(*) AS n FROM dispute").await?,
        incidents: number(connection, "SELECT COUNT(*) AS n FROM incident").await?,
        unlinked: number(connection, "SELECT COUNT(*) AS n FROM document WHERE linked < shown").await?,
        reviews: number(connection, "SELECT COUNT(*) AS n FROM review").await?,
        versions: versions(connection).await?,
        progress: progress::all_in(connection).await?,
        published: published(connection).await?,
    })
}

async fn number(connection: &mut AnyConnection, sql: &'static str) -> Result<u64> {
    count(connection, Statement::new(sql)).await
}

async fn versions(connection: &mut AnyConnection) -> Result<Vec<(Versions, u64)>> {
    let statement = "SELECT v.seq, v.program, v.codebook, v.gazetteer, v.weights, COUNT(*) AS n \
                     FROM reading r JOIN versions v ON v.seq = r.versions WHERE r.current = 1 \
                     GROUP BY v.seq, v.program, v.codebook, v.gazetteer, v.weights ORDER BY v.seq";
    let rows = Statement::new(statement).rows(connection).await?;
    rows.iter().map(|row| Ok((versions_of(row)?, get(row, "n")?))).collect()
}

async fn published(connection: &mut AnyConnection) -> Result<Option<(Date, Date)>> {
    let row = Statement::new("SELECT MIN(published) AS first, MAX(published) AS last FROM document").row(connection).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(get::<Option<Date>>(&row, "first")?.zip(get::<Option<Date>>(&row, "last")?))
}
