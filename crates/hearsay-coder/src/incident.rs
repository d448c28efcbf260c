//! Incidents: which event records of a document tell of one happening.
//!
//! Two events of one type are joined where the evidence for it outweighs the evidence against (a log-linear model over
//! their words, places, times and losses); what is joined to the same event is one incident.

use hearsay_ledger::{Event, EventId, Incident, Ledger};

use crate::page::Page;

/// The incidents of a document with two records or more, in the order of their first event. `ledger` holds the events,
/// places and times.
#[must_use]
pub(crate) fn incidents(page: &Page<'_>, ledger: &Ledger) -> Vec<Incident> {
    let events = &ledger.events;
    let mut group: Vec<usize> = (0..events.len()).collect();
    for (n, later) in events.iter().enumerate() {
        // The likeliest earlier record: chains of weak links would join everything.
        let best = events
            .iter()
            .take(n)
            .enumerate()
            .filter(|(_, earlier)| earlier.event_type == later.event_type)
            .map(|(m, earlier)| (m, probability(page, ledger, earlier, later)))
            .filter(|(_, p)| *p >= page.codebook.incident.threshold)
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((m, _)) = best {
            group[n] = group[m]; // both are below the number of events
        }
    }
    let members = |first: usize| -> Vec<EventId> { (first..events.len()).filter(|n| group[*n] == first).map(EventId::at).collect() };
    (0..events.len()).filter(|n| group[*n] == *n).map(members).filter(|events| events.len() > 1).map(|events| Incident { events }).collect()
}

/// The probability that two events of one type are one happening.
fn probability(page: &Page<'_>, ledger: &Ledger, earlier: &Event, later: &Event) -> f32 {
    let weights = &page.codebook.incident;
    let mut odds = weights.bias;
    let mut add = |holds: bool, weight: f32| odds += if holds { weight } else { 0.0 };
    let agree = |same: Option<bool>, one: bool, yes: f32, no: f32, lone: f32| match same {
        Some(true) => yes,
        Some(false) => no,
        None if one => lone,
        None => 0.0,
    };
    add(stem(&page.phrase(earlier.trigger)) == stem(&page.phrase(later.trigger)), weights.same_lemma);
    let apart = later.sentence.abs_diff(earlier.sentence);
    add(apart == 0, weights.same_sentence);
    add(apart == 1, weights.next_sentence);
    add(apart > weights.far_from, weights.far);
    let modes = earlier.mode.as_ref().zip(later.mode.as_ref()).map(|(a, b)| a == b);
    let actors = (!earlier.actors.is_empty() && !later.actors.is_empty()).then(|| share_participant(page, earlier, later));
    let losses = same_losses(earlier, later);
    odds += agree(modes, false, weights.same_mode, weights.other_mode, 0.0)
        + agree(same_place(ledger, earlier, later), earlier.place.is_some() != later.place.is_some(), weights.same_place, weights.other_place, weights.one_place)
        + agree(same_time(ledger, earlier, later), earlier.time.is_some() != later.time.is_some(), weights.same_time, weights.other_time, weights.one_time)
        + agree(actors, false, 0.0, weights.other_actor, 0.0)
        + agree(losses, false, weights.same_losses, weights.other_losses, 0.0);
    1.0 / (1.0 + (-odds).exp())
}

/// A word without the endings of its forms, for comparison only.
pub(crate) fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    ["ings", "ing", "ments", "ment", "ed", "es", "s"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending).filter(|rest| rest.chars().count() >= 4).map(str::to_owned))
        .unwrap_or(lower)
}

/// Whether both have a place, and the same.
pub(crate) fn same_place(ledger: &Ledger, a: &Event, b: &Event) -> Option<bool> {
    let name = |event: &Event| Some(ledger.places.get(event.place?.index())?.name.to_lowercase());
    name(a).zip(name(b)).map(|(a, b)| a.contains(&b) || b.contains(&a))
}

/// Whether both have a time, and the same day.
pub(crate) fn same_time(ledger: &Ledger, a: &Event, b: &Event) -> Option<bool> {
    let day = |event: &Event| {
        let value = ledger.times.get(event.time?.index())?.value.clone()?;
        Some(value.chars().take("YYYY-MM-DD".len()).collect::<String>())
    };
    day(a).zip(day(b)).map(|(a, b)| a == b)
}

/// Whether both give losses of one kind, and any the same.
pub(crate) fn same_losses(a: &Event, b: &Event) -> Option<bool> {
    let pairs = [(a.killed, b.killed), (a.injured, b.injured), (a.displaced, b.displaced)];
    let known: Vec<bool> = pairs.into_iter().filter_map(|(a, b)| Some(a? == b?)).collect();
    (!known.is_empty()).then(|| known.contains(&true))
}

/// Whether any actor of both is one entity, or shares a word that carries meaning.
pub(crate) fn share_participant(page: &Page<'_>, a: &Event, b: &Event) -> bool {
    a.actors.iter().any(|x| b.actors.iter().any(|y| same_participant(page, x, y)))
}

/// Whether two arguments are one entity, or share a word that carries meaning.
pub(crate) fn same_participant(page: &Page<'_>, a: &hearsay_ledger::Argument, b: &hearsay_ledger::Argument) -> bool {
    if a.entity.is_some() && a.entity == b.entity {
        return true;
    }
    let words = |argument: &hearsay_ledger::Argument| -> Vec<String> {
        page.encoded
            .words_in(argument.span.start()..argument.span.end())
            .filter(|n| page.encoded.words.get(*n).is_some_and(|w| matches!(&*w.upos, "NOUN" | "PROPN" | "ADJ")))
            .map(|n| stem(page.word(n)))
            .collect()
    };
    let (a, b) = (words(a), words(b));
    a.iter().any(|word| b.contains(word))
}
