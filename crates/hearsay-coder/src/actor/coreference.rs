//! Phrases to the entities they stand for: governments, nouns, pronouns.

use std::collections::BTreeMap;

use std::ops::Range;

use hearsay_codebook::Kind;
use hearsay_ledger::{Attribution, Entity, EntityId, EntityType, Span};

use super::describe::Describer;
use crate::attribution;
use crate::entity::{Participants, normalised};

/// A phrase that means somebody.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) span: Span,
    pub(super) words: Range<usize>,
    /// The word at its head.
    pub(super) head: usize,
    /// Whether it acts, speaks or is spoken to; else something is done to it.
    pub(super) acts: bool,
    /// The entity whose name stands in it.
    pub(super) entity: Option<EntityId>,
    /// Whether it takes part in an event or is a source; else it is only spoken of.
    pub(super) asked: bool,
}

/// Joins the phrases, which are in the order of the text. Gives the entity of each that has one.
pub(super) fn join(
    describer: &Describer<'_, '_>,
    participants: &mut Participants,
    phrases: Vec<Phrase>,
    attributions: &[Attribution],
) -> BTreeMap<Span, EntityId> {
    let mut joiner = Joiner { describer, participants, attributions, joined: BTreeMap::new(), said: Vec::new() };
    for phrase in phrases {
        if let Some(entity) = joiner.entity_of(&phrase) {
            joiner.joined.insert(phrase.span, entity);
            joiner.said.push((phrase, entity));
        }
    }
    joiner.joined
}

struct Joiner<'j, 'p, 'a> {
    describer: &'j Describer<'p, 'a>,
    participants: &'j mut Participants,
    attributions: &'j [Attribution],
    joined: BTreeMap<Span, EntityId>,
    /// The phrases so far, with their entities.
    said: Vec<(Phrase, EntityId)>,
}

