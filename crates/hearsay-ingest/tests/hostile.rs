//! Input made to hurt, and input made by chance: never a panic, never out of bounds, never a hang.
#![allow(clippy::unwrap_used, clippy::format_collect)]

use hearsay_ingest::{Given, Kind, Limits, Problem, ProblemKind, documents_from};
use hearsay_ledger::Document;
use proptest::prelude::*;

fn read(input: &[u8], kind: Option<Kind>) -> Vec<Result<Document, Problem>> {
    documents_from(input, "input", kind, &Given::default(), &Limits::default()).collect()
}

fn page(html: &str) -> Vec<Result<Document, Problem>> {
    read(html.as_bytes(), Some(Kind::Html))
}

fn is_too_complex(found: &[Result<Document, Problem>]) -> bool {
    matches!(found, [Err(Problem { kind: ProblemKind::PageTooComplex { .. }, .. })])
}

const STORY: &str = "<p>The army said on Thursday that it had taken the town, and the rebels denied it. Both said that the fighting went on, \
                     and that dozens of people, among them children, had been killed since the day before.</p>";

#[test]
fn deep_nesting_is_refused() {
    for (before, open, close) in
        [("", "<div>", "</div>"), ("", "<b>", ""), ("", "<table><tr><td>", ""), ("<table>", "<div>", ""), ("", "<template>", ""), ("", "<svg>", "")]
    {
        let html = format!("{before}{}{STORY}{}", open.repeat(100_000), close.repeat(100_000));
        assert!(is_too_complex(&page(&html)), "{before}{open}");
    }
}

#[test]
fn nesting_within_the_bound_is_read_on_a_small_stack() {
    let html = format!("{}{STORY}{}", "<div>".repeat(480), "</div>".repeat(480));
    let found = std::thread::Builder::new().stack_size(1024 * 1024).spawn(move || page(&html)).unwrap().join().unwrap();
    assert!(found[0].as_ref().unwrap().text.starts_with("The army said"));
}

#[test]
fn formatting_that_multiplies_is_refused() {
    let fonts = |count: usize| (0..count).map(|n| format!("<font color={n}>")).collect::<String>();
    assert!(is_too_complex(&page(&format!("<p>{}</p>{}", fonts(20_000), "<p>x</p>".repeat(20_000)))));
    // Below the bound on depth, the copies count as elements.
    assert!(is_too_complex(&page(&format!("<p>{}</p>{}", fonts(200), "<p>x</p>".repeat(20_000)))));
}

#[test]
fn attributes_without_end() {
    let names: String = (0..20_000).map(|n| format!(" a{n}")).collect();
    assert!(is_too_complex(&page(&format!("<p{names}>{STORY}"))));
    assert!(is_too_complex(&page(&format!("<p{}>{STORY}", names.replace(' ', "/")))));
    let long = "x y ".repeat(100_000);
    assert_eq!(page(&format!("<div class=\"{long}\" style='{long}'>{STORY}</div>")).len(), 1);
    assert_eq!(page(&format!("<title>{long}</title><meta name=author content=\"{long}\">{STORY}{}", "<h2>x</h2>".repeat(1_000))).len(), 1);
}

#[test]
fn entities_do_not_expand() {
    let html = format!(
        "<!DOCTYPE html [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>{STORY}<p>{}</p>",
        "&b;&#x110000;&#0;&amp".repeat(50_000)
    );
    let found = page(&html);
    assert!(found[0].as_ref().unwrap().text.len() <= html.len());
}

#[test]
fn many_line_breaks_and_empty_elements() {
    for part in ["<br>", "<br> \n", "<p>", "<p></p>", "<div></div>", "<!---->", "<b></b>", "<h2></h2>"] {
        let html = format!("{STORY}{}{STORY}", part.repeat(10_000));
        assert!(!page(&html).is_empty(), "{part}");
    }
}

/// What holds of every reader and every input.
fn check(input: &[u8], kind: Option<Kind>) -> Result<(), TestCaseError> {
    let limits = Limits { document_bytes: 4096, line_bytes: 4096, ..Limits::default() };
    for found in documents_from(input, "input", kind, &Given::default(), &limits) {
        match found {
            Ok(document) => {
                prop_assert!(!document.text.trim().is_empty());
                // Bytes of older encodings become up to three, and those of UTF-16 as well.
                prop_assert!(document.text.len() <= 3 * input.len());
                prop_assert!(!document.id.is_empty());
            }
            Err(problem) => {
                let message = problem.to_string();
                prop_assert!(message.len() < 600 && !message.chars().any(char::is_control), "{message:?}");
                prop_assert!(!matches!(problem.kind, ProblemKind::PageFailed));
            }
        }
    }
    Ok(())
}

fn kinds() -> impl Strategy<Value = Option<Kind>> {
    prop_oneof![Just(None), Just(Some(Kind::Text)), Just(Some(Kind::Html)), Just(Some(Kind::JsonLines))]
}

/// Pieces of pages, records and texts, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "<p>", "</p>", "<div class=related>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<br>", "<a href=x>", "</a>", "<b>", "</b>",
            "<h1>", "</h1>", "<ul><li>", "<script>", "</script>", "<template>", "<svg>", "<title>", "<!--", "-->", "<select>", "<form>", "<figure>",
            "<meta charset=utf-16>", "<meta name=date content=2016>", "<script type=application/ld+json>", "{\"text\":", "\"", "}", "\n", "\\u", "&", ";",
            "\u{feff}", "<body hidden>", "<frameset>", "<plaintext>", "<noscript>", "<caption>", "<math>", "=", "'", "<",
        ]).prop_map(str::to_owned),
        2 => "[A-Z][a-z ,.]{0,40}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes(input in prop::collection::vec(any::<u8>(), 0..600), kind in kinds()) {
        check(&input, kind)?;
    }

    #[test]
    fn any_pieces(input in pieces(), kind in kinds()) {
        check(input.as_bytes(), kind)?;
    }

    #[test]
    fn text_of_a_record_is_kept(text in "\\PC{1,40}[a-z]", id in any::<Option<u32>>()) {
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let record = format!("{{\"id\": {}, \"text\": \"{}\"}}", id.map_or("null".to_owned(), |id| id.to_string()), quoted(&text));
        let found = read(record.as_bytes(), None);
        prop_assert_eq!(&found[0].as_ref().unwrap().text, &text);
    }

    #[test]
    fn text_in_utf8_is_kept(text in "[a-z]\\PC{0,80}") {
        let found = read(text.as_bytes(), Some(Kind::Text));
        prop_assert_eq!(&found[0].as_ref().unwrap().text, &text);
    }
}
