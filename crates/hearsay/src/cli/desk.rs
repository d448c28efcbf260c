//! The commands of the desk: a folder or a database that keeps what was read.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ColorChoice, ValueEnum};
use hearsay_ledger::{Date, Stance};
use hearsay_store::{Area, MOST_RECORDS};

use super::{EXIT_CODES, WIDTHS, day, threads};

const DESK_EXIT_CODES: &str = "\
Exit codes:
  0  it was done
  2  it could not be done, or the command line was wrong";

const VERIFY_EXIT_CODES: &str = "\
Exit codes:
  0  the desk holds what was put in
  1  it does not
  2  it could not be checked, or the command line was wrong";

/// Records of a page where nothing else is asked for.
const USUAL_LIMIT: u32 = 50;

/// `hearsay init`.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXIT_CODES)]
pub struct Init {
    /// Folder of the desk; it is made where it is not there
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,

    /// Empty `PostgreSQL` database to keep everything in, `postgres://USER:PASSWORD@HOST:PORT/NAME`, instead of a file in
    /// the folder; its address is written to the folder
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,

    /// Print nothing but errors on standard error
    #[arg(long)]
    pub quiet: bool,
}

/// `hearsay add`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Add {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// Files and folders to add, of the kinds that `hearsay read` takes; `-` or nothing for standard input
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

    /// How it is printed.
    #[command(flatten)]
    pub view: View,

    /// Print nothing but errors on standard error
    #[arg(long)]
    pub quiet: bool,
}

/// How an answer is printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct View {
    /// What to print
    #[arg(long, value_enum, default_value_t = ViewFormat::Reading)]
    pub format: ViewFormat,

    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,

    /// Columns of the reading [default: those of the terminal, at most 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(i64::from(*WIDTHS.start())..=i64::from(*WIDTHS.end())))]
    pub width: Option<u16>,
}

/// For whom an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ViewFormat {
    /// For people
    Reading,
    /// As JSON
    Json,
}

/// Which records are wanted.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub struct Wanted {
    /// From this day on, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Date>,

    /// Up to this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<Date>,

    /// Place, or the first-order division that it lies in
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,

    /// Country of the place (ISO 3166 alpha-3)
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub country: Option<String>,

    /// Places in a box: degrees of south, west, north, east
    #[arg(long = "box", value_name = "S,W,N,E", value_parser = bounds, allow_hyphen_values = true, conflicts_with = "near")]
    pub bounds: Option<Area>,

    /// Places near a point: degrees north, degrees east, kilometres
    #[arg(long, value_name = "LAT,LON,KM", value_parser = circle, allow_hyphen_values = true)]
    pub near: Option<Area>,

    /// PLOVER type of the event, such as ASSAULT
    #[arg(long = "type", value_name = "TYPE", value_parser = code)]
    pub event_type: Option<String>,

    /// PLOVER mode of the event
    #[arg(long, value_name = "MODE")]
    pub mode: Option<String>,

    /// Actor or recipient: part of the name, country code, or country and sector (`SYR REB`)
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,

    /// Side that an actor or recipient is on
    #[arg(long, value_name = "SIDE")]
    pub side: Option<String>,

    /// Part of the name of a source that gives an account of it (`narrator`: the document's own voice)
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,

    /// Side that such a source is on
    #[arg(long, value_name = "SIDE")]
    pub source_side: Option<String>,

    /// What such a source says of it
    #[arg(long, value_name = "STANCE", value_parser = stance)]
    pub stance: Option<Stance>,

    /// Only what is disputed
    #[arg(long)]
    pub disputed: bool,

    /// Outlet that printed the document
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,

    /// Language of the document (ISO 639-1)
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,

    /// Words of the document: all must occur; phrases stand in quotation marks, words that must not occur behind a minus
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    pub text: Option<String>,
}

/// How much of a list is wanted.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pages")]
pub struct Part {
    /// At most so many records
    #[arg(long, value_name = "N", default_value_t = USUAL_LIMIT, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_RECORDS)))]
    pub limit: u32,

    /// Go on where the page before ended
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
}

/// A command that lists records of a desk.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXIT_CODES)]
pub struct List {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// Which records.
    #[command(flatten)]
    pub wanted: Wanted,

