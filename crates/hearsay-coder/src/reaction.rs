//! Reactions: somebody confirms, denies, doubts or claims a happening that somebody else tells of, in the same sentence
//! or after it ("Moscow rejected the claim", "an attack claimed by the group", "he called that a fabrication").

use hearsay_ledger::{Event, Span, Stance};

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
    /// The verb that takes it.
    pub(crate) verb: Span,
    /// The word for what was said, or for having a part in it, that led to the event.
    pub(crate) statement: Option<Span>,
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
        () if lists.confirming.contains(word) => {
            if negated {
                Stance::Uncertain
            } else {
                Stance::Asserts
            }
        }
        () if lists.claiming.contains(word) && !negated => Stance::Asserts,
        () if lists.doubting.contains(word) && !negated => Stance::Uncertain,
        () if lists.calling.contains(word) && calls_false(page, verb) => Stance::Denies,
        () => return Vec::new(),
    };
    let (Some(source), Some(object)) = (subject(page, verb), object(page, verb)) else { return Vec::new() };
    let claims = lists.claiming.contains(word);
    let statement = statement(page, events, object);
    let targets = match statement {
        Some(_) => told_of(page, events, verb, object, source, claims),
        None => event_at(page, events, object).filter(|event| !claims || is_answerable(page, &events[*event])).into_iter().collect(),
    };
    let span = |n: usize| page.encoded.words.get(n).map(|word| word.span);
    let statement = statement.and_then(span);
    let reaction = |(event, verb)| Reaction { event, source, stance, verb, statement };
    targets.into_iter().zip(span(verb)).map(reaction).collect()
}

/// Whether a verb of calling has a falsehood as its predicate.
fn calls_false(page: &Page<'_>, verb: usize) -> bool {
    let below = page.trees.phrase(verb, |child| page.trees.is(child, &["nsubj", "advcl", "conj", "parataxis", "punct"]));
    below.clone().any(|n| page.codebook.account.falsehoods.contains(page.word(n)))
}

/// Who does what a verb says: its subject or agent, else that of the verb it is joined to. "No one" is nobody.
fn subject(page: &Page<'_>, verb: usize) -> Option<Span> {
    let trees = page.trees;
    let passive = is_passive(page, verb);
    let agent = || {
        trees
            .child(verb, &["obl:agent"])
            .or_else(|| trees.children(verb).iter().copied().find(|c| trees.is(*c, &["obl"]) && has_case(page, *c, "by")))
    };
    let direct = if passive { agent() } else { trees.child(verb, &["nsubj"]).filter(|s| !trees.is(*s, &["nsubj:pass"])) };
    let joined = || {
        let head = page.encoded.words.get(verb)?.head.filter(|_| !passive && trees.is(verb, &["conj", "xcomp", "advcl"]))?;
        trees.child(head, &["nsubj"])
    };
    let noun = direct.or_else(joined)?;
    let phrase = trees.phrase(noun, |child| trees.is(child, &["acl", "appos", "punct", "parataxis", "case", "conj"]));
    let nobody =
        phrase.clone().any(|n| page.codebook.account.negations.contains(page.word(n)) || page.codebook.account.nobody.contains(page.word(n)));
    page.span(phrase).filter(|_| !nobody)
}

fn is_passive(page: &Page<'_>, verb: usize) -> bool {
    let trees = page.trees;
    trees.child(verb, &["nsubj:pass"]).is_some() || trees.is(verb, &["acl"]) && !trees.is(verb, &["acl:relcl"]) && page.word(verb).ends_with("ed")
}

fn has_case(page: &Page<'_>, noun: usize, word: &str) -> bool {
    page.trees.children(noun).iter().any(|c| page.trees.is(*c, &["case"]) && page.word(*c).eq_ignore_ascii_case(word))
}

