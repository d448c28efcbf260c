//! The house rules that no compiler checks: who may know whom, what the core stays away from, what is documented.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hearsay_ledger::FindingCode;

/// Which crates each crate of the workspace may use, besides `hearsay-ledger`, the vocabulary, which is open to all.
/// Crates that are still to come have their place here already. What is not listed is not allowed.
const MAY_USE: &[(&str, &[&str])] = &[
    ("hearsay-ledger", &[]),
    ("hearsay-codebook", &[]),
    ("hearsay-gazetteer", &[]),
    ("hearsay-encoder", &[]),
    ("hearsay-coder", &["hearsay-codebook", "hearsay-gazetteer", "hearsay-encoder"]),
    ("hearsay-link", &[]),
    ("hearsay-formats", &[]),
    ("hearsay-ingest", &[]),
    ("hearsay-store", &[]),
    ("hearsay-server", &["hearsay-coder", "hearsay-link", "hearsay-formats", "hearsay-ingest", "hearsay-store"]),
    ("hearsay-archive", &["hearsay-coder", "hearsay-link", "hearsay-formats", "hearsay-ingest", "hearsay-store"]),
    ("hearsay-python", &["hearsay-coder", "hearsay-link"]),
    ("hearsay", &["hearsay-coder", "hearsay-gazetteer", "hearsay-link", "hearsay-formats", "hearsay-ingest", "hearsay-store"]),
];

const VOCABULARY: &str = "hearsay-ledger";

/// The crates that are pure: the same arguments give the same result, anywhere and at any time.
const CORE: &[&str] = &["hearsay-ledger", "hearsay-codebook", "hearsay-gazetteer", "hearsay-encoder", "hearsay-coder", "hearsay-link"];

/// Modules of `std` through which a program reads files, the network, the environment or other programs.
const OUTSIDE_MODULES: &[&str] = &["fs", "net", "env", "process"];

/// Names through which a program reads the clock or waits for the outside.
const OUTSIDE_NAMES: &[&str] = &["SystemTime", "Instant", "tokio", "Zoned::now", "Timestamp::now"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the crate lies two folders below the root")
}

/// What a command prints; it must succeed.
fn printed(program: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Every file of the project, with what it holds, but for binary files: tracked by git, or new and not ignored.
fn text_files() -> Vec<(String, String)> {
    let listed = printed("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let names = String::from_utf8(listed).unwrap();
    let read = |name: &str| Some((name.to_owned(), fs::read_to_string(root().join(name)).ok()?));
    names.split('\0').filter(|name| !name.is_empty()).filter_map(read).collect()
}

fn rust_files() -> Vec<(String, String)> {
    text_files().into_iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|extension| extension == "rs")).collect()
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap_or_else(|error| panic!("docs/{name}: {error}"))
}

/// Fails with all faults at once, and what to do about them.
fn assert_none(faults: &[String], help: &str) {
    assert!(faults.is_empty(), "\n  {}\nhelp: {help}", faults.join("\n  "));
}

#[test]
fn crates_use_only_the_crates_they_may() {
    let metadata = printed(env!("CARGO"), &["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let ours: BTreeSet<&str> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    let mut faults = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let Some((_, may_use)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name} has no place in the table"));
            continue;
        };
        // A dependency of the tests counts too: what only tests may know soon finds its way into the code.
        let uses = package["dependencies"].as_array().unwrap().iter().map(|dependency| dependency["name"].as_str().unwrap());
        let wrong = uses.filter(|used| ours.contains(used) && *used != VOCABULARY && !may_use.contains(used));
        faults.extend(wrong.map(|used| format!("{name} uses {used}")));
    }
    assert_none(&faults, "the layers are told in ARCHITECTURE.md; a new direction is decided there before it is added to MAY_USE");
}

/// The lines of a source file that are code, each with its number from 1.
fn code_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Whether `name` stands in `line` as a whole name, not as part of a longer one.
fn names(line: &str, name: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| !line[..at].ends_with(part_of_name) && !line[at + name.len()..].starts_with(part_of_name))
}

/// The outside that one line of code reaches for.
fn outside_of(line: &str) -> Vec<&'static str> {
    let grouped = line.find("std::{").map(|at| &line[at..]);
    let module = |name: &&&str| names(line, &format!("std::{name}")) || grouped.is_some_and(|group| names(group, name));
    OUTSIDE_MODULES.iter().filter(module).chain(OUTSIDE_NAMES.iter().filter(|name| names(line, name))).copied().collect()
}

#[test]
fn the_core_reads_no_clock_file_network_or_environment() {
    let mut faults = Vec::new();
    for (name, source) in rust_files() {
        if CORE.iter().any(|core| name.starts_with(&format!("crates/{core}/src/"))) {
            for (number, line) in code_lines(&source) {
                faults.extend(outside_of(line).into_iter().map(|outside| format!("{name}:{number}: {outside}")));
            }
        }
    }
    assert_none(
        &faults,
        "take what is needed as an argument; the day of a text is `Document::published`, and tests that read files belong in tests/",
    );
}

