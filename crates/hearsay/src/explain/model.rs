//! What is shown of a sentence: every record that rests on it, with the scores, rules and evidence behind it. One form
//! for people (`page`) and for tools (JSON, where fields stand as they are named here).
//!
//! Probabilities are from 0 to 1, rounded to four places; spans are byte offsets into the text, sentences count from 0,
//! both as in the ledger's own JSON.

#![allow(clippy::struct_field_names)] // fields are named as in the ledger's JSON

use hearsay_ledger::{DisputeAbout, Stance};
use serde::{Serialize, Serializer};

/// Value of [`Explanation::format`].
pub const FORMAT: &str = "hearsay-explanation/1";

/// Sentences of one document, explained.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// Always [`FORMAT`].
    pub format: &'static str,
    /// The document.
    pub document: DocumentName,
    /// The sentences that were asked for, in the order of the text.
    pub sentences: Vec<Sentence>,
}

/// Which document it is.
#[derive(Debug, Serialize)]
pub struct DocumentName {
    /// Its id.
    pub id: String,
    /// The file it came from.
    pub file: String,
    /// Headline.
    pub title: Option<String>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// Day of publication, against which relative times are resolved.
    pub published: Option<String>,
    /// How many sentences it has.
    pub sentence_count: usize,
}

/// A sentence and all that rests on it.
#[derive(Debug, Serialize)]
pub struct Sentence {
    /// Its place in the document, from 0.
    pub sentence: usize,
    /// Its words.
    pub passage: Passage,
    /// Names in it.
    pub names: Vec<Name>,
    /// Time expressions in it.
    pub times: Vec<Time>,
    /// Attributions that touch it.
    pub attributions: Vec<Attribution>,
    /// Cues and time expressions that the network saw and no record came of, and events that rules forbid.
    pub unused: Vec<Unused>,
    /// Events whose trigger stands in it.
    pub events: Vec<Event>,
    /// Positions that are taken in it on events of other sentences.
    pub reactions: Vec<Account>,
    /// Truce terms that it states.
    pub truce_terms: Vec<TruceTerm>,
    /// Incidents that any of its events is in.
    pub incidents: Vec<Incident>,
    /// Disputes that any of its accounts is in.
    pub disputes: Vec<Dispute>,
    /// Findings about it.
    pub notes: Vec<Note>,
}

impl Sentence {
    /// Whether no record rests on it.
    pub fn is_bare(&self) -> bool {
        self.names.is_empty()
            && self.times.is_empty()
            && self.attributions.is_empty()
            && self.events.is_empty()
            && self.reactions.is_empty()
            && self.truce_terms.is_empty()
    }
}

/// Some words of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// Where they stand: `[start, end)` in bytes.
    pub span: [usize; 2],
    /// The words.
    pub text: String,
}

/// A label and how likely the network takes it to be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Likelihood {
    /// The label.
    pub label: String,
    /// Its probability.
    pub probability: f64,
}

/// A record of the ledger by its id, and its name for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordName {
    /// Its id.
    pub id: String,
    /// Its name, value or words.
    pub name: String,
}

/// A named entity as the network saw it.
#[derive(Debug, Serialize)]
pub struct Name {
    /// Its words.
    pub passage: Passage,
    /// What kind of thing it is.
    #[serde(rename = "type")]
    pub entity_type: &'static str,
    /// How likely.
    pub probability: f64,
    /// The entity it names.
    pub entity: Option<RecordName>,
    /// ISO 3166 alpha-3 code of the entity, from the codebook.
    pub country: Option<String>,
    /// PLOVER sector of the entity, from the codebook.
    pub sector: Option<String>,
}

/// A time expression.
#[derive(Debug, Serialize)]
pub struct Time {
    /// Its id.
    pub id: String,
    /// Its words.
    pub passage: Passage,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub time_type: &'static str,
    /// TIMEX3 value.
    pub value: Option<String>,
    /// What the value was counted from; `None` where it says all itself, or has no value.
    pub counted_from: Option<CountedFrom>,
    /// How likely the network takes it to be one; `None` where the grammar alone found it.
    pub probability: Option<f64>,
}

