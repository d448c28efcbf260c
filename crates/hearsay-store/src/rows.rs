//! A ledger flattened: one row for each record, with what filters ask for beside it. [`flatten`](crate::flatten) makes them.
//!
//! Ordinals are positions in the lists of the ledger, from 1: event 3 is the ledger's `v3`.

use hearsay_ledger::{Date, DisputeAbout, Precision, Stance, TimeType, TruceKind};

use crate::database::table;

/// A closed list of words as columns hold them.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant),+
        }

        impl $name {
            /// The word that stands for it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value that `word` stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a participant is to an event.
    ArgumentRole {
        /// Does it.
        Actor = "actor",
        /// Has it done to them.
        Recipient = "recipient",
    }
}

words! {
    /// What a party is to a truce term.
    PartyRole {
        /// Holds the position.
        By = "by",
        /// Is the other party.
        With = "with",
    }
}

words! {
    /// How the text names a source.
    SourceKind {
        /// The document's own voice.
        Narrator = "narrator",
        /// An entity of the ledger.
        Entity = "entity",
        /// Somebody without a name, by these words.
        Phrase = "phrase",
    }
}

table! {
    /// A reported happening with its place and time.
    EventRow in "event" {
        /// Position in the ledger's list.
        ordinal: u32,
        /// PLOVER event type.
        event_type: String,
        /// PLOVER mode.
        mode: Option<String>,
        /// Closest CAMEO code.
        cameo: Option<String>,
        /// First byte of the event word in the document's text.
        trigger_start: u32,
        /// One past its last byte.
        trigger_end: u32,
        /// Index (from 0) of the sentence.
        sentence: u32,
        /// First byte of the sentence.
        sentence_start: u32,
        /// One past its last byte.
        sentence_end: u32,
        /// TIMEX3 value of its time.
        time_value: Option<String>,
        /// First day of that time.
        from_day: Option<Date>,
        /// Last day of that time.
        to_day: Option<Date>,
        /// Name of the place where it is said to have happened.
        place_name: Option<String>,
        /// Degrees north.
        latitude: Option<f64>,
        /// Degrees east.
        longitude: Option<f64>,
        /// ISO 3166 alpha-3 code of the place's country.
        place_country: Option<String>,
        /// Name of its first-order division.
        admin1: Option<String>,
        /// `GeoNames` id.
        gazetteer_id: Option<String>,
        /// How exactly the place is known.
        place_precision: Option<Precision>,
        /// At least so many killed.
        killed_low: Option<u64>,
        /// At most so many killed.
        killed_high: Option<u64>,
        /// At least so many injured.
        injured_low: Option<u64>,
        /// At most so many injured.
        injured_high: Option<u64>,
        /// At least so many displaced.
        displaced_low: Option<u64>,
        /// At most so many displaced.
        displaced_high: Option<u64>,
        /// Whether any of its accounts is part of a dispute.
        disputed: bool,
    }
}

table! {
    /// Who does an event, or has it done to them.
    ParticipantRow in "participant" {
        /// The event.
        event: u32,
        /// Which of the two.
        role: ArgumentRole,
        /// Position among those of the same role.
        ordinal: u32,
        /// Name of the entity, else the words of the text.
        name: String,
        /// Position of the entity in the ledger's list.
        entity: Option<u32>,
        /// ISO 3166 alpha-3 code.
        country: Option<String>,
        /// PLOVER sector code.
        sector: Option<String>,
        /// Side of the conflict, where sides are declared.
        side: Option<String>,
    }
}

table! {
    /// One source's position on one event.
    AccountRow in "account" {
        /// Position in the ledger's list.
        ordinal: u32,
        /// The event.
        event: u32,
        /// How the source is named.
        source_kind: SourceKind,
        /// Its name: that of the entity, the words of the text, or `narrator`.
        source_name: String,
        /// ISO 3166 alpha-3 code.
        source_country: Option<String>,
        /// PLOVER sector code.
        source_sector: Option<String>,
        /// Side of the conflict, where sides are declared.
        source_side: Option<String>,
        /// The position.
        stance: Stance,
        /// Position of the attribution that carries it.
        attribution: Option<u32>,
        /// Name of the relay.
        via: Option<String>,
    }
}

