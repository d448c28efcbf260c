//! Snapshots of the reading of hand-made ledgers, on narrow and wide pages.

#![allow(clippy::unwrap_used)]

use hearsay_coder::Sides;
use hearsay_ledger::{
    Account, AccountId, Argument, Attribution, AttributionId, Date, Dispute, DisputeAbout, DisputeId, Document, Entity, EntityId, EntityType, Event,
    EventId, Ledger, Quantity, SourceRef, Span, Stance, TruceKind, TruceTerm, TruceTermId,
};
use unicode_width::UnicodeWidthStr as _;

use super::{Page, Palette, render};

const TEXT: &str = "Shells fell on the market of Elmford on Monday. \
    “We saw two aircraft,” said Ada Brook, a doctor at the town's only working hospital, “and then the roof was gone.” \
    The Northland Ministry of Defence rejected the claim that its jets had been over the town. \
    The Morning Courier quoted the Southland army as saying that the rebels had shelled their own side. \
    He added that talks would go on. \
    It was reported that the truce would begin at midnight.";

/// The span of the `nth` (from 1) place where `phrase` stands in the text.
fn span(phrase: &str, nth: usize) -> Span {
    let (start, found) = TEXT.match_indices(phrase).nth(nth - 1).unwrap();
    Span::new(start, start + found.len()).unwrap()
}

fn document() -> Document {
    Document {
        id: "elmford-1".to_owned(),
        title: Some("Market in Elmford hit as talks near their end".to_owned()),
        publisher: Some("The Harbour Post".to_owned()),
        published: Some(Date::constant(2016, 2, 16)),
        url: None,
        language: Some("en".to_owned()),
        text: TEXT.to_owned(),
    }
}

struct Said<'p> {
    source: &'p [&'p str],
    entity: Option<usize>,
    cue: &'p [&'p str],
    content: &'p [&'p str],
    quoted: bool,
    within: Option<usize>,
}

fn attribution(index: usize, it: &Said) -> Attribution {
    let spans = |phrases: &[&str]| phrases.iter().map(|phrase| span(phrase, 1)).collect();
    Attribution {
        id: AttributionId::at(index),
        source: spans(it.source),
        source_entity: it.entity.map(EntityId::at),
        cue: spans(it.cue),
        content: spans(it.content),
        quoted: it.quoted,
        within: it.within.map(AttributionId::at),
    }
}

fn entity(index: usize, name: &str, mention: &str) -> Entity {
    let mentions = vec![span(mention, 1)];
    Entity { id: EntityId::at(index), name: name.to_owned(), entity_type: EntityType::Organization, country: None, sector: None, mentions }
}

#[rustfmt::skip]
fn ledger() -> Ledger {
    let said = [
        Said {
            source: &["Ada Brook, a doctor at the town's only working hospital,"], entity: Some(0), cue: &["said"],
            content: &["We saw two aircraft,", "and then the roof was gone."], quoted: true, within: None,
        },
        Said {
            source: &["The Northland Ministry of Defence"], entity: Some(1), cue: &["rejected"],
            content: &["the claim that its jets had been over the town"], quoted: false, within: None,
        },
        Said {
            source: &["The Morning Courier"], entity: Some(2), cue: &["quoted"],
            content: &["the Southland army as saying that the rebels had shelled their own side"], quoted: false, within: None,
        },
        Said {
            source: &["the Southland army"], entity: None, cue: &["as saying"],
            content: &["that the rebels had shelled their own side"], quoted: false, within: Some(2),
        },
        Said { source: &["He"], entity: Some(1), cue: &["added"], content: &["that talks would go on"], quoted: false, within: None },
        Said { source: &[], entity: None, cue: &["was reported"], content: &["that the truce would begin at midnight"], quoted: false, within: None },
    ];
    let starts = ["Shells", "“We", "The Northland", "The Morning", "He added", "It was"].map(|start| TEXT.find(start).unwrap());
    let ends = starts[1..].iter().map(|next| next - 1).chain([TEXT.len()]);
    let sentences = starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end).unwrap()).collect();
    Ledger {
        sentences,
        entities: vec![
            entity(0, "Ada Brook", "Ada Brook"),
            entity(1, "Northland Ministry of Defence", "Northland Ministry of Defence"),
            entity(2, "The Morning Courier", "The Morning Courier"),
        ],
        attributions: said.iter().enumerate().map(|(index, it)| attribution(index, it)).collect(),
        ..Ledger::default()
    }
}

