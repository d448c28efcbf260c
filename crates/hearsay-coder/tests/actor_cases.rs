//! The literate cases of actors (`cases/actors/*.md`): whom each mention means, with country and sector.
//! `cases/README.md` tells how the lines are written. The test prints the share of right countries and sectors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::cell::RefCell;

use common::Case;
use hearsay_ledger::{Entity, Ledger, Span};

/// Fewest cases that there must be.
const FEWEST: usize = 150;

/// What a line asks: a mention and whom it means.
struct Asked<'c> {
    /// The words as the line writes them, with their number (`"he"#2`).
    written: &'c str,
    span: Span,
    country: &'c str,
    sector: &'c str,
}

/// Reads `"mention"#2 is "Name" COUNTRY SECTOR`.
fn asked<'c>(case: &'c Case, line: &'c str) -> Asked<'c> {
    let broken = || format!("{}: {}: not of the form \"mention\" is \"Name\" COUNTRY SECTOR: {line}", case.file, case.name);
    let (written, rest) = line.split_once(" is ").unwrap_or_else(|| panic!("{}", broken()));
    let (words, number) = written.strip_prefix('"').and_then(|rest| rest.rsplit_once('"')).unwrap_or_else(|| panic!("{}", broken()));
    let number: usize = if number.is_empty() { 1 } else { number.trim_start_matches('#').parse().expect("a number after the mention") };
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |at: &usize| !letter(case.text[..*at].chars().next_back()) && !letter(case.text[at + words.len()..].chars().next());
    let start = case.text.match_indices(words).map(|(at, _)| at).filter(whole).nth(number - 1);
    let start = start.unwrap_or_else(|| panic!("{}: {}: not in the text: {written}", case.file, case.name));
    let codes: Vec<&str> = rest.rsplit('"').next().unwrap().split_whitespace().collect();
    let [country, sector] = codes.as_slice() else { panic!("{}", broken()) };
    Asked { written, span: Span::new(start, start + words.len()).unwrap(), country, sector }
}

/// The entity that a mention belongs to: one with this very mention, else with one that ends with it, else the one whose
/// mention holds it.
fn entity(ledger: &Ledger, span: Span) -> Option<&Entity> {
    let with = |fits: &dyn Fn(Span) -> bool| ledger.entities.iter().find(|entity| entity.mentions.iter().any(|mention| fits(*mention)));
    with(&|mention| mention == span)
        .or_else(|| with(&|mention| mention.end() == span.end() && mention.overlaps(span)))
        .or_else(|| with(&|mention| mention.contains(span)))
        .or_else(|| with(&|mention| span.contains(mention)))
}

#[test]
fn every_mention_means_whom_it_should() {
    let cases = common::cases("actors");
    assert!(cases.len() >= FEWEST, "only {} cases", cases.len());
    let counts = RefCell::new([0_usize; 4]);
    let describe = |case: &Case, ledger: &Ledger| {
        let lines = case.expected.lines().map(|line| {
            let asked = asked(case, line);
            let found = entity(ledger, asked.span);
            let text = |code: Option<&String>| code.map_or("-", String::as_str).to_owned();
            let (country, sector) = (text(found.and_then(|e| e.country.as_ref())), text(found.and_then(|e| e.sector.as_ref())));
            let [all, countries, sectors, both] = &mut *counts.borrow_mut();
            *all += 1;
            *countries += usize::from(country == asked.country);
            *sectors += usize::from(sector == asked.sector);
            *both += usize::from(country == asked.country && sector == asked.sector);
            format!("{} is \"{}\" {country} {sector}", asked.written, found.map_or("", |entity| &entity.name))
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    common::check(&cases, describe, |found, expected| {
        let plain = |lines: &str| {
            lines.replace(" is \"The ", " is \"").replace(" is \"the ", " is \"").replace(" is \"A ", " is \"").replace(" is \"a ", " is \"")
        };
        plain(found) == plain(expected)
    });
    let [all, countries, sectors, both] = counts.into_inner();
    let share = |n: usize| 100.0 * n as f64 / all as f64;
    println!("{all} mentions: country {:.1} %, sector {:.1} %, both {:.1} %", share(countries), share(sectors), share(both));
}