#[test]
fn the_check_of_the_core_knows_the_ways_out() {
    assert_eq!(outside_of("use std::{fmt, fs};"), ["fs"]);
    assert_eq!(outside_of("let now = std::time::Instant::now();"), ["Instant"]);
    assert_eq!(outside_of("std::env::var(\"HOME\")"), ["env"]);
    assert!(outside_of("const WEIGHTS: &str = env!(\"OUT_DIR\"); // Instantly, std::fsync").is_empty());
}

#[test]
fn core_types_have_no_wire_form() {
    let manifest = fs::read_to_string(root().join("crates/hearsay-ledger/Cargo.toml")).unwrap();
    assert!(!manifest.contains("serde"), "hearsay-ledger uses serde\nhelp: how records look on the wire is written in hearsay-formats");
}

#[test]
fn every_module_says_what_it_is() {
    let faults: Vec<String> = rust_files().into_iter().filter(|(_, source)| !source.starts_with("//!")).map(|(name, _)| name).collect();
    assert_none(&faults, "open the file with `//!`: what it turns into what, and what it leaves to others");
}

/// The options that a help text names.
fn options(help: &str) -> BTreeSet<String> {
    let words = help.split(|c: char| c.is_whitespace() || "[]=,.`".contains(c));
    words.filter(|word| word.starts_with("--") && word.len() > 2).map(str::to_owned).collect()
}

/// The subcommands that a help text lists.
fn subcommands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_option_is_documented() {
    let program = env!("CARGO_BIN_EXE_hearsay");
    let help = |arguments: &[&str]| String::from_utf8(printed(program, arguments)).unwrap();
    let top = help(&["--help"]);
    let commands = subcommands(&top);
    assert!(commands.contains(&"read".to_owned()), "no commands found in the help: {top}");
    let guide = document("cli.md");
    let mut faults: Vec<String> = commands.iter().filter(|name| !guide.contains(&format!("hearsay {name}"))).cloned().collect();
    let helps: Vec<String> = commands.iter().map(|name| help(&[name, "--help"])).collect();
    let inner = commands.iter().zip(&helps).flat_map(|(name, text)| subcommands(text).into_iter().map(move |inner| (name, inner)));
    let inner: Vec<String> = inner.map(|(name, inner)| help(&[name, &inner, "--help"])).collect();
    for text in std::iter::once(top).chain(helps).chain(inner) {
        // With its backtick or a space behind it, so that `--format` is not taken for documented by `--formats`.
        faults.extend(options(&text).into_iter().filter(|option| !guide.contains(&format!("`{option}`")) && !guide.contains(&format!("`{option} "))));
    }
    assert_none(&faults, "describe it in docs/cli.md");
}

#[test]
fn every_finding_is_documented() {
    let guide = document("findings.md");
    let codes = FindingCode::ALL.iter().map(|code| code.as_str());
    let faults: Vec<String> = codes.filter(|code| !guide.contains(&format!("`{code}`"))).map(str::to_owned).collect();
    assert_none(&faults, "describe it in docs/findings.md");
}

/// The keys and tables at the top of a file of the codebook.
fn keys(text: &str) -> BTreeSet<&str> {
    let mut table = None;
    let mut out = BTreeSet::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            table = name.split([']', '.']).next();
            out.extend(table);
        } else if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')) {
            // What stands in a table is told with the table.
            if table.is_none() {
                out.insert(key);
            }
        }
    }
    out
}

#[test]
fn every_key_of_the_codebook_is_documented() {
    let guide = document("codebook.md");
    let mut faults = Vec::new();
    for (name, text) in text_files() {
        let Some(file) = name.strip_prefix("codebook/") else { continue };
        // What is said of one file holds for no other, but the tables of a folder are of one form.
        let titled = file.split_once('/').map_or_else(|| file.to_owned(), |(folder, _)| format!("{folder}/"));
        let names_it = |section: &&str| section.lines().next().is_some_and(|title| title.contains(&format!("`{titled}`")));
        let Some(section) = guide.split("\n### ").find(names_it) else {
            faults.push(name);
            continue;
        };
        let header = || text.lines().find(|line| !line.starts_with('#')).unwrap_or("").split('\t').collect();
        let keys = if Path::new(file).extension().is_some_and(|extension| extension == "toml") { keys(&text) } else { header() };
        faults.extend(keys.into_iter().filter(|key| !section.contains(&format!("`{key}`"))).map(|key| format!("{name}: {key}")));
    }
    assert_none(&faults, "describe it in docs/codebook.md");
}

/// Whether a line names a folder that only exists on somebody's own machine.
fn names_a_machine(line: &str) -> bool {
    let inside_a_path = |c: char| c.is_alphanumeric() || "._-/".contains(c);
    // Put together here, or this file would find itself.
    let folders = ["work", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    folders.iter().any(|folder| line.match_indices(folder.as_str()).any(|(at, _)| !line[..at].ends_with(inside_a_path)))
}

#[test]
fn no_file_names_a_path_of_somebodys_machine() {
    let mut faults = Vec::new();
    for (name, text) in text_files() {
        faults.extend(text.lines().enumerate().filter(|(_, line)| names_a_machine(line)).map(|(index, _)| format!("{name}:{}", index + 1)));
    }
    assert_none(&faults, "write paths relative to the project");
}
