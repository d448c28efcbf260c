//! Entities: names that are one participant become one record, and the sources of attributions are told which
//! participant they are.
//!
//! Names are joined by what they share as strings (sieves after Raghunathan et al. 2010, the precise ones only).

use std::collections::{BTreeMap, HashMap};

use hearsay_codebook::{ActorLists, Kind, WordSet};
use hearsay_ledger::{Attribution, Date, Entity, EntityId, EntityType, Finding, FindingCode, Ledger, SourceRef, Span};

use crate::encode::{Encoded, Name, cover};
use crate::page::Page;

/// The participants of a document, and which name of the text names which.
#[derive(Clone, Debug, Default)]
pub(crate) struct Participants {
    /// The entities in the order of their first mention.
    pub(crate) entities: Vec<Entity>,
    /// The names, in the order of the text, each with the index of its entity.
    names: Vec<(Name, usize)>,
    /// Phrases whose entity is known, whether or not a name stands in them.
    phrases: BTreeMap<Span, EntityId>,
}

/// The entities of a document. Sets `source_entity` of the attributions.
pub(crate) fn entities(page: &Page<'_>, attributions: &mut [Attribution], date: Option<Date>) -> (Participants, Vec<Finding>) {
    let (text, encoded) = (page.text, page.encoded);
    let mut joined = Joined {
        entities: Vec::new(),
        known: HashMap::new(),
        canonical: HashMap::new(),
        particles: &page.codebook.entity.particles,
        actors: &page.codebook.actor,
        date,
    };
    let names = whole_names(text, encoded)
        .into_iter()
        .map(|name| known_type(page, without_titles(page, name, date), date))
        .filter_map(|name| joined.add(&name, text, encoded).map(|entity| (name, entity)))
        .collect();
    let participants = Participants { entities: joined.entities, names, phrases: BTreeMap::new() };
    let findings = name_sources(page, attributions, &participants);
    (participants, findings)
}

impl Participants {
    /// The entity that a phrase is known to mean, or names: the name at the head of the phrase, else a person in it, else
    /// an organisation.
    pub(crate) fn named(&self, page: &Page<'_>, phrase: Span) -> Option<EntityId> {
        if let Some(known) = self.phrases.get(&phrase) {
            return Some(*known);
        }
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
            .or_else(|| of_type(EntityType::Person).filter(|(name, _)| beside(page, name.words.start, head)))
            .or_else(|| of_type(EntityType::Organization))
            .map(|(_, entity)| EntityId::at(*entity))
    }

    /// Remembers the entities of phrases.
    pub(crate) fn know_phrases(&mut self, phrases: BTreeMap<Span, EntityId>) {
        self.phrases.extend(phrases);
    }

    /// Adds a mention to an entity, unless a mention of it stands there already.
    pub(crate) fn mention(&mut self, entity: EntityId, span: Span) {
        if let Some(entity) = self.entities.get_mut(entity.index())
            && !entity.mentions.iter().any(|mention| mention.overlaps(span))
        {
            entity.mentions.push(span);
            entity.mentions.sort_unstable();
        }
    }

