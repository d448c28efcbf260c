//! Words by which the coder knows whom a phrase means, from `codebook/actor.toml`.

use serde::Deserialize;

use crate::layers::Layers;
use crate::{CodebookError, WordSet};

const FILE: &str = "codebook/actor.toml";
const TEXT: &str = include_str!("../../../../codebook/actor.toml");

/// Words of officeholders, bodies and those who stand behind others, and the words that stand for somebody named before.
#[derive(Clone, Debug, Default)]
pub struct ActorWords {
    /// Sectors that a word before the noun gives against the noun's own.
    pub strong: Vec<String>,
    /// Words that make an officeholder a former one.
    pub former: WordSet,
    /// The sectors that one leaves with the office.
    pub offices: Vec<String>,
    /// The sector of those who have left one.
    pub left: String,
    /// Words that, after the name of a country and a hyphen, tell of its clients.
    pub backing: WordSet,
    /// Nouns in the singular that mean no person.
    pub collectives: WordSet,
    /// Nouns for a body of any kind.
    pub generic: WordSet,
    /// Sectors of bodies that belong to the country a text is about, where it says nothing else.
    pub domestic: Vec<String>,
    /// Least share of the mentions of countries, 0 to 1, that makes one the country a text is about.
    pub domestic_share: f32,
    /// Sentences back that a pronoun reaches.
    pub pronoun_reach: usize,
    /// Sentences back that a noun reaches.
    pub noun_reach: usize,
    /// Pronouns of one person.
    pub person: WordSet,
    /// Pronouns of several, or of a body.
    pub several: WordSet,
    /// Pronouns of a body or country.
    pub body: WordSet,
    /// Pronouns of whoever speaks.
    pub speaker: WordSet,
    /// Pronouns of whoever the clause before tells of.
    pub relative: WordSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    strong: Vec<String>,
    former: Vec<String>,
    offices: Vec<String>,
    left: String,
    backing: Vec<String>,
    collectives: Vec<String>,
    generic: Vec<String>,
    domestic: Vec<String>,
    domestic_share: f32,
    pronoun_reach: usize,
    noun_reach: usize,
    pronouns: Pronouns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    person: Vec<String>,
    several: Vec<String>,
    body: Vec<String>,
    speaker: Vec<String>,
    relative: Vec<String>,
}

impl ActorWords {
    /// The words as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let file = layers.toml::<File>(FILE, TEXT, &[])?.file;
        let set = |words: &[String]| words.iter().collect::<WordSet>();
        let pronouns = &file.pronouns;
        Ok(Self {
            former: set(&file.former),
            backing: set(&file.backing),
            collectives: set(&file.collectives),
            generic: set(&file.generic),
            person: set(&pronouns.person),
            several: set(&pronouns.several),
            body: set(&pronouns.body),
            speaker: set(&pronouns.speaker),
            relative: set(&pronouns.relative),
            strong: file.strong,
            offices: file.offices,
            left: file.left,
            domestic: file.domestic,
            domestic_share: file.domestic_share,
            pronoun_reach: file.pronoun_reach,
            noun_reach: file.noun_reach,
        })
    }
}
