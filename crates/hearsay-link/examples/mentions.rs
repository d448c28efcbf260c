//! Measures linking on marked event mentions: JSON Lines of documents with mentions in, clusters of mentions out.
//!
//! ```text
//! cargo run --release -p hearsay-link --example mentions -- GOLD.jsonl > clusters.jsonl
//! cargo run --release -p hearsay-link --example mentions -- --pairs GOLD.jsonl > pairs.tsv
//! ```
//!
//! A document is `{"id", "text", "sentences": [{"start", "end"}], "mentions": [{"start", "end"}]}` with offsets in bytes;
//! without `sentences` every line is one. Nothing else of the marking is read, but for `cluster` and `topic` with
//! `--pairs`, which prints every pair that is compared with its evidence, for fitting the weights. `--limits PAIR,JOIN,UNSEEN`
//! tries other limits. `--stems` prints the stems of the table of word counts.

#![allow(clippy::print_stdout, clippy::indexing_slicing)] // JSON of another shape than told above may end it

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use hearsay_link::{BlockingKey, DocumentKey, EventKey, Kinship, Lexicon, Limits, Linker, Losses, Weights, blocking_keys, evidence, passage};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut limits = Limits::default();
    let (mut pairs, mut file, mut weights) = (false, None, Weights::built_in());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--pairs" => pairs = true,
            "--stems" => return print_stems(),
            "--weights" => weights = Weights::parse(&fs::read_to_string(arguments.next().ok_or("--weights needs a file")?)?)?,
            "--limits" => {
                let given = arguments.next().ok_or("--limits needs three numbers")?;
                let numbers = given.split(',').map(str::parse).collect::<Result<Vec<i32>, _>>()?;
                (limits.pair, limits.join, limits.unseen) = (numbers[0], numbers[1], numbers[2]);
            }
            name => file = Some(name.to_owned()),
        }
    }
    let text = fs::read_to_string(file.ok_or("usage: mentions [--pairs] [--weights FILE] [--limits PAIR,JOIN,UNSEEN] GOLD.jsonl")?)?;
    let documents = text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let lexicon = Lexicon::built_in();
    let keys: Vec<Vec<EventKey>> = documents.iter().map(|document| keys(document, &lexicon)).collect();
    if pairs { print_pairs(&documents, &keys, &limits) } else { print_clusters(&documents, keys, weights, limits) }
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or(0) as usize
}

/// The keys of a document's mentions, in their order.
fn keys(document: &Value, lexicon: &Lexicon) -> Vec<EventKey> {
    let text = document["text"].as_str().unwrap_or_default();
    let (words, names) = passage::of_document(text, lexicon);
    let id = document["id"].as_str().unwrap_or_default().to_owned();
    let published = document["dct"].as_str().and_then(hearsay_link::days::of_value).map(|days| days.first);
    let shared = Arc::new(DocumentKey { voice: id.clone(), id, published, publisher: None, words, names });
    let sentences = sentences(document, text);
    let mentions = document["mentions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let key = |(n, mention): (usize, &Value)| {
        let (start, end) = (number(&mention["start"]), number(&mention["end"]));
        let within = sentences.iter().position(|sentence| sentence.contains(&start));
        let sentence = within.map_or(0..text.len(), |at| sentences[at].clone());
        let trigger = start - sentence.start..end.min(sentence.end) - sentence.start;
        let sketches = passage::of_sentence(text.get(sentence).unwrap_or_default(), &trigger, lexicon);
        EventKey {
            document: Arc::clone(&shared),
            event: n as u32 + 1,
            event_type: None,
            type_group: None,
            mode: None,
            trigger: passage::of_trigger(text.get(start..end).unwrap_or_default(), lexicon),
            days: None,
            place: None,
            actors: Vec::new(),
            recipients: Vec::new(),
            losses: Losses::default(),
            accounts: Vec::new(),
            sentence: within.unwrap_or(0) as u32,
            words: sketches.words,
            names: sketches.names,
            near: sketches.near,
            told_as: None,
        }
    };
    mentions.iter().enumerate().map(key).collect()
}

