//! A web page to the document of the article on it: charset, tree, metadata, article, paragraphs without furniture.
//!
//! The article is found by a library that follows Mozilla's Readability; what of it is furniture is decided here.

mod attributes;
mod blocks;
mod furniture;
mod metadata;
mod parse;
mod tables;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document as Tree;
use dom_smoothie::{ParsePolicy, Readability};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use hearsay_ledger::Document;

use self::blocks::{blocks, join};
use self::furniture::without_furniture;
use self::metadata::{Metadata, library_config, metadata};
pub(crate) use self::tables::{LazyTables, PageTables};
use crate::charset;
use crate::problem::ProblemKind;
use crate::reader::{Found, Given, Limits};

/// How far into a page its declared encoding is looked for. The standard asks for 1024; long comments are common.
const DECLARATION_BYTES: usize = 4096;
/// An article of so many characters needs no second look, as in Readability.
const ENOUGH_CHARACTERS: usize = 500;
/// Below this many characters a page is suspected to hold no article, as in Readability.
const FEW_CHARACTERS: usize = 140;
/// So many times the text of a stricter policy makes a laxer one believed.
const FAR_MORE: usize = 5;
/// From strict to lax. Readability's last resort, the whole page, is none for us: it would be mostly furniture.
const POLICIES: [ParsePolicy; 3] = [ParsePolicy::Strict, ParsePolicy::Moderate, ParsePolicy::Clean];
/// Id of the element that the library puts the article into.
const ARTICLE_ELEMENT: &str = "#readability-page-1";

/// The article on the page `bytes`. The encoding `declared` by the answer that brought the page goes before the one that
/// the page declares, and what is `given` before what it says.
pub(crate) fn read(bytes: &[u8], declared: Option<&'static Encoding>, given: &Given, limits: &Limits, tables: &PageTables) -> Found {
    let (html, mut problems) = charset::decode(bytes, declared.or_else(|| declared_encoding(bytes)));
    if html.trim().is_empty() {
        return ProblemKind::Empty.into();
    }
    // The libraries are young; a bug of theirs on one odd page must not end the run. It is reported, not hidden.
    let taken = catch_unwind(AssertUnwindSafe(|| text_and_metadata(&html, limits, tables)));
    let (text, metadata) = match taken.unwrap_or(Err(ProblemKind::PageFailed)) {
        Ok(found) => found,
        Err(problem) => return problem.into(),
    };
    let characters = text.chars().count();
    if characters < FEW_CHARACTERS {
        problems.push(ProblemKind::LittleText { characters });
    }
    let document = Document {
        id: Document::id_of(&text),
        title: given.title.clone().or(metadata.title),
        publisher: given.publisher.clone().or(metadata.publisher),
        published: given.published.or(metadata.published),
        url: metadata.url,
        language: None,
        text,
    };
    Found { document: Some(document), raw: None, problems }
}

fn text_and_metadata(html: &str, limits: &Limits, tables: &PageTables) -> Result<(String, Metadata), ProblemKind> {
    let tree = parse::parse(html, limits, tables)?;
    let metadata = metadata(&tree, tables);
    let text = article(&tree, &metadata, tables).ok_or(ProblemKind::NoArticle)?;
    Ok((text, metadata))
}

/// The text of the article. A laxer policy is tried where a stricter one finds
/// little, and believed only if it finds far more: a little more is furniture.
fn article(tree: &Tree, metadata: &Metadata, tables: &PageTables) -> Option<String> {
    let mut best = String::new();
    for policy in POLICIES {
        let text = article_by(policy, tree, metadata, tables).unwrap_or_default();
        if text.len() > FAR_MORE * best.len() {
            best = text;
        }
        if best.chars().count() >= ENOUGH_CHARACTERS {
            break;
        }
    }
    if best.is_empty() { bare_text(tree, metadata, tables) } else { Some(best) }
}

/// The text of a page on which the library finds nothing because it has no paragraphs, if it is text and not links.
fn bare_text(tree: &Tree, metadata: &Metadata, tables: &PageTables) -> Option<String> {
    let kept = without_furniture(blocks(&tree.body()?, tables), metadata, tables);
    let text = join(&kept);
    let linked: usize = kept.iter().map(|block| block.link_characters).sum();
    (text.chars().count().saturating_sub(linked) >= FEW_CHARACTERS).then_some(text)
}

fn article_by(policy: ParsePolicy, tree: &Tree, metadata: &Metadata, tables: &PageTables) -> Option<String> {
    let mut reader = Readability::with_document(tree.clone(), None, Some(library_config())).ok()?;
    reader.parse_with_policy(policy).ok()?; // it says no more than that it found nothing
    let article = reader.doc.select_single(ARTICLE_ELEMENT);
    let kept = without_furniture(blocks(article.nodes().first()?, tables), metadata, tables);
    Some(join(&kept))
}

/// The encoding that a `meta` element near the start of the page names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes).to_ascii_lowercase();
    let mut rest = start.as_slice();
    while let Some(at) = memchr::memmem::find(rest, b"<meta") {
        rest = rest.get(at + 5..)?;
        let tag = rest.split(|&byte| byte == b'>').next()?;
        if let Some(at) = memchr::memmem::find(tag, b"charset") {
            let value = tag.get(at + 7..)?.trim_ascii_start();
            let Some(value) = value.strip_prefix(b"=") else { continue };
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
            let label = value.split(|byte| b"\"' ;/\t\r\n".contains(byte)).next()?;
            match Encoding::for_label(label) {
                // Who could read this label as ASCII did not read UTF-16.
                Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => return Some(UTF_8),
                Some(encoding) => return Some(encoding),
                None => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_encodings_are_found() {
        for (html, expected) in [
            ("<meta charset=utf-8>", Some("UTF-8")),
            ("<META CHARSET='koi8-r'/>", Some("KOI8-R")),
            ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1256\">", Some("windows-1256")),
            ("<meta name=description content='x'><meta charset = \"iso-8859-1\">", Some("windows-1252")),
            ("<meta charset=utf-16>", Some("UTF-8")),
            ("<meta charset=nonsense>", None),
            ("<meta charset", None),
            ("<p>charset=utf-8", None),
        ] {
            assert_eq!(declared_encoding(html.as_bytes()).map(Encoding::name), expected, "{html}");
        }
    }
}
