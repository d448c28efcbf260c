//! Truce terms: positions on stopping the fighting, and on the talks that hang on it.
//!
//! A sentence states a term where it names a truce (or, once one was named, "the agreement") and says what is done about
//! it. Whose term it is, is read off the events of the sentence, else off its tree.

use std::ops::Range;

use hearsay_ledger::{EntityId, EntityType, Event, EventId, Ledger, SourceRef, Span, Stance, TimeType, TruceKind, TruceTerm, TruceTermId};

use crate::attribution;
use crate::entity::Participants;
use crate::evidence::TruceEvidence;
use crate::page::Page;

/// The truce terms of a document, in the order of the text, and the words that made them. Parties without a name become
/// entities.
#[must_use]
pub(crate) fn truce_terms(page: &Page<'_>, ledger: &Ledger, participants: &mut Participants) -> (Vec<TruceTerm>, Vec<TruceEvidence>) {
    let mut out: Vec<TruceTerm> = Vec::new();
    let mut evidence = Vec::new();
    let mut named_before: Option<usize> = None;
    for (n, sentence) in page.encoded.sentences.iter().enumerate() {
        let found = Mentions::of(page, sentence.clone(), named_before.is_some_and(|s| n - s <= page.codebook.truce.reach));
        if !found.truces.is_empty() {
            named_before = Some(n);
        }
        for Said { kind, at, event } in found.kinds(page, ledger, n) {
            evidence.extend(found.evidence(page, TruceTermId::at(out.len()), &at, event));
            let drafted = Draft { page, ledger, sentence: sentence.clone(), number: n, kind, at, truces: &found.truces };
            let (by, with) = drafted.parties();
            let mut entities = |spans: Vec<Span>| -> Vec<EntityId> {
                let mut ids = Vec::new();
                for span in spans {
                    let id = participants.named(page, span).unwrap_or_else(|| participants.add_phrase(page, span, EntityType::Organization));
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
                ids
            };
            let (by, with) = (entities(by), entities(with));
            let (effective, until) = drafted.dates();
            let source = match drafted.source() {
                SourceRef::Phrase(span) => SourceRef::Entity(participants.add_phrase(page, span, EntityType::Person)),
                source => source,
            };
            out.push(TruceTerm {
                id: TruceTermId::at(out.len()),
                kind,
                by,
                with,
                effective,
                until,
                conditions: drafted.conditions(),
                sentence: n,
                source,
            });
        }
    }
    (out, evidence)
}

/// What a sentence names of truces, in words of the document.
struct Mentions {
    truces: Vec<Range<usize>>,
    said: Vec<Said>,
}

/// What is done about a truce.
#[derive(Clone, Debug)]
struct Said {
    kind: TruceKind,
    /// The words that say so.
    at: Range<usize>,
    /// The event that they are the trigger of, where its stance gave the kind.
    event: Option<EventId>,
}

impl Mentions {
    fn of(page: &Page<'_>, sentence: Range<usize>, again: bool) -> Self {
        let lists = &page.codebook.truce;
        let lower: Vec<String> = sentence.clone().map(|n| page.word(n).to_lowercase()).collect();
        let words: Vec<&str> = lower.iter().map(String::as_str).collect();
        let (mut truces, mut said) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < words.len() {
            let rest = words.get(at..).unwrap_or(&[]);
            let start = sentence.start + at;
            let truce = lists.truces.at(rest).or_else(|| lists.agreements.at(rest).filter(|_| again));
            if let Some(((), taken)) = truce {
                truces.push(start..start + taken);
                at += taken.max(1);
            } else if let Some((kind, taken)) = lists.kinds.at(rest) {
                said.push(Said { kind: *kind, at: start..start + taken, event: None });
                at += taken.max(1);
            } else {
                at += 1;
            }
        }
        Self { truces, said }
    }

    /// The terms that the sentence states: what happens to a truce, each once, and the nearest position on it.
    fn kinds(&self, page: &Page<'_>, ledger: &Ledger, sentence: usize) -> Vec<Said> {
        let lists = &page.codebook.truce;
        let near = |word: &Range<usize>| self.truces.iter().map(|t| gap(t, word)).min().filter(|d| *d <= lists.nearest);
        let mut out: Vec<Said> = Vec::new();
        let fate =
            |kind: TruceKind| matches!(kind, TruceKind::Violation | TruceKind::Start | TruceKind::End | TruceKind::Extension | TruceKind::Suspension);
        for said in self.said.iter().filter(|said| fate(said.kind)) {
            if near(&said.at).is_some() && self.tied(page, &said.at) && out.iter().all(|other| other.kind != said.kind) {
                out.push(said.clone());
            }
        }
        let positions = self.said.iter().filter(|said| !fate(said.kind) && near(&said.at).is_some() && self.tied(page, &said.at));
        let best = positions.min_by_key(|said| near(&said.at));
        let happens = ledger
            .events
            .iter()
            .zip(&page.encoded.triggers)
            .filter(|(event, _)| event.sentence == sentence && event.mode.as_deref() == Some("ceasefire"))
            .map(|(event, trigger)| Said { kind: stance_kind(ledger, event), at: trigger.words.clone(), event: Some(event.id) })
            .next();
        match (best, happens) {
            (Some(said), _) => out.push(said.clone()),
            (None, Some(event)) if out.is_empty() => out.push(event),
            _ => {}
        }
        out.sort_by_key(|said| said.at.start);
        out
    }

    /// The words that made a term.
    fn evidence(&self, page: &Page<'_>, term: TruceTermId, at: &Range<usize>, event: Option<EventId>) -> Option<TruceEvidence> {
        let span = |words: &Range<usize>| page.span(words.clone());
        let nearest = self.truces.iter().min_by_key(|truce| gap(truce, at));
        Some(TruceEvidence { term, truce: nearest.and_then(span), said: span(at)?, event })
    }

    /// Whether a word is tied to a truce of the sentence: one lies above the other, or both hang on one word.
    fn tied(&self, page: &Page<'_>, word: &Range<usize>) -> bool {
        let above = |n: usize| page.encoded.words.get(n).and_then(|w| w.head);
        let head = |range: &Range<usize>| page.trees.head_of(range);
        let Some(own) = head(word) else { return false };
        self.truces.iter().filter_map(head).any(|truce| {
            let mut chain = vec![truce];
            for _ in 0..4 {
                let Some(next) = chain.last().and_then(|n| above(*n)) else { break };
                chain.push(next);
            }
            let parent = above(own);
            chain.contains(&own) || parent.is_some_and(|p| chain.contains(&p)) || parent.and_then(above).is_some_and(|p| p == truce)
        })
    }
}

/// Words between two ranges.
fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

/// What a ceasefire is to whoever tells of it, where no other word says so.
fn stance_kind(ledger: &Ledger, event: &Event) -> TruceKind {
    match ledger.accounts.iter().find(|a| a.event == event.id).map(|a| a.stance) {
        Some(Stance::CallsFor) => TruceKind::Appeal,
        Some(Stance::Expects) => TruceKind::Announcement,
        Some(Stance::Denies) => TruceKind::Rejection,
        _ => TruceKind::Agreement,
    }
}

/// A term whose particulars are looked up.
struct Draft<'p> {
    page: &'p Page<'p>,
    ledger: &'p Ledger,
    sentence: Range<usize>,
    number: usize,
    kind: TruceKind,
    at: Range<usize>,
    truces: &'p [Range<usize>],
}

