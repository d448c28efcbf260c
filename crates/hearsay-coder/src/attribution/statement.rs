//! Statements without quotation marks: what follows a paragraph "The minister said:" to its end, and what stands after the
//! name of a speaker in brackets, as transcripts and monitored broadcasts have it.

use std::ops::Range;

use super::{Draft, overlap, subtract};
use crate::page::Page;

/// No phrase that ends a statement has more words.
const LONGEST_END: usize = 8;

/// Carries each announced statement to its end: into the attribution that announces it, or a new one.
pub(super) fn carry_statements(page: &Page<'_>, drafts: &mut Vec<Draft>) {
    let sentences = &page.segmentation.sentences;
    let mut n = 0;
    while n < sentences.len() {
        let announced = announcement(page, drafts, n).or_else(|| speaker(page, n));
        let Some(Announced { draft, body, spoken }) = announced else {
            n += 1;
            continue;
        };
        let end = (body.sentence..sentences.len()).find(|next| *next > n && ends(page, drafts, *next, spoken)).unwrap_or(sentences.len());
        let last = end.checked_sub(1).and_then(|last| page.encoded.sentences.get(last)).map_or(body.word, |words| words.end);
        if body.word < last && (spoken || first_person(page, body.word..last)) {
            take(page, drafts, draft, body.word..last);
            n = end.max(n + 1);
        } else {
            n += 1;
        }
    }
}

/// Where a statement begins: its sentence and its first word.
struct Body {
    sentence: usize,
    word: usize,
}

struct Announced {
    draft: Draft,
    body: Body,
    /// Whether a speaker's name in brackets announced it.
    spoken: bool,
}

/// A sentence that ends its paragraph with a colon after a cue, and has a paragraph without quotation marks after it.
fn announcement(page: &Page<'_>, drafts: &[Draft], n: usize) -> Option<Announced> {
    let (own, next) = (page.segmentation.sentences.get(n)?, page.segmentation.sentences.get(n + 1)?);
    let words = page.encoded.sentences.get(n)?.clone();
    let quoted = page.segmentation.quotations.iter().any(|quotation| quotation.overlaps(next.span));
    if own.paragraph == next.paragraph || quoted || words.len() < 2 || page.word(words.end - 1) != ":" {
        return None;
    }
    let lists = &page.codebook.attribution;
    let verb = words.clone().rev().find(|w| lists.reporting_verbs.contains(page.word(*w)))?;
    let known = drafts.iter().rfind(|draft| draft.cue.iter().any(|cue| cue.contains(&verb)));
    let seen = || {
        let cue = page.encoded.cues.iter().rfind(|cue| cue.words.contains(&verb))?;
        Some(Draft { source: cue.source.clone(), cue: vec![cue.words.clone()], content: Vec::new() })
    };
    let plain = || {
        let subject = page.trees.child(verb, &["nsubj"])?;
        let source = page.trees.phrase(subject, |child| page.trees.is(child, &["punct"]));
        let cue = verb..verb + 1;
        Some(Draft { source: vec![source], cue: vec![cue], content: Vec::new() })
    };
    let draft = known.cloned().or_else(seen).or_else(plain)?;
    Some(Announced { draft, body: Body { sentence: n + 1, word: words.end }, spoken: false })
}

/// `[Name]` at the head of a sentence: a speaker, with the bracket that closes as the cue.
fn speaker(page: &Page<'_>, n: usize) -> Option<Announced> {
    let words = page.encoded.sentences.get(n)?.clone();
    let lists = &page.codebook.attribution;
    let mut at = words.start;
    loop {
        if page.word(at) != "[" {
            return None;
        }
        let close = (at + 1..words.end.min(at + 2 + lists.longest_signature)).find(|w| page.word(*w) == "]")?;
        let inside = at + 1..close;
        let remark = inside.clone().any(|w| lists.transcript_remarks.contains(page.word(w)));
        let name = !inside.is_empty() && inside.clone().all(|w| page.upos(w) == "PROPN" && page.word(w).starts_with(char::is_uppercase));
        if name && !remark {
            let cue = close..close + 1;
            let draft = Draft { source: vec![inside], cue: vec![cue], content: Vec::new() };
            return Some(Announced { draft, body: Body { sentence: n, word: close + 1 }, spoken: true });
        }
        // "[Begin recording]" stands before the name.
        at = close + 1;
        if !remark || at >= words.end {
            return None;
        }
    }
}

/// Whether a statement is over where a sentence begins: the next is announced, a recording ends, or notes follow.
fn ends(page: &Page<'_>, drafts: &[Draft], n: usize, spoken: bool) -> bool {
    let Some(words) = page.encoded.sentences.get(n) else { return true };
    let lists = &page.codebook.attribution;
    let opening: Vec<String> = words.clone().take(LONGEST_END).map(|w| page.word(w).to_lowercase()).collect();
    let opening: Vec<&str> = opening.iter().map(String::as_str).collect();
    lists.statement_ends.at(&opening).is_some() || speaker(page, n).is_some() || !spoken && announcement(page, drafts, n).is_some()
}

fn first_person(page: &Page<'_>, mut words: Range<usize>) -> bool {
    let lists = &page.codebook.actor.words;
    words.any(|w| page.upos(w) == "PRON" && lists.speaker.contains(page.word(w)))
}

/// Gives a statement to its attribution; what other attributions hold of it stays theirs too, nested in it.
fn take(page: &Page<'_>, drafts: &mut Vec<Draft>, draft: Draft, body: Range<usize>) {
    let remarks = remarks(page, body.clone());
    let content = remarks.iter().fold(vec![body], |runs, remark| subtract(&runs, remark));
    let own = |other: &Draft| other.cue.iter().any(|cue| draft.cue.iter().any(|c| overlap(cue, c) > 0));
    match drafts.iter_mut().find(|other| own(other)) {
        Some(known) => known.content.extend(content),
        None => drafts.push(Draft { content, ..draft }),
    }
}

/// What stands in brackets inside a statement: "[end recording]".
fn remarks(page: &Page<'_>, body: Range<usize>) -> Vec<Range<usize>> {
    let lists = &page.codebook.attribution;
    let opens: Vec<usize> = body.clone().filter(|w| page.word(*w) == "[").collect();
    let closed = opens.into_iter().filter_map(|open| {
        let close = (open + 1..body.end.min(open + 2 + lists.longest_signature)).find(|w| page.word(*w) == "]")?;
        (open + 1..close).any(|w| lists.transcript_remarks.contains(page.word(w))).then_some(open..close + 1)
    });
    closed.collect()
}
