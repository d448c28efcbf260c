//! The explanation for people: a block a record, a line a piece of evidence, laid out like the reading.

use hearsay_ledger::Quantity;

use super::model::{
    Account, Attribution, Carrier, CountedFrom, DayKind, Dispute, DocumentName, Event, Explanation, FoundBy, Incident, Join, Likelihood, Losses,
    Name, Passage, RecordName, Role, Sentence, Telling, Time, TruceTerm,
};
use crate::reading::happenings::{range, stance, subject};
use crate::reading::{Page, Sheet, Tone, Words, count, label_at};

/// Before the lines of a block stands what they are, in so many columns.
const LABEL_COLUMNS: usize = 12;

/// Longer passages are shown by their beginning and end.
const LONGEST_PASSAGE: usize = 36;

/// Words of the end of a passage that is too long.
const END_OF_PASSAGE: usize = 6;

/// Labels less likely than this are left out, but for the likeliest.
const UNLIKELY: f64 = 0.005;

/// The page for an explanation; ends with a line break.
pub fn render(explanation: &Explanation, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    header(&mut sheet, &explanation.document);
    for sentence in &explanation.sentences {
        self::sentence(&mut sheet, sentence);
    }
    sheet.finish()
}

fn header(sheet: &mut Sheet, document: &DocumentName) {
    sheet.paragraph("", "", &Words::new().say(Tone::Title, document.title.as_deref().unwrap_or(&document.id)));
    let published = document.published.as_deref().unwrap_or("no date");
    let length = count(document.sentence_count, "sentence");
    let parts =
        [document.publisher.as_deref(), Some(published), Some(&document.file), document.title.as_ref().map(|_| document.id.as_str()), Some(&length)];
    sheet.paragraph("", "", &parts.into_iter().flatten().fold(Words::new(), |words, part| words.part(Tone::Quiet, part)));
}

fn sentence(sheet: &mut Sheet, it: &Sentence) {
    let label = label_at(it.sentence);
    sheet.blank();
    sheet.paragraph(&format!("{label}  "), &" ".repeat(label.len() + 2), &Words::new().say(Tone::Plain, &it.passage.text));
    if it.is_bare() {
        head(sheet, &Words::new().say(Tone::Quiet, "No record rests on this sentence."));
    }
    if !it.names.is_empty() {
        head(sheet, &Words::new().say(Tone::Source, "Names"));
        for name in &it.names {
            self::name(sheet, name);
        }
    }
    if !it.times.is_empty() {
        head(sheet, &Words::new().say(Tone::Source, "Times"));
        for time in &it.times {
            self::time(sheet, time);
        }
    }
    for attribution in &it.attributions {
        self::attribution(sheet, attribution);
    }
    for event in &it.events {
        self::event(sheet, event);
    }
    if !it.reactions.is_empty() {
        head(sheet, &Words::new().say(Tone::Source, "Positions on events of other sentences"));
        for reaction in &it.reactions {
            account(sheet, reaction, true);
        }
    }
    for term in &it.truce_terms {
        truce_term(sheet, term);
    }
    for incident in &it.incidents {
        self::incident(sheet, incident);
    }
    for dispute in &it.disputes {
        self::dispute(sheet, dispute);
    }
    rest(sheet, it);
}

/// What is no record.
fn rest(sheet: &mut Sheet, it: &Sentence) {
    if !it.unused.is_empty() {
        head(sheet, &Words::new().say(Tone::Source, "Seen, but in no record"));
        for unused in &it.unused {
            let words = Words::new().say(Tone::Cue, &unused.passage.text);
            let words = unused.probability.iter().fold(words, |words, score| words.say(Tone::Plain, &probability(*score)));
            row(sheet, unused.kind, &unused.reason.iter().fold(words, |words, reason| words.part(Tone::Quiet, reason)));
        }
    }
    if !it.notes.is_empty() {
        head(sheet, &Words::new().say(Tone::Source, "Notes"));
        for note in &it.notes {
            row(sheet, "note", &Words::new().say(Tone::Plain, &note.message).say(Tone::Quiet, &format!("[{}]", note.code)));
        }
    }
}

