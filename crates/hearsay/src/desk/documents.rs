//! `hearsay documents`: what was added.

use hearsay_store::{DocumentLine, Page};
use serde_json::{Value, json};

use super::{Answer, block, wire};
use crate::reading::{Sheet, Tone, Words, count};

/// A page of documents.
pub struct Documents(pub Page<DocumentLine>);

impl Answer for Documents {
    fn write(&self, sheet: &mut Sheet) {
        block::page(sheet, &self.0.records, self.0.next.as_deref(), "No document of the desk is like that.", |sheet, it| {
            block::block(sheet, &head(it), &[origin(it)]);
        });
    }

    fn json(&self) -> Value {
        let documents: Vec<Value> = self.0.records.iter().map(wire::document).collect();
        json!({ "documents": documents, "next": self.0.next })
    }
}

/// What a document is called, and by which name the desk knows it.
pub fn head(it: &DocumentLine) -> Words {
    let words = Words::new().say(Tone::Source, it.title.as_deref().unwrap_or(&it.id));
    if it.title.is_some() { words.part(Tone::Quiet, &it.id) } else { words }
}

/// Where it comes from and what it holds.
pub fn origin(it: &DocumentLine) -> Words {
    let day = it.published.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let language = it.language.as_ref().filter(|code| *code != "en").map(|code| format!("language {code}"));
    let voice = (it.voice != it.id).then(|| format!("carries on {}", it.voice));
    let events = it.events.map_or_else(|| "not read".to_owned(), |number| count(number as usize, "event"));
    let parts = [it.publisher.as_deref(), Some(&day), language.as_deref(), voice.as_deref(), Some(&events)];
    parts.into_iter().flatten().fold(Words::new(), |words, part| words.part(Tone::Quiet, part))
}
