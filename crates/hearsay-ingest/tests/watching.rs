//! Feeds followed to their articles: what is new, what is tried again, and that no step can be lost or doubled.
#![allow(clippy::unwrap_used, clippy::format_collect)]

use std::collections::BTreeMap;

use hearsay_ingest::Options;
use hearsay_ingest::feed::FeedEntry;
use hearsay_ingest::fetch::{Answer, FetchError, Fetched, Fetcher, Request};
use hearsay_ingest::watch::{Cursor, Step, Watcher};
use jiff::Timestamp;

const FEED: &str = "https://wire.example/feed";

/// A web of prepared answers.
#[derive(Default)]
struct Web {
    pages: BTreeMap<String, Result<Answer, FetchError>>,
    asked: Vec<Request>,
}

impl Web {
    fn put(&mut self, url: &str, media_type: &str, body: &str) {
        let headers = vec![("Content-Type".to_owned(), media_type.to_owned()), ("ETag".to_owned(), tag(body))];
        let captured = now();
        let answer = Answer { url: url.to_owned(), moved: false, captured, status: 200, headers, body: body.as_bytes().to_vec() };
        self.pages.insert(url.to_owned(), Ok(answer));
    }

    fn fail(&mut self, url: &str, status: u16) {
        self.pages.insert(url.to_owned(), Err(FetchError::Status { url: url.to_owned(), status }));
    }

    /// A feed of the items with these numbers, the newest first, and a page for each.
    fn news(&mut self, numbers: &[u32]) {
        let items: String = numbers.iter().map(|n| item(*n, "Short.")).collect();
        self.put(FEED, "application/rss+xml", &feed(&items));
        for number in numbers {
            self.put(&url(*number), "text/html", &format!("<p>{}</p>", story(*number)));
        }
    }
}

impl Fetcher for Web {
    fn fetch(&mut self, request: &Request) -> Result<Fetched, FetchError> {
        self.asked.push(request.clone());
        let missing = || Err(FetchError::Status { url: request.url.clone(), status: 404 });
        let answer = self.pages.get(&request.url).cloned().unwrap_or_else(missing)?;
        let etag = answer.headers.iter().find(|(name, _)| name == "ETag").map(|(_, value)| value.clone());
        Ok(if request.etag.is_some() && request.etag == etag { Fetched::NotModified } else { Fetched::Answer(answer) })
    }
}

/// Another one for another body.
fn tag(body: &str) -> String {
    format!("\"{}\"", body.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))))
}

fn feed(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>Wire Example</title>{items}</channel></rss>")
}

fn item(number: u32, description: &str) -> String {
    format!(
        "<item><title>News {number}</title><link>{}</link><guid>{number}</guid><pubDate>Thu, 11 Feb 2016 09:30:00 GMT</pubDate>\
         <description><![CDATA[{description}]]></description></item>",
        url(number)
    )
}

fn url(number: u32) -> String {
    format!("https://wire.example/{number}")
}

fn story(number: u32) -> String {
    format!("The army said on day {number} that it had taken the town, and the rebels denied it. Both said that the fighting went on. ").repeat(3)
}

fn now() -> Timestamp {
    "2016-02-11T12:00:00Z".parse().unwrap()
}

fn poll(web: &mut Web, cursor: Cursor) -> Vec<Step> {
    let watcher = Watcher::new(Options::default());
    watcher.poll(&FeedEntry { url: FEED.to_owned(), title: None }, cursor, now(), web).collect()
}

fn texts(steps: &[Step]) -> Vec<u32> {
    let number = |text: &str| text.split_whitespace().nth(5).unwrap().parse().unwrap();
    steps.iter().filter_map(|step| Some(number(&step.record.as_ref()?.document.text))).collect()
}

fn last(steps: &[Step]) -> Cursor {
    // As it comes back from the store.
    Cursor::from_json(&steps.last().unwrap().cursor.to_json()).unwrap()
}

