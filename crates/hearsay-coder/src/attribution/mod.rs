//! Attributions: from cues with their sources and contents to records, with quotations carried to their end and
//! attributions nested in the content of others (PARC, Pareti 2012; `PolNeAR`, Newell et al. 2018).
//!
//! The encoder proposes the cues. What it was never shown, for its training texts mark no nesting, is read off the
//! dependency trees. Who a pronoun stands for is left to [`crate::entity`].

mod statement;

use std::ops::Range;

use hearsay_codebook::AttributionLists;
use hearsay_ledger::{Attribution, AttributionId, Span};

use crate::encode::{Encoded, cover};
use crate::page::Page;
use crate::segment::Segmentation;
use crate::syntax::Trees;

/// An attribution in words of the document, before it becomes a record.
#[derive(Clone, Debug)]
struct Draft {
    source: Vec<Range<usize>>,
    cue: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

/// The attributions of a document, in the order of the text.
#[must_use]
pub(crate) fn attributions(page: &Page<'_>) -> Vec<Attribution> {
    let (text, segmentation, encoded, trees, lists) = (page.text, page.segmentation, page.encoded, page.trees, &page.codebook.attribution);
    let mut drafts: Vec<Draft> = encoded
        .cues
        .iter()
        .filter(|cue| !cue.content.is_empty())
        .map(|cue| Draft { source: cue.source.clone(), cue: vec![cue.words.clone()], content: cue.content.clone() })
        .collect();
    for draft in &mut drafts {
        whole_sentences(draft, encoded, lists);
        noun_clause(draft, encoded, trees);
        whole_phrases(draft, encoded, trees, lists);
        relay(draft, text, encoded, trees, lists);
    }
    join_relays(&mut drafts, text, encoded, lists);
    let nested = nested(&drafts, text, encoded, trees, lists);
    carry_quotations(&mut drafts, segmentation, encoded);
    drafts.extend(nested);
    sign_quotations(&mut drafts, text, segmentation, encoded, lists);
    statement::carry_statements(page, &mut drafts);
    let comma = |n: usize| encoded.word(n, text) == ",";
    for draft in &mut drafts {
        tidy(draft);
        // A comma that only parts the content from what follows is no word of it.
        draft.content.iter_mut().filter(|run| run.len() > 1 && comma(run.end - 1)).for_each(|run| run.end -= 1);
    }
    drafts.retain(|draft| !draft.content.is_empty());
    drafts.sort_by_key(|draft| (start(draft), draft.cue.first().map(|c| c.start)));
    let within: Vec<Option<AttributionId>> = drafts.iter().enumerate().map(|(n, draft)| holder(n, draft, &drafts)).collect();
    drafts.into_iter().zip(within).enumerate().map(|(n, (draft, within))| record(n, &draft, within, segmentation, encoded)).collect()
}

/// In a sentence other than the cue's, content is all or nothing: what is reported beyond the cue's own sentence are
/// whole sentences. Inside the cue's sentence, small gaps between two runs close.
fn whole_sentences(draft: &mut Draft, encoded: &Encoded, lists: &AttributionLists) {
    let Some(cue) = draft.cue.first().cloned() else { return };
    let mut content = Vec::new();
    let (Some(first), Some(last)) = (draft.content.first(), draft.content.last()) else { return };
    let begin = encoded.sentences.partition_point(|s| s.end <= first.start);
    for sentence in encoded.sentences.iter().skip(begin).take_while(|s| s.start < last.end) {
        let inside: Vec<Range<usize>> =
            draft.content.iter().map(|run| run.start.max(sentence.start)..run.end.min(sentence.end)).filter(|run| run.start < run.end).collect();
        let held: usize = inside.iter().map(ExactSizeIterator::len).sum();
        if sentence.contains(&cue.start) {
            content.extend(inside);
        } else if held as f32 >= lists.sentence_share * sentence.len() as f32 {
            content.push(sentence.clone());
        }
    }
    let taken = |gap: &Range<usize>| draft.cue.iter().chain(&draft.source).any(|run| overlap(run, gap) > 0);
    let mut closed: Vec<Range<usize>> = Vec::new();
    for run in content {
        match closed.last_mut() {
            Some(before) if run.start - before.end <= lists.widest_gap && !taken(&(before.end..run.start)) => before.end = run.end,
            _ => closed.push(run),
        }
    }
    draft.content = closed;
}

/// What the network saw the greater part of is completed: a source to the beginning of the subject it ends, and
/// content to the end of the cue's sentence where only a word or two are left.
fn whole_phrases(draft: &mut Draft, encoded: &Encoded, trees: &Trees<'_>, lists: &AttributionLists) {
    let Some(cue) = draft.cue.first().cloned() else { return };
    let subject = cue.clone().find_map(|word| trees.child(word, &["nsubj"]));
    if let (Some(source), Some(subject)) = (draft.source.first_mut(), subject) {
        let phrase = trees.phrase(subject, |child| trees.is(child, &["acl", "appos", "punct", "parataxis"]));
        if phrase.start < source.start && source.end <= phrase.end && overlap(&phrase, &cue) == 0 {
            source.start = phrase.start;
        }
    }
    let sentence = encoded.sentences.iter().skip(encoded.sentences.partition_point(|s| s.end <= cue.start)).take(1);
    for (sentence, run) in sentence.zip(draft.content.last_mut()) {
        let end = (run.end..sentence.end).rev().find(|word| !trees.is(*word, &["punct"])).map_or(run.end, |word| word + 1);
        let rest = run.end..end;
        let free = draft.cue.iter().chain(&draft.source).all(|other| overlap(other, &rest) == 0);
        let plain = rest.clone().all(|word| !trees.is(word, &["punct"]));
        if run.start >= sentence.start && rest.len() <= lists.widest_gap && free && plain {
            run.end = end;
        }
    }
}

/// "The army's claim that the town had fallen was premature": what a noun reports ends with the clause it governs.
fn noun_clause(draft: &mut Draft, encoded: &Encoded, trees: &Trees<'_>) {
    let Some(noun) = draft.cue.first().and_then(|cue| trees.head_of(cue)).filter(|n| encoded.words.get(*n).is_some_and(|w| &*w.upos == "NOUN"))
    else {
        return;
    };
    let Some(clause) = trees.child(noun, &["acl", "ccomp"]) else { return };
    let phrase = trees.phrase(clause, |child| trees.is(child, &["punct"]));
    let reaches_past = |run: &Range<usize>| run.start >= phrase.start && run.start < phrase.end && run.end > phrase.end;
    if phrase.start > noun && draft.content.iter().any(reaches_past) {
        draft.content = vec![phrase];
    }
}

/// "Reuters quoted the army as saying": the source is the army, and the cue has two parts.
fn relay(draft: &mut Draft, text: &str, encoded: &Encoded, trees: &Trees<'_>, lists: &AttributionLists) {
    let word = |n: usize| encoded.word(n, text);
    let Some(verb) = draft.cue.first().and_then(|cue| cue.clone().find(|n| lists.relay_verbs.contains(word(*n)))) else { return };
    let Some(object) = trees.child(verb, &["obj"]) else { return };
    let phrase = trees.phrase(object, |child| trees.is(child, &["acl", "advcl", "punct"]));
    let end = phrase.end;
    if !word(end).eq_ignore_ascii_case("as") || !word(end + 1).to_ascii_lowercase().ends_with("ing") {
        return;
    }
    draft.content = subtract(&draft.content, &(phrase.start..end + 2));
    draft.source = vec![phrase];
    draft.cue.push(end..end + 2);
}

/// "The premier was quoted by the agency as saying": two cues of one source in one sentence are one cue in two parts.
fn join_relays(drafts: &mut Vec<Draft>, text: &str, encoded: &Encoded, lists: &AttributionLists) {
    let word = |n: usize| encoded.word(n, text);
    let quotes = |draft: &Draft| draft.cue.iter().cloned().flatten().any(|n| lists.relay_verbs.contains(word(n)));
    let as_saying = |draft: &Draft| match draft.cue.as_slice() {
        [cue] if cue.len() == 1 && cue.start > 0 && word(cue.start - 1).eq_ignore_ascii_case("as") => Some(cue.start - 1..cue.end),
        [cue] if cue.len() == 2 && word(cue.start).eq_ignore_ascii_case("as") => Some(cue.clone()),
        _ => None,
    };
    let mut n = 1;
    while n < drafts.len() {
        // `n` is at least 1 and below the length
        let (before, own) = (&drafts[n - 1], &drafts[n]);
        match as_saying(own).filter(|cue| quotes(before) && before.cue.iter().all(|c| cue.start - c.start < lists.relay_reach)) {
            Some(cue) => {
                let own = drafts.remove(n);
                let before = &mut drafts[n - 1];
                before.cue.push(cue);
                before.content.extend(own.content);
            }
            None => n += 1,
        }
    }
}

/// Attributions inside the content of others: a reporting verb with a subject and a clause of its own.
fn nested(drafts: &[Draft], text: &str, encoded: &Encoded, trees: &Trees<'_>, lists: &AttributionLists) -> Vec<Draft> {
    let contents: Vec<&Range<usize>> = drafts.iter().flat_map(|d| &d.content).collect();
    let cues: Vec<&Range<usize>> = drafts.iter().flat_map(|d| &d.cue).collect();
    let mut out = Vec::new();
    for (n, word) in encoded.words.iter().enumerate() {
        let reports = word.span.of(text).is_some_and(|w| lists.reporting_verbs.contains(w));
        if !reports || !contents.iter().any(|c| c.contains(&n)) || cues.iter().any(|c| c.contains(&n)) {
            continue;
        }
        let (Some(subject), Some(clause)) = (trees.child(n, &["nsubj"]), trees.child(n, &["ccomp", "xcomp"])) else { continue };
        // A pronoun inside what somebody says is most often the speaker, who is no new source.
        let spoken_by_pronoun = encoded.words.get(subject).is_some_and(|w| &*w.upos == "PRON");
        if spoken_by_pronoun || clause < n {
            continue;
        }
        let auxiliaries = trees.children(n).iter().copied().filter(|c| *c < n && trees.is(*c, &["aux"])).min().unwrap_or(n);
        let cue = if (auxiliaries..n).all(|w| w != subject) { auxiliaries..n + 1 } else { n..n + 1 };
        out.push(Draft {
            source: vec![trees.phrase(subject, |child| trees.is(child, &["punct"]))],
            cue: vec![cue],
            content: vec![trees.phrase(clause, |child| trees.is(child, &["punct"]) || child <= n)],
        });
    }
    out
}

/// A quotation that an attribution holds the greater part of, or the start of, is its content to the end: journalists
/// close a quotation of several paragraphs only once.
fn carry_quotations(drafts: &mut [Draft], segmentation: &Segmentation, encoded: &Encoded) {
    for quotation in &segmentation.quotations {
        let words = encoded.words_in(quotation.start()..quotation.end());
        if words.is_empty() {
            continue;
        }
        let share = |draft: &Draft| draft.content.iter().map(|c| overlap(c, &words)).sum::<usize>();
        let held: Vec<usize> = drafts.iter().map(share).collect();
        let speaks = |draft: &Draft| draft.cue.iter().any(|c| overlap(c, &words) > 0);
        // Several attributions inside one quotation are what its speaker says of others; leave them as they are.
        let mut holders = (0..drafts.len()).filter(|n| held[*n] > 0 && !speaks(&drafts[*n])); // as many shares as drafts
        let (Some(only), None) = (holders.next(), holders.next()) else { continue };
        if held[only] * 2 >= words.len() || drafts[only].content.iter().any(|c| c.contains(&words.start)) {
            let taken: Vec<Range<usize>> =
                drafts.iter().enumerate().filter(|(n, _)| *n != only).flat_map(|(_, d)| d.cue.iter().chain(&d.content).cloned()).collect();
            let mut rest = vec![words];
            for other in taken.iter().chain(&drafts[only].cue.clone()).chain(&drafts[only].source.clone()) {
                rest = subtract(&rest, other);
            }
            drafts[only].content.extend(rest);
        }
    }
}

/// "“We stay.” ― Ada Korin": a quotation with a dash and a name after it, up to the end of the line, is signed by it.
fn sign_quotations(drafts: &mut Vec<Draft>, text: &str, segmentation: &Segmentation, encoded: &Encoded, lists: &AttributionLists) {
    for quotation in &segmentation.quotations {
        let content = encoded.words_in(quotation.start()..quotation.end());
        let dash = content.end;
        let Some(sign) = encoded.words.get(dash).filter(|w| w.span.of(text).is_some_and(|w| lists.signing_dashes.iter().any(|dash| dash == w)))
        else {
            continue;
        };
        let line = text.get(sign.span.end()..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let signature = dash + 1..encoded.words_in(sign.span.end()..sign.span.end() + line.len()).end;
        let name = encoded.words.get(dash + 1).is_some_and(|w| &*w.upos == "PROPN");
        let known = |draft: &Draft| draft.content.iter().map(|c| overlap(c, &content)).sum::<usize>() * 2 >= content.len();
        if name && (1..=lists.longest_signature).contains(&signature.len()) && !drafts.iter().any(known) {
            let cue = dash..dash + 1;
            drafts.push(Draft { source: vec![signature], cue: vec![cue], content: vec![content] });
        }
    }
}

/// Runs in order, merged where they touch, and no word in two roles: the cue before the source before the content.
fn tidy(draft: &mut Draft) {
    draft.cue = merged(std::mem::take(&mut draft.cue));
    for cue in &draft.cue {
        draft.source = subtract(&draft.source, cue);
        draft.content = subtract(&draft.content, cue);
    }
    draft.source = merged(std::mem::take(&mut draft.source));
    for source in &draft.source {
        draft.content = subtract(&draft.content, source);
    }
    draft.content = merged(std::mem::take(&mut draft.content));
}

fn merged(mut runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    runs.sort_by_key(|run| (run.start, run.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for run in runs {
        match out.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => out.push(run),
        }
    }
    out
}

fn subtract(runs: &[Range<usize>], hole: &Range<usize>) -> Vec<Range<usize>> {
    runs.iter().flat_map(|run| [run.start..run.end.min(hole.start), run.start.max(hole.end)..run.end]).filter(|run| run.start < run.end).collect()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn start(draft: &Draft) -> usize {
    draft.source.iter().chain(&draft.cue).chain(&draft.content).map(|run| run.start).min().unwrap_or(0)
}

/// The smallest other attribution whose content holds this one's cue.
fn holder(own: usize, draft: &Draft, drafts: &[Draft]) -> Option<AttributionId> {
    let cue = draft.cue.first()?;
    drafts
        .iter()
        .enumerate()
        .filter(|(n, other)| *n != own && other.content.iter().any(|c| c.start <= cue.start && cue.end <= c.end))
        .min_by_key(|(_, other)| other.content.iter().map(ExactSizeIterator::len).sum::<usize>())
        .map(|(n, _)| AttributionId::at(n))
}

/// The attribution with the smallest content of those whose content holds a span.
pub(crate) fn innermost<'a>(attributions: impl IntoIterator<Item = &'a Attribution>, span: Span) -> Option<&'a Attribution> {
    attributions.into_iter().filter(|a| a.content.iter().any(|c| c.contains(span))).min_by_key(|a| a.content.iter().map(|c| c.len()).sum::<usize>())
}

fn record(n: usize, draft: &Draft, within: Option<AttributionId>, segmentation: &Segmentation, encoded: &Encoded) -> Attribution {
    let spans = |runs: &[Range<usize>]| -> Vec<Span> { runs.iter().filter_map(|run| cover(encoded.words.get(run.clone())?)).collect() };
    let content = spans(&draft.content);
    let quoted = content.iter().any(|span| {
        let next = segmentation.quotations.partition_point(|q| q.end() <= span.start());
        segmentation.quotations.get(next).is_some_and(|q| q.overlaps(*span))
    });
    Attribution { id: AttributionId::at(n), source: spans(&draft.source), source_entity: None, cue: spans(&draft.cue), content, quoted, within }
}
