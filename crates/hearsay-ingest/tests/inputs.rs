//! Inputs good and bad, as files and as streams: what is read, what is reported, and that the rest is still read.
#![allow(clippy::unwrap_used, clippy::unnecessary_wraps)]

use std::fs;
use std::io::{self, Read};

use hearsay_ingest::{Given, Kind, Limits, Origin, Problem, ProblemKind, Severity, Source, documents, documents_from};
use hearsay_ledger::{Date, Document};

type Found = Vec<Result<Document, Problem>>;

fn read_with(input: &[u8], kind: Option<Kind>, given: &Given, limits: &Limits) -> Found {
    documents_from(input, "input", kind, given, limits).collect()
}

fn read(input: impl AsRef<[u8]>, kind: Kind) -> Found {
    read_with(input.as_ref(), Some(kind), &Given::default(), &Limits::default())
}

/// Texts of the documents, and messages of the problems, in order.
fn lines(found: &Found) -> Vec<String> {
    found
        .iter()
        .map(|item| match item {
            Ok(document) => document.text.clone(),
            Err(problem) => problem.to_string(),
        })
        .collect()
}

fn kinds(found: &Found) -> Vec<&ProblemKind> {
    found.iter().filter_map(|item| item.as_ref().err()).map(|problem| &problem.kind).collect()
}

fn only(found: Found) -> Document {
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap().unwrap()
}

fn day(written: &str) -> Option<Date> {
    Some(written.parse().unwrap())
}

// --- plain text

#[test]
fn text_is_left_as_it_is() {
    let text = "  ALEPPO, Feb 11 \r\n\r\n\tThe army said  “no”.\u{a0}\n\n";
    let document = only(read(text, Kind::Text));
    assert_eq!(document.text, text);
    assert_eq!(document.id, Document::id_of(text));
    assert_eq!((document.title, document.publisher, document.published, document.url, document.language), (None, None, None, None, None));
}

#[test]
fn a_byte_order_mark_is_no_text() {
    assert_eq!(only(read("\u{feff}Munich", Kind::Text)).text, "Munich");
    assert_eq!(only(read(b"\xff\xfeM\0u\0", Kind::Text)).text, "Mu");
}

#[test]
fn what_is_given_is_set() {
    let given = Given { title: Some("T".into()), publisher: Some("P".into()), published: day("2016-02-11") };
    let document = only(read_with(b"Text.", Some(Kind::Text), &given, &Limits::default()));
    assert_eq!((document.title.as_deref(), document.publisher.as_deref(), document.published), (Some("T"), Some("P"), day("2016-02-11")));
    let page = b"<title>Another title of the page</title><meta name=date content=2016-02-12><p>Text of the page.</p>";
    let found = read_with(page, Some(Kind::Html), &given, &Limits::default());
    let document = found.last().unwrap().as_ref().unwrap();
    assert_eq!((document.title.as_deref(), document.published), (Some("T"), day("2016-02-11")));
    let record = br#"{"text": "x", "title": "R"}"#;
    let document = only(read_with(record, Some(Kind::JsonLines), &given, &Limits::default()));
    assert_eq!((document.title.as_deref(), document.publisher.as_deref()), (Some("R"), Some("P")));
}

#[test]
fn a_guess_is_said() {
    let found = read(b"The caf\xe9 in Al\xe9p was hit, a m\xe9decin said.", Kind::Text);
    assert_eq!(lines(&found), ["input: encoding guessed: windows-1252", "The café in Alép was hit, a médecin said."]);
    assert_eq!(found[0].as_ref().unwrap_err().severity(), Severity::Warning);
}

#[test]
fn nothing_is_reported() {
    for kind in [Kind::Text, Kind::Html, Kind::JsonLines] {
        for input in ["", " \n\t\r\n ", "\u{feff}"] {
            assert_eq!(lines(&read(input, kind)), ["input: no text in it"], "{kind:?} {input:?}");
        }
    }
}

#[test]
fn binaries_are_refused() {
    for kind in [Kind::Text, Kind::Html, Kind::JsonLines] {
        for input in [&b"%PDF-1.4\n%\xe2\xe3\xcf\xd3"[..], b"PK\x03\x04\x14\0", b"abc\0def", b"\x01\x02\x03\x04 \x05\x06"] {
            assert!(matches!(kinds(&read(input, kind))[..], [ProblemKind::Binary { .. }]), "{kind:?} {input:?}");
        }
    }
}

// --- sizes

