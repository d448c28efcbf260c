//! Feeds (RSS, Atom, JSON Feed) and lists of them (OPML, plain text) to plain data. Pure: bytes in, items out.

mod list;

use feed_rs::model::{Entry, Link, Text};
use feed_rs::parser::Builder;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use url::Url;

pub use self::list::{FeedEntry, parse_list};
use crate::problem::{ProblemKind, excerpt};

/// What a feed says of itself, and its items in its own order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its name, which for news is that of the publisher or one of its desks.
    pub title: Option<String>,
    /// Its items.
    pub items: Vec<FeedItem>,
}

/// One item of a feed: an article, as a rule on a page elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedItem {
    /// Its id in the feed. An item without one gets a hash of its address, or else of its title, day and text, which is
    /// the same every time.
    pub id: String,
    /// Address of the article, absolute.
    pub url: Option<String>,
    /// Headline, in plain text.
    pub title: Option<String>,
    /// When it was published; without that, when it was last changed.
    pub published: Option<Timestamp>,
    /// What the feed gives of the text, as HTML: all of it, or a summary.
    pub html: Option<String>,
}

/// Reads a feed of any kind that came from the address `url`, against which its links are resolved.
///
/// # Errors
///
/// [`ProblemKind::BadFeed`] if `bytes` are no feed.
pub fn parse_feed(bytes: &[u8], url: Option<&str>) -> Result<Feed, ProblemKind> {
    // Without a generator of ids of its own, the library makes up a new one at every reading.
    let parser = Builder::new().base_uri(url).sanitize_content(false).id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(bytes).map_err(|error| bad("a feed", &error.to_string()))?;
    let base = url.and_then(|url| Url::parse(url).ok());
    Ok(Feed { title: feed.title.as_ref().and_then(plain), items: feed.entries.into_iter().map(|entry| item(entry, base.as_ref())).collect() })
}

fn bad(expected: &'static str, reason: &str) -> ProblemKind {
    ProblemKind::BadFeed { expected, reason: excerpt(reason) }
}

fn item(entry: Entry, base: Option<&Url>) -> FeedItem {
    let url = address(&entry.links, base).or_else(|| web_address(&entry.id, None));
    let title = entry.title.as_ref().and_then(plain);
    let published = entry.published.or(entry.updated);
    let published = published.and_then(|at| Timestamp::from_second(at.timestamp()).ok());
    let content = entry.content.and_then(|content| content.body);
    let html = content.into_iter().chain(entry.summary.map(|text| text.content)).find(|html| !html.trim().is_empty());
    let id = match entry.id.trim() {
        "" => made_id(url.as_deref(), title.as_deref(), published, html.as_deref()),
        id => id.to_owned(),
    };
    FeedItem { id, url, title, published, html }
}

/// The address of the article among the links of an item.
fn address(links: &[Link], base: Option<&Url>) -> Option<String> {
    let is_article = |link: &&Link| matches!(link.rel.as_deref(), None | Some("alternate"));
    links.iter().filter(is_article).chain(links).find_map(|link| web_address(&link.href, base))
}

