//! Losses: how many were killed, injured and displaced, and by which event (decided case 9 of the ledger's format).
//!
//! A word of loss is tied to those who suffered it by its place in the dependency tree, and to the event that its clause
//! tells of.

use std::ops::Range;

use hearsay_ledger::{EventId, Quantity};

use crate::encode::{Role, Trigger};
use crate::evidence::{LossEvidence, LossKind};
use crate::page::Page;
use crate::quantity::quantity;

/// The losses of one event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Losses {
    /// Number killed.
    pub(crate) killed: Option<Quantity>,
    /// Number injured.
    pub(crate) injured: Option<Quantity>,
    /// Number displaced.
    pub(crate) displaced: Option<Quantity>,
}

impl Losses {
    fn of(&mut self, kind: LossKind) -> &mut Option<Quantity> {
        match kind {
            LossKind::Killed => &mut self.killed,
            LossKind::Injured => &mut self.injured,
            LossKind::Displaced => &mut self.displaced,
        }
    }
}

/// What a word of loss says was suffered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Killed,
    Injured,
    Displaced,
    Casualties,
}

impl Kind {
    /// What a number of it counts: casualties are told apart only where there were none.
    fn counts(self, number: Quantity) -> &'static [LossKind] {
        match self {
            Self::Killed => &[LossKind::Killed],
            Self::Injured => &[LossKind::Injured],
            Self::Displaced => &[LossKind::Displaced],
            Self::Casualties if number.high == Some(0) => &[LossKind::Killed, LossKind::Injured],
            Self::Casualties => &[],
        }
    }
}

/// The losses of each trigger of a document, in the order of the triggers, and the words they were read from.
pub(crate) fn losses(page: &Page<'_>) -> (Vec<Losses>, Vec<LossEvidence>) {
    let triggers = &page.encoded.triggers;
    let mut out = vec![Losses::default(); triggers.len()];
    let mut evidence = Vec::new();
    for sentence in &page.encoded.sentences {
        let here = triggers.partition_point(|t| t.words.start < sentence.start)..triggers.partition_point(|t| t.words.start < sentence.end);
        for word in sentence.clone() {
            let Some(kind) = kind_of(page, word) else { continue };
            let Some(event) = event_of(page, word, kind, here.clone()) else { continue };
            let Some(number) =
                suffered(page, word, kind).or_else(|| recipients(page, &triggers[event], word)).or_else(|| beside(page, word, sentence))
            else {
                continue;
            };
            for kind in kind.counts(number) {
                let known = out[event].of(*kind); // `event` is the index of a trigger, and there is one entry each
                if known.is_none() {
                    *known = Some(number);
                    evidence.extend(page.encoded.words.get(word).map(|word| LossEvidence {
                        event: EventId::at(event),
                        kind: *kind,
                        word: word.span,
                    }));
                }
            }
        }
    }
    (out, evidence)
}

fn kind_of(page: &Page<'_>, word: usize) -> Option<Kind> {
    let lists = &page.codebook.losses;
    let letters = page.word(word);
    if lists.killed.contains(letters) {
        Some(Kind::Killed)
    } else if lists.injured.contains(letters) {
        Some(Kind::Injured)
    } else if lists.displaced.contains(letters) {
        Some(Kind::Displaced)
    } else if lists.casualties.contains(letters) {
        Some(Kind::Casualties)
    } else {
        None
    }
}

/// The event a word of loss belongs to: the trigger it is part of, else the nearest harmful one in the tree of its sentence.
fn event_of(page: &Page<'_>, word: usize, kind: Kind, here: Range<usize>) -> Option<usize> {
    let (triggers, lists) = (&page.encoded.triggers, &page.codebook.losses);
    let among = |types: &[String], name: &str| types.iter().any(|of| of == name);
    let harmful = |n: &usize| {
        let of_type = triggers.get(*n).and_then(|t| t.types.first());
        of_type.is_some_and(|(name, _)| among(&lists.harmful, name) || kind == Kind::Displaced && among(&lists.moving, name))
    };
    let all: Vec<usize> = here.filter(harmful).collect();
    if let Some(own) = all.iter().copied().find(|n| triggers[*n].words.contains(&word)) {
        return Some(own);
    }
    let path = ancestors(page, word);
    all.into_iter().min_by_key(|n| {
        let trigger = &triggers[*n].words;
        let above = path.iter().position(|w| trigger.contains(w));
        let below = ancestors(page, trigger.start).iter().position(|w| *w == word);
        (above.or(below).unwrap_or(usize::MAX), trigger.start.abs_diff(word))
    })
}

