//! From scores to decisions: the best sequence of tags, the best tree. Nothing here knows what the labels mean.

mod sequence;
mod tree;

pub use sequence::{Labelled, Tagset, smooth, spans, typed_spans};
pub use tree::best_tree;