/// A day that the value of a time expression was counted from.
#[derive(Debug, Serialize)]
pub struct CountedFrom {
    /// Which day it is to the text.
    pub kind: DayKind,
    /// The day; of a longer time the first one.
    pub day: String,
}

/// What a day is to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Its day of publication.
    Published,
    /// The date that it gives itself, where it has no day of publication.
    OwnDate,
    /// A date that it mentioned before.
    Mentioned,
}

/// An attribution and what it rests on.
#[derive(Debug, Serialize)]
pub struct Attribution {
    /// Its id.
    pub id: String,
    /// What made it.
    pub found_by: FoundBy,
    /// How likely the network takes the cue to be one; `None` where it saw none.
    pub probability: Option<f64>,
    /// The words that tie source and content.
    pub cue: Vec<Passage>,
    /// Who is said to say it.
    pub source: Vec<Passage>,
    /// Who the source was resolved to.
    pub source_entity: Option<RecordName>,
    /// Whether the source is a pronoun, which was resolved by what went before.
    pub pronoun: bool,
    /// What is reported.
    pub content: Vec<Passage>,
    /// Whether any of the content stands in quotation marks.
    pub quoted: bool,
    /// The attribution it is nested in.
    pub within: Option<String>,
}

/// What made an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// A cue that the network saw.
    Network,
    /// A reporting verb of the codebook with a subject and a clause, inside of another's content.
    Syntax,
    /// A quotation with a dash and a name after it.
    Signature,
}

/// What the network saw, or a rule forbade, and no record came of.
#[derive(Debug, Serialize)]
pub struct Unused {
    /// What it was taken for: `cue`, `time` or `event`.
    pub kind: &'static str,
    /// Its words.
    pub passage: Passage,
    /// How likely; `None` where a rule forbids it.
    pub probability: Option<f64>,
    /// Why no record came of it, where that can be told.
    pub reason: Option<String>,
}

/// An event with all that its record was decided by.
#[derive(Debug, Serialize)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// The event word.
    pub trigger: Passage,
    /// How likely an event is named here; 1 where a rule says so.
    pub probability: f64,
    /// The rule of the codebook that decided.
    pub rule: Option<Rule>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// The likeliest types.
    pub types: Vec<Likelihood>,
    /// The likeliest modes of those that the type has; `none` stands for no mode.
    pub modes: Vec<Likelihood>,
    /// The likeliest stances.
    pub stances: Vec<Likelihood>,
    /// The closest CAMEO code.
    pub cameo: Option<Cameo>,
    /// Who and what the network saw in its roles.
    pub roles: Vec<Role>,
    /// Who was killed, injured and displaced.
    pub losses: Vec<Losses>,
    /// Who holds what of it.
    pub accounts: Vec<Account>,
}

/// A rule of the codebook.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// The words as the rule writes them.
    pub trigger: String,
    /// File and line where it stands.
    pub origin: String,
}

/// A CAMEO code.
#[derive(Debug, Serialize)]
pub struct Cameo {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Quad class, 1 to 4.
    pub quad_class: u8,
    /// What the quad class is called.
    pub quad_class_name: &'static str,
    /// Goldstein score, -10 to 10.
    pub goldstein: Option<f32>,
    /// Which table the score is from.
    pub goldstein_table: &'static str,
}

/// What fills a role of an event.
#[derive(Debug, Serialize)]
pub struct Role {
    /// The role.
    pub role: &'static str,
    /// The words.
    pub passage: Passage,
    /// How likely.
    pub probability: f64,
    /// Whether it stands in the event's record, or in an account of it.
    pub used: bool,
    /// The entity, place or time that it is.
    pub record: Option<RecordName>,
}

/// Losses of an event.
#[derive(Debug, Serialize)]
pub struct Losses {
    /// `killed`, `injured` or `displaced`.
    pub kind: &'static str,
    /// At least so many.
    pub low: Option<u64>,
    /// At most so many.
    pub high: Option<u64>,
    /// The words of loss that it was read from.
    pub words: Vec<Passage>,
}

