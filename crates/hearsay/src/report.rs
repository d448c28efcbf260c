//! How a run went: what is told of each document and problem, the totals, and the exit code they give.

use std::collections::BTreeMap;
use std::fmt;
use std::process::ExitCode;

use hearsay_ingest::{Problem, Severity};
use hearsay_ledger::{Document, Finding, FindingCode, Ledger};

use crate::messages::{Level, Messages};
use crate::reading::{count, label};

/// The exit code where nothing was read.
pub const NOTHING_DONE: u8 = 2;

/// The exit code where something was not read, and the rest was.
pub const SOMETHING_LOST: u8 = 1;

/// So many findings of one code are told for each document; the others are counted.
const FINDINGS_TOLD: usize = 3;

/// Names a document for a person: its file, and its id where it brought one.
pub fn origin(file: &str, document: &Document) -> String {
    if document.id == Document::id_of(&document.text) { file.to_owned() } else { format!("{file} ({})", document.id) }
}

/// What is worth telling about one document that was read.
pub struct DocumentReport {
    attributions: usize,
    findings: BTreeMap<FindingCode, usize>,
    notes: Vec<(FindingCode, String)>,
}

impl DocumentReport {
    /// The report on what was found in `document`, which came from `file`.
    pub fn new(file: &str, document: &Document, ledger: &Ledger, found: &[Finding]) -> Self {
        let origin = origin(file, document);
        let mut findings = BTreeMap::new();
        let mut notes = Vec::new();
        for finding in found {
            let before = findings.entry(finding.code).or_insert(0);
            if *before < FINDINGS_TOLD {
                notes.push((finding.code, note(&origin, ledger, finding)));
            }
            *before += 1;
        }
        for (code, found) in findings.iter().filter(|(_, found)| **found > FINDINGS_TOLD) {
            notes.push((*code, format!("{origin}: {} more of the kind {}", found - FINDINGS_TOLD, code.as_str())));
        }
        Self { attributions: ledger.attributions.len(), findings, notes }
    }
}

fn note(origin: &str, ledger: &Ledger, finding: &Finding) -> String {
    let place = finding.span.map_or_else(String::new, |span| format!(" {}:", label(ledger, [span])));
    format!("{origin}:{place} {} [{}]", finding.message, finding.code.as_str())
}

/// What the user can do about a finding with the options of this program.
fn help(code: FindingCode) -> Option<&'static str> {
    (code == FindingCode::NoPublicationDate).then_some("name the day with --published")
}

/// The sums of a run.
#[derive(Debug, Default)]
pub struct Totals {
    documents: usize,
    attributions: usize,
    errors: usize,
    warnings: usize,
    findings: BTreeMap<FindingCode, usize>,
}

impl Totals {
    /// Counts and tells a document that was read.
    pub fn document(&mut self, report: &DocumentReport, messages: &Messages) {
        self.documents += 1;
        self.attributions += report.attributions;
        for (code, found) in &report.findings {
            *self.findings.entry(*code).or_insert(0) += found;
        }
        for (code, note) in &report.notes {
            messages.say(Level::Note, note, help(*code));
        }
    }

    /// Counts and tells a problem with an input.
    pub fn problem(&mut self, problem: &Problem, messages: &Messages) {
        let level = match problem.severity() {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        };
        *(if level == Level::Error { &mut self.errors } else { &mut self.warnings }) += 1;
        messages.say(level, problem, problem.help());
    }

    /// Counts and tells a fault of the program itself.
    pub fn failure(&mut self, origin: &str, messages: &Messages) {
        self.errors += 1;
        let message = format!("{origin}: not read, by a fault of this program");
        messages.say(Level::Error, &message, Some("please report it, with the text if you can"));
    }

    /// Counts and tells something else that was lost.
    pub fn error(&mut self, message: &dyn fmt::Display, messages: &Messages) {
        self.errors += 1;
        messages.say(Level::Error, message, None);
    }

    /// How many errors there were.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Tells the totals, where there is more than one thing to sum up.
    pub fn sum_up(&self, messages: &Messages) {
        if self.documents + self.errors > 1 {
            messages.sum_up(&self.to_string());
        }
    }

    /// The exit code of the run.
    pub fn exit_code(&self) -> ExitCode {
        match (self.documents, self.errors) {
            (0, _) => ExitCode::from(NOTHING_DONE),
            (_, 0) => ExitCode::SUCCESS,
            _ => ExitCode::from(SOMETHING_LOST),
        }
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} read, {}", count(self.documents, "document"), count(self.attributions, "attribution"))?;
        for (number, noun) in [(self.errors, "error"), (self.warnings, "warning")] {
            if number > 0 {
                write!(f, ", {}", count(number, noun))?;
            }
        }
        if !self.findings.is_empty() {
            let kinds: Vec<String> = self.findings.iter().map(|(code, found)| format!("{found} {}", code.as_str())).collect();
            write!(f, ", {} ({})", count(self.findings.values().sum(), "note"), kinds.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use hearsay_ledger::Span;

    use super::*;

    fn document(id: &str) -> Document {
        let text = "One. Two.".to_owned();
        Document { id: id.to_owned(), title: None, publisher: None, published: None, url: None, language: None, text }
    }

    fn finding(code: FindingCode, span: Option<Span>) -> Finding {
        Finding { code, span, message: "nobody before it fits".to_owned() }
    }

    #[test]
    fn notes_name_file_document_and_sentence_and_stay_few() {
        let sentences = [Span::new(0, 4), Span::new(5, 9)].into_iter().flatten().collect();
        let mut findings = vec![finding(FindingCode::UnresolvedSource, Span::new(5, 8)); 5];
        findings.push(finding(FindingCode::NoPublicationDate, None));
        let ledger = Ledger { sentences, ..Ledger::default() };
        let report = DocumentReport::new("a.jsonl", &document("d1"), &ledger, &findings);
        let notes: Vec<&str> = report.notes.iter().map(|(_, note)| note.as_str()).collect();
        let told = "a.jsonl (d1): s2: nobody before it fits [unresolved-source]";
        let rest = "a.jsonl (d1): 2 more of the kind unresolved-source";
        assert_eq!(notes, [told, told, told, "a.jsonl (d1): nobody before it fits [no-publication-date]", rest]);
    }

    #[test]
    fn a_document_that_brought_no_id_goes_by_its_file() {
        assert_eq!(origin("a.txt", &document(&Document::id_of("One. Two."))), "a.txt");
    }

    #[test]
    fn totals_name_what_there_is() {
        let mut totals = Totals { documents: 1, attributions: 0, ..Totals::default() };
        assert_eq!(totals.to_string(), "1 document read, 0 attributions");
        totals = Totals { documents: 2, attributions: 9, errors: 1, warnings: 2, findings: [(FindingCode::UnresolvedSource, 3)].into() };
        assert_eq!(totals.to_string(), "2 documents read, 9 attributions, 1 error, 2 warnings, 3 notes (3 unresolved-source)");
    }
}
