//! Measures how linking grows: made-up events of a realistic density, linked at once and then a report at a time.
//!
//! ```text
//! cargo run --release -p hearsay-link --example scale -- 100000 200000 1000000
//! ```
//!
//! The made-up world: some 3,000 event records a day from some 700 reports, so that more events are more days and not
//! more events on a day. A happening is told by one record up to several dozen (the number of its reports falls off with
//! a power law), with its own place, parties and words, and now and then without a day or a place. Towns, parties and words
//! are uneven, a few of them being in every second report.

#![allow(clippy::print_stdout, clippy::indexing_slicing)] // positions are drawn below the length of the list

use std::sync::Arc;
use std::time::Instant;

use hearsay_ledger::{Quantity, Stance};
use hearsay_link::{
    AccountKey, Days, DocumentKey, EventKey, Incident, Lexicon, Limits, Linker, Losses, Participant, PlaceKey, Sketch, Source, TriggerKey, Weights,
    passage,
};

/// Event records a day.
const DENSITY: usize = 3000;
/// Event records a report.
const PER_REPORT: usize = 4;
/// Event words by type.
const WORDS: &[(&str, &[&str])] = &[
    ("ASSAULT", &["attack", "strike", "bombing", "shelled", "killed", "raid", "clashes", "ambush"]),
    ("COERCE", &["arrested", "seized", "detained", "raid", "siege"]),
    ("PROTEST", &["protest", "rally", "demonstration", "marched"]),
    ("CONSULT", &["talks", "met", "visit", "meeting"]),
    ("ACCUSE", &["accused", "blamed", "condemned"]),
    ("AGREE", &["agreed", "pledged", "accord"]),
    ("AID", &["aid", "delivered", "evacuated"]),
    ("MOBILIZE", &["deployed", "advanced", "massed"]),
];

/// `SplitMix64`: the same made-up world on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number below `end` of which low ones are common, in the manner of Zipf.
    fn uneven(&mut self, end: usize) -> usize {
        (((end as f64 + 1.0).powf(self.share())) as usize - 1).min(end - 1)
    }
}

/// A happening of the made-up world.
struct Happening {
    day: i32,
    country: usize,
    town: usize,
    kind: usize,
    word: usize,
    actor: usize,
    recipient: usize,
    killed: Option<u64>,
    words: Vec<u32>,
}

struct World {
    dice: Dice,
    lexicon: Lexicon,
    triggers: Vec<Vec<TriggerKey>>,
}

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    for size in if sizes.is_empty() { vec![100_000] } else { sizes } {
        let keys = World::new().records(size);
        let mut linker = Linker::new(Weights::built_in(), Limits::default());
        let more = keys.iter().skip(keys.len() - keys.len() / 50).cloned().collect::<Vec<_>>();
        let start = Instant::now();
        linker.add(keys);
        let linked = start.elapsed().as_secs_f64();
        let groups = linker.groups();
        let incidents: Vec<Incident> = groups.iter().filter_map(|group| Incident::of(group)).collect();
        let told = start.elapsed().as_secs_f64() - linked;
        let joined = incidents.iter().filter(|incident| incident.events.len() > 1).count();
        let largest = groups.iter().map(Vec::len).max().unwrap_or(0);
        println!(
            "{size} events: linked in {linked:.2} s, {} incidents in {told:.2} s; {joined} of several records, the largest of {largest}",
            incidents.len()
        );
        one_by_one(&mut linker, more);
    }
}

/// Adds the last reports once more under new names, a report at a time.
#[allow(clippy::needless_pass_by_value)] // the keys are gone afterwards, as in a real run
fn one_by_one(linker: &mut Linker, keys: Vec<EventKey>) {
    let start = Instant::now();
    let mut reports = 0;
    let mut slowest = 0.0_f64;
    for report in keys.chunk_by(|a, b| a.document.id == b.document.id).take(1000) {
        let mut document = (*report[0].document).clone();
        document.id = format!("again-{}", document.id);
        document.voice.clone_from(&document.id);
        let document = Arc::new(document);
        let report: Vec<EventKey> = report.iter().map(|key| EventKey { document: Arc::clone(&document), ..key.clone() }).collect();
        let before = Instant::now();
        linker.add(report);
        slowest = slowest.max(before.elapsed().as_secs_f64());
        reports += 1;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "  {reports} more reports one by one: {:.2} ms each, the slowest {:.1} ms",
        1000.0 * seconds / f64::from(reports.max(1)),
        1000.0 * slowest
    );
}

impl World {
    fn new() -> Self {
        let lexicon = Lexicon::built_in();
        let triggers = WORDS.iter().map(|(_, words)| words.iter().map(|word| passage::of_trigger(word, &lexicon)).collect()).collect();
        Self { dice: Dice(2016), lexicon, triggers }
    }

    /// So many records, in the order of their reports' days.
    fn records(&mut self, count: usize) -> Vec<EventKey> {
        let mut keys = Vec::with_capacity(count);
        let mut day = 16_000;
        while keys.len() < count {
            let happenings = self.happenings(day);
            let mut told: Vec<usize> = Vec::new();
            for at in 0..happenings.len() {
                // The number of records of one happening: a power law with a mean of some three.
                let records = (1.0 / self.dice.share().max(0.01).powf(0.7)) as usize;
                told.extend(std::iter::repeat_n(at, records));
            }
            // Reports tell of happenings that lie near one another in the list, and so of one country.
            for (n, report) in told.chunks(PER_REPORT).enumerate() {
                let late = if self.dice.share() < 0.7 { 0 } else { 1 + self.dice.below(3) as i32 };
                self.report(&format!("r{day}-{n}"), day + late, report, &happenings, &mut keys);
            }
            day += 1;
        }
        keys.truncate(count);
        keys
    }

