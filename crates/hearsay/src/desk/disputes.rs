//! `hearsay disputes`: accounts of one happening that cannot all hold.

use hearsay_store::{DisputeLine, Page};
use serde_json::{Value, json};

use super::{Answer, block, wire};
use crate::reading::{Sheet, Tone, Words, happenings};

/// A page of disputes.
pub struct Disputes(pub Page<DisputeLine>);

impl Answer for Disputes {
    fn write(&self, sheet: &mut Sheet) {
        block::page(sheet, &self.0.records, self.0.next.as_deref(), "No dispute within a document of the desk is like that.", |sheet, it| {
            let mut below: Vec<Words> = it.accounts.iter().map(block::account).collect();
            below.push(block::origin(&it.origin, None));
            block::block(sheet, &Words::new().say(Tone::Source, happenings::subject(it.about)), &below);
        });
    }

    fn json(&self) -> Value {
        let disputes: Vec<Value> = self.0.records.iter().map(wire::dispute).collect();
        json!({ "disputes": disputes, "next": self.0.next })
    }
}
