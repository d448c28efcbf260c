//! Text to ledger: [`read`] takes one document through the stages and gives its ledger.
//!
//! Data flows one way: [`segment`] gives sentences and tokens, [`encode`] what the network sees in them,
//! [`attribution`] who says what, [`entity`] who they are. Each stage is one file with one entry function.
//!
//! The coder is pure: the same document and resources give the same reading, on any thread and any machine. It knows
//! no clock; "today" is the document's day of publication.

pub mod attribution;
pub mod decode;
pub mod encode;
pub mod entity;
pub mod segment;
mod syntax;

use hearsay_codebook::{Codebook, CodebookError};
use hearsay_encoder::{Encoder, EncoderError};
use hearsay_ledger::{Document, Finding, FindingCode, Ledger};

/// What the stages need besides the text; built once, shared by all threads.
pub struct Resources {
    /// Word lists and thresholds.
    pub codebook: Codebook,
    /// The network.
    pub encoder: Encoder,
}

impl Resources {
    /// The resources that travel inside the program: our codebook and our weights.
    pub fn embedded() -> Result<Self, ResourceError> {
        Ok(Self { codebook: Codebook::embedded()?, encoder: Encoder::embedded()? })
    }

    /// Our codebook with the weights of a model file, given as its bytes.
    pub fn with_weights(weights: Vec<u8>) -> Result<Self, ResourceError> {
        Ok(Self { codebook: Codebook::embedded()?, encoder: Encoder::from_bytes(weights)? })
    }
}

/// Why the resources could not be built.
#[derive(Debug, thiserror::Error)]
pub enum ResourceError {
    /// A list of the codebook.
    #[error(transparent)]
    Codebook(#[from] CodebookError),
    /// The weights.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
}

/// What the coder found in one document.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The ledger.
    pub ledger: Ledger,
    /// What could not be done, in the order of the text; what concerns the whole document comes first.
    pub findings: Vec<Finding>,
    /// Words with their syntax and what else the network saw, on which the ledger rests.
    pub encoded: encode::Encoded,
}

/// Reads one document.
#[must_use]
pub fn read(document: &Document, resources: &Resources) -> Reading {
    let text = document.text.as_str();
    let segmentation = segment::segment(text, &resources.codebook);
    let lists = &resources.codebook.attribution;
    let (encoded, mut findings) = encode::encode(text, &segmentation, &resources.encoder, &resources.codebook);
    let mut attributions = attribution::attributions(text, &segmentation, &encoded, lists);
    let (entities, more) = entity::entities(text, &encoded, &mut attributions, &resources.codebook);
    findings.extend(more);
    if document.published.is_none() {
        let message = "no day of publication, so relative dates cannot be resolved".to_owned();
        findings.push(Finding { code: FindingCode::NoPublicationDate, span: None, message });
    }
    findings.sort_by_key(|finding| (finding.span, finding.code));
    let ledger = Ledger { sentences: segmentation.sentences.iter().map(|s| s.span).collect(), entities, attributions, ..Ledger::default() };
    Reading { ledger, findings, encoded }
}
