//! Reactions: somebody confirms, denies, doubts or claims a happening that somebody else tells of, in the same sentence
//! or after it ("Moscow rejected the claim", "an attack claimed by the group", "he called that a fabrication").

use hearsay_ledger::{Event, Span, Stance};

use crate::encode::cover;
use crate::page::Page;

/// Somebody's position on an event, found by the words that take it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reaction {
    /// Index of the event.
    pub(crate) event: usize,
    /// Who takes the position.
    pub(crate) source: Span,
    /// The position.
    pub(crate) stance: Stance,
}

/// The reactions of a document, in the order of their words.
pub(crate) fn reactions(page: &Page<'_>, events: &[Event]) -> Vec<Reaction> {
    (0..page.encoded.words.len()).filter(|n| page.upos(*n) == "VERB").flat_map(|verb| reactions_of(page, events, verb)).collect()
}

/// What a verb says of earlier or held events.
fn reactions_of(page: &Page<'_>, events: &[Event], verb: usize) -> Vec<Reaction> {
    let lists = &page.codebook.account;
    let word = page.word(verb);
    let negated = page.trees.children(verb).iter().any(|c| lists.negations.contains(page.word(*c)));
    let stance = match () {
        () if lists.denying.contains(word) && !negated => Stance::Denies,
        () if lists.confirming.contains(word) => if negated { Stance::Uncertain } else { Stance::Asserts },
        () if lists.claiming.contains(word) && !negated => Stance::Asserts,
        () if lists.doubting.contains(word) && !negated => Stance::Uncertain,
        () if lists.calling.contains(word) && calls_false(page, verb) => Stance::Denies,
        () => return Vec::new(),
    };
    let Some(source) = subject(page, verb) else { return Vec::new() };
    let claims = lists.claiming.contains(word);
    let targets = targets(page, events, verb, source, claims);
    targets.into_iter().map(|event| Reaction { event, source, stance }).collect()
}

/// Whether a verb of calling has a falsehood as its predicate.
fn calls_false(page: &Page<'_>, verb: usize) -> bool {
    let below = page.trees.phrase(verb, |child| page.trees.is(child, &["nsubj", "advcl", "conj", "parataxis", "punct"]));
    below.clone().any(|n| page.codebook.account.falsehoods.contains(page.word(n)))
}

/// Who does what a verb says: its subject or agent, else that of the verb it is joined to.
fn subject(page: &Page<'_>, verb: usize) -> Option<Span> {
    let trees = page.trees;
    let passive = trees.child(verb, &["nsubj:pass"]).is_some() || trees.is(verb, &["acl"]) && page.word(verb).ends_with("ed");
    let direct = if passive { trees.child(verb, &["obl:agent"]) } else { trees.child(verb, &["nsubj"]).filter(|s| !trees.is(*s, &["nsubj:pass"])) };
    let joined = || {
        let head = page.encoded.words.get(verb)?.head.filter(|_| trees.is(verb, &["conj", "xcomp", "advcl"]))?;
        trees.child(head, &["nsubj"])
    };
    let noun = direct.or_else(joined)?;
    let phrase = trees.phrase(noun, |child| trees.is(child, &["acl", "appos", "punct", "parataxis", "case", "conj"]));
    cover(page.encoded.words.get(phrase)?)
}

/// The events that a verb of position speaks of: those below it, else, where it only names a statement, the happening
/// told last before it.
fn targets(page: &Page<'_>, events: &[Event], verb: usize, source: Span, claims: bool) -> Vec<usize> {
    let (trees, lists) = (page.trees, &page.codebook.account);
    let object = trees.child(verb, &["obj", "ccomp", "xcomp", "nsubj:pass"]);
    let object = object.or_else(|| page.encoded.words.get(verb)?.head.filter(|_| trees.is(verb, &["acl"])));
    let Some(object) = object else { return Vec::new() };
    let at = |n: usize| events.iter().zip(&page.encoded.triggers).position(|(_, trigger)| trigger.words.contains(&n));
    if let Some(event) = at(object) {
        return if claims && !is_answerable(page, &events[event]) { Vec::new() } else { vec![event] };
    }
    let part = lists.parts.contains(page.word(object));
    let statement = lists.statements.contains(page.word(object));
    if !part && !statement {
        return Vec::new();
    }
    let below = trees.phrase(object, |child| trees.is(child, &["punct"]) || child == verb);
    let held: Vec<usize> = below.clone().filter(|n| *n > object).filter_map(at).filter(|event| is_answerable(page, &events[*event])).take(1).collect();
    if !held.is_empty() || claims && !part {
        return held;
    }
    // Nothing below the verb: the last happening before it that another tells of.
    let sentence = page.sentence_of(verb);
    events
        .iter()
        .zip(&page.encoded.triggers)
        .enumerate()
        .filter(|(_, (event, trigger))| trigger.words.end <= verb && sentence - event.sentence <= lists.reach && is_answerable(page, event))
        .filter(|(_, (event, _))| !event.trigger.overlaps(source))
        .map(|(n, _)| n)
        .last()
        .into_iter()
        .collect()
}

fn is_answerable(page: &Page<'_>, event: &Event) -> bool {
    page.codebook.account.answerable.contains(&event.event_type)
}
