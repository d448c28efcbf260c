//! Incidents: which event records of a document tell of one happening.
//!
//! Two events of one type are joined where the evidence for it outweighs the evidence against (a log-linear model over
//! their words, places, times and losses); what is joined to the same event is one incident.

use hearsay_ledger::{Event, EventId, Incident, Ledger};

use crate::evidence::JoinEvidence;
use crate::page::Page;

/// The incidents of a document with two records or more, in the order of their first event, and the pairs that were
/// joined. `ledger` holds the events, places and times.
#[must_use]
pub(crate) fn incidents(page: &Page<'_>, ledger: &Ledger) -> (Vec<Incident>, Vec<JoinEvidence>) {
    let events = &ledger.events;
    let mut group: Vec<usize> = (0..events.len()).collect();
    let mut joins = Vec::new();
    for (n, later) in events.iter().enumerate() {
        // The likeliest earlier record: chains of weak links would join everything.
        let best = events
            .iter()
            .take(n)
            .enumerate()
            .filter(|(_, earlier)| earlier.event_type == later.event_type)
            .map(|(m, earlier)| (m, join(page, ledger, earlier, later)))
            .filter(|(_, join)| join.probability >= page.codebook.incident.threshold)
            .max_by(|a, b| a.1.probability.total_cmp(&b.1.probability));
        if let Some((m, join)) = best {
            group[n] = group[m]; // both are below the number of events
            joins.push(join);
        }
    }
    let members = |first: usize| -> Vec<EventId> { (first..events.len()).filter(|n| group[*n] == first).map(EventId::at).collect() };
    let incidents = (0..events.len()).filter(|n| group[*n] == *n).map(members).filter(|events| events.len() > 1).map(|events| Incident { events });
    (incidents.collect(), joins)
}

/// A kind of evidence in the codebook, and what it adds to the logarithm of the odds.
type Weight = (&'static str, f32);

/// How likely two events of one type are one happening, and why.
fn join(page: &Page<'_>, ledger: &Ledger, earlier: &Event, later: &Event) -> JoinEvidence {
    let (mut weights, particulars) = (of_words(page, earlier, later), of_particulars(page, ledger, earlier, later));
    let sum = |weights: &[Weight]| weights.iter().fold(0.0, |sum, (_, weight)| sum + weight);
    let odds = sum(&weights) + sum(&particulars);
    weights.extend(particulars);
    JoinEvidence { earlier: earlier.id, later: later.id, probability: 1.0 / (1.0 + (-odds).exp()), weights }
}

/// What the words of two events and their distance say, with the odds before any evidence.
fn of_words(page: &Page<'_>, earlier: &Event, later: &Event) -> Vec<Weight> {
    let weights = &page.codebook.incident;
    let apart = later.sentence.abs_diff(earlier.sentence);
    let told = [
        (true, "bias", weights.bias),
        (stem(&page.phrase(earlier.trigger)) == stem(&page.phrase(later.trigger)), "same_lemma", weights.same_lemma),
        (apart == 0, "same_sentence", weights.same_sentence),
        (apart == 1, "next_sentence", weights.next_sentence),
        (apart > weights.far_from, "far", weights.far),
    ];
    told.into_iter().filter(|(holds, ..)| *holds).map(|(_, name, weight)| (name, weight)).collect()
}

/// What is said of both events or of one: modes, places, times, actors and losses.
fn of_particulars(page: &Page<'_>, ledger: &Ledger, earlier: &Event, later: &Event) -> Vec<Weight> {
    let weights = &page.codebook.incident;
    let agree = |same: Option<bool>, yes: Weight, no: Weight| same.map(|same| if same { yes } else { no });
    let modes = earlier.mode.as_ref().zip(later.mode.as_ref()).map(|(a, b)| a == b);
    let one_place = (earlier.place.is_some() != later.place.is_some()).then_some(("one_place", weights.one_place));
    let one_time = (earlier.time.is_some() != later.time.is_some()).then_some(("one_time", weights.one_time));
    let other_actor = !earlier.actors.is_empty() && !later.actors.is_empty() && !share_participant(page, earlier, later);
    let found = [
        agree(modes, ("same_mode", weights.same_mode), ("other_mode", weights.other_mode)),
        agree(same_place(ledger, earlier, later), ("same_place", weights.same_place), ("other_place", weights.other_place)).or(one_place),
        agree(same_time(ledger, earlier, later), ("same_time", weights.same_time), ("other_time", weights.other_time)).or(one_time),
        other_actor.then_some(("other_actor", weights.other_actor)),
        agree(same_losses(earlier, later), ("same_losses", weights.same_losses), ("other_losses", weights.other_losses)),
    ];
    found.into_iter().flatten().collect()
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