/// The first line of a block.
fn head(sheet: &mut Sheet, words: &Words) {
    sheet.blank();
    sheet.paragraph("", "  ", words);
}

/// A line of a block.
fn row(sheet: &mut Sheet, label: &str, words: &Words) {
    sheet.paragraph(&format!("  {label:<LABEL_COLUMNS$} "), &" ".repeat(LABEL_COLUMNS + 3), words);
}

fn name(sheet: &mut Sheet, it: &Name) {
    let words = Words::new().say(Tone::Plain, &it.passage.text).say(Tone::Plain, &probability(it.probability));
    let codes = [&it.country, &it.sector].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let words = words.part(Tone::Quiet, &named(it.entity.as_ref(), &it.passage.text));
    row(sheet, it.entity_type, &if codes.is_empty() { words } else { words.part(Tone::Quiet, &format!("codebook: {codes}")) });
}

fn time(sheet: &mut Sheet, it: &Time) {
    let words =
        Words::new().say(Tone::Cue, &it.passage.text).part(Tone::Plain, it.value.as_deref().unwrap_or("no value")).part(Tone::Quiet, it.time_type);
    let seen = it.probability.map_or_else(|| "by the grammar alone".to_owned(), |seen| format!("seen by the network {}", probability(seen)));
    let words = words.part(Tone::Quiet, &seen);
    row(sheet, &it.id, &it.counted_from.iter().fold(words, |words, from| words.part(Tone::Quiet, &counted_from(from))));
}

fn counted_from(it: &CountedFrom) -> String {
    let kind = match it.kind {
        DayKind::Published => "the day of publication",
        DayKind::OwnDate => "the date that the text gives itself",
        DayKind::Mentioned => "mentioned before",
    };
    format!("counted from {}, {kind}", it.day)
}

fn attribution(sheet: &mut Sheet, it: &Attribution) {
    head(sheet, &title("Attribution", &it.id).part(Tone::Cue, &joined(&it.cue)));
    let found = match it.found_by {
        FoundBy::Network => "by the network",
        FoundBy::Syntax => "by a reporting verb with a clause, inside of what another says",
        FoundBy::Signature => "by a dash and a name after a quotation",
    };
    let cue = it.probability.iter().fold(Words::new(), |words, score| words.say(Tone::Plain, &probability(*score)));
    row(sheet, "cue", &cue.say(Tone::Plain, found));
    let source = joined(&it.source);
    let words = if source.is_empty() { Words::new().say(Tone::Quiet, "(no source named)") } else { Words::new().say(Tone::Plain, &source) };
    let entity = it.source_entity.as_ref().map(|entity| format!("{}{}", if it.pronoun { "stands for " } else { "" }, named(Some(entity), &source)));
    row(sheet, "source", &entity.iter().fold(words, |words, entity| words.part(Tone::Quiet, entity)));
    let content = Words::new().say(Tone::Plain, &joined(&it.content));
    row(sheet, "content", &if it.quoted { content.part(Tone::Quiet, "quoted") } else { content });
    if let Some(within) = &it.within {
        row(sheet, "within", &Words::new().say(Tone::Plain, within));
    }
}

fn event(sheet: &mut Sheet, it: &Event) {
    head(sheet, &title("Event", &it.id).part(Tone::Plain, &kind(&it.event_type, it.mode.as_ref())).part(Tone::Cue, &it.trigger.text));
    match &it.rule {
        Some(rule) => {
            let words = Words::new().say(Tone::Plain, &format!("`{}` of {}", rule.trigger, rule.origin));
            row(sheet, "rule", &words.part(Tone::Quiet, "wins over the network"));
        }
        None => row(sheet, "trigger", &Words::new().say(Tone::Plain, &probability(it.probability))),
    }
    for (label, likelihoods) in [("type", &it.types), ("mode", &it.modes), ("stance", &it.stances)] {
        row(sheet, label, &likely(likelihoods));
    }
    for role in &it.roles {
        self::role(sheet, role);
    }
    for losses in &it.losses {
        row(sheet, losses.kind, &self::losses(losses));
    }
    if let Some(cameo) = &it.cameo {
        let words = Words::new().say(Tone::Plain, &format!("{} {}", cameo.code, cameo.name)).part(Tone::Plain, cameo.quad_class_name);
        let goldstein = cameo.goldstein.map(|score| format!("Goldstein {score} ({})", cameo.goldstein_table));
        row(sheet, "CAMEO", &goldstein.iter().fold(words, |words, score| words.part(Tone::Plain, score)));
    }
    for account in &it.accounts {
        self::account(sheet, account, false);
    }
}

