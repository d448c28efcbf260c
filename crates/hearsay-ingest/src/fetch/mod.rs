//! Fetching pages and feeds, politely: what may be fetched is asked first, no site is asked often, what is unchanged is
//! not sent again, and a site in trouble is left alone.
//!
//! [`Fetcher`] is what [`watch`](crate::watch) needs. [`PoliteFetcher`] is the one there is: it keeps the manners, over a
//! [`Transport`] that exchanges one request for one answer ([`HttpTransport`], or one for tests) and a [`Clock`].

mod address;
mod client;
mod polite;
mod robots;

use std::time::Duration;

use jiff::Timestamp;

pub(crate) use self::address::is_private;
pub use self::client::HttpTransport;
pub use self::polite::PoliteFetcher;
pub use self::robots::Robots;

/// What to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The address, `http` or `https`.
    pub url: String,
    /// The `ETag` of the copy that is there already.
    pub etag: Option<String>,
    /// The `Last-Modified` of the copy that is there already.
    pub last_modified: Option<String>,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// An answer with a body.
    Answer(Answer),
    /// It is as it was.
    NotModified,
}

/// A good answer of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The address that answered, after redirections.
    pub url: String,
    /// Whether all redirections on the way are meant for good, so that `url` should be asked next time.
    pub moved: bool,
    /// When it came.
    pub captured: Timestamp,
    /// Status, 200 to 299.
    pub status: u16,
    /// Headers, in their order.
    pub headers: Vec<(String, String)>,
    /// Body as it was sent, in its content coding.
    pub body: Vec<u8>,
}

/// Why something was not fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// An address that is none, is of another kind than `http` and `https`, or leads into a private network.
    #[error("{url}: {reason}")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The site's `robots.txt` forbids it.
    #[error("{url}: the site's robots.txt forbids it")]
    Forbidden {
        /// The address.
        url: String,
    },
    /// The server refused or failed.
    #[error("{url}: the server answered {status}")]
    Status {
        /// The address.
        url: String,
        /// The status.
        status: u16,
    },
    /// Too many redirections, or one that leads nowhere.
    #[error("{url}: redirected too often, or to nowhere")]
    Redirected {
        /// The address.
        url: String,
    },
    /// The answer is too large.
    #[error("{url}: larger than {limit} bytes")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: usize,
    },
    /// The site asks to be left alone until then, or its share of requests is used up.
    #[error("{url}: not to be asked before {until}")]
    Later {
        /// The address.
        url: String,
        /// When to try again.
        until: Timestamp,
    },
    /// No connection, or it broke or took too long.
    #[error("{url}: {reason}")]
    Connection {
        /// The address.
        url: String,
        /// What happened.
        reason: String,
    },
    /// The client itself could not be made ready, for want of certificates for example.
    #[error("cannot fetch anything: {reason}")]
    Client {
        /// What is missing.
        reason: String,
    },
}

impl FetchError {
    /// Whether it is worth trying again later.
    #[must_use]
    pub fn again(&self) -> bool {
        match self {
            Self::Later { .. } | Self::Connection { .. } => true,
            Self::Status { status, .. } => is_passing(*status),
            _ => false,
        }
    }
}

/// Whether a status means trouble that passes.
pub(crate) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// Fetches.
pub trait Fetcher {
    /// Fetches `request`, following redirections. May wait.
    ///
    /// # Errors
    ///
    /// See [`FetchError`].
    fn fetch(&mut self, request: &Request) -> Result<Fetched, FetchError>;
}

/// An answer of a server, of whatever status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Headers, in their order.
    pub headers: Vec<(String, String)>,
    /// Body as it was sent.
    pub body: Vec<u8>,
}

/// What a [`Transport`] can fail by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The body is larger than allowed.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// No connection, or it broke or took too long.
    #[error("{reason}")]
    Connection {
        /// What happened.
        reason: String,
    },
}

/// Exchanges one request for one answer, without following redirections.
pub trait Transport {
    /// Gets `url` with these headers, at most `limit` bytes of body.
    ///
    /// # Errors
    ///
    /// See [`TransportError`].
    fn get(&mut self, url: &url::Url, headers: &[(&str, &str)], limit: usize) -> Result<Reply, TransportError>;
}

/// Tells the time and waits.
pub trait Clock {
    /// Now.
    fn now(&mut self) -> Timestamp;
    /// Waits.
    fn wait(&mut self, time: Duration);
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&mut self) -> Timestamp {
        Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn wait(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// The manners of a [`PoliteFetcher`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Politeness {
    /// User agent: product token, version, and best an address where its owner can be found.
    pub agent: String,
    /// Time between two requests to one host; what its `robots.txt` asks for, if that is more. 2 s.
    pub delay: Duration,
    /// Requests to one host within an hour. 600.
    pub requests_an_hour: u32,
    /// Longest wait in place; where more is asked for, the error says until when. 1 min.
    pub longest_wait: Duration,
    /// Tries of one request, where the trouble may pass. 3.
    pub tries: u32,
    /// Wait before the second try, where the server names none; doubled for each further one. 5 s.
    pub first_pause: Duration,
    /// Redirections followed. 5.
    pub redirects: u32,
    /// Time for the connection to be made. 10 s.
    pub connect_time: Duration,
    /// Time for one answer, from the first byte sent to the last received. 60 s.
    pub answer_time: Duration,
    /// Bytes of one body as it is sent. 16 MiB.
    pub body_bytes: usize,
    /// How long a `robots.txt` is remembered. 24 h, the most that RFC 9309 allows.
    pub robots_age: Duration,
    /// Whether addresses of private networks and of the machine itself may be fetched. A feed could send the reader
    /// there, so it is off.
    pub private_addresses: bool,
}

impl Default for Politeness {
    fn default() -> Self {
        Self {
            agent: concat!("Hearsay/", env!("CARGO_PKG_VERSION")).to_owned(),
            delay: Duration::from_secs(2),
            requests_an_hour: 600,
            longest_wait: Duration::from_secs(60),
            tries: 3,
            first_pause: Duration::from_secs(5),
            redirects: 5,
            connect_time: Duration::from_secs(10),
            answer_time: Duration::from_secs(60),
            body_bytes: 16 * 1024 * 1024,
            robots_age: Duration::from_secs(24 * 60 * 60),
            private_addresses: false,
        }
    }
}
