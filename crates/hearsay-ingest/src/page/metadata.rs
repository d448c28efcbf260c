//! What a page says about its article outside the text: title, byline, publisher, day, address. From its JSON-LD, then
//! from its `meta`, `link` and `time` elements.

use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};
use hearsay_ledger::Date;
use serde_json::Value;

use super::tables::{PageTables, Place};
use crate::date::day;

/// Objects of JSON-LD are looked for in lists and graphs so many levels down.
const JSON_LD_LEVELS: usize = 4;
/// A longer title or name is none.
const MOST_CHARACTERS: usize = 400;

/// What a page says about its article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Date>,
    pub url: Option<String>,
}

/// The metadata of the page `tree`.
pub(crate) fn metadata(tree: &Tree, tables: &PageTables) -> Metadata {
    let article = json_ld_article(tree, tables).unwrap_or(Value::Null);
    let publisher = name_of(&article["publisher"]).or_else(|| values(tree, &tables.publisher).find_map(|name| tidy(&name)));
    // The library knows best which of the many titles of a page is the headline.
    let (title, byline) = match Readability::with_document(tree.clone(), None, Some(library_config())) {
        Ok(reader) => {
            let found = reader.get_article_metadata(None);
            (tidy(&found.title), found.byline)
        }
        Err(_) => (None, None),
    };
    let title = title.map(|title| without_publisher(title, publisher.as_deref()));
    Metadata {
        title: title.or_else(|| tidy(article["headline"].as_str().or(article["name"].as_str())?)),
        byline: name_of(&article["author"]).or_else(|| tidy(&byline?)),
        published: article["datePublished"]
            .as_str()
            .map(str::to_owned)
            .into_iter()
            .chain(values(tree, &tables.published))
            .find_map(|written| day(&written, &tables.date_formats)),
        url: values(tree, &tables.url)
            .chain(article["url"].as_str().map(str::to_owned))
            .map(|url| url.trim().to_owned())
            .find(|url| url.starts_with("https://") || url.starts_with("http://")),
        publisher,
    }
}

/// How the library is used: JSON-LD is read here, with a parser that knows its limits.
pub(crate) fn library_config() -> Config {
    Config { disable_json_ld: true, keep_classes: true, ..Config::default() }
}

/// The values that stand at `places`, better places first.
fn values<'a>(tree: &'a Tree, places: &'a [Place]) -> impl Iterator<Item = String> + 'a {
    places.iter().flat_map(|place| {
        let nodes = tree.select_matcher(&place.selector).nodes().to_vec();
        nodes.into_iter().filter_map(|node| Some(node.attr(&place.attribute)?.to_string()))
    })
}

/// The first object of an article type in the page's JSON-LD.
fn json_ld_article(tree: &Tree, tables: &PageTables) -> Option<Value> {
    tree.select(r#"script[type="application/ld+json"]"#).nodes().iter().find_map(|script| {
        let value = serde_json::from_str(script.text().trim()).ok()?;
        article_in(value, tables, JSON_LD_LEVELS)
    })
}

fn article_in(value: Value, tables: &PageTables, levels: usize) -> Option<Value> {
    let levels = levels.checked_sub(1)?;
    match value {
        Value::Array(items) => items.into_iter().find_map(|item| article_in(item, tables, levels)),
        Value::Object(mut object) => {
            let is_article = match object.get("@type") {
                Some(Value::String(one)) => tables.article_types.contains(one),
                Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).any(|one| tables.article_types.contains(one)),
                _ => false,
            };
            if is_article { Some(Value::Object(object)) } else { article_in(object.remove("@graph")?, tables, levels) }
        }
        _ => None,
    }
}

/// The name of a person or an organization in JSON-LD: a string, an object with a `name`, or a list of such.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => tidy(name),
        Value::Object(object) => tidy(object.get("name")?.as_str()?),
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter(|item| !item.is_array()).filter_map(name_of).collect();
            tidy(&names.join(", "))
        }
        _ => None,
    }
}

/// `text` on one line; none if that leaves nothing, or too much.
fn tidy(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line).filter(|line| !line.is_empty() && line.chars().nth(MOST_CHARACTERS).is_none())
}

/// `title` without the name of the publisher at its end, as in "Talks resume | The Paper".
fn without_publisher(title: String, publisher: Option<&str>) -> String {
    let stripped = publisher.and_then(|name| {
        let before = title.strip_suffix(name)?.trim_end();
        let headline = before.strip_suffix(['|', '-', '–', '—', '·', '»', ':'])?.trim_end();
        Some(headline.to_owned()).filter(|headline| !headline.is_empty())
    });
    stripped.unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str) -> Metadata {
        metadata(&Tree::from(format!("<html><head>{head}</head><body><p>Text.</p></body></html>")), &PageTables::load())
    }

    #[test]
    fn json_ld_comes_first() {
        let found = of(r#"<title>Talks resume in Geneva | The Paper</title><meta name="date" content="2016-02-12">
            <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "x"},
            {"@type": ["NewsArticle"], "headline": "Talks resume", "datePublished": "2016-02-11T08:00:00+02:00",
             "author": [{"name": "A. Writer"}, {"name": "B. Writer"}], "publisher": {"name": "The Paper"}, "url": "https://paper.example/1"}]}</script>"#);
        assert_eq!(
            found,
            Metadata {
                title: Some("Talks resume in Geneva".to_owned()),
                byline: Some("A. Writer, B. Writer".to_owned()),
                publisher: Some("The Paper".to_owned()),
                published: Some(jiff::civil::date(2016, 2, 11)),
                url: Some("https://paper.example/1".to_owned()),
            }
        );
    }

    #[test]
    fn elements_come_second() {
        let found = of(r#"<meta property="og:title" content="Ministers meet &amp; part - Wire Example">
            <meta property="og:site_name" content="Wire Example"><meta name="author" content="C. Writer">
            <meta property="article:published_time" content="soon"><meta name="DC.date.issued" content="11 February 2016">
            <link rel="canonical" href="/relative"><meta property="og:url" content="https://wire.example/2">"#);
        assert_eq!(
            found,
            Metadata {
                title: Some("Ministers meet & part".to_owned()),
                byline: Some("C. Writer".to_owned()),
                publisher: Some("Wire Example".to_owned()),
                published: Some(jiff::civil::date(2016, 2, 11)),
                url: Some("https://wire.example/2".to_owned()),
            }
        );
    }

    #[test]
    fn nothing_and_nonsense_give_nothing() {
        assert_eq!(of(""), Metadata::default());
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for json in ["{", "null", "[[[[[[{\"@type\": \"Article\", \"headline\": \"x\"}]]]]]]", deep.as_str()] {
            assert_eq!(of(&format!("<script type='application/ld+json'>{json}</script>")), Metadata::default());
        }
    }
}
