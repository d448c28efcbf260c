//! The manners: who is asked when, how often, and for what.

use std::collections::HashMap;
use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::address::is_private_host;
use super::robots::{self, Robots, product};
use super::{Answer, Clock, FetchError, Fetched, Fetcher, Politeness, Reply, Request, Transport, TransportError, is_passing};
use crate::record::header;

const HOUR: Duration = Duration::from_secs(60 * 60);
/// A site that asks for a longer pause is asked again after this.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, \
                      application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1";
/// Redirections of a `robots.txt` that are followed, by section 2.3.1.2 of RFC 9309.
const ROBOTS_REDIRECTS: u32 = 5;

/// A [`Fetcher`] with manners.
pub struct PoliteFetcher<T, C> {
    transport: T,
    clock: C,
    politeness: Politeness,
    sites: HashMap<String, Site>,
}

/// What is known of one scheme, host and port.
#[derive(Default)]
struct Site {
    /// When it may be asked next.
    next: Option<Timestamp>,
    /// Beginning of the hour that is counted, and requests in it.
    hour: Option<(Timestamp, u32)>,
    robots: Option<(Robots, Timestamp)>,
}

impl<T: Transport, C: Clock> PoliteFetcher<T, C> {
    /// A fetcher that has asked nobody yet.
    pub fn new(transport: T, clock: C, politeness: Politeness) -> Self {
        Self { transport, clock, politeness, sites: HashMap::new() }
    }

    /// Waits until the site of `url` may be asked, and counts the request.
    fn queue(&mut self, url: &Url) -> Result<(), FetchError> {
        let now = self.clock.now();
        let site = self.sites.entry(site_of(url)).or_default();
        let (hour, count) = site.hour.filter(|(begun, _)| since(*begun, now) < HOUR).unwrap_or((now, 0));
        let mut from = site.next.unwrap_or(now).max(now);
        if count >= self.politeness.requests_an_hour {
            from = from.max(later(hour, HOUR));
        }
        let wait = since(now, from);
        if wait > self.politeness.longest_wait {
            return Err(FetchError::Later { url: url.to_string(), until: from });
        }
        let asked = site.robots.as_ref().and_then(|(robots, _)| robots.delay).unwrap_or_default();
        site.next = Some(later(from, self.politeness.delay.max(asked)));
        site.hour = Some((hour, count + 1));
        if !wait.is_zero() {
            self.clock.wait(wait);
        }
        Ok(())
    }

    /// One request and its answer, tried again while the trouble may pass.
    fn exchange(&mut self, url: &Url, request: &Request, limit: usize) -> Result<Reply, FetchError> {
        let agent = self.politeness.agent.clone();
        let mut headers = vec![("User-Agent", agent.as_str()), ("Accept", ACCEPT), ("Accept-Encoding", "gzip")];
        headers.extend(request.etag.as_deref().map(|etag| ("If-None-Match", etag)));
        headers.extend(request.last_modified.as_deref().map(|date| ("If-Modified-Since", date)));
        let mut pause = self.politeness.first_pause;
        for left in (0..self.politeness.tries.max(1)).rev() {
            self.queue(url)?;
            let reply = self.transport.get(url, &headers, limit);
            let error = match reply {
                Ok(reply) if !is_passing(reply.status) => return Ok(reply),
                Ok(reply) => {
                    if let Some(asked) = retry_after(&reply, self.clock.now()) {
                        pause = asked;
                        self.leave_alone(url, pause);
                    }
                    FetchError::Status { url: url.to_string(), status: reply.status }
                }
                Err(TransportError::TooLarge { limit }) => return Err(FetchError::TooLarge { url: url.to_string(), limit }),
                Err(TransportError::Connection { reason }) => FetchError::Connection { url: url.to_string(), reason },
            };
            if left == 0 {
                return Err(error);
            }
            self.leave_alone(url, pause);
            pause = pause.saturating_mul(2);
        }
        Err(FetchError::Connection { url: url.to_string(), reason: "not tried".to_owned() })
    }

    /// Sees to it that the site of `url` is not asked for `pause`.
    fn leave_alone(&mut self, url: &Url, pause: Duration) {
        let until = later(self.clock.now(), pause.min(LONGEST_PAUSE));
        let site = self.sites.entry(site_of(url)).or_default();
        site.next = Some(site.next.unwrap_or(until).max(until));
    }

    /// Fails unless the `robots.txt` of the site lets `url` be fetched.
    fn ask_robots(&mut self, url: &Url) -> Result<(), FetchError> {
        let site = site_of(url);
        let now = self.clock.now();
        let known = self.sites.get(&site).and_then(|site| site.robots.as_ref());
        let fresh = known.is_some_and(|(_, read)| since(*read, now) < self.politeness.robots_age);
        if !fresh {
            let robots = self.fetch_robots(url)?;
            self.sites.entry(site.clone()).or_default().robots = Some((robots, now));
        }
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let allowed = self.sites.get(&site).and_then(|site| site.robots.as_ref()).is_some_and(|(robots, _)| robots.allows(&path));
        if allowed { Ok(()) } else { Err(FetchError::Forbidden { url: url.to_string() }) }
    }

