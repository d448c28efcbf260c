//! One pass of the encoder over a document: sentences of tokens to words with syntax, names, and cues with what they
//! tie together. Only decisions leave this stage; the scores of a window are dropped once it is read.

mod trigger;

use std::ops::Range;
use std::sync::Arc;

use hearsay_codebook::{AttributionLists, Codebook};
use hearsay_encoder::{Encoder, EncoderError, Link, WindowScores};
use hearsay_ledger::{EntityType, Finding, FindingCode, Span, TimeType};

use crate::decode::{self, Labelled, Tagset};
use crate::segment::Segmentation;
pub use crate::time::SeenTime;
use trigger::TriggerReader;
pub use trigger::{Filler, Role, Skip, Trigger};

/// The heads that this stage reads.
const TAGS: [&str; 4] = ["upos", "entity", "cue", "time"];
const LINKS: [&str; 2] = ["attribution", TriggerReader::LINK];

/// What the encoder sees in a document. Words are numbered through the document.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    /// Every token with its syntax.
    pub words: Vec<Word>,
    /// Words of each sentence of the segmentation.
    pub sentences: Vec<Range<usize>>,
    /// Named entities, in the order of the text.
    pub names: Vec<Name>,
    /// Cues of attribution, in the order of the text.
    pub cues: Vec<Cue>,
    /// Time expressions, in the order of the text.
    pub times: Vec<SeenTime>,
    /// Triggers of events, in the order of the text.
    pub triggers: Vec<Trigger>,
    /// Words that are no events because rules say so, in the order of the text.
    pub skips: Vec<Skip>,
}

impl Encoded {
    /// The letters of word `n`; empty where there is no such word.
    pub(crate) fn word<'t>(&self, n: usize, text: &'t str) -> &'t str {
        self.words.get(n).and_then(|w| w.span.of(text)).unwrap_or("")
    }

    /// The words that share a byte with `bytes`.
    pub(crate) fn words_in(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|w| w.span.end() <= bytes.start);
        let last = self.words.partition_point(|w| w.span.start() < bytes.end);
        first..last.max(first)
    }
}

/// A token and its place in the dependency tree of its sentence (Universal Dependencies).
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The token.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Arc<str>,
    /// The word it depends on; `None` for the root of its sentence.
    pub head: Option<usize>,
    /// Its relation to that word.
    pub relation: Arc<str>,
}

/// A named entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its words.
    pub words: Range<usize>,
    /// What it names.
    pub entity_type: EntityType,
    /// Probability of its words' tags, 0 to 1.
    pub score: f32,
}

/// A cue with the words its source and content consist of, as the link head sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Words of the cue.
    pub words: Range<usize>,
    /// Probability of the cue's tags, 0 to 1.
    pub score: f32,
    /// Runs of words of the source.
    pub source: Vec<Range<usize>>,
    /// Runs of words of the content.
    pub content: Vec<Range<usize>>,
}

/// Reads a segmented document with the encoder. A window that cannot be run leaves its words without labels and is
/// told as a finding.
#[must_use]
pub fn encode(text: &str, segmentation: &Segmentation, encoder: &Encoder, codebook: &Codebook) -> (Encoded, Vec<Finding>) {
    let tokens: Vec<&[Span]> = segmentation.sentences.iter().map(|s| s.tokens.as_slice()).collect();
    let plan = encoder.plan(text, &tokens);
    let reader = Reader::new(encoder, codebook);
    let mut encoded = Encoded { words: unread(&tokens), sentences: ranges(&tokens), ..Encoded::default() };
    let mut findings = Vec::new();
    let tags = [&TAGS[..], &TriggerReader::TAGS[..]].concat();
    for window in &plan.windows {
        let done = encoder.read(&plan, window, &tags, &LINKS).and_then(|scores| reader.take(&scores, text, &mut encoded));
        if let Err(error) = done {
            let span = encoded.words.get(window.core.clone()).and_then(cover);
            findings.push(Finding { code: FindingCode::Unread, span, message: error.to_string() });
        }
    }
    if findings.is_empty() {
        findings.extend(join_parts(&mut encoded));
    }
    settle(&mut encoded);
    (encoded, findings)
}

/// A sentence read in pieces has a tree a piece: the later ones hang on the first, and the reader is told.
fn join_parts(encoded: &mut Encoded) -> Vec<Finding> {
    let mut findings = Vec::new();
    let parataxis: Arc<str> = Arc::from("parataxis");
    for sentence in &encoded.sentences {
        let mut first = None;
        let mut pieces = 0;
        for word in sentence.clone() {
            match encoded.words.get_mut(word) {
                Some(root) if root.head.is_none() => {
                    pieces += 1;
                    if first.is_some() {
                        (root.head, root.relation) = (first, parataxis.clone());
                    }
                    first = first.or(Some(word));
                }
                _ => {}
            }
        }
        if pieces > 1 {
            let span = encoded.words.get(sentence.clone()).and_then(cover);
            findings.push(Finding {
                code: FindingCode::LongSentence,
                span,
                message: format!("a sentence of {} words was read in {pieces} pieces", sentence.len()),
            });
        }
    }
    findings
}

