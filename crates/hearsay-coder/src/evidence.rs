//! Evidence: why the stages after the network decided as they did, for whoever asks. It stands beside the ledger, whose
//! records know nothing of it, and nothing is decided by it.
//!
//! Spans are of the text. What the network saw, and what rules forbade it to see, needs no place here: it is in
//! [`crate::encode::Encoded`].

use hearsay_gazetteer::Kind;
use hearsay_ledger::{AccountId, Date, EventId, PlaceId, Span, TruceTermId};

/// What the stages tell of their decisions, each list in the order in which its stage went through the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// For each time expression of the ledger, in the same order, what its value was counted from.
    pub anchors: Vec<Anchor>,
    /// The words of loss that numbers of events were read from.
    pub losses: Vec<LossEvidence>,
    /// How the places that were found were found, in the order of their spans.
    pub places: Vec<PlaceEvidence>,
    /// The words by which sources take positions on what others tell of.
    pub reactions: Vec<ReactionEvidence>,
    /// The pairs of events that were joined.
    pub joins: Vec<JoinEvidence>,
    /// The words that made truce terms.
    pub truce_terms: Vec<TruceEvidence>,
}

/// What the value of a time expression was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: it says all itself, or it has no value.
    None,
    /// The day of publication.
    Published(Date),
    /// The date that the text gives itself, where it has no day of publication.
    OwnDate(Date),
    /// The date mentioned before it; of a longer time its first day.
    Mentioned(Date),
}

/// Whose losses a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossKind {
    /// Killed.
    Killed,
    /// Injured.
    Injured,
    /// Displaced.
    Displaced,
}

impl LossKind {
    /// The kind as a word: `killed`, `injured` or `displaced`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Displaced => "displaced",
        }
    }
}

/// Where a number of losses came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LossEvidence {
    /// The event.
    pub event: EventId,
    /// Which of its numbers.
    pub kind: LossKind,
    /// The word of loss.
    pub word: Span,
}

/// How a place was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceEvidence {
    /// The place.
    pub place: PlaceId,
    /// What kind of place the gazetteer has it as; `None` for a described place.
    pub kind: Option<Kind>,
    /// How many places of the gazetteer the name may mean; 1 where there was nothing to choose.
    pub candidates: usize,
    /// The chosen one's share of what speaks for all of them, 0 to 1.
    pub probability: f64,
    /// How far from its coordinates it may be or reaches, in kilometres, where that is known.
    pub radius_km: Option<f64>,
    /// The place that a described one is told from.
    pub from: Option<PlaceId>,
}

/// The word that takes a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReactionEvidence {
    /// The account that came of it.
    pub account: AccountId,
    /// The verb of denial, confirmation, claim or doubt.
    pub verb: Span,
    /// The word for what was said ("the claim") or for having a part in it, where it led to the event.
    pub statement: Option<Span>,
}

/// Why two events are one happening.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinEvidence {
    /// The earlier event.
    pub earlier: EventId,
    /// The later one.
    pub later: EventId,
    /// Probability, 0 to 1, that they are one happening.
    pub probability: f32,
    /// What speaks for and against: the names of `incident.toml` with what each adds to the logarithm of the odds, the
    /// `bias` of all pairs first.
    pub weights: Vec<(&'static str, f32)>,
}

/// The words that made a truce term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TruceEvidence {
    /// The term.
    pub term: TruceTermId,
    /// What names the truce; the nearest, where the sentence names several.
    pub truce: Option<Span>,
    /// The words that gave the kind: those for what is done about it, else the trigger of `event`.
    pub said: Span,
    /// The event whose stance gave the kind, where no word did.
    pub event: Option<EventId>,
}
