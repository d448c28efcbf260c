//! Header fields as WARC and HTTP write them, and the answers that archives keep.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// More headers no server sends; those beyond are left out.
const MOST_HEADERS: usize = 500;

/// An answer of a server as an archive keeps it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Response<'a> {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: &'a [u8],
}

/// The answer in `block`, or why it is none.
pub(crate) fn response(block: &[u8]) -> Result<Response<'_>, &'static str> {
    let (head, body) = split_head(block).ok_or("the headers of the answer have no end")?;
    let end = memchr::memchr(b'\n', head).unwrap_or(head.len());
    let (first, rest) = head.split_at(end);
    let status = status(first).ok_or("it does not begin with the status line of an answer")?;
    Ok(Response { status, headers: fields(rest), body })
}

/// The status in a line such as `HTTP/1.1 200 OK`.
fn status(line: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(line.get(..line.len().min(40))?).ok().or_else(|| std::str::from_utf8(line.get(..12)?).ok())?;
    let mut words = line.split_ascii_whitespace();
    let protocol = words.next()?;
    (protocol.starts_with("HTTP/") || protocol == "ICY").then_some(())?;
    words.next()?.parse().ok().filter(|status| (100..1000).contains(status))
}

/// The head of a message and what follows the empty line behind it.
fn split_head(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    for line in block.split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii().is_empty() {
            return Some((block.get(..at)?, block.get(at + line.len()..)?));
        }
        at += line.len();
    }
    // An answer without a body may end with its headers.
    block.ends_with(b"\n").then_some((block, &[]))
}

/// Header fields, one a line; a line that begins with a blank carries on the one before. What is no field is left out.
pub(crate) fn fields(head: &[u8]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in head.split(|byte| *byte == b'\n') {
        let (text, _) = encoding(line).decode_without_bom_handling(line);
        if text.starts_with([' ', '\t']) {
            if let Some((_, value)) = out.last_mut() {
                value.push(' ');
                value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':')
            && out.len() < MOST_HEADERS
        {
            out.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    out
}

fn encoding(line: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(line).is_ok() { encoding_rs::UTF_8 } else { WINDOWS_1252 }
}

/// Media type in lower case, and the encoding that a `Content-Type` names.
pub(crate) fn content_type(value: &str) -> (String, Option<&'static Encoding>) {
    let mut parts = value.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    });
    // UTF-16 without a byte order mark is declared by mistake far more often than it is sent.
    let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    (media_type, encoding.filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_apart() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\nnonsense\r\nX-Name: caf\xe9\r\n\r\n<p>Body\r\n\r\n";
        let fields = [("Content-Type", "text/html; charset=utf-8"), ("X-Name", "café")];
        let headers = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(response(block), Ok(Response { status: 200, headers, body: b"<p>Body\r\n\r\n" }));
        assert_eq!(response(b"HTTP/2 304 \n\n"), Ok(Response { status: 304, headers: vec![], body: b"" }));
        assert_eq!(response(b"HTTP/1.0 404 Not Found\r\nA: b\r\n").map(|found| found.status), Ok(404));
        for wrong in [&b""[..], b"\r\n\r\n", b"<p>x</p>\n\n", b"HTTP/1.1\n\n", b"HTTP/1.1 99999 x\n\n", b"HTTP/1.1 200 OK\r\nA: b"] {
            assert!(response(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn content_types() {
        let name = |value| {
            let (media_type, encoding) = content_type(value);
            (media_type, encoding.map(Encoding::name))
        };
        assert_eq!(name("Text/HTML; Charset=\"koi8-r\""), ("text/html".to_owned(), Some("KOI8-R")));
        assert_eq!(name("text/html;charset=utf-16"), ("text/html".to_owned(), None));
        assert_eq!(name(""), (String::new(), None));
    }
}
