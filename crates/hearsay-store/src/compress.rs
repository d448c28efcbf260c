//! Bytes that are kept compressed: zstd, at a level that costs little time.

use crate::error::{Error, Result};

/// zstd's own default.
const LEVEL: i32 = 3;

/// Compresses `bytes`.
pub(crate) fn compress(bytes: &[u8]) -> Result<Vec<u8>> {
    zstd::encode_all(bytes, LEVEL).map_err(|error| Error::Damaged { what: "bytes to compress".to_owned(), reason: error.to_string() })
}

/// The bytes that were compressed as `what`.
pub(crate) fn decompress(what: &str, compressed: &[u8]) -> Result<Vec<u8>> {
    zstd::decode_all(compressed).map_err(|error| Error::Damaged { what: what.to_owned(), reason: error.to_string() })
}

/// The text that was compressed as `what`.
pub(crate) fn decompress_text(what: &str, compressed: &[u8]) -> Result<String> {
    let text = String::from_utf8(decompress(what, compressed)?);
    text.map_err(|error| Error::Damaged { what: what.to_owned(), reason: error.to_string() })
}
