//! Triggers of events as the network sees them: type, mode, stance, and the words that fill the roles.

use std::ops::Range;
use std::sync::Arc;

use hearsay_codebook::EventLists;
use hearsay_encoder::{EncoderError, Link, Manifest, WindowScores};
use hearsay_ledger::Stance;

use super::{shift, slices};
use crate::decode::{self, Tagset};

/// A word that names a happening, with what the network says of it. Words are numbered through the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// The event word or words.
    pub words: Range<usize>,
    /// Probability that an event is named here, 0 to 1; 1 where a rule of the codebook says so.
    pub score: f32,
    /// Probabilities of the event types, the likeliest first.
    pub types: Vec<(Arc<str>, f32)>,
    /// Probabilities of the modes (`none` among them), the likeliest first.
    pub modes: Vec<(Arc<str>, f32)>,
    /// Probabilities of the stances, the likeliest first.
    pub stances: Vec<(Stance, f32)>,
    /// Who and what fills its roles, in the order of the text.
    pub roles: Vec<Filler>,
    /// The rule of the codebook that made or changed it: its index in the codebook's list.
    pub rule: Option<usize>,
}

/// Words at which a rule of the codebook says that there is no event, whether or not the network saw one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// The words of the rule's trigger.
    pub words: Range<usize>,
    /// The rule: its index in the codebook's list.
    pub rule: usize,
}

/// What a run of words is to a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who did it.
    Actor,
    /// Whom or what it was done to.
    Recipient,
    /// Where.
    Place,
    /// When.
    Time,
    /// Who says so.
    Source,
}

impl Role {
    fn from_label(label: &str) -> Option<Self> {
        Some(match label {
            "actor" => Self::Actor,
            "recipient" => Self::Recipient,
            "place" => Self::Place,
            "time" => Self::Time,
            "source" => Self::Source,
            _ => return None,
        })
    }
}

/// A run of words in a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Filler {
    /// The role.
    pub role: Role,
    /// The words.
    pub words: Range<usize>,
    /// Probability of the words' labels, 0 to 1.
    pub score: f32,
}

/// Decodes triggers; holds the label lists of their heads.
pub(super) struct TriggerReader<'a> {
    lists: &'a EventLists,
    trigger: Tagset,
    types: Vec<Arc<str>>,
    modes: Vec<Arc<str>>,
    stances: Vec<Stance>,
    role: Tagset,
    roles: Vec<Option<Role>>,
}

impl<'a> TriggerReader<'a> {
    /// The tag heads that triggers are read from.
    pub(super) const TAGS: [&'static str; 3] = ["trigger", "mode", "stance"];
    /// The link head that roles are read from.
    pub(super) const LINK: &'static str = "role";

    pub(super) fn new(manifest: &Manifest, lists: &'a EventLists) -> Self {
        let tags = |head: &str| manifest.tags.get(head).map_or(&[][..], Vec::as_slice);
        let trigger = Tagset::new(tags("trigger"));
        let role = Tagset::new(manifest.links.get(Self::LINK).map_or(&[][..], Vec::as_slice));
        Self {
            lists,
            types: trigger.types().iter().map(|t| Arc::from(t.as_str())).collect(),
            trigger,
            modes: tags("mode").iter().map(|m| Arc::from(m.as_str())).collect(),
            stances: tags("stance").iter().filter_map(|s| Stance::from_word(s)).collect(),
            roles: role.types().iter().map(|r| Role::from_label(r)).collect(),
            role,
        }
    }

    /// The triggers of some parts of a window (`parts` in the window's numbering, each within one sentence), and where
    /// rules say that there are none. `word` gives the letters of a word of the window and its part of speech.
    pub(super) fn triggers<'t>(
        &self,
        scores: &WindowScores<'_>,
        parts: &[Range<usize>],
        word: impl Fn(usize) -> (&'t str, &'t str),
    ) -> Result<(Vec<Trigger>, Vec<Skip>), EncoderError> {
        let offset = scores.window.words.start;
        let tags = scores.tags("trigger")?;
        let (mode, stance) = (scores.tags("mode")?, scores.tags("stance")?);
        let mut found: Vec<Trigger> = Vec::new();
        let mut skips: Vec<Skip> = Vec::new();
        for part in parts {
            let rows: Vec<Vec<f32>> = part.clone().map(|n| tags.row(n).to_vec()).collect();
            let mut runs: Vec<Trigger> = decode::typed_spans(&slices(&rows), &self.trigger, self.lists.trigger_bias)
                .into_iter()
                // A happening is named by a word with a meaning of its own.
                .filter(|(run, _)| run.words.clone().any(|n| matches!(word(part.start + n).1, "VERB" | "NOUN" | "PROPN" | "ADJ" | "ADV" | "X")))
                .map(|(run, types)| Trigger {
                    words: shift(&run.words, part.start),
                    score: run.score,
                    types: ranked(&self.types, types.into_iter()),
                    modes: Vec::new(),
                    stances: Vec::new(),
                    roles: Vec::new(),
                    rule: None,
                })
                .collect();
            let words: Vec<(String, &str)> = part.clone().map(&word).map(|(letters, tag)| (letters.to_lowercase(), tag)).collect();
            skips.extend(self.apply_rules(&words, part.start, &mut runs));
            found.extend(runs);
        }
        let anchors: Vec<usize> = found.iter().map(|t| t.words.start).collect();
        let links = scores.link(Self::LINK, &anchors)?;
        for ((trigger, link), anchor) in found.iter_mut().zip(&links).zip(anchors) {
            let modes = ranked(&self.modes, mode.row(anchor).iter().map(|x| x.exp()));
            if trigger.modes.is_empty() {
                trigger.modes = modes;
            }
            let stances = ranked(&self.stances, stance.row(anchor).iter().map(|x| x.exp()));
            if trigger.stances.is_empty() {
                trigger.stances = stances;
            }
            trigger.roles = self.fillers(&trigger.words, link, offset);
            trigger.words = shift(&trigger.words, offset);
        }
        for skip in &mut skips {
            skip.words = shift(&skip.words, offset);
        }
        Ok((found, skips))
    }

