//! Events: from triggers and what fills their roles to records (PLOVER; the "Decided cases" of the ledger's format).
//!
//! Every trigger becomes one event, in the same order, so that later stages can look at both. Who says so is left to
//! [`crate::account`], which happenings are the same to [`crate::incident`].

use std::ops::Range;

use hearsay_ledger::{Argument, Event, EventId, Place, PlaceId, Span, Stance, Time, TimeId, TimeType};

use crate::encode::{Filler, Role, Trigger};
use crate::entity::Participants;
use crate::evidence::{JoinEvidence, LossEvidence};
use crate::losses;
use crate::page::Page;
use crate::place;

/// The events of a document, one a trigger, and the places of the text, to which those are added where events are
/// said to have happened at places without a name. With them the words that losses were read from.
#[must_use]
pub(crate) fn events(page: &Page<'_>, participants: &Participants, times: &[Time]) -> (Vec<Event>, Vec<Place>, Vec<LossEvidence>) {
    let triggers = &page.encoded.triggers;
    let where_said: Vec<Option<Span>> = triggers.iter().map(|trigger| place_of(page, trigger, participants)).collect();
    let places = place::places(page, participants, where_said.iter().flatten().copied());
    let (losses, evidence) = losses::losses(page);
    let mut when: Vec<Option<TimeId>> = triggers.iter().map(|trigger| time_of(page, trigger, times)).collect();
    share_joined(page, triggers, &mut when);
    let events = triggers
        .iter()
        .zip(where_said)
        .zip(losses)
        .zip(when)
        .enumerate()
        .filter_map(|(n, (((trigger, place), losses), time))| {
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
                trigger: page.span(trigger.words.clone())?,
                actors: arguments(page, trigger, Role::Actor, participants),
                recipients: arguments(page, trigger, Role::Recipient, participants),
                place: place.and_then(|span| place_at(&places, span)),
                time,
                killed: losses.killed,
                injured: losses.injured,
                displaced: losses.displaced,
                sentence: page.sentence_of(trigger.words.start),
                event_type,
                mode,
            })
        })
        .collect();
    (events, places, evidence)
}

/// The likeliest type, and the likeliest mode among those of the type.
fn type_and_mode(page: &Page<'_>, trigger: &Trigger) -> (String, Option<String>) {
    let lists = &page.codebook.event;
    let mut event_type = trigger.types.first().map_or_else(String::new, |(name, _)| name.to_string());
    let planned = trigger.stances.first().is_some_and(|(stance, _)| *stance == Stance::Expects);
    if planned && trigger.rule.is_none() && lists.cooperative.contains(&event_type) {
        event_type.clone_from(&lists.planned_cooperative);
    }
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
    let dateline = page.segmentation.dateline;
    let mut add = |span: Span| {
        // Where the report was written takes no part in what it tells.
        if dateline.is_none_or(|dateline| !dateline.overlaps(span)) && out.iter().all(|other: &Argument| !other.span.overlaps(span)) {
            out.push(Argument { span, entity: participants.named(page, span) });
        }
    };
    for filler in fillers(trigger, role) {
        if let Some(span) = noun_phrase(page, trigger, &filler.words).and_then(|words| page.span(words)) {
            add(span);
        }
    }
    let by_object = trigger.types.first().is_some_and(|(kind, _)| page.codebook.event.object_recipients.iter().any(|of| **of == **kind));
    if out.is_empty() && (role == Role::Actor || by_object) {
        let taken: Vec<Range<usize>> = fillers(trigger, other(role)).map(|filler| filler.words.clone()).collect();
        let free = |words: &Range<usize>| taken.iter().all(|run| run.end <= words.start || words.end <= run.start);
        for span in by_tree(page, trigger, role).into_iter().filter(free).filter_map(|words| page.span(words)) {
            for part in page.coordinated(span).into_iter().filter(|part| dateline.is_none_or(|dateline| !dateline.overlaps(*part))) {
                out.push(Argument { span: part, entity: participants.named(page, part) });
            }
        }
    }
    out
}

fn other(role: Role) -> Role {
    if role == Role::Actor { Role::Recipient } else { Role::Actor }
}

