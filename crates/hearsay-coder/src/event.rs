//! Events: from triggers and what fills their roles to records (PLOVER; the "Decided cases" of the ledger's format).
//!
//! Every trigger becomes one event, in the same order, so that later stages can look at both. Who says so is left to
//! [`crate::account`], which happenings are the same to [`crate::incident`].

use std::ops::Range;

use hearsay_ledger::{Argument, Event, EventId, Place, PlaceId, Span, Stance, Time, TimeId};

use crate::encode::{Filler, Role, Trigger, cover};
use crate::entity::Participants;
use crate::losses;
use crate::page::Page;
use crate::place;

/// The events of a document, one a trigger, and the places of the text, to which those are added where events are
/// said to have happened at places without a name.
#[must_use]
pub(crate) fn events(page: &Page<'_>, participants: &Participants, times: &[Time]) -> (Vec<Event>, Vec<Place>) {
    let triggers = &page.encoded.triggers;
    let where_said: Vec<Option<Span>> = triggers.iter().map(|trigger| place_of(page, trigger, participants)).collect();
    let places = place::places(page, participants, where_said.iter().flatten().copied());
    let losses = losses::losses(page);
    let events = triggers
        .iter()
        .zip(where_said)
        .zip(losses)
        .enumerate()
        .filter_map(|(n, ((trigger, place), losses))| {
            let (event_type, mode) = type_and_mode(page, trigger);
            let stance = trigger.stances.first().map_or(Stance::Asserts, |(stance, _)| *stance);
            let word = page.word(trigger.words.start).to_lowercase();
            let rule = trigger.rule.and_then(|rule| page.codebook.event.rules().get(rule));
            let cameo = rule
                .and_then(|rule| rule.cameo.clone())
                .or_else(|| page.codebook.event.cameo_code(&event_type, mode.as_deref(), stance, &word).map(str::to_owned));
            Some(Event {
                id: EventId::at(n),
                cameo,
                trigger: cover(page.encoded.words.get(trigger.words.clone())?)?,
                actors: arguments(page, trigger, Role::Actor, participants),
                recipients: arguments(page, trigger, Role::Recipient, participants),
                place: place.and_then(|span| place_at(&places, span)),
                time: time_of(page, trigger, times),
                killed: losses.killed,
                injured: losses.injured,
                displaced: losses.displaced,
                sentence: page.sentence_of(trigger.words.start),
                event_type,
                mode,
            })
        })
        .collect();
    (events, places)
}

/// The likeliest type, and the likeliest mode among those of the type.
fn type_and_mode(page: &Page<'_>, trigger: &Trigger) -> (String, Option<String>) {
    let event_type = trigger.types.first().map_or_else(String::new, |(name, _)| name.to_string());
    let known = page.codebook.event.modes(&event_type);
    let mode = trigger.modes.iter().map(|(mode, _)| &**mode).find(|mode| *mode == "none" || known.iter().any(|m| m == mode));
    let mode = mode.filter(|mode| *mode != "none").map(str::to_owned);
    (event_type, mode)
}

fn fillers(trigger: &Trigger, role: Role) -> impl Iterator<Item = &Filler> {
    trigger.roles.iter().filter(move |filler| filler.role == role)
}

/// The participants in one role.
fn arguments(page: &Page<'_>, trigger: &Trigger, role: Role, participants: &Participants) -> Vec<Argument> {
    let mut out: Vec<Argument> = Vec::new();
    for filler in fillers(trigger, role) {
        let Some(span) = noun_phrase(page, &filler.words).and_then(|words| cover(page.encoded.words.get(words)?)) else { continue };
        if out.iter().all(|other| !other.span.overlaps(span)) {
            out.push(Argument { span, entity: participants.named(page, span) });
        }
    }
    out
}

/// The words of a filler without the punctuation and the prepositions at its ends; `None` where nothing is left.
fn noun_phrase(page: &Page<'_>, words: &Range<usize>) -> Option<Range<usize>> {
    let upos = |n: usize| page.encoded.words.get(n).map_or("", |w| &*w.upos);
    let mut words = words.clone();
    while words.start < words.end && matches!(upos(words.start), "PUNCT" | "ADP" | "CCONJ" | "SCONJ") {
        words.start += 1;
    }
    while words.start < words.end && matches!(upos(words.end - 1), "PUNCT" | "ADP" | "CCONJ" | "SCONJ") {
        words.end -= 1;
    }
    (!words.is_empty()).then_some(words)
}

/// Where the event is said to have happened: a toponym of the phrase that says so, else the phrase.
fn place_of(page: &Page<'_>, trigger: &Trigger, participants: &Participants) -> Option<Span> {
    let filler = fillers(trigger, Role::Place).max_by(|a, b| a.score.total_cmp(&b.score))?;
    let phrase = cover(page.encoded.words.get(noun_phrase(page, &filler.words)?)?)?;
    participants.toponyms(page).find(|toponym| phrase.overlaps(*toponym)).or(Some(phrase))
}

fn place_at(places: &[Place], span: Span) -> Option<PlaceId> {
    places.iter().find(|place| place.span == span).map(|place| place.id)
}

/// The time expression that says when.
fn time_of(page: &Page<'_>, trigger: &Trigger, times: &[Time]) -> Option<TimeId> {
    let filler = fillers(trigger, Role::Time).max_by(|a, b| a.score.total_cmp(&b.score))?;
    let phrase = cover(page.encoded.words.get(filler.words.clone())?)?;
    times.iter().find(|time| time.span.overlaps(phrase)).map(|time| time.id)
}
