//! `hearsay explain`, run as a person or a script runs it. What the coder finds is not looked at here, only that what it
//! found is told.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::{folder, record};

const ARTICLE: &str = "Shells fell on the market of Elmford on Monday, killing 20 people. The Northland Ministry of Defence rejected \
    the claim that its jets had bombed the town. Ada Brook, a doctor at the hospital, said that two aircraft had been seen. She added \
    that the army attacked the town again on Tuesday.\n";

const SENTENCES: usize = 4;

fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearsay"));
    command.current_dir(folder).arg("explain").args(arguments).env_remove("CLICOLOR_FORCE");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that fails early reads nothing, and may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn page(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&page(folder, &[arguments, &["--format", "json"]].concat())).unwrap()
}

fn error(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, "");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The sentences that were explained, from 0.
fn explained(explanation: &serde_json::Value) -> Vec<u64> {
    explanation["sentences"].as_array().unwrap().iter().map(|sentence| sentence["sentence"].as_u64().unwrap()).collect()
}

#[test]
fn a_page_shows_the_sentence_and_stays_within_its_width() {
    let folder = folder(ARTICLE);
    for width in [60, 80] {
        let page = page(folder.path(), &["elmford.txt:1-4", "--published", "2016-02-16", "--title", "Market hit", "--width", &width.to_string()]);
        assert!(page.starts_with("Market hit\n2016-02-16 · elmford.txt · doc-"), "{page}");
        assert!(page.contains("\n\ns1  Shells fell on the market of Elmford on Monday"), "{page}");
        assert!(page.contains("\n\ns4  She added"), "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= width && line == line.trim_end()), "{page}");
    }
}

#[test]
fn colour_changes_no_word() {
    let folder = folder(ARTICLE);
    let coloured = page(folder.path(), &["elmford.txt:1-4", "--color", "always"]);
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), page(folder.path(), &["elmford.txt:1-4"]));
}

#[test]
fn sentences_are_told_once_and_in_the_order_of_the_text() {
    let folder = folder(ARTICLE);
    assert_eq!(explained(&json(folder.path(), &["elmford.txt:4,1-2,2"])), [0, 1, 3]);
    assert_eq!(explained(&json(folder.path(), &["elmford.txt:s3"])), [2]);
}

#[test]
fn json_tells_what_each_record_rests_on() {
    let folder = folder(ARTICLE);
    let explanation = json(folder.path(), &["wire.jsonl#three:1-4"]);
    assert_eq!(explanation["format"], "hearsay-explanation/1");
    assert_eq!(explanation["document"]["id"], "three");
    assert_eq!(explanation["document"]["sentence_count"], SENTENCES);
    let sentences = explanation["sentences"].as_array().unwrap();
    let all = |list: &str| sentences.iter().flat_map(|sentence| sentence[list].as_array().unwrap().clone()).collect::<Vec<_>>();
    let (names, attributions, events) = (all("names"), all("attributions"), all("events"));
    assert!(!names.is_empty() && !attributions.is_empty() && !events.is_empty(), "{explanation:#}");
    for passage in names.iter().map(|name| &name["passage"]).chain(events.iter().map(|event| &event["trigger"])) {
        let [start, end] = [0, 1].map(|side| usize::try_from(passage["span"][side].as_u64().unwrap()).unwrap());
        assert_eq!(passage["text"], ARTICLE[start..end]);
    }
    for event in &events {
        assert_eq!(event["types"][0]["label"], event["type"]);
        assert!((1..=3).contains(&event["stances"].as_array().unwrap().len()));
        assert!(event["cameo"]["quad_class"].as_u64().unwrap() <= 4 && event["cameo"]["goldstein_table"].is_string());
        let accounts = event["accounts"].as_array().unwrap();
        assert!(!accounts.is_empty() && accounts.iter().all(|account| account["carrier"].is_string()));
    }
}

