//! `hearsay read`, run as a person or a script runs it. What the coder finds is not looked at here.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{folder, record};
use hearsay_formats::ledger_json::from_json;

const ARTICLE: &str = "Shells fell on the market of Elmford on Monday. The Northland Ministry of Defence rejected the claim \
    that its jets had been over the town. A doctor at the hospital said two aircraft had been seen.\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearsay"));
    command.current_dir(folder).args(arguments).env_remove("CLICOLOR_FORCE");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn assert_code(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "stderr: {}", stderr(output));
}

#[test]
fn one_file_is_read_for_people() {
    let folder = folder(ARTICLE);
    let options = ["--title", "Market hit", "--publisher", "Example Wire", "--published", "2016-02-16"];
    let output = run(folder.path(), &[&["read", "elmford.txt"], &options[..]].concat());
    assert_code(&output, 0);
    assert!(stdout(&output).starts_with("Market hit\nExample Wire · 2016-02-16 · elmford.txt · doc-"), "{}", stdout(&output));
    assert!(!stdout(&output).contains('\u{1b}'), "colour although standard output is no terminal");
}

#[test]
fn colour_and_width_are_as_asked_for() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["read", "elmford.txt", "--color", "always", "--width", "40"]);
    assert!(stdout(&output).starts_with("\u{1b}["));
    let output = run(folder.path(), &["read", "elmford.txt", "--width", "40", "--color", "never"]);
    assert!(stdout(&output).lines().all(|line| line.chars().count() <= 40), "{}", stdout(&output));
}

#[test]
fn standard_input_is_read_with_a_dash_and_without() {
    let folder = folder(ARTICLE);
    for arguments in [&["read", "--format", "json", "-"][..], &["read", "--format", "json"]] {
        let output = run_with_input(folder.path(), arguments, ARTICLE);
        assert_code(&output, 0);
        assert_eq!(from_json(stdout(&output)).unwrap().0.text, ARTICLE);
    }
    let output = run_with_input(folder.path(), &["read", "--format", "jsonl"], &format!("{}\n{}\n", record(ARTICLE, "one"), record(ARTICLE, "two")));
    assert_eq!(stdout(&output).lines().map(|line| from_json(line).unwrap().0.id).collect::<Vec<_>>(), ["one", "two"]);
}

#[test]
fn files_and_folders_are_read_in_order_and_good_lines_survive_a_broken_one() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["read", ".", "elmford.txt", "--format", "jsonl"]);
    assert_code(&output, 1);
    let documents: Vec<_> = stdout(&output).lines().map(|line| from_json(line).unwrap().0).collect();
    assert_eq!(documents.len(), 5);
    assert!(documents.iter().all(|document| document.text == ARTICLE));
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids[1..4], ["one", "three", "four"]);
    assert!(stderr(&output).contains("wire.jsonl:2: line skipped"), "{}", stderr(&output));
    assert!(stderr(&output).contains("\n5 documents read, "), "{}", stderr(&output));
}

#[test]
fn several_documents_as_json_are_one_array() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["read", "wire.jsonl", "--format", "json"]);
    let array: Vec<serde_json::Value> = serde_json::from_str(stdout(&output)).unwrap();
    let ids: Vec<String> = array.iter().map(|ledger| from_json(&ledger.to_string()).unwrap().0.id).collect();
    assert_eq!(ids, ["one", "three", "four"]);
}

#[test]
fn syntax_has_ten_columns_and_every_sentence_its_text() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["read", "wire.jsonl", "--format", "conllu"]);
    let (comments, rows): (Vec<&str>, Vec<&str>) = stdout(&output).lines().filter(|line| !line.is_empty()).partition(|line| line.starts_with("# "));
    assert!(comments.contains(&"# newdoc id = one") && comments.contains(&"# sent_id = three-s2"));
    let sentences: Vec<&str> = comments.iter().filter_map(|line| line.strip_prefix("# text = ")).take(3).collect();
    assert_eq!(sentences.join(" "), ARTICLE.trim_end());
    assert!(rows.iter().all(|row| row.split('\t').count() == 10), "{}", stdout(&output));
    assert!(rows.iter().any(|row| row.ends_with("SpaceAfter=No")));
}