/// Who did what a verb tells, or to whom, as its tree says: the subject of an active verb or the agent of a passive one;
/// the object, or the subject of a passive one. A joined verb has the subject of the first.
fn by_tree(page: &Page<'_>, trigger: &Trigger, role: Role) -> Option<Range<usize>> {
    let trees = page.trees;
    let mut verb = trees.head_of(&trigger.words).filter(|n| page.upos(*n) == "VERB")?;
    let passive = |verb: usize| trees.child(verb, &["nsubj:pass", "aux:pass"]).is_some();
    let own_passive = passive(verb);
    let object = || trees.child(verb, &["obj"]).filter(|_| !own_passive);
    if role == Role::Recipient && !own_passive {
        return object().map(|noun| participant(page, noun));
    }
    let wanted = if own_passive { "nsubj:pass" } else { "nsubj" };
    if role == Role::Actor && own_passive {
        return trees.child(verb, &["obl:agent"]).map(|noun| participant(page, noun));
    }
    for _ in 0..3 {
        if let Some(noun) = trees.child(verb, &[wanted]).filter(|noun| trees.is(*noun, &["nsubj:pass"]) == own_passive) {
            return matches!(page.upos(noun), "NOUN" | "PROPN" | "PRON").then(|| participant(page, noun));
        }
        let head = page.encoded.words.get(verb)?.head.filter(|head| page.upos(*head) == "VERB")?;
        verb =
            if trees.is(verb, &["conj"]) && passive(head) == own_passive || trees.is(verb, &["xcomp"]) && !own_passive { head } else { return None };
    }
    None
}

/// The words of a participant: its noun phrase without clauses and appositions.
fn participant(page: &Page<'_>, noun: usize) -> Range<usize> {
    page.trees.phrase(noun, |child| page.trees.is(child, &["acl", "appos", "punct", "parataxis", "case", "advcl", "mark", "advmod"]))
}

/// The noun phrase of a filler: its words without the punctuation and prepositions at their ends, and what else belongs to
/// the phrase ("four" of "four rockets"), unless the trigger stands in it. `None` where nothing is left.
fn noun_phrase(page: &Page<'_>, trigger: &Trigger, words: &Range<usize>) -> Option<Range<usize>> {
    let outer = |n: usize| matches!(page.upos(n), "PUNCT" | "ADP" | "CCONJ" | "SCONJ");
    let mut words = words.clone();
    while words.start < words.end && outer(words.start) {
        words.start += 1;
    }
    while words.start < words.end && outer(words.end - 1) {
        words.end -= 1;
    }
    if words.is_empty() {
        return None;
    }
    let trees = page.trees;
    let mut head = trees.head_of(&words)?;
    while let Some(noun) = page.encoded.words.get(head)?.head.filter(|_| trees.is(head, &["det", "amod", "nummod", "compound", "flat"])) {
        head = noun;
    }
    let skip = |child: usize| {
        trees.is(
            child,
            &["acl", "appos", "punct", "parataxis", "case", "conj", "cc", "advcl", "cop", "nsubj", "aux", "mark", "obl", "obj", "advmod", "dep"],
        )
    };
    let phrase = trees.phrase(head, skip);
    let whole = phrase.start.min(words.start)..phrase.end.max(words.end);
    let apart = whole.end <= trigger.words.start || trigger.words.end <= whole.start;
    Some(if apart && page.sentence_of(whole.start) == page.sentence_of(whole.end - 1) { whole } else { words })
}

/// Where the event is said to have happened: a toponym of the phrase that says so, else the phrase.
fn place_of(page: &Page<'_>, trigger: &Trigger, participants: &Participants) -> Option<Span> {
    let filler = fillers(trigger, Role::Place).max_by(|a, b| a.score.total_cmp(&b.score))?;
    let phrase = page.span(noun_phrase(page, trigger, &filler.words)?)?;
    participants.toponyms(page).find(|toponym| phrase.overlaps(*toponym)).or(Some(phrase))
}

fn place_at(places: &[Place], span: Span) -> Option<PlaceId> {
    places.iter().find(|place| place.span == span).map(|place| place.id)
}

