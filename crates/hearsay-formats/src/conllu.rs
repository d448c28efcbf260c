//! The syntax of a document as CoNLL-U, the form in which Universal Dependencies are kept.
//!
//! Columns that Hearsay has no value for (lemma, XPOS, features, enhanced dependencies) are `_`.

use std::fmt::Write as _;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConlluSentence<'a> {
    /// Value of `sent_id`; unique within a file.
    pub id: String,
    /// The sentence as it stands in the document.
    pub text: &'a str,
    /// Its tokens, in order.
    pub tokens: Vec<ConlluToken<'a>>,
}

/// One token of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConlluToken<'a> {
    /// The token as it stands in the document.
    pub form: &'a str,
    /// Universal part of speech.
    pub upos: &'a str,
    /// Index (from 0, within the sentence) of the token it depends on; `None` for the root.
    pub head: Option<usize>,
    /// Universal dependency relation to the head.
    pub deprel: &'a str,
    /// Whether white space follows it in the document.
    pub space_after: bool,
}

/// The sentences of one document, headed by a `newdoc` comment; the empty string for a document without sentences.
#[must_use]
pub fn write(document_id: &str, sentences: &[ConlluSentence<'_>]) -> String {
    let mut out = String::new();
    for (index, sentence) in sentences.iter().enumerate() {
        if index == 0 {
            line(&mut out, format_args!("# newdoc id = {}", one_line(document_id)));
        }
        line(&mut out, format_args!("# sent_id = {}", one_line(&sentence.id)));
        line(&mut out, format_args!("# text = {}", one_line(sentence.text)));
        for (position, token) in sentence.tokens.iter().enumerate() {
            let head = token.head.map_or(0, |head| head + 1);
            let misc = if token.space_after { "_" } else { "SpaceAfter=No" };
            let (form, upos, deprel) = (one_line(token.form), one_line(token.upos), one_line(token.deprel));
            line(&mut out, format_args!("{}\t{form}\t_\t{upos}\t_\t_\t{head}\t{deprel}\t_\t{misc}", position + 1));
        }
        out.push('\n');
    }
    out
}

fn line(out: &mut String, content: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{content}"); // writing to a String cannot fail
}

/// A field may hold neither tab nor line break and may not be empty, or the columns would shift.
fn one_line(field: &str) -> String {
    let words: Vec<&str> = field.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "_".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token<'a>(form: &'a str, upos: &'a str, head: Option<usize>, deprel: &'a str, space_after: bool) -> ConlluToken<'a> {
        ConlluToken { form, upos, head, deprel, space_after }
    }

    #[test]
    fn a_sentence_has_its_comments_ten_columns_and_an_empty_line() {
        let sentence = ConlluSentence {
            id: "d1-s1".to_owned(),
            text: "Moscow\ndenied it.",
            tokens: vec![
                token("Moscow", "PROPN", Some(1), "nsubj", true),
                token("denied", "VERB", None, "root", true),
                token("it", "PRON", Some(1), "obj", false),
                token(".", "PUNCT", Some(1), "punct", false),
            ],
        };
        let expected = "# newdoc id = d1\n# sent_id = d1-s1\n# text = Moscow denied it.\n\
            1\tMoscow\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n\
            2\tdenied\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
            3\tit\t_\tPRON\t_\t_\t2\tobj\t_\tSpaceAfter=No\n\
            4\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\tSpaceAfter=No\n\n";
        assert_eq!(write("d1", &[sentence]), expected);
    }

    #[test]
    fn nothing_in_a_field_can_shift_the_columns() {
        let sentence = ConlluSentence { id: "s\t1".to_owned(), text: "", tokens: vec![token("a\tb\n", "", Some(0), "x\u{0}y", true)] };
        assert_eq!(write("d", &[sentence]), "# newdoc id = d\n# sent_id = s 1\n# text = _\n1\ta b\t_\t_\t_\t_\t1\tx y\t_\t_\n\n");
    }

    #[test]
    fn a_document_without_sentences_is_nothing() {
        assert_eq!(write("d", &[]), "");
    }
}
