//! Paragraphs that are no part of the article: references to other articles, buttons, advertisements, captions.
//! What they look like is told by `data/furniture.toml`.

use super::blocks::Block;
use super::metadata::Metadata;
use super::tables::{Links, PageTables, ParagraphRule};

/// A headline or byline repeated in the text stands among so many first paragraphs.
const FIRST: usize = 6;

/// `blocks` without furniture, without the headline and byline, and without headings that head nothing.
pub(crate) fn without_furniture(blocks: Vec<Block>, metadata: &Metadata, tables: &PageTables) -> Vec<Block> {
    let mut kept: Vec<Block> = blocks
        .into_iter()
        .enumerate()
        .filter(|(at, block)| !(*at < FIRST && repeats(block, metadata) || is_furniture(block, tables)))
        .map(|(_, block)| block)
        .collect();
    while kept.pop_if(|last| last.is_heading).is_some() {}
    kept
}

fn is_furniture(block: &Block, tables: &PageTables) -> bool {
    let characters = block.text.chars().count();
    let seen = block.text.chars().filter(|character| !character.is_whitespace()).count();
    tables.furniture_paragraphs.iter().any(|rule: &ParagraphRule| {
        let linked = match rule.links {
            Links::Any => true,
            Links::Most => block.link_characters * 2 > seen,
            Links::All => block.link_characters >= seen,
        };
        linked && characters <= rule.most_characters && rule.patterns.is_match(&block.text)
    })
}

/// Whether a paragraph only says again what the metadata say.
fn repeats(block: &Block, metadata: &Metadata) -> bool {
    let same = |text: &str| letters(&block.text).eq(letters(text));
    let byline = metadata.byline.as_deref();
    metadata.title.as_deref().is_some_and(same) || byline.is_some_and(|name| same(name) || same(&format!("by {name}")))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, linked: bool) -> Block {
        let link_characters = if linked { text.chars().filter(|c| !c.is_whitespace()).count() } else { 0 };
        Block { text: text.to_owned(), paragraph: 0, link_characters, is_heading: false }
    }

    #[test]
    fn furniture_is_known() {
        let tables = PageTables::load();
        for text in [
            "Also read: What we know about the truce talks",
            "READ MORE: Rebels lose ground north of the city",
            "Related",
            "Related stories",
            "More on this story",
            "Most read",
            "Advertisement",
            "- ADVERTISEMENT -",
            "Advertisement - scroll to continue",
            "Story continues below advertisement",
            "Share",
            "Share this article",
            "Share on Facebook",
            "Facebook Twitter WhatsApp Email",
            "Share via e-mail | Print | Copy link",
            "Follow us on Telegram",
            "Sign up for our daily newsletter",
            "Get the latest news in your inbox every morning.",
            "Subscribe to our channel",
            "Photo: AFP",
            "Image caption Smoke over the old city on Thursday",
            "Smoke rises over the northern districts (Photo by A. Person)",
            "A hospital in Aleppo after a strike [File: A. Person/Reuters]",
            "Delegates arrive in Munich. Photograph: A. Person/Pool",
            "A. Person/AFP via Getty Images",
            "12 comments",
            "Comments (12)",
            "No comments",
            "Leave a comment",
            "Join the conversation",
            "Published 11 February 2016",
            "Updated: Thursday, February 11, 2016 at 14:20 GMT",
            "Last updated 2 hours ago",
            "3 min read",
            "Listen to this article",
            "Tags: Syria, Russia",
            "© 2016 The Paper. All rights reserved.",
            "Skip to main content",
        ] {
            assert!(is_furniture(&block(text, false), &tables), "kept: {text}");
        }
        for text in ["Explainer: who fights whom", "Read more about the talks", "Syria truce talks stall as fighting spreads"] {
            assert!(is_furniture(&block(text, true), &tables), "kept: {text}");
        }
    }

    #[test]
    fn articles_are_not_furniture() {
        let tables = PageTables::load();
        for text in [
            "Read together, the two statements cannot both be true.",
            "Related violence killed three people in the province, the ministry said.",
            "Also reading the statement was the deputy minister.",
            "Share prices fell after the announcement.",
            "Photos of the site, published on Thursday, show a burnt building.",
            "Published on Thursday, the report blames both sides for the deaths of 40 people.",
            "Updated figures put the number of displaced at 50,000.",
            "More than 500 people have been killed since the offensive began, the group said.",
            "Comments by the minister on Thursday raised hopes of a pause.",
            "“No comment,” the spokesman said.",
            "Sign language was used at the ceremony.",
            "Background: the war began in 2011.",
            "Subscribe, the ministers did not.",
            "The army said it hit a convoy (a claim the rebels deny).",
            "A copy of the letter was seen by Reuters.",
            "Russia denied the strike.",
            "Join the talks now or be left out, the envoy told the opposition.",
            "Register offices gave no updates on the number of the dead.",
            "Similar — but smaller — protests took place in the north.",
            "More from the besieged district — some 300 people — left on Thursday.",
            "He reached the city on foot (via Turkey).",
            "The siege of the town began in 2012 (Reuters).",
            "Join the talks or face sanctions, the envoy told the opposition.",
            "Get out by Friday, the leaflets told residents.",
        ] {
            assert!(!is_furniture(&block(text, false), &tables), "left out: {text}");
        }
        assert!(!is_furniture(&block("The full statement is on the ministry's page.", true), &tables));
    }

    #[test]
    fn headline_byline_and_empty_headings_go() {
        let metadata = Metadata { title: Some("Talks resume".to_owned()), byline: Some("A. Writer".to_owned()), ..Metadata::default() };
        let heading = |text: &str| Block { is_heading: true, ..block(text, false) };
        let blocks = vec![heading("TALKS RESUME"), block("By A. Writer", false), heading("Day one"), block("They met.", false), heading("Day two")];
        let kept: Vec<String> = without_furniture(blocks, &metadata, &PageTables::load()).into_iter().map(|block| block.text).collect();
        assert_eq!(kept, ["Day one", "They met."]);
    }
}
