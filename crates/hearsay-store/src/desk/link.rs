//! The linker's side of the desk: which documents wait for it, and the incidents it gives back.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use super::incident::{Incident, LinkedIncident};
use super::seq_of;
use crate::audit::{self, Action};
use crate::database::{Column as _, Database, Statement, Table as _, Value, get, insert};
use crate::error::Result;
use crate::stamp::Stamp;

/// A document whose events are to be linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlinked {
    /// Its id.
    pub document: String,
    /// Which state of what is shown of it: given back when it is linked, so that a change meanwhile is not missed.
    pub shown: u64,
}

/// What linking changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkUpdate {
    /// Incidents that are new or different, whole.
    pub put: Vec<LinkedIncident>,
    /// Ids of incidents that are no more.
    pub drop: Vec<String>,
    /// The documents whose events are linked now.
    pub linked: Vec<Unlinked>,
}

/// At most `limit` documents that wait, the longest waiting first.
pub(crate) async fn unlinked(database: &Database, limit: u32) -> Result<Vec<Unlinked>> {
    let mut connection = database.reader().await?;
    let statement = Statement::new("SELECT id, shown FROM document WHERE linked < shown ORDER BY seq LIMIT $1").bind(&limit);
    let rows = statement.rows(&mut connection).await?;
    rows.iter().map(|row| Ok(Unlinked { document: get(row, "id")?, shown: get(row, "shown")? })).collect()
}

/// Stores what linking changed, in one transaction.
pub(crate) async fn update(database: &Database, update: &LinkUpdate, stamp: &Stamp) -> Result<()> {
    let mut transaction = database.write().await?;
    for id in update.drop.iter().chain(update.put.iter().map(|linked| &linked.incident.id)) {
        Statement::new("DELETE FROM incident_member WHERE incident = $1").bind(id).run(&mut transaction).await?;
        Statement::new("DELETE FROM incident WHERE id = $1").bind(id).run(&mut transaction).await?;
    }
    put(&mut transaction, &update.put).await?;
    for unlinked in &update.linked {
        let statement = "UPDATE document SET linked = $2 WHERE id = $1 AND linked < $2 AND shown >= $2";
        Statement::new(statement).bind(&unlinked.document).bind(&unlinked.shown).run(&mut transaction).await?;
    }
    let detail = format!("put={} dropped={}", update.put.len(), update.drop.len());
    audit::append(&mut transaction, stamp, Action::Link, &format!("{} documents", update.linked.len()), &detail).await?;
    Ok(transaction.commit().await?)
}

async fn put(connection: &mut AnyConnection, incidents: &[LinkedIncident]) -> Result<()> {
    let columns: Vec<&str> = Incident::COLUMNS.iter().copied().chain(["first_day"]).collect();
    let first_day = |incident: &Incident| Value::Text(incident.from_day.or(incident.first_report).map_or_else(String::new, |day| day.to_string()));
    let row = |linked: &LinkedIncident| linked.incident.values().into_iter().chain([first_day(&linked.incident)]).collect();
    insert(connection, Incident::TABLE, &columns, incidents.iter().map(row).collect()).await?;

    let mut documents: BTreeMap<&str, i64> = BTreeMap::new();
    let mut members = Vec::new();
    for linked in incidents {
        for member in &linked.members {
            let known = documents.get(member.document.as_str()).copied();
            let seq = match known {
                Some(seq) => seq,
                None => seq_of(connection, &member.document).await?,
            };
            documents.insert(&member.document, seq);
            members.push(vec![linked.incident.id.to_value(), seq.to_value(), member.event.to_value()]);
        }
    }
    insert(connection, "incident_member", &["incident", "document", "event"], members).await
}