/// One source's position on an event, and what carries it.
#[derive(Debug, Serialize)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// The event.
    pub event: RecordName,
    /// The sentence of the event.
    pub event_sentence: usize,
    /// Who holds it: a name, words of the text, or the narrator.
    pub source: String,
    /// The entity that the source is.
    pub source_entity: Option<String>,
    /// The sentence that names the source; `None` for the narrator.
    pub source_sentence: Option<usize>,
    /// The position.
    #[serde(serialize_with = "stance")]
    pub stance: Stance,
    /// The relay through which the source is quoted.
    pub via: Option<RecordName>,
    /// What carries it.
    pub carrier: Carrier,
    /// The attribution that holds the event, with its cue.
    pub attribution: Option<RecordName>,
    /// How likely the network takes the source to be that of the event, where it does.
    pub probability: Option<f64>,
    /// Of a reaction, the word that takes the position, and what it speaks of ("the claim").
    pub words: Vec<Passage>,
}

/// What carries an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// The innermost attribution that holds the event.
    Attribution,
    /// The source that the network ties to the event.
    Network,
    /// A verb of denial, confirmation, claim or doubt.
    Reaction,
    /// Nothing, so that the text tells it itself.
    Narrator,
}

/// A truce term and what it rests on.
#[derive(Debug, Serialize)]
pub struct TruceTerm {
    /// Its id.
    pub id: String,
    /// What kind of position it is.
    pub kind: &'static str,
    /// Whose position it is.
    pub by: Vec<RecordName>,
    /// The other parties.
    pub with: Vec<RecordName>,
    /// First day.
    pub effective: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// The spans that state terms.
    pub conditions: Vec<Passage>,
    /// Who reports it.
    pub source: String,
    /// The words that made it: what names the truce, and what is done about it.
    pub words: Vec<Passage>,
    /// The event whose stance gave the kind, where no word did.
    pub stance_of: Option<String>,
}

/// Events that are one happening.
#[derive(Debug, Serialize)]
pub struct Incident {
    /// Its id.
    pub id: String,
    /// The events, with what tells whether they are one.
    pub events: Vec<Telling>,
    /// Why its events were joined, one line a pair.
    pub joins: Vec<Join>,
}

/// An event in short.
#[derive(Debug, Serialize)]
pub struct Telling {
    /// The event and its trigger.
    pub event: RecordName,
    /// Its sentence.
    pub sentence: usize,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Words of the actors.
    pub actors: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub time: Option<String>,
    /// Losses.
    pub losses: Vec<Losses>,
}

/// Why two events were joined.
#[derive(Debug, Serialize)]
pub struct Join {
    /// The earlier event.
    pub earlier: String,
    /// The later one.
    pub later: String,
    /// Probability that they are one happening.
    pub probability: f64,
    /// What speaks for it and against it, with what it adds to the logarithm of the odds.
    pub evidence: Vec<Weight>,
}

/// One piece of evidence for a join.
#[derive(Debug, Serialize)]
pub struct Weight {
    /// Its name in `incident.toml`.
    pub name: String,
    /// What it adds to the logarithm of the odds.
    pub weight: f64,
}

/// Accounts that cannot all hold.
#[derive(Debug, Serialize)]
pub struct Dispute {
    /// Its id.
    pub id: String,
    /// What they differ on.
    #[serde(serialize_with = "about")]
    pub about: DisputeAbout,
    /// Why they cannot both hold.
    pub reason: &'static str,
    /// The incident that ties their events; `None` where they speak of one event.
    pub incident: Option<String>,
    /// The accounts, each with the event it speaks of.
    pub sides: Vec<Side>,
}

/// One side of a dispute.
#[derive(Debug, Serialize)]
pub struct Side {
    /// Its account.
    pub account: String,
    /// Who holds it.
    pub source: String,
    /// The position.
    #[serde(serialize_with = "stance")]
    pub stance: Stance,
    /// The event.
    pub event: Telling,
}

/// A finding of the coder.
#[derive(Debug, Serialize)]
pub struct Note {
    /// What kind of thing it is.
    pub code: &'static str,
    /// What it is.
    pub message: String,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn stance<S: Serializer>(stance: &Stance, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(stance.as_str())
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn about<S: Serializer>(about: &DisputeAbout, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(about.as_str())
}
