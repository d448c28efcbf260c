//! The commands of the desk, run as a person or a script runs them. What the coder finds is not looked at here.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{folder, record};
use serde_json::Value;

const ARTICLE: &str = "Shells fell on the market of Aleppo on Monday, killing 12 people. The Syrian army rejected the claim \
    that it had shelled the town. A doctor at the hospital said two aircraft had been seen.\n";

/// How long a child may take to store its first document.
const PATIENCE: Duration = Duration::from_secs(120);

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearsay"));
    command.current_dir(folder).args(arguments).env_remove("CLICOLOR_FORCE");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn assert_code(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "stdout: {}stderr: {}", stdout(output), stderr(output));
}

/// What a command prints; it must succeed.
fn read(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_code(&output, 0);
    stdout(&output).to_owned()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let value: Value = serde_json::from_str(&read(folder, &[arguments, &["--format", "json"]].concat())).unwrap();
    assert_eq!(value["format"], "hearsay-desk/1");
    value
}

fn ids(documents: &Value) -> Vec<&str> {
    documents["documents"].as_array().unwrap().iter().map(|document| document["id"].as_str().unwrap()).collect()
}

#[test]
fn what_is_added_is_listed_found_shown_and_sound() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    assert_code(&run(at, &["init", "desk"]), 0);
    assert!(at.join("desk/desk.sqlite").is_file());

    let added = run(at, &["add", "desk", "elmford.txt", "wire.jsonl", "--published", "2016-02-16"]);
    assert_code(&added, 1);
    assert!(stderr(&added).contains("wire.jsonl:2: line skipped"), "{}", stderr(&added));
    assert!(stderr(&added).contains("4 documents added, 0 known; 4 documents read"), "{}", stderr(&added));
    assert!(stdout(&added).contains("added one · wire.jsonl"), "{}", stdout(&added));

    let documents = json(at, &["documents", "desk"]);
    assert_eq!(ids(&documents)[..3], ["four", "three", "one"]);
    let wire = json(at, &["documents", "desk", "--publisher", "example wire", "--limit", "2"]);
    assert_eq!(ids(&wire), ["four", "three"]);
    let rest = json(at, &["documents", "desk", "--publisher", "example wire", "--limit", "2", "--after", wire["next"].as_str().unwrap()]);
    assert_eq!(ids(&rest), ["one"]);
    assert_eq!(json(at, &["documents", "desk", "--to", "2015-01-01"])["documents"], serde_json::json!([]));

    let hits = json(at, &["search", "desk", "two", "aircraft", "--publisher", "Example Wire"]);
    assert_eq!(hits["hits"].as_array().unwrap().len(), 3);
    assert!(read(at, &["search", "desk", "aircraft -hospital"]).starts_with("No document"));
    assert!(read(at, &["show", "desk", "one"]).starts_with("one\n"));
    let shown = json(at, &["show", "desk", "one"]);
    assert_eq!(shown["ledger"]["document"]["id"], "one");
    assert_eq!(shown["document"]["raw_digest"].as_str().unwrap().len(), 71);
    let status = json(at, &["status", "desk"]);
    assert_eq!(status["status"]["documents"], 4);
    assert!(read(at, &["verify", "desk"]).starts_with("All is as it was put in."));
}

#[test]
fn the_same_thing_twice_changes_nothing() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    assert_code(&run(at, &["init", "desk", "--quiet"]), 0);
    assert_eq!(json(at, &["add", "desk", "elmford.txt"])["documents"][0]["became"], "added");
    let before = json(at, &["verify", "desk"]);
    assert_eq!(json(at, &["add", "desk", "elmford.txt"])["documents"][0]["became"], "known");
    assert_eq!(json(at, &["verify", "desk"]), before);
}

#[test]
fn another_text_under_a_taken_id_gets_one_of_its_own() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    fs::write(at.join("two.jsonl"), [record(ARTICLE, "a"), record(&ARTICLE.replace("12", "13"), "a")].join("\n")).unwrap();
    assert_code(&run(at, &["init", "desk"]), 0);
    assert_code(&run(at, &["add", "desk", "two.jsonl"]), 0);
    let documents = json(at, &["documents", "desk"]);
    let ids = ids(&documents);
    assert!(ids[1] == "a" && ids[0].starts_with("a@"), "{ids:?}");
    assert_eq!(json(at, &["show", "desk", ids[0]])["ledger"]["document"]["id"], ids[0]);
    read(at, &["verify", "desk"]);
}

#[test]
fn copies_of_one_text_are_one_voice() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    let long = (0..300).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ");
    // The smallest id comes last, and gives the voice its name.
    let lines = [record(&long, "c"), record(&format!("{long} And more."), "b"), record(ARTICLE, "d"), record(&format!("First. {long}"), "a")];
    fs::write(at.join("copies.jsonl"), lines.join("\n")).unwrap();
    assert_code(&run(at, &["init", "desk"]), 0);
    assert_code(&run(at, &["add", "desk", "copies.jsonl"]), 0);
    let documents = json(at, &["documents", "desk"]);
    let voices: Vec<&str> = documents["documents"].as_array().unwrap().iter().map(|document| document["voice"].as_str().unwrap()).collect();
    assert_eq!(voices, ["a", "d", "a", "a"]);
    assert_eq!(json(at, &["status", "desk"])["status"]["voices"], 2);
    read(at, &["verify", "desk"]);
}

