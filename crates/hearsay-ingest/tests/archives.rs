//! Tables, web archives and compressed files: what is read, what is reported, and that reading goes on where it was.
#![allow(clippy::unwrap_used, clippy::panic, clippy::format_collect)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use hearsay_ingest::{Columns, Given, Kind, Limits, Options, Position, Problem, Record, Records, Source, records, records_from, sources};
use proptest::prelude::*;

type Found = Vec<Result<Record, Problem>>;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read_with(input: &[u8], kind: Kind, options: Options) -> Found {
    records_from(input, "input", Some(kind), options).collect()
}

fn read(input: &[u8], kind: Kind) -> Found {
    read_with(input, kind, Options::default())
}

/// Texts of the documents, and messages of the problems, in order.
fn lines(found: &Found) -> Vec<String> {
    let line = |item: &Result<Record, Problem>| match item {
        Ok(record) => record.document.text.clone(),
        Err(problem) => problem.to_string(),
    };
    found.iter().map(line).collect()
}

fn story(number: usize) -> String {
    format!(
        "The army said on day {number} that it had taken the town, and the rebels denied it. Both said that the fighting went on, \
         and that dozens of people had been killed since the day before."
    )
}

// --- tables

#[test]
fn columns_are_found_by_usual_names_or_as_named() {
    let table = "\u{feff}Event Date;Source Name;Notes\r\n11 February 2016;Wire;\"The army; it said\r\n\"\"no\"\".\"\r\n\r\n2016-02-12;;Two.\r\n";
    let found = read(table.as_bytes(), Kind::Table);
    assert_eq!(lines(&found), ["The army; it said\r\n\"no\".", "Two."]);
    let [Ok(one), Ok(two)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((one.document.publisher.as_deref(), one.document.published), (Some("Wire"), Some("2016-02-11".parse().unwrap())));
    assert_eq!((two.document.publisher.as_deref(), one.raw.line, two.raw.line), (None, Some(2), Some(5)));
    assert_eq!(two.raw.bytes, b"2016-02-12;;Two.");
    let columns = Columns { text: Some("What".into()), id: Some("no".into()), ..Columns::default() };
    let named = read_with(b"No\tWhat\tText\n7\tThis.\tNot this.\n", Kind::Table, Options { columns, ..Options::default() });
    assert_eq!((lines(&named), &named[0].as_ref().unwrap().document.id), (vec!["This.".to_owned()], &"7".to_owned()));
}

#[test]
fn a_table_without_its_columns_is_told() {
    assert_eq!(lines(&read(b"a,b\n1,2\n", Kind::Table)), ["input: no column with the text among a, b"]);
    let columns = Columns { title: Some("Head".into()), ..Columns::default() };
    let found = read_with(b"text,b\n1,2\n", Kind::Table, Options { columns, ..Options::default() });
    assert_eq!(lines(&found), ["input: no column Head among text, b"]);
    assert_eq!(lines(&read(b"", Kind::Table)), ["input: no text in it"]);
    assert_eq!(lines(&read(b"text\n", Kind::Table)), ["input: no text in it"]);
    assert!(lines(&read(b"PK\x03\x04", Kind::Table))[0].contains("ZIP"));
}

#[test]
fn a_bad_row_costs_only_itself() {
    let limits = Limits { line_bytes: 100, ..Limits::default() };
    let table = format!("id,text,date\n1,One.,soon\n2,,\n3\n4,Four.,2016-02-11,more\n5,\"{}\",\n6,caf\u{e9},\n", "long\n".repeat(40));
    let mut table = table.into_bytes();
    table.extend(b"7,caf\xe9 de l'arm\xe9e fran\xe7aise,\n8,\"not closed");
    assert_eq!(
        lines(&read_with(&table, Kind::Table, Options { limits, ..Options::default() })),
        [
            "input:2: date not understood: soon",
            "One.",
            "input:3: line skipped: it has no `text`",
            "input:4: line skipped: it has no `text`",
            "input:5: 4 values for 3 columns",
            "Four.",
            "input:6: line skipped: it is longer than 100 bytes",
            "café",
            "input:48: encoding guessed: windows-1252",
            "café de l'armée française",
            "input:49: 2 values for 3 columns",
            "not closed",
        ]
    );
}

// --- web archives

fn warc_record(kind: &str, headers: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://wire.example/1\r\nWARC-Date: 2016-02-11T09:30:00Z\r\n{headers}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    warc_record("response", "Content-Type: application/http; msgtype=response\r\n", &[headers.as_bytes(), b"\r\n\r\n", body].concat())
}

fn page(number: usize) -> Vec<u8> {
    let html = format!("<title>Day {number}</title><p>{}</p>", story(number));
    answer("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", html.as_bytes())
}

#[test]
fn pages_and_texts_are_read_and_the_rest_is_counted() {
    let html = format!("<p>{} The caf\u{e9} was hit.</p>", story(1));
    let (encoded, _, _) = encoding_rs::WINDOWS_1251.encode("Армия said: no.");
    let archive = [
        warc_record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
        warc_record("request", "Content-Type: application/http; msgtype=request\r\n", b"GET / HTTP/1.1\r\n\r\n"),
        answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nX-One: 1", &gzip(html.as_bytes())),
        answer("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", html.as_bytes()),
        answer("HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n"),
        answer("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=windows-1251", &encoded),
        warc_record("resource", "Content-Type: text/plain\r\n", b"A note."),
    ];
    let archive = archive.concat();
    let mut stream = records_from(&archive[..], "input", None, Options::default());
    let found: Found = stream.by_ref().collect();
    assert_eq!(lines(&found), [format!("{} The café was hit.", story(1)), "Армия said: no.".to_owned(), "A note.".to_owned()]);
    assert_eq!(stream.passed_over(), 4);
    let one = found[0].as_ref().unwrap();
    assert_eq!(one.document.url.as_deref(), Some("https://wire.example/1"));
    assert_eq!(one.raw.captured, Some("2016-02-11T09:30:00Z".parse().unwrap()));
    assert_eq!((one.raw.header("x-one"), one.raw.bytes.as_slice()), (Some("1"), html.as_bytes()));
    assert_eq!(one.raw.byte, Some(archive.windows(9).enumerate().filter(|(_, part)| *part == b"WARC/1.1\r").nth(2).unwrap().0 as u64));
}

#[test]
fn damaged_records_cost_themselves() {
    let mut bad_length = page(2);
    let at = bad_length.windows(15).position(|part| part == b"Content-Length:").unwrap();
    bad_length[at] = b'X';
    let mut cut = page(5);
    cut.truncate(cut.len() - 100);
    let archive = [page(1), bad_length, page(3), b"rubbish\r\nrubbish\r\n".to_vec(), page(4), answer("no status", b"x"), cut].concat();
    let expected = [
        story(1),
        "record skipped: it does not say how long it is".to_owned(),
        story(3),
        "record skipped: no record begins where one should".to_owned(),
        story(4),
        "record skipped: it does not begin with the status line of an answer".to_owned(),
        "record skipped: it is cut off".to_owned(),
    ];
    let told = |found: &Found| -> Vec<String> { lines(found).iter().map(|line| line.split("): ").last().unwrap().to_owned()).collect() };
    assert_eq!(told(&read(&archive, Kind::Warc)), expected);
    let limits = Limits { document_bytes: 1000, ..Limits::default() };
    let large = [answer("HTTP/1.1 200 OK\r\nContent-Type: text/html", &vec![b'x'; 300_000]), page(1)].concat();
    let found = read_with(&large, Kind::Warc, Options { limits, ..Options::default() });
    assert_eq!(lines(&found), ["input (byte 0): too large: one document may have at most 1000 bytes".to_owned(), story(1)]);
    assert_eq!(lines(&read(b"", Kind::Warc)), ["input (byte 0): not read as an archive of pages: there is no record in it"]);
}

#[test]
fn a_damaged_member_of_a_compressed_archive_costs_itself() {
    let mut members: Vec<Vec<u8>> = (0..4).map(|number| gzip(&page(number))).collect();
    let second = members[0].len() as u64;
    let middle = members[1].len() / 2;
    members[1][middle..middle + 20].fill(0xff);
    let found = read(&members.concat(), Kind::Warc);
    assert!(lines(&found)[1].starts_with(&format!("input (byte {second}): record skipped: the compressed data are ")), "{:?}", lines(&found));
    assert_eq!([0, 2, 3].map(|at| lines(&found)[at].clone()), [story(0), story(2), story(3)]);
    assert_eq!(found[3].as_ref().unwrap().raw.byte, Some((members[0].len() + members[1].len() + members[2].len()) as u64));
}

// --- going on

fn wacz(path: &Path) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let deflated = stored.compression_method(zip::CompressionMethod::Deflated);
    let mut put = |name: &str, options, bytes: &[u8]| {
        archive.start_file(name, options).unwrap();
        archive.write_all(bytes).unwrap();
    };
    put("datapackage.json", stored, b"{}");
    put("archive/b.warc", deflated, &[page(3), page(4)].concat());
    put("archive/a.warc.gz", stored, &[gzip(&page(0)), gzip(&page(1)), gzip(&page(2))].concat());
    put("pages/pages.jsonl", stored, b"{}");
    archive.finish().unwrap();
}