    /// How many.
    #[command(flatten)]
    pub part: Part,

    /// How they are printed.
    #[command(flatten)]
    pub view: View,
}

/// `hearsay sources`.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXIT_CODES)]
pub struct Sources {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// Which accounts are counted.
    #[command(flatten)]
    pub wanted: Wanted,

    /// At most so many sources
    #[arg(long, value_name = "N", default_value_t = USUAL_LIMIT, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_RECORDS)))]
    pub limit: u32,

    /// How they are printed.
    #[command(flatten)]
    pub view: View,
}

/// `hearsay search`.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXIT_CODES)]
pub struct Search {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// Words to find: all must occur; phrases stand in quotation marks, words that must not occur behind a minus
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,

    /// Which documents.
    #[command(flatten)]
    pub wanted: Wanted,

    /// How many.
    #[command(flatten)]
    pub part: Part,

    /// How they are printed.
    #[command(flatten)]
    pub view: View,
}

/// `hearsay show`.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXIT_CODES)]
pub struct Show {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// Id of a document or incident, as the lists print it
    #[arg(value_name = "ID")]
    pub id: String,

    /// Folder with the codebook that says who is on which side
    #[arg(long, value_name = "FOLDER")]
    pub codebook: Option<PathBuf>,

    /// How it is printed.
    #[command(flatten)]
    pub view: View,
}

/// `hearsay status`.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXIT_CODES)]
pub struct StatusOf {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// How it is printed.
    #[command(flatten)]
    pub view: View,
}

/// `hearsay verify`.
#[derive(Debug, Args)]
#[command(after_help = VERIFY_EXIT_CODES)]
pub struct Verify {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// Head that an earlier check printed: also check that nothing was cut off the log since
    #[arg(long, value_name = "DIGEST")]
    pub head: Option<String>,

    /// How it is printed.
    #[command(flatten)]
    pub view: View,
}

/// `hearsay backup`.
#[derive(Debug, Args)]
#[command(after_help = DESK_EXIT_CODES)]
pub struct Backup {
    /// The desk: its folder, or the address of its database
    #[arg(value_name = "DESK")]
    pub desk: String,

    /// File to write: a desk of its own. It must not be there yet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Print nothing but errors on standard error
    #[arg(long)]
    pub quiet: bool,
}

/// A code, whichever way it is typed.
#[allow(clippy::unnecessary_wraps)] // the form that clap asks for
fn code(text: &str) -> Result<String, String> {
    Ok(text.to_uppercase())
}

fn stance(text: &str) -> Result<Stance, String> {
    let words = || Stance::ALL.iter().map(|stance| stance.as_str()).collect::<Vec<_>>().join(", ");
    Stance::from_word(text).ok_or_else(|| format!("not one of {}", words()))
}

/// `N` numbers with commas between them.
fn numbers<const N: usize>(text: &str, form: &str) -> Result<[f64; N], String> {
    let parsed: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    parsed.and_then(|numbers| numbers.try_into().ok()).ok_or_else(|| format!("not {N} numbers of the form {form}"))
}

fn bounds(text: &str) -> Result<Area, String> {
    numbers(text, "35.5,36.2,36.9,38.1").map(|[south, west, north, east]| Area::Box { south, west, north, east })
}

fn circle(text: &str) -> Result<Area, String> {
    numbers(text, "36.2,37.16,25").map(|[latitude, longitude, kilometres]| Area::Circle { latitude, longitude, kilometres })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn areas_are_lists_of_numbers() {
        assert_eq!(circle("-36.2, 37,25").unwrap(), Area::Circle { latitude: -36.2, longitude: 37.0, kilometres: 25.0 });
        assert_eq!(bounds("1,2,3,4").unwrap(), Area::Box { south: 1.0, west: 2.0, north: 3.0, east: 4.0 });
        assert!(bounds("1,2,3").is_err() && bounds("1,2,3,x").is_err() && circle("").is_err());
    }

    #[test]
    fn stances_are_those_of_the_ledger() {
        assert_eq!(stance("calls_for").unwrap(), Stance::CallsFor);
        assert!(stance("maybe").unwrap_err().contains("asserts, denies"));
    }
}
