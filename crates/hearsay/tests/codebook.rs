//! Codebooks of a user's own: the example, what is wrong in one, and dictionaries made into one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use hearsay_coder::{Codebook, UserFile};
use hearsay_formats::petrarch::{Meaning, actors, agents, rules};
use proptest::prelude::*;

const ARTICLE: &str = "Southmark's army closed the crossing at Elmford on Monday. Riders torched two farms near the town, said Ida Brandt.\n";

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/codebook")
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hearsay")).current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The ledger that `hearsay read` gives with a codebook.
fn ledger(codebook: Option<&str>) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    let with = codebook.map_or(vec![], |codebook| vec!["--codebook", codebook]);
    let arguments = [&["read", "--format", "json", "--published", "2016-02-16"][..], &with, &["a.txt"]].concat();
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_example_wins_over_the_network() {
    let ledger = ledger(Some(example().to_str().unwrap()));
    let events = ledger["events"].as_array().unwrap();
    let event = |word: &str| {
        let at = ARTICLE.find(word).unwrap() as u64;
        events.iter().find(|event| event["trigger"][0] == at).unwrap_or_else(|| panic!("no event at {word}: {events:#?}"))
    };
    let torched = event("torched");
    assert_eq!((torched["type"].as_str(), torched["mode"].as_str(), torched["cameo"].as_str()), (Some("ASSAULT"), Some("arson"), Some("1712A")));
    let closed = event("closed");
    assert_eq!((closed["type"].as_str(), closed["mode"].as_str()), (Some("COERCE"), Some("restrict")));
    let brandt = ledger["entities"].as_array().unwrap().iter().find(|entity| entity["name"] == "Ida Brandt").expect("an entity");
    assert_eq!((brandt["country"].as_str(), brandt["sector"].as_str()), (Some("XSO"), Some("GOV")));
}

#[test]
fn what_is_wrong_is_told_with_file_and_line_and_nothing_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    fs::create_dir(&book).unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    let error = |name: &str, text: &str| {
        let path = book.join(name);
        fs::write(&path, text).unwrap();
        let output = run(folder.path(), &["read", "--codebook", "book", "a.txt"]);
        fs::remove_file(path).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        stderr(&output).trim_end().to_owned()
    };
    let slash = std::path::MAIN_SEPARATOR;
    assert_eq!(
        error("evnt.toml", ""),
        format!("error: cannot use the codebook: book{slash}evnt.toml: is no file of a codebook; did you mean `event.toml`?")
    );
    assert_eq!(
        error("account.toml", "\nreech = 4\n"),
        format!("error: cannot use the codebook: book{slash}account.toml:2: there is no key `reech`; did you mean `reach`?")
    );
    assert!(error("event.tml", "").contains("event.tml is no file of a codebook; they end in .toml, .tsv or .csv"));
    assert!(error("notes.md", "").contains("there is no file of a codebook in it"));
    let output = run(folder.path(), &["read", "--codebook", "nowhere", "a.txt"]);
    assert!(stderr(&output).starts_with("error: cannot read the codebook nowhere: "), "{}", stderr(&output));
}

/// Dictionaries of our own.
const VERBS: &str =
    "--- TORCH [1712] ---\nTORCH {TORCHED}\nBURN_DOWN\n- * &HARVEST [190]\n- SAID * FARM [111]\n\n--- SAY [010] ---\nSAY {SAID}\nstray } line\n";
const ACTORS: &str = "RURITANIA_ [SYR]\n+RURITANIAN_\n\nRUDOLF_ELPHBERG\n\t[SYRGOV 900101-20200101]\n\t[SYRELI >20200102]\n";
const AGENTS: &str = "!PERSON! = MAN, MEN\nHORSE!PERSON! [~MIL]\nGUARD [~MIL]\n";

