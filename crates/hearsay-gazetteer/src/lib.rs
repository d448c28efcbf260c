//! Place names and where they lie on the earth.
//!
//! [`Gazetteer`] reads the gazetteer's file, given as bytes, without copying it; [`Builder`] makes one of `GeoNames`' dump
//! files and of our own tables; [`resolve`] chooses, over a whole document, which place each name means. Which words
//! of a text are place names is decided by others.

mod build;
mod file;
mod geo;
mod kind;
mod name;
mod reader;
mod resolve;

pub use build::{BuildError, BuildOptions, Builder, Form, Problem, Scratch, Summary};
pub use file::GazetteerError;
pub use geo::Coordinates;
pub use kind::Kind;
pub use name::{key, loose_key};
pub use reader::{Gazetteer, Named, Record};
pub use resolve::{Choice, Lists, Mention, Resolution, Weights, resolve};
