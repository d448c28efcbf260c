//! A desk whose process is killed, or whose disk is full, at any moment: no stored report is lost, none is doubled.
//!
//! The child is this very program, started again for the test `child`, which adds documents in a loop and says after each
//! that it is stored.
#![allow(clippy::doc_markdown, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hearsay_store::{Added, BlockingDesk, Filter, Paging};

use common::articles::{Strike, addition};
use common::{postgres, stamp};

/// Tells the child which desk to add to.
const DESK: &str = "HEARSAY_CRASH_DESK";

/// Begins the lines by which the child says how many documents are stored.
const STORED: &str = "stored ";

/// How often the child is killed.
const ROUNDS: u32 = 220;

/// The same with PostgreSQL, where only the asking side is killed.
const ROUNDS_POSTGRES: u32 = 40;

/// Adds documents, from where the desk's progress stands, until it is ended or cannot go on.
#[test]
#[ignore = "run by the other tests of this file, as the process that is killed"]
fn child() {
    let Ok(location) = env::var(DESK) else { return };
    let stamp = stamp(1);
    let desk = BlockingDesk::open(&location, &stamp).unwrap();
    let begun = desk.ask(|store| store.progress("feed")).unwrap().map_or(0, |position| position.parse::<u64>().unwrap());
    // The last one again first, as a feed gives it again.
    for number in begun.max(1).. {
        let id = format!("d{number}");
        let strike = Strike { id: &id, killed: number, ..Strike::default() };
        let document = strike.document();
        let raw = vec![b'x'; usize::try_from(number % 7).unwrap() * 30_000];
        let position = number.to_string();
        let mut addition = addition(&document, &strike, Some(&position));
        addition.capture.raw = Some(&raw);
        match desk.ask(|store| store.add(&addition, &stamp)) {
            Ok(added) => assert!(added == Added::New || number == begun, "{id} was there"),
            Err(error) => {
                println!("failed: {error}");
                return;
            }
        }
        println!("{STORED}{number}");
        std::io::stdout().flush().unwrap();
    }
}

fn start(program: &mut Command, location: &str) -> Child {
    let arguments = ["--exact", "child", "--ignored", "--nocapture", "--test-threads=1"];
    program.args(arguments).env(DESK, location).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Numbers without rhyme: a linear congruential generator (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Starts the child and kills it after a while; the last document that it said was stored.
fn kill_one(location: &str, random: &mut Random) -> u64 {
    let mut child = start(&mut Command::new(env::current_exe().unwrap()), location);
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    if random.below(3) > 0 {
        // In the midst of the work, wherever that begins on a machine that is busy.
        let documents = usize::try_from(random.below(9)).unwrap();
        while said.matches(STORED).count() <= documents && output.read_line(&mut said).unwrap() > 0 {}
    }
    sleep(Duration::from_micros(random.below(30_000)));
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before its death, which may have cut the last line.
    let mut rest = Vec::new();
    std::io::Read::read_to_end(&mut output, &mut rest).unwrap();
    said.push_str(&String::from_utf8_lossy(&rest));
    said.split_inclusive('\n').filter(|line| line.ends_with('\n')).filter_map(last_stored).next_back().unwrap_or(0)
}

fn last_stored(line: &str) -> Option<u64> {
    // The runner writes the name of the test before the first line.
    line.split_once(STORED)?.1.trim().parse().ok()
}

/// What the desk has stored: documents one to so many, and the progress that goes with them.
fn stored(location: &str) -> u64 {
    let desk = BlockingDesk::open(location, &stamp(1)).unwrap();
    let status = desk.ask(|store| store.status()).unwrap();
    let progress = status.progress.first().map_or(0, |progress| progress.position.parse().unwrap());
    assert_eq!((status.documents, status.events, status.voices), (progress, progress, progress));
    progress
}

fn check_everything(location: &str) {
    let desk = BlockingDesk::open(location, &stamp(1)).unwrap();
    let verified = desk.ask(|store| store.verify(None)).unwrap();
    assert_eq!(verified.faults, []);
    // One entry for making the desk, one for each document.
    assert_eq!(verified.entries, verified.documents + 1);
    let (filter, paging) = (Filter { text: Some("hospital".to_owned()), ..Filter::default() }, Paging::first(10_000));
    let page = desk.ask(|store| store.documents(&filter, &paging)).unwrap();
    let ids: Vec<String> = page.records.into_iter().map(|line| line.id).collect();
    let expected: Vec<String> = (1..=verified.documents).rev().map(|number| format!("d{number}")).collect();
    assert_eq!(ids, expected);
}

fn kill_many(location: &str, rounds: u32) {
    drop(BlockingDesk::create(location, &stamp(0)).unwrap());
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    println!("seed {seed}");
    let mut random = Random(seed);
    let mut before = 0;
    for round in 1..=rounds {
        let said = kill_one(location, &mut random).max(before);
        let now = stored(location);
        // The last one may have been stored without the child living to say so.
        assert!(now == said || now == said + 1, "round {round}: {now} documents are stored, but {said} were said to be");
        before = now;
        if round % 50 == 0 {
            check_everything(location);
        }
    }
    check_everything(location);
    assert!(before > u64::from(rounds), "only {before} documents were stored: the test killed too soon to show anything");
}

#[test]
fn killed_at_any_moment_sqlite_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    kill_many(folder.path().join("desk.sqlite").to_str().unwrap(), ROUNDS);
}

#[test]
fn killed_at_any_moment_postgres_loses_and_doubles_nothing() {
    let Some(url) = postgres::database() else { return };
    kill_many(&url, ROUNDS_POSTGRES);
}

/// A limit on the size of files stands in for a full disk: the system refuses to write on.
#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().join("desk.sqlite");
    let location = location.to_str().unwrap();
    drop(BlockingDesk::create(location, &stamp(0)).unwrap());
    let mut program = Command::new("sh");
    // Blocks of 512 bytes: two megabytes.
    program.args(["-c", "trap '' XFSZ; ulimit -f 4096; exec \"$0\" \"$@\""]).arg(env::current_exe().unwrap());
    let output = start(&mut program, location).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("failed: the database could not do it"), "{said}");
    let last = said.lines().filter_map(last_stored).next_back().unwrap();
    assert!(Path::new(location).metadata().unwrap().len() <= 4096 * 512);
    assert_eq!(stored(location), last);
    check_everything(location);
    // With room again, it goes on.
    kill_one(location, &mut Random(1));
    check_everything(location);
}