#[test]
fn other_languages_are_kept_and_not_read() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    let french = "Des obus sont tombés lundi sur le marché de la ville, selon les habitants, et douze personnes ont été tuées. ".repeat(6);
    fs::write(at.join("french.txt"), french).unwrap();
    assert_code(&run(at, &["init", "desk"]), 0);
    assert!(read(at, &["add", "desk", "french.txt"]).starts_with("added unread doc-"));
    assert!(read(at, &["documents", "desk"]).contains("language fr"));
    let id = json(at, &["documents", "desk"])["documents"][0]["id"].as_str().unwrap().to_owned();
    assert!(read(at, &["show", "desk", &id]).contains("kept without being read"));
}

#[test]
fn every_list_takes_every_filter() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    assert_code(&run(at, &["init", "desk"]), 0);
    assert_code(&run(at, &["add", "desk", "elmford.txt", "--published", "2016-02-16"]), 0);
    let filters = [
        "--from",
        "2016-01-01",
        "--to",
        "2016-12-31",
        "--place",
        "Aleppo",
        "--country",
        "syr",
        "--near",
        "36.2,37.2,200",
        "--type",
        "assault",
        "--mode",
        "aerial",
        "--actor",
        "SYR",
        "--side",
        "none",
        "--source",
        "army",
        "--source-side",
        "none",
        "--stance",
        "denies",
        "--disputed",
        "--publisher",
        "X",
        "--language",
        "en",
        "--text",
        "market",
    ];
    for list in ["documents", "events", "incidents", "disputes", "truces", "sources"] {
        let value = json(at, &[&[list, "desk"], &filters[..]].concat());
        let key = if list == "truces" { "truce_terms" } else { list };
        assert_eq!(value[key], serde_json::json!([]), "{list}");
        read(at, &[list, "desk", "--box", "-90,-180,90,180"]);
        read(at, &[list, "desk"]);
    }
    let events = json(at, &["events", "desk", "--country", "syr"]);
    assert!(!events["events"].as_array().unwrap().is_empty(), "{events}");
    assert!(read(at, &["incidents", "desk"]).contains("have not been joined to incidents"));
    assert_code(&run(at, &["events", "desk", "--near", "91,0,1"]), 2);
    assert_code(&run(at, &["events", "desk", "--stance", "maybe"]), 2);
}

#[test]
fn damage_is_found() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    assert_code(&run(at, &["init", "desk"]), 0);
    assert_code(&run(at, &["add", "desk", "elmford.txt"]), 0);
    let head = json(at, &["verify", "desk"])["head"].as_str().unwrap().to_owned();
    read(at, &["verify", "desk", "--head", &head]);
    let nothing = "sha256:".to_owned() + &"0".repeat(64);
    let cut = run(at, &["verify", "desk", "--head", &nothing]);
    assert_code(&cut, 1);
    assert!(stdout(&cut).contains("1 fault found."), "{}", stdout(&cut));
}

#[test]
fn a_backup_is_a_desk_of_its_own() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    assert_code(&run(at, &["init", "desk"]), 0);
    assert_code(&run(at, &["add", "desk", "elmford.txt"]), 0);
    assert_code(&run(at, &["backup", "desk", "copy.sqlite"]), 0);
    assert_eq!(json(at, &["documents", "copy.sqlite"]), json(at, &["documents", "desk"]));
    assert_code(&run(at, &["backup", "desk", "copy.sqlite"]), 2);
}

#[test]
fn what_is_no_desk_is_told() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    let missing = run(at, &["status", "nowhere"]);
    assert_code(&missing, 2);
    assert!(stderr(&missing).contains("hearsay init nowhere"), "{}", stderr(&missing));
    assert_code(&run(at, &["init", "desk"]), 0);
    assert_code(&run(at, &["init", "desk"]), 2);
    assert_code(&run(at, &["init", "other", "--database", "mysql://localhost/desk"]), 2);
    assert_code(&run(at, &["show", "desk", "no-such-id"]), 2);
    assert_code(&run(at, &["add", "desk", "no-such-file.txt"]), 2);
}

#[test]
fn an_add_that_was_killed_goes_on() {
    const COUNT: usize = 30;
    let folder = folder(ARTICLE);
    let at = folder.path();
    let lines: Vec<String> = (0..COUNT).map(|number| record(&ARTICLE.replace("12", &(20 + number).to_string()), &format!("d{number}"))).collect();
    fs::write(at.join("many.jsonl"), lines.join("\n")).unwrap();
    assert_code(&run(at, &["init", "desk"]), 0);
    let add = ["add", "desk", "many.jsonl", "--threads", "1"];
    let mut child = command(at, &add).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && json(at, &["status", "desk"])["status"]["documents"] == 0 {
        sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let stored = json(at, &["status", "desk"])["status"]["documents"].as_u64().unwrap();
    assert!(stored > 0);
    let again = json(at, &add);
    let became = |word: &str| again["documents"].as_array().unwrap().iter().filter(|document| document["became"] == word).count();
    assert_eq!((became("known") as u64, became("added")), (stored, COUNT - usize::try_from(stored).unwrap()));
    assert_eq!(json(at, &["status", "desk"])["status"]["documents"], COUNT);
    read(at, &["verify", "desk"]);
}