/// Files of each kind, each with five records.
fn files(folder: &Path) -> Vec<PathBuf> {
    let json: String = (0..5).map(|n| format!("{{\"text\": \"{}\"}}\n\n", story(n))).collect();
    let table: String = format!("id,text\n{}", (0..5).map(|n| format!("{n},\"{}\n\"\r\n", story(n))).collect::<String>());
    let pages: Vec<u8> = (0..5).flat_map(page).collect();
    let members: Vec<u8> = (0..5).flat_map(|n| gzip(&page(n))).collect();
    let files = [
        ("a.jsonl", json.clone().into_bytes()),
        ("a.jsonl.gz", [gzip(&json.as_bytes()[..500]), gzip(&json.as_bytes()[500..])].concat()),
        ("a.jsonl.zst", zstd::encode_all(json.as_bytes(), 3).unwrap()),
        ("a.csv", table.clone().into_bytes()),
        ("a.csv.gz", [gzip(&table.as_bytes()[..450]), gzip(&table.as_bytes()[450..])].concat()),
        ("a.warc", pages.clone()),
        ("one-member.warc.gz", gzip(&pages)),
        ("a.warc.gz", members),
        ("a.warc.zst", zstd::encode_all(&pages[..], 3).unwrap()),
    ];
    let mut paths = Vec::new();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
        paths.push(folder.join(name));
    }
    wacz(&folder.join("a.wacz"));
    paths.push(folder.join("a.wacz"));
    paths
}

