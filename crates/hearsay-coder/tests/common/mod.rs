//! What the harnesses of literate cases share: reading the files, comparing, and keeping the marks of open cases.
//!
//! A file of cases holds headings `## name`, below each a block ```` ```text ```` and a block ```` ```expect ````, and
//! between heading and text, where dates matter, a line `Published 2016-02-11.` A case marked `(open)` says what is right
//! and is not reached yet; it must still fail, so that one that comes to pass is noticed and loses its mark. With
//! `UPDATE_CASES=1` the marks are set anew; expectations are never rewritten.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hearsay_coder::{Resources, read};
use hearsay_ledger::{Date, Document, Ledger};

/// One case of a file.
pub struct Case {
    path: PathBuf,
    /// Name of its file, without the ending.
    pub file: String,
    /// Its heading, without the mark.
    pub name: String,
    open: bool,
    published: Option<Date>,
    /// The text that is read.
    pub text: String,
    /// The lines it must give.
    pub expected: String,
}

/// The cases of a folder of `cases/`, in the order of file names and headings.
pub fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(folder);
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    files.sort();
    let cases: Vec<_> = files.iter().flat_map(|path| parse(path, &fs::read_to_string(path).unwrap())).collect();
    assert!(!cases.is_empty(), "no cases found");
    cases
}

fn parse(path: &Path, markdown: &str) -> Vec<Case> {
    let file = path.file_stem().unwrap().to_string_lossy();
    let mut cases = Vec::new();
    for part in markdown.split("\n## ").skip(1) {
        let name = part.lines().next().unwrap().trim();
        let block = |kind: &str| {
            let start = part.find(&format!("```{kind}\n")).unwrap_or_else(|| panic!("{file}: {name}: no block {kind}")) + kind.len() + 4;
            let end = part[start..].find("```").unwrap_or_else(|| panic!("{file}: {name}: block {kind} has no end")) + start;
            part[start..end].trim_end_matches('\n').to_owned()
        };
        let preface = part.split("```").next().unwrap();
        let day = preface.lines().find_map(|line| line.strip_prefix("Published ")?.trim().strip_suffix('.'));
        cases.push(Case {
            path: path.to_owned(),
            file: file.clone().into_owned(),
            name: name.trim_end_matches("(open)").trim().to_owned(),
            open: name.ends_with("(open)"),
            published: day.map(|day| day.parse().unwrap_or_else(|_| panic!("{file}: {name}: {day} is no date"))),
            text: block("text"),
            expected: block("expect"),
        });
    }
    cases
}

/// Reads every case and checks what `describe` makes of its ledger against what is expected, as `same` sees it.
pub fn check(cases: &[Case], describe: impl Fn(&Case, &Ledger) -> String, same: impl Fn(&str, &str) -> bool) {
    let resources = Resources::embedded().unwrap();
    let update = std::env::var_os("UPDATE_CASES").is_some_and(|value| value == "1");
    let (mut report, mut open) = (String::new(), 0);
    for case in cases {
        let (name, text) = (case.name.clone(), case.text.clone());
        let document = Document { id: name, title: None, publisher: None, published: case.published, url: None, language: None, text };
        let found = describe(case, &read(&document, &resources).ledger);
        let holds = same(&found, &case.expected);
        open += usize::from(if update { !holds } else { case.open });
        if holds != case.open {
            continue;
        }
        if update {
            mark(case);
            continue;
        }
        let hint = if case.open { "this open case has come to pass: take its mark away" } else { "found" };
        write!(report, "\n{}: {}\n  {hint}:\n{found}\n  expected:\n{}\n", case.file, case.name, case.expected).unwrap();
    }
    println!("{} cases, {open} of them open", cases.len());
    assert!(report.is_empty(), "{report}\nhelp: UPDATE_CASES=1 sets the marks of open cases anew");
}

/// Turns the mark of a case in its file.
fn mark(case: &Case) {
    let text = fs::read_to_string(&case.path).unwrap();
    let (plain, open) = (format!("\n## {}\n", case.name), format!("\n## {} (open)\n", case.name));
    let (from, to) = if case.open { (open, plain) } else { (plain, open) };
    fs::write(&case.path, text.replacen(&from, &to, 1)).unwrap();
}
