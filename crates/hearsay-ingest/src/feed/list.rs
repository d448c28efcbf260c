//! Lists of feeds: OPML, or plain text with one address a line.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::bad;
use crate::charset;
use crate::problem::{ProblemKind, excerpt};

/// A feed in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedEntry {
    /// Address of the feed.
    pub url: String,
    /// What the list calls it.
    pub title: Option<String>,
}

/// Reads a list of feeds: OPML 1 or 2, or lines of an address each, with an optional name behind it; lines that begin
/// with `#` are passed over. A feed that comes twice is given once, at its first place.
///
/// # Errors
///
/// [`ProblemKind::BadFeed`] if the XML is broken, a line is no address, or there is no feed in it.
pub fn parse_list(bytes: &[u8]) -> Result<Vec<FeedEntry>, ProblemKind> {
    let (text, _) = charset::decode(bytes, None);
    let listed = if text.trim_start().starts_with('<') { opml(&text)? } else { lines(&text)? };
    let mut out: Vec<FeedEntry> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for entry in listed {
        if seen.insert(entry.url.clone()) {
            out.push(entry);
        }
    }
    if out.is_empty() { Err(bad("a list of feeds", "there is no feed in it")) } else { Ok(out) }
}

fn is_web(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn lines(text: &str) -> Result<Vec<FeedEntry>, ProblemKind> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (url, title) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if !is_web(url) {
            return Err(bad("a list of feeds", &format!("line {} is no address: {}", number + 1, excerpt(url))));
        }
        out.push(FeedEntry { url: url.to_owned(), title: Some(title.trim().to_owned()).filter(|title| !title.is_empty()) });
    }
    Ok(out)
}

fn opml(text: &str) -> Result<Vec<FeedEntry>, ProblemKind> {
    let mut reader = Reader::from_str(text);
    let mut out = Vec::new();
    let mut is_opml = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => match element.local_name().as_ref() {
                "opml" => is_opml = true,
                "outline" if is_opml => out.extend(outline(&element)),
                _ => {}
            },
            Ok(Event::Eof) if is_opml => return Ok(out),
            Ok(Event::Eof) => return Err(bad("a list of feeds", "it is XML, but not OPML")),
            Ok(_) => {}
            Err(error) => return Err(bad("a list of feeds", &format!("at byte {}: {error}", reader.error_position()))),
        }
    }
}

/// The feed in an `outline`; those without an address are headings.
fn outline(element: &BytesStart<'_>) -> Option<FeedEntry> {
    let mut entry = FeedEntry { url: String::new(), title: None };
    for attribute in element.attributes().flatten() {
        let Ok(value) = quick_xml::escape::unescape(&attribute.value) else { continue };
        let value = value.trim();
        match attribute.key.local_name().as_ref().to_ascii_lowercase().as_str() {
            "xmlurl" => value.clone_into(&mut entry.url),
            "title" if !value.is_empty() => entry.title = Some(value.to_owned()),
            "text" if !value.is_empty() && entry.title.is_none() => entry.title = Some(value.to_owned()),
            _ => {}
        }
    }
    is_web(&entry.url).then_some(entry)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn entry(url: &str, title: Option<&str>) -> FeedEntry {
        FeedEntry { url: url.to_owned(), title: title.map(str::to_owned) }
    }

    #[test]
    fn opml_with_headings() {
        let list = r#"<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="Syria">
            <outline text="One" title="The One" type="rss" xmlUrl="https://one.example/feed?a=1&amp;b=2" htmlUrl="https://one.example"/>
            <outline text="Two" xmlUrl="http://two.example/rss"></outline></outline><outline text="One again" xmlUrl="https://one.example/feed?a=1&amp;b=2"/>
            <outline text="bad" xmlUrl="javascript:x"/></body></opml>"#;
        let expected = [entry("https://one.example/feed?a=1&b=2", Some("The One")), entry("http://two.example/rss", Some("Two"))];
        assert_eq!(parse_list(list.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn plain_lines() {
        let list = "# Syria\nhttps://one.example/feed The One\n\n  http://two.example/rss\n";
        assert_eq!(parse_list(list.as_bytes()).unwrap(), [entry("https://one.example/feed", Some("The One")), entry("http://two.example/rss", None)]);
        let problem = parse_list(b"https://one.example\none.example").unwrap_err();
        assert_eq!(problem.to_string(), "not read as a list of feeds: line 2 is no address: one.example");
        assert!(parse_list(b"<rss></rss>").is_err());
        assert!(parse_list(b"").is_err());
    }
}