fn open(path: &Path) -> Vec<Source> {
    let (sources, problems) = sources(&[path.to_owned()]);
    assert_eq!(problems, []);
    sources
}

fn all(stream: &mut Records<'_>) -> Vec<(String, Position)> {
    let mut out = Vec::new();
    while let Some(item) = stream.next() {
        out.push((item.unwrap().document.text.trim().to_owned(), stream.reached()));
    }
    out
}

#[test]
fn reading_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for path in files(folder.path()) {
        let sources = open(&path);
        let found = all(&mut records(&sources, Options::default()));
        assert_eq!(found.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>(), (0..5).map(story).collect::<Vec<_>>(), "{path:?}");
        for (index, (_, position)) in found.iter().enumerate() {
            let position: Position = position.to_string().parse().unwrap();
            let begun = BTreeMap::from([(path.display().to_string(), position)]);
            let rest = all(&mut records(&sources, Options::default()).going_on(begun));
            assert_eq!(rest, found[index + 1..], "{path:?} after {index}");
        }
    }
}

#[test]
fn another_file_of_the_same_name_is_read_from_its_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, "{\"text\": \"one\"}\n{\"text\": \"two\"}\n").unwrap();
    let sources = open(&path);
    let position = all(&mut records(&sources, Options::default()))[0].1;
    fs::write(&path, "{\"text\": \"three\"}\n{\"text\": \"four\"}\n").unwrap();
    let begun = BTreeMap::from([(path.display().to_string(), position)]);
    assert_eq!(all(&mut records(&sources, Options::default()).going_on(begun)).len(), 2);
}

