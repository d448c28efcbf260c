//! Which place each name of a document means.
//!
//! Names that are written alike mean one place throughout a document, unless they stand with different containers
//! ("Paris, Texas"). Each has candidates with a score of their own: how many people live there, what kind of place it is,
//! what the words around the name say. Then the document is looked at as a whole, some times over: candidates gain where
//! other names lie in their country, in their division, or nearby, each as far as it is itself decided.

mod candidates;
mod context;
mod score;

use std::collections::BTreeMap;

use crate::{Gazetteer, Kind};

use candidates::Candidate;
use context::{Around, Hint};

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// First byte of the name.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// ISO 3166 alpha-3 code of the country that the name stands for, where that is known already ("Turkish").
    pub country: Option<String>,
}

/// Words that tell what kind of place a name is of; all in lower case.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Words for first-order divisions: "province".
    pub admin1: Vec<String>,
    /// Words for smaller divisions: "district".
    pub admin2: Vec<String>,
    /// Words for towns and their parts: "city".
    pub settlement: Vec<String>,
    /// Words before a name that leave its place what it is: "northern".
    pub parts: Vec<String>,
}

/// What speaks for a candidate, and how much.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// For each factor of e in the number of people.
    pub population: f64,
    /// The name is the one the place goes by.
    pub main_name: f64,
    /// The name was found only loosely.
    pub loose: f64,
    /// A place found only loosely counts where at least this share of the other names lies in its country.
    pub least_loose: f64,
    /// By kind of place; 0 for those that are not here.
    pub kinds: BTreeMap<Kind, f64>,
    /// A word beside the name tells that kind of place ("Hama province").
    pub kind_told: f64,
    /// A word beside the name tells another kind.
    pub other_kind_told: f64,
    /// The name after it is of what it lies in ("Paris, Texas").
    pub contained: f64,
    /// All other names lie in the same country.
    pub same_country: f64,
    /// All other names lie in the same first-order division.
    pub same_division: f64,
    /// All other names lie at the same spot.
    pub near: f64,
    /// At this distance in kilometres, nearness counts half.
    pub near_km: f64,
    /// The document comes from that country.
    pub home: f64,
    /// The name is that of the place in a dateline, for what lies in the same country.
    pub dateline: f64,
    /// How often the document is looked at as a whole.
    pub rounds: usize,
}

/// The place that a name was taken to mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Its record.
    pub record: u32,
    /// Probability among the places of that name, 0 to 1, as far as scores are probabilities.
    pub probability: f64,
    /// How many places the name may mean.
    pub candidates: usize,
}

/// For each mention, in the same order, the place it means; `None` where the gazetteer has none of that name.
pub type Resolution = Vec<Option<Choice>>;

/// Names that mean one place.
struct Group {
    candidates: Vec<Candidate>,
    /// Whether the name was found only loosely.
    loose: bool,
    mentions: usize,
    container: Option<usize>,
    /// Whether the country is given, so that nothing is to be decided.
    decided: bool,
    dateline: bool,
}

/// Chooses a place for each mention. `mentions` are in the order of the text and do not overlap; `home` are the countries
/// that the publisher speaks from.
#[must_use]
pub fn resolve(text: &str, mentions: &[Mention], home: &[u8], gazetteer: &Gazetteer, lists: &Lists, weights: &Weights) -> Resolution {
    let arounds = context::around(text, mentions, lists);
    let (mut groups, group_of) = grouped(text, mentions, &arounds, gazetteer, lists, weights);
    let chosen = score::decide(&mut groups, home, weights);
    group_of
        .into_iter()
        .map(|group| {
            let (group, choice) = (groups.get(group?)?, chosen.get(group?)?.as_ref()?);
            Some(Choice { record: group.candidates.get(choice.0)?.record, probability: choice.1, candidates: group.candidates.len() })
        })
        .collect()
}

