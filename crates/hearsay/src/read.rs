//! `hearsay read`: articles in, who says what out.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::available_parallelism;

use anstream::AutoStream;
use anyhow::{Context as _, bail};
use hearsay_coder::Resources;
use hearsay_ingest::{Documents, Given, Limits, Problem, Source, documents, sources};
use hearsay_ledger::Document;

use crate::cli::{self, Format, WIDTHS};
use crate::codebook;
use crate::messages::{Level, Messages};
use crate::output::{Output, render};
use crate::pool::{self, Intake, Unwanted};
use crate::reading::{Page, Palette};
use crate::report::{DocumentReport, NOTHING_DONE, Totals, origin};

/// Columns of the reading where there is no terminal to ask.
const USUAL_WIDTH: u16 = 80;

/// Longer lines are tiring to read, however wide the terminal.
const WIDEST_OF_ITSELF: u16 = 100;

/// Runs the command and says how it went.
pub fn run(command: cli::Read) -> ExitCode {
    let messages = Messages::new(command.quiet, colour(command.color, &io::stderr()));
    let totals = read(command, &messages);
    messages.end_progress();
    match totals {
        Ok(totals) => {
            totals.sum_up(&messages);
            totals.exit_code()
        }
        Err(error) => {
            messages.say(Level::Error, &format_args!("{error:#}"), None);
            ExitCode::from(NOTHING_DONE)
        }
    }
}

fn read(command: cli::Read, messages: &Messages) -> anyhow::Result<Totals> {
    let page = page(command.width, command.color);
    let files = files(command.files)?;
    let (sources, problems) = sources(&files);
    if command.title.is_some() && files.len().max(sources.len()) > 1 {
        bail!("--title is the headline of one file, and there are {}", files.len().max(sources.len()));
    }
    let mut totals = Totals::default();
    for problem in &problems {
        totals.problem(problem, messages);
    }
    if sources.is_empty() {
        return Ok(totals);
    }
    let given = Given { title: command.title, publisher: command.publisher, published: command.published };
    let resources = resources(command.model.as_deref(), command.codebook.as_deref(), command.gazetteer.as_deref())?;
    let threads = command.threads.or_else(|| available_parallelism().ok()).map_or(1, std::num::NonZero::get);
    let work = move |item| read_item(item, command.format, page, &resources);
    let outcomes = pool::in_order(threads, move |intake| feed(intake, &sources, &given), work).context("cannot start the threads")?;
    write(outcomes, command.format, &mut totals, messages)?;
    Ok(totals)
}

/// The codebook, weights and gazetteer inside the program, with a user's codebook laid over ours, and the weights and the
/// gazetteer of other files, where they are named.
pub fn resources(model: Option<&Path>, folder: Option<&Path>, gazetteer: Option<&Path>) -> anyhow::Result<Resources> {
    // The codebook first: it is quick to read, and a mistake in it is soon told.
    let codebook = folder.map(codebook::load).transpose()?;
    let gazetteer = gazetteer.map(crate::gazetteer::load).transpose()?;
    let mut resources = match model {
        None => Resources::embedded().context("cannot load what the program needs to read")?,
        Some(path) => {
            let bytes = fs::read(path).with_context(|| format!("cannot read the model {}", path.display()))?;
            Resources::with_weights(bytes).with_context(|| format!("cannot use the model {}", path.display()))?
        }
    };
    if let Some(codebook) = codebook {
        resources = resources.with_codebook(codebook);
    }
    if let Some(gazetteer) = gazetteer {
        resources = resources.with_gazetteer(gazetteer);
    }
    Ok(resources)
}

/// The files to read: standard input where none is named, unless a person sits at it who would wonder.
pub fn files(named: Vec<PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
    match (named.is_empty(), io::stdin().is_terminal()) {
        (false, _) => Ok(named),
        (true, false) => Ok(vec![PathBuf::from("-")]),
        (true, true) => bail!("no file named and nothing piped in; `--help` shows how to name files"),
    }
}