fn role(sheet: &mut Sheet, it: &Role) {
    let words = Words::new().say(Tone::Plain, &short(&it.passage.text)).say(Tone::Plain, &probability(it.probability));
    let words = match (&it.record, it.used) {
        (Some(record), _) => words.part(Tone::Quiet, &named(Some(record), &it.passage.text)),
        (None, true) => words,
        (None, false) => words.part(Tone::Quiet, "not used"),
    };
    row(sheet, it.role, &words);
}

fn losses(it: &Losses) -> Words {
    let number = range(number(it)).unwrap_or_else(|| "any number".to_owned());
    let words = Words::new().say(Tone::Plain, &number);
    if it.words.is_empty() { words } else { words.part(Tone::Quiet, "by").say(Tone::Cue, &joined(&it.words)) }
}

fn number(it: &Losses) -> Quantity {
    Quantity { low: it.low, high: it.high }
}

/// One position; `apart` where the event is not the one that the block is about.
fn account(sheet: &mut Sheet, it: &Account, apart: bool) {
    let mut words = Words::new().say(Tone::Plain, &it.id).part(Tone::Source, &it.source).say(Tone::Plain, stance(it.stance));
    if apart {
        words = words.part(Tone::Quiet, &format!("{} in {}:", it.event.id, label_at(it.event_sentence))).say(Tone::Cue, &it.event.name);
    }
    if let Some(via) = &it.via {
        words = words.part(Tone::Quiet, &format!("via {}", via.name));
    }
    row(sheet, "account", &words.part(Tone::Quiet, &carrier(it)));
}

/// What carries an account.
fn carrier(it: &Account) -> String {
    let attribution = it.attribution.as_ref().map(|attribution| format!("{} ({})", attribution.id, attribution.name));
    match (it.carrier, attribution) {
        (Carrier::Attribution, Some(attribution)) => format!("by the attribution {attribution}"),
        (Carrier::Network | Carrier::Attribution, attribution) => {
            let seen = it.probability.map(probability).unwrap_or_default();
            let seen = format!("a source that the network sees {seen}");
            attribution.map_or_else(|| format!("by {seen}"), |attribution| format!("by {seen}, in the attribution {attribution} that names none"))
        }
        (Carrier::Reaction, _) => {
            let place = it.source_sentence.filter(|sentence| *sentence != it.event_sentence).map(|sentence| format!(" in {}", label_at(sentence)));
            let words = if it.words.is_empty() { String::new() } else { format!(": “{}”", joined(&it.words)) };
            format!("by a reaction{}{words}", place.unwrap_or_default())
        }
        (Carrier::Narrator, Some(attribution)) => format!("by the attribution {attribution}, which names no source"),
        (Carrier::Narrator, None) => "no attribution holds it".to_owned(),
    }
}

fn truce_term(sheet: &mut Sheet, it: &TruceTerm) {
    head(sheet, &title("Truce term", &it.id).part(Tone::Plain, &it.kind.replace('_', " ")));
    if !it.words.is_empty() {
        let words = Words::new().say(Tone::Cue, &joined(&it.words));
        row(sheet, "words", &it.stance_of.iter().fold(words, |words, event| words.part(Tone::Quiet, &format!("by the stance of {event}"))));
    }
    for (label, parties) in [("by", &it.by), ("with", &it.with)] {
        for party in parties {
            row(sheet, label, &Words::new().say(Tone::Plain, &party.name).part(Tone::Quiet, &party.id));
        }
    }
    for (label, day) in [("from", &it.effective), ("until", &it.until)] {
        if let Some(day) = day {
            row(sheet, label, &Words::new().say(Tone::Plain, day));
        }
    }
    for condition in &it.conditions {
        row(sheet, "condition", &Words::new().say(Tone::Plain, &short(&condition.text)));
    }
    row(sheet, "reported by", &Words::new().say(Tone::Plain, &it.source));
}

