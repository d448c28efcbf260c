//! How far an input is read, in a form that can be kept as text, so that long work goes on where it was.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::stream::Mark;

/// How much of the start of a file tells it from another of the same name.
pub(crate) const BEGINNING_BYTES: usize = 1024;

/// A place in a file of many records, behind one record and before the next. As text it is
/// `file=… entry=… start=… skip=… line=…`, with whole numbers (`file` in hexadecimal).
///
/// It holds for the file that it was made of. If another stands at its name, or the first 1024 bytes were changed,
/// reading begins at the start: what is read twice changes nothing, what is passed over would be lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Hash of the first bytes of the file; 0 where they are not known.
    pub file: u64,
    /// Which of the archives inside a WACZ file, from 0; 0 in other files.
    pub entry: u32,
    /// Byte of the file (of the entry) where reading can begin: the place itself, or the start of a gzip member.
    pub start: u64,
    /// Bytes to pass over from there, after decompression.
    pub skip: u64,
    /// Lines before the place, in files that are counted in lines.
    pub line: u64,
}

/// A text that is no [`Position`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a position in a file: {text}")]
pub struct PositionError {
    /// The text, shortened.
    pub text: String,
}

impl Position {
    pub(crate) fn mark(&self) -> Mark {
        Mark { start: self.start, skip: self.skip }
    }
}

/// What tells a file that begins with `bytes` from others.
pub(crate) fn file_hash(bytes: &[u8]) -> u64 {
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file={:016x} entry={} start={} skip={} line={}", self.file, self.entry, self.start, self.skip, self.line)
    }
}

impl FromStr for Position {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        parse(text).ok_or_else(|| PositionError { text: crate::problem::excerpt(text) })
    }
}

fn parse(text: &str) -> Option<Position> {
    let mut words = text.split_whitespace();
    let mut value = |name: &str| words.next()?.strip_prefix(name)?.strip_prefix('=');
    let position = Position {
        file: u64::from_str_radix(value("file")?, 16).ok()?,
        entry: value("entry")?.parse().ok()?,
        start: value("start")?.parse().ok()?,
        skip: value("skip")?.parse().ok()?,
        line: value("line")?.parse().ok()?,
    };
    words.next().is_none().then_some(position)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn positions_are_kept_as_text() {
        let position = Position { file: file_hash(b"abc"), entry: 2, start: 1_000_000_000_000, skip: 17, line: 3 };
        let text = "file=ba7816bf8f01cfea entry=2 start=1000000000000 skip=17 line=3";
        assert_eq!(position.to_string(), text);
        assert_eq!(text.parse(), Ok(position));
        for wrong in ["", "17", "file=x entry=2 start=1 skip=17 line=3", &format!("{text} more")] {
            assert!(wrong.parse::<Position>().is_err(), "{wrong}");
        }
    }
}
