//! What is kept of an input beside its document: the bytes as they came, and how.

use hearsay_ledger::Document;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// A document, and what it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The document with its frozen text; its digest is [`Document::digest`].
    pub document: Document,
    /// What it was made of.
    pub raw: RawRecord,
}

/// One report as it came, before its characters were decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    /// The bytes: a file, a line of JSON Lines, a row of a table, the body of an answer. Compression and transfer
    /// codings are undone, so that one page has the same bytes whichever way it came.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`, as `sha256:` and 64 hexadecimal digits.
    pub digest: String,
    /// When it was captured: as the archive or the caller says.
    pub captured: Option<Timestamp>,
    /// Headers of the answer, name and value, in their order; empty for files.
    pub headers: Vec<(String, String)>,
    /// Address that it was captured from. [`Document::url`] may be another: the one that the page calls its own.
    pub url: Option<String>,
    /// The file or address that it was read from.
    pub file: String,
    /// Line of the file where it begins, counted from 1, in files that are counted in lines.
    pub line: Option<u64>,
    /// Byte of the file where it begins, counted from 0, in archives: what their indexes give as offset.
    pub byte: Option<u64>,
}

impl RawRecord {
    /// A record that is known by its bytes alone.
    #[must_use]
    pub fn new(file: &str, bytes: Vec<u8>) -> Self {
        let digest = digest_of(&bytes);
        Self { bytes, digest, captured: None, headers: Vec::new(), url: None, file: file.to_owned(), line: None, byte: None }
    }

    /// The first header of a name, in whatever case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// The first header called `name`, in whatever case.
pub(crate) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

fn digest_of(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}"); // writing to a String cannot fail
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_and_headers() {
        let mut raw = RawRecord::new("a.html", b"abc".to_vec());
        assert_eq!(raw.digest, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        raw.headers.push(("Content-Type".to_owned(), "text/html".to_owned()));
        assert_eq!((raw.header("content-type"), raw.header("etag")), (Some("text/html"), None));
    }
}