    /// Rules of the codebook win over the network: they forbid, force or retype the triggers at their words.
    /// `words` are those of a sentence in lower case, with their parts of speech. Returns where events are forbidden.
    fn apply_rules(&self, words: &[(String, &str)], start: usize, runs: &mut Vec<Trigger>) -> Vec<Skip> {
        let mut skips = Vec::new();
        if self.lists.rules().is_empty() {
            return skips;
        }
        let (words, tags): (Vec<&str>, Vec<&str>) = words.iter().map(|(word, tag)| (word.as_str(), *tag)).unzip();
        let mut n = 0;
        while n < words.len() {
            let found = words.get(n..).zip(tags.get(n)).and_then(|(words, tag)| self.lists.rule_at(words, tag));
            let Some((index, length)) = found else {
                n += 1;
                continue;
            };
            let matched = start + n..start + n + length;
            let Some(rule) = self.lists.rules().get(index) else { break };
            let earlier = runs.iter().position(|t| t.words.start < matched.end && matched.start < t.words.end);
            if rule.skip {
                runs.retain(|t| t.words.end <= matched.start || matched.end <= t.words.start);
                skips.push(Skip { words: matched, rule: index });
            } else if let Some(kind) = &rule.event_type {
                let words = earlier.and_then(|at| runs.get(at)).map_or(matched, |t| t.words.clone());
                runs.retain(|t| t.words.end <= words.start || words.end <= t.words.start);
                runs.push(Trigger {
                    words,
                    score: 1.0,
                    types: vec![(Arc::from(kind.as_str()), 1.0)],
                    modes: rule.mode.iter().map(|mode| (Arc::from(mode.as_str()), 1.0)).collect(),
                    stances: rule.stance.iter().map(|stance| (*stance, 1.0)).collect(),
                    roles: Vec::new(),
                    rule: Some(index),
                });
            }
            n += length.max(1);
        }
        runs.sort_by_key(|t| t.words.start);
        skips
    }

    /// The runs of words in each role of a trigger. A role that stays empty is looked for again with less doubt: most
    /// happenings have somebody who did it and whom it was done to, a place and a time.
    fn fillers(&self, trigger: &Range<usize>, link: &Link, offset: usize) -> Vec<Filler> {
        let rows: Vec<&[f32]> = (0..link.scores.rows()).map(|word| link.scores.row(word)).collect();
        let decoded = |bias: f32| -> Vec<Filler> {
            decode::typed_spans(&rows, &self.role, bias)
                .into_iter()
                .filter(|(run, _)| run.words != *trigger)
                .filter_map(|(run, _)| {
                    let role = self.roles.get(run.kind).copied().flatten()?;
                    Some(Filler { role, words: shift(&run.words, offset), score: run.score })
                })
                .collect()
        };
        let mut fillers = decoded(self.lists.role_bias);
        let empty = |role: Role| !matches!(role, Role::Source | Role::Recipient) && fillers.iter().all(|filler| filler.role != role);
        let free = |words: &Range<usize>| fillers.iter().all(|other| other.words.end <= words.start || words.end <= other.words.start);
        let again = decoded(self.lists.role_bias + self.lists.second_role_bias);
        let more: Vec<Filler> = again.into_iter().filter(|filler| empty(filler.role) && free(&filler.words)).collect();
        fillers.extend(more);
        fillers.sort_by_key(|filler| filler.words.start);
        fillers
    }
}

/// Names with their probabilities, the likeliest first; of equals the earlier label.
fn ranked<T: Clone>(names: &[T], scores: impl Iterator<Item = f32>) -> Vec<(T, f32)> {
    let mut out: Vec<(T, f32)> = names.iter().cloned().zip(scores).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1)); // stable
    out
}
