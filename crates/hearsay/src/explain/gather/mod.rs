//! From a reading to what is shown of some of its sentences: records are matched with what the network saw, by the words
//! they share.
//!
//! Nothing is decided anew here: what the coder tells of its own decisions is looked up in [`evidence`].

mod events;
mod evidence;
mod happenings;

use std::collections::BTreeSet;
use std::ops::Range;

use hearsay_coder::evidence::LossKind;
use hearsay_coder::{Codebook, Reading};
use hearsay_ledger::{Document, Entity, EntityId, Quantity, SourceRef, Span};

use super::model::{
    Attribution, DocumentName, Explanation, FORMAT, FoundBy, Likelihood, Losses, Name, Note, Passage, RecordName, Sentence, Time, Unused,
};
use crate::reading::passage;

/// How many labels of a kind are shown.
const LIKELIEST: usize = 3;

/// What is shown of the sentences at `indices` of `document`, which came from `file`.
pub fn explain(document: &Document, file: &str, reading: &Reading, codebook: &Codebook, indices: &BTreeSet<usize>) -> Explanation {
    let material = Material { document, reading, codebook };
    Explanation {
        format: FORMAT,
        document: DocumentName {
            id: document.id.clone(),
            file: file.to_owned(),
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            published: document.published.map(|day| day.to_string()),
            sentence_count: reading.ledger.sentences.len(),
        },
        sentences: indices.iter().filter_map(|index| material.sentence(*index)).collect(),
    }
}

/// All that is looked into.
struct Material<'a> {
    document: &'a Document,
    reading: &'a Reading,
    codebook: &'a Codebook,
}