#[test]
fn dictionaries_become_a_codebook_that_can_be_read_with() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("v.txt", VERBS), ("a.txt", ACTORS), ("g.txt", AGENTS)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let arguments = ["codebook", "import", "--verbs", "v.txt", "--actors", "a.txt", "--agents", "g.txt", "--out", "book"];
    let output = run(folder.path(), &arguments);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("warning: v.txt:4: not taken over: names a set or marker that is not defined"), "{told}");
    assert!(told.contains("warning: v.txt:9: not taken over: not in the form of the dictionary"), "{told}");
    assert!(told.contains("note: v.txt:5: not taken over: asks for words before the verb"), "{told}");
    assert!(told.contains("note: v.txt: 1 rules in event.toml; 4 lines not taken over, all told in import.txt"), "{told}");
    assert!(told.contains("note: a.txt: 4 rows in actors.tsv"), "{told}");
    let report = fs::read_to_string(folder.path().join("book/import.txt")).unwrap();
    assert_eq!(report.lines().count(), 4, "{report}");
    let events = fs::read_to_string(folder.path().join("book/event.toml")).unwrap();
    assert!(events.contains("\"burned down\"") && events.contains("cameo = \"1712\""), "{events}");
    let again = run(folder.path(), &arguments);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("event.toml is there already"), "{}", stderr(&again));
    let ledger = ledger(Some(folder.path().join("book").to_str().unwrap()));
    let torched = ARTICLE.find("torched").unwrap() as u64;
    assert!(ledger["events"].as_array().unwrap().iter().any(|event| event["trigger"][0] == torched && event["cameo"] == "1712"));
}

#[test]
fn dictionaries_without_anything_to_take_over_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("v.txt"), b"SAY [010] # \xe9\n").unwrap();
    let output = run(folder.path(), &["codebook", "import", "--verbs", "v.txt", "--out", "book"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(told.contains("v.txt: not UTF-8, so it was read as Latin-1") && told.contains("nothing in v.txt could be taken over"), "{told}");
    assert!(!folder.path().join("book").exists());
    assert_eq!(run(folder.path(), &["codebook", "import", "--out", "book"]).status.code(), Some(2));
}

static OURS: LazyLock<Codebook> = LazyLock::new(|| Codebook::embedded().unwrap());

/// Lines such as dictionaries have, in any order, and any text at all.
fn dictionary() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("--- FIRE [190] ---"),
        Just("FIRE {FIRED }"),
        Just("+SHOT_AT [193]"),
        Just("A.M._RISE [042]"),
        Just("ACCUS_ [112]"),
        Just("&SET_"),
        Just("+MEMBER"),
        Just("+&SET"),
        Just("+..."),
        Just("- * &SET {A B} (TO +) [190]"),
        Just("- WAS_*_ON ... [---]"),
        Just("- $ ** [042:043]"),
        Just("- * * [190]"),
        Just("-"),
        Just("~ x"),
        Just("<!--"),
        Just("-->"),
        Just("NAME_ [SYRGOV <000101]"),
        Just("\t[SYR 20000101-20010101]"),
        Just("+OTHER NAME"),
        Just("!A! = B, C"),
        Just("X!A!_Y {} [~MIL]"),
        Just(""),
        Just("# [")
    ];
    let line = prop_oneof![4 => piece.prop_map(str::to_owned), 1 => "\\PC{0,30}", 1 => "[A-Z_+*&${}()\\[\\]<>!~;:. 0-9-]{0,30}"];
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

proptest! {
    // No file of regressions: what it found is in the tests of its parts.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// Whatever a dictionary holds, it never stops the program, and what comes of it is a codebook.
    #[test]
    fn any_text_becomes_a_codebook_or_nothing(text in dictionary()) {
        let meaning = |code: &str| match OURS.event.cameo(code).map(|code| code.event_type.is_some()) {
            Some(true) => Meaning::Event,
            Some(false) => Meaning::Statement,
            None => Meaning::Unknown,
        };
        let files = [("event.toml", rules(&text, &meaning)), ("actors.tsv", actors(&text)), ("agents.tsv", agents(&text))];
        let files: Vec<UserFile> = files.into_iter().map(|(name, imported)| UserFile { path: name.to_owned(), text: imported.text }).collect();
        let read = Codebook::with_overlay(&files);
        prop_assert!(read.is_ok(), "{}\n{files:#?}", read.unwrap_err());
    }
}
