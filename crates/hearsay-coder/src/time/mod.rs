//! Time expressions: recognised by a grammar of their own and by the network, and resolved to TIMEX3 values
//! (`TimeML` 1.2.1, Pustejovsky et al. 2003) against the day of the text.

mod clause;
mod context;
mod feast;
mod grammar;
mod meaning;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;

use hearsay_ledger::{Date, Time, TimeId, TimeType};

use crate::evidence::Anchor;
use crate::page::Page;
use context::Mentions;
use grammar::Grammar;
use meaning::{Meaning, Pointer, Year};
use value::Anchors;

/// A time expression as the network sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenTime {
    /// Its words.
    pub words: Range<usize>,
    /// Its TIMEX3 type.
    pub time_type: TimeType,
    /// Probability of its words' tags, 0 to 1.
    pub score: f32,
}

/// The time expressions of a document, in the order of the text, and what each value was counted from. `published` is the
/// day of the text.
#[must_use]
pub(crate) fn times(page: &Page<'_>, published: Option<Date>) -> (Vec<Time>, Vec<Anchor>) {
    let lists = &page.codebook.time;
    let mut out: Vec<Time> = Vec::new();
    let mut counted_from = Vec::new();
    let mut mentions = Mentions::default();
    let today = published.or_else(|| own_date(page));
    for sentence in &page.encoded.sentences {
        let words = grammar_words(page, sentence);
        let grammar = Grammar { words: &words, lists };
        mentions.next_sentence();
        let mut at = 0;
        while at < words.len() {
            let first = sentence.start + at;
            let (kind, value, anchor, words) = if let Some((meaning, words)) = read(page, &grammar, sentence.start, at) {
                let back = clause::looks_back(page, first);
                let anchors = Anchors {
                    today,
                    published: published.is_some(),
                    mentions,
                    future: !back && clause::future(page, first..words.end),
                    near_days: if back { 0 } else { lists.near_days },
                    quarter_reach: lists.quarter_reach,
                };
                let (kind, counted) = value::value(&meaning, &anchors);
                let (value, anchor) = counted.map_or((None, Anchor::None), |(value, anchor)| (Some(value), anchor));
                if let Some(value) = &value {
                    mentions.note(&meaning, value, today);
                }
                (kind, value, anchor, words)
            } else if let Some(seen) = only_seen(page, &grammar, sentence, at) {
                (seen.time_type, None, Anchor::None, seen.words.clone())
            } else {
                at += 1;
                continue;
            };
            at = (words.end - sentence.start).max(at + 1);
            if let Some(span) = page.span(words) {
                out.push(Time { id: TimeId::at(out.len()), span, time_type: kind, value });
                counted_from.push(anchor);
            }
        }
    }
    (out, counted_from)
}

/// The words of a sentence as the grammar reads them: in lower case, and "mid-" cut off ("mid-November").
fn grammar_words(page: &Page<'_>, sentence: &Range<usize>) -> Vec<String> {
    let plain = |word: String| match word.strip_prefix("mid-") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => word,
    };
    sentence.clone().map(|n| plain(page.word(n).to_lowercase())).collect()
}

/// The date that a text without a day of publication gives itself, in its first sentence.
fn own_date(page: &Page<'_>) -> Option<Date> {
    let words = grammar_words(page, page.encoded.sentences.first()?);
    let grammar = Grammar { words: &words, lists: &page.codebook.time };
    (0..words.len()).find_map(|at| match grammar.expression(at)?.0 {
        Meaning::Date { year: Some(Year::Of(y)), month: Some(m), day: Some(d), .. } => Date::new(y, m, d).ok(),
        _ => None,
    })
}

/// What the grammar reads at a word of a sentence that starts at word `start`, with its words in the document.
fn read(page: &Page<'_>, grammar: &Grammar<'_>, start: usize, at: usize) -> Option<(Meaning, Range<usize>)> {
    let (meaning, end) = grammar.expression(at)?;
    let words = start + at..start + end;
    // "The two-day visit": the article belongs to the visit.
    if words.len() > 1
        && page.upos(words.start) == "DET"
        && heads_ahead(page, words.start, words.end)
        && let Some(inner) = read(page, grammar, start, at + 1)
    {
        // Left to the next word.
        return (inner.1.end < words.end).then_some((meaning, words)).filter(|(meaning, words)| stands(page, meaning, words));
    }
    let meaning = match meaning {
        // "Mondays attack", without its apostrophe.
        Meaning::EachWeekday { day, part: None } if lacks_apostrophe(page, &words) => Meaning::Weekday { day, pointer: Pointer::Bare },
        other => other,
    };
    stands(page, &meaning, &words).then_some((meaning, words))
}