fn incident(sheet: &mut Sheet, it: &Incident) {
    head(sheet, &title("Incident", &it.id).part(Tone::Plain, &format!("{} that tell of one happening", count(it.events.len(), "event"))));
    for event in &it.events {
        row(sheet, &event.event.id, &telling(Words::new(), event));
    }
    for join in &it.joins {
        row(sheet, "joined", &self::join(join));
    }
}

/// An event in short, after other words.
fn telling(words: Words, it: &Telling) -> Words {
    let words =
        words.part(Tone::Quiet, &label_at(it.sentence)).say(Tone::Cue, &it.event.name).part(Tone::Plain, &kind(&it.event_type, it.mode.as_ref()));
    let words = if it.actors.is_empty() { words } else { words.part(Tone::Plain, &format!("by {}", it.actors.join(", "))) };
    let words = it.place.iter().fold(words, |words, place| words.part(Tone::Plain, &format!("in {place}")));
    let words = it.time.iter().fold(words, |words, time| words.part(Tone::Plain, time));
    let losses = it.losses.iter().filter_map(|losses| Some(format!("{} {}", range(number(losses))?, losses.kind)));
    losses.fold(words, |words, losses| words.part(Tone::Plain, &losses))
}

fn join(it: &Join) -> Words {
    let words = Words::new().say(Tone::Plain, &format!("{} with {} {}", it.later, it.earlier, probability(it.probability)));
    it.evidence.iter().fold(words, |words, piece| words.part(Tone::Quiet, &format!("{} {:+.2}", piece.name.replace('_', " "), piece.weight)))
}

fn dispute(sheet: &mut Sheet, it: &Dispute) {
    head(sheet, &title("Dispute", &it.id).part(Tone::Plain, subject(it.about)));
    let one =
        it.incident.as_ref().map_or_else(|| "they speak of one event".to_owned(), |incident| format!("they speak of one happening ({incident})"));
    row(sheet, "reason", &Words::new().say(Tone::Plain, it.reason).part(Tone::Quiet, &one));
    for side in &it.sides {
        let words = Words::new().say(Tone::Source, &side.source).say(Tone::Plain, stance(side.stance));
        row(sheet, &side.account, &telling(words.part(Tone::Quiet, &side.event.event.id), &side.event));
    }
}

fn title(record: &str, id: &str) -> Words {
    Words::new().say(Tone::Source, &format!("{record} {id}"))
}

fn kind(event_type: &str, mode: Option<&String>) -> String {
    mode.map_or_else(|| event_type.to_owned(), |mode| format!("{event_type} ({mode})"))
}

fn likely(likelihoods: &[Likelihood]) -> Words {
    let shown = likelihoods.iter().enumerate().filter(|(index, it)| *index == 0 || it.probability >= UNLIKELY);
    shown.fold(Words::new(), |words, (_, it)| words.part(Tone::Plain, &format!("{} {}", it.label.replace('_', " "), probability(it.probability))))
}

/// A record's id, and its name where the words that stand beside it do not show it.
fn named(record: Option<&RecordName>, beside: &str) -> String {
    record.map_or_else(
        || "no entity".to_owned(),
        |record| if beside == record.name { record.id.clone() } else { format!("{} {}", record.id, record.name) },
    )
}

fn joined(passages: &[Passage]) -> String {
    passages.iter().map(|passage| short(&passage.text)).collect::<Vec<_>>().join(" … ")
}

/// A passage as it is shown: a long one without its middle.
fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (begin, end) = (LONGEST_PASSAGE - END_OF_PASSAGE, words.len().saturating_sub(END_OF_PASSAGE));
    match (words.get(..begin), words.get(end..)) {
        (Some(first), Some(last)) if words.len() > LONGEST_PASSAGE => format!("{} … {}", first.join(" "), last.join(" ")),
        _ => words.join(" "),
    }
}

fn probability(probability: f64) -> String {
    format!("{probability:.2}")
}
