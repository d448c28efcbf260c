//! What a person types to find texts, as a query of either database: words that must all occur, "phrases in quotation
//! marks", and -words that must not.

use crate::database::Dialect;
use crate::error::{Error, Result};
use crate::fold;

/// Most words of one query; more would only keep the database busy.
const MOST_WORDS: usize = 100;

/// A parsed query; it has at least one word that must occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// Words that must stand together in this order, for each thing that must occur.
    all: Vec<Vec<String>>,
    /// The same for what must not occur.
    none: Vec<Vec<String>>,
}

impl Words {
    /// Reads what was typed.
    pub(crate) fn parse(typed: &str) -> Result<Self> {
        let mut found = Self { all: Vec::new(), none: Vec::new() };
        for (index, part) in typed.split('"').enumerate() {
            // What stands between two quotation marks is one phrase; a minus before the first of them speaks of all of it.
            if index % 2 == 1 {
                let before = typed.split('"').nth(index - 1).unwrap_or_default();
                found.put(part, before.ends_with('-'));
            } else {
                for word in part.split_whitespace() {
                    found.put(word.trim_start_matches('-'), word.starts_with('-'));
                }
            }
        }
        let count: usize = found.all.iter().chain(&found.none).map(Vec::len).sum();
        match (found.all.is_empty(), count > MOST_WORDS) {
            (true, _) => Err(Error::Filter { field: "text", reason: "name at least one word that must occur".to_owned() }),
            (false, true) => Err(Error::Filter { field: "text", reason: format!("it has more than {MOST_WORDS} words") }),
            (false, false) => Ok(found),
        }
    }

    fn put(&mut self, phrase: &str, unwanted: bool) {
        let words = fold::words(phrase);
        if !words.is_empty() {
            if unwanted { self.none.push(words) } else { self.all.push(words) }
        }
    }

    /// The query in the language of `dialect`. Words are letters and digits only, so nothing needs escaping.
    pub(crate) fn query(&self, dialect: Dialect) -> String {
        let phrase = |words: &Vec<String>| match dialect {
            Dialect::Sqlite => format!("\"{}\"", words.join(" ")),
            Dialect::Postgres => format!("({})", words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" <-> ")),
        };
        let all: Vec<String> = self.all.iter().map(phrase).collect();
        let none: Vec<String> = self.none.iter().map(phrase).collect();
        match (dialect, none.is_empty()) {
            (Dialect::Sqlite, true) => all.join(" AND "),
            (Dialect::Sqlite, false) => format!("({}) NOT ({})", all.join(" AND "), none.join(" OR ")),
            (Dialect::Postgres, true) => all.join(" & "),
            (Dialect::Postgres, false) => format!("({}) & !({})", all.join(" & "), none.join(" | ")),
        }
    }

    /// The words that must occur, for finding the passage that shows them.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_phrases_and_unwanted_words() {
        let words = Words::parse("Aleppo \"Red Cross\" -school -\"air strike\"").unwrap();
        assert_eq!(words.query(Dialect::Sqlite), "(\"aleppo\" AND \"red cross\") NOT (\"school\" OR \"air strike\")");
        assert_eq!(words.query(Dialect::Postgres), "(('aleppo') & ('red' <-> 'cross')) & !(('school') | ('air' <-> 'strike'))");
    }

    #[test]
    fn only_unwanted_words_are_no_query() {
        assert!(Words::parse("-school").is_err());
        assert!(Words::parse(" \" ").is_err());
    }

    proptest! {
        #[test]
        fn anything_may_be_typed(typed in ".{0,60}") {
            if let Ok(words) = Words::parse(&typed) {
                let query = words.query(Dialect::Postgres);
                prop_assert!(query.chars().all(|c| c.is_alphanumeric() || "'()<->&|! ".contains(c)));
            }
        }
    }
}
