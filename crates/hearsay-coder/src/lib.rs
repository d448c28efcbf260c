//! Text to ledger: [`read`] takes one document through the stages and gives its ledger.
//!
//! Data flows one way: [`segment`] gives sentences and tokens, [`encode`] what the network sees in them, `attribution`
//! who says what, `entity` who they are, `event` what is said to have happened, `incident` which of it is one
//! happening, `account` who holds what of it, `dispute` which accounts cannot both hold, `truce` the terms of truces.
//! Each stage is one file with one entry function.
//!
//! The coder is pure: the same document and resources give the same reading, on any thread and any machine. It knows
//! no clock; "today" is the document's day of publication.

mod account;
mod actor;
mod attribution;
pub mod decode;
mod dispute;
pub mod encode;
mod entity;
mod event;
pub mod evidence;
mod incident;
mod losses;
mod page;
mod place;
mod quantity;
mod reaction;
pub mod segment;
mod syntax;
mod time;
mod truce;

pub use hearsay_codebook::{Codebook, CodebookError, Sides, UserFile};
use hearsay_encoder::{Encoder, EncoderError};
pub use hearsay_gazetteer::{Gazetteer, GazetteerError};
use hearsay_ledger::{Document, Finding, FindingCode, Ledger};
pub use place::choose_places;

use crate::evidence::Evidence;
use crate::page::Page;
use crate::syntax::Trees;

/// What the stages need besides the text; built once, shared by all threads.
pub struct Resources {
    /// Word lists and thresholds.
    pub codebook: Codebook,
    /// The network.
    pub encoder: Encoder,
    /// Place names and where they lie.
    pub gazetteer: Gazetteer,
}

impl Resources {
    /// The resources that travel inside the program: our codebook, our weights and our gazetteer.
    pub fn embedded() -> Result<Self, ResourceError> {
        Ok(Self { codebook: Codebook::embedded()?, encoder: Encoder::embedded()?, gazetteer: Gazetteer::embedded()? })
    }

    /// Our codebook and gazetteer with the weights of a model file, given as its bytes.
    pub fn with_weights(weights: Vec<u8>) -> Result<Self, ResourceError> {
        Ok(Self { codebook: Codebook::embedded()?, encoder: Encoder::from_bytes(weights)?, gazetteer: Gazetteer::embedded()? })
    }

    /// The same with another codebook.
    #[must_use]
    pub fn with_codebook(self, codebook: Codebook) -> Self {
        Self { codebook, ..self }
    }

    /// The same with another gazetteer.
    #[must_use]
    pub fn with_gazetteer(self, gazetteer: Gazetteer) -> Self {
        Self { gazetteer, ..self }
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
    /// The gazetteer.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
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
    /// Why the stages after it decided as they did.
    pub evidence: Evidence,
}

/// Reads one document.
#[must_use]
pub fn read(document: &Document, resources: &Resources) -> Reading {
    let text = document.text.as_str();
    let codebook = &resources.codebook;
    let segmentation = segment::segment(text, codebook);
    let (encoded, mut findings) = encode::encode(text, &segmentation, &resources.encoder, codebook);
    let trees = Trees::new(&encoded);
    let page = Page { text, segmentation: &segmentation, encoded: &encoded, trees: &trees, codebook };
    let mut attributions = attribution::attributions(&page);
    let (mut participants, more) = entity::entities(&page, &mut attributions, document.published);
    findings.extend(more);
    let (times, anchors) = time::times(&page, document.published);
    let (mut events, mut places, losses) = event::events(&page, &participants, &times);
    let (more, found_places) = place::locate(&page, &participants, document, &resources.gazetteer, &mut places, &mut events);
    findings.extend(more);
    actor::actors(&page, &mut participants, &mut events, &mut attributions, &places, document.published);
    let (accounts, reactions) = account::accounts(&page, &events, &attributions, &participants);
    let sentences = segmentation.sentences.iter().map(|s| s.span).collect();
    let mut ledger = Ledger { sentences, places, times, attributions, events, accounts, ..Ledger::default() };
    let (incidents, joins) = incident::incidents(&page, &ledger);
    ledger.incidents = incidents;
    event::share(&mut ledger.events, &joins, codebook.incident.sharing);
    ledger.entities.clone_from(&participants.entities);
    ledger.disputes = dispute::disputes(&page, &ledger, &joins);
    let (truce_terms, truce_evidence) = truce::truce_terms(&page, &ledger, &mut participants);
    ledger.truce_terms = truce_terms;
    actor::code_rest(&page, &mut participants, &ledger.places, document.published);
    ledger.entities = participants.entities;
    entity::in_order(&mut ledger);
    if document.published.is_none() {
        let message = "no day of publication, so relative dates cannot be resolved".to_owned();
        findings.push(Finding { code: FindingCode::NoPublicationDate, span: None, message });
    }
    findings.sort_by_key(|finding| (finding.span, finding.code));
    let evidence = Evidence { anchors, losses, places: found_places, reactions, joins, truce_terms: truce_evidence };
    Reading { ledger, findings, encoded, evidence }
}