#[test]
fn what_was_decided_after_the_network_has_its_words() {
    let folder = folder(ARTICLE);
    let explanation = json(folder.path(), &["wire.jsonl#three:1-4"]);
    let sentences = explanation["sentences"].as_array().unwrap();
    let all = |list: &str| sentences.iter().flat_map(|sentence| sentence[list].as_array().unwrap().clone()).collect::<Vec<_>>();
    let words =
        |of: &serde_json::Value| of["words"].as_array().unwrap().iter().map(|words| words["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let times = all("times");
    assert!(times.iter().any(|time| time["counted_from"] == serde_json::json!({"kind": "published", "day": "2016-02-16"})), "{times:#?}");
    let events = all("events");
    for losses in events.iter().flat_map(|event| event["losses"].as_array().unwrap()) {
        assert!(!words(losses).is_empty(), "{losses}");
    }
    for account in events.iter().flat_map(|event| event["accounts"].as_array().unwrap()) {
        assert_eq!(account["carrier"] == "reaction", !words(account).is_empty(), "{account}");
    }
    for incident in all("incidents") {
        let (events, joins) = (incident["events"].as_array().unwrap(), incident["joins"].as_array().unwrap());
        assert_eq!(joins.len(), events.len() - 1, "each event but the first is joined to one before it");
        assert!(joins.iter().all(|join| join["evidence"][0]["name"] == "bias"), "{incident}");
    }
}

#[test]
fn truce_terms_have_the_words_that_made_them() {
    let folder = folder(ARTICLE);
    let text = "The two governments agreed on a truce. The rebels rejected the ceasefire on Tuesday.\n";
    fs::write(folder.path().join("truce.txt"), text).unwrap();
    let explanation = json(folder.path(), &["truce.txt:1-2"]);
    let terms = explanation["sentences"].as_array().unwrap().iter().flat_map(|sentence| sentence["truce_terms"].as_array().unwrap());
    let made: Vec<&serde_json::Value> = terms.map(|term| &term["words"]).collect();
    assert!(!made.is_empty() && made.iter().all(|words| !words.as_array().unwrap().is_empty()), "{explanation:#}");
}

#[test]
fn a_rule_that_forbids_an_event_is_told() {
    let folder = folder(ARTICLE);
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/event.toml"), "[[rules]]\ntrigger = \"bombed\"\nskip = true\n").unwrap();
    let arguments = ["elmford.txt:2", "--codebook", "mine"];
    let sentence = json(folder.path(), &arguments)["sentences"][0].clone();
    let skip = sentence["unused"].as_array().unwrap().iter().find(|unused| unused["kind"] == "event").unwrap();
    assert_eq!((&skip["passage"]["text"], &skip["probability"]), (&"bombed".into(), &serde_json::Value::Null));
    assert!(skip["reason"].as_str().unwrap().starts_with("the rule `bombed` of "), "{skip}");
    assert!(sentence["events"].as_array().unwrap().iter().all(|event| event["trigger"]["text"] != "bombed"));
    assert!(page(folder.path(), &arguments).contains("the rule `bombed` of "));
}

#[test]
fn a_rule_of_a_users_codebook_is_named() {
    let folder = folder(ARTICLE);
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/event.toml"), "[[rules]]\ntrigger = \"seen\"\ntype = \"CONSULT\"\nmode = \"visit\"\n").unwrap();
    let arguments = ["elmford.txt:3", "--codebook", "mine"];
    let events = json(folder.path(), &arguments)["sentences"][0]["events"].clone();
    let ours = events.as_array().unwrap().iter().find(|event| event["trigger"]["text"] == "seen").unwrap();
    assert_eq!(ours["rule"]["trigger"], "seen");
    assert!(ours["rule"]["origin"].as_str().unwrap().ends_with("event.toml:1"), "{ours}");
    assert_eq!((&ours["type"], &ours["mode"]), (&"CONSULT".into(), &"visit".into()));
    assert!(page(folder.path(), &arguments).contains("`seen` of "));
}

#[test]
fn standard_input_and_files_of_one_document_need_no_id() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["-:2", "--format", "json"], ARTICLE);
    let explanation: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&explanation["document"]["file"], explained(&explanation)), (&"standard input".into(), vec![1]));
    let output = run(folder.path(), &["-#four:2", "--format", "json"], &format!("{}\n{}\n", record(ARTICLE, "three"), record(ARTICLE, "four")));
    let explanation: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(explanation["document"]["id"], "four");
    fs::write(folder.path().join("single.jsonl"), record(ARTICLE, "only")).unwrap();
    assert_eq!(json(folder.path(), &["single.jsonl:1"])["document"]["id"], "only");
}

#[test]
fn what_cannot_be_explained_is_told_in_plain_words() {
    let folder = folder(ARTICLE);
    let at = folder.path();
    let no_such = "error: elmford.txt: there is no sentence 9: the document has 4 sentences\n";
    assert_eq!(error(at, &["elmford.txt:9"]), no_such);
    assert_eq!(error(at, &["elmford.txt:2-9"]), no_such);
    for (arguments, said) in [
        (&["elmford.txt"][..], "no sentence is named in `elmford.txt`; write elmford.txt:3, elmford.txt:3-5 or elmford.txt:3,7"),
        (&["elmford.txt:two"], "cannot tell which sentences are meant by `elmford.txt:two`: `two` is neither a number"),
        (&["elmford.txt:0"], "sentences are counted from 1"),
        (&["elmford.txt:3-1"], "`3-1` ends before it begins"),
        (&["gone.txt:1"], "gone.txt: cannot be read: there is no such file"),
        (&[".:1"], ". is a folder; name one file in it"),
        (&["wire.jsonl:1"], "wire.jsonl holds several documents (one, three, four); name one, as in wire.jsonl#one:1"),
        (&["wire.jsonl#two:1"], "wire.jsonl has no document with the id `two`"),
        (&["wire.jsonl#two:1"], "wire.jsonl:2: line skipped"),
        (&["elmford.txt:1", "--format", "conllu"], "invalid value 'conllu'"),
        (&["elmford.txt:1", "--fromat", "json"], "--fromat"),
        (&[], "FILE:SENTENCE"),
    ] {
        let error = error(at, arguments);
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
}

#[test]
fn other_lines_that_are_broken_say_nothing_of_the_one_asked_for() {
    let folder = folder(ARTICLE);
    let output = run(folder.path(), &["wire.jsonl#four:1"], "");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]));
}
