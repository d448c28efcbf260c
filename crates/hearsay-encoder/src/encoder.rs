//! The encoder: a model file opened, and windows of a text run through it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use hearsay_ledger::Span;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use crate::window::{self, Room, Window};
use crate::wordpiece::Vocabulary;
use crate::{EncoderError, Manifest, Matrix, WindowScores};

/// The weights that travel inside the program.
static EMBEDDED: &[u8] = include_bytes!("../../../models/hearsay.onnx");

/// A model ready to read; shared by all threads.
pub struct Encoder {
    model: Model,
    vocabulary: Vocabulary,
    manifest: Manifest,
}

/// A text cut into windows, ready to be read one window after the other.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The windows, in the order of the text; their cores cover every word once.
    pub windows: Vec<Window>,
    /// Word pieces of every word, one after the other.
    pieces: Vec<i32>,
    /// Where the pieces of each word start in `pieces`; one more entry than words.
    starts: Vec<usize>,
}

impl Encoder {
    /// The encoder with the weights that travel inside the program.
    pub fn embedded() -> Result<Self, EncoderError> {
        Self::open(options().load_static_slice(EMBEDDED))
    }

    /// The encoder with the weights of a model file, given as its bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, EncoderError> {
        Self::open(options().load(bytes))
    }

    fn open(model: Result<Model, rten::LoadError>) -> Result<Self, EncoderError> {
        let model = model.map_err(|e| EncoderError::Load(e.to_string()))?;
        let metadata = |name: &str| model.metadata().get(name).ok_or_else(|| EncoderError::Missing(format!("{name} in its metadata")));
        let vocabulary = Vocabulary::parse(metadata("vocabulary")?)?;
        let manifest = Manifest::parse(metadata("manifest")?)?;
        Ok(Self { model, vocabulary, manifest })
    }

    /// Labels and sizes of the model.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Lays windows over sentences of tokens. Words are numbered through the document in the order of `sentences`.
    #[must_use]
    pub fn plan(&self, text: &str, sentences: &[&[Span]]) -> Plan {
        let (mut pieces, mut starts, mut ranges) = (Vec::new(), vec![0], Vec::new());
        for tokens in sentences {
            let first = starts.len() - 1; // `starts` begins with one entry
            for token in *tokens {
                pieces.extend(self.vocabulary.pieces(token.of(text).unwrap_or("")));
                starts.push(pieces.len());
            }
            ranges.push(first..starts.len() - 1);
        }
        let sizes: Vec<usize> = starts.windows(2).map(|w| w[1] - w[0]).collect(); // windows of two have two entries
        let room = Room { total: self.manifest.max_pieces.saturating_sub(2), left: self.manifest.left_context, right: self.manifest.right_context };
        Plan { windows: window::plan(&sizes, &ranges, room), pieces, starts }
    }

    /// Runs the network over one window of a plan. Only the tag heads and link heads that are named are computed.
    pub fn read(&self, plan: &Plan, window: &Window, tags: &[&str], links: &[&str]) -> Result<WindowScores<'_>, EncoderError> {
        let (pieces, first) = plan.inputs(window.words.clone(), &self.vocabulary);
        let mut wanted: Vec<String> = tags.iter().map(|head| format!("tag.{head}")).collect();
        wanted.extend(["arc", "relation.dependent", "relation.head"].map(String::from));
        wanted.extend(links.iter().flat_map(|head| [format!("{head}.anchor"), format!("{head}.word")]));
        let mut outputs = self.run(vec![("pieces", integers(pieces)), ("first", integers(first))], &wanted)?.into_iter();
        let mut next = || outputs.next().unwrap_or_default(); // `run` gives as many outputs as were wanted
        Ok(WindowScores {
            encoder: self,
            window: window.clone(),
            tags: tags.iter().map(|head| ((*head).to_owned(), next().log_softmax())).collect(),
            arcs: next().rounded(),
            relation_dependent: next(),
            relation_head: next(),
            links: links.iter().map(|head| ((*head).to_owned(), (next(), next()))).collect::<BTreeMap<_, _>>(),
        })
    }

    /// Runs what the wanted outputs need of the network. Outputs of more than two dimensions come as rows of the last.
    pub(crate) fn run(&self, inputs: Vec<(&str, ValueOrView<'_>)>, wanted: &[String]) -> Result<Vec<Matrix>, EncoderError> {
        let node = |name: &str| -> Result<NodeId, EncoderError> { self.model.node_id(name).map_err(|_| EncoderError::Missing(name.to_owned())) };
        let inputs = inputs.into_iter().map(|(name, value)| Ok((node(name)?, value))).collect::<Result<Vec<_>, EncoderError>>()?;
        let outputs = wanted.iter().map(|name| node(name)).collect::<Result<Vec<_>, _>>()?;
        let run = RunOptions::default().with_thread_pool(Some(lane()));
        let values = self.model.run(inputs, &outputs, Some(run)).map_err(|e| EncoderError::Run(e.to_string()))?;
        values.into_iter().map(matrix).collect()
    }
}

impl Plan {
    /// Number of words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.starts.len() - 1 // `starts` begins with one entry
    }

    /// Pieces of some words between the two marks, and where each word's first piece stands.
    fn inputs(&self, words: Range<usize>, vocabulary: &Vocabulary) -> (Vec<i32>, Vec<i32>) {
        let starts = self.starts.get(words.start..=words.end).unwrap_or(&[0]);
        let (from, to) = (starts[0], starts[starts.len() - 1]); // at least one entry
        let mut pieces = vec![vocabulary.start];
        pieces.extend(&self.pieces[from..to]); // entries of `starts` lie within `pieces`
        pieces.push(vocabulary.end);
        let first = starts[..starts.len() - 1].iter().map(|start| (start - from + 1) as i32).collect();
        (pieces, first)
    }
}

/// Reading a window is too little work to share, so each calling thread has a lane of one thread to itself; documents
/// are what is read in parallel. It also keeps the order of additions, and so the scores, the same everywhere.
fn lane() -> Arc<ThreadPool> {
    thread_local!(static LANE: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() });
    LANE.with(|lane| lane.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1))).clone())
}

fn options() -> ModelOptions {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    options
}

/// An input of whole numbers.
pub(crate) fn integers(values: Vec<i32>) -> ValueOrView<'static> {
    NdTensor::from_data([values.len()], values).into()
}

/// An input of scores.
pub(crate) fn floats(matrix: &Matrix) -> ValueOrView<'static> {
    NdTensor::from_data([matrix.rows(), matrix.columns()], matrix.values().to_vec()).into()
}

fn matrix(value: Value) -> Result<Matrix, EncoderError> {
    let Value::FloatTensor(tensor) = value else {
        return Err(EncoderError::Run("an output that holds no scores".into()));
    };
    let columns = tensor.shape().last().copied().unwrap_or(1);
    Ok(Matrix::new(columns, tensor.into_data()))
}
