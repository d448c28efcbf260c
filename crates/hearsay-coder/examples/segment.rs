//! Segments JSON Lines: reads records with `id` and `text` from standard input and writes sentences and tokens as
//! UTF-8 byte offsets. With `--sentence`, each record is one sentence and is only divided into tokens.

use std::io::{BufRead, Write};

use hearsay_codebook::Codebook;
use hearsay_coder::segment::{Segmentation, Sentence, segment, tokenise};
use hearsay_ledger::Span;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let whole = std::env::args().skip(1).any(|argument| argument == "--sentence");
    let codebook = Codebook::embedded()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Value = serde_json::from_str(&line).map_err(|error| format!("line {}: {error}", number + 1))?;
        let text = record.get("text").and_then(Value::as_str).ok_or_else(|| format!("line {}: no text", number + 1))?;
        let segmentation = if whole { one_sentence(text, &codebook) } else { segment(text, &codebook) };
        writeln!(out, "{}", to_json(record.get("id"), &segmentation))?;
    }
    out.flush()?;
    Ok(())
}

fn one_sentence(text: &str, codebook: &Codebook) -> Segmentation {
    let tokens = tokenise(text, codebook);
    let span = tokens.first().zip(tokens.last()).map(|(first, last)| first.cover(*last));
    let sentences = span.map(|span| Sentence { span, tokens, paragraph: 0 }).into_iter().collect();
    Segmentation { sentences, ..Segmentation::default() }
}

fn to_json(id: Option<&Value>, segmentation: &Segmentation) -> Value {
    let pair = |span: &Span| json!([span.start(), span.end()]);
    let sentences: Vec<Value> = segmentation
        .sentences
        .iter()
        .map(|sentence| {
            let tokens: Vec<Value> = sentence.tokens.iter().map(pair).collect();
            json!({"span": pair(&sentence.span), "tokens": tokens, "paragraph": sentence.paragraph})
        })
        .collect();
    json!({
        "id": id,
        "sentences": sentences,
        "dateline": segmentation.dateline.as_ref().map(pair),
        "byline": segmentation.byline.as_ref().map(pair),
        "quotations": segmentation.quotations.iter().map(pair).collect::<Vec<_>>(),
    })
}
