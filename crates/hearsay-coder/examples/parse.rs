//! Parses CoNLL-U from standard input on its own words and writes CoNLL-U to standard output: the measure of the
//! parser with given tokens. A model file may be named. Columns 4, 7 and 8 (UPOS, HEAD, DEPREL) are replaced, everything else is kept.
#![allow(clippy::print_stdout)]

use std::io::Read as _;

use hearsay_coder::Resources;
use hearsay_coder::encode::{Encoded, encode};
use hearsay_coder::segment::{Segmentation, Sentence};
use hearsay_ledger::{FindingCode, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let resources = match std::env::args().nth(1) {
        Some(model) => Resources::with_weights(std::fs::read(model)?)?,
        None => Resources::embedded()?,
    };
    let blocks: Vec<&str> = input.split("\n\n").filter(|b| !b.trim().is_empty()).collect();
    let mut start = 0;
    while start < blocks.len() {
        let end = (start + 1..blocks.len()).find(|n| blocks[*n].contains("# newdoc")).unwrap_or(blocks.len());
        let (text, segmentation) = document(&blocks[start..end]);
        let (encoded, findings) = encode(&text, &segmentation, &resources.encoder, &resources.codebook);
        if let Some(finding) = findings.into_iter().find(|f| f.code == FindingCode::Unread) {
            return Err(finding.message.into());
        }
        for (block, words) in blocks[start..end].iter().zip(&encoded.sentences) {
            write(block, words.start, &encoded);
        }
        start = end;
    }
    Ok(())
}

/// Whether a line is a word of the tree (not a comment, a multi-word token or an empty node).
fn is_word(line: &str) -> bool {
    line.split('\t').next().is_some_and(|id| id.parse::<usize>().is_ok())
}

/// The words of some sentences joined by spaces, and their spans.
fn document(blocks: &[&str]) -> (String, Segmentation) {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for block in blocks {
        let mut tokens = Vec::new();
        for line in block.lines().filter(|line| is_word(line)) {
            let form = line.split('\t').nth(1).unwrap_or("_");
            tokens.extend(Span::new(text.len(), text.len() + form.len()));
            text.push_str(form);
            text.push(' ');
        }
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            sentences.push(Sentence { span: first.cover(*last), tokens, paragraph: 0 });
        }
    }
    (text, Segmentation { sentences, ..Segmentation::default() })
}

fn write(block: &str, first: usize, encoded: &Encoded) {
    let mut word = first;
    for line in block.lines() {
        if !is_word(line) {
            println!("{line}");
            continue;
        }
        let mut columns: Vec<&str> = line.split('\t').collect();
        let Some(read) = encoded.words.get(word) else { continue };
        let head = read.head.map_or(0, |head| head + 1 - first).to_string();
        columns[3] = &read.upos;
        columns[6] = &head;
        columns[7] = &read.relation;
        println!("{}", columns.join("\t"));
        word += 1;
    }
    println!();
}
