//! Incidents as the linker last saw them, and one of them with its members.

use hearsay_ledger::Date;

use crate::database::{Database, Statement, Table as _, get, table};
use crate::error::Result;

table! {
    /// A happening across documents. Counts and ranges are the linker's.
    Incident in "incident" {
        /// Its name, made of its content.
        id: String,
        /// PLOVER event type.
        event_type: String,
        /// PLOVER mode.
        mode: Option<String>,
        /// First day.
        from_day: Option<Date>,
        /// Last day.
        to_day: Option<Date>,
        /// Name of the place.
        place_name: Option<String>,
        /// Degrees north.
        latitude: Option<f64>,
        /// Degrees east.
        longitude: Option<f64>,
        /// ISO 3166 alpha-3 code of the place's country.
        place_country: Option<String>,
        /// Name of its first-order division.
        admin1: Option<String>,
        /// Lowest figure of killed.
        killed_low: Option<u64>,
        /// Best figure of killed.
        killed_best: Option<u64>,
        /// Highest figure of killed.
        killed_high: Option<u64>,
        /// Lowest figure of injured.
        injured_low: Option<u64>,
        /// Best figure of injured.
        injured_best: Option<u64>,
        /// Highest figure of injured.
        injured_high: Option<u64>,
        /// Lowest figure of displaced.
        displaced_low: Option<u64>,
        /// Best figure of displaced.
        displaced_best: Option<u64>,
        /// Highest figure of displaced.
        displaced_high: Option<u64>,
        /// Independent voices that report it.
        voices: u64,
        /// Documents that report it.
        documents: u64,
        /// Day of the first report.
        first_report: Option<Date>,
        /// Day of the last report.
        last_report: Option<Date>,
        /// Whether accounts of it, within a document or across documents, cannot all hold.
        disputed: bool,
        /// All else that is known of it (figures with their sources, disputes across documents), in a form of the linker's.
        detail: String,
    }
}

/// An incident and the events it joins.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedIncident {
    /// The incident.
    pub incident: Incident,
    /// Its events, in the order in which their documents came.
    pub members: Vec<Member>,
}

/// An event of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Id of the document.
    pub document: String,
    /// Position of the event in its ledger's list, from 1.
    pub event: u32,
}

/// The incident `id`, or `None` where there is none.
pub(crate) async fn incident(database: &Database, id: &str) -> Result<Option<LinkedIncident>> {
    let mut transaction = database.snapshot().await?;
    let statement = Statement::new(format!("SELECT {} FROM incident WHERE id = $1", Incident::COLUMNS.join(", "))).bind(&id.to_owned());
    let Some(row) = statement.row(&mut transaction).await? else { return Ok(None) };
    let members = "SELECT d.id, m.event FROM incident_member m JOIN document d ON d.seq = m.document WHERE m.incident = $1 ORDER BY d.seq, m.event";
    let members = Statement::new(members).bind(&id.to_owned()).rows(&mut transaction).await?;
    let members = members.iter().map(|row| Ok(Member { document: get(row, "id")?, event: get(row, "event")? })).collect::<Result<_>>()?;
    Ok(Some(LinkedIncident { incident: Incident::from_row(&row)?, members }))
}
