//! What an input is, told by its first bytes: binary or not, and which kind of text.

use serde::Deserialize;

use crate::problem::ProblemKind;
use crate::source::Kind;

/// How much of an input is looked at for control characters.
const CONTROLS_SEEN: usize = 64 * 1024;
/// Share of control characters above which an input is no text: one in so many bytes. Text has next to none.
const CONTROLS_PART: usize = 50;

/// First bytes of known formats, from `data/first_bytes.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct FirstBytes {
    page: Vec<String>,
    binary: Vec<BinaryFormat>,
}

#[derive(Debug, Deserialize)]
struct BinaryFormat {
    name: String,
    bytes: Vec<u8>,
}

impl FirstBytes {
    /// The embedded table.
    #[allow(clippy::expect_used)] // the table is part of the program, and the tests below load it
    pub(crate) fn load() -> Self {
        toml::from_str(include_str!("../data/first_bytes.toml")).expect("data/first_bytes.toml is well formed")
    }

    /// Says so if `bytes`, the start of an input, are no text in an encoding that goes byte by byte.
    pub(crate) fn check_text(&self, bytes: &[u8]) -> Result<(), ProblemKind> {
        let binary = |reason: String| Err(ProblemKind::Binary { reason });
        if let Some(format) = self.binary.iter().find(|format| bytes.starts_with(&format.bytes)) {
            return binary(format!("it begins like {}", format.name));
        }
        if memchr::memchr(0, bytes).is_some() {
            return binary("it has zero bytes, which text has not unless it is UTF-16 and says so with a byte order mark".to_owned());
        }
        let seen = bytes.get(..CONTROLS_SEEN).unwrap_or(bytes);
        // Tab to carriage return stand in texts; escape begins colours and the shifts of Japanese encodings.
        let controls = seen.iter().filter(|byte| matches!(byte, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)).count();
        if controls > seen.len() / CONTROLS_PART {
            return binary("it is full of control characters".to_owned());
        }
        Ok(())
    }

    /// The kind of an input whose name tells none: JSON Lines if it begins with `{`, a page if with a tag, a web archive if
    /// with the first line of a record, else text.
    pub(crate) fn kind_of(&self, start: &[u8]) -> Kind {
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
        if start.starts_with(b"{") {
            return Kind::JsonLines;
        }
        if start.starts_with(b"WARC/1.") {
            return Kind::Warc;
        }
        // A tag is followed by its attributes or its end; a comment by anything.
        let is_page = self.page.iter().any(|tag| match start.split_at_checked(tag.len()) {
            Some((head, rest)) => {
                head.eq_ignore_ascii_case(tag.as_bytes()) && (tag.ends_with('-') || rest.first().is_some_and(|b| b" \t\r\n\x0c>/".contains(b)))
            }
            None => false,
        });
        if is_page { Kind::Html } else { Kind::Text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binaries_are_named() {
        let first_bytes = FirstBytes::load();
        let reason = |bytes: &[u8]| first_bytes.check_text(bytes).map_err(|kind| kind.to_string());
        assert_eq!(reason(b"%PDF-1.7 ..."), Err("not a text file: it begins like a PDF document".to_owned()));
        assert!(reason(b"text \0 text").is_err());
        assert!(reason(&[1, 2, 3, 4, 5, 6, 7, 8]).is_err());
        assert_eq!(reason(b""), Ok(()));
        assert_eq!(reason(b"\x1b[1mALEPPO\x1b[0m\r\n\tOne stray \x02 in a long line of ordinary English text, as old wires have."), Ok(()));
    }

    #[test]
    fn kinds_are_told() {
        let first_bytes = FirstBytes::load();
        for (start, kind) in [
            ("{\"text\": 1}", Kind::JsonLines),
            ("\u{feff}\n\n  {", Kind::JsonLines),
            ("<!DOCTYPE html>\n<html>", Kind::Html),
            ("  <HTML lang=en>", Kind::Html),
            ("<!--saved page--><html>", Kind::Html),
            ("<p>One", Kind::Html),
            ("WARC/1.0\r\n", Kind::Warc),
            ("<pause> he said", Kind::Text),
            ("<b", Kind::Text),
            ("ALEPPO, Feb 11 - <b>", Kind::Text),
            ("", Kind::Text),
        ] {
            assert_eq!(first_bytes.kind_of(start.as_bytes()), kind, "{start}");
        }
    }
}