/// The words above a word in its tree, from itself up.
fn ancestors(page: &Page<'_>, word: usize) -> Vec<usize> {
    let mut out = vec![word];
    let mut node = word;
    // A tree has no cycles, but it costs nothing to be sure.
    while let Some(head) = page.encoded.words.get(node).and_then(|w| w.head).filter(|head| !out.contains(head)) {
        out.push(head);
        node = head;
    }
    out
}

/// How many suffered what a word of loss says, by those it is said of.
fn suffered(page: &Page<'_>, word: usize, kind: Kind) -> Option<Quantity> {
    let trees = page.trees;
    let head = page.encoded.words.get(word)?.head;
    let counted = matches!(page.upos(word), "NOUN") && !trees.is(word, &["amod"]);
    if counted || kind == Kind::Casualties {
        if let Some(of) = trees.child(word, &["nmod"]).filter(|_| page.word(word).eq_ignore_ascii_case("lives") || singular_noun(page, word))
            && let Some(number) = number_of(page, of)
        {
            return Some(number);
        }
        return numbered(page, word).or_else(|| trees.child(word, &["nsubj"]).and_then(|noun| number_of(page, noun)));
    }
    let passive = trees.child(word, &["nsubj:pass"]);
    let object = trees.child(word, &["obj"]);
    let subject = trees.child(word, &["nsubj"]).filter(|s| !trees.is(*s, &["nsubj:pass"]) && object.is_none());
    let described = head.filter(|_| trees.is(word, &["acl", "amod"]) && object.is_none());
    let governed =
        head.filter(|h| page.codebook.losses.governing.contains(page.word(*h))).and_then(|h| trees.child(h, &["obj"])).filter(|o| *o != word);
    // "Killed and wounded": the second shares what the first is said of.
    let shared = head.filter(|_| trees.is(word, &["conj"]) && object.is_none() && passive.is_none() && subject.is_none());
    object
        .or(passive)
        .or(governed)
        .or(described)
        .or(subject)
        .and_then(|noun| number_of(page, noun))
        .or_else(|| numbered(page, word))
        .or_else(|| shared.filter(|h| kind_of(page, *h) == Some(kind)).and_then(|h| suffered(page, h, kind)))
}

/// The number of a noun and of those it is joined to: "two soldiers and a child" are three.
fn number_of(page: &Page<'_>, noun: usize) -> Option<Quantity> {
    let first = numbered(page, noun).or_else(|| single(page, noun))?;
    let joined =
        page.trees.children(noun).iter().copied().filter(|c| page.trees.is(*c, &["conj"]) && matches!(page.upos(*c), "NOUN" | "PROPN" | "NUM"));
    joined.map(|c| numbered(page, c).or_else(|| single(page, c))).try_fold(first, |sum, next| add(sum, next?))
}

fn add(a: Quantity, b: Quantity) -> Option<Quantity> {
    Some(Quantity { low: a.low.zip(b.low).map(|(x, y)| x + y), high: a.high.zip(b.high).map(|(x, y)| x + y) })
        .filter(|q| q.low.is_some() || q.high.is_some())
}

