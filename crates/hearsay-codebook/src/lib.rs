//! The codebook: what the coder knows besides its weights, parsed from the data files of `codebook/`.
//!
//! The files travel inside the program. Each kind of list has its own module and its own field of [`Codebook`].

mod account;
mod attribution;
mod entity;
mod event;
mod incident;
mod losses;
mod segmentation;
mod words;

pub use account::AccountLists;
pub use attribution::AttributionLists;
pub use entity::EntityLists;
pub use event::{CameoCode, EventLists, Rule};
pub use incident::IncidentWeights;
pub use losses::LossLists;
pub use segmentation::SegmentationLists;
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
    /// Words of losses and of numbers.
    pub losses: LossLists,
    /// Word lists of the account stage.
    pub account: AccountLists,
    /// Weights of the incident stage.
    pub incident: IncidentWeights,
}

/// Why a codebook could not be built.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// A file is not valid TOML or lacks a field.
    #[error("{file}: {message}")]
    Syntax {
        /// Path of the file.
        file: String,
        /// The parser's own words, with the line.
        message: String,
    },
    /// An entry of a list cannot be used.
    #[error("{file}: list `{list}`: entry `{entry}` {problem}")]
    Entry {
        /// Path of the file.
        file: String,
        /// Name of the list.
        list: &'static str,
        /// The entry as written.
        entry: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl Codebook {
    /// The codebook that travels inside the program.
    ///
    /// # Errors
    /// An embedded file that cannot be read, which the tests of this crate rule out.
    pub fn embedded() -> Result<Self, CodebookError> {
        Ok(Self { segmentation: SegmentationLists::embedded()?, attribution: AttributionLists::embedded()?, entity: EntityLists::embedded()?, event: EventLists::embedded()?, losses: LossLists::embedded()?, account: AccountLists::embedded()?, incident: IncidentWeights::embedded()? })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_embedded_codebook_can_be_read() {
        let codebook = Codebook::embedded().unwrap();
        assert!(codebook.segmentation.titles.contains("Gen"));
    }
}
