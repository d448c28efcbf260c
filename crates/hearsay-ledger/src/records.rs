//! The records of the ledger, field by field as the ledger's format (version 1) defines them.
//!
//! Lists are in the order of the text. An unknown value is `None` or an empty list, never a guess.

use std::fmt;

use crate::Span;

/// Defines the id of one kind of record: its position (from 1) in its list, written with the letter of its kind.
macro_rules! record_id {
    ($name:ident, $letter:literal, $of:literal) => {
        #[doc = concat!("Name of ", $of, " within its ledger: its position in its list from 1, written `", $letter, "1`.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the record at `index` (from 0) of its list.
            #[must_use]
            pub fn at(index: usize) -> Self {
                Self(index as u32 + 1)
            }

            /// The position (from 0) in its list.
            #[must_use]
            pub fn index(self) -> usize {
                (self.0 as usize).saturating_sub(1)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }
    };
}

record_id!(EntityId, "e", "an [`Entity`]");
record_id!(PlaceId, "p", "a [`Place`]");
record_id!(TimeId, "t", "a [`Time`]");
record_id!(AttributionId, "a", "an [`Attribution`]");
record_id!(EventId, "v", "an [`Event`]");
record_id!(AccountId, "c", "an [`Account`]");
record_id!(DisputeId, "d", "a [`Dispute`]");
record_id!(TruceTermId, "r", "a [`TruceTerm`]");

/// Defines a closed list of words as the format spells them.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant),+
        }

        impl $name {
            /// Every value, in the order of the format's definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as the format spells it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value spelled `word`, if there is one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

vocabulary! {
    /// What kind of thing an [`Entity`] is.
    EntityType {
        /// A human being.
        Person = "person",
        /// A government, agency, company or armed group.
        Organization = "organization",
        /// A place in its own right (its coordinates are a [`Place`]).
        Place = "place",
        /// A building or installation.
        Facility = "facility",
        /// A people, a faith, or those who adhere to either.
        Nationality = "nationality",
        /// Arms, munitions and military platforms.
        Weapon = "weapon",
    }
}

vocabulary! {
    /// How exactly a [`Place`] is known.
    Precision {
        /// The very spot.
        Exact = "exact",
        /// Near the spot.
        Near = "near",
        /// The town as a whole.
        City = "city",
        /// The first-order division as a whole.
        Admin1 = "admin1",
        /// The country as a whole.
        Country = "country",
    }
}

impl Precision {
    /// ACLED's `geo_precision`: 1 the place itself, 2 near it or part of a region, 3 no more than a larger region.
    #[must_use]
    pub fn acled(self) -> u8 {
        match self {
            Self::Exact | Self::City => 1,
            Self::Near => 2,
            Self::Admin1 | Self::Country => 3,
        }
    }

    /// UCDP GED's `where_prec`: 1 the place itself, 2 within some 25 km of it, 4 a first-order division, 6 a country. Its 3
    /// (second-order division), 5 (no bounds or a line) and 7 (waters and air) are told by the kind of place.
    #[must_use]
    pub fn ucdp(self) -> u8 {
        match self {
            Self::Exact | Self::City => 1,
            Self::Near => 2,
            Self::Admin1 => 4,
            Self::Country => 6,
        }
    }
}

vocabulary! {
    /// The `type` of a TIMEX3 time expression (`TimeML` 1.2.1).
    TimeType {
        /// A calendar time of a day or longer.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A recurring time.
        Set = "SET",
    }
}

vocabulary! {
    /// A source's position on an event.
    Stance {
        /// It happened or is happening (`FactBank` CT+, PR+).
        Asserts = "asserts",
        /// It did not happen, or not so (CT-, PR-).
        Denies = "denies",
        /// It may have happened (PS+, PS-, Uu).
        Uncertain = "uncertain",
        /// It will happen.
        Expects = "expects",
        /// It should happen.
        CallsFor = "calls_for",
    }
}

vocabulary! {
    /// What two accounts of one happening differ on.
    DisputeAbout {
        /// Whether it took place.
        Occurrence = "occurrence",
        /// Who did it.
        Actor = "actor",
        /// Who or what it was done to.
        Recipient = "recipient",
        /// How many were killed, injured or displaced.
        Losses = "losses",
        /// Where.
        Place = "place",
        /// When.
        Time = "time",
        /// What was agreed.
        Terms = "terms",
    }
}

vocabulary! {
    /// What a [`TruceTerm`] is.
    TruceKind {
        /// Talked about or worked for, no terms yet.
        Negotiation = "negotiation",
        /// Terms offered.
        Proposal = "proposal",
        /// Other terms offered in answer.
        CounterProposal = "counter_proposal",
        /// Terms taken.
        Acceptance = "acceptance",
        /// Terms refused.
        Rejection = "rejection",
        /// What must be so for a truce to be.
        Condition = "condition",
        /// A call to make or keep one.
        Appeal = "appeal",
        /// Both sides agreed.
        Agreement = "agreement",
        /// One side alone declared it.
        Announcement = "announcement",
        /// It took effect.
        Start = "start",
        /// It was made longer.
        Extension = "extension",
        /// An alleged breach.
        Violation = "violation",
        /// It was suspended.
        Suspension = "suspension",
        /// It ended.
        End = "end",
    }
}

/// A named or coded participant with all its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name within the ledger.
    pub id: EntityId,
    /// The fullest name the text gives it.
    pub name: String,
    /// What kind of thing it is.
    pub entity_type: EntityType,
    /// ISO 3166 alpha-3 code, as of the document's date.
    pub country: Option<String>,
    /// PLOVER sector code.
    pub sector: Option<String>,
    /// Every mention, in the order of the text; at least one.
    pub mentions: Vec<Span>,
}