/// The groups, and for each mention the index of its group.
fn grouped(
    text: &str,
    mentions: &[Mention],
    arounds: &[Around],
    gazetteer: &Gazetteer,
    lists: &Lists,
    weights: &Weights,
) -> (Vec<Group>, Vec<Option<usize>>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<(String, Option<Hint>, String), usize> = BTreeMap::new();
    let mut group_of = Vec::with_capacity(mentions.len());
    let written = |n: usize| mentions.get(n).and_then(|m| text.get(m.start..m.end)).unwrap_or("");
    for (n, (mention, around)) in mentions.iter().zip(arounds).enumerate() {
        let given = mention.country.as_deref().and_then(|code| gazetteer.country_of(code)).and_then(|country| gazetteer.country_record(country));
        let container = around.container.map(|n| crate::key(written(n))).unwrap_or_default();
        let name = if let Some(record) = &given { format!("\u{1}{}", record.index) } else { crate::key(candidates::bare(written(n))) };
        let index = *known.entry((name, around.hint, container)).or_insert_with(|| {
            let (candidates, loose) = match given {
                Some(record) => (vec![Candidate::new(&record, true, false, weights)], false),
                None => candidates::candidates(written(n), around.hint, gazetteer, lists, weights),
            };
            groups.push(Group { candidates, loose, mentions: 0, container: None, decided: mention.country.is_some(), dateline: false });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(index) {
            group.mentions += 1;
            group.dateline |= around.dateline;
        }
        group_of.push(Some(index));
    }
    for (around, own) in arounds.iter().zip(&group_of) {
        let container = around.container.and_then(|n| group_of.get(n).copied().flatten());
        if let (Some(container), Some(group)) = (container, own.and_then(|own| groups.get_mut(own))) {
            group.container = group.container.or(Some(container));
        }
    }
    (groups, group_of)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn weights() -> Weights {
        let kinds = [(Kind::Country, 3.0), (Kind::Capital, 1.0)].into_iter().collect();
        let (population, main_name, loose, least_loose) = (0.3, 0.8, -1.0, 0.1);
        let (kind_told, other_kind_told, contained) = (3.0, -1.5, 5.0);
        let (same_country, same_division, near, near_km) = (4.0, 4.0, 5.0, 100.0);
        let (home, dateline, rounds) = (1.0, 2.0, 3);
        Weights {
            population,
            main_name,
            loose,
            least_loose,
            kinds,
            kind_told,
            other_kind_told,
            contained,
            same_country,
            same_division,
            near,
            near_km,
            home,
            dateline,
            rounds,
        }
    }

    /// The countries of the names of a text, which are its words with a capital.
    fn countries(text: &str) -> Vec<Option<String>> {
        let gazetteer = Gazetteer::embedded().unwrap();
        let words = text.split(' ').scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word.trim_end_matches([',', '.'])))
        });
        let names = words.filter(|(_, word)| word.starts_with(char::is_uppercase));
        let mentions: Vec<Mention> = names.map(|(start, word)| Mention { start, end: start + word.len(), country: None }).collect();
        let country = |choice: Choice| gazetteer.record(choice.record)?.country().and_then(|c| gazetteer.country_code(c)).map(str::to_owned);
        resolve(text, &mentions, &[], &gazetteer, &Lists::default(), &weights()).into_iter().map(|choice| choice.and_then(country)).collect()
    }

    #[test]
    fn the_document_decides() {
        let found = |text: &str| countries(text).into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(" ");
        assert_eq!(found("from London"), "GBR");
        assert_eq!(found("from London, Ontario"), "CAN CAN");
        assert_eq!(found("between Tripoli, Sidon and Beirut"), "LBN LBN LBN");
        assert_eq!(found("between Tripoli, Benghazi and Misrata"), "LBY LBY LBY");
        assert_eq!(found("from Zzyxopolis"), "");
    }

    proptest! {
        #[test]
        fn any_text_and_mentions_are_taken(text in "\\PC{0,60}", cuts in proptest::collection::vec(0..80_usize, 0..8)) {
            let gazetteer = Gazetteer::embedded().unwrap();
            let mut cuts = cuts;
            cuts.sort_unstable();
            let mentions: Vec<Mention> = cuts.chunks_exact(2).map(|pair| Mention { start: pair[0], end: pair[1], country: Some("SYR".to_owned()).filter(|_| pair[0] % 3 == 0) }).collect();
            let chosen = resolve(&text, &mentions, &[0], &gazetteer, &Lists::default(), &weights());
            prop_assert_eq!(chosen.len(), mentions.len());
            prop_assert!(chosen.iter().flatten().all(|choice| (0.0..=1.0).contains(&choice.probability)));
        }
    }
}
