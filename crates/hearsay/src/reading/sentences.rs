//! Names of sentences as people read them: `s1` is the first.

use hearsay_ledger::{Ledger, Span};

/// The sentence or sentences that `spans` lie in: `s4`, `s4–6`; `s?` where they lie in none.
pub fn label(ledger: &Ledger, spans: impl IntoIterator<Item = Span>) -> String {
    let Some(whole) = spans.into_iter().reduce(Span::cover) else { return "s?".to_owned() };
    // Sentences do not overlap and are in order, so the first that ends after a byte is the one that holds it.
    let holder = |byte: usize| 1 + ledger.sentences.partition_point(|sentence| sentence.end() <= byte);
    let (first, last) = (holder(whole.start()), holder(whole.end() - 1)); // a span is never empty
    match ledger.sentences.len() {
        count if first > count => "s?".to_owned(),
        count if first < last.min(count) => format!("s{first}–{}", last.min(count)),
        _ => format!("s{first}"),
    }
}

/// The name of the sentence at `index` from 0.
pub fn label_at(index: usize) -> String {
    format!("s{}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end).unwrap_or_else(|| unreachable!("the tests give no empty spans"))
    }

    #[test]
    fn a_label_names_the_first_and_last_sentence_touched() {
        let ledger = Ledger { sentences: vec![span(0, 10), span(11, 20), span(21, 30)], ..Ledger::default() };
        assert_eq!(label(&ledger, [span(0, 3)]), "s1");
        assert_eq!(label(&ledger, [span(12, 20)]), "s2");
        assert_eq!(label(&ledger, [span(22, 23), span(9, 12)]), "s1–3");
        assert_eq!(label(&ledger, [span(40, 41)]), "s?");
        assert_eq!(label(&ledger, []), "s?");
        assert_eq!(label(&Ledger::default(), [span(0, 1)]), "s?");
    }
}
