//! The literate cases of segmentation (`cases/segmentation/*.md`): each short article must be divided exactly as the
//! block below it says. With `UPDATE_CASES=1` in the environment the blocks are rewritten instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hearsay_codebook::Codebook;
use hearsay_coder::segment::segment;
use hearsay_ledger::Span;

const EXPECT: &str = "```expect\n";

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/segmentation");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    files.sort();
    files
}

/// Byte range of what stands in the block that `opening` opens, without the last line break.
fn block(part: &str, opening: &str, name: &str) -> std::ops::Range<usize> {
    let start = part.find(opening).unwrap_or_else(|| panic!("{name}: no block {}", opening.trim())) + opening.len();
    let len = part[start..].find("```").unwrap_or_else(|| panic!("{name}: a block has no end"));
    let body = part[start..start + len].trim_end_matches('\n');
    start..start + body.len()
}

/// The segmentation in the form of the cases: a line for each dateline, byline, sentence and quotation.
fn describe(text: &str, codebook: &Codebook) -> String {
    // A line break inside a span would break the line of the case.
    let shown = |span: &Span| span.of(text).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let found = segment(text, codebook);
    let mut out = String::new();
    for (name, span) in [("DATELINE", &found.dateline), ("BYLINE", &found.byline)] {
        if let Some(span) = span {
            writeln!(out, "{name}: {}", shown(span)).unwrap();
        }
    }
    for sentence in &found.sentences {
        let tokens: Vec<_> = sentence.tokens.iter().map(|token| token.of(text).unwrap()).collect();
        writeln!(out, "S: {}", tokens.join(" ")).unwrap();
    }
    for quotation in &found.quotations {
        writeln!(out, "QUOTATION: {}", shown(quotation)).unwrap();
    }
    out.trim_end().to_owned()
}

#[test]
fn every_case_is_divided_as_it_should_be() {
    let codebook = Codebook::embedded().unwrap();
    let update = std::env::var_os("UPDATE_CASES").is_some_and(|value| value == "1");
    let mut report = String::new();
    let mut cases = 0;
    for path in files() {
        let markdown = fs::read_to_string(&path).unwrap();
        let mut parts = markdown.split("\n## ");
        let mut rewritten = parts.next().unwrap().to_owned();
        for part in parts {
            let name = format!("{}: {}", path.file_name().unwrap().to_string_lossy(), part.lines().next().unwrap());
            let found = describe(&part[block(part, "```text\n", &name)], &codebook);
            let expected = block(part, EXPECT, &name);
            if found != part[expected.clone()] {
                writeln!(report, "\n{name}\n--- expected\n{}\n--- found\n{found}", &part[expected.clone()]).unwrap();
            }
            let separator = if part[expected.end..].starts_with('\n') { "" } else { "\n" };
            write!(rewritten, "\n## {}{found}{separator}{}", &part[..expected.start], &part[expected.end..]).unwrap();
            cases += 1;
        }
        if update && rewritten != markdown {
            fs::write(&path, rewritten).unwrap();
        }
    }
    assert!(cases > 0, "no cases found");
    assert!(update || report.is_empty(), "{report}\nhelp: where the new division is right, run again with UPDATE_CASES=1");
}
