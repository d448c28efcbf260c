//! `hearsay gazetteer build`: dump files of `GeoNames` and tables of our form to a gazetteer; and reading one that a user
//! names.

mod zip;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hearsay_coder::{Codebook, Gazetteer};
use hearsay_gazetteer::{BuildOptions, Builder, Form, Summary};

use crate::cli;
use crate::messages::{Level, Messages};
use crate::read::colour;
use crate::report::{NOTHING_DONE, SOMETHING_LOST};

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;

/// The gazetteer in a file.
pub fn load(path: &Path) -> anyhow::Result<Gazetteer> {
    let bytes = fs::read(path).with_context(|| format!("cannot read the gazetteer {}", path.display()))?;
    Gazetteer::from_bytes(bytes).with_context(|| format!("cannot use the gazetteer {}", path.display()))
}

/// Runs `hearsay gazetteer` and says how it went.
pub fn run(command: cli::Gazetteer) -> ExitCode {
    let cli::GazetteerCommand::Build(command) = command.command;
    let messages = Messages::new(command.quiet, colour(clap::ColorChoice::Auto, &io::stderr()));
    match build(&command) {
        Ok(summary) => {
            tell(&summary, &command.out, &messages);
            if summary.unused_rows == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOMETHING_LOST) }
        }
        Err(error) => {
            messages.say(Level::Error, &format_args!("{error:#}"), None);
            ExitCode::from(NOTHING_DONE)
        }
    }
}

fn build(command: &cli::Build) -> anyhow::Result<Summary> {
    let mut files = forms(&command.files)?;
    files.sort();
    let codebook = Codebook::embedded().context("cannot load the codebook of the program")?;
    let mut builder = Builder::new(options(&codebook), tempfile::tempfile);
    for (form, path) in &files {
        let name = path.display().to_string();
        let mut reader = open(path).with_context(|| format!("cannot read {name}"))?;
        builder.read(*form, &name, &mut reader)?;
    }
    // The file takes its place only when it is whole.
    let mut part = command.out.clone().into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    let mut out = File::create(&part).with_context(|| format!("cannot write {}", part.display()))?;
    let done = builder.finish(&mut out).map_err(anyhow::Error::from);
    let done =
        done.and_then(|summary| fs::rename(&part, &command.out).map(|()| summary).with_context(|| format!("cannot write {}", command.out.display())));
    if done.is_err() {
        // What is left of it is of no use, and the error says why.
        let _ = fs::remove_file(&part);
    }
    done
}

/// What the builder has to know of names.
fn options(codebook: &Codebook) -> BuildOptions {
    let lists = &codebook.place;
    BuildOptions {
        division_words: [lists.admin1.as_slice(), &lists.admin2].concat(),
        transliterated: lists.transliterated.clone(),
        particles: lists.particles.clone(),
    }
}

/// The files with their forms, which their names tell.
fn forms(files: &[PathBuf]) -> anyhow::Result<Vec<(Form, PathBuf)>> {
    let form = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(form) = Form::of_name(&name) else {
            bail!(
                "{} is no file that a gazetteer is made of; they are known by their names: countryInfo.txt, admin1CodesASCII.txt, \
                 admin2Codes.txt, cities*.txt, allCountries.txt, a country's such as SY.txt, alternateNamesV2.txt (each may be a .zip), and our \
                 countries.tsv, divisions.tsv, regions.tsv",
                path.display()
            );
        };
        Ok((form, path.clone()))
    };
    files.iter().map(form).collect()
}

/// The lines of a file; of a `.zip`, those of the text of the same name in it.
fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = zip::text(BufReader::with_capacity(BUFFER, file), &format!("{stem}.txt"))?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER, text)));
    }
    Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
}

fn tell(summary: &Summary, out: &Path, messages: &Messages) {
    for problem in &summary.problems {
        messages.say(Level::Warning, &format_args!("{}:{}: {}", problem.file, problem.line, problem.message), None);
    }
    let told = summary.problems.len() as u64;
    if summary.unused_rows > told {
        messages.say(Level::Warning, &format_args!("{} more rows could not be used", summary.unused_rows - told), None);
    }
    if summary.without_coordinates > 0 {
        let left_out = "divisions are left out, for no place lies in them and no file tells where they are";
        messages.say(Level::Note, &format_args!("{} {left_out}", summary.without_coordinates), None);
    }
    messages.say(Level::Note, &format_args!("{}: {} places under {} names", out.display(), summary.places, summary.keys), None);
}