impl Draft<'_> {
    /// Whose term it is, and the other parties.
    fn parties(&self) -> (Vec<Span>, Vec<Span>) {
        if let Some(parties) = self.between() {
            return (parties, Vec::new());
        }
        let of_event = |wanted: &dyn Fn(&Event, &Range<usize>) -> bool| {
            self.ledger
                .events
                .iter()
                .zip(&self.page.encoded.triggers)
                .find(|(e, t)| e.sentence == self.number && wanted(e, &t.words) && !e.actors.is_empty())
                .map(|(e, _)| e)
        };
        let overlaps = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        let own = of_event(&|_, words| overlaps(words, &self.at));
        let truce = of_event(&|_, words| self.truces.iter().any(|t| overlaps(t, words)));
        let attack = || of_event(&|event, _| self.kind == TruceKind::Violation && event.event_type == "ASSAULT");
        if let Some(event) = own.or(truce).or_else(attack) {
            let spans = |arguments: &[hearsay_ledger::Argument]| arguments.iter().map(|a| a.span).collect();
            return (spans(&event.actors), spans(&event.recipients));
        }
        (self.subject(), Vec::new())
    }

    /// "A truce between the government and the rebels".
    fn between(&self) -> Option<Vec<Span>> {
        let word = self.sentence.clone().find(|n| self.page.word(*n).eq_ignore_ascii_case("between"))?;
        let noun = self.page.encoded.words.get(word)?.head?;
        let near = self.truces.iter().chain([&self.at]).any(|t| gap(t, &(word..word + 1)) <= 2);
        if !near {
            return None;
        }
        let phrase = self.page.trees.phrase(noun, |child| self.page.trees.is(child, &["case", "acl", "punct"]));
        Some(self.page.coordinated(self.page.span(phrase)?))
    }

    /// The subject or agent of the word that says what is done.
    fn subject(&self) -> Vec<Span> {
        let trees = self.page.trees;
        let verb = self.at.clone().find(|n| matches!(self.page.upos(*n), "VERB" | "AUX")).or_else(|| trees.head_of(&self.at));
        let mut node = verb;
        for _ in 0..3 {
            let Some(word) = node else { break };
            let agent = trees.child(word, &["obl:agent"]);
            let subject = trees.child(word, &["nsubj"]).filter(|s| !trees.is(*s, &["nsubj:pass"]));
            let possessor = trees.child(word, &["nmod:poss"]).filter(|_| self.page.upos(word) == "NOUN");
            let is_truce = |n: usize| self.truces.iter().any(|t| t.contains(&n));
            if let Some(noun) = agent.or(subject).or(possessor).filter(|n| !is_truce(*n)) {
                let phrase = trees.phrase(noun, |child| trees.is(child, &["acl", "appos", "punct", "parataxis", "case"]));
                return self.page.span(phrase).map(|span| self.page.coordinated(span)).unwrap_or_default();
            }
            node =
                self.page.encoded.words.get(word).and_then(|w| w.head).filter(|_| trees.is(word, &["conj", "xcomp", "advcl", "obj", "ccomp", "acl"]));
        }
        Vec::new()
    }

    /// First and last day, as far as the sentence gives them.
    fn dates(&self) -> (Option<String>, Option<String>) {
        let lists = &self.page.codebook.truce;
        let dated = matches!(
            self.kind,
            TruceKind::Start
                | TruceKind::End
                | TruceKind::Agreement
                | TruceKind::Announcement
                | TruceKind::Proposal
                | TruceKind::CounterProposal
                | TruceKind::Extension
                | TruceKind::Acceptance
        );
        let (mut effective, mut until) = (None, None);
        for time in &self.ledger.times {
            let words = self.page.encoded.words_in(time.span.start()..time.span.end());
            let value = time
                .value
                .as_ref()
                .filter(|v| matches!(time.time_type, TimeType::Date | TimeType::Time) && v.starts_with(|c: char| c.is_ascii_digit()));
            let Some(value) = value.filter(|_| self.sentence.contains(&words.start)) else { continue };
            let before = if words.start > self.sentence.start { self.page.word(words.start - 1).to_lowercase() } else { String::new() };
            let day_of = |value: &str| value.split('T').next().unwrap_or(value).to_owned();
            let (first, last) = value.split_once('/').map_or((value.as_str(), None), |(first, last)| (first, Some(last)));
            let day = day_of(first);
            let near = || self.truces.iter().chain([&self.at]).any(|t| gap(t, &words) <= lists.nearest);
            if let Some(last) = last.filter(|_| dated && near()) {
                effective = effective.or(Some(day));
                until = until.or(Some(day_of(last)));
            } else if lists.until.contains(&before) {
                until = until.or(Some(day));
            } else if dated && near() {
                effective = effective.or(Some(day));
            }
        }
        (effective, until)
    }

    /// The clauses that state terms: those of "if", "unless" and the like.
    fn conditions(&self) -> Vec<Span> {
        let lists = &self.page.codebook.truce;
        let trees = self.page.trees;
        self.sentence
            .clone()
            .filter(|n| lists.conditional.contains(self.page.word(*n)) && trees.is(*n, &["mark", "case", "advmod"]))
            .filter_map(|n| self.page.encoded.words.get(n)?.head)
            .filter_map(|clause| self.page.span(trees.phrase(clause, |child| trees.is(child, &["punct"]))))
            .collect()
    }

    /// Who reports it: the source of the innermost attribution that holds the word, else the narrator.
    fn source(&self) -> SourceRef {
        let Some(span) = self.page.span(self.at.clone()) else { return SourceRef::Narrator };
        let holder = attribution::innermost(&self.ledger.attributions, span);
        holder.map_or(SourceRef::Narrator, |a| match (a.source_entity, a.source.first()) {
            (Some(id), _) => SourceRef::Entity(id),
            (None, Some(span)) => SourceRef::Phrase(*span),
            (None, None) => SourceRef::Narrator,
        })
    }
}