#[test]
fn options_fill_in_what_a_record_leaves_open() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["read", "wire.jsonl", "--format", "jsonl", "--title", "Given", "--publisher", "Given"]);
    let document = from_json(stdout(&output).lines().next().unwrap()).unwrap().0;
    assert_eq!((document.title.as_deref(), document.publisher.as_deref()), (Some("Given"), Some("Example Wire")));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let folder = folder(ARTICLE);
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    fs::write(folder.path().join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap();
    for (file, said) in [("empty.txt", "empty.txt: no text in it"), ("picture.txt", "picture.txt: not a text file"), ("gone.txt", "gone.txt: cannot")]
    {
        let output = run(folder.path(), &["read", file, "--format", "json"]);
        assert_code(&output, 2);
        assert!(stderr(&output).starts_with(&format!("error: {said}")), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
        let output = run(folder.path(), &["read", file, "elmford.txt", "--format", "json"]);
        assert_code(&output, 1);
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
        from_json(stdout(&output)).unwrap();
    }
}

#[test]
fn advice_is_given_once() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["read", "gone.txt", "gone too.txt"]);
    assert_eq!(stderr(&output).matches("error: ").count(), 2);
    assert_eq!(stderr(&output).matches("  help: ").count(), 1, "{}", stderr(&output));
}

#[test]
fn the_command_line_is_checked() {
    let folder = folder(ARTICLE);
    let cases: [(&[&str], &str); 8] = [
        (&["read", "elmford.txt", "--published", "yesterday"], "not a day of the form YYYY-MM-DD"),
        (&["read", "elmford.txt", "--published", "2016-02-30"], "not a day of the form YYYY-MM-DD"),
        (&["read", "elmford.txt", "wire.jsonl", "--title", "x"], "--title is the headline of one file, and there are 2"),
        (&["read", ".", "--title", "x"], "--title is the headline of one file, and there are 2"),
        (&["read", "elmford.txt", "--threads", "0"], "not a number from 1 to 256"),
        (&["read", "elmford.txt", "--format", "xml"], "invalid value 'xml'"),
        (&["read", "elmford.txt", "--width", "5"], "5 is not in 20..=1000"),
        (&["write"], "unrecognized subcommand 'write'"),
    ];
    for (arguments, said) in cases {
        let output = run(folder.path(), arguments);
        assert_code(&output, 2);
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn quiet_leaves_errors_alone() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["read", "wire.jsonl", "elmford.txt", "--quiet"]);
    assert_code(&output, 1);
    assert!(stderr(&output).lines().all(|line| line.starts_with("error:") || line.starts_with("  help:")), "{}", stderr(&output));
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["--version"]);
    assert_code(&output, 0);
    assert_eq!(stdout(&output), concat!("hearsay ", env!("CARGO_PKG_VERSION"), "\n"));
    let output = run(folder.path(), &["read", "--help"]);
    assert_code(&output, 0);
    assert!(stdout(&output).contains("Exit codes:"));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = folder(ARTICLE);
    let many: Vec<String> = (0..12).map(|number| record(ARTICLE, &format!("d{number}"))).collect();
    fs::write(folder.path().join("many.jsonl"), many.join("\n")).unwrap();
    for format in ["reading", "jsonl"] {
        let run = |threads| run(folder.path(), &["read", "many.jsonl", "elmford.txt", "wire.jsonl", "--format", format, "--threads", threads]);
        let (one, four) = (run("1"), run("4"));
        assert!(one.stdout == four.stdout && one.stderr == four.stderr, "{format}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = folder(ARTICLE);
    let many: Vec<String> = (0..200).map(|number| record(ARTICLE, &format!("d{number}"))).collect();
    fs::write(folder.path().join("many.jsonl"), many.join("\n")).unwrap();
    let mut child = command(folder.path(), &["read", "many.jsonl", "--format", "jsonl", "--quiet"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_code(&output, 0);
    assert_eq!(stderr(&output), "");
}
