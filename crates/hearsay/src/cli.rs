//! The command line: what may be typed, and its help. Every option is told at length in `docs/cli.md`.

mod desk;

pub use desk::{Add, Backup, Init, List, Part, Search, Show, Sources, StatusOf, Verify, View, ViewFormat, Wanted};

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use hearsay_ledger::Date;

/// Most threads that may be asked for; more would only wait for one another.
const MOST_THREADS: usize = 256;

/// Narrowest and widest page that may be asked for.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 20..=1000;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read
  1  something could not be read; the rest was
  2  nothing could be read, or the command line was wrong";

const EXPLAIN_EXIT_CODES: &str = "\
Exit codes:
  0  the sentences were explained
  2  they could not be, or the command line was wrong";

const BUILD_EXIT_CODES: &str = "\
Exit codes:
  0  every row was used
  1  some rows could not be used; the gazetteer was written without them
  2  no gazetteer was written, or the command line was wrong";

/// Reads conflict and diplomacy reporting and keeps a ledger of who says what happened.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What Hearsay can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and print who says what
    Read(Read),
    /// Show the scores, rules and evidence behind what was found in a sentence
    Explain(Explain),
    /// Make a codebook of your own
    Codebook(Codebook),
    /// Make a gazetteer of your own
    Gazetteer(Gazetteer),
    /// Make a desk: a folder or database that keeps articles with what they say
    Init(Init),
    /// Read articles and keep them in a desk
    Add(Add),
    /// List the documents of a desk
    Documents(List),
    /// List the events that the documents of a desk report
    Events(List),
    /// List the incidents of a desk: events of many documents that are one happening
    Incidents(List),
    /// List where accounts of one happening cannot all hold
    Disputes(List),
    /// List positions on stopping the fighting
    Truces(List),
    /// List who says things, how often, and with which stance
    Sources(Sources),
    /// Find documents by their words
    Search(Search),
    /// Show a document or incident of a desk
    Show(Show),
    /// Say what a desk holds
    Status(StatusOf),
    /// Check that a desk still holds what was put in
    Verify(Verify),
    /// Write a desk, as it is at one moment, to a file
    Backup(Backup),
}

/// `hearsay read`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Read {
    /// Files (.txt, .html, .jsonl) and folders to read; `-` or nothing for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Day of publication, YYYY-MM-DD, of articles that do not say
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,

    /// Outlet that printed the articles
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,

    /// Headline; for one file only
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Reading)]
    pub format: Format,

    /// Threads to read with [default: as many as the machine has cores]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<NonZeroUsize>,

    /// Model file to read with instead of the one inside the program (models/README.md)
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Folder with a codebook of your own, laid over ours (docs/codebook.md)
    #[arg(long, value_name = "FOLDER")]
    pub codebook: Option<PathBuf>,

    /// Gazetteer to find places in instead of the one inside the program (docs/gazetteer.md)
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,

    /// Columns of the reading [default: those of the terminal, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(i64::from(*WIDTHS.start())..=i64::from(*WIDTHS.end())))]
    pub width: Option<u16>,

    /// Print nothing but errors on standard error
    #[arg(long)]
    pub quiet: bool,
}

/// `hearsay explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXIT_CODES)]
pub struct Explain {
    /// Sentences to explain, by the numbers that `hearsay read` prints: `a.txt:3`, `a.txt:3-5`, `a.txt:3,7`; `-:3` is of
    /// standard input, `a.jsonl#ID:3` of a document in a file of several
    #[arg(value_name = "FILE:SENTENCE", allow_hyphen_values = true)]
    pub target: String,

    /// Day of publication, YYYY-MM-DD, of an article that does not say
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,

    /// Outlet that printed the article
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,

    /// Headline
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// What to print
    #[arg(long, value_enum, default_value_t = ExplainFormat::Reading)]
    pub format: ExplainFormat,

    /// Model file to read with instead of the one inside the program (models/README.md)
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,

    /// Folder with a codebook of your own, laid over ours (docs/codebook.md)
    #[arg(long, value_name = "FOLDER")]
    pub codebook: Option<PathBuf>,

    /// Gazetteer to find places in instead of the one inside the program (docs/gazetteer.md)
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,

    /// Columns of the page [default: those of the terminal, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(i64::from(*WIDTHS.start())..=i64::from(*WIDTHS.end())))]
    pub width: Option<u16>,
}

/// How an explanation is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people
    Reading,
    /// As JSON
    Json,
}

/// `hearsay codebook`.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub struct Codebook {
    /// What to do.
    #[command(subcommand)]
    pub command: CodebookCommand,
}

/// What can be done with codebooks.
#[derive(Debug, Subcommand)]
pub enum CodebookCommand {
    /// Make a codebook of dictionaries of PETRARCH or TABARI
    Import(Import),
}

/// `hearsay codebook import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Verb dictionary
    #[arg(long, value_name = "FILE")]
    pub verbs: Option<PathBuf>,

    /// Actor dictionary
    #[arg(long, value_name = "FILE")]
    pub actors: Option<PathBuf>,

    /// Agent dictionary
    #[arg(long, value_name = "FILE")]
    pub agents: Option<PathBuf>,

    /// Folder to write the codebook to
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,

    /// Print nothing but errors on standard error
    #[arg(long)]
    pub quiet: bool,
}

/// `hearsay gazetteer`.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub struct Gazetteer {
    /// What to do.
    #[command(subcommand)]
    pub command: GazetteerCommand,
}

/// What can be done with gazetteers.
#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Make a gazetteer of `GeoNames`' dump files
    Build(Build),
}

/// `hearsay gazetteer build`.
#[derive(Debug, Args)]
#[command(after_help = BUILD_EXIT_CODES)]
pub struct Build {
    /// Files to make it of, known by their names: countryInfo.txt, admin1CodesASCII.txt, admin2Codes.txt, cities*.txt,
    /// allCountries.txt, alternateNamesV2.txt, each also as .zip, and our countries.tsv, divisions.tsv, regions.tsv
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// File to write
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    /// Print nothing but errors on standard error
    #[arg(long)]
    pub quiet: bool,
}

/// What is printed for each document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Who says what, for people
    Reading,
    /// The ledger as JSON: an object, or an array of them where there are several documents
    Json,
    /// The ledger as JSON Lines: one object a line
    Jsonl,
    /// Words with part of speech and dependencies, as CoNLL-U
    Conllu,
}

/// A day of the calendar, written as ISO 8601 does.
fn day(text: &str) -> Result<Date, String> {
    // The parser takes other ISO forms too; one form is enough and cannot be misread.
    text.parse().ok().filter(|day: &Date| day.to_string() == text).ok_or_else(|| "not a day of the form YYYY-MM-DD, such as 2016-02-11".to_owned())
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= MOST_THREADS).ok_or_else(|| format!("not a number from 1 to {MOST_THREADS}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn days_have_one_form() {
        assert_eq!(day("2016-02-29").unwrap(), Date::constant(2016, 2, 29));
        for wrong in ["2015-02-29", "20160211", "2016-02-11T10:00", "11/02/2016", "2016-2-11", ""] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn threads_are_bounded() {
        assert!(threads("0").is_err() && threads("257").is_err() && threads("x").is_err());
        assert_eq!(threads("256").unwrap().get(), 256);
    }
}
