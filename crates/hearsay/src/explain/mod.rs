//! `hearsay explain`: the scores, rules and evidence behind the records of a sentence.
//!
//! [`target`] tells which sentences are meant, [`gather`] what is shown of them (as [`model`] says), [`page`] how it
//! looks for people. Nothing here decides anything about the text.

mod gather;
mod model;
mod page;
mod target;

use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hearsay_ingest::{Given, Limits, documents, sources};
use hearsay_ledger::Document;

use crate::cli::{self, ExplainFormat};
use crate::messages::{Level, Messages};
use crate::read;
use crate::report::{NOTHING_DONE, origin};
use target::Target;

/// So many ids of a file with several documents are named where none was asked for.
const IDS_NAMED: usize = 3;

/// Runs the command and says how it went.
pub fn run(command: cli::Explain) -> ExitCode {
    let messages = Messages::new(false, read::colour(command.color, &io::stderr()));
    match explain(command, &messages) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            messages.say(Level::Error, &format_args!("{error:#}"), None);
            ExitCode::from(NOTHING_DONE)
        }
    }
}

fn explain(command: cli::Explain, messages: &Messages) -> anyhow::Result<()> {
    let page = read::page(command.width, command.color);
    let target = Target::parse(&command.target)?;
    let given = Given { title: command.title, publisher: command.publisher, published: command.published };
    let (file, document) = find(&target, &given, messages)?;
    let resources = read::resources(command.model.as_deref(), command.codebook.as_deref(), command.gazetteer.as_deref())?;
    let reading = hearsay_coder::read(&document, &resources);
    let indices = target.indices(reading.ledger.sentences.len()).with_context(|| origin(&file, &document))?;
    let explanation = gather::explain(&document, &file, &reading, &resources.codebook, &indices);
    let printed = match command.format {
        ExplainFormat::Reading => page::render(&explanation, page),
        ExplainFormat::Json => serde_json::to_string_pretty(&explanation).context("cannot write the explanation as JSON")? + "\n",
    };
    match io::stdout().lock().write_all(printed.as_bytes()) {
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// The document that a target names, and the name of its file.
fn find(target: &Target, given: &Given, messages: &Messages) -> anyhow::Result<(String, Document)> {
    let (path, id) = target::file_and_id(&target.place);
    if path.is_dir() {
        bail!("{} is a folder; name one file in it", path.display());
    }
    let (sources, problems) = sources(std::slice::from_ref(&path));
    if let Some(problem) = problems.first() {
        bail!("{problem}");
    }
    let limits = Limits::default();
    let mut found = documents(&sources, given, &limits);
    let mut problems = Vec::new();
    let mut seen: Vec<Document> = Vec::new();
    let wanted = |document: &Document| id.as_ref().is_none_or(|id| *id == document.id);
    // With an id, up to the first document that has it; without one, far enough to tell whether there are others.
    while seen.len() <= if id.is_some() { 0 } else { IDS_NAMED } {
        match found.next() {
            Some(Ok(document)) if wanted(&document) => seen.push(document),
            Some(Ok(_)) => {}
            Some(Err(problem)) => problems.push(problem),
            None => break,
        }
    }
    let file = found.file().to_owned();
    if id.is_none() || seen.is_empty() {
        // What is wrong with other lines is of interest only where the document was not among the good ones.
        for problem in &problems {
            messages.say(problem_level(problem), problem, problem.help());
        }
    }
    match (seen.len(), &id) {
        (0, Some(id)) => bail!("{file} has no document with the id `{id}`"),
        (0, None) => bail!("{file} has no document that can be read"),
        (1, _) => {}
        _ => bail!("{}", several(&path, &file, &seen)),
    }
    seen.pop().map(|document| (file, document)).context("no document was read")
}

fn problem_level(problem: &hearsay_ingest::Problem) -> Level {
    match problem.severity() {
        hearsay_ingest::Severity::Error => Level::Error,
        hearsay_ingest::Severity::Warning => Level::Warning,
    }
}

/// Asks for one of several documents.
fn several(path: &Path, file: &str, seen: &[Document]) -> String {
    let ids: Vec<&str> = seen.iter().take(IDS_NAMED).map(|document| document.id.as_str()).collect();
    let more = if seen.len() > IDS_NAMED { ", …" } else { "" };
    let first = ids.first().unwrap_or(&"ID");
    format!("{file} holds several documents ({}{more}); name one, as in {}#{first}:1", ids.join(", "), path.display())
}

#[cfg(test)]
mod tests;