/// What a verb of position speaks of: its object, or the noun that its clause describes.
fn object(page: &Page<'_>, verb: usize) -> Option<usize> {
    let trees = page.trees;
    let described = page.encoded.words.get(verb)?.head.filter(|_| trees.is(verb, &["acl"]));
    // "The attacks, which were claimed by": "which" stands for what the clause describes.
    let passed = trees.child(verb, &["nsubj:pass"]).and_then(|noun| if page.upos(noun) == "PRON" { described.or(Some(noun)) } else { Some(noun) });
    trees.child(verb, &["obj"]).or(passed).or_else(|| trees.child(verb, &["ccomp", "xcomp"])).or(described)
}

/// Whether a verb denies or claims a part in what its object names ("denied any role in the attack"), or speaks of what
/// was said: then the happening below it is told by somebody else.
pub(crate) fn speaks_of_part(page: &Page<'_>, verb: usize) -> bool {
    let lists = &page.codebook.account;
    let word = page.word(verb);
    lists.denying.contains(word) && object(page, verb).is_some_and(|o| lists.parts.contains(page.word(o)) || lists.statements.contains(page.word(o)))
}

/// The event whose trigger a word is part of.
fn event_at(page: &Page<'_>, events: &[Event], word: usize) -> Option<usize> {
    events.iter().zip(&page.encoded.triggers).position(|(_, trigger)| trigger.words.contains(&word))
}

/// The word for what was said, or for having a part in it, in what a verb of position speaks of.
fn statement(page: &Page<'_>, events: &[Event], object: usize) -> Option<usize> {
    let (trees, lists) = (page.trees, &page.codebook.account);
    let own = Some(object).filter(|n| lists.parts.contains(page.word(*n)) || lists.statements.contains(page.word(*n)));
    // "Denied it happened": a clause about a pronoun is a statement too.
    let pronoun = || trees.child(object, &["nsubj"]).filter(|subject| trees.is(object, &["ccomp"]) && lists.statements.contains(page.word(*subject)));
    own.or_else(|| pronoun().filter(|_| event_at(page, events, object).is_none()))
}

/// The events that a statement tells of: those below it, else the happening told last before it.
fn told_of(page: &Page<'_>, events: &[Event], verb: usize, object: usize, source: Span, claims: bool) -> Vec<usize> {
    let trees = page.trees;
    let part = page.codebook.account.parts.contains(page.word(object));
    let below = trees.phrase(object, |child| trees.is(child, &["punct"]) || child == verb);
    let at = |n: usize| event_at(page, events, n).filter(|event| is_answerable(page, &events[*event]));
    let held: Vec<usize> = below.clone().filter(|n| *n > object).filter_map(at).take(1).collect();
    if !held.is_empty() || claims && !part {
        return held;
    }
    told_before(page, events, verb, source).into_iter().collect()
}

/// The happening told last before a word: rather one that the source is said to have done.
fn told_before(page: &Page<'_>, events: &[Event], verb: usize, source: Span) -> Option<usize> {
    let sentence = page.sentence_of(verb);
    // What stands inside the subject's own phrase only says who the subject is.
    let own = page.encoded.words_in(source.start()..source.end());
    let describing = page.trees.head_of(&own).map_or(own, |head| page.trees.phrase(head, |child| page.trees.is(child, &["punct"])));
    let candidates: Vec<usize> = events
        .iter()
        .zip(&page.encoded.triggers)
        .enumerate()
        .filter(|(_, (event, trigger))| {
            trigger.words.end <= verb
                && !describing.contains(&trigger.words.start)
                && sentence - event.sentence <= page.codebook.account.reach
                && is_answerable(page, event)
        })
        .map(|(n, _)| n)
        .collect();
    let words: Vec<String> = page.phrase(source).split(' ').map(crate::incident::stem).filter(|w| w.len() > 3).collect();
    let done_by = |n: &usize| {
        events.get(*n).is_some_and(|e| e.actors.iter().any(|a| page.phrase(a.span).split(' ').map(crate::incident::stem).any(|w| words.contains(&w))))
    };
    candidates.iter().rev().copied().find(done_by).or_else(|| candidates.last().copied())
}

fn is_answerable(page: &Page<'_>, event: &Event) -> bool {
    page.codebook.account.answerable.contains(&event.event_type)
}
