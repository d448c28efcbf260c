//! A document: one article with its frozen text.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// One article as it was taken in. Every record of its ledger points into `text`, so the text never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Name of the document, unique within a collection: given by its supplier, else derived from its content.
    pub id: String,
    /// Headline, where it is not part of `text`.
    pub title: Option<String>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// Day of publication: the "today" of the text.
    pub published: Option<Date>,
    /// Address it was taken from.
    pub url: Option<String>,
    /// ISO 639-1 code of the language of `text`, where known.
    pub language: Option<String>,
    /// The frozen text, UTF-8.
    pub text: String,
}

impl Document {
    /// SHA-256 of `text` in the form `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        digest_of(&self.text)
    }

    /// An id for a text that brought none: `doc-` and the first 16 hexadecimal digits of the SHA-256 of `text`.
    #[must_use]
    pub fn id_of(text: &str) -> String {
        // `digest_of` gives "sha256:" and 64 digits, so the range exists.
        format!("doc-{}", &digest_of(text)[7..23])
    }
}

fn digest_of(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}"); // writing to a String cannot fail
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_is_the_published_value_for_abc() {
        assert_eq!(digest_of("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Document::id_of("abc"), "doc-ba7816bf8f01cfea");
    }
}
