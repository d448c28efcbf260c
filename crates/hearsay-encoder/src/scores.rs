//! The scores of one window: what each head says of its words.

use std::collections::BTreeMap;
use std::ops::Range;

use rten_tensor::NdTensor;

use crate::encoder::{Encoder, floats, integers};
use crate::window::Window;
use crate::{EncoderError, Matrix};

/// The scores of one window. Words are numbered within the window, from 0.
pub struct WindowScores<'e> {
    pub(crate) encoder: &'e Encoder,
    /// The window they belong to.
    pub window: Window,
    pub(crate) tags: BTreeMap<String, Matrix>,
    pub(crate) arcs: Matrix,
    pub(crate) relation_dependent: Matrix,
    pub(crate) relation_head: Matrix,
    pub(crate) links: BTreeMap<String, (Matrix, Matrix)>,
}

/// What a link head says, for one anchor, of every word of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The anchor's number within the window.
    pub anchor: usize,
    /// Logarithms of the labels' probabilities, a row a word of the window.
    pub scores: Matrix,
}

impl WindowScores<'_> {
    /// Logarithms of the probabilities of a tag head's labels, a row a word.
    pub fn tags(&self, head: &str) -> Result<&Matrix, EncoderError> {
        self.tags.get(head).ok_or_else(|| EncoderError::Missing(format!("head {head}")))
    }

    /// Scores of dependency heads among the words of one sentence: row `i` is for word `i` of `words`, column 0 says
    /// that it is the root, column `j + 1` that word `j` of `words` is its head.
    #[must_use]
    pub fn arcs(&self, words: Range<usize>) -> Matrix {
        let values = words
            .clone()
            .flat_map(|word| {
                let row = self.arcs.row(word);
                row.first().into_iter().chain(row.get(words.start + 1..words.end + 1).unwrap_or(&[]))
            })
            .copied()
            .collect();
        Matrix::new(words.len() + 1, values)
    }

    /// Logarithms of the probabilities of the relations of given arcs: `heads[i]` is the head of word `i` of the
    /// window, in the numbering of the arcs' columns over the whole window (0 is the root).
    pub fn relations(&self, heads: &[usize]) -> Result<Matrix, EncoderError> {
        let inputs = vec![
            ("relation.dependent.in", floats(&self.relation_dependent)),
            ("relation.head.in", floats(&self.relation_head)),
            ("heads", integers(heads.iter().map(|head| *head as i32).collect())),
        ];
        Ok(self.encoder.run(inputs, &["relation".to_owned()])?.into_iter().next().unwrap_or_default().log_softmax())
    }

    /// What a link head says for each of `anchors`.
    pub fn link(&self, head: &str, anchors: &[usize]) -> Result<Vec<Link>, EncoderError> {
        let Some((anchor_states, word_states)) = self.links.get(head) else {
            return Err(EncoderError::Missing(format!("head {head}")));
        };
        if anchors.is_empty() {
            return Ok(Vec::new());
        }
        let count = word_states.rows();
        let manifest = self.encoder.manifest();
        let buckets: Vec<i32> = anchors.iter().flat_map(|anchor| (0..count).map(|word| manifest.distance_bucket(*anchor, word))).collect();
        let names = ["anchor.in", "word.in", "anchors", "buckets"].map(|part| format!("{head}.{part}"));
        let inputs = vec![
            (names[0].as_str(), floats(anchor_states)),
            (names[1].as_str(), floats(word_states)),
            (names[2].as_str(), integers(anchors.iter().map(|anchor| *anchor as i32).collect())),
            (names[3].as_str(), NdTensor::from_data([anchors.len(), count], buckets).into()),
        ];
        let scores = self.encoder.run(inputs, &[format!("link.{head}")])?.into_iter().next().unwrap_or_default().log_softmax();
        let columns = scores.columns();
        let size = count * columns;
        Ok(anchors
            .iter()
            .enumerate()
            .map(|(n, anchor)| Link {
                anchor: *anchor,
                scores: Matrix::new(columns, scores.values().get(n * size..(n + 1) * size).unwrap_or(&[]).to_vec()),
            })
            .collect())
    }
}