/// The page that a reading is laid out for, `width` columns wide or as the terminal is.
pub fn page(width: Option<u16>, color: clap::ColorChoice) -> Page {
    let of_terminal = || console::Term::stdout().size_checked().map(|(_, columns)| columns.min(WIDEST_OF_ITSELF).max(*WIDTHS.start()));
    let width = width.or_else(of_terminal).unwrap_or(USUAL_WIDTH);
    Page { width: usize::from(width), palette: if colour(color, &io::stdout()) { Palette::Colour } else { Palette::Plain } }
}

/// Whether `stream` gets colour: as asked for, else by the stream and the environment (`NO_COLOR`, `TERM`).
pub fn colour<S: anstream::stream::RawStream>(asked: clap::ColorChoice, stream: &S) -> bool {
    match asked {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        clap::ColorChoice::Auto => AutoStream::choice(stream) != anstream::ColorChoice::Never,
    }
}

/// What comes out of an input.
enum Item {
    Document {
        file: String,
        document: Document,
    },
    Problem(Problem),
    /// The reader of inputs failed on this file, by a fault of its own.
    Lost {
        file: String,
    },
}

/// What becomes of an [`Item`].
enum Outcome {
    Read { rendered: String, report: DocumentReport },
    Problem(Problem),
    Failed { origin: String },
}

/// Puts everything that `sources` hold into the pool, in order. A fault in reading one of them must not cost the others,
/// nor pass in silence: it is told, and reading goes on behind it.
fn feed(intake: &Intake<Item, Outcome>, sources: &[Source], given: &Given) {
    let limits = Limits::default();
    let mut rest = sources;
    while !rest.is_empty() {
        let mut found = documents(rest, given, &limits);
        if catch_unwind(AssertUnwindSafe(|| put_all(intake, &mut found))).is_ok() {
            return;
        }
        let file = found.file().to_owned();
        let lost = rest.iter().position(|source| source.name() == file).unwrap_or(0);
        rest = rest.get(lost + 1..).unwrap_or_default();
        if intake.put(Item::Lost { file }).is_err() {
            return;
        }
    }
}

fn put_all(intake: &Intake<Item, Outcome>, found: &mut Documents<'_>) -> Result<(), Unwanted> {
    while let Some(next) = found.next() {
        intake.put(match next {
            Ok(document) => Item::Document { file: found.file().to_owned(), document },
            Err(problem) => Item::Problem(problem),
        })?;
    }
    Ok(())
}

fn read_item(item: Item, format: Format, page: Page, resources: &Resources) -> Outcome {
    match item {
        Item::Problem(problem) => Outcome::Problem(problem),
        Item::Lost { file } => Outcome::Failed { origin: file },
        Item::Document { file, document } => {
            let read = || {
                let reading = hearsay_coder::read(&document, resources);
                let rendered = render(format, page, &file, &document, &reading, &resources.codebook.conflict);
                Outcome::Read { rendered, report: DocumentReport::new(&file, &document, &reading.ledger, &reading.findings) }
            };
            // A fault in the coder costs this document alone.
            catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Outcome::Failed { origin: origin(&file, &document) })
        }
    }
}

/// Writes what was read and tells what was not, in the order of the inputs.
fn write(outcomes: impl Iterator<Item = Outcome>, format: Format, totals: &mut Totals, messages: &Messages) -> anyhow::Result<()> {
    let mut output = Output::new(io::stdout().lock(), format);
    let mut put = |output: &mut Output<_>, outcome| -> io::Result<()> {
        match outcome {
            Outcome::Problem(problem) => totals.problem(&problem, messages),
            Outcome::Failed { origin } => totals.failure(&origin, messages),
            Outcome::Read { rendered, report } => {
                totals.document(&report, messages);
                messages.advance();
                messages.aside(|| output.put(rendered))?;
            }
        }
        Ok(())
    };
    let written = outcomes.into_iter().try_for_each(|outcome| put(&mut output, outcome)).and_then(|()| messages.aside(|| output.end()));
    match written {
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}
