//! The evidence for and against two event records telling of one happening, read off their keys.
//!
//! What each piece counts for is a table ([`Weights`](crate::Weights)); here it is only said what is seen. Evidence has a
//! value: 1 where it simply holds, a share where it is a degree.

use hearsay_ledger::Quantity;

use crate::key::{Days, EventKey, Losses, Participant, PlaceKey};
use crate::place::kilometres;
use crate::sketch::Sketch;

/// Defines the kinds of evidence with their names in the table of weights.
macro_rules! evidence {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// A kind of evidence. The names are those of the rows of `data/weights.tsv`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Evidence {
            $($(#[$doc])* $variant),+
        }

        impl Evidence {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the table.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The evidence named `word`, if there is such.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

evidence! {
    /// The odds before any other evidence, for records of two documents.
    Prior = "prior",
    /// The same, for records of one document.
    PriorInside = "prior_inside",
    /// How telling the event words are (the less telling of the two), for records of two documents.
    Telling = "telling",
    /// The same, for records of one document.
    TellingInside = "telling_inside",
    /// Cosine of the documents' content words.
    DocumentWords = "document_words",
    /// As much of that cosine as is above 0.1.
    DocumentWordsAbove10 = "document_words_above_0.1",
    /// As much of that cosine as is above 0.2.
    DocumentWordsAbove20 = "document_words_above_0.2",
    /// As much of that cosine as is above 0.4.
    DocumentWordsAbove40 = "document_words_above_0.4",
    /// That cosine is below 0.05.
    StrangeDocument = "strange_document",
    /// Cosine of the documents' names and numbers.
    DocumentNames = "document_names",
    /// As much of that cosine as is above 0.1.
    DocumentNamesAbove10 = "document_names_above_0.1",
    /// As much of that cosine as is above 0.2.
    DocumentNamesAbove20 = "document_names_above_0.2",
    /// As much of that cosine as is above 0.4.
    DocumentNamesAbove40 = "document_names_above_0.4",
    /// How telling the most telling name in common is.
    RarestName = "rarest_name",
    /// Share of the names of the document with fewer that are names of the other.
    NamesInCommon = "names_in_common",
    /// The documents have no name in common.
    NoName = "no_name",
    /// The documents have one name in common.
    OneName = "one_name",
    /// Cosine of the sentences' content words.
    SentenceWords = "sentence_words",
    /// Cosine of the sentences' names and numbers.
    SentenceNames = "sentence_names",
    /// Cosine of the words next to the event words.
    NearWords = "near_words",
    /// The same, for records of one document.
    NearWordsInside = "near_words_inside",
    /// Both stand in one sentence.
    OneSentence = "one_sentence",
    /// The reading of their document put both into one incident.
    ToldAsOne = "told_as_one",
    /// The reading of their document put both into different incidents.
    ToldApart = "told_apart",
    /// The same type.
    SameType = "same_type",
    /// Kindred types (of one group of `data/types.tsv`).
    KindredType = "kindred_type",
    /// Types of different groups.
    OtherType = "other_type",
    /// The same mode.
    SameMode = "same_mode",
    /// Different modes.
    OtherMode = "other_mode",
    /// Both are told to a few days' precision, and these overlap.
    SameDays = "same_days",
    /// The days overlap, and at least one range is long.
    PossibleDays = "possible_days",
    /// One day lies between them.
    NextDay = "next_day",
    /// Two days to a week lie between them.
    OtherDays = "other_days",
    /// More than a week lies between them.
    FarDays = "far_days",
    /// Both are known as towns or nearer, and lie within a town's size of one another.
    SamePlace = "same_place",
    /// One lies within the other's radius.
    PlaceWithin = "place_within",
    /// They lie no further apart than a neighbouring town.
    PlaceNear = "place_near",
    /// They lie further apart, or in different first-order divisions.
    OtherPlace = "other_place",
    /// They lie in different countries.
    OtherCountry = "other_country",
    /// An actor of the same name.
    SameActor = "same_actor",
    /// No such actor, but one of the same country and sector.
    KindredActor = "kindred_actor",
    /// Actors of different sides only.
    OtherSideActs = "other_side_acts",
    /// Actors of different countries only.
    OtherActor = "other_actor",
    /// A recipient of the same name.
    SameRecipient = "same_recipient",
    /// No such recipient, but one of the same country and sector.
    KindredRecipient = "kindred_recipient",
    /// Recipients of different sides only.
    OtherSideSuffers = "other_side_suffers",
    /// Recipients of different countries only.
    OtherRecipient = "other_recipient",
    /// The same losses of one kind, two or more.
    SameLosses = "same_losses",
    /// Losses of one kind that can both hold.
    PossibleLosses = "possible_losses",
    /// Losses of one kind that exclude one another.
    OtherLosses = "other_losses",
}

/// Below this cosine two documents are strangers.
const STRANGERS: f32 = 0.05;
/// A range of days no longer than this is precise.
const PRECISE_DAYS: i32 = 3;
/// Days apart that may still be one happening told loosely.
const WEEK: i32 = 7;
/// A place with a radius up to this is known as a town or nearer, in kilometres.
const TOWN_RADIUS: f64 = 30.0;
/// Towns no further apart than this may be the same told by two names, in kilometres.
const TOWN_SIZE: f64 = 15.0;
/// How far a neighbouring town may be, in kilometres.
const NEIGHBOUR: f64 = 60.0;

/// Tells `seen` every piece of evidence on two event records, with its value.
pub fn evidence(a: &EventKey, b: &EventKey, seen: &mut impl FnMut(Evidence, f32)) {
    let telling = a.trigger.weight.min(b.trigger.weight);
    if a.document.id == b.document.id {
        seen(Evidence::PriorInside, 1.0);
        seen(Evidence::TellingInside, telling);
        inside(a, b, seen);
    } else {
        seen(Evidence::Prior, 1.0);
        seen(Evidence::Telling, telling);
        across(a, b, seen);
    }
    kinds(a, b, seen);
    days(a.when(), b.when(), seen);
    if let (Some(a), Some(b)) = (&a.place, &b.place) {
        places(a, b, seen);
    }
    participants(&a.actors, &b.actors, ACTORS, seen);
    participants(&a.recipients, &b.recipients, RECIPIENTS, seen);
    losses(&a.losses, &b.losses, seen);
}

fn inside(a: &EventKey, b: &EventKey, seen: &mut impl FnMut(Evidence, f32)) {
    seen(Evidence::NearWordsInside, a.near.cosine(&b.near));
    if a.sentence == b.sentence {
        seen(Evidence::OneSentence, 1.0);
    }
    match (a.told_as, b.told_as) {
        (Some(x), Some(y)) if x == y => seen(Evidence::ToldAsOne, 1.0),
        (None, None) => {}
        _ => seen(Evidence::ToldApart, 1.0),
    }
}

fn across(a: &EventKey, b: &EventKey, seen: &mut impl FnMut(Evidence, f32)) {
    let words = a.document.words.cosine(&b.document.words);
    seen(Evidence::DocumentWords, words);
    seen(Evidence::DocumentWordsAbove10, (words - 0.1).max(0.0));
    seen(Evidence::DocumentWordsAbove20, (words - 0.2).max(0.0));
    seen(Evidence::DocumentWordsAbove40, (words - 0.4).max(0.0));
    if words < STRANGERS {
        seen(Evidence::StrangeDocument, 1.0);
    }
    names(&a.document.names, &b.document.names, seen);
    seen(Evidence::SentenceWords, a.words.cosine(&b.words));
    seen(Evidence::SentenceNames, a.names.cosine(&b.names));
    seen(Evidence::NearWords, a.near.cosine(&b.near));
}

/// What the names and numbers of two documents say.
fn names(a: &Sketch, b: &Sketch, seen: &mut impl FnMut(Evidence, f32)) {
    let (mut cosine, mut rarest, mut common) = (0.0, 0.0_f32, 0_usize);
    for (_, here, there) in a.shared(b) {
        cosine += here * there;
        rarest = rarest.max(here * a.length());
        common += 1;
    }
    seen(Evidence::DocumentNames, cosine);
    seen(Evidence::DocumentNamesAbove10, (cosine - 0.1).max(0.0));
    seen(Evidence::DocumentNamesAbove20, (cosine - 0.2).max(0.0));
    seen(Evidence::DocumentNamesAbove40, (cosine - 0.4).max(0.0));
    seen(Evidence::RarestName, rarest);
    seen(Evidence::NamesInCommon, common as f32 / a.words().len().min(b.words().len()).max(1) as f32);
    match common {
        0 => seen(Evidence::NoName, 1.0),
        1 => seen(Evidence::OneName, 1.0),
        _ => {}
    }
}

fn kinds(a: &EventKey, b: &EventKey, seen: &mut impl FnMut(Evidence, f32)) {
    if let (Some(x), Some(y)) = (&a.event_type, &b.event_type) {
        let kind = match x == y {
            true => Evidence::SameType,
            false if a.type_group.is_some() && a.type_group == b.type_group => Evidence::KindredType,
            false => Evidence::OtherType,
        };
        seen(kind, 1.0);
    }
    if let (Some(x), Some(y)) = (&a.mode, &b.mode) {
        seen(if x == y { Evidence::SameMode } else { Evidence::OtherMode }, 1.0);
    }
}

fn days(a: Option<Days>, b: Option<Days>, seen: &mut impl FnMut(Evidence, f32)) {
    let (Some(a), Some(b)) = (a, b) else { return };
    let precise = a.length() <= PRECISE_DAYS && b.length() <= PRECISE_DAYS;
    let kind = match a.apart(b) {
        0 if precise => Evidence::SameDays,
        0 => Evidence::PossibleDays,
        1 => Evidence::NextDay,
        n if n <= WEEK => Evidence::OtherDays,
        _ => Evidence::FarDays,
    };
    seen(kind, 1.0);
}

fn places(a: &PlaceKey, b: &PlaceKey, seen: &mut impl FnMut(Evidence, f32)) {
    let differ = |x: &Option<String>, y: &Option<String>| x.is_some() && y.is_some() && x != y;
    if differ(&a.country, &b.country) {
        seen(Evidence::OtherCountry, 1.0);
        return;
    }
    let kind = match kilometres(a, b) {
        Some(km) => {
            let towns = a.radius <= TOWN_RADIUS && b.radius <= TOWN_RADIUS;
            match km {
                km if towns && km <= TOWN_SIZE => Evidence::SamePlace,
                km if km <= a.radius.max(b.radius) => Evidence::PlaceWithin,
                km if km <= a.radius + b.radius + NEIGHBOUR => Evidence::PlaceNear,
                _ => Evidence::OtherPlace,
            }
        }
        None if a.name.eq_ignore_ascii_case(&b.name) => Evidence::SamePlace,
        None if differ(&a.admin1, &b.admin1) => Evidence::OtherPlace,
        None => return,
    };
    seen(kind, 1.0);
}

/// What may be seen of a role: the same name, the same codes, other sides, other countries.
type Role = [Evidence; 4];

const ACTORS: Role = [Evidence::SameActor, Evidence::KindredActor, Evidence::OtherSideActs, Evidence::OtherActor];
const RECIPIENTS: Role = [Evidence::SameRecipient, Evidence::KindredRecipient, Evidence::OtherSideSuffers, Evidence::OtherRecipient];

fn participants(a: &[Participant], b: &[Participant], role: Role, seen: &mut impl FnMut(Evidence, f32)) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let [same, kindred, other_side, other] = role;
    let any = |holds: fn(&Participant, &Participant) -> bool| a.iter().any(|x| b.iter().any(|y| holds(x, y)));
    let all = |holds: fn(&Participant, &Participant) -> bool| a.iter().all(|x| b.iter().all(|y| holds(x, y)));
    let differ = |x: &Option<String>, y: &Option<String>| x.is_some() && y.is_some() && x != y;
    if any(|x, y| x.name_key == y.name_key) {
        seen(same, 1.0);
    } else if any(|x, y| x.country.is_some() && x.country == y.country && x.sector.is_some() && x.sector == y.sector) {
        seen(kindred, 1.0);
    }
    if a.iter().all(|x| b.iter().all(|y| differ(&x.side, &y.side))) {
        seen(other_side, 1.0);
    } else if all(|x, y| x.country.is_some() && y.country.is_some() && x.country != y.country) {
        seen(other, 1.0);
    }
}

fn losses(a: &Losses, b: &Losses, seen: &mut impl FnMut(Evidence, f32)) {
    let kinds = [(a.killed, b.killed), (a.injured, b.injured), (a.displaced, b.displaced)];
    let both: Vec<(Quantity, Quantity)> = kinds.into_iter().filter_map(|(x, y)| x.zip(y)).collect();
    if both.is_empty() {
        return;
    }
    let telling = |x: &Quantity| x.low.or(x.high).is_some_and(|n| n >= 2);
    let kind = if both.iter().any(|(x, y)| exclude(*x, *y)) {
        Evidence::OtherLosses
    } else if both.iter().any(|(x, y)| x == y && telling(x)) {
        Evidence::SameLosses
    } else {
        Evidence::PossibleLosses
    };
    seen(kind, 1.0);
}

/// Whether two figures cannot both hold.
#[must_use]
pub(crate) fn exclude(a: Quantity, b: Quantity) -> bool {
    let above = |x: Quantity, y: Quantity| x.low.zip(y.high).is_some_and(|(low, high)| low > high);
    above(a, b) || above(b, a)
}