/// Triggers that cannot stand beside what else was found: a name is no happening, and a verb whose object names the same
/// kind of happening ("reached an agreement") is one with it (decided case 1 of the ledger's format). Rules stand.
fn settle(encoded: &mut Encoded) {
    let (words, names) = (&encoded.words, &encoded.names);
    let kind = |t: &Trigger| t.types.first().map(|(kind, _)| kind.clone());
    let in_name = |t: &Trigger| {
        let at = names.partition_point(|name| name.words.end <= t.words.start);
        names.get(at).is_some_and(|name| name.words.start < t.words.end && !matches!(name.entity_type, EntityType::Weapon | EntityType::Facility))
    };
    let carried = |verb: &Trigger, all: &[Trigger]| {
        all.iter().any(|noun| {
            let object = words.get(noun.words.start).is_some_and(|w| w.head == Some(verb.words.start) && &*w.relation == "obj" && &*w.upos == "NOUN");
            object && kind(noun) == kind(verb)
        })
    };
    let kept = encoded.triggers.iter().filter(|t| t.rule.is_some() || !in_name(t) && !carried(t, &encoded.triggers)).cloned().collect();
    encoded.triggers = kept;
}

/// Words as they are before they are read.
fn unread(tokens: &[&[Span]]) -> Vec<Word> {
    let (upos, relation): (Arc<str>, Arc<str>) = (Arc::from("X"), Arc::from("dep"));
    tokens.concat().into_iter().map(|span| Word { span, upos: upos.clone(), head: None, relation: relation.clone() }).collect()
}

/// The words of each sentence.
fn ranges(tokens: &[&[Span]]) -> Vec<Range<usize>> {
    let mut next = 0;
    tokens
        .iter()
        .map(|sentence| {
            next += sentence.len();
            next - sentence.len()..next
        })
        .collect()
}

/// The span from the first to the last of some words.
pub(crate) fn cover(words: &[Word]) -> Option<Span> {
    Some(words.first()?.span.cover(words.last()?.span))
}

/// Decodes windows; holds the label lists in the form that decoding needs.
struct Reader<'a> {
    lists: &'a AttributionLists,
    name_bias: f32,
    upos: Vec<Arc<str>>,
    relations: Vec<Arc<str>>,
    entity: Tagset,
    cue: Tagset,
    time: Tagset,
    time_bias: f32,
    source: usize,
    content: usize,
    trigger: TriggerReader<'a>,
}

impl<'a> Reader<'a> {
    fn new(encoder: &Encoder, codebook: &'a Codebook) -> Self {
        let manifest = encoder.manifest();
        let tags = |head: &str| manifest.tags.get(head).map_or(&[][..], Vec::as_slice);
        let shared = |labels: &[String]| labels.iter().map(|label| Arc::from(label.as_str())).collect();
        let roles = manifest.links.get("attribution").map_or(&[][..], Vec::as_slice);
        let column = |name: &str| roles.iter().position(|role| role == name).unwrap_or(usize::MAX);
        Self {
            lists: &codebook.attribution,
            name_bias: codebook.entity.name_bias,
            upos: shared(tags("upos")),
            relations: shared(&manifest.relation),
            entity: Tagset::new(tags("entity")),
            cue: Tagset::new(tags("cue")),
            time: Tagset::new(tags("time")),
            time_bias: codebook.time.time_bias,
            source: column("source"),
            content: column("content"),
            trigger: TriggerReader::new(manifest, &codebook.event),
        }
    }

