//! Manners, told by a clock and a network of the test's own, and the real client against a server on this machine.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use hearsay_ingest::fetch::{
    Answer, Clock, FetchError, Fetched, Fetcher as _, HttpTransport, PoliteFetcher, Politeness, Reply, Request, SystemClock, Transport,
    TransportError,
};
use jiff::{SignedDuration, Timestamp};
use url::Url;

/// A network and a clock in one, so that requests and waits stand in one list.
#[derive(Clone, Default)]
struct World(Rc<RefCell<Inner>>);

#[derive(Default)]
struct Inner {
    now: Timestamp,
    pages: BTreeMap<String, Vec<Result<Reply, TransportError>>>,
    log: Vec<String>,
    sent: Vec<(String, String)>,
}

impl World {
    /// Answers to an address, one request after the other; the last stays.
    fn put(&self, url: &str, replies: impl IntoIterator<Item = Reply>) {
        self.0.borrow_mut().pages.insert(url.to_owned(), replies.into_iter().map(Ok).collect());
    }

    fn log(&self) -> Vec<String> {
        std::mem::take(&mut self.0.borrow_mut().log)
    }

    fn fetcher(&self, politeness: Politeness) -> PoliteFetcher<Self, Self> {
        PoliteFetcher::new(self.clone(), self.clone(), politeness)
    }
}

impl Clock for World {
    fn now(&mut self) -> Timestamp {
        self.0.borrow().now
    }

    fn wait(&mut self, time: Duration) {
        let mut inner = self.0.borrow_mut();
        inner.now += SignedDuration::try_from(time).unwrap();
        inner.log.push(format!("wait {}", time.as_secs()));
    }
}

impl Transport for World {
    fn get(&mut self, url: &Url, headers: &[(&str, &str)], _: usize) -> Result<Reply, TransportError> {
        let mut inner = self.0.borrow_mut();
        inner.log.push(url.path().to_owned());
        inner.sent = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        match inner.pages.get_mut(url.as_str()) {
            Some(replies) if replies.len() > 1 => replies.remove(0),
            Some(replies) => replies[0].clone(),
            None => Ok(reply(404, &[], "")),
        }
    }
}

fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Reply { status, headers, body: body.as_bytes().to_vec() }
}

fn request(url: &str) -> Request {
    Request { url: url.to_owned(), ..Request::default() }
}

