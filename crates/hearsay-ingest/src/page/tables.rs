//! The tables of a page reader, from `data/page.toml` and `data/furniture.toml`, made ready for use.

use std::collections::HashSet;

use dom_query::Matcher;
use regex::{RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// Everything that a page reader has to know beforehand.
pub(crate) struct PageTables {
    pub blocks: HashSet<String>,
    pub headings: HashSet<String>,
    pub cells: HashSet<String>,
    pub unseen: HashSet<String>,
    pub attributes: Vec<String>,
    pub article_types: HashSet<String>,
    pub date_formats: Vec<String>,
    pub published: Vec<Place>,
    pub publisher: Vec<Place>,
    pub url: Vec<Place>,
    pub furniture_elements: Matcher,
    pub furniture_paragraphs: Vec<ParagraphRule>,
}

/// The tables, loaded when the first page needs them.
pub(crate) type LazyTables = std::cell::LazyCell<PageTables>;

/// A place of a page where a value may stand.
pub(crate) struct Place {
    pub selector: Matcher,
    pub attribute: String,
}

/// Paragraphs to leave out.
pub(crate) struct ParagraphRule {
    pub most_characters: usize,
    pub links: Links,
    /// Any of these must match, and the whole paragraph.
    pub patterns: RegexSet,
}

/// How much of a paragraph must be link text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Links {
    #[default]
    Any,
    Most,
    All,
}

#[derive(Deserialize)]
struct PageFile {
    blocks: HashSet<String>,
    headings: HashSet<String>,
    cells: HashSet<String>,
    unseen: HashSet<String>,
    attributes: Vec<String>,
    article_types: HashSet<String>,
    date_formats: Vec<String>,
    published: Vec<PlaceRow>,
    publisher: Vec<PlaceRow>,
    url: Vec<PlaceRow>,
}

#[derive(Deserialize)]
struct PlaceRow {
    selector: String,
    attribute: String,
}

#[derive(Deserialize)]
struct FurnitureFile {
    elements: Vec<String>,
    paragraph: Vec<ParagraphRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParagraphRow {
    #[serde(rename = "name")]
    _name: String,
    most_characters: usize,
    #[serde(default)]
    links: Links,
    patterns: Vec<String>,
}

impl PageTables {
    /// The embedded tables.
    #[allow(clippy::expect_used)] // the files are part of the program, and every test of a page loads them
    pub(crate) fn load() -> Self {
        let page: PageFile = toml::from_str(include_str!("../../data/page.toml")).expect("data/page.toml is well formed");
        let furniture: FurnitureFile = toml::from_str(include_str!("../../data/furniture.toml")).expect("data/furniture.toml is well formed");
        Self {
            blocks: page.blocks,
            headings: page.headings,
            cells: page.cells,
            unseen: page.unseen,
            attributes: page.attributes,
            article_types: page.article_types,
            date_formats: page.date_formats,
            published: places(page.published),
            publisher: places(page.publisher),
            url: places(page.url),
            furniture_elements: matcher(&furniture.elements.join(", ")),
            furniture_paragraphs: furniture.paragraph.iter().map(rule).collect(),
        }
    }
}

fn places(rows: Vec<PlaceRow>) -> Vec<Place> {
    rows.into_iter().map(|row| Place { selector: matcher(&row.selector), attribute: row.attribute }).collect()
}

#[allow(clippy::expect_used)] // see `PageTables::load`
fn matcher(selector: &str) -> Matcher {
    Matcher::new(selector).expect("the selectors of data/*.toml are well formed")
}

#[allow(clippy::expect_used)] // see `PageTables::load`
fn rule(row: &ParagraphRow) -> ParagraphRule {
    let whole = row.patterns.iter().map(|pattern| format!("^(?:{pattern})$"));
    let patterns = RegexSetBuilder::new(whole)
        .case_insensitive(true)
        .dot_matches_new_line(true)
        .build()
        .expect("the patterns of data/furniture.toml are well formed");
    ParagraphRule { most_characters: row.most_characters, links: row.links, patterns }
}
