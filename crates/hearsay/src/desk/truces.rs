//! `hearsay truces`: positions on stopping the fighting.

use hearsay_store::{Page, PartyRole, TruceLine};
use serde_json::{Value, json};

use super::{Answer, block, wire};
use crate::reading::{Sheet, Tone, Words};

/// A page of truce terms.
pub struct Truces(pub Page<TruceLine>);

impl Answer for Truces {
    fn write(&self, sheet: &mut Sheet) {
        block::page(sheet, &self.0.records, self.0.next.as_deref(), "No truce term in the desk is like that.", |sheet, it| {
            let below = [Words::new().say(Tone::Plain, &it.sentence), block::origin(&it.origin, Some(it.term.sentence))];
            block::block(sheet, &head(it), &below);
        });
    }

    fn json(&self) -> Value {
        let terms: Vec<Value> = self.0.records.iter().map(wire::truce_term).collect();
        json!({ "truce_terms": terms, "next": self.0.next })
    }
}

/// What the position is, whose, and for which days.
fn head(it: &TruceLine) -> Words {
    let mut words = Words::new().say(Tone::Source, &it.term.kind.as_str().replace('_', " "));
    for (before, role) in [("by", PartyRole::By), ("with", PartyRole::With)] {
        let names: Vec<&str> = it.parties.iter().filter(|party| party.role == role).map(|party| party.name.as_str()).collect();
        if !names.is_empty() {
            words = words.part(Tone::Plain, &format!("{before} {}", names.join(", ")));
        }
    }
    for (before, day) in [("from", &it.term.effective), ("until", &it.term.until)] {
        words = day.iter().fold(words, |words, day| words.part(Tone::Plain, &format!("{before} {day}")));
    }
    let source = if it.term.source_kind == hearsay_store::SourceKind::Narrator { "the narrator" } else { &it.term.source_name };
    words.part(Tone::Quiet, &format!("reported by {source}"))
}
