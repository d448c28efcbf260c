//! The body of an answer with its transfer and content codings undone, within a bound.

use std::io::{self, Read};

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::problem::ProblemKind;
use crate::record::header;

/// More codings on top of each other are an attack, not a page.
const MOST_CODINGS: usize = 4;
/// Buffer of the Brotli decoder.
const BUFFER_BYTES: usize = 4096;
const GZIP: &[u8] = &[0x1f, 0x8b];

/// `body` as the page's own bytes, at most `limit` of them. Archives often keep the headers of codings that they have
/// undone themselves; a body that does not look coded is taken as it is.
pub(crate) fn undo(body: Vec<u8>, headers: &[(String, String)], limit: usize) -> Result<Vec<u8>, ProblemKind> {
    let chunked = header(headers, "transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    let mut body = if chunked { unchunk(&body).unwrap_or(body) } else { body };
    let codings = header(headers, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    let codings: Vec<&str> = codings.split(',').map(str::trim).filter(|coding| !coding.is_empty() && *coding != "identity").collect();
    if codings.len() > MOST_CODINGS {
        return Err(bad("it is coded more often than any page"));
    }
    for coding in codings.iter().rev() {
        body = decode(&body, coding, limit)?;
    }
    if body.len() > limit {
        return Err(ProblemKind::TooLarge { limit });
    }
    Ok(body)
}

fn decode(body: &[u8], coding: &str, limit: usize) -> Result<Vec<u8>, ProblemKind> {
    let decoded = match coding {
        "gzip" | "x-gzip" if body.starts_with(GZIP) => read(MultiGzDecoder::new(body), limit),
        "gzip" | "x-gzip" => return Ok(body.to_vec()),
        // The standard means zlib; some servers send bare deflate.
        "deflate" => read(ZlibDecoder::new(body), limit).or_else(|_| read(DeflateDecoder::new(body), limit)),
        "br" => read(Decompressor::new(body, BUFFER_BYTES), limit),
        "zstd" => zstd::stream::read::Decoder::new(body).and_then(|decoder| read(decoder, limit)),
        _ => return Err(bad("its content coding is not known")),
    };
    match decoded {
        Ok(bytes) if bytes.len() > limit => Err(ProblemKind::TooLarge { limit }),
        Ok(bytes) => Ok(bytes),
        Err(_) if looks_like_text(body) => Ok(body.to_vec()),
        Err(_) => Err(bad("its content coding cannot be undone")),
    }
}

/// One byte more than allowed is enough to know.
fn read(decoder: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    decoder.take((limit as u64).saturating_add(1)).read_to_end(&mut out)?;
    Ok(out)
}

fn looks_like_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<") || std::str::from_utf8(body).is_ok()
}

fn bad(reason: &str) -> ProblemKind {
    ProblemKind::BadRecord { reason: reason.to_owned() }
}

/// The content of chunks, if `body` is a row of chunks; the last may be cut off, and trailers are dropped.
fn unchunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        let Some(chunk) = rest.get(..size) else {
            out.extend_from_slice(rest);
            return Some(out);
        };
        out.extend_from_slice(chunk);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<p>The army said it had left the town.</p>";

    fn headers(transfer: &str, content: &str) -> Vec<(String, String)> {
        vec![("Transfer-Encoding".to_owned(), transfer.to_owned()), ("content-encoding".to_owned(), content.to_owned())]
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn codings_are_undone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(PAGE).unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
        deflate.write_all(PAGE).unwrap();
        for (body, coding) in [
            (PAGE.to_vec(), ""),
            (PAGE.to_vec(), "identity"),
            (gzip(PAGE), "GZIP"),
            (gzip(&gzip(PAGE)), "gzip, x-gzip"),
            (zlib.finish().unwrap(), "deflate"),
            (deflate.finish().unwrap(), "deflate"),
            (zstd::encode_all(PAGE, 3).unwrap(), "zstd"),
            // Undone by the archive, with its header left behind.
            (PAGE.to_vec(), "gzip"),
            (PAGE.to_vec(), "br"),
            (PAGE.to_vec(), "zstd"),
        ] {
            assert_eq!(undo(body, &headers("", coding), 1000).unwrap(), PAGE, "{coding}");
        }
        assert!(undo(PAGE.to_vec(), &headers("", "secret"), 1000).is_err());
        assert!(undo(vec![0xff; 40], &headers("", "br"), 1000).is_err());
    }

    #[test]
    fn chunks_are_joined() {
        for (body, expected) in [
            ("5\r\nHello\r\n7;note=x\r\n, world\r\n0\r\n\r\n", "Hello, world"),
            ("5\nHello\n0\n", "Hello"),
            ("5\r\nHello\r\n40\r\ncut of", "Hellocut of"),
            ("No chunks at all", "No chunks at all"),
            ("ffffffffffffffffff\r\nx", "ffffffffffffffffff\r\nx"),
            ("", ""),
        ] {
            assert_eq!(undo(body.into(), &headers("chunked", ""), 1000).unwrap(), expected.as_bytes(), "{body}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        let bomb = gzip(&vec![b'x'; 1_000_000]);
        assert_eq!(undo(bomb, &headers("", "gzip"), 1000), Err(ProblemKind::TooLarge { limit: 1000 }));
        assert!(undo(PAGE.to_vec(), &headers("", "gzip,gzip,gzip,gzip,gzip"), 1000).is_err());
    }
}