#[test]
fn large_documents_are_refused_without_being_held() {
    let limits = Limits { document_bytes: 1000, ..Limits::default() };
    for kind in [Kind::Text, Kind::Html] {
        let found = documents_from(io::repeat(b'x'), "endless", Some(kind), &Given::default(), &limits).collect();
        assert_eq!(lines(&found), ["endless: too large: one document may have at most 1000 bytes"]);
        assert_eq!(lines(&read_with(&[b'x'; 1001], Some(kind), &Given::default(), &limits)).len(), 1);
    }
    assert_eq!(only(read_with(&[b'x'; 1000], Some(Kind::Text), &Given::default(), &limits)).text.len(), 1000);
    let record = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"x\"}}", "x".repeat(1001));
    let found = read_with(record.as_bytes(), Some(Kind::JsonLines), &Given::default(), &limits);
    assert_eq!(lines(&found), ["input:1: too large: one document may have at most 1000 bytes", "x"]);
}

#[test]
fn long_json_lines_stream_and_an_endless_line_is_passed_over() {
    let limits = Limits { line_bytes: 10_000, ..Limits::default() };
    let record = |n: u64| format!("{{\"id\": {n}, \"text\": \"Text number {n}.\"}}\n").into_bytes();
    // 30 MB in one line, and 50 000 records around it.
    let input = io::Cursor::new((0..25_000).flat_map(record).collect::<Vec<u8>>())
        .chain(io::repeat(b'[').take(30_000_000))
        .chain(&b"\r\n"[..])
        .chain(io::Cursor::new((25_000..50_000).flat_map(record).collect::<Vec<u8>>()));
    let (mut read, mut problems) = (0, Vec::new());
    for found in documents_from(input, "long", Some(Kind::JsonLines), &Given::default(), &limits) {
        match found {
            Ok(document) => {
                assert_eq!(document.text, format!("Text number {read}."));
                read += 1;
            }
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    assert_eq!(read, 50_000);
    assert_eq!(problems, ["long:25001: line skipped: it is longer than 10000 bytes"]);
}

#[test]
fn an_endless_last_line_ends() {
    let limits = Limits { line_bytes: 100, ..Limits::default() };
    let input = io::repeat(b'{').take(1_000_000);
    let found = documents_from(input, "cut", Some(Kind::JsonLines), &Given::default(), &limits).collect();
    assert_eq!(lines(&found), ["cut:1: line skipped: it is longer than 100 bytes"]);
}

// --- JSON Lines

#[test]
fn records_are_read_field_by_field() {
    let record = r#"{"id": "r1", "title": "T", "publisher": "P", "published": "2016-02-11T23:50:00+02:00", "url": "https://p.example/1", "text": " a\u00e9\r\n\u0000 ", "more": {"x": [1]}}"#;
    assert_eq!(
        only(read(record, Kind::JsonLines)),
        Document {
            id: "r1".into(),
            title: Some("T".into()),
            publisher: Some("P".into()),
            published: day("2016-02-11"),
            url: Some("https://p.example/1".into()),
            language: None,
            text: " aé\r\n\0 ".into(),
        }
    );
    let bare = only(read("\u{feff}{\"text\": \"x\", \"id\": null, \"title\": \"\"}\r\n", Kind::JsonLines));
    assert_eq!((bare.id, bare.title), (Document::id_of("x"), None));
    assert_eq!(only(read(r#"{"text": "x", "id": 17}"#, Kind::JsonLines)).id, "17");
}

#[test]
fn a_bad_line_costs_only_itself() {
    let mut input = b"{\"text\": \"one\"}\n\n{\"text\": \"tw\n[1, 2]\nnull\n{\"text\": \"caf\xe9\"}\n".to_vec();
    input.extend(b"{\"title\": \"no text\"}\n{\"text\": \" \"}\n{\"text\": 5}\n{\"text\": \"two\"} x\n{\"text\": \"\\ud800\"}\n{\"text\": \"last\"}");
    assert_eq!(
        lines(&read(&input, Kind::JsonLines)),
        [
            "one",
            "input:3: line skipped: broken JSON at column 12: EOF while parsing a string",
            "input:4: line skipped: not a JSON object",
            "input:5: line skipped: not a JSON object",
            "input:6: line skipped: not UTF-8 at byte 14 of the line",
            "input:7: line skipped: it has no `text`",
            "input:8: line skipped: it has no `text`",
            "input:9: line skipped: it has no `text`",
            "input:10: line skipped: broken JSON at column 17: trailing characters",
            "input:11: line skipped: broken JSON at column 17: unexpected end of hex escape",
            "last",
        ]
    );
}

#[test]
fn a_bad_field_costs_only_itself() {
    let input = r#"{"text": "x", "published": "11 février", "title": ["T"], "publisher": "P", "id": true}"#;
    let found = read(input, Kind::JsonLines);
    assert_eq!(
        lines(&found),
        [
            "input:1: date not understood: 11 février",
            "input:1: `id` is not a string and was left out",
            "input:1: `title` is not a string and was left out",
            "x"
        ]
    );
    assert!(found.iter().filter_map(|item| item.as_ref().err()).all(|problem| problem.severity() == Severity::Warning));
    assert_eq!(found.last().unwrap().as_ref().unwrap().publisher.as_deref(), Some("P"));
}

#[test]
fn deep_json_is_refused_where_it_would_be_read() {
    let record = |field: &str| format!("{{\"text\": \"x\", \"{field}\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(kinds(&read(record("title"), Kind::JsonLines))[..], [ProblemKind::LineNotJson { .. }]));
    assert_eq!(only(read(record("other"), Kind::JsonLines)).text, "x");
}

#[test]
fn ids_that_came_before_are_told_across_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        Source { kind: Kind::of_name(&path), origin: Origin::File(path) }
    };
    let sources = [file("a.jsonl", "{\"id\": \"1\", \"text\": \"x\"}\n{\"id\": \"1\", \"text\": \"y\"}"), file("b.txt", "z"), file("c.txt", "z")];
    let (given, limits) = (Given::default(), Limits::default());
    let mut stream = documents(&sources, &given, &limits);
    let mut told = Vec::new();
    while let Some(item) = stream.next() {
        let file = stream.file().rsplit('/').next().unwrap().to_owned();
        told.push((file, item.map(|document| document.text).map_err(|problem| (problem.line, problem.kind.code()))));
    }
    let expected = [
        ("a.jsonl", Ok("x")),
        ("a.jsonl", Err((Some(2), "duplicate-id"))),
        ("a.jsonl", Ok("y")),
        ("b.txt", Ok("z")),
        ("c.txt", Err((None, "duplicate-id"))),
        ("c.txt", Ok("z")),
    ];
    assert_eq!(told, expected.map(|(file, item)| (file.to_owned(), item.map(str::to_owned))));
}

// --- kinds and languages

#[test]
fn standard_input_is_told_by_its_first_bytes() {
    let read = |input: &str| read_with(input.as_bytes(), None, &Given::default(), &Limits::default());
    assert_eq!(lines(&read("\n\n  {\"text\": \"x\"}")), ["x"]);
    assert_eq!(lines(&read("A text <p> with a tag.")), ["A text <p> with a tag."]);
    assert_eq!(lines(&read("<!DOCTYPE html><p>A page.</p>")), ["input: only 7 characters of text found on this web page", "A page."]);
    assert_eq!(lines(&read("")), ["input: no text in it"]);
    let long = format!("{}x", "\n".repeat(10_000));
    assert_eq!(lines(&read(&long)), [long]);
}

#[test]
fn other_languages_are_told() {
    let text = "Министры иностранных дел договорились в Мюнхене о прекращении боевых действий в течение недели. ".repeat(4);
    let found = read(&text, Kind::Text);
    assert_eq!(lines(&found), ["input: text seems to be Russian; only English is read well", text.as_str()]);
    assert_eq!(found[1].as_ref().unwrap().language.as_deref(), Some("ru"));
}

#[test]
fn a_source_that_fails_does_not_stop_the_others() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    for kind in [None, Some(Kind::Text), Some(Kind::Html), Some(Kind::JsonLines)] {
        let found = documents_from(Broken, "disk", kind, &Given::default(), &Limits::default()).collect();
        assert_eq!(lines(&found), ["disk: cannot be read: the disk is gone"]);
    }
    let late = io::Cursor::new("{\"text\": \"x\"}\n").chain(Broken);
    let found = documents_from(late, "disk", Some(Kind::JsonLines), &Given::default(), &Limits::default()).collect();
    assert_eq!(lines(&found), ["x", "disk:2: cannot be read: the disk is gone"]);

    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.txt");
    fs::write(&there, "x").unwrap();
    let sources = [folder.path().join("gone.txt"), there].map(|path| Source { origin: Origin::File(path), kind: Some(Kind::Text) });
    let found: Found = documents(&sources, &Given::default(), &Limits::default()).collect();
    assert!(matches!(kinds(&found)[..], [ProblemKind::Unreadable { .. }]));
    assert_eq!(lines(&found)[1], "x");
}
