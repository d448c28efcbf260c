//! Findings: what a stage could not do, or did with doubt. They are counted and shown, never only logged.

use crate::Span;

/// Something a reader of the ledger should know about how it came to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: FindingCode,
    /// The place in the text it concerns; `None` where it concerns the whole document.
    pub span: Option<Span>,
    /// One plain sentence fragment for a person: lower case, no full stop.
    pub message: String,
}

/// The kinds of [`Finding`]; each is documented in `docs/findings.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingCode {
    /// The document has no day of publication, so relative dates cannot be resolved.
    NoPublicationDate,
    /// A sentence is longer than the encoder's window and was read in pieces.
    LongSentence,
    /// The encoder could not be run on a passage, so nothing was found in it.
    Unread,
    /// A pronoun was named as source and nothing before it could be what it stands for.
    UnresolvedSource,
    /// A place is named that the gazetteer does not have.
    UnresolvedPlace,
}

impl FindingCode {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::NoPublicationDate, Self::LongSentence, Self::Unread, Self::UnresolvedSource, Self::UnresolvedPlace];

    /// The code as it is written in output and documentation.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPublicationDate => "no-publication-date",
            Self::LongSentence => "long-sentence",
            Self::Unread => "unread",
            Self::UnresolvedSource => "unresolved-source",
            Self::UnresolvedPlace => "unresolved-place",
        }
    }
}
