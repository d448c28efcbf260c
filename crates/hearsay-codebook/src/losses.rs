//! Words of losses and of numbers, from `codebook/losses.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::layers::Layers;
use crate::phrases::phrase_list;
use crate::{CodebookError, PhraseList, WordSet};

const FILE: &str = "codebook/losses.toml";
const TEXT: &str = include_str!("../../../codebook/losses.toml");

/// Words of losses and of numbers.
#[derive(Clone, Debug)]
pub struct LossLists {
    /// Types of events that take lives or hurt.
    pub harmful: Vec<String>,
    /// Types of events that drive people out.
    pub moving: Vec<String>,
    /// Words before a word of loss in which its number is looked for.
    pub number_reach: usize,
    /// Words for being killed.
    pub killed: WordSet,
    /// Words for being injured.
    pub injured: WordSet,
    /// Words for being displaced.
    pub displaced: WordSet,
    /// Words for losses of any kind.
    pub casualties: WordSet,
    /// Verbs that govern a word of loss.
    pub governing: WordSet,
    /// Nouns that count what follows them or are no living beings.
    pub totals: WordSet,
    /// What makes a number the least, as words.
    pub at_least: PhraseList,
    /// What makes a number the most, as words.
    pub at_most: PhraseList,
    /// What leaves a number as it is, as words.
    pub roughly: PhraseList,
    /// The least that numbers of no certain size mean.
    pub vague: BTreeMap<String, u64>,
    /// Numbers in words.
    pub numbers: BTreeMap<String, u64>,
    /// Words that multiply the number before them.
    pub multipliers: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    harmful: Vec<String>,
    moving: Vec<String>,
    number_reach: usize,
    killed: Vec<String>,
    injured: Vec<String>,
    displaced: Vec<String>,
    casualties: Vec<String>,
    governing: Vec<String>,
    totals: Vec<String>,
    at_least: Vec<String>,
    at_most: Vec<String>,
    roughly: Vec<String>,
    vague: BTreeMap<String, u64>,
    numbers: BTreeMap<String, u64>,
    multipliers: BTreeMap<String, u64>,
}

impl LossLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let file = layers.toml::<File>(FILE, TEXT, &["vague", "numbers", "multipliers"])?.file;
        let set = |words: Vec<String>| words.iter().collect::<WordSet>();
        Ok(Self {
            harmful: file.harmful,
            moving: file.moving,
            number_reach: file.number_reach,
            killed: set(file.killed),
            injured: set(file.injured),
            displaced: set(file.displaced),
            casualties: set(file.casualties),
            governing: set(file.governing),
            totals: set(file.totals),
            at_least: phrase_list(&file.at_least),
            at_most: phrase_list(&file.at_most),
            roughly: phrase_list(&file.roughly),
            vague: file.vague,
            numbers: file.numbers,
            multipliers: file.multipliers,
        })
    }

    /// The most words that a bound before a number has.
    #[must_use]
    pub fn longest_bound(&self) -> usize {
        self.at_least.iter().chain(&self.at_most).chain(&self.roughly).map(Vec::len).max().unwrap_or(0)
    }
}
