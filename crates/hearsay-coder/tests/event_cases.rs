//! The literate cases of events, accounts, disputes, truce terms and incidents (`cases/events/*.md`): each short text
//! must give exactly the lines that stand below it. `cases/README.md` tells how the lines are written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hearsay_coder::Codebook;
use hearsay_ledger::{
    Account, Argument, Dispute, DisputeAbout, EntityId, Event, EventId, Incident, Ledger, Quantity, SourceRef, Span, Stance, TruceKind, TruceTerm,
};

/// Fewest cases that there must be.
const FEWEST: usize = 120;

/// A ledger in the form of the cases.
struct Lines<'l> {
    text: &'l str,
    ledger: &'l Ledger,
}

impl Lines<'_> {
    /// A line for each record: events, accounts, disputes, truce terms, incidents.
    fn all(&self) -> String {
        let ledger = self.ledger;
        let events = ledger.events.iter().map(|event| self.event(event));
        let accounts = ledger.accounts.iter().map(|account| self.account(account));
        let disputes = ledger.disputes.iter().map(|dispute| self.dispute(dispute));
        let truce_terms = ledger.truce_terms.iter().map(|term| self.truce_term(term));
        let incidents = ledger.incidents.iter().map(|incident| self.incident(incident));
        events.chain(accounts).chain(disputes).chain(truce_terms).chain(incidents).collect::<Vec<_>>().join("\n")
    }

    fn event(&self, event: &Event) -> String {
        let mut out = format!("event {}", event.event_type);
        if let Some(mode) = &event.mode {
            write!(out, "/{mode}").unwrap();
        }
        write!(out, " {}", self.trigger(event.id)).unwrap();
        let mut arguments =
            |role: &str, arguments: &[Argument]| arguments.iter().for_each(|a| write!(out, " {role} {}", self.words(a.span)).unwrap());
        arguments("actor", &event.actors);
        arguments("recipient", &event.recipients);
        if let Some(place) = event.place.and_then(|id| self.ledger.places.get(id.index())) {
            write!(out, " place {}", self.words(place.span)).unwrap();
        }
        if let Some(time) = event.time.and_then(|id| self.ledger.times.get(id.index())) {
            write!(out, " time {}", time.value.as_deref().unwrap_or("?")).unwrap();
        }
        for (name, quantity) in [("killed", event.killed), ("injured", event.injured), ("displaced", event.displaced)] {
            if let Some(quantity) = quantity {
                write!(out, " {name} {}", shown(quantity)).unwrap();
            }
        }
        out
    }

    fn account(&self, account: &Account) -> String {
        let mut out = format!("account {} by {} {}", self.trigger(account.event), self.holder(account), account.stance.as_str());
        if let Some(via) = account.via {
            write!(out, " via {}", self.name(via)).unwrap();
        }
        out
    }

    fn dispute(&self, dispute: &Dispute) -> String {
        let accounts = dispute.accounts.iter().filter_map(|id| self.ledger.accounts.get(id.index()));
        let sides: Vec<_> = accounts.map(|a| format!("{} {}", self.trigger(a.event), self.holder(a))).collect();
        format!("dispute {}: {}", dispute.about.as_str(), sides.join(" × "))
    }

    fn truce_term(&self, term: &TruceTerm) -> String {
        let mut out = format!("truce {}", term.kind.as_str());
        for (role, parties) in [("by", &term.by), ("with", &term.with)] {
            for party in parties {
                write!(out, " {role} {}", self.party(*party, term.sentence)).unwrap();
            }
        }
        for (name, day) in [("from", &term.effective), ("until", &term.until)] {
            if let Some(day) = day {
                write!(out, " {name} {day}").unwrap();
            }
        }
        for span in &term.conditions {
            write!(out, " condition {}", self.words(*span)).unwrap();
        }
        match term.source {
            SourceRef::Narrator => {}
            SourceRef::Entity(id) => write!(out, " source {}", self.party(id, term.sentence)).unwrap(),
            SourceRef::Phrase(span) => write!(out, " source {}", self.words(span)).unwrap(),
        }
        out
    }

    fn incident(&self, incident: &Incident) -> String {
        let events: Vec<_> = incident.events.iter().map(|id| self.trigger(*id)).collect();
        format!("incident {}", events.join(" + "))
    }

    /// The event word; the second event of the same word is `"strike"#2`.
    fn trigger(&self, id: EventId) -> String {
        let word = |event: &Event| event.trigger.of(self.text).unwrap().to_owned();
        let events = self.ledger.events.get(..=id.index()).unwrap_or(&[]);
        let own = events.last().map(word).unwrap_or_default();
        match events.iter().filter(|event| word(event) == own).count() {
            0 | 1 => format!("\"{own}\""),
            n => format!("\"{own}\"#{n}"),
        }
    }

    /// Whose account it is, in the words of the text.
    fn holder(&self, account: &Account) -> String {
        match (account.source, account.source_span) {
            (SourceRef::Narrator, _) => "narrator".to_owned(),
            (_, Some(span)) | (SourceRef::Phrase(span), None) => self.words(span),
            (SourceRef::Entity(id), None) => self.name(id),
        }
    }

    /// A party as its sentence calls it, else by its name.
    fn party(&self, id: EntityId, sentence: usize) -> String {
        let sentence = self.ledger.sentences.get(sentence);
        let mentions = self.ledger.entities.get(id.index()).map(|entity| entity.mentions.as_slice()).unwrap_or_default();
        let here = mentions.iter().find(|mention| sentence.is_some_and(|s| s.contains(**mention)));
        here.map_or_else(|| self.name(id), |span| self.words(*span))
    }

    fn name(&self, id: EntityId) -> String {
        format!("\"{}\"", self.ledger.entities.get(id.index()).map(|entity| entity.name.as_str()).unwrap_or_default())
    }

    fn words(&self, span: Span) -> String {
        format!("\"{}\"", span.of(self.text).unwrap())
    }
}