table! {
    /// A passage that reports somebody's words.
    AttributionRow in "attribution" {
        /// Position in the ledger's list.
        ordinal: u32,
        /// Name of the source, else its words.
        source_name: Option<String>,
        /// Position of the source's entity.
        source_entity: Option<u32>,
        /// The words of the cue.
        cue: String,
        /// First byte of the content.
        content_start: u32,
        /// One past its last byte.
        content_end: u32,
        /// Whether any of it stands in quotation marks.
        quoted: bool,
        /// Position of the attribution it is nested in.
        within_ordinal: Option<u32>,
    }
}

table! {
    /// A toponym of the text, whether or not an event happens there.
    PlaceRow in "place" {
        /// Position in the ledger's list.
        ordinal: u32,
        /// First byte of the toponym.
        span_start: u32,
        /// One past its last byte.
        span_end: u32,
        /// Name of the place.
        name: String,
        /// Degrees north.
        latitude: Option<f64>,
        /// Degrees east.
        longitude: Option<f64>,
        /// ISO 3166 alpha-3 code.
        country: Option<String>,
        /// Name of the first-order division.
        admin1: Option<String>,
        /// `GeoNames` id.
        gazetteer_id: Option<String>,
        /// How exactly it is known.
        place_precision: Option<Precision>,
    }
}

table! {
    /// A time expression.
    TimeRow in "time_expression" {
        /// Position in the ledger's list.
        ordinal: u32,
        /// First byte of the expression.
        span_start: u32,
        /// One past its last byte.
        span_end: u32,
        /// Its TIMEX3 type.
        time_type: TimeType,
        /// Its TIMEX3 value.
        time_value: Option<String>,
        /// First day it covers.
        from_day: Option<Date>,
        /// Last day it covers.
        to_day: Option<Date>,
    }
}

table! {
    /// A position on stopping the fighting.
    TruceRow in "truce_term" {
        /// Position in the ledger's list.
        ordinal: u32,
        /// What kind of position it is.
        kind: TruceKind,
        /// First day, as a TIMEX3 value.
        effective: Option<String>,
        /// Last day, as a TIMEX3 value.
        until: Option<String>,
        /// Index (from 0) of the sentence.
        sentence: u32,
        /// First byte of the sentence.
        sentence_start: u32,
        /// One past its last byte.
        sentence_end: u32,
        /// How the source is named.
        source_kind: SourceKind,
        /// Who reports it: name of the entity, words of the text, or `narrator`.
        source_name: String,
        /// ISO 3166 alpha-3 code.
        source_country: Option<String>,
        /// PLOVER sector code.
        source_sector: Option<String>,
        /// Side of the conflict, where sides are declared.
        source_side: Option<String>,
    }
}

table! {
    /// A party of a truce term.
    PartyRow in "truce_party" {
        /// The truce term.
        term: u32,
        /// What the party is to it.
        role: PartyRole,
        /// Position among those of the same role.
        ordinal: u32,
        /// Name of the entity.
        name: String,
        /// ISO 3166 alpha-3 code.
        country: Option<String>,
        /// PLOVER sector code.
        sector: Option<String>,
        /// Side of the conflict, where sides are declared.
        side: Option<String>,
    }
}

table! {
    /// Accounts of one happening that cannot all hold.
    DisputeRow in "dispute" {
        /// Position in the ledger's list.
        ordinal: u32,
        /// What they differ on.
        about: DisputeAbout,
    }
}

table! {
    /// One of the accounts of a dispute.
    DisputeMemberRow in "dispute_member" {
        /// The dispute.
        dispute: u32,
        /// The account.
        account: u32,
    }
}

/// The shown ledger of one document, flattened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// How many of the document's reviews the rows show: all there are, when they are stored.
    pub reviews: u64,
    /// Events.
    pub events: Vec<EventRow>,
    /// Actors and recipients.
    pub participants: Vec<ParticipantRow>,
    /// Accounts.
    pub accounts: Vec<AccountRow>,
    /// Attributions.
    pub attributions: Vec<AttributionRow>,
    /// Toponyms.
    pub places: Vec<PlaceRow>,
    /// Time expressions.
    pub times: Vec<TimeRow>,
    /// Truce terms.
    pub truce_terms: Vec<TruceRow>,
    /// Parties of truce terms.
    pub truce_parties: Vec<PartyRow>,
    /// Disputes.
    pub disputes: Vec<DisputeRow>,
    /// Accounts of disputes.
    pub dispute_members: Vec<DisputeMemberRow>,
}
