//! What can go wrong with a model file.

/// Why a model cannot be used. None of these depend on the text that is read.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The file is no model that the runtime understands.
    #[error("the model cannot be loaded: {0}")]
    Load(String),
    /// The file lacks a part that this version needs.
    #[error("the model has no {0}; it was made for another version of Hearsay")]
    Missing(String),
    /// The labels or sizes in the file's metadata cannot be read.
    #[error("the model's manifest cannot be read: {0}")]
    Manifest(String),
    /// The network could not be run.
    #[error("the model cannot be run: {0}")]
    Run(String),
}