    /// Moves the mentions within a phrase from one entity to another. An entity never loses its last mention.
    pub(crate) fn move_mention(&mut self, from: EntityId, to: EntityId, phrase: Span) {
        let Some(entity) = self.entities.get_mut(from.index()) else { return };
        let (moved, kept): (Vec<Span>, Vec<Span>) = entity.mentions.iter().partition(|mention| phrase.contains(**mention));
        if kept.is_empty() {
            return self.mention(to, phrase);
        }
        entity.mentions = kept;
        for span in moved {
            self.mention(to, span);
        }
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
            let id = entity.id;
            self.mention(id, phrase);
            return id;
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

/// A name as the type that the codebook knows it to be: what belongs to a people is no organisation.
fn known_type(page: &Page<'_>, name: Name, date: Option<Date>) -> Name {
    let words: Vec<&str> = name.words.clone().map(|n| page.word(n)).collect();
    let found = page.codebook.actor.find(&words, date).into_iter().next().filter(|found| found.words.len() == words.len());
    let entity_type = match found.map(|found| found.kind) {
        Some(Kind::People) => EntityType::Nationality,
        Some(Kind::State | Kind::Capital) => EntityType::Place,
        _ => name.entity_type,
    };
    Name { entity_type, ..name }
}

/// A person's name without what stands before it ("Pakistani General") and without "of" and a country after it.
fn without_titles(page: &Page<'_>, mut name: Name, date: Option<Date>) -> Name {
    if name.entity_type != EntityType::Person {
        return name;
    }
    let words: Vec<&str> = name.words.clone().map(|n| page.word(n)).collect();
    if let Some(of) = words.iter().position(|word| *word == "of").filter(|at| *at > 0) {
        name.words.end = name.words.start + of;
    }
    let mut start = 0;
    for found in page.codebook.actor.find(&words, date) {
        let title = matches!(found.kind, Kind::Agent | Kind::People | Kind::State) || found.kind == Kind::Actor && found.words.len() < words.len();
        if found.words.start > start || !title || found.words.end >= name.words.len() {
            break;
        }
        // One word alone may be a first name ("Israel Fuentes"), but not before a title.
        let first_name = matches!(found.kind, Kind::State | Kind::Actor) && found.words.end + 1 == name.words.len();
        if first_name {
            break;
        }
        start = found.words.end;
    }
    name.words.start += start;
    name
}

/// Entities as they grow, with what each may be called again.
struct Joined<'a> {
    entities: Vec<Entity>,
    known: HashMap<(EntityType, String), usize>,
    /// Entities by what the codebook calls them in full.
    canonical: HashMap<String, usize>,
    particles: &'a WordSet,
    actors: &'a ActorLists,
    date: Option<Date>,
}

impl Joined<'_> {
    /// Adds a mention to the entity it names, which may be a new one; gives the entity's index.
    fn add(&mut self, name: &Name, text: &str, encoded: &Encoded) -> Option<usize> {
        let span = cover(encoded.words.get(name.words.clone())?)?;
        let written = span.of(text)?;
        let key = normalised(written);
        // Two names of one actor of the codebook are one entity whatever type the network saw.
        let canonical = self.canonical(written);
        let by_list = canonical.as_ref().and_then(|name| self.canonical.get(name)).copied();
        let index = self.known.get(&(name.entity_type, key.clone())).copied().or(by_list).unwrap_or_else(|| {
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
        if let Some(name) = canonical {
            self.canonical.entry(name).or_insert(index);
        }
        for other in again(name.entity_type, &key, written, self.particles) {
            self.known.entry((name.entity_type, other)).or_insert(index);
        }
        self.known.insert((name.entity_type, key), index);
        Some(index)
    }
}

impl Joined<'_> {
    /// What the codebook calls an actor or a state in full; capitals and peoples are no names of it.
    fn canonical(&self, written: &str) -> Option<String> {
        let words: Vec<&str> = written.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("the")).collect();
        let found = self.actors.find(&words, self.date).into_iter().next()?;
        (found.words.len() == words.len() && matches!(found.kind, Kind::State | Kind::Actor)).then(|| found.name.to_owned())
    }
}

/// A name as it is compared: lower case, without an article or a possessive ending, dots dropped.
pub(crate) fn normalised(written: &str) -> String {
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
            // "Assad" of "al-Assad", "Suu Kyi" of "Aung San Suu Kyi", and the first word, which may be the family's.
            let bare = last.split_once('-').filter(|(particle, _)| particles.contains(particle)).map(|(_, name)| name.to_owned());
            let two = words.len().checked_sub(2).filter(|start| *start > 0).map(|start| words[start..].join(" "));
            let first = words.first().map(|first| (*first).to_owned());
            std::iter::once((*last).to_owned()).chain(long).chain(bare).chain(two).chain(first).collect()
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

/// Whether a name belongs to the noun at the head of its phrase: "Foreign Minister Haddad", not "Haddad's aides".
fn beside(page: &Page<'_>, name: usize, head: usize) -> bool {
    let mut node = name;
    for _ in 0..4 {
        if node == head {
            return true;
        }
        if !page.trees.is(node, &["flat", "compound", "appos", "nmod:unmarked", "nsubj", "conj"]) {
            return false;
        }
        match page.encoded.words.get(node).and_then(|word| word.head) {
            Some(above) => node = above,
            None => return false,
        }
    }
    false
}

/// Puts the entities into the order of their first mentions, and every id of one with them.
pub(crate) fn in_order(ledger: &mut Ledger) {
    let mut order: Vec<usize> = (0..ledger.entities.len()).collect();
    order.sort_by_key(|n| ledger.entities.get(*n).and_then(|entity| entity.mentions.first().copied()));
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*old) {
            *slot = new;
        }
    }
    let moved = |id: &mut EntityId| *id = place.get(id.index()).map_or(*id, |new| EntityId::at(*new));
    let source = |source: &mut SourceRef| {
        if let SourceRef::Entity(id) = source {
            moved(id);
        }
    };
    ledger.entities.iter_mut().for_each(|entity| moved(&mut entity.id));
    ledger.entities.sort_by_key(|entity| entity.id);
    ledger.attributions.iter_mut().filter_map(|a| a.source_entity.as_mut()).for_each(moved);
    let arguments = ledger.events.iter_mut().flat_map(|event| event.actors.iter_mut().chain(&mut event.recipients));
    arguments.filter_map(|argument| argument.entity.as_mut()).for_each(moved);
    for account in &mut ledger.accounts {
        source(&mut account.source);
        account.via.iter_mut().for_each(moved);
    }
    for term in &mut ledger.truce_terms {
        source(&mut term.source);
        term.by.iter_mut().chain(&mut term.with).for_each(moved);
    }
}

/// The person named last before a span.
fn person_before(span: Span, entities: &[Entity]) -> Option<EntityId> {
    let before = |e: &Entity| e.mentions.iter().copied().filter(|m| m.end() <= span.start()).max();
    entities.iter().filter(|e| e.entity_type == EntityType::Person).filter_map(|e| Some((before(e)?, e.id))).max().map(|(_, id)| id)
}