fn answer(fetched: Result<Fetched, FetchError>) -> Answer {
    match fetched {
        Ok(Fetched::Answer(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

const SITE: &str = "https://wire.example";

#[test]
fn robots_are_asked_once_and_sites_are_not_hurried() {
    let world = World::default();
    world.put(&format!("{SITE}/robots.txt"), [reply(200, &[], "User-agent: hearsay\nDisallow: /private\nCrawl-delay: 7")]);
    world.put(&format!("{SITE}/a"), [reply(200, &[], "A")]);
    let mut fetcher = world.fetcher(Politeness::default());
    assert_eq!(answer(fetcher.fetch(&request(&format!("{SITE}/a")))).body, b"A");
    answer(fetcher.fetch(&request(&format!("{SITE}/a#part"))));
    assert_eq!(world.log(), ["/robots.txt", "wait 2", "/a", "wait 7", "/a"]);
    let error = fetcher.fetch(&request(&format!("{SITE}/private/x?y"))).unwrap_err();
    assert!(matches!(error, FetchError::Forbidden { .. }) && !error.again());
    assert!(world.log().is_empty());
    // Another site has its own queue.
    world.put("https://other.example/a", [reply(200, &[], "B")]);
    answer(fetcher.fetch(&request("https://other.example/a")));
    assert_eq!(world.log(), ["/robots.txt", "wait 2", "/a"]);
}

#[test]
fn robots_that_cannot_be_had_forbid_everything_for_now() {
    let world = World::default();
    world.put(&format!("{SITE}/robots.txt"), [reply(500, &[], "")]);
    let error = world.fetcher(Politeness::default()).fetch(&request(&format!("{SITE}/a"))).unwrap_err();
    assert!(matches!(error, FetchError::Later { .. }) && error.again(), "{error:?}");
    assert_eq!(world.log(), ["/robots.txt", "wait 5", "/robots.txt", "wait 10", "/robots.txt"]);
}

#[test]
fn what_is_known_is_not_sent_again() {
    let world = World::default();
    world.put(&format!("{SITE}/feed"), [reply(304, &[], "")]);
    let request = Request { url: format!("{SITE}/feed"), etag: Some("\"e\"".into()), last_modified: Some("Thu, 11 Feb 2016 09:30:00 GMT".into()) };
    assert_eq!(world.fetcher(Politeness::default()).fetch(&request), Ok(Fetched::NotModified));
    let sent = world.0.borrow().sent.clone();
    let value = |name: &str| sent.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
    assert_eq!((value("If-None-Match"), value("If-Modified-Since")), (Some("\"e\""), Some("Thu, 11 Feb 2016 09:30:00 GMT")));
    assert!(value("User-Agent").unwrap().starts_with("Hearsay/"));
}

#[test]
fn trouble_is_waited_out_or_put_off() {
    let world = World::default();
    let busy = |after: &str| reply(503, &[("Retry-After", after)], "");
    world.put(&format!("{SITE}/a"), [busy("20"), reply(200, &[], "A")]);
    let mut fetcher = world.fetcher(Politeness::default());
    answer(fetcher.fetch(&request(&format!("{SITE}/a"))));
    assert_eq!(world.log(), ["/robots.txt", "wait 2", "/a", "wait 20", "/a"]);
    world.put(&format!("{SITE}/b"), [busy("Thu, 01 Jan 1970 02:00:00 GMT")]);
    let error = fetcher.fetch(&request(&format!("{SITE}/b"))).unwrap_err();
    assert!(matches!(error, FetchError::Later { until, .. } if until.to_string() == "1970-01-01T02:00:00Z"), "{error:?}");
    world.log();
    assert!(matches!(fetcher.fetch(&request(&format!("{SITE}/a"))), Err(FetchError::Later { .. })), "the site is left alone");
    assert!(world.log().is_empty());
    let gone = world.fetcher(Politeness::default()).fetch(&request(&format!("{SITE}/gone"))).unwrap_err();
    assert!(matches!(gone, FetchError::Status { status: 404, .. }) && !gone.again());
}

#[test]
fn an_hour_has_its_share_of_requests() {
    let world = World::default();
    world.put(&format!("{SITE}/a"), [reply(200, &[], "A")]);
    let mut fetcher = world.fetcher(Politeness { requests_an_hour: 3, ..Politeness::default() });
    answer(fetcher.fetch(&request(&format!("{SITE}/a"))));
    answer(fetcher.fetch(&request(&format!("{SITE}/a"))));
    let error = fetcher.fetch(&request(&format!("{SITE}/a"))).unwrap_err();
    assert!(matches!(error, FetchError::Later { until, .. } if until.to_string() == "1970-01-01T01:00:00Z"), "{error:?}");
    world.0.borrow_mut().now = "1970-01-01T01:00:01Z".parse().unwrap();
    answer(fetcher.fetch(&request(&format!("{SITE}/a"))));
}

#[test]
fn redirections_are_followed_within_bounds() {
    let world = World::default();
    let to = |status, url: &str| [reply(status, &[("Location", url)], "")];
    world.put(&format!("{SITE}/old"), to(301, "/new#x"));
    world.put(&format!("{SITE}/new"), [reply(200, &[], "N")]);
    world.put(&format!("{SITE}/now"), to(302, "/old"));
    world.put(&format!("{SITE}/round"), to(302, "/round"));
    world.put(&format!("{SITE}/inside"), to(302, "http://169.254.169.254/latest"));
    world.put(&format!("{SITE}/file"), to(302, "file:///etc/passwd"));
    let mut fetcher = world.fetcher(Politeness::default());
    let mut fetch = |path: &str| fetcher.fetch(&request(&format!("{SITE}{path}")));
    let found = answer(fetch("/old"));
    assert_eq!((found.url, found.moved), (format!("{SITE}/new"), true));
    assert!(!answer(fetch("/now")).moved);
    assert!(matches!(fetch("/round"), Err(FetchError::Redirected { .. })));
    for path in ["/inside", "/file"] {
        assert!(matches!(fetch(path), Err(FetchError::Address { .. })), "{path}");
    }
    for url in ["http://localhost/", "ftp://x.example/", "nonsense", "http://10.0.0.1/"] {
        assert!(matches!(world.fetcher(Politeness::default()).fetch(&request(url)), Err(FetchError::Address { .. })), "{url}");
    }
}

/// A server on this machine that gives `replies` in turn, one a connection, and then ends; and its address.
fn server(replies: Vec<Vec<u8>>) -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let handle = thread::spawn(move || {
        let mut asked = Vec::new();
        for reply in replies {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut text, mut piece) = (Vec::new(), [0; 1024]);
            while !text.ends_with(b"\r\n\r\n") {
                let count = stream.read(&mut piece).unwrap();
                text.extend_from_slice(&piece[..count]);
            }
            asked.push(String::from_utf8(text).unwrap());
            let _ = stream.write_all(&reply);
        }
        asked
    });
    (address, handle)
}

fn http(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

#[test]
fn the_real_client() {
    let politeness = Politeness {
        delay: Duration::ZERO,
        tries: 1,
        answer_time: Duration::from_secs(5),
        body_bytes: 1000,
        private_addresses: true,
        ..Politeness::default()
    };
    let transport = match HttpTransport::new(&politeness) {
        Ok(transport) => transport,
        Err(error) => return eprintln!("skipped: {error}"),
    };
    let (site, handle) = server(vec![
        http("404 Not Found", b""),
        http("302 Found\r\nLocation: /page", b""),
        http("200 OK\r\nETag: \"e\"\r\nContent-Encoding: gzip", b"\x1f\x8b not undone here"),
        http("304 Not Modified", b""),
        http("200 OK", &[b'x'; 2000]),
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\ncut".to_vec(),
    ]);
    let mut fetcher = PoliteFetcher::new(transport, SystemClock, politeness);
    let found = answer(fetcher.fetch(&request(&format!("{site}/start"))));
    assert_eq!((found.url, found.status, found.body), (format!("{site}/page"), 200, b"\x1f\x8b not undone here".to_vec()));
    let again = Request { url: format!("{site}/page"), etag: Some("\"e\"".into()), last_modified: None };
    assert_eq!(fetcher.fetch(&again), Ok(Fetched::NotModified));
    assert!(matches!(fetcher.fetch(&request(&format!("{site}/large"))), Err(FetchError::TooLarge { limit: 1000, .. })));
    assert!(matches!(fetcher.fetch(&request(&format!("{site}/cut"))), Err(FetchError::Connection { .. })));
    let asked = handle.join().unwrap();
    assert!(asked[0].starts_with("GET /robots.txt HTTP/1.1\r\n"));
    assert!(asked[3].to_ascii_lowercase().contains("if-none-match: \"e\""));
    // Nobody listens any more.
    assert!(matches!(fetcher.fetch(&request(&format!("{site}/gone"))), Err(FetchError::Connection { .. })));
}

#[test]
fn names_that_lead_inside_are_not_followed() {
    let Ok(mut transport) = HttpTransport::new(&Politeness::default()) else { return };
    let found = transport.get(&Url::parse("http://localhost:9/").unwrap(), &[], 10);
    assert!(matches!(&found, Err(TransportError::Connection { reason }) if reason.contains("no public address")), "{found:?}");
}
