//! Places of marked toponyms, for measuring the choice between places alone: JSON Lines with `id`, `text` and `toponyms`
//! (each with `start` and `end`) on standard input, the same with coordinates on standard output.
//!
//! ```text
//! cargo run --release -p hearsay-coder --example places < marked.jsonl > predicted.jsonl
//! ```
//!
//! A file named as argument is the gazetteer to ask instead of the one inside the program.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::io::{self, BufRead as _};

use hearsay_coder::{Codebook, Gazetteer, choose_places};
use hearsay_ledger::Span;
use serde_json::{Value, json};

fn main() {
    let codebook = Codebook::embedded().unwrap();
    let gazetteer =
        std::env::args().nth(1).map_or_else(|| Gazetteer::embedded().unwrap(), |path| Gazetteer::from_bytes(std::fs::read(path).unwrap()).unwrap());
    for line in io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = record["text"].as_str().unwrap();
        let byte = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let mut spans: Vec<Span> =
            record["toponyms"].as_array().unwrap().iter().filter_map(|t| Span::new(byte(&t["start"]), byte(&t["end"]))).collect();
        spans.sort_unstable();
        spans.dedup();
        let chosen = choose_places(text, &spans, &codebook, &gazetteer);
        let predicted = spans.iter().zip(chosen).map(|(span, choice)| {
            let record = choice.and_then(|choice| gazetteer.record(choice.record));
            let (latitude, longitude) = record.as_ref().map(|r| (r.coordinates.latitude, r.coordinates.longitude)).unzip();
            let id = record.and_then(|r| r.id).map(|id| id.to_string());
            json!({"start": span.start(), "end": span.end(), "lat": latitude, "lon": longitude, "geonameid": id})
        });
        println!("{}", json!({"id": record["id"], "toponyms": predicted.collect::<Vec<_>>()}));
    }
}