#[test]
fn packed_archives_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wacz");
    fs::write(&path, "no zip").unwrap();
    let told = |path: &Path| lines(&records(&open(path), Options::default()).collect())[0].clone();
    assert!(told(&path).contains("a.wacz: not read as an archive of pages: "), "{}", told(&path));
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    archive.start_file("datapackage.json", zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
    archive.finish().unwrap();
    assert!(told(&path).ends_with("there is no WARC file in its folder archive"), "{}", told(&path));
    assert!(lines(&read(b"PK", Kind::Wacz))[0].ends_with("a packed archive can only be read from a file"));
}

#[test]
fn what_is_captured_is_told() {
    let options = Options { captured: Some("2020-01-01T00:00:00Z".parse().unwrap()), given: Given::default(), ..Options::default() };
    let found = read_with(&gzip(b"A text."), Kind::Text, options);
    let record = found[0].as_ref().unwrap();
    assert_eq!((record.raw.bytes.as_slice(), record.raw.captured.unwrap().to_string()), (&b"A text."[..], "2020-01-01T00:00:00Z".to_owned()));
}

// --- anything

fn check(input: &[u8], kind: Kind) -> Result<(), TestCaseError> {
    let limits = Limits { document_bytes: 4096, line_bytes: 4096, ..Limits::default() };
    let mut stream = records_from(input, "input", Some(kind), Options { limits, ..Options::default() });
    let mut position = stream.reached();
    while let Some(item) = stream.next() {
        prop_assert!(position <= stream.reached());
        position = stream.reached();
        match item {
            Ok(record) => prop_assert!(!record.document.text.trim().is_empty()),
            Err(problem) => {
                let message = problem.to_string();
                prop_assert!(message.len() < 600 && !message.chars().any(char::is_control), "{message:?}");
            }
        }
    }
    Ok(())
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "WARC/1.0\r\n", "WARC-Type: response\r\n", "Content-Type: application/http\r\n", "Content-Length: 90\r\n", "Content-Length: 18446744073709551615\r\n",
            "\r\n", "HTTP/1.1 200 OK\r\n", "Content-Type: text/html\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: br\r\n", "5\r\n", "<p>One two.",
            "text,id\n", "\"", ",", "\n", "\r", "\"\"", "x;y\t|",
        ]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..30),
        1 => Just(gzip(b"WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n")),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_pieces(input in pieces(), kind in prop::sample::select(vec![Kind::Table, Kind::Warc, Kind::JsonLines])) {
        check(&input, kind)?;
        check(&gzip(&input), kind)?;
    }

    #[test]
    fn a_cut_or_a_scratch_never_hurts(number in 0..3_usize, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let pages: Vec<u8> = (0..3).flat_map(page).collect();
        let members: Vec<u8> = (0..3).flat_map(|n| gzip(&page(n))).collect();
        let mut bytes = [pages.clone(), gzip(&pages), members][number].clone();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        check(&bytes, Kind::Warc)?;
    }

    #[test]
    fn values_of_a_table_are_kept(texts in prop::collection::vec("[a-z]\\PC{0,30}", 1..6)) {
        let rows: String = texts.iter().map(|text| format!("\"{}\"\r\n", text.replace('"', "\"\""))).collect();
        let found = read(format!("text\n{rows}").as_bytes(), Kind::Table);
        let read: Vec<String> = found.into_iter().filter_map(|item| Some(item.ok()?.document.text)).collect();
        prop_assert_eq!(read, texts);
    }
}
