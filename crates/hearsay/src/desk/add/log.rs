//! What is told while documents are added: a line for each, the problems, the totals, and the exit code they give.

use std::process::ExitCode;

use anyhow::Context as _;
use hearsay_ingest::Problem;
use hearsay_store::Error;
use serde_json::{Value, json};

use super::coded::Reading;
use crate::cli::{View, ViewFormat};
use crate::desk::{page, to_stdout, wire};
use crate::messages::Messages;
use crate::reading::{Page, Sheet, Tone, Words, count};
use crate::report::{NOTHING_DONE, SOMETHING_LOST, Totals};

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was read and stored.
    Added,
    /// It was stored without being read: it is in another language.
    Unread,
    /// The desk had it.
    Known,
}

impl Became {
    fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Unread => "added unread",
            Self::Known => "known",
        }
    }
}

/// The log of one run.
pub struct Log<'m> {
    format: ViewFormat,
    page: Page,
    messages: &'m Messages,
    told: Totals,
    added: usize,
    unread: usize,
    known: usize,
    /// The documents, where they are to be told as JSON.
    documents: Vec<Value>,
}

impl<'m> Log<'m> {
    /// An empty log, to be printed as `view` asks.
    pub fn new(view: &View, messages: &'m Messages) -> Self {
        Self { format: view.format, page: page(view), messages, told: Totals::default(), added: 0, unread: 0, known: 0, documents: Vec::new() }
    }

    /// A problem with an input.
    pub fn problem(&mut self, problem: &Problem) {
        self.told.problem(problem, self.messages);
    }

    /// A fault of the program.
    pub fn failure(&mut self, origin: &str) {
        self.told.failure(origin, self.messages);
    }

    /// A document that the desk does not take.
    pub fn refused(&mut self, file: &str, error: &Error) {
        self.told.error(&format_args!("{file}: {error}"), self.messages);
    }

    /// What ends the work.
    pub fn stopped(&mut self, error: &anyhow::Error) {
        self.told.error(&format_args!("{error:#}; what was added before is kept"), self.messages);
    }

    /// A document that is in the desk now, and what it says, if it was read.
    pub fn document(&mut self, file: &str, id: &str, became: Became, reading: Option<&Reading>) -> anyhow::Result<()> {
        *(match became {
            Became::Added => &mut self.added,
            Became::Unread => &mut self.unread,
            Became::Known => &mut self.known,
        }) += 1;
        if let Some(reading) = reading {
            self.told.document(&reading.report, self.messages);
        }
        self.messages.advance();
        let events = reading.map(|reading| reading.rows.events.len());
        match self.format {
            ViewFormat::Json => self.documents.push(json!({ "id": id, "file": file, "became": became.word(), "events": events })),
            ViewFormat::Reading => {
                let words = Words::new().say(Tone::Cue, became.word()).say(Tone::Source, id).part(Tone::Quiet, file);
                let words = events.into_iter().fold(words, |words, number| words.part(Tone::Quiet, &count(number, "event")));
                let mut sheet = Sheet::new(self.page);
                sheet.paragraph("", "  ", &words);
                self.messages.aside(|| to_stdout(&sheet.finish()))?;
            }
        }
        Ok(())
    }

    /// Tells the totals; gives what is left to print.
    pub fn end(&mut self) -> anyhow::Result<String> {
        let unread = if self.unread > 0 { format!(", {} of them unread", self.unread) } else { String::new() };
        let added = self.added + self.unread;
        self.messages.sum_up(&format!("{} added{unread}, {} known; {}", count(added, "document"), self.known, self.told));
        match self.format {
            ViewFormat::Reading => Ok(String::new()),
            ViewFormat::Json => {
                let documents = std::mem::take(&mut self.documents);
                let whole = wire::whole(json!({ "documents": documents, "errors": self.told.errors() }));
                Ok(serde_json::to_string_pretty(&whole).context("cannot write the answer as JSON")? + "\n")
            }
        }
    }

    /// The exit code of the run: a document that was known is one that is in the desk.
    pub fn exit_code(&self) -> ExitCode {
        match (self.added + self.unread + self.known, self.told.errors()) {
            (0, _) => ExitCode::from(NOTHING_DONE),
            (_, 0) => ExitCode::SUCCESS,
            _ => ExitCode::from(SOMETHING_LOST),
        }
    }
}
