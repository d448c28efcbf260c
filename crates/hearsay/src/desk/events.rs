//! `hearsay events`: what the documents report, each with who says what of it.

use hearsay_store::{ArgumentRole, EventLine, Page};
use serde_json::{Value, json};

use super::{Answer, block, wire};
use crate::reading::{Sheet, Tone, Words};

/// A page of events.
pub struct Events(pub Page<EventLine>);

impl Answer for Events {
    fn write(&self, sheet: &mut Sheet) {
        block::page(sheet, &self.0.records, self.0.next.as_deref(), "No event in the desk is like that.", write);
    }

    fn json(&self) -> Value {
        let events: Vec<Value> = self.0.records.iter().map(wire::event).collect();
        json!({ "events": events, "next": self.0.next })
    }
}

/// One event: what it is, its sentence, who says what of it, where it stands.
pub fn write(sheet: &mut Sheet, it: &EventLine) {
    let participants: Vec<String> = [("by", ArgumentRole::Actor), ("to", ArgumentRole::Recipient)]
        .into_iter()
        .filter_map(|(before, role)| {
            let names: Vec<&str> = it.participants.iter().filter(|somebody| somebody.role == role).map(|somebody| somebody.name.as_str()).collect();
            (!names.is_empty()).then(|| format!("{before} {}", names.join(", ")))
        })
        .collect();
    let mut below = vec![Words::new().say(Tone::Plain, &it.sentence)];
    below.extend(it.accounts.iter().map(block::account));
    below.push(block::origin(&it.origin, Some(it.event.sentence)));
    block::block(sheet, &block::event(&it.event, &participants), &below);
}