/// The same ledger with an event that is disputed, and a truce term.
fn full_ledger() -> Ledger {
    let account = |index: usize, entity: usize, stance: Stance| Account {
        id: AccountId::at(index),
        event: EventId::at(0),
        source: SourceRef::Entity(EntityId::at(entity)),
        source_span: None,
        attribution: None,
        stance,
        via: (index == 0).then(|| EntityId::at(2)),
    };
    Ledger {
        events: vec![Event {
            id: EventId::at(0),
            event_type: "ASSAULT".to_owned(),
            mode: Some("aerial".to_owned()),
            cameo: None,
            trigger: span("fell", 1),
            actors: vec![Argument { span: span("two aircraft", 1), entity: None }],
            recipients: vec![Argument { span: span("the market of Elmford", 1), entity: None }],
            place: None,
            time: None,
            killed: Some(Quantity { low: Some(20), high: None }),
            injured: None,
            displaced: None,
            sentence: 0,
        }],
        accounts: vec![account(0, 0, Stance::Asserts), account(1, 1, Stance::Denies)],
        disputes: vec![Dispute { id: DisputeId::at(0), about: DisputeAbout::Actor, accounts: vec![AccountId::at(0), AccountId::at(1)] }],
        truce_terms: vec![TruceTerm {
            id: TruceTermId::at(0),
            kind: TruceKind::Announcement,
            by: vec![EntityId::at(1)],
            with: vec![],
            effective: Some("2016-02-17".to_owned()),
            until: None,
            conditions: vec![span("that talks would go on", 1)],
            sentence: 5,
            source: SourceRef::Narrator,
        }],
        ..ledger()
    }
}

fn reading(ledger: &Ledger, width: usize) -> String {
    let out = render(&document(), ledger, &Sides::default(), "articles/elmford.txt", Page { width, palette: Palette::Plain });
    for line in out.lines() {
        assert!(line.width() <= width, "wider than {width}: {line:?}");
        assert_eq!(line, line.trim_end(), "white space at the end of a line");
    }
    out
}

#[test]
fn narrow_page() {
    insta::assert_snapshot!(reading(&ledger(), 40));
}

#[test]
fn usual_page() {
    insta::assert_snapshot!(reading(&ledger(), 80));
}

#[test]
fn wide_page() {
    insta::assert_snapshot!(reading(&ledger(), 120));
}

#[test]
fn events_disputes_and_truce_terms_have_sections() {
    insta::assert_snapshot!(reading(&full_ledger(), 80));
}

#[test]
fn nothing_found() {
    insta::assert_snapshot!(reading(&Ledger::default(), 80));
}

#[test]
fn colour_adds_styles_and_nothing_else() {
    let coloured = render(&document(), &full_ledger(), &Sides::default(), "articles/elmford.txt", Page { width: 80, palette: Palette::Colour });
    assert!(coloured.contains("\u{1b}[1mThe Northland Ministry of Defence\u{1b}[0m"));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), reading(&full_ledger(), 80));
}

#[test]
fn attributions_that_hold_one_another_are_all_shown() {
    let mut ring = ledger();
    ring.attributions[0].within = Some(AttributionId::at(1));
    ring.attributions[1].within = Some(AttributionId::at(0));
    ring.attributions[4].within = Some(AttributionId::at(4));
    ring.attributions[5].within = Some(AttributionId::at(99));
    let shown = reading(&ring, 80);
    for cue in ["said", "rejected", "quoted", "as saying", "added", "was reported"] {
        assert!(shown.contains(&format!("· {cue}")), "{cue}");
    }
}

#[test]
fn nothing_in_a_document_can_steer_the_terminal() {
    let bad = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}b";
    let mut document = document();
    document.text = TEXT.replacen("its jets", "\u{1b}[2J\u{7}\r ", 1);
    (document.title, document.publisher, document.id) = (Some(bad.to_owned()), Some(bad.to_owned()), bad.to_owned());
    let out = render(&document, &full_ledger(), &Sides::default(), bad, Page { width: 80, palette: Palette::Plain });
    assert!(out.contains("a␛]0;x␇\u{fffd}2J\u{fffd}b"));
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()));
}
