//! The table of sources: how much each of them says.

use hearsay_ledger::{Document, EntityId, Ledger};

use super::attributions::{NO_SOURCE, source, spans};
use super::layout::{Sheet, Tone, Words};
use super::sentences::label;
use super::visible;

/// Who a line of the table is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Entity(EntityId),
    /// A source that is no entity: its words, in lower case.
    Words(String),
    Nobody,
}

/// One line of the table.
struct Row {
    key: Key,
    name: String,
    /// Country and sector, as far as they are known.
    code: String,
    /// Labels of the sentences of its attributions; at least one.
    labels: Vec<String>,
}

/// The sources of a document, those that say most first.
pub struct Tally {
    rows: Vec<Row>,
}

impl Tally {
    /// Counts the attributions of `ledger` by source.
    pub fn new(document: &Document, ledger: &Ledger) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        for it in &ledger.attributions {
            let words = visible(&source(&document.text, it));
            let entity = it.source_entity.and_then(|id| ledger.entities.get(id.index()));
            let code = entity.map(|entity| [entity.country.as_deref(), entity.sector.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "));
            let (key, name) = match entity {
                Some(entity) => (Key::Entity(entity.id), entity.name.clone()),
                None if words.is_empty() => (Key::Nobody, NO_SOURCE.to_owned()),
                None => (Key::Words(words.to_lowercase()), words),
            };
            let sentence = label(ledger, spans(it));
            match rows.iter_mut().find(|row| row.key == key) {
                Some(row) => row.labels.push(sentence),
                None => rows.push(Row { key, name, code: code.unwrap_or_default(), labels: vec![sentence] }),
            }
        }
        // A stable sort: those that say as much as each other stay in the order of the text.
        rows.sort_by_key(|row| (row.key == Key::Nobody, std::cmp::Reverse(row.labels.len())));
        Self { rows }
    }

    /// How many sources the text names.
    pub fn named(&self) -> usize {
        self.rows.iter().filter(|row| row.key != Key::Nobody).count()
    }
}

/// Writes the table; nothing where there is no attribution.
pub fn write(sheet: &mut Sheet, tally: &Tally) {
    if tally.rows.is_empty() {
        return;
    }
    sheet.section("Sources");
    let digits = tally.rows.iter().map(|row| row.labels.len().to_string().len()).max().unwrap_or(1);
    for row in &tally.rows {
        let tone = if row.key == Key::Nobody { Tone::Quiet } else { Tone::Source };
        let mut labels = row.labels.clone();
        labels.dedup();
        let words = Words::new().say(tone, &row.name);
        let words = if row.code.is_empty() { words } else { words.part(Tone::Plain, &row.code) };
        let words = words.part(Tone::Quiet, &labels.join(", "));
        sheet.paragraph(&format!("{:>digits$}  ", row.labels.len()), &" ".repeat(digits + 2), &words);
    }
}
