//! Feeds any bytes to the readers of text, web pages and JSON Lines, and to the one that tells them apart.
//!
//! To run (cargo-fuzz and a nightly compiler are needed), with the test pages to begin from:
//!
//! ```sh
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run readers fuzz/corpus/readers crates/hearsay-ingest/testdata -- -max_len=65536 -timeout=10
//! ```
//!
//! To see that it still fits the readers, on any compiler: `cargo check --manifest-path fuzz/Cargo.toml`.

#![no_main]

use hearsay_ingest::{Given, Kind, Limits, ProblemKind, documents_from};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let given = Given::default();
    let limits = Limits { document_bytes: 32 * 1024, line_bytes: 32 * 1024, ..Limits::default() };
    for kind in [None, Some(Kind::Text), Some(Kind::Html), Some(Kind::JsonLines)] {
        for found in documents_from(input, "input", kind, &given, &limits) {
            match found {
                Ok(document) => {
                    assert!(!document.text.trim().is_empty());
                    // A byte becomes three at most: an older encoding's letter, or half of one in UTF-16.
                    assert!(document.text.len() <= 3 * input.len());
                }
                Err(problem) => {
                    assert_ne!(problem.kind, ProblemKind::PageFailed);
                    assert!(!problem.to_string().chars().any(char::is_control));
                }
            }
        }
    }
});
