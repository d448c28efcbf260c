//! Whatever is changed in a desk behind its back, `verify` names it.
#![allow(clippy::doc_markdown, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use hearsay_store::{BlockingDesk, NewReview, RecordKind, Review, ReviewField, Target};
use sqlx::Connection as _;

use common::articles::{Strike, addition, span};
use common::{stamp, versions};

/// A desk with two documents, one of them corrected.
fn desk(location: &str) {
    let desk = BlockingDesk::create(location, &stamp(0)).unwrap();
    let (first, second) = (stamp(1), stamp(2));
    for id in ["a", "b"] {
        let strike = Strike { id, ..Strike::default() };
        let document = strike.document();
        let mut addition = addition(&document, &strike, None);
        addition.capture.raw = Some(id.as_bytes());
        desk.ask(|store| store.add(&addition, &first)).unwrap();
    }
    let strike = Strike::default();
    let review = NewReview {
        document: "a".to_owned(),
        target: Target { record: RecordKind::Event, anchor: span(&strike.document().text, "bombed"), source: None },
        field: ReviewField::Killed,
        old: Some("25".to_owned()),
        new: Some("30".to_owned()),
        why: "the figure was corrected".to_owned(),
    };
    let shown = strike.rows(&[Review { number: 1, review: review.clone(), stamp: stamp(2), versions: versions("1") }]);
    desk.ask(|store| store.add_review(&review, &shown, &second)).unwrap();
}

/// Runs a statement on the desk's file, as somebody might who has it.
fn tamper(location: &str, statement: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&format!("sqlite://{location}")).await.unwrap();
        sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// What `verify` finds after `statement`.
fn faults_after(statement: &'static str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("desk.sqlite");
    let location = location.to_str().unwrap();
    desk(location);
    tamper(location, statement);
    let desk = BlockingDesk::open(location, &stamp(3)).unwrap();
    let verified = desk.ask(|store| store.verify(None)).unwrap();
    verified.faults.into_iter().map(|fault| format!("{}: {}", fault.subject, fault.what)).collect()
}

#[test]
fn a_sound_desk_has_no_faults() {
    assert_eq!(faults_after("SELECT 1"), [""; 0]);
}

#[test]
fn every_change_is_named() {
    let cases: [(&str, &[&str]); 12] = [
        ("UPDATE document SET text = replace(text, '25', '26') WHERE id = 'a'", &["document \"a\": its text was changed"]),
        ("UPDATE document SET publisher = 'Other' WHERE id = 'b'", &["document \"b\": what is said about it was changed"]),
        ("UPDATE document SET published = NULL WHERE id = 'b'", &["document \"b\": what is said about it was changed"]),
        (
            "UPDATE raw SET bytes_zstd = x'00' WHERE length = 1",
            &["document \"a\": its raw bytes were changed, or are gone", "document \"b\": its raw bytes were changed, or are gone"],
        ),
        (
            "UPDATE reading SET ledger_zstd = (SELECT ledger_zstd FROM reading WHERE seq = 2) WHERE seq = 1",
            &["document \"a\": a ledger of it was changed"],
        ),
        ("DELETE FROM reading WHERE seq = 2", &["document \"b\": its reading is gone, or not the one that was stored"]),
        (
            "UPDATE review SET why = 'no reason'",
            &[
                "document \"a\": a review of it was changed, or the audit log does not know it",
                "document \"a\": its review is gone, or not the one that was stored",
            ],
        ),
        ("DELETE FROM review", &["document \"a\": its review is gone, or not the one that was stored"]),
        ("UPDATE audit SET who = 'bob' WHERE seq = 2", &["audit 2: it was changed"]),
        ("UPDATE audit SET digest = 'sha256:0' WHERE seq = 2", &["audit 2: it was changed", "audit 3: it does not follow the entry before it"]),
        (
            "DELETE FROM audit WHERE seq = 3",
            &[
                "audit 4: entry 3 is missing before it",
                "audit 4: it does not follow the entry before it",
                "document \"b\": the audit log does not know it",
                "document \"b\": the audit log does not know a reading of it",
            ],
        ),
        (
            "DELETE FROM document WHERE id = 'b'",
            &[
                "document \"b\": its document is gone, or not the one that was stored",
                "document \"b\": its reading is gone, or not the one that was stored",
            ],
        ),
    ];
    for (statement, expected) in cases {
        assert_eq!(faults_after(statement), expected, "{statement}");
    }
}

#[test]
fn a_desk_of_a_later_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("desk.sqlite");
    let location = location.to_str().unwrap();
    desk(location);
    tamper(location, "INSERT INTO migration (version, name, digest, applied) VALUES (999, 'later', '', '')");
    let error = BlockingDesk::open(location, &stamp(3)).err().unwrap();
    assert!(matches!(error, hearsay_store::Error::Newer { found: 999, known: 1, .. }), "{error}");
}

#[test]
fn what_is_no_desk_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    std::fs::write(&file, "Dear Ana, this is no database.").unwrap();
    assert!(BlockingDesk::open(file.to_str().unwrap(), &stamp(3)).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "Dear Ana, this is no database.");
    assert!(BlockingDesk::create(folder.path().join("no/folder.sqlite").to_str().unwrap(), &stamp(3)).is_err());
}
