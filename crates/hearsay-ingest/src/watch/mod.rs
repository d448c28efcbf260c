//! What is new in a feed, as records: the feed is asked, and each new item followed to its page.
//!
//! The caller keeps a [`Cursor`] for each feed. Every [`Step`] carries the cursor as it is with that step; stored in one
//! transaction with the step's record, a crash at any moment loses no article and doubles none. The feed's own mark
//! (`ETag`) moves only with the last step, so that an interrupted poll is taken up again.

mod cursor;

use std::collections::VecDeque;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub use self::cursor::{Cursor, CursorError, Pending};
use crate::coding;
use crate::feed::{FeedEntry, parse_feed};
use crate::fetch::{Answer, FetchError, Fetched, Fetcher, Request};
use crate::first_bytes::FirstBytes;
use crate::page::{self, LazyTables, PageTables};
use crate::problem::{Problem, ProblemKind, excerpt};
use crate::reader::{Found, Options, Raw};
use crate::record::{RawRecord, Record, header};
use crate::records::note_language;
use crate::warc;

/// An item whose page cannot be had is given up after so many polls.
const MOST_TRIES: u32 = 5;
/// A feed that fails is asked again after this, doubled with each further failure.
const FIRST_PAUSE: Duration = Duration::from_secs(15 * 60);
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);
/// A shorter text of a feed is a teaser, which says less than the article and not always the same.
const FEWEST_CHARACTERS: usize = 500;

/// Polls feeds.
pub struct Watcher {
    options: Options,
    tables: LazyTables,
    first_bytes: FirstBytes,
}

/// One step of a poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// A new article. The warnings about it are in `problems`.
    pub record: Option<Record>,
    /// What went wrong with the feed or with this article.
    pub problems: Vec<Problem>,
    /// How far the feed is taken in with this step.
    pub cursor: Cursor,
}

/// A poll of one feed, step by step; see [`Watcher::poll`].
pub struct Poll<'a> {
    watcher: &'a Watcher,
    fetcher: &'a mut dyn Fetcher,
    feed: &'a FeedEntry,
    now: Timestamp,
    cursor: Cursor,
    /// The name that the feed gives itself.
    publisher: Option<String>,
    state: State,
}

enum State {
    Asking,
    /// Items to follow, and the feed's marks that hold when all are done.
    Following {
        items: VecDeque<Pending>,
        marks: Option<Marks>,
    },
    Done,
}

struct Marks {
    etag: Option<String>,
    last_modified: Option<String>,
    ids: Vec<String>,
}

impl Watcher {
    /// A watcher that reads pages by `options`. What is `given` there about title, publisher and day goes before what
    /// pages and feeds say.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, tables: LazyTables::new(PageTables::load), first_bytes: FirstBytes::load() }
    }

    /// Asks `feed` for what is new since `cursor` and follows it, oldest first. `now` decides whether the feed may be asked
    /// again already; if not, there are no steps.
    pub fn poll<'a>(&'a self, feed: &'a FeedEntry, cursor: Cursor, now: Timestamp, fetcher: &'a mut dyn Fetcher) -> Poll<'a> {
        let state = if cursor.not_before.is_some_and(|time| now < time) { State::Done } else { State::Asking };
        Poll { watcher: self, fetcher, feed, now, cursor, publisher: None, state }
    }
}

impl Iterator for Poll<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if matches!(self.state, State::Asking) {
            match self.ask() {
                Ok(state) => self.state = state,
                Err((problem, until)) => return Some(self.fail(problem, until)),
            }
        }
        let State::Following { items, marks } = &mut self.state else { return None };
        if let Some(item) = items.pop_front() {
            return Some(self.follow(item));
        }
        let marks = marks.take();
        self.state = State::Done;
        if let Some(marks) = marks {
            self.cursor.forget(marks.ids.iter().map(String::as_str));
            (self.cursor.etag, self.cursor.last_modified) = (marks.etag, marks.last_modified);
        }
        (self.cursor.failures, self.cursor.not_before) = (0, None);
        Some(Step { record: None, problems: Vec::new(), cursor: self.cursor.clone() })
    }
}

