//! The literate cases of attribution (`cases/attribution/*.md`): each short text must give exactly the attributions
//! that stand below it. A case marked `(open)` says what is right and is not reached yet; it must still fail, so that
//! one that comes to pass is noticed and loses its mark. With `UPDATE_CASES=1` the marks are set anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hearsay_coder::{Resources, read};
use hearsay_ledger::{Attribution, Document, Span};

struct Case {
    path: PathBuf,
    file: String,
    name: String,
    open: bool,
    text: String,
    expected: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/attribution");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    files.sort();
    files.iter().flat_map(|path| parse(path, &path.file_stem().unwrap().to_string_lossy(), &fs::read_to_string(path).unwrap())).collect()
}

/// The cases of one file: a heading `## name`, a block ```` ```text ````, a block ```` ```expect ````.
fn parse(path: &Path, file: &str, markdown: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for part in markdown.split("\n## ").skip(1) {
        let name = part.lines().next().unwrap().trim();
        let block = |kind: &str| {
            let start = part.find(&format!("```{kind}\n")).unwrap_or_else(|| panic!("{file}: {name}: no block {kind}")) + kind.len() + 4;
            let end = part[start..].find("```").unwrap_or_else(|| panic!("{file}: {name}: block {kind} has no end")) + start;
            part[start..end].trim_end_matches('\n').to_owned()
        };
        cases.push(Case {
            path: path.to_owned(),
            file: file.to_owned(),
            name: name.trim_end_matches("(open)").trim().to_owned(),
            open: name.ends_with("(open)"),
            text: block("text"),
            expected: block("expect").lines().map(|line| line.split(" [via ").next().unwrap().trim_end().to_owned()).collect::<Vec<_>>().join("\n"),
        });
    }
    cases
}

/// The parts of a role, with ` … ` where other words stand between them.
fn joined(text: &str, spans: &[Span]) -> String {
    if spans.is_empty() { "-".to_owned() } else { spans.iter().map(|s| s.of(text).unwrap()).collect::<Vec<_>>().join(" … ") }
}

fn line(text: &str, a: &Attribution) -> String {
    let mut out = [&a.source, &a.cue, &a.content].map(|spans| joined(text, spans)).join(" | ");
    if a.quoted {
        out.push_str(" [quoted]");
    }
    if let Some(within) = a.within {
        write!(out, " [within {}]", within.0).unwrap();
    }
    out
}

/// Expectations may part what only white space divides, which the ledger joins; and a comma or colon at the end of a
/// part is not what cases are about (the hand-marked texts have it both ways).
fn same(found: &str, expected: &str) -> bool {
    let plain = |s: &str| s.split_whitespace().filter(|w| *w != "…").map(|w| w.trim_end_matches([',', ':'])).collect::<Vec<_>>().join(" ");
    plain(found) == plain(expected)
}

/// Turns the mark of a case in its file.
fn mark(case: &Case) {
    let text = fs::read_to_string(&case.path).unwrap();
    let (plain, open) = (format!("\n## {}\n", case.name), format!("\n## {} (open)\n", case.name));
    let (from, to) = if case.open { (open, plain) } else { (plain, open) };
    fs::write(&case.path, text.replacen(&from, &to, 1)).unwrap();
}

#[test]
fn every_case_is_read_as_it_should_be() {
    let resources = Resources::embedded().unwrap();
    let cases = cases();
    assert!(!cases.is_empty(), "no cases found");
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let (mut report, mut open) = (String::new(), 0);
    for case in &cases {
        let document =
            Document { id: case.name.clone(), title: None, publisher: None, published: None, url: None, language: None, text: case.text.clone() };
        let found = read(&document, &resources).ledger.attributions.iter().map(|a| line(&case.text, a)).collect::<Vec<_>>().join("\n");
        open += usize::from(case.open);
        if same(&found, &case.expected) == case.open {
            if update {
                mark(case);
                continue;
            }
            let hint = if case.open { "this open case has come to pass: take its mark away" } else { "found" };
            write!(report, "\n{}: {}\n  {hint}:\n{found}\n  expected:\n{}\n", case.file, case.name, case.expected).unwrap();
        }
    }
    println!("{} cases, {open} of them open", cases.len());
    assert!(report.is_empty(), "{report}");
}
