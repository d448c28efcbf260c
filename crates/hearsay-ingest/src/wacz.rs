//! Packed web archives (WACZ 1.x): the list of WARC files in a ZIP file, and their bytes.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::problem::{ProblemKind, excerpt};
use crate::source::unreadable;
use crate::stream::Bytes;

/// Folder of the WARC files, by the specification.
const FOLDER: &str = "archive/";
const ENDINGS: [&str; 3] = [".warc", ".warc.gz", ".warc.zst"];

/// A WARC file inside a ZIP file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its number among the WARC files, from 0, sorted by name.
    pub number: u32,
    pub name: String,
    /// Where its bytes lie in the ZIP file.
    start: u64,
    length: u64,
    deflated: bool,
}

/// The WARC files in the ZIP file at `path`, sorted by name.
pub(crate) fn parts(path: &Path) -> Result<VecDeque<Part>, ProblemKind> {
    let bad = |reason: String| ProblemKind::BadArchive { reason };
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| bad(excerpt(&error.to_string())))?;
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| bad(excerpt(&error.to_string())))?;
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else { continue };
        let lower = name.to_ascii_lowercase();
        if !lower.starts_with(FOLDER) || !ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
            continue;
        }
        let deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => return Err(bad(format!("{} is compressed by {other}", excerpt(&name)))),
        };
        if entry.encrypted() {
            return Err(bad(format!("{} is encrypted", excerpt(&name))));
        }
        let start = entry.data_start().ok_or_else(|| bad(format!("{} cannot be found in it", excerpt(&name))))?;
        found.push(Part { number: 0, name, start, length: entry.compressed_size(), deflated });
    }
    if found.is_empty() {
        return Err(bad("there is no WARC file in its folder archive".to_owned()));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found.into_iter().zip(0..).map(|(part, number)| Part { number, ..part }).collect())
}

/// The bytes of `part` from byte `start` of it on where that can be reached at once, else from its first byte; and which
/// of the two.
pub(crate) fn open(path: &Path, part: &Part, start: u64) -> io::Result<(Bytes<'static>, u64)> {
    let mut file = File::open(path)?;
    let start = if part.deflated { 0 } else { start.min(part.length) };
    file.seek(SeekFrom::Start(part.start.saturating_add(start)))?;
    let bytes = BufReader::new(file).take(part.length - start);
    Ok(if part.deflated { (Box::new(DeflateDecoder::new(bytes)), start) } else { (Box::new(bytes), start) })
}
