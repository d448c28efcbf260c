//! Web pages of our own writing, as they come out. Each has the furniture of a kind of news site.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::PathBuf;

use hearsay_ingest::{Given, Limits, documents, sources};

/// Everything that a page of `testdata` gives.
fn read(page: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata").join(page);
    let (sources, problems) = sources(&[path]);
    assert!(problems.is_empty(), "{problems:?}");
    let mut out = String::new();
    for found in documents(&sources, &Given::default(), &Limits::default()) {
        match found {
            Err(problem) => writeln!(out, "{:?}: {}", problem.severity(), problem.kind).unwrap(),
            Ok(document) => {
                let published = document.published.map(|day| day.to_string());
                writeln!(out, "title: {}", document.title.as_deref().unwrap_or("-")).unwrap();
                writeln!(out, "publisher: {}", document.publisher.as_deref().unwrap_or("-")).unwrap();
                writeln!(out, "published: {}", published.as_deref().unwrap_or("-")).unwrap();
                writeln!(out, "url: {}", document.url.as_deref().unwrap_or("-")).unwrap();
                writeln!(out, "language: {}", document.language.as_deref().unwrap_or("-")).unwrap();
                writeln!(out, "\n{}", document.text).unwrap();
            }
        }
    }
    out
}

#[test]
fn a_modern_page_with_all_its_furniture() {
    insta::assert_snapshot!(read("wire.html"));
}

#[test]
fn an_old_page_laid_out_with_tables_in_windows_1252() {
    insta::assert_snapshot!(read("table-layout.html"));
}

#[test]
fn a_few_lines_on_a_page_with_more_furniture_than_text() {
    insta::assert_snapshot!(read("brief.html"));
}

#[test]
fn unclosed_divisions_and_misnested_formatting() {
    insta::assert_snapshot!(read("div-soup.html"));
}

#[test]
fn a_front_page_is_no_article() {
    insta::assert_snapshot!(read("front-page.html"));
}

#[test]
fn text_without_paragraphs_is_read_and_links_are_not() {
    let read = |html: &str| -> Vec<Result<String, String>> {
        hearsay_ingest::documents_from(html.as_bytes(), "page", Some(hearsay_ingest::Kind::Html), &Given::default(), &Limits::default())
            .map(|found| found.map(|document| document.text).map_err(|problem| problem.kind.code().to_owned()))
            .collect()
    };
    let line = "The ministry said on Thursday that its planes had not flown over the city, and that the reports were false.";
    assert_eq!(read(&format!("<html><body>{line}<br>{line}</body></html>")), [Ok(format!("{line}\n{line}"))]);
    assert_eq!(read(&format!("{line} {line}")), [Ok(format!("{line} {line}"))]);
    assert_eq!(read(&format!("<a href=x>{line}</a><br><a href=x>{line}</a>")), [Err("no-article".to_owned())]);
    assert_eq!(read("<noscript>Please enable JavaScript.</noscript>"), [Err("no-article".to_owned())]);
}
