//! What a phrase says of whom it means: the country and sector in its words ("US Secretary of State John Kerry", "rebels
//! in Idlib", "the Ruritania-backed militia").

use std::ops::Range;

use hearsay_codebook::{Found, Kind};
use hearsay_ledger::{Date, Entity, EntityType, Place};

use crate::page::Page;

/// Whose country and which sector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Description {
    pub(super) country: Option<String>,
    pub(super) sector: Option<String>,
}

impl Description {
    fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.country.is_some() && self.sector.is_some() {
            return self;
        }
        let other = other();
        Self { country: self.country.or(other.country), sector: self.sector.or(other.sector) }
    }

    fn is_empty(&self) -> bool {
        self.country.is_none() && self.sector.is_none()
    }
}

/// Reads phrases with the lists of the codebook, as of a day.
pub(super) struct Describer<'p, 'a> {
    pub(super) page: &'p Page<'a>,
    pub(super) places: &'p [Place],
    pub(super) date: Option<Date>,
}

impl Describer<'_, '_> {
    /// What is said of an entity: by its name as a whole, where that is a body or country; by the phrases around its
    /// mentions; by its name in the codebook.
    pub(super) fn entity(&self, entity: &Entity) -> Description {
        let by_name = || self.name(entity);
        if entity.entity_type != EntityType::Person {
            let known = by_name();
            if !known.is_empty() {
                return known.or(|| self.mentions(entity));
            }
        }
        self.mentions(entity).or(by_name).or(|| self.placed(entity))
    }

    /// The country in which a place lies.
    fn placed(&self, entity: &Entity) -> Description {
        if !matches!(entity.entity_type, EntityType::Place | EntityType::Facility) {
            return Description::default();
        }
        let at = |mention: &hearsay_ledger::Span| self.places.iter().find(|place| place.span.overlaps(*mention))?.country.clone();
        Description { country: entity.mentions.iter().find_map(at), sector: None }
    }

    fn mentions(&self, entity: &Entity) -> Description {
        let mut out = Description::default();
        for mention in &entity.mentions {
            let words = self.page.encoded.words_in(mention.start()..mention.end());
            out = out.or(|| self.mention(&words, entity.entity_type));
        }
        out
    }