/// `25` for exactly so many, `20..` for at least, `..30` for at most, `20..30` for between.
fn shown(quantity: Quantity) -> String {
    let bound = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    if quantity.low == quantity.high { bound(quantity.low) } else { format!("{}..{}", bound(quantity.low), bound(quantity.high)) }
}

/// Whether both are the same lines, where white space does not count, nor an article before a party of a truce or a relay:
/// those are entities, whose names go without one.
fn same(found: &str, expected: &str) -> bool {
    let plain = |line: &str| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let roles: &[&str] = if line.starts_with("truce ") { &["by", "with", "source"] } else { &["via"] };
        roles.iter().fold(line, |line, role| without_articles(&line, role))
    };
    found.lines().map(plain).eq(expected.lines().map(plain))
}

fn without_articles(line: &str, role: &str) -> String {
    let articles = ["the", "The", "a", "A", "an", "An"];
    articles.into_iter().fold(line.to_owned(), |line, article| line.replace(&format!("{role} \"{article} "), &format!("{role} \"")))
}

#[test]
fn every_case_is_read_as_it_should_be() {
    common::check(&common::cases("events"), |case, ledger| Lines { text: &case.text, ledger }.all(), same);
}

/// An expectation with a misspelt word, type or mode would be open for ever.
#[test]
fn what_is_expected_can_be_found() {
    let codebook = Codebook::embedded().unwrap();
    for case in common::cases("events") {
        for line in case.expected.lines() {
            if let Some((event_type, mode)) = line.strip_prefix("event ").and_then(|rest| rest.split(' ').next()?.split_once('/')) {
                let known = codebook.event.modes(event_type).iter().any(|m| m == mode);
                assert!(known, "{}: {}: {event_type} has no mode {mode}", case.file, case.name);
            }
            for quoted in line.split('"').skip(1).step_by(2) {
                assert!(case.text.contains(quoted), "{}: {}: not in the text: {quoted}", case.file, case.name);
            }
        }
    }
}

#[test]
fn the_cases_cover_every_type_mode_stance_dispute_and_truce_term() {
    let cases = common::cases("events");
    assert!(cases.len() >= FEWEST, "only {} cases", cases.len());
    let lines: Vec<&str> = cases.iter().flat_map(|case| case.expected.lines()).collect();
    let first_words = |kind: &str| -> BTreeSet<&str> {
        let of_kind = lines.iter().filter_map(|line| line.strip_prefix(kind));
        of_kind.filter_map(|rest| rest.split([' ', ':']).next()).collect()
    };
    let (happenings, about, kinds) = (first_words("event "), first_words("dispute "), first_words("truce "));
    let stances: BTreeSet<&str> = lines
        .iter()
        .filter(|line| line.starts_with("account "))
        .flat_map(|line| line.split(' '))
        .filter(|w| Stance::from_word(w).is_some())
        .collect();
    let codebook = Codebook::embedded().unwrap();
    let modes = codebook.event.types().flat_map(|name| codebook.event.modes(name).iter().map(move |mode| format!("{name}/{mode}")));
    let missing: Vec<String> = codebook
        .event
        .types()
        .filter(|name| !happenings.iter().any(|h| h.split('/').next() == Some(name)))
        .map(str::to_owned)
        .chain(modes.filter(|mode| !happenings.contains(mode.as_str())))
        .chain(DisputeAbout::ALL.iter().map(|a| a.as_str()).filter(|a| !about.contains(a)).map(str::to_owned))
        .chain(TruceKind::ALL.iter().map(|k| k.as_str()).filter(|k| !kinds.contains(k)).map(str::to_owned))
        .chain(Stance::ALL.iter().map(|s| s.as_str()).filter(|s| !stances.contains(s)).map(str::to_owned))
        .collect();
    assert!(missing.is_empty(), "no case of {missing:?}");
}
