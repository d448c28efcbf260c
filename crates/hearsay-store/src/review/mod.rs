//! The review layer: corrections are new rows, never changes of what was coded. What is shown is the coded ledger with the
//! reviews applied ([`apply`]); a later reading keeps them, for they hold on to the text, not to numbers of records.

mod apply;
mod slot;

pub use apply::{ReviewStanding, Shown, Struck, apply};

use hearsay_ledger::{Date, Span};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::audit::{self, Action};
use crate::database::{Database, Statement, get};
use crate::desk::reading::versions_of;
use crate::desk::{next_seq, seq_of, shown};
use crate::digest::sha256_of_fields;
use crate::error::{Error, Result};
use crate::record::Versions;
use crate::rows::{Rows, words};
use crate::stamp::Stamp;
use slot::Form;

words! {
    /// Which list of the ledger a review is about.
    RecordKind {
        /// Events; the anchor is the trigger.
        Event = "event",
        /// Accounts; the anchor is the trigger of their event, and the source is named.
        Account = "account",
        /// Toponyms; the anchor is their span.
        Place = "place",
        /// Time expressions; the anchor is their span.
        Time = "time",
        /// Entities; the anchor is their first mention.
        Entity = "entity",
        /// Truce terms; the anchor is their sentence, and the source is named.
        TruceTerm = "truce_term",
    }
}

words! {
    /// Which field of the record is corrected. Values are written as the ledger's JSON spells them; numbers of people as
    /// `25`, `20..` (at least), `..30` (at most) or `20..30`.
    ReviewField {
        /// The record as a whole: no value strikes it, `shown` shows it again. Events, accounts and truce terms.
        Record = "record",
        /// PLOVER event type.
        Type = "type",
        /// PLOVER mode.
        Mode = "mode",
        /// CAMEO code.
        Cameo = "cameo",
        /// Number killed.
        Killed = "killed",
        /// Number injured.
        Injured = "injured",
        /// Number displaced.
        Displaced = "displaced",
        /// Stance of an account.
        Stance = "stance",
        /// Name of a place or entity.
        Name = "name",
        /// Degrees north of a place.
        Latitude = "latitude",
        /// Degrees east of a place.
        Longitude = "longitude",
        /// Country of a place or entity.
        Country = "country",
        /// First-order division of a place.
        Admin1 = "admin1",
        /// `GeoNames` id of a place.
        GazetteerId = "gazetteer_id",
        /// Precision of a place.
        Precision = "precision",
        /// TIMEX3 value of a time expression.
        Value = "value",
        /// Sector of an entity.
        Sector = "sector",
        /// Kind of a truce term.
        Kind = "kind",
        /// First day of a truce term.
        Effective = "effective",
        /// Last day of a truce term.
        Until = "until",
    }
}

/// Which record a review is about, by its place in the frozen text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The list it is in.
    pub record: RecordKind,
    /// The span that [`RecordKind`] names.
    pub anchor: Span,
    /// Name of the source, for accounts and truce terms.
    pub source: Option<String>,
}

/// A correction on its way into the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReview {
    /// Id of the document.
    pub document: String,
    /// The record.
    pub target: Target,
    /// The field.
    pub field: ReviewField,
    /// The value that the reviewer saw.
    pub old: Option<String>,
    /// The value that is right.
    pub new: Option<String>,
    /// Why: for the next reader.
    pub why: String,
}

/// A correction as it lies in the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Its number in the desk.
    pub number: u64,
    /// What was corrected.
    pub review: NewReview,
    /// Who corrected it, and when.
    pub stamp: Stamp,
    /// What the reading that the reviewer saw was made with.
    pub versions: Versions,
}

/// Stores a review; `shown` is what is shown of the document with it. Its number.
pub(crate) async fn add(database: &Database, new: &NewReview, shown: &Rows, stamp: &Stamp) -> Result<u64> {
    check(new)?;
    let mut transaction = database.write().await?;
    let document = seq_of(&mut transaction, &new.document).await?;
    let current = "SELECT r.versions, d.published FROM reading r JOIN document d ON d.seq = r.document WHERE r.document = $1 AND r.current = 1";
    let current = Statement::new(current).bind(&document).row(&mut transaction).await?;
    let current = current.ok_or_else(|| Error::Unknown { what: "reading of", id: new.document.clone() })?;
    let (versions, published) = (get::<i64>(&current, "versions")?, get::<Option<Date>>(&current, "published")?);
    let seq = next_seq(&mut transaction, "review").await?;
    let digest = digest(seq, new, stamp);
    let columns = "seq, document, versions, who, at, record, anchor_start, anchor_end, source, field, old_value, new_value, why, digest";
    Statement::new(format!("INSERT INTO review ({columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"))
        .bind(&seq)
        .bind(&document)
        .bind(&versions)
        .bind(&stamp.who)
        .bind(&stamp.when)
        .bind(&new.target.record)
        .bind(&(new.target.anchor.start() as i64))
        .bind(&(new.target.anchor.end() as i64))
        .bind(&new.target.source)
        .bind(&new.field)
        .bind(&new.old)
        .bind(&new.new)
        .bind(&new.why)
        .bind(&digest)
        .run(&mut transaction)
        .await?;
    shown::replace(&mut transaction, document, &new.document, published, shown).await?;
    shown::unlink(&mut transaction, document).await?;
    audit::append(&mut transaction, stamp, Action::Review, &new.document, &format!("review={digest}")).await?;
    transaction.commit().await?;
    Ok(seq as u64)
}

