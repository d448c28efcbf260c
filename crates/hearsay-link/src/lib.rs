//! Events of many documents to incidents: which records, of which reports, tell of one happening, and what they tell together.
//!
//! Linking sees no text. A maker of keys ([`keys`]) turns a document and its ledger into [`EventKey`]s, and from there on
//! records are compared by their keys alone, so that linking can be run again by itself and on any engine.
//!
//! Two ways lead to the same incidents: a [`Linker`] takes reports in as they come, and [`steps`] are the same in separate
//! pieces for an engine that spreads the work. Both give what the set of records determines; the order in which records come
//! never matters. [`Incident`] gathers what the records of one happening tell; [`processes`] joins truce terms.

mod block;
mod cluster;
pub mod days;
mod dispute;
mod evidence;
mod hash;
mod incident;
mod key;
mod keys;
mod kinship;
mod lexicon;
mod linker;
mod losses;
mod pair;
pub mod passage;
mod place;
mod sketch;
pub mod steps;
mod truce;
mod weights;

pub use block::{BlockingKey, Limits, blocking_keys};
pub use dispute::IncidentDispute;
pub use evidence::{Evidence, evidence};
pub use incident::{AccountRef, EventRef, Incident, IncidentAccount, IncidentId};
pub use key::{AccountKey, Days, DocumentKey, EventKey, EventName, Losses, Participant, PlaceKey, RECENT_DAYS, Source, TriggerKey};
pub use keys::{KeyContext, keys, truce_keys};
pub use kinship::Kinship;
pub use lexicon::{Kin, Lexicon, Word, words};
pub use linker::{Change, Linker};
pub use losses::{IncidentLosses, LossFigure, LossFigures, LossRange, Revision};
pub use pair::{Score, explain, score};
pub use place::kilometres;
pub use sketch::Sketch;
pub use truce::{PartyPosition, TruceKey, TruceLimits, TruceProcess, TruceProcessId, processes};
pub use weights::{Weights, WeightsError};
