//! What is said to have happened: events with their accounts, disputes, truce terms. Each only where there is any.

use hearsay_coder::Sides;
use hearsay_ledger::{Account, Argument, Dispute, DisputeAbout, Document, EntityId, Event, Ledger, Quantity, SourceRef, Stance, TruceTerm};
use unicode_width::UnicodeWidthStr as _;

use super::attributions::passage;
use super::layout::{Sheet, Tone, Words};
use super::sentences::label_at;

/// Writes the three sections.
pub fn write(sheet: &mut Sheet, document: &Document, ledger: &Ledger, sides: &Sides) {
    let reader = Reader { document, ledger, sides };
    section(sheet, "Events", &ledger.events, |it| reader.event(it));
    section(sheet, "Disputes", &ledger.disputes, |it| reader.dispute(it));
    section(sheet, "Truce terms", &ledger.truce_terms, |it| reader.truce_term(it));
}

/// One record on the page: the sentence it names, its head, and lines below the head.
struct Block {
    label: String,
    head: Words,
    below: Vec<Words>,
}

fn section<T>(sheet: &mut Sheet, title: &str, records: &[T], block: impl Fn(&T) -> Block) {
    if records.is_empty() {
        return;
    }
    sheet.section(title);
    let blocks: Vec<Block> = records.iter().map(block).collect();
    let gutter = blocks.iter().map(|block| block.label.width()).max().unwrap_or(0) + 2;
    for Block { label, head, below } in &blocks {
        let (pad, margin) = (" ".repeat(gutter - label.width()), " ".repeat(gutter)); // the gutter is wider than any label
        sheet.paragraph(&format!("{label}{pad}"), &margin, head);
        let rail = format!("{margin}│ ");
        for words in below {
            sheet.paragraph(&rail, &rail, words);
        }
    }
}

struct Reader<'l> {
    document: &'l Document,
    ledger: &'l Ledger,
    sides: &'l Sides,
}

