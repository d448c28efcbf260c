//! Actors: whom the participants and sources of a document mean. Phrases without a name ("the ministry", "rebels", "he")
//! are joined to the entity they stand for, or become one; every entity gets its country and sector, first by what the
//! text says of it, then by the codebook as of the document's day.
//!
//! Joining is by sieves, the precise ones first (Raghunathan et al. 2010; Lee et al. 2013): names by their strings in
//! `entity.rs`; here governments behind capitals and seats, nouns, pronouns.

mod coreference;
mod describe;

use std::collections::{BTreeMap, BTreeSet};

use hearsay_ledger::{Attribution, Date, Entity, EntityId, Event, Place, Span};

use crate::entity::Participants;
use crate::page::Page;
use coreference::Phrase;
use describe::Describer;

/// Joins the phrases of participants and sources to entities and codes all entities. Sets the entities of the events'
/// arguments and of the attributions' sources.
pub(crate) fn actors(
    page: &Page<'_>,
    participants: &mut Participants,
    events: &mut [Event],
    attributions: &mut [Attribution],
    places: &[Place],
    date: Option<Date>,
) {
    let describer = Describer { page, places, date };
    let phrases = phrases(&describer, participants, events, attributions);
    let joined: BTreeMap<Span, EntityId> = coreference::join(&describer, participants, phrases, attributions);
    for argument in events.iter_mut().flat_map(|event| event.actors.iter_mut().chain(&mut event.recipients)) {
        argument.entity = joined.get(&argument.span).copied().or(argument.entity);
    }
    for attribution in attributions {
        let source = attribution.source.first().and_then(|source| joined.get(source));
        attribution.source_entity = source.copied().or(attribution.source_entity);
    }
    participants.know_phrases(joined);
    code(&describer, &mut participants.entities);
}

/// The phrases to be joined, in the order of the text, each once.
fn phrases(describer: &Describer<'_, '_>, participants: &Participants, events: &[Event], attributions: &[Attribution]) -> Vec<Phrase> {
    let page = describer.page;
    let mut found: BTreeMap<Span, Phrase> = BTreeMap::new();
    let mut add = |span: Span, acts: bool, entity: Option<EntityId>| {
        let words = page.encoded.words_in(span.start()..span.end());
        let Some(head) = page.trees.head_of(&words) else { return };
        let phrase = found.entry(span).or_insert(Phrase { span, words, head, acts: false, entity, asked: true });
        phrase.acts |= acts;
        phrase.entity = phrase.entity.or(entity);
    };
    for event in events {
        // What is hit is a place; whoever is spoken to, helped or punished is a government.
        let addressed = !matches!(event.event_type.as_str(), "ASSAULT" | "MOBILIZE" | "RETREAT");
        event.actors.iter().for_each(|argument| add(argument.span, true, argument.entity));
        event.recipients.iter().for_each(|argument| add(argument.span, addressed, argument.entity));
    }
    for attribution in attributions {
        if let Some(source) = attribution.source.first() {
            add(*source, true, attribution.source_entity);
            // The parts of a joined source are sources of accounts.
            for part in page.coordinated(*source) {
                if part != *source {
                    add(part, true, participants.named(page, part));
                }
            }
        }
    }
    for filler in page.encoded.triggers.iter().flat_map(|trigger| &trigger.roles).filter(|filler| filler.role == crate::encode::Role::Source) {
        if let Some(span) = page.span(filler.words.clone()) {
            add(span, true, participants.named(page, span));
        }
    }
    let mut heads: BTreeSet<usize> = found.values().map(|phrase| phrase.head).collect();
    for phrase in spoken_of(describer, participants) {
        if heads.insert(phrase.head) {
            found.entry(phrase.span).or_insert(phrase);
        }
    }
    found.into_values().collect()
}

/// Subjects and objects that no event and no attribution asks for: nouns for those who act, and names.
fn spoken_of(describer: &Describer<'_, '_>, participants: &Participants) -> Vec<Phrase> {
    let page = describer.page;
    let role = |n: usize| page.trees.is(n, &["nsubj", "obj", "iobj", "obl"]);
    let joined_to = |n: usize| page.encoded.words.get(n).and_then(|word| word.head).filter(|_| page.trees.is(n, &["conj"]));
    let place = |n: usize| role(n) || joined_to(n).is_some_and(role);
    let wanted = |n: &usize| matches!(page.upos(*n), "NOUN" | "PROPN") && place(*n);
    let phrase = |head: usize| {
        let words = describer.noun_phrase(head);
        let span = page.span(words.clone())?;
        let verb = page.encoded.words.get(head).and_then(|word| word.head);
        let acts = page.trees.is(head, &["nsubj"]) && verb.is_some_and(|verb| page.upos(verb) == "VERB");
        Some(Phrase { span, words, head, acts, entity: participants.named(page, span), asked: false })
    };
    (0..page.encoded.words.len()).filter(wanted).filter_map(phrase).collect()
}

/// Codes the entities that are not coded yet.
pub(crate) fn code_rest(page: &Page<'_>, participants: &mut Participants, places: &[Place], date: Option<Date>) {
    code(&Describer { page, places, date }, &mut participants.entities);
}

/// Country and sector of every entity: by what is said where it is mentioned, else by what the codebook has under its name,
/// else, for bodies that every country has, those of the country that the text is about.
fn code(describer: &Describer<'_, '_>, entities: &mut [Entity]) {
    for entity in entities.iter_mut() {
        let coded = describer.entity(entity);
        entity.country = entity.country.take().or(coded.country);
        entity.sector = entity.sector.take().or(coded.sector);
    }
    let words = &describer.page.codebook.actor.words;
    let Some(about) = main_country(entities, words.domestic_share) else { return };
    for entity in entities.iter_mut().filter(|entity| entity.country.is_none()) {
        if entity.sector.as_ref().is_some_and(|sector| words.domestic.contains(sector)) {
            entity.country = Some(about.clone());
        }
    }
}

/// The country that most mentions of countries are of, where there is one.
fn main_country(entities: &[Entity], least_share: f32) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in entities {
        if let Some(country) = &entity.country {
            *counts.entry(country).or_default() += entity.mentions.len();
        }
    }
    let all: usize = counts.values().sum();
    let (country, most) = counts.into_iter().max_by_key(|(country, count)| (*count, std::cmp::Reverse(*country)))?;
    (most as f32 >= least_share * all as f32).then(|| country.to_owned())
}
