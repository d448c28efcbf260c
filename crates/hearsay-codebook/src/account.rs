//! Word lists of the account stage, from `codebook/account.toml`.

use serde::Deserialize;

use crate::layers::Layers;
use crate::{CodebookError, WordSet};

const FILE: &str = "codebook/account.toml";
const TEXT: &str = include_str!("../../../codebook/account.toml");

/// Words by which somebody takes a position on what somebody else said.
#[derive(Clone, Debug)]
pub struct AccountLists {
    /// Verbs of denial.
    pub denying: WordSet,
    /// Verbs of confirmation.
    pub confirming: WordSet,
    /// Verbs of claiming to have done it.
    pub claiming: WordSet,
    /// Verbs of doubt.
    pub doubting: WordSet,
    /// Words for what was said.
    pub statements: WordSet,
    /// Words for having a part in a happening.
    pub parts: WordSet,
    /// Words that say of a statement that it does not hold.
    pub falsehoods: WordSet,
    /// Verbs that call a thing something.
    pub calling: WordSet,
    /// Words that turn a verb around.
    pub negations: WordSet,
    /// Words of a subject that is nobody.
    pub nobody: WordSet,
    /// Most sentences back to the happening spoken of.
    pub reach: usize,
    /// Types of happenings that are denied and confirmed.
    pub answerable: Vec<String>,
    /// Verbs that only name what is spoken about.
    pub topical: WordSet,
    /// Nouns for what is said by nobody in particular.
    pub unowned: WordSet,
    /// Probability from which the network's source of a trigger goes before the attribution around it.
    pub sure_source: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    denying: Vec<String>,
    confirming: Vec<String>,
    claiming: Vec<String>,
    doubting: Vec<String>,
    statements: Vec<String>,
    parts: Vec<String>,
    falsehoods: Vec<String>,
    calling: Vec<String>,
    negations: Vec<String>,
    nobody: Vec<String>,
    reach: usize,
    answerable: Vec<String>,
    topical: Vec<String>,
    unowned: Vec<String>,
    sure_source: f32,
}

impl AccountLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let file = layers.toml::<File>(FILE, TEXT, &[])?.file;
        let set = |words: Vec<String>| words.iter().collect::<WordSet>();
        Ok(Self {
            denying: set(file.denying),
            confirming: set(file.confirming),
            claiming: set(file.claiming),
            doubting: set(file.doubting),
            statements: set(file.statements),
            parts: set(file.parts),
            falsehoods: set(file.falsehoods),
            calling: set(file.calling),
            negations: set(file.negations),
            nobody: set(file.nobody),
            reach: file.reach,
            answerable: file.answerable,
            topical: set(file.topical),
            unowned: set(file.unowned),
            sure_source: file.sure_source,
        })
    }
}