impl Reader<'_> {
    fn event(&self, it: &Event) -> Block {
        let kind = it.mode.as_ref().map_or_else(|| it.event_type.clone(), |mode| format!("{} ({mode})", it.event_type));
        let mut head = Words::new().say(Tone::Source, &kind).part(Tone::Cue, &passage(&self.document.text, &[it.trigger]));
        for (before, arguments) in [("by", &it.actors), ("to", &it.recipients)] {
            head = self.arguments(head, before, arguments);
        }
        let place = it.place.and_then(|id| self.ledger.places.get(id.index())).map(|place| format!("in {}", place.name));
        let time = it.time.and_then(|id| self.ledger.times.get(id.index()));
        let time = time.map(|time| time.value.clone().unwrap_or_else(|| passage(&self.document.text, &[time.span])));
        let losses = [("killed", it.killed), ("injured", it.injured), ("displaced", it.displaced)];
        let losses = losses.into_iter().filter_map(|(word, number)| number.and_then(range).map(|number| format!("{number} {word}")));
        let head = place.into_iter().chain(time).chain(losses).fold(head, |words, part| words.part(Tone::Plain, &part));
        let of_event: Vec<&Account> = self.ledger.accounts.iter().filter(|account| account.event == it.id).collect();
        Block { label: label_at(it.sentence), head, below: self.by_side(of_event) }
    }

    fn arguments(&self, words: Words, before: &str, arguments: &[Argument]) -> Words {
        let names: Vec<String> = arguments.iter().map(|argument| passage(&self.document.text, &[argument.span])).collect();
        if names.is_empty() { words } else { words.part(Tone::Plain, &format!("{before} {}", names.join(", "))) }
    }

    /// Accounts, those of one side together; of no side, and where none are declared, in the order of the text.
    fn by_side(&self, mut accounts: Vec<&Account>) -> Vec<Words> {
        accounts.sort_by_key(|account| {
            let side = self.side(account.source);
            side.and_then(|side| self.sides.names().position(|name| name == side)).unwrap_or(usize::MAX)
        });
        accounts.into_iter().map(|account| self.account(account)).collect()
    }

    fn side(&self, source: SourceRef) -> Option<&str> {
        let SourceRef::Entity(id) = source else { return None };
        let entity = self.ledger.entities.get(id.index())?;
        self.sides.side_of(&entity.name, entity.country.as_deref(), entity.sector.as_deref(), self.document.published)
    }

    fn account(&self, it: &Account) -> Words {
        let words = Words::new().say(Tone::Source, &self.source(it.source)).say(Tone::Cue, stance(it.stance));
        let words = self.side(it.source).into_iter().fold(words, |words, side| words.part(Tone::Quiet, side));
        it.via.into_iter().fold(words, |words, relay| words.part(Tone::Quiet, &format!("via {}", self.name(relay))))
    }

    fn dispute(&self, it: &Dispute) -> Block {
        let accounts: Vec<&Account> = it.accounts.iter().filter_map(|id| self.ledger.accounts.get(id.index())).collect();
        let mut sentences: Vec<usize> =
            accounts.iter().filter_map(|account| self.ledger.events.get(account.event.index())).map(|event| event.sentence).collect();
        sentences.sort_unstable();
        sentences.dedup();
        let labels: Vec<String> = sentences.into_iter().map(label_at).collect();
        let below = self.by_side(accounts);
        Block { label: labels.join(", "), head: Words::new().say(Tone::Source, subject(it.about)), below }
    }

    fn truce_term(&self, it: &TruceTerm) -> Block {
        let mut head = Words::new().say(Tone::Source, &it.kind.as_str().replace('_', " "));
        for (before, parties) in [("by", &it.by), ("with", &it.with)] {
            if !parties.is_empty() {
                let names: Vec<&str> = parties.iter().map(|id| self.name(*id)).collect();
                head = head.part(Tone::Plain, &format!("{before} {}", names.join(", ")));
            }
        }
        for (before, day) in [("from", &it.effective), ("until", &it.until)] {
            head = day.iter().fold(head, |words, day| words.part(Tone::Plain, &format!("{before} {day}")));
        }
        let head = head.part(Tone::Quiet, &format!("reported by {}", self.source(it.source)));
        let below = it.conditions.iter().map(|span| Words::new().say(Tone::Plain, &passage(&self.document.text, &[*span]))).collect();
        Block { label: label_at(it.sentence), head, below }
    }

    fn source(&self, source: SourceRef) -> String {
        match source {
            SourceRef::Narrator => "the narrator".to_owned(),
            SourceRef::Entity(id) => self.name(id).to_owned(),
            SourceRef::Phrase(span) => passage(&self.document.text, &[span]),
        }
    }

    fn name(&self, id: EntityId) -> &str {
        self.ledger.entities.get(id.index()).map_or("?", |entity| &entity.name)
    }
}

/// A position, as it is said of a source.
pub fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts it",
        Stance::Denies => "denies it",
        Stance::Uncertain => "is uncertain of it",
        Stance::Expects => "expects it",
        Stance::CallsFor => "calls for it",
    }
}

/// What accounts differ on, as a question.
pub fn subject(about: DisputeAbout) -> &'static str {
    match about {
        DisputeAbout::Occurrence => "whether it took place",
        DisputeAbout::Actor => "who did it",
        DisputeAbout::Recipient => "who or what was hit",
        DisputeAbout::Losses => "how many were lost",
        DisputeAbout::Place => "where it was",
        DisputeAbout::Time => "when it was",
        DisputeAbout::Terms => "what was agreed",
    }
}

/// A number as its source gives it; `None` where both bounds are open.
pub fn range(number: Quantity) -> Option<String> {
    match (number.low, number.high) {
        (Some(low), Some(high)) if low == high => Some(low.to_string()),
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(low), None) => Some(format!("at least {low}")),
        (None, Some(high)) => Some(format!("up to {high}")),
        (None, None) => None,
    }
}
