//! Feeds any bytes to the readers of tables and web archives, with and without compression, to those of feeds, lists of
//! feeds and `robots.txt`, and to those of stored signatures and positions.
//!
//! To run (cargo-fuzz and a nightly compiler are needed):
//!
//! ```sh
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run archives -- -max_len=65536 -timeout=10
//! ```
//!
//! To see that it still fits the readers, on any compiler: `cargo check --manifest-path fuzz/Cargo.toml`.

#![no_main]

use hearsay_ingest::feed::{parse_feed, parse_list};
use hearsay_ingest::fetch::Robots;
use hearsay_ingest::likeness::Signature;
use hearsay_ingest::{Kind, Limits, Options, Position, ProblemKind, records_from};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let limits = Limits { document_bytes: 32 * 1024, line_bytes: 32 * 1024, ..Limits::default() };
    for kind in [Kind::Table, Kind::Warc, Kind::JsonLines, Kind::Text] {
        let mut records = records_from(input, "input", Some(kind), Options { limits: limits.clone(), ..Options::default() });
        let mut before = Position::default();
        while let Some(found) = records.next() {
            assert!(before <= records.reached());
            before = records.reached();
            match found {
                Ok(record) => assert!(!record.document.text.trim().is_empty()),
                Err(problem) => {
                    assert_ne!(problem.kind, ProblemKind::PageFailed);
                    assert!(!problem.to_string().chars().any(char::is_control));
                }
            }
        }
    }
    let _ = parse_feed(input, Some("https://wire.example/feed"));
    let _ = parse_list(input);
    let _ = Robots::parse(input, "Hearsay").allows("/a/path?with=query");
    if let Ok(signature) = Signature::from_bytes(input) {
        assert_eq!(signature.to_bytes(), input);
    }
    if let Ok(text) = std::str::from_utf8(input) {
        let _ = text.parse::<Position>();
        let _ = Signature::of(text);
    }
});
