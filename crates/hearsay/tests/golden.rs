//! The golden corpus: the ledgers of `examples/`, one snapshot. A change anywhere shows here as a difference in what
//! is said to be said.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[test]
fn the_examples_read_as_they_did() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let done = Command::new(env!("CARGO_BIN_EXE_hearsay")).args(["read", "--format", "jsonl", "--quiet"]).arg(examples).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut out = String::new();
    for line in String::from_utf8(done.stdout).unwrap().lines() {
        digest(&serde_json::from_str(line).unwrap(), &mut out);
    }
    insta::assert_snapshot!("examples", out);
}

/// One ledger in few lines: what is said by whom, and who is named.
fn digest(ledger: &Value, out: &mut String) {
    let document = &ledger["document"];
    let text = document["text"].as_str().unwrap();
    let words =
        |span: &Value| text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize].split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = |spans: &Value| spans.as_array().unwrap().iter().map(words).collect::<Vec<_>>().join(" … ");
    let entity = |id: &Value| {
        ledger["entities"]
            .as_array()
            .unwrap()
            .iter()
            .find(|e| e["id"] == *id)
            .map(|e| format!(" = {}", e["name"].as_str().unwrap()))
            .unwrap_or_default()
    };
    writeln!(out, "# {} ({} sentences)", document["id"].as_str().unwrap(), ledger["sentences"].as_array().unwrap().len()).unwrap();
    for a in ledger["attributions"].as_array().unwrap() {
        let marks = [a["quoted"].as_bool().unwrap().then_some(" [quoted]".to_owned()), a["within"].as_str().map(|w| format!(" [within {w}]"))];
        let source = joined(&a["source"]);
        writeln!(
            out,
            "{} {source}{} | {} | {}{}",
            a["id"].as_str().unwrap(),
            entity(&a["source_entity"]),
            joined(&a["cue"]),
            joined(&a["content"]),
            marks.into_iter().flatten().collect::<String>()
        )
        .unwrap();
    }
    for e in ledger["entities"].as_array().unwrap() {
        writeln!(
            out,
            "{} {}: {} ({})",
            e["id"].as_str().unwrap(),
            e["type"].as_str().unwrap(),
            e["name"].as_str().unwrap(),
            e["mentions"].as_array().unwrap().len()
        )
        .unwrap();
    }
    out.push('\n');
}
