//! Word lists and thresholds of the attribution stage, from `codebook/attribution.toml`.

use serde::Deserialize;

use crate::layers::Layers;
use crate::{CodebookError, PhraseMap, WordSet};

const FILE: &str = "codebook/attribution.toml";
const TEXT: &str = include_str!("../../../codebook/attribution.toml");

/// Word lists and thresholds of the attribution stage.
#[derive(Clone, Debug)]
pub struct AttributionLists {
    /// Added to the score of a word being outside any cue (natural logarithm).
    pub cue_bias: f32,
    /// Price of a change between source, content and neither along the words (natural logarithm, not below 0).
    pub link_change: f32,
    /// Least evidence, summed over its words, for a run of content (natural logarithm).
    pub content_margin: f32,
    /// Least share of a sentence's words, in a sentence other than the cue's, for it to be content; it then is as a whole.
    pub sentence_share: f32,
    /// Words between two runs of content that may be taken as content too.
    pub widest_gap: usize,
    /// Forms of verbs that report words or thoughts.
    pub reporting_verbs: WordSet,
    /// Forms of verbs whose object is the source and whose subject is a relay.
    pub relay_verbs: WordSet,
    /// Most words from such a verb to its "as saying".
    pub relay_reach: usize,
    /// Dashes between a quotation and the name that signs it.
    pub signing_dashes: Vec<String>,
    /// Most words of such a name with what is told of its bearer.
    pub longest_signature: usize,
    /// What opens a paragraph after which an announced statement is over.
    pub statement_ends: PhraseMap<()>,
    /// Words in brackets that are remarks of a transcript.
    pub transcript_remarks: WordSet,
    /// Pronouns that stand for one person.
    pub person_pronouns: WordSet,
    /// Pronouns that stand for a group or an organisation.
    pub other_pronouns: WordSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cue_bias: f32,
    link_change: f32,
    content_margin: f32,
    sentence_share: f32,
    widest_gap: usize,
    reporting_verbs: Vec<String>,
    relay_verbs: Vec<String>,
    relay_reach: usize,
    signing_dashes: Vec<String>,
    longest_signature: usize,
    statement_ends: Vec<String>,
    transcript_remarks: Vec<String>,
    pronouns: Pronouns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    person: Vec<String>,
    any: Vec<String>,
}

impl AttributionLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let layered = layers.toml::<File>(FILE, TEXT, &[])?;
        let file = layered.file;
        let mut statement_ends = PhraseMap::default();
        for (index, phrase) in file.statement_ends.iter().enumerate() {
            let wrong = |problem| layered.origins.of("statement_ends", index).wrong(format!("the phrase `{phrase}` {problem}"));
            statement_ends.add(phrase, ()).map_err(wrong)?;
        }
        Ok(Self {
            statement_ends,
            transcript_remarks: file.transcript_remarks.iter().collect(),
            cue_bias: file.cue_bias,
            link_change: file.link_change.max(0.0),
            content_margin: file.content_margin,
            sentence_share: file.sentence_share,
            widest_gap: file.widest_gap,
            reporting_verbs: file.reporting_verbs.iter().collect(),
            relay_verbs: file.relay_verbs.iter().collect(),
            relay_reach: file.relay_reach,
            signing_dashes: file.signing_dashes,
            longest_signature: file.longest_signature,
            person_pronouns: file.pronouns.person.iter().collect(),
            other_pronouns: file.pronouns.any.iter().collect(),
        })
    }
}