    /// Decodes the core of one window into the document.
    fn take(&self, scores: &WindowScores<'_>, text: &str, encoded: &mut Encoded) -> Result<(), EncoderError> {
        let (offset, core) = (scores.window.words.start, scores.window.core.clone());
        let parts: Vec<Range<usize>> = encoded
            .sentences
            .iter()
            .skip(encoded.sentences.partition_point(|s| s.end <= core.start))
            .take_while(|s| s.start < core.end)
            .map(|s| s.start.max(core.start) - offset..s.end.min(core.end) - offset)
            .collect();
        self.take_syntax(scores, &parts, encoded)?;
        let (entity, cue, time) = (scores.tags("entity")?, scores.tags("cue")?, scores.tags("time")?);
        let mut cues: Vec<Labelled> = Vec::new();
        for part in &parts {
            let rows = |matrix: &'_ _| part.clone().map(|word| hearsay_encoder::Matrix::row(matrix, word).to_vec()).collect::<Vec<_>>();
            for mut run in decode::spans(&slices(&rows(entity)), &self.entity, self.name_bias) {
                run.words = shift(&run.words, part.start + offset);
                if let Some(entity_type) = self.entity.types().get(run.kind).and_then(|name| EntityType::from_word(name)) {
                    encoded.names.push(Name { words: run.words, entity_type, score: run.score });
                }
            }
            for run in decode::spans(&slices(&rows(time)), &self.time, self.time_bias) {
                if let Some(time_type) = self.time.types().get(run.kind).and_then(|name| TimeType::from_word(name)) {
                    encoded.times.push(SeenTime { words: shift(&run.words, part.start + offset), time_type, score: run.score });
                }
            }
            for mut run in decode::spans(&slices(&rows(cue)), &self.cue, self.lists.cue_bias) {
                run.words = shift(&run.words, part.start);
                cues.push(run);
            }
        }
        let anchors: Vec<usize> = cues.iter().map(|run| run.words.start).collect();
        for (run, link) in cues.into_iter().zip(scores.link("attribution", &anchors)?) {
            let (source, content) = self.roles(&run.words, &link, offset);
            encoded.cues.push(Cue { words: shift(&run.words, offset), score: run.score, source, content });
        }
        let word = |n: usize| (encoded.word(offset + n, text), encoded.words.get(offset + n).map_or("", |w| &*w.upos));
        let (triggers, skips) = self.trigger.triggers(scores, &parts, word)?;
        encoded.triggers.extend(triggers);
        encoded.skips.extend(skips);
        Ok(())
    }

    /// Part of speech and trees of the sentences of a window (`parts`, in the window's numbering).
    fn take_syntax(&self, scores: &WindowScores<'_>, parts: &[Range<usize>], encoded: &mut Encoded) -> Result<(), EncoderError> {
        let offset = scores.window.words.start;
        let upos = scores.tags("upos")?;
        let mut columns = vec![0; scores.window.words.len()]; // heads in the numbering of the arcs' columns
        for part in parts {
            for (word, head) in part.clone().zip(decode::best_tree(&scores.arcs(part.clone()))) {
                columns[word] = head.map_or(0, |head| part.start + head + 1); // parts lie within the window
                if let Some(target) = encoded.words.get_mut(offset + word) {
                    target.head = head.map(|head| offset + part.start + head);
                    target.upos = best(upos.row(word)).and_then(|label| self.upos.get(label)).cloned().unwrap_or_else(|| target.upos.clone());
                }
            }
        }
        let relations = scores.relations(&columns)?;
        for word in parts.iter().cloned().flatten() {
            if let (Some(target), Some(label)) =
                (encoded.words.get_mut(offset + word), best(relations.row(word)).and_then(|label| self.relations.get(label)))
            {
                target.relation = label.clone();
            }
        }
        Ok(())
    }

    /// Source and content of a cue: the runs of words that the link head gives each.
    fn roles(&self, cue: &Range<usize>, link: &Link, offset: usize) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
        let count = link.scores.rows();
        let rows: Vec<&[f32]> = (0..count).map(|word| link.scores.row(word)).collect();
        let path = decode::smooth(&rows, link.scores.columns(), self.lists.link_change);
        let mut runs: [Vec<(Range<usize>, f32)>; 2] = [Vec::new(), Vec::new()];
        for (word, label) in path.into_iter().enumerate() {
            let role = if label == self.source {
                0
            } else if label == self.content {
                1
            } else {
                continue;
            };
            if cue.contains(&word) {
                continue;
            }
            let row = rows[word]; // one row a word
            let margin = row.get(label).copied().unwrap_or(0.0) - row.first().copied().unwrap_or(0.0);
            match runs[role].last_mut() {
                Some((run, sum)) if run.end == word => {
                    run.end = word + 1;
                    *sum += margin;
                }
                _ => runs[role].push((word..word + 1, margin)),
            }
        }
        let [mut source, content] = runs;
        // A source is one noun phrase: the surest run stands.
        source.sort_by(|a, b| b.1.total_cmp(&a.1));
        source.truncate(1);
        let strong = content.into_iter().filter(|(_, sum)| *sum >= self.lists.content_margin);
        (source.into_iter().map(|(run, _)| shift(&run, offset)).collect(), strong.map(|(run, _)| shift(&run, offset)).collect())
    }
}

fn slices(rows: &[Vec<f32>]) -> Vec<&[f32]> {
    rows.iter().map(Vec::as_slice).collect()
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Column of the highest score; the first of equals.
fn best(row: &[f32]) -> Option<usize> {
    row.iter()
        .enumerate()
        .fold(None, |top: Option<(usize, f32)>, (n, x)| if top.is_some_and(|(_, y)| y >= *x) { top } else { Some((n, *x)) })
        .map(|(n, _)| n)
}