fn check(new: &NewReview) -> Result<()> {
    let texts = [new.target.source.as_deref(), new.old.as_deref(), new.new.as_deref(), Some(new.why.as_str())];
    if texts.into_iter().flatten().any(|text| text.contains('\0')) {
        return Err(Error::Nul { field: "the review" });
    }
    let (record, field) = (new.target.record.as_str(), new.field.as_str());
    let refused = |reason: String| Err(Error::Review { reason });
    let Some(form) = Form::of(new.target.record, new.field) else {
        return refused(format!("the field {field:?} of a record of the kind {record:?} is not corrected by reviews"));
    };
    if !form.accepts(new.new.as_deref()) {
        return refused(format!("{:?} is no value of {record}.{field}", new.new.as_deref().unwrap_or("nothing")));
    }
    if new.why.trim().is_empty() {
        return refused("it does not say why".to_owned());
    }
    Ok(())
}

/// The reviews of a document, the first one first.
pub(crate) async fn of_document(database: &Database, document: &str) -> Result<Vec<Review>> {
    let mut connection = database.reader().await?;
    let seq = seq_of(&mut connection, document).await?;
    let statement = "SELECT w.seq, w.who, w.at, w.record, w.anchor_start, w.anchor_end, w.source, w.field, w.old_value, w.new_value, w.why, \
                     v.program, v.codebook, v.gazetteer, v.weights \
                     FROM review w JOIN versions v ON v.seq = w.versions WHERE w.document = $1 ORDER BY w.seq";
    let rows = Statement::new(statement).bind(&seq).rows(&mut connection).await?;
    rows.iter().map(|row| stored(document, row)).collect()
}

fn stored(document: &str, row: &AnyRow) -> Result<Review> {
    Ok(Review {
        number: get(row, "seq")?,
        review: content(document, row)?,
        stamp: Stamp { who: get(row, "who")?, when: get::<Timestamp>(row, "at")? },
        versions: versions_of(row)?,
    })
}

fn content(document: &str, row: &AnyRow) -> Result<NewReview> {
    let (start, end) = (get::<u32>(row, "anchor_start")?, get::<u32>(row, "anchor_end")?);
    let anchor = Span::new(start as usize, end as usize);
    let anchor = anchor.ok_or_else(|| Error::Damaged { what: format!("a review of {document:?}"), reason: "its anchor is no span".to_owned() })?;
    Ok(NewReview {
        document: document.to_owned(),
        target: Target { record: get(row, "record")?, anchor, source: get(row, "source")? },
        field: get(row, "field")?,
        old: get(row, "old_value")?,
        new: get(row, "new_value")?,
        why: get(row, "why")?,
    })
}

/// The digest of the review in a row that has its columns and the document's `id`.
pub(crate) fn digest_of_review(row: &AnyRow) -> Result<String> {
    let document: String = get(row, "id")?;
    let stamp = Stamp { who: get(row, "who")?, when: get(row, "at")? };
    Ok(digest(get(row, "seq")?, &content(&document, row)?, &stamp))
}

/// Digest over a review: number, document, who, when, record, anchor, source, field, old, new, why. A missing value differs
/// from an empty one.
fn digest(seq: i64, new: &NewReview, stamp: &Stamp) -> String {
    let optional = |value: &Option<String>| value.as_ref().map_or_else(|| "-".to_owned(), |value| format!("+{value}"));
    let fields = [
        seq.to_string(),
        new.document.clone(),
        stamp.who.clone(),
        stamp.when.to_string(),
        new.target.record.as_str().to_owned(),
        new.target.anchor.start().to_string(),
        new.target.anchor.end().to_string(),
        optional(&new.target.source),
        new.field.as_str().to_owned(),
        optional(&new.old),
        optional(&new.new),
        new.why.clone(),
    ];
    sha256_of_fields(fields.iter().map(String::as_str))
}