/// The number written before a noun, or the noun itself where it is a number. "A total of 54 people" counts the people.
fn numbered(page: &Page<'_>, noun: usize) -> Option<Quantity> {
    let lists = &page.codebook.losses;
    if lists.totals.contains(page.word(noun)) {
        return page.trees.child(noun, &["nmod", "nummod"]).and_then(|of| numbered(page, of));
    }
    let skip = |child: usize| child > noun || page.trees.is(child, &["acl", "punct", "conj", "nsubj", "cop", "aux", "advcl"]);
    let phrase = page.trees.phrase(noun, skip);
    // What bounds a number may hang elsewhere in the tree: it is looked for in the words before.
    let before = phrase.start.saturating_sub(lists.longest_bound());
    let start = before.max(page.encoded.sentences.get(page.sentence_of(noun)).map_or(0, |s| s.start));
    let words: Vec<String> = (start..=noun).map(|n| page.word(n).to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (0..words.len()).find_map(|at| {
        let (number, taken) = quantity(words.get(at..)?, lists)?;
        // "A" and "the" alone are left to `single`, which looks at the noun.
        let article = taken == 1 && matches!(words.get(at), Some(&"a" | &"an"));
        (!article && start + at + taken > phrase.start).then_some(number)
    })
}

/// The number that stands beside a word of loss, where the tree does not tell: "killing 8", "8 persons killed 58 others
/// injured".
fn beside(page: &Page<'_>, word: usize, sentence: &Range<usize>) -> Option<Quantity> {
    let lists = &page.codebook.losses;
    let lower: Vec<String> = sentence.clone().map(|n| page.word(n).to_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    let own = word - sentence.start;
    let article = |at: usize, taken: usize| taken == 1 && matches!(words.get(at), Some(&"a" | &"an" | &"one"));
    let after = || {
        quantity(words.get(own + 1..)?, lists).filter(|(_, taken)| !article(own + 1, *taken) || page.upos(word) == "VERB").map(|(number, _)| number)
    };
    let before = || {
        (own.saturating_sub(lists.number_reach)..own).find_map(|at| {
            let (number, taken) = quantity(words.get(at..)?, lists)?;
            // Between the number and the word of loss stand only those it counts, and helpers of the verb.
            let plain = (sentence.start + at + taken..word).all(|n| {
                matches!(page.upos(n), "NOUN" | "PROPN" | "ADJ" | "AUX" | "ADV" | "PRON") && kind_of(page, n).is_none() && page.word(n) != ","
            });
            (plain && !article(at, taken)).then_some(number)
        })
    };
    if matches!(page.upos(word), "NOUN") { before() } else { after().or_else(before) }
}

/// One, where a noun stands for one being: a name, or a noun in the singular.
fn single(page: &Page<'_>, noun: usize) -> Option<Quantity> {
    let one = Quantity { low: Some(1), high: Some(1) };
    let several = page.trees.children(noun).iter().any(|c| page.trees.is(*c, &["nummod"]));
    let person = (matches!(page.upos(noun), "PROPN") || singular_noun(page, noun)) && !page.codebook.losses.totals.contains(page.word(noun));
    (person && !several).then_some(one)
}

/// Whether a word is a noun in the singular with an article or a possessor before it.
fn singular_noun(page: &Page<'_>, noun: usize) -> bool {
    let word = page.word(noun).to_lowercase();
    let marked = page.trees.children(noun).iter().any(|c| {
        let letters = page.word(*c).to_lowercase();
        page.trees.is(*c, &["det"]) && matches!(letters.as_str(), "a" | "an" | "the" | "one" | "another" | "this" | "that")
            || page.trees.is(*c, &["nmod:poss"])
    });
    let plural = word.ends_with('s') && !word.ends_with("ss") || page.codebook.entity.plurals.contains(&word);
    matches!(page.upos(noun), "NOUN") && marked && !plural
}

/// The number of the recipients that the network saw, for a trigger that is itself the word of loss.
fn recipients(page: &Page<'_>, trigger: &Trigger, word: usize) -> Option<Quantity> {
    if !trigger.words.contains(&word) {
        return None;
    }
    let heads = trigger.roles.iter().filter(|f| f.role == Role::Recipient).filter_map(|f| page.trees.head_of(&f.words));
    heads.map(|noun| numbered(page, noun).or_else(|| single(page, noun))).reduce(|sum, next| add(sum?, next?)).flatten()
}
