//! The reading for people: a document's ledger as text for a terminal, every line naming its sentence.
//!
//! Nothing is said by colour alone, nothing from the document can steer the terminal, and lines end where the page
//! does, whatever the script.

mod attributions;
pub mod happenings;
mod layout;
mod sentences;
mod sources;
mod visible;

pub use attributions::passage;
pub use layout::{Page, Palette, Sheet, Tone, Words};
pub use sentences::{label, label_at};
pub use visible::visible;

use hearsay_coder::Sides;
use hearsay_ledger::{Document, Ledger};
use sources::Tally;

/// The reading of one document, which came from `file`, with the sides that its sources are on; ends with a line break.
pub fn render(document: &Document, ledger: &Ledger, sides: &Sides, file: &str, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    let tally = Tally::new(document, ledger);
    header(&mut sheet, document, ledger, file, &tally);
    sheet.blank();
    attributions::write(&mut sheet, document, ledger);
    happenings::write(&mut sheet, document, ledger, sides);
    sources::write(&mut sheet, &tally);
    sheet.finish()
}

fn header(sheet: &mut Sheet, document: &Document, ledger: &Ledger, file: &str, tally: &Tally) {
    let headline = document.title.as_deref().unwrap_or(&document.id);
    sheet.paragraph("", "", &Words::new().say(Tone::Title, headline));
    let published = document.published.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let mut origin = Words::new();
    for part in [document.publisher.as_deref(), Some(&published), Some(file), document.title.as_ref().map(|_| document.id.as_str())] {
        origin = part.into_iter().fold(origin, |words, part| words.part(Tone::Quiet, part));
    }
    sheet.paragraph("", "", &origin);
    let counts = Words::new()
        .part(Tone::Quiet, &count(ledger.sentences.len(), "sentence"))
        .part(Tone::Quiet, &count(ledger.attributions.len(), "attribution"))
        .part(Tone::Quiet, &count(tally.named(), "source"));
    sheet.paragraph("", "", &counts);
}

/// `1 sentence`, `2 sentences`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests;
