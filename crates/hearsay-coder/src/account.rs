//! Accounts: whose word each event rests on, and who else takes a position on it ("Moscow rejected the claim", "an
//! attack claimed by the group"), also from another sentence.

use hearsay_ledger::{Account, AccountId, Attribution, Event, SourceRef, Span, Stance};

use crate::attribution;
use crate::encode::{Role, Trigger};
use crate::entity::Participants;
use crate::evidence::ReactionEvidence;
use crate::page::Page;
use crate::reaction::{self, Reaction};

/// The accounts of a document, in the order of their events, and the words by which reactions take their positions;
/// every event has at least one account.
#[must_use]
pub(crate) fn accounts(
    page: &Page<'_>,
    events: &[Event],
    attributions: &[Attribution],
    participants: &Participants,
) -> (Vec<Account>, Vec<ReactionEvidence>) {
    let mut out: Vec<(Account, Option<Reaction>)> = Vec::new();
    for (event, trigger) in events.iter().zip(&page.encoded.triggers) {
        let carrier = carrier(page, event, trigger, attributions);
        let stance = trigger.stances.first().map_or(Stance::Asserts, |(stance, _)| *stance);
        for source in each_source(page, carrier.source) {
            out.push((account(page, event, source, carrier.attribution, stance, participants), None));
        }
    }
    for reaction in reaction::reactions(page, events) {
        let event = &events[reaction.event]; // an index of the events
        let account = account(page, event, Some(reaction.source), None, reaction.stance, participants);
        if !out.iter().any(|(other, _)| same_source(page, other, &account)) {
            out.push((account, Some(reaction)));
        }
    }
    out.sort_by_key(|(account, _)| account.event); // stable: the first account of an event is that of the one who tells it
    out.dedup_by(|(b, _), (a, _)| a.event == b.event && a.source == b.source && a.stance == b.stance);
    number(out)
}

/// Gives the accounts their ids, and the words of reactions with them.
fn number(found: Vec<(Account, Option<Reaction>)>) -> (Vec<Account>, Vec<ReactionEvidence>) {
    let mut evidence = Vec::new();
    let numbered = found.into_iter().enumerate().map(|(n, (account, reaction))| {
        let id = AccountId::at(n);
        evidence.extend(reaction.map(|it| ReactionEvidence { account: id, verb: it.verb, statement: it.statement }));
        Account { id, ..account }
    });
    (numbered.collect(), evidence)
}

/// Whose word an event rests on.
#[derive(Clone, Copy, Debug, Default)]
struct Carrier<'a> {
    source: Option<Span>,
    attribution: Option<&'a Attribution>,
}

/// Nobody in particular, where the event hangs on "reports"; else the source that the network surely ties to a trigger
/// inside a content; else that of the innermost attribution whose content holds it; else what the network sees; else
/// nobody, which is the narrator. Whoever is "I" there is named by the attribution around it.
fn carrier<'a>(page: &Page<'_>, event: &Event, trigger: &Trigger, attributions: &'a [Attribution]) -> Carrier<'a> {
    let held = attribution::innermost(attributions.iter().filter(|a| !only_answers(page, a) && !only_topic(page, a)), event.trigger);
    let filler = trigger.roles.iter().filter(|filler| filler.role == Role::Source).max_by(|a, b| a.score.total_cmp(&b.score));
    let seen = filler.and_then(|filler| page.span(filler.words.clone()));
    let carrier = match (held, seen) {
        _ if unowned(page, trigger, held).is_some() => Carrier { source: unowned(page, trigger, held), attribution: held },
        (Some(_), Some(span)) if filler.is_some_and(|f| f.score >= page.codebook.account.sure_source) => {
            Carrier { source: Some(span), attribution: held }
        }
        (Some(attribution), _) if !attribution.source.is_empty() => Carrier { source: attribution.source.first().copied(), attribution: held },
        (_, seen) => Carrier { source: seen, attribution: held },
    };
    speaker(page, carrier.source, attributions)
        .map_or(carrier, |around| Carrier { source: around.source.first().copied(), attribution: Some(around) })
}

