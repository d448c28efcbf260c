//! The codebook: what the coder knows besides its weights, parsed from the data files of `codebook/`.
//!
//! The files travel inside the program; a user's files of the same names may lie over them. Each kind of list has its own
//! module and its own field of [`Codebook`].

mod account;
mod actor;
mod attribution;
mod conflict;
mod entity;
mod event;
mod incident;
mod layers;
mod losses;
mod merge;
mod name;
mod nearest;
mod phrases;
mod place;
mod rule;
mod segmentation;
mod table;
mod time;
mod truce;
mod words;

use layers::Layers;

pub use account::AccountLists;
pub use actor::{ActorLists, ActorWords, Coded, Found, Kind};
pub use attribution::AttributionLists;
pub use conflict::Sides;
pub use entity::EntityLists;
pub use event::{CameoCode, EventLists};
pub use incident::IncidentWeights;
pub use losses::LossLists;
pub use phrases::{PhraseList, PhraseMap};
pub use place::{PlaceLists, PlaceWeights};
pub use rule::Rule;
pub use segmentation::SegmentationLists;
pub use time::TimeLists;
pub use truce::TruceLists;
pub use words::WordSet;

/// All lists of the codebook; built once and shared.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// Word lists and thresholds of the segmentation stage.
    pub segmentation: SegmentationLists,
    /// Word lists and thresholds of the attribution stage.
    pub attribution: AttributionLists,
    /// Word lists and thresholds of names and entities.
    pub entity: EntityLists,
    /// Event types with their modes and codes, rules, and thresholds of the event stage.
    pub event: EventLists,
    /// Words of time expressions.
    pub time: TimeLists,
    /// Words of losses and of numbers.
    pub losses: LossLists,
    /// Word lists of the account stage.
    pub account: AccountLists,
    /// Participants by name, with country and sector.
    pub actor: ActorLists,
    /// The sides of the conflict, as a user declares them.
    pub conflict: Sides,
    /// Words of places, and the weights by which one of several of a name is chosen.
    pub place: PlaceLists,
    /// Weights of the incident stage.
    pub incident: IncidentWeights,
    /// Words of truces and of what is done about them.
    pub truce: TruceLists,
}

/// A file of a user's own codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserFile {
    /// Where it lies, for messages. Its last part is its name, which says which of our files it lies over.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl UserFile {
    fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}

/// Why a codebook could not be built.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// One of our own files cannot be read, which the tests of this crate rule out.
    #[error("{file}: {message}")]
    Syntax {
        /// Path of the file.
        file: String,
        /// The parser's own words, with the line.
        message: String,
    },
    /// A file, or something in it, cannot be used.
    #[error("{file}: {message}")]
    File {
        /// Path of the file, with the line where there is one, as "my/event.toml:12".
        file: String,
        /// What is wrong, and what may have been meant.
        message: String,
    },
}

impl Codebook {
    /// The codebook that travels inside the program.
    ///
    /// # Errors
    /// An embedded file that cannot be read, which the tests of this crate rule out.
    pub fn embedded() -> Result<Self, CodebookError> {
        Self::with_overlay(&[])
    }

    /// The codebook that travels inside the program with a user's files laid over it: tables are merged key by key, single
    /// values replaced, lists added to unless the file says otherwise (`replace`), rows replaced by their first column.
    ///
    /// # Errors
    /// The first thing in the user's files that cannot be used, with file and line.
    pub fn with_overlay(files: &[UserFile]) -> Result<Self, CodebookError> {
        let mut layers = Layers::new(files)?;
        let codebook = Self {
            segmentation: SegmentationLists::read(&mut layers)?,
            attribution: AttributionLists::read(&mut layers)?,
            entity: EntityLists::read(&mut layers)?,
            event: EventLists::read(&mut layers)?,
            time: TimeLists::read(&mut layers)?,
            losses: LossLists::read(&mut layers)?,
            account: AccountLists::read(&mut layers)?,
            actor: ActorLists::read(&mut layers)?,
            conflict: Sides::read(&mut layers)?,
            place: PlaceLists::read(&mut layers)?,
            incident: IncidentWeights::read(&mut layers)?,
            truce: TruceLists::read(&mut layers)?,
        };
        layers.none_left()?;
        Ok(codebook)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn with(path: &str, text: &str) -> Result<Codebook, String> {
        Codebook::with_overlay(&[UserFile { path: path.to_owned(), text: text.to_owned() }]).map_err(|error| error.to_string())
    }

    #[test]
    fn the_embedded_codebook_can_be_read() {
        let codebook = Codebook::embedded().unwrap();
        assert!(codebook.segmentation.titles.contains("Gen"));
    }

    #[test]
    fn every_file_may_be_laid_over() {
        assert!(with("my/segmentation.toml", "titles = [\"Hetman\"]").unwrap().segmentation.titles.contains("Hetman"));
        assert!(with("my/attribution.toml", "[pronouns]\nperson = [\"xe\"]").unwrap().attribution.person_pronouns.contains("xe"));
        assert!(with("my/entity.toml", "plurals = [\"cadre\"]").unwrap().entity.plurals.contains("cadre"));
        assert_eq!(with("my/losses.toml", "[vague]\ndozens = 30").unwrap().losses.vague.get("dozens"), Some(&30));
        assert_eq!(with("my/account.toml", "reach = 5").unwrap().account.reach, 5);
        assert!(with("my/truce.toml", "truces = [\"quiet\"]").unwrap().truce.truces.at(&["quiet"]).is_some());
        assert!(with("my/incident.toml", "threshold = 1").unwrap().incident.threshold > 0.99);
        assert!(with("my/time.toml", "").is_ok());
    }

    #[test]
    fn files_that_are_none_of_ours_are_told() {
        assert_eq!(with("my/losess.toml", "").unwrap_err(), "my/losess.toml: is no file of a codebook; did you mean `losses.toml`?");
        let twice = ["a/event.toml", "b/event.toml"].map(|path| UserFile { path: path.to_owned(), text: String::new() });
        assert_eq!(Codebook::with_overlay(&twice).unwrap_err().to_string(), "b/event.toml: has the same name as a/event.toml");
    }
}