impl Joiner<'_, '_, '_> {
    fn entity_of(&mut self, phrase: &Phrase) -> Option<EntityId> {
        let page = self.describer.page;
        let word = page.word(phrase.head);
        if page.upos(phrase.head) == "PRON" || phrase.words.len() == 1 && self.is_pronoun(word) {
            return self.antecedent(phrase, word).or(phrase.entity);
        }
        let person = phrase.entity.and_then(|id| self.entity(id)).is_some_and(|entity| entity.entity_type == EntityType::Person);
        if phrase.acts
            && !person
            && let Some(entity) = self.government(phrase)
        {
            return Some(entity);
        }
        if phrase.entity.is_some_and(|id| self.is_meant(phrase, id)) {
            return phrase.entity;
        }
        self.title(phrase).or_else(|| self.body(phrase)).or_else(|| self.noun(phrase))
    }

    /// "The minister" for the person last called a minister; "the Greek minister" for one of that country.
    fn title(&mut self, phrase: &Phrase) -> Option<EntityId> {
        let page = self.describer.page;
        let head = page.word(phrase.head);
        if !self.is_definite(phrase) || phrase.words.len() > 3 || page.upos(phrase.head) != "NOUN" {
            return None;
        }
        let country = self.describer.phrase(&phrase.words, phrase.head).country;
        let called = |entity: &&Entity| {
            entity.entity_type == EntityType::Person
                && entity.mentions.iter().filter(|m| m.end() <= phrase.span.start()).any(|mention| self.describer.title_of(*mention, head))
                && (country.is_none() || country == self.describer.entity(entity).country)
        };
        let last = |entity: &Entity| entity.mentions.iter().filter(|m| m.end() <= phrase.span.start()).max().copied();
        let id = self.participants.entities.iter().filter(called).filter_map(|e| Some((last(e)?, e.id))).max().map(|(_, id)| id)?;
        self.participants.mention(id, phrase.span);
        Some(id)
    }

    /// "The group" for the body that was named last, in this sentence or one of the two before.
    fn body(&mut self, phrase: &Phrase) -> Option<EntityId> {
        let page = self.describer.page;
        if !self.is_definite(phrase) || phrase.words.len() > 2 || !page.codebook.actor.words.generic.contains(page.word(phrase.head)) {
            return None;
        }
        let here = self.sentence(phrase.head);
        let near = |mention: &Span| {
            let there = self.sentence(page.encoded.words_in(mention.start()..mention.end()).start);
            mention.end() <= phrase.span.start() && here - there.min(here) <= 2
        };
        let last = |entity: &Entity| entity.mentions.iter().filter(|m| near(m)).max().copied();
        let bodies = self.participants.entities.iter().filter(|e| e.entity_type == EntityType::Organization);
        let id = bodies.filter_map(|e| Some((last(e)?, e.id))).max().map(|(_, id)| id)?;
        self.participants.mention(id, phrase.span);
        Some(id)
    }

    /// Whether a phrase means the entity named in it: not in "a court in Accra", whose own noun says who it is.
    fn is_meant(&self, phrase: &Phrase, id: EntityId) -> bool {
        let Some(entity) = self.entity(id) else { return false };
        let page = self.describer.page;
        let at_head = entity.mentions.iter().any(|mention| page.encoded.words_in(mention.start()..mention.end()).contains(&phrase.head));
        at_head || entity.entity_type == EntityType::Person || !self.describer.is_agent(&phrase.words, phrase.head)
    }

    fn is_definite(&self, phrase: &Phrase) -> bool {
        let first = self.describer.page.word(phrase.words.start);
        ["the", "this", "that"].iter().any(|word| first.eq_ignore_ascii_case(word))
    }

    fn is_pronoun(&self, word: &str) -> bool {
        let words = &self.describer.page.codebook.actor.words;
        [&words.person, &words.several, &words.body, &words.speaker, &words.relative].iter().any(|set| set.contains(word))
    }

    fn sentence(&self, word: usize) -> usize {
        self.describer.page.sentence_of(word)
    }

    fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.participants.entities.get(id.index())
    }

    /// The state behind a capital or seat that acts, where the text names the state or another seat of it; else the name
    /// itself stands for the government.
    fn government(&mut self, phrase: &Phrase) -> Option<EntityId> {
        let found = self.describer.government(&phrase.words, phrase.head)?;
        let country = found.coded.country?;
        let same = |entity: &&Entity| {
            entity.country.as_deref() == Some(country) && entity.sector.as_deref() == Some("GOV") && entity.entity_type != EntityType::Person
        };
        let state = |entity: &&Entity| {
            let words: Vec<&str> = entity.name.split(' ').collect();
            let found = self.describer.page.codebook.actor.find(&words, self.describer.date);
            entity.entity_type == EntityType::Place
                && found.iter().any(|f| f.kind == Kind::State && f.words.len() == words.len() && f.coded.country == Some(country))
        };
        let known = self.participants.entities.iter().find(same).or_else(|| self.participants.entities.iter().find(state)).map(|e| e.id);
        let (country, name) = (country.to_owned(), found.kind);
        let id = match (known, phrase.entity) {
            (Some(known), Some(own)) if known != own && name != Kind::State => {
                self.participants.move_mention(own, known, phrase.span);
                known
            }
            (Some(known), None) => {
                self.participants.mention(known, phrase.span);
                known
            }
            (_, Some(own)) => own,
            (None, None) => self.participants.add_phrase(self.describer.page, phrase.span, EntityType::Organization),
        };
        if let Some(entity) = self.participants.entities.get_mut(id.index()) {
            entity.country.get_or_insert(country);
            entity.sector.get_or_insert_with(|| "GOV".to_owned());
        }
        Some(id)
    }

    /// A noun: the same phrase again; "the ministry" for what has that noun in its name or was called so; else, where it
    /// says a country or sector, somebody new.
    fn noun(&mut self, phrase: &Phrase) -> Option<EntityId> {
        let page = self.describer.page;
        let description = self.describer.phrase(&phrase.words, phrase.head);
        // "The last supply line from Turkey" says a country and is nobody.
        if !self.describer.means_somebody(&phrase.words, phrase.head) {
            return None;
        }
        let head = page.word(phrase.head).to_lowercase();
        let first = phrase.words.clone().map(|n| page.word(n).to_lowercase()).next().unwrap_or_default();
        let bare = phrase.words.len() <= 2 && matches!(first.as_str(), "the" | "this" | "that" | "these" | "those");
        let here = self.sentence(phrase.head);
        let reach = page.codebook.actor.words.noun_reach;
        let near = |other: &Phrase| here - page.sentence_of(other.head).min(here) <= reach;
        let key = normalised(&page.phrase(phrase.span));
        let same = self.said.iter().rev().find(|(other, _)| near(other) && normalised(&page.phrase(other.span)) == key).map(|(_, id)| *id);
        let called = || {
            let ends = |other: &Phrase| page.word(other.head).eq_ignore_ascii_case(&head) && near(other);
            let noun = self.said.iter().rev().find(|(other, _)| ends(other)).map(|(_, id)| *id);
            noun.or_else(|| self.with_noun_in_name(&head, phrase.span))
        };
        let known = same.or_else(|| bare.then(called).flatten());
        if let Some(id) = known {
            self.participants.mention(id, phrase.span);
            return Some(id);
        }
        // Who is only spoken of is worth a record where the text says whose they are.
        if !phrase.asked && description.country.is_none() {
            return None;
        }
        let plural = head.ends_with('s') || page.codebook.entity.plurals.contains(&head);
        let collective = page.codebook.actor.words.collectives.contains(&head);
        let kind = if plural || collective { EntityType::Organization } else { EntityType::Person };
        let id = self.participants.add_phrase(page, phrase.span, kind);
        if let Some(entity) = self.participants.entities.get_mut(id.index()) {
            entity.country = entity.country.take().or(description.country);
            entity.sector = entity.sector.take().or(description.sector);
        }
        Some(id)
    }

    /// The body named last before a phrase that has a noun in its name ("the ministry": "Ministry of Defence").
    fn with_noun_in_name(&self, noun: &str, before: Span) -> Option<EntityId> {
        let named =
            |entity: &&Entity| entity.entity_type == EntityType::Organization && entity.name.split(' ').any(|word| word.eq_ignore_ascii_case(noun));
        let last = |entity: &Entity| entity.mentions.iter().filter(|m| m.end() <= before.start()).max().copied();
        self.participants.entities.iter().filter(named).filter_map(|e| Some((last(e)?, e.id))).max().map(|(_, id)| id)
    }

    /// Whom a pronoun stands for.
    fn antecedent(&mut self, phrase: &Phrase, word: &str) -> Option<EntityId> {
        let words = &self.describer.page.codebook.actor.words;
        let found = if words.speaker.contains(word) {
            attribution::innermost(self.attributions, phrase.span)
                .and_then(|a| a.source_entity.or_else(|| self.joined.get(a.source.first()?).copied()))
        } else if words.relative.contains(word) {
            self.relative(phrase)
        } else if words.person.contains(word) {
            phrase.entity.or_else(|| self.before(phrase, |e, _| e.entity_type == EntityType::Person))
        } else if words.several.contains(word) {
            self.before(phrase, |e, plural| plural || e.entity_type == EntityType::Nationality)
                .or_else(|| self.before(phrase, |e, _| e.entity_type == EntityType::Organization))
        } else if words.body.contains(word) {
            self.before(phrase, |e, plural| !plural && matches!(e.entity_type, EntityType::Organization | EntityType::Place))
        } else {
            None
        };
        if let Some(id) = found {
            self.participants.mention(id, phrase.span);
        }
        found
    }

    /// The noun that a relative clause hangs on.
    fn relative(&self, phrase: &Phrase) -> Option<EntityId> {
        let page = self.describer.page;
        let verb = page.encoded.words.get(phrase.head)?.head?;
        let noun = page.encoded.words.get(verb)?.head.filter(|_| page.trees.is(verb, &["acl"]))?;
        let span = page.span(self.describer.noun_phrase(noun))?;
        if let Some((_, id)) = self.said.iter().rev().find(|(other, _)| other.head == noun) {
            return Some(*id);
        }
        self.joined.get(&span).copied().or_else(|| self.participants.named(page, span))
    }

    /// The last of those who were named or spoke before a phrase, near enough, that fits: subjects and speakers first.
    fn before(&self, phrase: &Phrase, fits: impl Fn(&Entity, bool) -> bool) -> Option<EntityId> {
        let page = self.describer.page;
        let here = self.sentence(phrase.head);
        let reach = page.codebook.actor.words.pronoun_reach;
        let ranked = self.said.iter().rev().filter_map(|(other, id)| {
            let there = self.sentence(other.head);
            let noun = page.word(other.head);
            let plural = page.upos(other.head) == "NOUN" && (noun.ends_with('s') || noun.eq_ignore_ascii_case("people"));
            let apart = other.words.end <= phrase.words.start && here.saturating_sub(there) <= reach;
            let subject = page.trees.is(other.head, &["nsubj"]);
            (apart && self.entity(*id).is_some_and(|e| fits(e, plural))).then_some((here - there.min(here), !subject, *id))
        });
        // The nearest sentence first; in it subjects, of these the last.
        let best = ranked.min_by_key(|(distance, object, _)| (*distance, *object)).map(|(.., id)| id);
        best.or_else(|| {
            let last = |e: &Entity| e.mentions.iter().copied().filter(|m| m.end() <= phrase.span.start()).max();
            let near = |m: &Span| {
                let there = page.encoded.words_in(m.start()..m.end()).start;
                here.saturating_sub(self.sentence(there)) <= reach
            };
            let entities = self.participants.entities.iter().filter(|e| fits(e, false) && e.entity_type == EntityType::Person);
            entities.filter_map(|e| Some((last(e).filter(near)?, e.id))).max().map(|(_, id)| id)
        })
    }
}
