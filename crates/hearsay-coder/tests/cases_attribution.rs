//! The literate cases of attribution (`cases/attribution/*.md`): each short text must give exactly the attributions
//! that stand below it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::fmt::Write as _;

use hearsay_ledger::{Attribution, Ledger, Span};

/// The parts of a role, with ` … ` where other words stand between them.
fn joined(text: &str, spans: &[Span]) -> String {
    if spans.is_empty() { "-".to_owned() } else { spans.iter().map(|s| s.of(text).unwrap()).collect::<Vec<_>>().join(" … ") }
}

fn line(text: &str, a: &Attribution) -> String {
    let mut out = [&a.source, &a.cue, &a.content].map(|spans| joined(text, spans)).join(" | ");
    if a.quoted {
        out.push_str(" [quoted]");
    }
    if let Some(within) = a.within {
        write!(out, " [within {}]", within.0).unwrap();
    }
    out
}

fn describe(text: &str, ledger: &Ledger) -> String {
    ledger.attributions.iter().map(|a| line(text, a)).collect::<Vec<_>>().join("\n")
}

/// Expectations may name the relay, which is no part of an attribution, and may part what only white space divides,
/// which the ledger joins; and a comma or colon at the end of a part is not what cases are about (the hand-marked texts
/// have it both ways).
fn same(found: &str, expected: &str) -> bool {
    let plain = |s: &str| {
        let lines = s.lines().map(|line| line.split(" [via ").next().unwrap());
        let words = lines.flat_map(str::split_whitespace).filter(|w| *w != "…");
        words.map(|w| w.trim_end_matches([',', ':'])).collect::<Vec<_>>().join(" ")
    };
    plain(found) == plain(expected)
}

#[test]
fn every_case_is_read_as_it_should_be() {
    common::check(&common::cases("attribution"), |case, ledger| describe(&case.text, ledger), same);
}
