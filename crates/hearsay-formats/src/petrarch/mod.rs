//! Dictionaries of PETRARCH and TABARI (verbs, actors, agents) as files of a codebook.
//!
//! Text in, text out: which file it comes from and goes to is the caller's business. A line that cannot be used costs
//! itself alone and is told as a [`Notice`]; nothing is guessed.
//!
//! The formats are those of the PETRARCH documentation ("Dictionary Formats") and of the verb patterns of PETRARCH-2,
//! with the older forms of TABARI where they differ.

mod actors;
mod agents;
mod codes;
mod inflection;
mod lines;
mod pattern;
mod rules;
mod verbs;

pub use actors::actors;
pub use agents::agents;
pub use rules::rules;

/// What a dictionary became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The file of the codebook; empty where nothing could be used.
    pub text: String,
    /// Rules or rows in it.
    pub entries: usize,
    /// Lines that were not taken over, in their order.
    pub notices: Vec<Notice>,
}

/// A line that was not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number, from 1.
    pub line: usize,
    /// Why not.
    pub why: Why,
    /// The part of it that is meant.
    pub what: String,
}

/// Why a line was not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is not in the form of the dictionary.
    Form,
    /// Its code is not known.
    Code,
    /// Its date is none.
    Date,
    /// It names a set or marker that is not defined.
    Undefined,
    /// It codes a bare statement, which is no event here.
    Statement,
    /// It asks for words before the verb.
    Before,
    /// It has alternatives or negations within a pattern.
    Alternatives,
    /// It is a rule that turns codes into others.
    Transformation,
}

impl Why {
    /// Said of what was not taken over.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "not in the form of the dictionary",
            Self::Code => "the code is not known",
            Self::Date => "not a date",
            Self::Undefined => "names a set or marker that is not defined",
            Self::Statement => "codes a bare statement, which is no event",
            Self::Before => "asks for words before the verb, which rules cannot",
            Self::Alternatives => "has alternatives or negations within a pattern, which rules have not",
            Self::Transformation => "turns codes into other codes, which rules cannot",
        }
    }
}

/// What a CAMEO code is to the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An event.
    Event,
    /// A bare statement, which is no event.
    Statement,
    /// No code.
    Unknown,
}
