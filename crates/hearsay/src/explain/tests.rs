//! The page of an explanation made by hand, with every kind of block.

#![allow(clippy::unwrap_used)]

use hearsay_ledger::{DisputeAbout, Stance};
use unicode_width::UnicodeWidthStr as _;

use super::model::{
    Account, Carrier, CountedFrom, DayKind, Dispute, DocumentName, Explanation, FORMAT, Incident, Join, Losses, Note, Passage, RecordName, Sentence,
    Side, Telling, Time, TruceTerm, Unused, Weight,
};
use super::page;
use crate::reading::{Page, Palette};

fn words(text: &str) -> Passage {
    Passage { span: [0, text.len()], text: text.to_owned() }
}

fn record(id: &str, name: &str) -> RecordName {
    RecordName { id: id.to_owned(), name: name.to_owned() }
}

fn reaction() -> Account {
    Account {
        id: "c2".to_owned(),
        event: record("v1", "shelling"),
        event_sentence: 0,
        source: "Northland".to_owned(),
        source_entity: Some("e1".to_owned()),
        source_sentence: Some(1),
        stance: Stance::Denies,
        via: Some(record("e2", "The Morning Courier")),
        carrier: Carrier::Reaction,
        attribution: None,
        probability: None,
        words: vec![words("rejected"), words("report")],
    }
}

fn telling(id: &str, sentence: usize, killed: u64) -> Telling {
    Telling {
        event: record(id, "shelling"),
        sentence,
        event_type: "ASSAULT".to_owned(),
        mode: Some("heavy-weapons".to_owned()),
        actors: vec!["the army".to_owned()],
        place: Some("Elmford".to_owned()),
        time: Some("2016-02-15".to_owned()),
        losses: vec![Losses { kind: "killed", low: Some(killed), high: Some(killed), words: vec![] }],
    }
}

fn sentence() -> Sentence {
    Sentence {
        sentence: 1,
        passage: words("Northland rejected the report of the shelling, and offered a truce."),
        names: vec![],
        times: vec![Time {
            id: "t1".to_owned(),
            passage: words("the next day"),
            time_type: "DATE",
            value: Some("2016-02-16".to_owned()),
            counted_from: Some(CountedFrom { kind: DayKind::Mentioned, day: "2016-02-15".to_owned() }),
            probability: None,
        }],
        attributions: vec![],
        unused: vec![
            Unused { kind: "cue", passage: words("report"), probability: Some(0.4321), reason: Some("no content is tied to it".to_owned()) },
            Unused {
                kind: "event",
                passage: words("drill"),
                probability: None,
                reason: Some("the rule `drill` of event.toml:1 says that it is none".to_owned()),
            },
        ],
        events: vec![],
        reactions: vec![reaction()],
        truce_terms: vec![TruceTerm {
            id: "r1".to_owned(),
            kind: "counter_proposal",
            by: vec![record("e1", "Northland")],
            with: vec![],
            effective: Some("2016-02-17".to_owned()),
            until: None,
            conditions: vec![words(&"if the guns fall silent ".repeat(12))],
            source: "the narrator".to_owned(),
            words: vec![words("truce"), words("offered")],
            stance_of: Some("v3".to_owned()),
        }],
        incidents: vec![Incident {
            id: "i1".to_owned(),
            events: vec![telling("v1", 0, 20), telling("v4", 6, 35)],
            joins: vec![Join {
                earlier: "v1".to_owned(),
                later: "v4".to_owned(),
                probability: 0.91,
                evidence: vec![Weight { name: "same_lemma".to_owned(), weight: 1.25 }, Weight { name: "other_losses".to_owned(), weight: -0.5 }],
            }],
        }],
        disputes: vec![Dispute {
            id: "d1".to_owned(),
            about: DisputeAbout::Losses,
            reason: "the numbers that they give exclude each other",
            incident: Some("i1".to_owned()),
            sides: vec![
                Side { account: "c1".to_owned(), source: "the narrator".to_owned(), stance: Stance::Asserts, event: telling("v1", 0, 20) },
                Side { account: "c5".to_owned(), source: "the army".to_owned(), stance: Stance::Asserts, event: telling("v4", 6, 35) },
            ],
        }],
        notes: vec![Note { code: "unresolved-source", message: "nothing before “He” that it could stand for".to_owned() }],
    }
}

fn explanation(sentence: Sentence) -> Explanation {
    let document =
        DocumentName { id: "elmford-1".to_owned(), file: "wire.jsonl".to_owned(), title: None, publisher: None, published: None, sentence_count: 9 };
    Explanation { format: FORMAT, document, sentences: vec![sentence] }
}

fn page(sentence: Sentence, width: usize) -> String {
    let out = page::render(&explanation(sentence), Page { width, palette: Palette::Plain });
    for line in out.lines() {
        assert!(line.width() <= width, "wider than {width}: {line:?}");
    }
    out
}

#[test]
fn every_kind_of_block_has_its_evidence() {
    let page = page(sentence(), 80);
    // Where lines end is not looked at here.
    let dense = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for block in [
        "s2 Northland rejected the report",
        "Positions on events of other sentences account c2 · Northland denies it · v1 in s1: shelling · via The Morning Courier · by a reaction in s2: “rejected … report”",
        "Times t1 the next day · 2016-02-16 · DATE · by the grammar alone · counted from 2016-02-15, mentioned before",
        "Truce term r1 · counter proposal words truce … offered · by the stance of v3 by Northland · e1 from 2016-02-17 condition",
        "Incident i1 · 2 events that tell of one happening v1 s1 shelling · ASSAULT (heavy-weapons) · by the army · in Elmford · 2016-02-15 · 20 killed v4",
        "joined v4 with v1 0.91 · same lemma +1.25 · other losses -0.50",
        "Dispute d1 · how many were lost reason the numbers that they give exclude each other · they speak of one happening (i1)",
        "c5 the army asserts it · v4 · s7 shelling",
        "Seen, but in no record cue report 0.43 · no content is tied to it event drill · the rule `drill` of event.toml:1 says that it is none",
        "Notes note nothing before “He” that it could stand for [unresolved-source]",
    ] {
        assert!(dense.contains(block), "{block:?} is not in\n{page}");
    }
    let condition = page.lines().skip_while(|line| !line.contains("condition")).take(3).collect::<String>();
    assert!(condition.contains(" … ") && page.matches("if the guns").count() < 12, "a long passage is shown without its middle");
}

#[test]
fn a_sentence_without_records_says_so() {
    let bare = Sentence {
        times: vec![],
        reactions: vec![],
        truce_terms: vec![],
        incidents: vec![],
        disputes: vec![],
        unused: vec![],
        notes: vec![],
        ..sentence()
    };
    assert!(page(bare, 60).ends_with("\n\nNo record rests on this sentence.\n"));
}

#[test]
fn pages_may_be_narrow() {
    page(sentence(), 40);
}

#[test]
fn json_spells_words_as_the_ledger_does() {
    let json = serde_json::to_value(explanation(sentence())).unwrap();
    let sentence = &json["sentences"][0];
    assert_eq!((&sentence["disputes"][0]["about"], &sentence["reactions"][0]["carrier"]), (&"losses".into(), &"reaction".into()));
    assert_eq!(sentence["reactions"][0]["stance"], "denies");
}