/// The attribution that says who "I" or "we" is, where a source is no more than that.
fn speaker<'a>(page: &Page<'_>, source: Option<Span>, attributions: &'a [Attribution]) -> Option<&'a Attribution> {
    let speaks = |span: Span| page.codebook.actor.words.speaker.contains(&page.phrase(span));
    let source = source.filter(|span| speaks(*span))?;
    let named = attributions.iter().filter(|a| a.source.first().is_some_and(|span| !speaks(*span)));
    attribution::innermost(named, source)
}

/// Whether an attribution only names what is spoken about ("commented on the bombing").
fn only_topic(page: &Page<'_>, attribution: &Attribution) -> bool {
    let words = |span: &Span| page.encoded.words_in(span.start()..span.end());
    let topical = attribution.cue.iter().flat_map(words).any(|n| page.codebook.account.topical.contains(page.word(n)));
    let clause = || attribution.content.first().map(words).and_then(|words| page.trees.head_of(&words)).is_some_and(|head| page.upos(head) == "VERB");
    topical && !attribution.quoted && !clause()
}

/// "Reports that ..." by nobody in particular, on which a trigger hangs inside the content that holds it.
fn unowned(page: &Page<'_>, trigger: &Trigger, held: Option<&Attribution>) -> Option<Span> {
    let mut word = trigger.words.start;
    for _ in 0..4 {
        if !page.trees.is(word, &["acl", "nmod", "conj", "compound", "obj", "nsubj", "ccomp", "obl"]) {
            return None;
        }
        word = page.encoded.words.get(word)?.head?;
        let noun = page.encoded.words.get(word)?;
        if &*noun.upos == "NOUN" && page.codebook.account.unowned.contains(page.word(word)) {
            let owned = page.trees.children(word).iter().any(|c| page.trees.is(*c, &["nmod:poss", "compound", "amod"]) && page.upos(*c) != "ADJ");
            let inside = held.is_none_or(|a| a.content.iter().any(|content| content.contains(noun.span)));
            return (!owned && inside).then_some(noun.span);
        }
    }
    None
}

/// Whether an attribution is an answer to what somebody else tells ("denied any role in the attack"): the happening in it
/// is not its source's tale.
fn only_answers(page: &Page<'_>, attribution: &Attribution) -> bool {
    attribution.cue.iter().any(|cue| page.encoded.words_in(cue.start()..cue.end()).any(|n| reaction::speaks_of_part(page, n)))
}

/// "The Observatory and activists" are two sources; nobody is one, the narrator.
fn each_source(page: &Page<'_>, source: Option<Span>) -> Vec<Option<Span>> {
    source.map_or_else(|| vec![None], |span| page.coordinated(span).into_iter().map(Some).collect())
}

/// Whether two accounts are of one event and from one source.
fn same_source(page: &Page<'_>, a: &Account, b: &Account) -> bool {
    a.event == b.event
        && match (a.source, b.source, a.source_span.zip(b.source_span)) {
            (SourceRef::Entity(x), SourceRef::Entity(y), _) => x == y,
            (_, _, Some((x, y))) => x.overlaps(y) || page.phrase(x).eq_ignore_ascii_case(&page.phrase(y)),
            _ => false,
        }
}

fn account(
    page: &Page<'_>,
    event: &Event,
    source: Option<Span>,
    carrier: Option<&Attribution>,
    stance: Stance,
    participants: &Participants,
) -> Account {
    let whole = carrier.and_then(|a| a.source.first().copied());
    let source_ref = match source {
        None => SourceRef::Narrator,
        Some(span) if whole == Some(span) => carrier.and_then(|a| a.source_entity).map_or(SourceRef::Phrase(span), SourceRef::Entity),
        Some(span) => participants.named(page, span).map_or(SourceRef::Phrase(span), SourceRef::Entity),
    };
    Account {
        id: AccountId::at(0), // numbered when all are there
        event: event.id,
        source: source_ref,
        source_span: source,
        attribution: carrier.map(|a| a.id),
        stance,
        via: None,
    }
}
