//! Entities: names that are one participant become one record, and the sources of attributions are told which
//! participant they are.
//!
//! Names are joined by what they share as strings (sieves after Raghunathan et al. 2010, the precise ones only).

use std::collections::HashMap;

use hearsay_codebook::{ActorLists, WordSet};
use hearsay_ledger::{Attribution, Date, Entity, EntityId, EntityType, Finding, FindingCode, Span};

use crate::encode::{Encoded, Name, cover};
use crate::page::Page;

/// The participants of a document, and which name of the text names which.
#[derive(Clone, Debug, Default)]
pub(crate) struct Participants {
    /// The entities in the order of their first mention.
    pub(crate) entities: Vec<Entity>,
    /// The names, in the order of the text, each with the index of its entity.
    names: Vec<(Name, usize)>,
}

/// The entities of a document. Sets `source_entity` of the attributions.
pub(crate) fn entities(page: &Page<'_>, attributions: &mut [Attribution]) -> (Participants, Vec<Finding>) {
    let (text, encoded) = (page.text, page.encoded);
    let mut joined = Joined { entities: Vec::new(), known: HashMap::new(), particles: &page.codebook.entity.particles };
    let names = whole_names(text, encoded).into_iter().filter_map(|name| joined.add(&name, text, encoded).map(|entity| (name, entity))).collect();
    let participants = Participants { entities: joined.entities, names };
    let findings = name_sources(page, attributions, &participants);
    (participants, findings)
}

impl Participants {
    /// The entity that a phrase names: the name at the head of the phrase, else a person in it, else an organisation.
    pub(crate) fn named(&self, page: &Page<'_>, phrase: Span) -> Option<EntityId> {
        let words = page.encoded.words_in(phrase.start()..phrase.end());
        let head = page.trees.head_of(&words)?;
        let first = self.names.partition_point(|(name, _)| name.words.start < words.start);
        let inside: Vec<&(Name, usize)> = self
            .names
            .iter()
            .skip(first)
            .take_while(|(name, _)| name.words.start < words.end)
            .filter(|(name, _)| name.words.end <= words.end)
            .collect();
        let of_type = |wanted: EntityType| inside.iter().find(|(name, _)| name.entity_type == wanted);
        inside
            .iter()
            .find(|(name, _)| name.words.contains(&head))
            .or_else(|| of_type(EntityType::Person))
            .or_else(|| of_type(EntityType::Organization))
            .map(|(_, entity)| EntityId::at(*entity))
    }

    /// The toponyms among the names, in the order of the text.
    pub(crate) fn toponyms(&self, page: &Page<'_>) -> impl Iterator<Item = Span> {
        self.names.iter().filter(|(name, _)| name.entity_type == EntityType::Place).filter_map(|(name, _)| page.span(name.words.clone()))
    }

    /// The entity that a phrase without a name stands for, which is added to the list.
    pub(crate) fn add_phrase(&mut self, page: &Page<'_>, phrase: Span, entity_type: EntityType) -> EntityId {
        let name = page.phrase(phrase);
        let known = self.entities.iter_mut().find(|e| normalised(&e.name) == normalised(&name));
        if let Some(entity) = known {
            if !entity.mentions.iter().any(|m| m.overlaps(phrase)) {
                entity.mentions.push(phrase);
                entity.mentions.sort_unstable();
            }
            return entity.id;
        }
        let id = EntityId::at(self.entities.len());
        self.entities.push(Entity { id, name, entity_type, country: None, sector: None, mentions: vec![phrase] });
        id
    }
}

/// The names with what a hyphen ties to them: the words of "Jean-Marc Haddad" are one name where the network saw a part.
/// Two names with a hyphen between them ("the Hama-Homs road") stay two.
fn whole_names(text: &str, encoded: &Encoded) -> Vec<Name> {
    let word = |n: usize| encoded.word(n, text);
    let capital = |n: usize| word(n).starts_with(char::is_uppercase);
    let touch = |n: usize| matches!((encoded.words.get(n), encoded.words.get(n + 1)), (Some(a), Some(b)) if a.span.end() == b.span.start());
    let proper = |n: usize| encoded.words.get(n).is_some_and(|w| &*w.upos == "PROPN") && capital(n);
    let mut names: Vec<Name> = Vec::new();
    for (n, name) in encoded.names.iter().enumerate() {
        let mut name = name.clone();
        let floor = names.last().map_or(0, |before| before.words.end);
        let ceiling = encoded.names.get(n + 1).map_or(encoded.words.len(), |next| next.words.start);
        if name.words.start >= floor + 2
            && word(name.words.start - 1) == "-"
            && capital(name.words.start - 2)
            && touch(name.words.start - 2)
            && touch(name.words.start - 1)
        {
            name.words.start -= 2;
        }
        if name.words.end + 2 <= ceiling
            && word(name.words.end) == "-"
            && capital(name.words.end + 1)
            && touch(name.words.end - 1)
            && touch(name.words.end)
        {
            name.words.end += 2;
            while name.entity_type == EntityType::Person && name.words.end < ceiling && proper(name.words.end) {
                name.words.end += 1;
            }
        }
        names.push(name);
    }
    names
}