/// A toponym of the text and where it lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name within the ledger.
    pub id: PlaceId,
    /// The toponym.
    pub span: Span,
    /// The place's name.
    pub name: String,
    /// Degrees north, -90 to 90.
    pub latitude: Option<f64>,
    /// Degrees east, -180 to 180.
    pub longitude: Option<f64>,
    /// ISO 3166 alpha-3 code.
    pub country: Option<String>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
    /// `GeoNames` id.
    pub gazetteer_id: Option<String>,
    /// How exactly it is known.
    pub precision: Option<Precision>,
}

/// A time expression with its TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its name within the ledger.
    pub id: TimeId,
    /// The expression.
    pub span: Span,
    /// Its TIMEX3 type.
    pub time_type: TimeType,
    /// Its TIMEX3 value, resolved against the document's day of publication.
    pub value: Option<String>,
}

/// A passage that reports somebody's words, thoughts, plans or writing (PARC, `PolNeAR`).
///
/// Each of the three roles is a list of spans in the order of the text, since quotations are broken by their cues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Its name within the ledger.
    pub id: AttributionId,
    /// Who is said to say it: the whole noun phrase; empty where the text names nobody.
    pub source: Vec<Span>,
    /// The entity the source is.
    pub source_entity: Option<EntityId>,
    /// The words that tie source and content.
    pub cue: Vec<Span>,
    /// What is reported, without the cue.
    pub content: Vec<Span>,
    /// Whether any of the content stands in quotation marks.
    pub quoted: bool,
    /// The attribution that this one is nested in.
    pub within: Option<AttributionId>,
}

/// A participant of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The noun phrase.
    pub span: Span,
    /// The entity it names.
    pub entity: Option<EntityId>,
}

/// How many, as one source gives it; a missing bound is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// At least so many.
    pub low: Option<u64>,
    /// At most so many.
    pub high: Option<u64>,
}

/// A reported happening: who did what to whom (PLOVER).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its name within the ledger.
    pub id: EventId,
    /// PLOVER event type.
    pub event_type: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Closest CAMEO code.
    pub cameo: Option<String>,
    /// The event word.
    pub trigger: Span,
    /// Who did it.
    pub actors: Vec<Argument>,
    /// Who or what had it done to them.
    pub recipients: Vec<Argument>,
    /// Where it is said to have happened.
    pub place: Option<PlaceId>,
    /// When.
    pub time: Option<TimeId>,
    /// Number killed.
    pub killed: Option<Quantity>,
    /// Number injured.
    pub injured: Option<Quantity>,
    /// Number displaced.
    pub displaced: Option<Quantity>,
    /// Index (from 0) of the sentence that holds the trigger.
    pub sentence: usize,
}

/// Whose position an account or truce term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceRef {
    /// The document's own voice.
    Narrator,
    /// A participant of the text.
    Entity(EntityId),
    /// Somebody whom the text gives no name ("a resident"), by these words.
    Phrase(Span),
}

/// One source's position on one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name within the ledger.
    pub id: AccountId,
    /// The event it speaks of.
    pub event: EventId,
    /// Whose position it is.
    pub source: SourceRef,
    /// Where the text names the source; `None` for the narrator.
    pub source_span: Option<Span>,
    /// The attribution that carries it.
    pub attribution: Option<AttributionId>,
    /// The position.
    pub stance: Stance,
    /// The relay through which the source is quoted.
    pub via: Option<EntityId>,
}

/// Accounts of one happening that cannot all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Its name within the ledger.
    pub id: DisputeId,
    /// What they differ on.
    pub about: DisputeAbout,
    /// The accounts; at least two.
    pub accounts: Vec<AccountId>,
}

/// A position on stopping the fighting, or on the talks about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TruceTerm {
    /// Its name within the ledger.
    pub id: TruceTermId,
    /// What kind of position it is.
    pub kind: TruceKind,
    /// Whose position it is.
    pub by: Vec<EntityId>,
    /// The other parties.
    pub with: Vec<EntityId>,
    /// First day, as a TIMEX3 value.
    pub effective: Option<String>,
    /// Last day, as a TIMEX3 value.
    pub until: Option<String>,
    /// The spans that state terms.
    pub conditions: Vec<Span>,
    /// Index (from 0) of the sentence that states it.
    pub sentence: usize,
    /// Who reports it.
    pub source: SourceRef,
}

/// Event records of one happening within the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The records; at least two.
    pub events: Vec<EventId>,
}

/// The ledger of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The sentences, in the order of the text; they do not overlap.
    pub sentences: Vec<Span>,
    /// Participants.
    pub entities: Vec<Entity>,
    /// Toponyms.
    pub places: Vec<Place>,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Attributions.
    pub attributions: Vec<Attribution>,
    /// Events.
    pub events: Vec<Event>,
    /// Accounts.
    pub accounts: Vec<Account>,
    /// Disputes.
    pub disputes: Vec<Dispute>,
    /// Truce terms.
    pub truce_terms: Vec<TruceTerm>,
    /// Incidents.
    pub incidents: Vec<Incident>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_with_the_letter_of_their_kind_and_count_from_one() {
        assert_eq!(EntityId::at(0).to_string(), "e1");
        assert_eq!(TruceTermId::at(11).to_string(), "r12");
        assert_eq!(AttributionId::at(4).index(), 4);
    }

    #[test]
    fn every_word_of_a_vocabulary_reads_back() {
        for stance in Stance::ALL {
            assert_eq!(Stance::from_word(stance.as_str()), Some(*stance));
        }
        for kind in TruceKind::ALL {
            assert_eq!(TruceKind::from_word(kind.as_str()), Some(*kind));
        }
        assert_eq!(Stance::from_word("ASSERTS"), None);
    }
}