    fn happenings(&mut self, day: i32) -> Vec<Happening> {
        let mut happenings: Vec<Happening> = (0..DENSITY / 3).map(|_| self.happening(day)).collect();
        happenings.sort_by_key(|happening| (happening.country, happening.town));
        happenings
    }

    fn happening(&mut self, day: i32) -> Happening {
        let dice = &mut self.dice;
        let kind = dice.uneven(WORDS.len());
        let country = dice.uneven(60);
        let killed = (kind == 0 && dice.share() < 0.6).then(|| dice.uneven(60) as u64 + 1);
        Happening {
            day: day - if dice.share() < 0.8 { 0 } else { dice.below(4) as i32 },
            country,
            town: dice.uneven(60),
            kind,
            word: dice.below(WORDS[kind].1.len()),
            actor: country * 12 + dice.uneven(12),
            recipient: country * 12 + dice.uneven(12),
            killed,
            words: (0..14).map(|_| dice.uneven(20_000) as u32).collect(),
        }
    }

    fn report(&mut self, id: &str, published: i32, told: &[usize], happenings: &[Happening], keys: &mut Vec<EventKey>) {
        let mut words: Vec<(u32, f32)> = Vec::new();
        let mut names: Vec<(u32, f32)> = Vec::new();
        for at in told {
            let happening = &happenings[*at];
            words.extend(happening.words.iter().take(10).map(|word| (*word, weight(*word))));
            names.extend([(100_000 + (happening.country * 60 + happening.town) as u32, 0.7), (200_000 + happening.actor as u32, 0.6)]);
        }
        words.extend((0..40).map(|_| self.dice.uneven(20_000) as u32).map(|word| (word, weight(word))));
        names.extend((0..6).map(|_| (300_000 + self.dice.uneven(5000) as u32, 0.8)));
        let document = Arc::new(DocumentKey {
            id: id.to_owned(),
            published: Some(published),
            publisher: None,
            voice: id.to_owned(),
            words: Sketch::new(words, 64),
            names: Sketch::new(names, 32),
        });
        for (n, at) in told.iter().enumerate() {
            keys.push(self.record(&document, n as u32 + 1, &happenings[*at]));
        }
    }

    fn record(&mut self, document: &Arc<DocumentKey>, event: u32, happening: &Happening) -> EventKey {
        let dice = &mut self.dice;
        let word = if dice.share() < 0.5 { happening.word } else { dice.below(WORDS[happening.kind].1.len()) };
        let mut words: Vec<(u32, f32)> = happening.words.iter().filter(|_| dice.share() < 0.6).map(|word| (*word, weight(*word))).collect();
        words.extend((0..6).map(|_| dice.uneven(20_000) as u32).map(|word| (word, weight(word))));
        let killed = happening.killed.map(|count| if dice.share() < 0.8 { count } else { count + dice.below(5) as u64 });
        let place = place(happening, dice);
        let near = words.iter().take(8).copied().collect();
        let names = vec![(100_000 + (happening.country * 60 + happening.town) as u32, 0.7), (300_000 + dice.uneven(5000) as u32, 0.8)];
        EventKey {
            document: Arc::clone(document),
            event,
            event_type: Some(WORDS[happening.kind].0.to_owned()),
            type_group: self.lexicon.type_group(WORDS[happening.kind].0),
            mode: None,
            trigger: self.triggers[happening.kind][word].clone(),
            days: (dice.share() < 0.7).then_some(Days { first: happening.day, last: happening.day }),
            place: (dice.share() < 0.75).then_some(place),
            actors: vec![party(happening.actor)],
            recipients: if dice.share() < 0.7 { vec![party(happening.recipient)] } else { Vec::new() },
            losses: Losses { killed: killed.map(|count| Quantity { low: Some(count), high: Some(count) }), ..Losses::default() },
            accounts: vec![AccountKey { account: event, source: Source::Narrator, stance: Stance::Asserts, via: None }],
            sentence: event,
            words: Sketch::new(words, 24),
            names: Sketch::new(names, 24),
            near: Sketch::new(near, 10),
            told_as: None,
        }
    }
}

/// The town of a happening, or now and then its country only.
fn place(happening: &Happening, dice: &mut Dice) -> PlaceKey {
    let (north, east) = ((happening.country % 12) as f64 * 8.0 - 40.0, (happening.country / 12) as f64 * 30.0);
    let (row, column) = ((happening.town / 8) as f64, (happening.town % 8) as f64);
    let vague = dice.share() < 0.15;
    PlaceKey {
        name: format!("town {} of {}", happening.town, happening.country),
        coordinates: Some((north + row * 0.6, east + column * 0.6)),
        radius: if vague { 500.0 } else { 10.0 },
        country: Some(format!("C{:02}", happening.country)),
        admin1: None,
    }
}

fn party(number: usize) -> Participant {
    Participant::new(&format!("party {number}"), Some(format!("C{:02}", number / 12)), None, None)
}

/// How telling a word of a rank is.
fn weight(rank: u32) -> f32 {
    (0.15 + (f64::from(rank) + 1.0).ln() / 12.0) as f32
}