fn sentences(document: &Value, text: &str) -> Vec<std::ops::Range<usize>> {
    if let Some(given) = document["sentences"].as_array() {
        return given.iter().map(|sentence| number(&sentence["start"])..number(&sentence["end"])).collect();
    }
    let mut at = 0;
    let line = |line: &str| {
        let start = at;
        at += line.len();
        start..at
    };
    text.split_inclusive('\n').map(line).collect()
}

fn print_clusters(documents: &[Value], keys: Vec<Vec<EventKey>>, weights: Weights, limits: Limits) -> Result<(), Box<dyn Error>> {
    let mut linker = Linker::new(weights, limits);
    linker.add(keys.into_iter().flatten().collect());
    let mut clusters: BTreeMap<(String, u32), usize> = BTreeMap::new();
    for (cluster, members) in linker.groups().into_iter().enumerate() {
        clusters.extend(members.into_iter().map(|key| ((key.document.id.clone(), key.event), cluster)));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for document in documents {
        let id = document["id"].as_str().unwrap_or_default();
        let mentions = document["mentions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let clustered = |(n, mention): (usize, &Value)| {
            let mut clustered = json!({"start": mention["start"], "end": mention["end"], "cluster": clusters.get(&(id.to_owned(), n as u32 + 1))});
            if !mention["spans"].is_null() {
                clustered["spans"] = mention["spans"].clone();
            }
            clustered
        };
        writeln!(out, "{}", json!({"id": id, "mentions": mentions.iter().enumerate().map(clustered).collect::<Vec<_>>()}))?;
    }
    Ok(out.flush()?)
}

/// Every word of the table of counts with its stem, for the makers of the other tables.
fn print_stems() -> Result<(), Box<dyn Error>> {
    let lexicon = Lexicon::built_in();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let words = include_str!("../data/word_counts.tsv").lines().filter(|line| !line.starts_with('#'));
    for (word, _) in words.filter_map(|line| line.split_once('\t')) {
        writeln!(out, "{word}\t{}", lexicon.stem(word))?;
    }
    Ok(out.flush()?)
}

/// A pair a line: whether it is one cluster, the documents' topics, the kinship, then each piece of evidence as name=value.
fn print_pairs(documents: &[Value], keys: &[Vec<EventKey>], limits: &Limits) -> Result<(), Box<dyn Error>> {
    let all: Vec<(&EventKey, &Value, &Value)> = documents
        .iter()
        .zip(keys)
        .flat_map(|(document, keys)| keys.iter().enumerate().map(move |(n, key)| (key, &document["topic"], &document["mentions"][n]["cluster"])))
        .collect();
    let mut blocks: BTreeMap<BlockingKey, Vec<usize>> = BTreeMap::new();
    for (at, (key, ..)) in all.iter().enumerate() {
        for blocking in blocking_keys(key) {
            blocks.entry(blocking).or_default().push(at);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for block in blocks.values().filter(|block| block.len() <= limits.block) {
        pairs.extend(block.iter().enumerate().flat_map(|(n, a)| block.iter().skip(n + 1).map(move |b| (*a, *b))));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (i, j) in pairs {
        let ((a, topic_a, cluster_a), (b, topic_b, cluster_b)) = (all[i], all[j]);
        let kinship = Kinship::of(&a.trigger, &b.trigger);
        write!(out, "{}\t{}\t{}\t{}", u8::from(cluster_a == cluster_b), topic_a, topic_b, kinship.as_str())?;
        let mut written = Ok(());
        evidence(a, b, &mut |kind, value| {
            if value != 0.0 && written.is_ok() {
                written = write!(out, "\t{}={value:.4}", kind.as_str());
            }
        });
        written?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}
