//! Who says things, how often, and with which stance.

use sqlx::any::AnyRow;

use super::condition;
use crate::database::{Database, Statement, get};
use crate::error::Result;
use crate::filter::Filter;

/// One source over all documents, counted. Sources are told apart by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTally {
    /// Its name, as one of the documents spells it.
    pub name: String,
    /// ISO 3166 alpha-3 code, where a document gives it one.
    pub country: Option<String>,
    /// PLOVER sector code, where a document gives it one.
    pub sector: Option<String>,
    /// Side of the conflict, where sides are declared.
    pub side: Option<String>,
    /// Documents it is a source in.
    pub documents: u64,
    /// Accounts: how many events it asserts.
    pub asserts: u64,
    /// How many it denies.
    pub denies: u64,
    /// How many it is uncertain of.
    pub uncertain: u64,
    /// How many it expects.
    pub expects: u64,
    /// How many it calls for.
    pub calls_for: u64,
    /// How many of all these events are disputed.
    pub disputed: u64,
}

/// The sources of accounts that the filter wants, those with the most accounts first; at most `limit`.
pub(crate) async fn sources(database: &Database, filter: &Filter, limit: u32) -> Result<Vec<SourceTally>> {
    condition::check(filter)?;
    let stance = |word: &str| format!("CAST(SUM(CASE WHEN a.stance = '{word}' THEN 1 ELSE 0 END) AS BIGINT) AS {word}");
    let stances = ["asserts", "denies", "uncertain", "expects", "calls_for"].map(stance).join(", ");
    let mut statement = Statement::new(format!(
        "SELECT a.source_key, MIN(a.source_name) AS name, MIN(a.source_country) AS country, MIN(a.source_sector) AS sector, \
         MIN(a.source_side) AS side, COUNT(DISTINCT a.document) AS documents, {stances}, \
         CAST(SUM(e.disputed) AS BIGINT) AS disputed \
         FROM account a JOIN event e ON e.document = a.document AND e.ordinal = a.event JOIN document d ON d.seq = a.document WHERE 1 = 1"
    ));
    condition::of_account(&mut statement, filter);
    condition::of_days(&mut statement, filter, "e");
    // The account at hand is the one that is asked about, not another of the same event.
    let of_event = Filter { source: None, source_side: None, stance: None, ..filter.clone() };
    condition::of_event(&mut statement, &of_event);
    condition::of_document(&mut statement, filter, database.dialect)?;
    statement.push(" GROUP BY a.source_key ORDER BY COUNT(*) DESC, a.source_key LIMIT ").push_bind(&limit);
    let rows = statement.rows(&mut *database.reader().await?).await?;
    rows.iter().map(tally).collect()
}

fn tally(row: &AnyRow) -> Result<SourceTally> {
    Ok(SourceTally {
        name: get(row, "name")?,
        country: get(row, "country")?,
        sector: get(row, "sector")?,
        side: get(row, "side")?,
        documents: get(row, "documents")?,
        asserts: get(row, "asserts")?,
        denies: get(row, "denies")?,
        uncertain: get(row, "uncertain")?,
        expects: get(row, "expects")?,
        calls_for: get(row, "calls_for")?,
        disputed: get(row, "disputed")?,
    })
}
