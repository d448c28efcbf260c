//! Dictionaries of PETRARCH and TABARI: whatever they hold, reading them never panics, and every line told is one of theirs.

use hearsay_formats::petrarch::{Imported, Meaning, actors, agents, rules};
use proptest::prelude::*;

/// Lines of the signs that mean something in a dictionary, and any text at all.
fn dictionary() -> impl Strategy<Value = String> {
    let line = prop_oneof![3 => "[A-C_+*&${}()\\[\\]<>!~;:%^=,|. 0-9\t-]{0,40}", 1 => "\\PC{0,40}"];
    prop::collection::vec(line, 0..20).prop_map(|lines| lines.join("\n"))
}

fn of_the_text(imported: &Imported, text: &str) -> bool {
    imported.notices.iter().all(|notice| (1..=text.lines().count()).contains(&notice.line)) && (imported.entries > 0) != imported.text.is_empty()
}

proptest! {
    #[test]
    fn nothing_in_a_dictionary_stops_the_reader(text in dictionary()) {
        for imported in [rules(&text, &|_| Meaning::Event), actors(&text), agents(&text)] {
            prop_assert!(of_the_text(&imported, &text), "{imported:#?}");
        }
    }

    #[test]
    fn nothing_in_bytes_stops_the_reader(text in any::<String>()) {
        for imported in [rules(&text, &|_| Meaning::Event), actors(&text), agents(&text)] {
            prop_assert!(of_the_text(&imported, &text), "{imported:#?}");
        }
    }
}
