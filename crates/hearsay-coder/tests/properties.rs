//! What holds for the ledger of any text whatever.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::LazyLock;

use hearsay_coder::{Resources, read};
use hearsay_ledger::{Document, Ledger, Span};
use proptest::prelude::*;

static RESOURCES: LazyLock<Resources> = LazyLock::new(|| Resources::embedded().unwrap());

fn document(text: &str) -> Document {
    Document { id: "x".into(), title: None, publisher: None, published: None, url: None, language: None, text: text.into() }
}

/// Pieces of reporting and of what breaks readers, in any order.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("The ministry said on Monday that ".to_owned()),
        Just("“We will not leave,” ".to_owned()),
        Just("He added: \"No strike took place.".to_owned()),
        Just(" according to Col. Haddad, ".to_owned()),
        Just(" early on Friday, May 5, after two days of the year-ago quarter ".to_owned()),
        Just(".\n\n".to_owned()),
        Just("Reuters quoted the army as saying ".to_owned()),
        Just("é\u{301}\u{200f}\u{0}\t".to_owned()),
        "\\PC{0,12}",
        "[a-z ]{0,40}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn check(text: &str, ledger: &Ledger) {
    let holds = |span: &Span| span.of(text).is_some();
    let ordered = |spans: &[Span]| spans.iter().all(holds) && spans.windows(2).all(|w| w[0].end() <= w[1].start());
    assert!(ordered(&ledger.sentences));
    for (n, attribution) in ledger.attributions.iter().enumerate() {
        assert_eq!(attribution.id.index(), n);
        assert!(!attribution.cue.is_empty() && !attribution.content.is_empty());
        let mut all: Vec<Span> = [&attribution.source, &attribution.cue, &attribution.content]
            .into_iter()
            .inspect(|role| assert!(ordered(role)))
            .flatten()
            .copied()
            .collect();
        all.sort();
        assert!(ordered(&all), "no byte is in two roles of one attribution");
        assert!(attribution.source_entity.is_none_or(|id| ledger.entities.get(id.index()).is_some_and(|e| e.id == id)));
        assert!(attribution.within.is_none_or(|id| id.index() < ledger.attributions.len() && id != attribution.id));
    }
    assert!(ordered(&ledger.times.iter().map(|time| time.span).collect::<Vec<_>>()));
    for (n, entity) in ledger.entities.iter().enumerate() {
        assert_eq!(entity.id.index(), n);
        assert!(!entity.mentions.is_empty() && ordered(&entity.mentions));
    }
    assert!(ledger.entities.windows(2).all(|w| w[0].mentions[0] <= w[1].mentions[0]), "entities stand in the order of the text");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_span_lies_in_the_text_and_every_id_names_its_record(text in text()) {
        let reading = read(&document(&text), &RESOURCES);
        check(&text, &reading.ledger);
        prop_assert_eq!(reading.evidence.anchors.len(), reading.ledger.times.len());
        prop_assert_eq!(reading.evidence.truce_terms.len(), reading.ledger.truce_terms.len());
        prop_assert!(reading.findings.iter().all(|f| f.span.is_none_or(|s| s.of(&text).is_some())));
    }

    #[test]
    fn a_text_reads_the_same_again(text in text()) {
        let (first, again) = (read(&document(&text), &RESOURCES), read(&document(&text), &RESOURCES));
        prop_assert_eq!(first.ledger, again.ledger);
        prop_assert_eq!(first.findings, again.findings);
        prop_assert_eq!(first.evidence, again.evidence);
    }
}

#[test]
fn a_long_document_is_read_window_by_window() {
    let text = "The foreign minister said the talks would go on in Geneva.\n\nA rebel spokesman denied that. ".repeat(150);
    let reading = read(&document(&text), &RESOURCES);
    check(&text, &reading.ledger);
    assert!(reading.ledger.sentences.len() >= 300);
    // Something is found in every part of the text, not only in its first window.
    let tenth = text.len() / 10;
    assert!((0..10).all(|part| reading.ledger.attributions.iter().any(|a| a.cue[0].start() / tenth == part)));
}