    /// The `robots.txt` of the site of `url`. One that the site says it has not, allows everything; one that cannot be had
    /// for now forbids everything, and is asked for again later.
    fn fetch_robots(&mut self, url: &Url) -> Result<Robots, FetchError> {
        let nowhere = |url: &Url| FetchError::Redirected { url: url.to_string() };
        let mut at = url.join("/robots.txt").map_err(|_| nowhere(url))?;
        for _ in 0..=ROBOTS_REDIRECTS {
            self.check_address(&at)?;
            let request = Request { url: at.to_string(), ..Request::default() };
            // The bound is on what is looked at, not on what a site may have; twice it is enough to see the end of a line.
            let reply = match self.exchange(&at, &request, 2 * robots::MOST_BYTES) {
                Ok(reply) => reply,
                Err(FetchError::TooLarge { .. }) => return Ok(Robots::nothing_allowed()),
                Err(FetchError::Later { url, until }) => return Err(FetchError::Later { url, until }),
                Err(_) => {
                    let until = later(self.clock.now(), HOUR);
                    return Err(FetchError::Later { url: url.to_string(), until });
                }
            };
            match reply.status {
                200..=299 => {
                    let text = crate::coding::undo(reply.body, &reply.headers, 2 * robots::MOST_BYTES).unwrap_or_default();
                    return Ok(Robots::parse(&text, product(&self.politeness.agent)));
                }
                300..=399 => match redirection(&at, &reply) {
                    Some(next) => at = next,
                    None => break,
                },
                _ => break,
            }
        }
        Ok(Robots::default())
    }

    fn check_address(&self, url: &Url) -> Result<(), FetchError> {
        let reason = match url.host() {
            _ if !matches!(url.scheme(), "http" | "https") => "only http and https are fetched",
            None => "there is no host in it",
            Some(host) if !self.politeness.private_addresses && is_private_host(&host) => "it leads into a private network",
            Some(_) => return Ok(()),
        };
        Err(FetchError::Address { url: url.to_string(), reason })
    }
}

impl<T: Transport, C: Clock> Fetcher for PoliteFetcher<T, C> {
    fn fetch(&mut self, request: &Request) -> Result<Fetched, FetchError> {
        let mut url = Url::parse(request.url.trim()).map_err(|_| FetchError::Address { url: request.url.clone(), reason: "it is no address" })?;
        url.set_fragment(None);
        let mut for_good = true;
        for hop in 0..=self.politeness.redirects {
            self.check_address(&url)?;
            self.ask_robots(&url)?;
            let reply = self.exchange(&url, request, self.politeness.body_bytes)?;
            match reply.status {
                200..=299 => {
                    let moved = hop > 0 && for_good;
                    let Reply { status, headers, body } = reply;
                    return Ok(Fetched::Answer(Answer { url: url.into(), moved, captured: self.clock.now(), status, headers, body }));
                }
                304 => return Ok(Fetched::NotModified),
                301 | 302 | 303 | 307 | 308 => {
                    for_good &= matches!(reply.status, 301 | 308);
                    url = redirection(&url, &reply).ok_or_else(|| FetchError::Redirected { url: request.url.clone() })?;
                }
                status => return Err(FetchError::Status { url: url.into(), status }),
            }
        }
        Err(FetchError::Redirected { url: request.url.clone() })
    }
}

/// Where `reply` sends whoever asked for `url`.
fn redirection(url: &Url, reply: &Reply) -> Option<Url> {
    let mut next = url.join(header(&reply.headers, "location")?).ok()?;
    next.set_fragment(None);
    Some(next)
}

fn site_of(url: &Url) -> String {
    format!("{}://{}:{}", url.scheme(), url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// The pause that a server asks for: in seconds, or until a date.
fn retry_after(reply: &Reply, now: Timestamp) -> Option<Duration> {
    let value = header(&reply.headers, "retry-after")?;
    let seconds = value.parse().ok().map(Duration::from_secs);
    seconds.or_else(|| Some(since(now, rfc2822::parse(value).ok()?.timestamp()))).map(|pause| pause.min(LONGEST_PAUSE))
}

/// Time from `a` to `b`; none if `b` is not later.
fn since(a: Timestamp, b: Timestamp) -> Duration {
    Duration::try_from(b.duration_since(a)).unwrap_or_default()
}

/// `time` after `at`.
fn later(at: Timestamp, time: Duration) -> Timestamp {
    SignedDuration::try_from(time).ok().and_then(|time| at.checked_add(time).ok()).unwrap_or(Timestamp::MAX)
}