/// `written` as an absolute address of the web, without the fragment.
fn web_address(written: &str, base: Option<&Url>) -> Option<String> {
    let mut url = Url::options().base_url(base).parse(written.trim()).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

fn plain(text: &Text) -> Option<String> {
    let content = text.content.trim();
    let line = if content.contains(['<', '&']) {
        dom_query::Document::fragment(content).text().split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        content.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Some(line).filter(|line| !line.is_empty())
}

fn made_id(url: Option<&str>, title: Option<&str>, published: Option<Timestamp>, html: Option<&str>) -> String {
    let mut hasher = Sha256::new();
    match (url, title) {
        (Some(url), _) => hasher.update(url),
        (None, title) => {
            for part in [title.unwrap_or_default(), &published.map(|at| at.to_string()).unwrap_or_default(), html.unwrap_or_default()] {
                hasher.update(part);
                hasher.update([0]);
            }
        }
    }
    format!("item-{}", hex(&hasher.finalize()))
}

/// The first 16 hexadecimal digits of a digest.
pub(crate) fn hex(digest: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in digest.iter().take(8) {
        let _ = write!(out, "{byte:02x}"); // writing to a String cannot fail
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Wire &amp; Example</title><link>https://wire.example/</link>
        <item><title>Talks &lt;b&gt;resume&lt;/b&gt;</title><link>/news/1#top</link><guid isPermaLink="false">n1</guid>
        <pubDate>Thu, 11 Feb 2016 09:30:00 GMT</pubDate><description>&lt;p&gt;Ministers met.&lt;/p&gt;</description></item>
        <item><title>No link and no id</title><pubDate>Thu, 11 Feb 2016 10:00:00 GMT</pubDate></item></channel></rss>"#;

    #[test]
    fn rss() {
        let feed = parse_feed(RSS.as_bytes(), Some("https://wire.example/feed.xml")).unwrap();
        assert_eq!(feed.title.as_deref(), Some("Wire & Example"));
        assert_eq!(
            feed.items[0],
            FeedItem {
                id: "n1".to_owned(),
                url: Some("https://wire.example/news/1".to_owned()),
                title: Some("Talks resume".to_owned()),
                published: Some("2016-02-11T09:30:00Z".parse().unwrap()),
                html: Some("<p>Ministers met.</p>".to_owned()),
            }
        );
        assert!(feed.items[1].id.starts_with("item-") && feed.items[1].url.is_none());
        assert_eq!(feed, parse_feed(RSS.as_bytes(), Some("https://wire.example/feed.xml")).unwrap(), "ids are the same every time");
    }

    #[test]
    fn atom_and_json() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>tag:x,1</id><title type="html">A &amp;amp; B</title>
            <link rel="enclosure" href="https://x.example/a.mp3"/><link rel="alternate" href="https://x.example/a"/>
            <updated>2016-02-11T09:30:00+02:00</updated><content type="html">&lt;p&gt;Whole.&lt;/p&gt;</content><summary>Short.</summary></entry></feed>"#;
        let item = &parse_feed(atom.as_bytes(), None).unwrap().items[0];
        assert_eq!((item.url.as_deref(), item.title.as_deref()), (Some("https://x.example/a"), Some("A & B")));
        assert_eq!((item.html.as_deref(), item.published.unwrap().to_string()), (Some("<p>Whole.</p>"), "2016-02-11T07:30:00Z".to_owned()));
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "7", "url": "https://x.example/7",
            "content_html": "<p>x</p>", "date_published": "2016-02-11T09:30:00Z"}]}"#;
        let item = &parse_feed(json.as_bytes(), None).unwrap().items[0];
        assert_eq!((item.id.as_str(), item.url.as_deref(), item.html.as_deref()), ("7", Some("https://x.example/7"), Some("<p>x</p>")));
    }

    #[test]
    fn what_is_no_feed_is_told() {
        for wrong in ["", "<html><body>x</body></html>", "{}", "plain", "<rss version=\"2.0\">"] {
            if let Err(problem) = parse_feed(wrong.as_bytes(), None) {
                assert_eq!(problem.code(), "bad-feed");
            }
        }
        assert!(parse_feed(b"<html></html>", None).is_err());
        assert_eq!(web_address("javascript:alert(1)", None), None);
        assert_eq!(web_address("file:///etc/passwd", None), None);
    }

    proptest! {
        #[test]
        fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), start in 0..3_usize) {
            let start = ["", "<rss version=\"2.0\"><channel><item>", "{\"version\": \"https://jsonfeed.org/version/1\","][start];
            let _ = parse_feed(&[start.as_bytes(), &bytes].concat(), None);
            let _ = parse_list(&bytes);
        }
    }
}
