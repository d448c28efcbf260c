//! Full-text search: documents by their words, the best first, each with the passage that shows them.

use super::documents::{COLUMNS, line, of_documents};
use super::{condition, texts};
use crate::database::{Database, Statement, get};
use crate::error::Result;
use crate::filter::{Filter, Page, Paging, cursor_number};
use crate::fold;
use crate::record::DocumentLine;
use crate::words::Words;

const LIST: &str = "search";

/// Bytes of a passage, more or less: two lines of a terminal.
const PASSAGE: usize = 200;

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub document: DocumentLine,
    /// First byte of the passage in its text.
    pub start: usize,
    /// The passage with the most of the words.
    pub passage: String,
}

/// Documents with the words of `text` that the filter wants, the best first. A page is cut from the list as it is now, so a
/// document that is added between two pages may move others from one to the next.
pub(crate) async fn search(database: &Database, text: &str, filter: &Filter, paging: &Paging) -> Result<Page<Hit>> {
    condition::check(filter)?;
    condition::check(&Filter { text: Some(text.to_owned()), ..Filter::default() })?;
    let words = Words::parse(text)?;
    let offset = paging.fields::<1>(LIST)?.map_or(Ok(0), |[offset]| cursor_number(&offset))?.max(0);
    let mut ranked = Statement::new(database.dialect.ranked()).bind(&words.query(database.dialect));
    of_documents(&mut ranked, filter);
    condition::of_document(&mut ranked, filter, database.dialect)?;
    ranked.push(" ORDER BY score, d.seq DESC LIMIT ").push_bind(&paging.rows()).push(" OFFSET ").push_bind(&offset);
    let mut transaction = database.snapshot().await?;
    let rows = ranked.rows(&mut transaction).await?;
    let documents = rows.iter().map(|row| get(row, "seq")).collect::<Result<Vec<i64>>>()?;
    let texts = texts(&mut transaction, &documents).await?;
    let mut hits = Vec::with_capacity(documents.len());
    for (index, seq) in documents.into_iter().enumerate() {
        let statement = Statement::new(format!("SELECT {COLUMNS} FROM document d WHERE d.seq = $1")).bind(&seq);
        let Some(row) = statement.row(&mut transaction).await? else { continue };
        let (start, passage) = passage(texts.get(&seq).map_or("", String::as_str), &words);
        let cursor = format!("{LIST}~{}", offset + index as i64 + 1);
        hits.push((cursor, Hit { document: line(&row)?, start, passage: passage.to_owned() }));
    }
    Ok(Page::of(hits, paging))
}

/// The passage with the most different wanted words, and where it begins; the beginning of the text where it has none (they
/// stand in the title).
fn passage<'t>(text: &'t str, words: &Words) -> (usize, &'t str) {
    let wanted: Vec<&str> = words.wanted().collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (start, word) in words_of(text) {
        let folded = fold::fold(word);
        found.extend(wanted.iter().position(|wanted| alike(wanted, &folded)).map(|which| (start, which)));
    }
    let different = |from: usize| {
        let near = found.iter().skip(from).take_while(|(at, _)| found.get(from).is_some_and(|(first, _)| at - first < PASSAGE));
        let mut which: Vec<usize> = near.map(|(_, which)| *which).collect();
        which.sort_unstable();
        which.dedup();
        which.len()
    };
    // The first of the best.
    let best = (0..found.len()).rev().max_by_key(|from| different(*from)).and_then(|from| found.get(from)).map_or(0, |(at, _)| *at);
    // A little before the first word, at the beginning of a word.
    let from = boundary(text, best.saturating_sub(PASSAGE / 4));
    let start = if from == 0 { 0 } else { words_of(text).map(|(at, _)| at).find(|at| *at >= from).unwrap_or(from) };
    let end = boundary(text, start + PASSAGE);
    (start, text.get(start..end).unwrap_or_default())
}

/// The last place at or before `at` that lies between characters.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The words of a text and where they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(move |word| (start_of(word), word))
}

/// Whether two words are forms of one, near enough to choose a passage: they differ in their last three letters at most.
fn alike(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longest = a.chars().count().max(b.chars().count());
    a == b || (common >= 3 && longest - common <= 3)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_passage_has_the_most_words() {
        let filler = "Nothing of note was said about the weather that week. ".repeat(10);
        let text = format!("A hospital opened. {filler}Warplanes bombed the hospital in Aleppo. {filler}");
        let (start, passage) = passage(&text, &Words::parse("hospital bombing").unwrap());
        assert!(passage.contains("bombed the hospital"), "{passage}");
        assert_eq!(&text[start..start + passage.len()], passage);
    }

    proptest! {
        #[test]
        fn any_text_has_a_passage(text in ".{0,400}", typed in "[a-zé]{1,5}") {
            if let Ok(words) = Words::parse(&typed) {
                let (start, found) = passage(&text, &words);
                prop_assert_eq!(text.get(start..start + found.len()), Some(found));
            }
        }
    }
}
