//! The neural encoder on CPU: sentences of tokens in, typed scores for every head out.
//!
//! The network and its heads are described in `training/` (which makes the file) and in the model's card. This crate
//! knows how to cut text into [word pieces](wordpiece), lay [windows](window) over a document, run the network on
//! each and hand out the [scores](WindowScores). What the scores mean for the ledger is the coder's business.
//!
//! Every window is read alone on one thread, and scores are rounded to four places, so a document's scores depend on
//! nothing but its text and the weights.

mod encoder;
mod error;
mod manifest;
mod matrix;
mod scores;
pub mod window;
pub mod wordpiece;

pub use encoder::{Encoder, Plan};
pub use error::EncoderError;
pub use manifest::Manifest;
pub use matrix::Matrix;
pub use scores::{Link, WindowScores};