impl Material<'_> {
    fn sentence(&self, index: usize) -> Option<Sentence> {
        let span = *self.reading.ledger.sentences.get(index)?;
        let (events, reactions) = (self.events(index), self.reactions(index));
        let accounts: BTreeSet<&str> = events.iter().flat_map(|event| &event.accounts).chain(&reactions).map(|account| account.id.as_str()).collect();
        let (incidents, disputes) = (self.incidents(index), self.disputes(&accounts));
        Some(Sentence {
            sentence: index,
            passage: self.passage(span),
            names: self.names(span),
            times: self.times(span),
            attributions: self.attributions(span),
            unused: self.unused(span),
            events,
            reactions,
            truce_terms: self.truce_terms(index),
            incidents,
            disputes,
            notes: self.notes(span),
        })
    }

    fn names(&self, sentence: Span) -> Vec<Name> {
        let seen = self.reading.encoded.names.iter().filter_map(|name| Some((name, self.cover(&name.words)?)));
        seen.filter(|(_, span)| sentence.contains(*span))
            .map(|(name, span)| {
                let entity = self.reading.ledger.entities.iter().find(|entity| entity.mentions.iter().any(|mention| mention.overlaps(span)));
                Name {
                    passage: self.passage(span),
                    entity_type: name.entity_type.as_str(),
                    probability: rounded(name.score),
                    entity: entity.map(entity_name),
                    country: entity.and_then(|entity| entity.country.clone()),
                    sector: entity.and_then(|entity| entity.sector.clone()),
                }
            })
            .collect()
    }

    fn times(&self, sentence: Span) -> Vec<Time> {
        let here = self.reading.ledger.times.iter().filter(|time| sentence.contains(time.span));
        here.map(|time| {
            let seen = self.reading.encoded.times.iter().find(|seen| self.covers(&seen.words, time.span));
            Time {
                id: time.id.to_string(),
                passage: self.passage(time.span),
                time_type: time.time_type.as_str(),
                value: time.value.clone(),
                counted_from: evidence::counted_from(self.reading, time.id),
                probability: seen.map(|seen| rounded(seen.score)),
            }
        })
        .collect()
    }

    fn attributions(&self, sentence: Span) -> Vec<Attribution> {
        let touches = |it: &&hearsay_ledger::Attribution| it.source.iter().chain(&it.cue).chain(&it.content).any(|span| span.overlaps(sentence));
        self.reading.ledger.attributions.iter().filter(touches).map(|it| self.attribution(it)).collect()
    }

    fn attribution(&self, it: &hearsay_ledger::Attribution) -> Attribution {
        let lists = &self.codebook.attribution;
        // A cue without content made no attribution.
        let mut cues = self.reading.encoded.cues.iter().filter(|cue| !cue.content.is_empty());
        let seen = cues.find(|cue| it.cue.iter().any(|span| self.covers(&cue.words, *span)));
        let words = passage(&self.document.text, &it.cue);
        let source = passage(&self.document.text, &it.source);
        Attribution {
            id: it.id.to_string(),
            found_by: match seen {
                Some(_) => FoundBy::Network,
                None if lists.signing_dashes.contains(&words) => FoundBy::Signature,
                None => FoundBy::Syntax,
            },
            probability: seen.map(|cue| rounded(cue.score)),
            cue: self.passages(&it.cue),
            source: self.passages(&it.source),
            source_entity: it.source_entity.and_then(|id| self.entity(id)),
            pronoun: lists.person_pronouns.contains(&source) || lists.other_pronouns.contains(&source),
            content: self.passages(&it.content),
            quoted: it.quoted,
            within: it.within.map(|id| id.to_string()),
        }
    }

    /// What in a sentence might have made a record and did not.
    fn unused(&self, sentence: Span) -> Vec<Unused> {
        let mut unused = self.unused_words(sentence);
        unused.extend(self.skips(sentence));
        unused
    }

    /// Words at which a rule of the codebook forbids an event.
    fn skips(&self, sentence: Span) -> impl Iterator<Item = Unused> {
        let seen = self.reading.encoded.skips.iter().filter_map(|skip| Some((skip, self.cover(&skip.words)?)));
        seen.filter(move |(_, span)| sentence.contains(*span)).map(|(skip, span)| {
            let rule = self.codebook.event.rules().get(skip.rule);
            let reason = rule.map(|rule| format!("the rule `{}` of {} says that it is none", rule.trigger, rule.origin));
            Unused { kind: "event", passage: self.passage(span), probability: None, reason }
        })
    }

    /// Cues and time expressions of a sentence that are part of no record.
    fn unused_words(&self, sentence: Span) -> Vec<Unused> {
        let (encoded, ledger) = (&self.reading.encoded, &self.reading.ledger);
        let least = self.codebook.time.least_score;
        let cues = encoded.cues.iter().map(|cue| ("cue", &cue.words, cue.score, cue.content.is_empty().then_some("no content is tied to it")));
        let times = encoded.times.iter().map(|time| ("time", &time.words, time.score, (time.score < least).then_some("less likely than asked for")));
        let used = |kind: &str, span: Span| match kind {
            "cue" => ledger.attributions.iter().flat_map(|it| &it.cue).any(|cue| cue.overlaps(span)),
            _ => ledger.times.iter().any(|time| time.span.overlaps(span)),
        };
        cues.chain(times)
            .filter_map(|(kind, words, score, reason)| Some((kind, self.cover(words)?, score, reason)))
            .filter(|(kind, span, ..)| sentence.contains(*span) && !used(kind, *span))
            .map(|(kind, span, score, reason)| Unused {
                kind,
                passage: self.passage(span),
                probability: Some(rounded(score)),
                reason: reason.map(str::to_owned),
            })
            .collect()
    }

    /// The losses of an event that it gives any of.
    fn losses(&self, event: &hearsay_ledger::Event) -> Vec<Losses> {
        let given = |(kind, number): (LossKind, Option<Quantity>)| {
            let words = || self.passages(&evidence::loss_words(self.reading, event.id, kind));
            number.map(|number| Losses { kind: kind.as_str(), low: number.low, high: number.high, words: words() })
        };
        let numbers = [(LossKind::Killed, event.killed), (LossKind::Injured, event.injured), (LossKind::Displaced, event.displaced)];
        numbers.into_iter().filter_map(given).collect()
    }

    /// What the coder found about a sentence, or about the whole document.
    fn notes(&self, sentence: Span) -> Vec<Note> {
        let here = self.reading.findings.iter().filter(|finding| finding.span.is_none_or(|span| span.overlaps(sentence)));
        here.map(|finding| Note { code: finding.code.as_str(), message: finding.message.clone() }).collect()
    }

    fn passage(&self, span: Span) -> Passage {
        Passage { span: [span.start(), span.end()], text: span.of(&self.document.text).unwrap_or_default().to_owned() }
    }

    fn passages(&self, spans: &[Span]) -> Vec<Passage> {
        spans.iter().map(|span| self.passage(*span)).collect()
    }

    /// The words of `span` on one line.
    fn words(&self, span: Span) -> String {
        span.of(&self.document.text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The span of some words of the document.
    fn cover(&self, words: &Range<usize>) -> Option<Span> {
        let words = self.reading.encoded.words.get(words.clone())?;
        Some(words.first()?.span.cover(words.last()?.span))
    }

    /// Whether some words share a byte with `span`.
    fn covers(&self, words: &Range<usize>, span: Span) -> bool {
        self.cover(words).is_some_and(|own| own.overlaps(span))
    }

    fn entity(&self, id: EntityId) -> Option<RecordName> {
        self.reading.ledger.entities.get(id.index()).map(entity_name)
    }

    fn entities(&self, ids: &[EntityId]) -> Vec<RecordName> {
        ids.iter().filter_map(|id| self.entity(*id)).collect()
    }

    /// A source by its name, or by its words.
    fn source(&self, source: SourceRef) -> String {
        match source {
            SourceRef::Narrator => "the narrator".to_owned(),
            SourceRef::Entity(id) => self.entity(id).map_or_else(|| id.to_string(), |entity| entity.name),
            SourceRef::Phrase(span) => self.words(span),
        }
    }

    /// The index of the sentence that holds the start of `span`.
    fn sentence_of(&self, span: Span) -> usize {
        self.reading.ledger.sentences.partition_point(|sentence| sentence.end() <= span.start())
    }
}

fn entity_name(entity: &Entity) -> RecordName {
    RecordName { id: entity.id.to_string(), name: entity.name.clone() }
}

/// The likeliest of some labels, which stand in that order.
fn likeliest<L: ToString>(labels: impl Iterator<Item = (L, f32)>) -> Vec<Likelihood> {
    labels.take(LIKELIEST).map(|(label, score)| Likelihood { label: label.to_string(), probability: rounded(score) }).collect()
}

/// A score as it is shown: to four places, as it leaves the encoder.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}