impl Poll<'_> {
    /// Fetches the feed and makes the list of what is to be followed.
    fn ask(&mut self) -> Result<State, (ProblemKind, Option<Timestamp>)> {
        let url = self.cursor.moved_to.clone().unwrap_or_else(|| self.feed.url.clone());
        let request = Request { url, etag: self.cursor.etag.clone(), last_modified: self.cursor.last_modified.clone() };
        let mut items: VecDeque<Pending> = self.cursor.pending.iter().cloned().collect();
        let answer = match self.fetcher.fetch(&request) {
            Ok(Fetched::Answer(answer)) => answer,
            Ok(Fetched::NotModified) => return Ok(State::Following { items, marks: None }),
            Err(error) => {
                let until = if let FetchError::Later { until, .. } = error { Some(until) } else { None };
                return Err((not_fetched(&error, true), until));
            }
        };
        let body = coding::undo(answer.body, &answer.headers, self.watcher.options.limits.document_bytes).map_err(|problem| (problem, None))?;
        let feed = parse_feed(&body, Some(&answer.url)).map_err(|problem| (problem, None))?;
        if answer.moved {
            self.cursor.moved_to = Some(answer.url);
        }
        self.publisher = feed.title.or_else(|| self.feed.title.clone());
        let ids = feed.items.iter().map(|item| item.id.clone()).collect();
        // The newest stand first in a feed.
        for item in feed.items.into_iter().rev() {
            if !self.cursor.has_seen(&item.id) && !items.iter().any(|other| other.id == item.id) {
                items.push_back(item.into());
            }
        }
        let mark = |name| header(&answer.headers, name).map(str::to_owned);
        Ok(State::Following { items, marks: Some(Marks { etag: mark("etag"), last_modified: mark("last-modified"), ids }) })
    }

    /// Ends the poll of a feed that could not be read.
    fn fail(&mut self, kind: ProblemKind, until: Option<Timestamp>) -> Step {
        self.state = State::Done;
        let doubled = 1_u32.checked_shl(self.cursor.failures.min(16)).unwrap_or(u32::MAX);
        let pause = FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE);
        let pause = SignedDuration::try_from(pause).ok().and_then(|pause| self.now.checked_add(pause).ok());
        self.cursor.not_before = pause.max(until);
        self.cursor.failures = self.cursor.failures.saturating_add(1);
        let problem = Problem { file: self.feed.url.clone(), line: None, byte: None, kind };
        Step { record: None, problems: vec![problem], cursor: self.cursor.clone() }
    }

    /// Follows an item to its page; where that cannot be read, the feed's own text does, if it is long enough.
    fn follow(&mut self, mut item: Pending) -> Step {
        item.tries += 1;
        let found = match self.page(&item) {
            Ok(found) => found,
            Err(problem) => {
                let again = matches!(problem, ProblemKind::NotFetched { again: true, .. });
                if again && item.tries < MOST_TRIES {
                    let file = item.url.clone().unwrap_or_else(|| self.feed.url.clone());
                    self.cursor.postpone(item);
                    let problem = Problem { file, line: None, byte: None, kind: problem };
                    return Step { record: None, problems: vec![problem], cursor: self.cursor.clone() };
                }
                let given_up = match problem {
                    ProblemKind::NotFetched { reason, .. } => ProblemKind::NotFetched { reason, again: false },
                    other => other,
                };
                self.text_of_feed(&item, given_up)
            }
        };
        self.cursor.done(&item.id);
        self.step(&item, found)
    }

    /// The article on the page of an item.
    fn page(&mut self, item: &Pending) -> Result<Found, ProblemKind> {
        let nothing = |reason: &str| ProblemKind::NotFetched { reason: reason.to_owned(), again: false };
        let url = item.url.clone().ok_or_else(|| nothing("the item has no address"))?;
        let answer = match self.fetcher.fetch(&Request { url, ..Request::default() }) {
            Ok(Fetched::Answer(answer)) => answer,
            Ok(Fetched::NotModified) => return Err(nothing("the server says that it was fetched before")),
            Err(error) => return Err(not_fetched(&error, error.again())),
        };
        let Answer { url, captured, headers, body, .. } = answer;
        let media_type = header(&headers, "content-type").map(excerpt).unwrap_or_default();
        let Watcher { options, tables, first_bytes } = self.watcher;
        let answer = warc::Answer { headers, body, url: Some(url), captured: Some(captured) };
        let found = warc::read_answer(answer, &options.given, &options.limits, tables, first_bytes)?;
        let found = found.ok_or_else(|| nothing(&format!("it is no page but {media_type}")))?;
        match (&found.document, found.problems.first()) {
            (None, Some(problem)) => Err(problem.clone()),
            _ => Ok(found),
        }
    }

    /// The text that the feed gives of an item, or `problem` again.
    fn text_of_feed(&self, item: &Pending, problem: ProblemKind) -> Found {
        let Some(html) = &item.html else { return problem.into() };
        let Watcher { options, tables, .. } = self.watcher;
        let mut found = page::read(html.as_bytes(), Some(encoding_rs::UTF_8), &options.given, &options.limits, tables);
        let Some(document) = found.document.as_mut().filter(|document| document.text.chars().count() >= FEWEST_CHARACTERS) else {
            return problem.into();
        };
        document.url.clone_from(&item.url);
        found.problems.insert(0, ProblemKind::TextOfFeed { reason: problem.to_string() });
        found.raw = Some(Raw { url: item.url.clone(), captured: Some(self.now), ..Raw::of(html.clone().into_bytes()) });
        found
    }

    /// The step of an item that is done with. What the page leaves open is filled in from the feed.
    fn step(&self, item: &Pending, found: Found) -> Step {
        let Found { document, raw, mut problems } = found;
        let file = item.url.clone().unwrap_or_else(|| self.feed.url.clone());
        let record = document.map(|mut document| {
            document.title = document.title.take().or_else(|| item.title.clone());
            document.publisher = document.publisher.take().or_else(|| self.publisher.clone());
            document.published = document.published.or_else(|| Some(TimeZone::UTC.to_datetime(item.published?).date()));
            problems.extend(note_language(&mut document));
            let raw = raw.unwrap_or_default();
            let known = RawRecord::new(&file, raw.bytes);
            Record { raw: RawRecord { captured: raw.captured, headers: raw.headers, url: raw.url, ..known }, document }
        });
        let problems = problems.into_iter().map(|kind| Problem { file: file.clone(), line: None, byte: None, kind }).collect();
        Step { record, problems, cursor: self.cursor.clone() }
    }
}

fn not_fetched(error: &FetchError, again: bool) -> ProblemKind {
    ProblemKind::NotFetched { reason: excerpt_long(&error.to_string()), again }
}

/// A message of the network, freed of control characters; it names an address and may be long.
fn excerpt_long(message: &str) -> String {
    const MOST_CHARACTERS: usize = 300;
    message.chars().take(MOST_CHARACTERS).flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}
