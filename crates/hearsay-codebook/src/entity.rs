//! Word lists and thresholds of names and entities, from `codebook/entity.toml`.

use serde::Deserialize;

use crate::layers::Layers;
use crate::{CodebookError, WordSet};

const FILE: &str = "codebook/entity.toml";
const TEXT: &str = include_str!("../../../codebook/entity.toml");

/// Word lists and thresholds of names and entities.
#[derive(Clone, Debug)]
pub struct EntityLists {
    /// Added to the score of a word being outside any name (natural logarithm).
    pub name_bias: f32,
    /// Small words that open a last name of several words.
    pub particles: WordSet,
    /// Nouns of several beings that do not end in "s".
    pub plurals: WordSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name_bias: f32,
    particles: Vec<String>,
    plurals: Vec<String>,
}

impl EntityLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let file = layers.toml::<File>(FILE, TEXT, &[])?.file;
        Ok(Self { name_bias: file.name_bias, particles: file.particles.iter().collect(), plurals: file.plurals.iter().collect() })
    }
}
