//! Weights of the incident stage.

use serde::Deserialize;

use crate::CodebookError;
use crate::layers::Layers;

const FILE: &str = "codebook/incident.toml";
const TEXT: &str = include_str!("../../../codebook/incident.toml");

/// Evidence that two events of one type are one happening: what each kind adds to the logarithm of the odds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentWeights {
    /// Events are joined at this probability and above.
    pub threshold: f32,
    /// Place and time of one are those of the other too at this probability and above.
    pub sharing: f32,
    /// The odds before any evidence.
    pub bias: f32,
    /// The triggers are forms of one word.
    pub same_lemma: f32,
    /// The modes are the same.
    pub same_mode: f32,
    /// The modes differ.
    pub other_mode: f32,
    /// The places are the same.
    pub same_place: f32,
    /// The places differ.
    pub other_place: f32,
    /// Only one has a place.
    pub one_place: f32,
    /// The times are the same.
    pub same_time: f32,
    /// The times differ.
    pub other_time: f32,
    /// Only one has a time.
    pub one_time: f32,
    /// The actors differ.
    pub other_actor: f32,
    /// A number of losses is the same.
    pub same_losses: f32,
    /// Both give losses and none is the same.
    pub other_losses: f32,
    /// They stand in neighbouring sentences.
    pub next_sentence: f32,
    /// They stand far apart.
    pub far: f32,
    /// They stand in one sentence.
    pub same_sentence: f32,
    /// More sentences apart than this is far.
    pub far_from: usize,
}

impl IncidentWeights {
    /// The weights as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        Ok(layers.toml(FILE, TEXT, &[])?.file)
    }
}