/// Entities as they grow, with what each may be called again.
struct Joined<'a> {
    entities: Vec<Entity>,
    known: HashMap<(EntityType, String), usize>,
    particles: &'a WordSet,
}

impl Joined<'_> {
    /// Adds a mention to the entity it names, which may be a new one; gives the entity's index.
    fn add(&mut self, name: &Name, text: &str, encoded: &Encoded) -> Option<usize> {
        let span = cover(encoded.words.get(name.words.clone())?)?;
        let written = span.of(text)?;
        let key = normalised(written);
        let index = self.known.get(&(name.entity_type, key.clone())).copied().unwrap_or_else(|| {
            self.entities.push(Entity {
                id: EntityId::at(self.entities.len()),
                name: written.split_whitespace().collect::<Vec<_>>().join(" "),
                entity_type: name.entity_type,
                country: None,
                sector: None,
                mentions: Vec::new(),
            });
            self.entities.len() - 1 // just pushed
        });
        if let Some(entity) = self.entities.get_mut(index) {
            entity.mentions.push(span);
        }
        for other in again(name.entity_type, &key, written, self.particles) {
            self.known.entry((name.entity_type, other)).or_insert(index);
        }
        self.known.insert((name.entity_type, key), index);
        Some(index)
    }
}

/// A name as it is compared: lower case, without an article or a possessive ending, dots dropped.
fn normalised(written: &str) -> String {
    let lower = written.to_lowercase().replace('.', "");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let words = match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    words.join(" ").trim_end_matches("'s").trim_end_matches("’s").to_owned()
}

/// What an entity may be called once it has been named in full: a person by the last name, an organisation by its initials.
fn again(entity_type: EntityType, key: &str, written: &str, particles: &WordSet) -> Vec<String> {
    let words: Vec<&str> = key.split_whitespace().collect();
    match (entity_type, words.as_slice()) {
        (EntityType::Person, [_, .., last]) => {
            // "de Mistura" and "al-Assad" are last names of two words.
            let particle = words.iter().skip(1).position(|w| particles.contains(w));
            let long = particle.map(|at| words[at + 1..].join(" ")); // the position is one less than the word's
            std::iter::once((*last).to_owned()).chain(long).collect()
        }
        (EntityType::Organization | EntityType::Place, [_, _, ..]) => {
            let initials: String =
                written.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).filter_map(|w| w.chars().next()).collect();
            if initials.chars().count() > 1 { vec![initials.to_lowercase()] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// Tells each attribution which entity its source is; pronouns are the nearest source before them that they can stand for.
fn name_sources(page: &Page<'_>, attributions: &mut [Attribution], participants: &Participants) -> Vec<Finding> {
    let (entities, lists) = (&participants.entities, &page.codebook.attribution);
    let mut findings = Vec::new();
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|n| attributions[*n].source.first().map(|s| s.start())); // `order` holds indices of the list
    let mut last_person: Option<EntityId> = None;
    let mut last_group: Option<EntityId> = None;
    for n in order {
        let attribution = &mut attributions[n];
        let Some(source) = attribution.source.first().copied() else { continue };
        let written = source.of(page.text).unwrap_or("");
        let person = lists.person_pronouns.contains(written);
        attribution.source_entity = if person || lists.other_pronouns.contains(written) {
            let antecedent = if person { last_person.or_else(|| person_before(source, entities)) } else { last_group };
            if antecedent.is_none() {
                let message = format!("nothing before “{written}” that it could stand for");
                findings.push(Finding { code: FindingCode::UnresolvedSource, span: Some(source), message });
            }
            antecedent
        } else {
            participants.named(page, source)
        };
        match attribution.source_entity.and_then(|id| entities.get(id.index())).map(|e| (e.entity_type, e.id)) {
            Some((EntityType::Person, id)) => last_person = Some(id),
            Some((EntityType::Organization | EntityType::Place | EntityType::Nationality, id)) => last_group = Some(id),
            // A source without a name ("a spokesman") is who "he" is, but no entity yet.
            None if !person => last_person = None,
            _ => {}
        }
    }
    findings
}

/// Fills in country and sector of the entities that the codebook knows by name, as of the day of the text.
pub(crate) fn code(entities: &mut [Entity], actors: &ActorLists, date: Option<Date>) {
    for entity in entities {
        let coded = actors.coded(&entity.name, date);
        entity.country = coded.country.map(str::to_owned).or_else(|| entity.country.take());
        entity.sector = coded.sector.map(str::to_owned).or_else(|| entity.sector.take());
    }
}

/// The person named last before a span.
fn person_before(span: Span, entities: &[Entity]) -> Option<EntityId> {
    let before = |e: &Entity| e.mentions.iter().copied().filter(|m| m.end() <= span.start()).max();
    entities.iter().filter(|e| e.entity_type == EntityType::Person).filter_map(|e| Some((before(e)?, e.id))).max().map(|(_, id)| id)
}