    /// What the codebook has under an entity's name.
    fn name(&self, entity: &Entity) -> Description {
        let lists = &self.page.codebook.actor;
        let words: Vec<&str> = entity.name.split(' ').collect();
        let found = lists.find(&words, self.date);
        let whole = |f: &&Found<'_>| {
            f.kind != Kind::Agent && f.words.len() + usize::from(words.first().is_some_and(|w| w.eq_ignore_ascii_case("the"))) >= words.len()
        };
        let known = found.iter().find(whole).cloned();
        let known = known.or_else(|| lists.by_last_name(&entity.name, self.date).filter(|_| entity.entity_type == EntityType::Person));
        match known {
            Some(known) => self.known(&known),
            None if entity.entity_type == EntityType::Person => Description::default(),
            None => self.in_words(&words, words.len().saturating_sub(1), 0),
        }
    }

    fn known(&self, found: &Found<'_>) -> Description {
        let sector = if found.left { Some(self.page.codebook.actor.words.left.as_str()) } else { found.coded.sector };
        Description { country: found.coded.country.map(str::to_owned), sector: sector.map(str::to_owned) }
    }

    /// What is said where an entity is mentioned: in its noun phrase, its appositions, and the noun it is an apposition of.
    fn mention(&self, words: &Range<usize>, entity_type: EntityType) -> Description {
        let trees = self.page.trees;
        let Some(mut head) = trees.head_of(words) else { return Description::default() };
        if matches!(entity_type, EntityType::Place | EntityType::Weapon | EntityType::Facility) {
            return Description::default();
        }
        if entity_type == EntityType::Nationality {
            return self.phrase(words, head);
        }
        let mut above = None;
        while let Some(noun) = self.page.encoded.words.get(head).and_then(|w| w.head) {
            if trees.is(head, &["flat"]) || trees.is(head, &["compound"]) && entity_type == EntityType::Person && noun < words.start {
                head = noun;
            } else {
                above = trees.is(head, &["appos"]).then_some(noun);
                break;
            }
        }
        let appositions = trees.children(head).iter().copied().filter(|child| trees.is(*child, &["appos"]));
        // "Israel Fuentes" says nothing of Israel.
        let own = if entity_type == EntityType::Person { words.clone() } else { 0..0 };
        let around = self.noun_phrase(head);
        let mut out = self.phrase_beside(&(around.start.min(words.start)..around.end.max(words.end)), head, &own);
        for noun in appositions.chain(above) {
            out = out.or(|| self.phrase_beside(&self.noun_phrase(noun), noun, &own));
        }
        out
    }

    /// Whether a noun is among the titles around a person's name, before it or in apposition.
    pub(super) fn title_of(&self, mention: hearsay_ledger::Span, noun: &str) -> bool {
        let trees = self.page.trees;
        let words = self.page.encoded.words_in(mention.start()..mention.end());
        let Some(head) = trees.head_of(&words) else { return false };
        let above = self.page.encoded.words.get(head).and_then(|w| w.head).filter(|_| trees.is(head, &["flat", "appos", "compound"]));
        let appositions = trees.children(head).iter().copied().filter(|child| trees.is(*child, &["appos"]));
        let around = std::iter::once(head).chain(above).chain(appositions).flat_map(|noun| self.noun_phrase(noun));
        around.into_iter().any(|n| !words.contains(&n) && self.page.word(n).eq_ignore_ascii_case(noun))
    }

    /// The words of a noun with what belongs to it, without clauses, appositions and what is joined to it.
    pub(super) fn noun_phrase(&self, head: usize) -> Range<usize> {
        let trees = self.page.trees;
        trees.phrase(head, |child| {
            trees.is(
                child,
                &["acl", "appos", "punct", "parataxis", "case", "conj", "cc", "advcl", "cop", "nsubj", "aux", "mark", "obl", "obj", "ccomp", "xcomp"],
            )
        })
    }

    /// What a phrase says.
    pub(super) fn phrase(&self, words: &Range<usize>, head: usize) -> Description {
        self.phrase_beside(words, head, &(0..0))
    }

    /// What a phrase says beside some of its words.
    fn phrase_beside(&self, words: &Range<usize>, head: usize, own: &Range<usize>) -> Description {
        let texts: Vec<&str> = words.clone().map(|n| if own.contains(&n) { "" } else { self.page.word(n) }).collect();
        self.in_words(&texts, head.saturating_sub(words.start), words.start)
    }

    /// What some words say, `head` among them being the head, `start` the number of the first in the document.
    fn in_words(&self, texts: &[&str], head: usize, start: usize) -> Description {
        let lists = &self.page.codebook.actor;
        let words = &lists.words;
        let found = lists.find(texts, self.date);
        let (agents, names): (Vec<_>, Vec<_>) = found.iter().partition(|f| f.kind == Kind::Agent);
        let names: Vec<_> =
            names.into_iter().filter(|f| !f.next.as_deref().is_some_and(|next| words.backing.contains(next) && next != "proxy")).collect();
        let at_head = |f: &&&Found<'_>| f.words.contains(&head);
        if let Some(actor) = names.iter().find(|f| f.kind == Kind::Actor && f.words.contains(&head)) {
            return self.known(actor);
        }
        let before: Vec<_> = agents.iter().filter(|f| f.words.end <= head).collect();
        let strong = before.iter().rev().find(|f| f.coded.sector.is_some_and(|s| words.strong.iter().any(|x| x == s)));
        let in_name = || names.iter().filter(|f| matches!(f.kind, Kind::Seat | Kind::Actor)).find_map(|f| f.coded.sector);
        let sector = strong
            .and_then(|f| f.coded.sector)
            .or_else(|| agents.iter().find(at_head).and_then(|f| f.coded.sector))
            .or_else(|| before.last().and_then(|f| f.coded.sector))
            .or_else(in_name)
            .or_else(|| agents.first().and_then(|f| f.coded.sector));
        let former = texts.iter().take(head + 1).flat_map(|word| word.split('-')).any(|word| words.former.contains(word));
        let sector = sector.map(|sector| if former && words.offices.iter().any(|o| o == sector) { words.left.as_str() } else { sector });
        let before = names.iter().rfind(|f| f.words.start <= head);
        let country = before.into_iter().chain(names.iter()).find_map(|f| f.coded.country).map(str::to_owned);
        let country =
            country.or_else(|| (sector.is_some() && start + texts.len() > 0).then(|| self.country_of_place(start..start + texts.len())).flatten());
        Description { country, sector: sector.map(str::to_owned) }
    }

    /// The country of a place that is named in some words of the document.
    fn country_of_place(&self, words: Range<usize>) -> Option<String> {
        let span = self.page.span(words)?;
        self.places.iter().find(|place| span.contains(place.span) && place.country.is_some())?.country.clone()
    }

    /// Whether a noun for those who act is at the head of a phrase.
    pub(super) fn is_agent(&self, words: &Range<usize>, head: usize) -> bool {
        self.kind_at_head(words, head) == Some(Kind::Agent)
    }

    /// Whether a phrase has a noun for those who act, a people or a name of the lists at its head.
    pub(super) fn means_somebody(&self, words: &Range<usize>, head: usize) -> bool {
        self.kind_at_head(words, head).is_some()
    }

    fn kind_at_head(&self, words: &Range<usize>, head: usize) -> Option<Kind> {
        let texts: Vec<&str> = words.clone().map(|n| self.page.word(n)).collect();
        let at = head.checked_sub(words.start)?;
        self.page.codebook.actor.find(&texts, self.date).iter().find(|found| found.words.contains(&at)).map(|found| found.kind)
    }

    /// The name of the lists at the head of a phrase: a state, a capital, a seat.
    pub(super) fn government(&self, words: &Range<usize>, head: usize) -> Option<Found<'_>> {
        let texts: Vec<&str> = words.clone().map(|n| self.page.word(n)).collect();
        let found = self.page.codebook.actor.find(&texts, self.date);
        let at = head.checked_sub(words.start)?;
        found.into_iter().find(|f| f.words.contains(&at) && matches!(f.kind, Kind::State | Kind::Capital | Kind::Seat))
    }
}