/// Whether a weekday that ends in "s" belongs to the noun after it, rather than recurs.
fn lacks_apostrophe(page: &Page<'_>, words: &Range<usize>) -> bool {
    let on = words.start.checked_sub(1).is_some_and(|n| page.word(n).eq_ignore_ascii_case("on"));
    words.len() == 1 && !on && matches!(page.upos(words.end), "NOUN" | "PROPN" | "ADJ" | "VERB" | "NUM")
}

/// Whether the word that a word depends on stands at `end` or after it.
fn heads_ahead(page: &Page<'_>, word: usize, end: usize) -> bool {
    page.encoded.words.get(word).and_then(|w| w.head).is_some_and(|head| head >= end)
}

/// Whether what the grammar takes for an expression is one here: words that are also others must not be those.
fn stands(page: &Page<'_>, meaning: &Meaning, words: &Range<usize>) -> bool {
    let lists = &page.codebook.time;
    let first = page.word(words.start);
    let upos = page.upos(words.start);
    let opens = page.encoded.sentences.iter().any(|s| s.start == words.start);
    let before = words.start.checked_sub(1).filter(|_| !opens);
    let lower: Vec<String> = words.clone().map(|n| page.word(n).to_lowercase()).collect();
    if lists.unsure.contains(&lower)
        && !page.encoded.times.iter().any(|t| t.score >= lists.least_unsure && t.words.start < words.end && words.start < t.words.end)
    {
        return false;
    }
    match meaning {
        // "May" and "March" without a day, a year or a capital are other words.
        Meaning::Date { year: None, day: None, pointer: Pointer::Bare, .. } => {
            words.len() > 1 || upos == "PROPN" || first.contains(char::is_uppercase) && upos != "AUX" && upos != "VERB" && !opens
        }
        Meaning::Date { year: None, day: None, .. } => page.word(words.end.saturating_sub(1)).contains(char::is_uppercase),
        // A number of four figures that counts something is no year.
        Meaning::Date { year: Some(_), month: None, .. } => {
            let last = words.end.saturating_sub(1);
            let counts = page.trees.is(last, &["nummod"])
                && page.encoded.words.get(last).and_then(|w| w.head).is_some_and(|h| h == last + 1 && page.word(h).ends_with('s'));
            let money = before.is_some_and(|n| matches!(page.word(n), "$" | "£" | "€"));
            !counts && !money
        }
        // "Future" and "recent" alone only where they modify a noun; "soon" not in "as soon as".
        Meaning::Fixed(value) => {
            !(value.ends_with("_REF")
                && words.len() == 1
                && (matches!(upos, "VERB" | "PROPN") || before.is_some_and(|n| page.word(n).eq_ignore_ascii_case("as"))))
        }
        // A title ("This Week"), but for headlines in capitals.
        Meaning::Unit { .. } => {
            !words.clone().skip(1).any(|n| page.word(n).starts_with(char::is_uppercase) && page.word(n).contains(char::is_lowercase))
        }
        // "500 dollars a year" is a rate.
        Meaning::Length { .. } => {
            !(matches!(lower.first().map(String::as_str), Some("a" | "an")) && before.is_some_and(|n| matches!(page.upos(n), "NOUN" | "NUM" | "SYM")))
        }
        _ => true,
    }
}

/// The expression that only the network sees at a word of a sentence.
fn only_seen<'a>(page: &Page<'a>, grammar: &Grammar<'_>, sentence: &Range<usize>, at: usize) -> Option<&'a SeenTime> {
    let first = sentence.start + at;
    let seen = page.encoded.times.iter().find(|t| t.words.start == first && t.score >= page.codebook.time.least_score)?;
    let end = seen.words.end.checked_sub(sentence.start)?;
    let overlaps = || (at + 1..end).any(|n| grammar.expression(n).is_some());
    (seen.words.end <= sentence.end && !overlaps()).then_some(seen)
}
