//! The shown ledger of a document as rows: put in place of what was shown before, and read back.

use hearsay_ledger::Date;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{count, seq_of};
use crate::database::{Column as _, Database, Statement, Table, Value, get, insert};
use crate::error::{Error, Result};
use crate::flatten::days;
use crate::fold::fold;
use crate::rows::{AccountRow, AttributionRow, DisputeMemberRow, DisputeRow, EventRow, PartyRow, PlaceRow, Rows, TimeRow, TruceRow};
use crate::sphere;

/// The day of a record that has none, nor its document: before all days.
const NO_DAY: &str = "";

/// Puts `rows` in place of what is shown of a document. They must show every review that there is.
pub(crate) async fn replace(connection: &mut AnyConnection, document: i64, id: &str, published: Option<Date>, rows: &Rows) -> Result<()> {
    let now = count(connection, Statement::new("SELECT COUNT(*) AS n FROM review WHERE document = $1").bind(&document)).await?;
    if rows.reviews != now {
        return Err(Error::Outdated { document: id.to_owned(), shown: rows.reviews, now });
    }
    let event_columns = ["first_day", "last_day", "place_key", "admin1_key", "x", "y", "z"];
    put(connection, document, &rows.events, &event_columns, |event| derived_of_event(event, published)).await?;
    put(connection, document, &rows.participants, &["name_key"], |row| vec![Value::Text(fold(&row.name))]).await?;
    put(connection, document, &rows.accounts, &["source_key"], |row| vec![Value::Text(fold(&row.source_name))]).await?;
    put(connection, document, &rows.attributions, &[], |_| Vec::new()).await?;
    put(connection, document, &rows.places, &[], |_| Vec::new()).await?;
    put(connection, document, &rows.times, &[], |_| Vec::new()).await?;
    put(connection, document, &rows.truce_terms, &["source_key", "first_day", "last_day"], |row| derived_of_truce(row, published)).await?;
    put(connection, document, &rows.truce_parties, &["name_key"], |row| vec![Value::Text(fold(&row.name))]).await?;
    put(connection, document, &rows.disputes, &[], |_| Vec::new()).await?;
    put(connection, document, &rows.dispute_members, &[], |_| Vec::new()).await
}

/// Puts the rows of one table in place of those of the document; `derive` gives the values of the columns `derived`.
async fn put<T: Table>(
    connection: &mut AnyConnection,
    document: i64,
    rows: &[T],
    derived: &[&'static str],
    derive: impl Fn(&T) -> Vec<Value>,
) -> Result<()> {
    Statement::new(format!("DELETE FROM {} WHERE document = $1", T::TABLE)).bind(&document).run(connection).await?;
    let columns: Vec<&str> = std::iter::once("document").chain(T::COLUMNS.iter().copied()).chain(derived.iter().copied()).collect();
    let values = |row: &T| std::iter::once(document.to_value()).chain(row.values()).chain(derive(row)).collect();
    let rows = rows.iter().map(values).collect();
    insert(connection, T::TABLE, &columns, rows).await
}

fn derived_of_event(event: &EventRow, published: Option<Date>) -> Vec<Value> {
    let point = event.latitude.zip(event.longitude).map(|(latitude, longitude)| sphere::point(latitude, longitude));
    let mut values = days_of_record(event.from_day.or(published), event.to_day.or(published));
    values.push(event.place_name.as_deref().map(fold).to_value());
    values.push(event.admin1.as_deref().map(fold).to_value());
    values.extend((0..3).map(|axis| point.and_then(|point| point.get(axis).copied()).to_value()));
    values
}

fn derived_of_truce(term: &TruceRow, published: Option<Date>) -> Vec<Value> {
    let first = term.effective.as_deref().and_then(days).map(|(first, _)| first);
    let last = term.until.as_deref().or(term.effective.as_deref()).and_then(days).map(|(_, last)| last);
    let mut values = vec![Value::Text(fold(&term.source_name))];
    values.extend(days_of_record(first.or(last).or(published), last.or(first).or(published)));
    values
}

fn days_of_record(first: Option<Date>, last: Option<Date>) -> Vec<Value> {
    [first, last].into_iter().map(|day| Value::Text(day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string()))).collect()
}

/// What is shown has changed: the document's events leave their incidents and wait to be linked anew.
pub(crate) async fn unlink(connection: &mut AnyConnection, document: i64) -> Result<()> {
    Statement::new("DELETE FROM incident_member WHERE document = $1").bind(&document).run(connection).await?;
    Statement::new("UPDATE document SET shown = shown + 1 WHERE seq = $1").bind(&document).run(connection).await.map(drop)
}

/// What is shown of a document.
pub(crate) async fn rows(database: &Database, id: &str) -> Result<Rows> {
    // One snapshot, so that the tables are of one reading.
    let mut transaction = database.snapshot().await?;
    let connection: &mut AnyConnection = &mut transaction;
    let document = seq_of(connection, id).await?;
    Ok(Rows {
        reviews: count(connection, Statement::new("SELECT COUNT(*) AS n FROM review WHERE document = $1").bind(&document)).await?,
        events: table(connection, document, "ordinal").await?,
        participants: table(connection, document, "event, role, ordinal").await?,
        accounts: table::<AccountRow>(connection, document, "ordinal").await?,
        attributions: table::<AttributionRow>(connection, document, "ordinal").await?,
        places: table::<PlaceRow>(connection, document, "ordinal").await?,
        times: table::<TimeRow>(connection, document, "ordinal").await?,
        truce_terms: table::<TruceRow>(connection, document, "ordinal").await?,
        truce_parties: table::<PartyRow>(connection, document, "term, role, ordinal").await?,
        disputes: table::<DisputeRow>(connection, document, "ordinal").await?,
        dispute_members: table::<DisputeMemberRow>(connection, document, "dispute, account").await?,
    })
}

async fn table<T: Table>(connection: &mut AnyConnection, document: i64, order: &'static str) -> Result<Vec<T>> {
    let sql = format!("SELECT {} FROM {} WHERE document = $1 ORDER BY {order}", T::COLUMNS.join(", "), T::TABLE);
    Statement::new(sql).bind(&document).rows(connection).await?.iter().map(T::from_row).collect()
}

/// The rows of one table for several documents, each with its document's number, in the order of document and ordinal.
pub(crate) async fn of_documents<T: Table>(connection: &mut AnyConnection, documents: &[i64], order: &'static str) -> Result<Vec<(i64, T)>> {
    /// Fewer than either database takes in one statement.
    const AT_ONCE: usize = 500;
    let mut found = Vec::new();
    for documents in documents.chunks(AT_ONCE) {
        let mut statement = Statement::new(format!("SELECT document, {} FROM {} WHERE document IN (", T::COLUMNS.join(", "), T::TABLE));
        for (index, document) in documents.iter().enumerate() {
            statement.push(if index == 0 { "" } else { ", " }).push_bind(document);
        }
        statement.push(") ORDER BY document, ").push(order);
        let pair = |row: &AnyRow| Ok((get(row, "document")?, T::from_row(row)?));
        found.extend(statement.rows(connection).await?.iter().map(pair).collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}