#[test]
fn new_items_are_followed_once_the_oldest_first() {
    let mut web = Web::default();
    web.news(&[3, 2, 1]);
    let steps = poll(&mut web, Cursor::default());
    assert_eq!(texts(&steps), [1, 2, 3]);
    let record = steps[0].record.as_ref().unwrap();
    assert_eq!((record.document.title.as_deref(), record.document.publisher.as_deref()), (Some("News 1"), Some("Wire Example")));
    assert_eq!((record.document.published, record.document.url.as_deref()), (Some("2016-02-11".parse().unwrap()), Some(url(1).as_str())));
    assert_eq!((record.raw.captured, record.raw.file.as_str()), (Some(now()), url(1).as_str()));
    web.asked.clear();
    let steps = poll(&mut web, last(&steps));
    assert_eq!((texts(&steps), web.asked.len()), (vec![], 1), "unchanged: the feed alone is asked");
    web.news(&[4, 3, 2]);
    assert_eq!(texts(&poll(&mut web, last(&steps))), [4]);
}

#[test]
fn a_stop_after_any_step_loses_and_doubles_nothing() {
    let mut web = Web::default();
    web.news(&[4, 3, 2, 1]);
    let whole = poll(&mut web, Cursor::default());
    for stop in 0..whole.len() {
        let before = &whole[..stop];
        let cursor = if stop == 0 { Cursor::default() } else { last(before) };
        let after = poll(&mut web, cursor);
        assert_eq!([texts(before), texts(&after)].concat(), [1, 2, 3, 4], "stopped after {stop}");
    }
}

#[test]
fn pages_that_cannot_be_had_are_tried_again_and_given_up() {
    let mut web = Web::default();
    web.news(&[2, 1]);
    web.fail(&url(1), 503);
    let mut cursor = Cursor::default();
    for tries in 1..=5 {
        let steps = poll(&mut web, cursor);
        cursor = last(&steps);
        let told: Vec<String> = steps.iter().flat_map(|step| &step.problems).map(ToString::to_string).collect();
        assert_eq!(told, ["https://wire.example/1: not fetched: https://wire.example/1: the server answered 503"], "{tries}");
        assert_eq!(cursor.pending.len(), usize::from(tries < 5));
    }
    assert_eq!(poll(&mut web, cursor.clone()).len(), 1);
    // Had it come back in between:
    cursor.seen.clear();
    web.news(&[2, 1]);
    cursor.etag = None;
    assert_eq!(texts(&poll(&mut web, cursor)), [1, 2]);
}

#[test]
fn the_text_of_the_feed_does_where_the_page_is_closed() {
    let mut web = Web::default();
    web.news(&[2, 1]);
    let long = format!("<p>{}</p><p>{}</p>", story(1), story(1));
    web.put(FEED, "application/rss+xml", &feed(&[item(2, "Short."), item(1, &long)].concat()));
    web.fail(&url(1), 403);
    web.fail(&url(2), 403);
    let steps = poll(&mut web, Cursor::default());
    assert_eq!(texts(&steps), [1]);
    assert_eq!(steps[0].problems[0].kind.code(), "text-of-feed");
    assert_eq!(steps[1].problems[0].kind.code(), "not-fetched");
    web.put(&url(3), "application/pdf", "%PDF");
    web.put(FEED, "application/rss+xml", &feed(&item(3, "")));
    let steps = poll(&mut web, last(&steps));
    assert!(steps[0].problems[0].to_string().ends_with("it is no page but application/pdf"), "{:?}", steps[0].problems);
}

#[test]
fn feeds_that_fail_are_left_alone_longer_and_longer() {
    let mut web = Web::default();
    web.fail(FEED, 500);
    let steps = poll(&mut web, Cursor::default());
    assert_eq!((steps.len(), last(&steps).not_before.unwrap().to_string()), (1, "2016-02-11T12:15:00Z".to_owned()));
    assert_eq!(poll(&mut web, last(&steps)).len(), 0, "not before its time");
    let cursor = Cursor { not_before: None, ..last(&steps) };
    let steps = poll(&mut web, cursor);
    assert_eq!(last(&steps).not_before.unwrap().to_string(), "2016-02-11T12:30:00Z");
    web.put(FEED, "text/html", "<html>Not a feed</html>");
    let steps = poll(&mut web, Cursor { not_before: None, ..last(&steps) });
    assert_eq!(steps[0].problems[0].kind.code(), "bad-feed");
    web.news(&[1]);
    let steps = poll(&mut web, Cursor { not_before: None, ..last(&steps) });
    assert_eq!((last(&steps).failures, last(&steps).not_before), (0, None));
}
