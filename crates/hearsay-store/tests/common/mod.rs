//! What the tests share: made-up documents with their ledgers, and a PostgreSQL server of the tests' own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, dead_code)]

pub mod articles;
pub mod postgres;

use hearsay_store::{Stamp, Versions};

/// A moment of the tests: `second` seconds after nine in the morning.
pub fn stamp(second: i64) -> Stamp {
    let start: hearsay_store::Timestamp = "2016-02-11T09:00:00Z".parse().unwrap();
    Stamp { who: "ana".to_owned(), when: start.checked_add(std::time::Duration::from_secs(second as u64)).unwrap() }
}

/// Versions, told apart by the program's.
pub fn versions(program: &str) -> Versions {
    Versions { program: program.to_owned(), codebook: "c1".to_owned(), gazetteer: "g1".to_owned(), weights: "w1".to_owned() }
}
