//! Codebooks of a user's own: reading the folder, and `hearsay codebook import`, which makes one of dictionaries.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hearsay_coder::{Codebook, UserFile};
use hearsay_formats::petrarch::{Imported, Meaning, Notice, Why, actors, agents, rules};

use crate::cli;
use crate::messages::{Level, Messages};
use crate::read::colour;
use crate::report::{NOTHING_DONE, SOMETHING_LOST};

/// So many lines that were not taken over are told; the file of the report holds all.
const MOST_TOLD: usize = 10;

/// The name of the report on an import.
const REPORT: &str = "import.txt";

/// Our codebook with the files of a folder laid over it.
pub fn load(folder: &Path) -> anyhow::Result<Codebook> {
    let files = files(folder).with_context(|| format!("cannot read the codebook {}", folder.display()))?;
    Codebook::with_overlay(&files).context("cannot use the codebook")
}

/// The files of a codebook, by name. Notes (`.md`, `.txt`) may lie beside them, and hidden files.
pub fn files(folder: &Path) -> anyhow::Result<Vec<UserFile>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if hidden => {}
            _ if path.is_dir() => bail!("{} is a folder; a codebook has none", path.display()),
            Some("toml" | "tsv" | "csv") => {
                let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                out.push(UserFile { path: path.display().to_string(), text: text.trim_start_matches('\u{feff}').to_owned() });
            }
            Some("md" | "txt") => {}
            _ => bail!("{} is no file of a codebook; they end in .toml, .tsv or .csv, notes in .md or .txt", path.display()),
        }
    }
    if out.is_empty() {
        bail!("there is no file of a codebook in it (.toml, .tsv or .csv)");
    }
    Ok(out)
}

/// Runs `hearsay codebook` and says how it went.
pub fn run(command: cli::Codebook) -> ExitCode {
    let cli::CodebookCommand::Import(command) = command.command;
    let messages = Messages::new(command.quiet, colour(clap::ColorChoice::Auto, &io::stderr()));
    match import(&command, &messages) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(SOMETHING_LOST),
        Err(error) => {
            messages.say(Level::Error, &format_args!("{error:#}"), None);
            ExitCode::from(NOTHING_DONE)
        }
    }
}

/// Imports dictionaries into a folder. Gives whether every line was in the form of its dictionary.
fn import(command: &cli::Import, messages: &Messages) -> anyhow::Result<bool> {
    let ours = Codebook::embedded().context("cannot load the codebook of the program")?;
    let meaning = |code: &str| match ours.event.cameo(code) {
        Some(known) if known.event_type.is_some() => Meaning::Event,
        Some(_) => Meaning::Statement,
        None => Meaning::Unknown,
    };
    let mut done: Vec<(&Path, &str, Imported)> = Vec::new();
    if let Some(path) = &command.verbs {
        done.push((path, "event.toml", rules(&text(path, messages)?, &meaning)));
    }
    if let Some(path) = &command.actors {
        done.push((path, "actors.tsv", actors(&text(path, messages)?)));
    }
    if let Some(path) = &command.agents {
        done.push((path, "agents.tsv", agents(&text(path, messages)?)));
    }
    if done.is_empty() {
        bail!("no dictionary named; `hearsay codebook import --help` shows how");
    }
    if done.iter().all(|(_, _, imported)| imported.entries == 0) {
        tell(&done, messages);
        bail!("nothing in {} could be taken over", names(&done));
    }
    write(&command.out, &done)?;
    tell(&done, messages);
    // What was written must be what `read --codebook` takes.
    load(&command.out)?;
    Ok(done.iter().flat_map(|(_, _, imported)| &imported.notices).all(|notice| !broken(notice)))
}

/// Whether the line itself is at fault, and not only more than rules can say.
fn broken(notice: &Notice) -> bool {
    matches!(notice.why, Why::Form | Why::Code | Why::Date | Why::Undefined)
}

fn names(done: &[(&Path, &str, Imported)]) -> String {
    done.iter().map(|(path, _, _)| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// The text of a dictionary. Older ones are in Latin-1.
fn text(path: &Path, messages: &Messages) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        messages.say(Level::Note, &format_args!("{}: not UTF-8, so it was read as Latin-1", path.display()), None);
        error.into_bytes().into_iter().map(char::from).collect()
    }))
}

/// Writes the files of the codebook, and the report. Nothing that is there already is overwritten.
fn write(folder: &Path, done: &[(&Path, &str, Imported)]) -> anyhow::Result<()> {
    let report: String = done.iter().flat_map(|(path, _, imported)| imported.notices.iter().map(|notice| line(path, notice) + "\n")).collect();
    let texts = done.iter().map(|(_, name, imported)| (*name, &imported.text)).chain([(REPORT, &report)]).filter(|(_, text)| !text.is_empty());
    let texts: Vec<(PathBuf, &String)> = texts.map(|(name, text)| (folder.join(name), text)).collect();
    if let Some((path, _)) = texts.iter().find(|(path, _)| path.exists()) {
        bail!("{} is there already; name another folder with --out", path.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for (path, text) in texts {
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn line(path: &Path, notice: &Notice) -> String {
    format!("{}:{}: not taken over: {}: {}", path.display(), notice.line, notice.why.as_str(), notice.what)
}

/// Tells what became of each dictionary, and what did not.
fn tell(done: &[(&Path, &str, Imported)], messages: &Messages) {
    for (path, name, imported) in done {
        // What is at fault first: that can be mended.
        let mut notices: Vec<&Notice> = imported.notices.iter().collect();
        notices.sort_by_key(|notice| !broken(notice));
        for notice in notices.iter().take(MOST_TOLD) {
            let level = if broken(notice) { Level::Warning } else { Level::Note };
            messages.say(level, &line(path, notice), None);
        }
        let kind = if *name == "event.toml" { "rules" } else { "rows" };
        let summary = match imported.notices.len() {
            0 => format!("{}: {} {kind} in {name}", path.display(), imported.entries),
            lost => format!("{}: {} {kind} in {name}; {lost} lines not taken over, all told in {REPORT}", path.display(), imported.entries),
        };
        messages.say(Level::Note, &summary, None);
    }
}