/// The time expression that says when: the one that the network ties to the trigger, else the one that hangs on the
/// trigger's own clause.
fn time_of(page: &Page<'_>, trigger: &Trigger, times: &[Time]) -> Option<TimeId> {
    let filler = fillers(trigger, Role::Time).max_by(|a, b| a.score.total_cmp(&b.score));
    let phrase = filler.and_then(|filler| page.span(filler.words.clone()));
    let seen = phrase.and_then(|phrase| times.iter().find(|time| time.span.overlaps(phrase)));
    seen.or_else(|| beside(page, trigger, times)).or_else(|| in_clause(page, trigger, times)).map(|time| time.id)
}

/// The time expression that stands beside an event noun: "recent talks", "Saturday's attack".
fn beside<'t>(page: &Page<'_>, trigger: &Trigger, times: &'t [Time]) -> Option<&'t Time> {
    let noun = page.trees.head_of(&trigger.words).filter(|n| page.upos(*n) == "NOUN")?;
    times.iter().filter(|time| time.time_type == TimeType::Date && time.value.is_some()).find(|time| {
        let words = page.encoded.words_in(time.span.start()..time.span.end());
        let head = page.trees.head_of(&words).filter(|n| page.trees.is(*n, &["amod", "nmod:poss", "compound", "nmod:unmarked"]));
        head.is_some_and(|n| page.encoded.words.get(n).is_some_and(|w| w.head == Some(noun)))
    })
}

/// Verbs that are joined have their time in common, where the later names none: "was shot on Sunday and died".
fn share_joined(page: &Page<'_>, triggers: &[Trigger], times: &mut [Option<TimeId>]) {
    let at = |word: usize| triggers.iter().position(|trigger| trigger.words.contains(&word));
    for later in 0..triggers.len() {
        let Some(own) = triggers.get(later).and_then(|trigger| page.trees.head_of(&trigger.words)) else { continue };
        let plain = page.upos(own) == "VERB" && page.trees.is(own, &["conj"]) && page.trees.child(own, &["nsubj"]).is_none();
        let first = page.encoded.words.get(own).and_then(|word| word.head).filter(|_| plain).and_then(at);
        let same_stance = |n: &usize| {
            let stance = |n: usize| triggers.get(n).and_then(|t: &Trigger| t.stances.first()).map(|(stance, _)| *stance);
            stance(*n) == stance(later)
        };
        let time = first.filter(same_stance).and_then(|n| times.get(n).copied().flatten());
        if let Some(slot) = times.get_mut(later) {
            *slot = slot.or(time);
        }
    }
}

/// The one date that hangs on a trigger, or on the verb whose subject or object it is.
fn in_clause<'t>(page: &Page<'_>, trigger: &Trigger, times: &'t [Time]) -> Option<&'t Time> {
    let own = page.trees.head_of(&trigger.words)?;
    let verb = page.encoded.words.get(own)?.head.filter(|_| page.upos(own) == "NOUN" && page.trees.is(own, &["nsubj", "obj", "obl"]));
    [Some(own), verb].into_iter().flatten().find_map(|head| {
        let mut found = times
            .iter()
            .filter(|time| time.time_type == TimeType::Date && time.value.as_deref().is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit())))
            .filter(|time| {
                let words = page.encoded.words_in(time.span.start()..time.span.end());
                page.trees.head_of(&words).is_some_and(|n| page.encoded.words.get(n).is_some_and(|w| w.head == Some(head)))
            });
        found.next().filter(|_| found.next().is_none())
    })
}

/// Records that are surely of one happening share what only one of them says: where it was and when (decided case 13).
pub(crate) fn share(events: &mut [Event], joins: &[JoinEvidence], least: f32) {
    for join in joins.iter().filter(|join| join.probability >= least) {
        let told = |id: EventId| events.get(id.index()).map(|event| (event.place, event.time));
        let Some(((place, time), (other_place, other_time))) = told(join.earlier).zip(told(join.later)) else { continue };
        for id in [join.earlier, join.later] {
            if let Some(event) = events.get_mut(id.index()) {
                event.place = event.place.or(place).or(other_place);
                event.time = event.time.or(time).or(other_time);
            }
        }
    }
}
