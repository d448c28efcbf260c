//! Which texts are one voice.
//!
//! Two texts are alike or not, by their signatures alone and whichever came first. A voice is all texts that hang together
//! by likeness, directly or over others, and is named after the smallest id in it. Both do not depend on the order in
//! which texts come: the same texts make the same voices with the same names. The price is that a new text may join two
//! voices, or give one its name; [`Assignment::renamed`] says so.

use std::collections::BTreeSet;

use super::Signature;
use super::credit::RULES;

/// A document that is known already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its voice: the smallest id of the documents that make up the voice.
    pub voice: String,
    /// Its signature.
    pub signature: Signature,
}

/// The voice of a new document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Its voice. The document's own id if it opens a new one, or if its id is the smallest of those it joins.
    pub voice: String,
    /// Voices that turn out to be this one, sorted: their documents are to be given `voice`, in the same transaction.
    pub renamed: Vec<String>,
}

/// Why two texts are taken for one voice.
#[derive(Clone, Debug, PartialEq)]
pub struct Kinship {
    /// Share of word sequences in common, of those that either has; estimated.
    pub similarity: f64,
    /// Share of the shorter text that is in the longer one; estimated.
    pub containment: f64,
    /// The agency that signs both.
    pub agency: Option<String>,
    /// Long quotations in common.
    pub quotations: usize,
}

/// Whether two texts are one voice, and by what. The thresholds are those of `data/voices.toml`.
#[must_use]
pub fn alike(a: &Signature, b: &Signature) -> Option<Kinship> {
    let rules = &*RULES;
    let (similarity, containment, quotations) = (a.similarity(b), a.containment(b), a.shared_quotations(b));
    let signed_by_one = a.agency.is_some() && a.agency == b.agency;
    let rivals = a.agency.is_some() && b.agency.is_some() && a.agency != b.agency;
    let (near_copy, contained) = if rivals {
        (rules.near_copy_rivals, f64::INFINITY)
    } else if signed_by_one || quotations >= rules.quotations {
        (rules.near_copy_signed, rules.contained_signed)
    } else {
        (rules.near_copy, rules.contained)
    };
    let short = a.sequences.min(b.sequences) < rules.fewest_sequences;
    let one = if short { similarity >= rules.near_copy.max(near_copy) } else { similarity >= near_copy || containment >= contained };
    one.then(|| Kinship { similarity, containment, agency: a.agency.clone().filter(|_| signed_by_one), quotations })
}

/// The voice of the document `id`, among the `known` ones that share a band with it. Others among them do no harm.
#[must_use]
pub fn assign(id: &str, signature: &Signature, known: &[Known]) -> Assignment {
    let kin = known.iter().filter(|known| alike(signature, &known.signature).is_some());
    let mut voices: BTreeSet<&str> = kin.map(|known| known.voice.as_str()).collect();
    voices.insert(id);
    let voice = voices.pop_first().unwrap_or(id).to_owned();
    voices.remove(id);
    Assignment { voice, renamed: voices.into_iter().map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::format_collect)]

    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn text(words: std::ops::Range<u32>) -> String {
        words.map(|n| format!("w{n} ")).collect()
    }

    fn signature(head: &str, words: std::ops::Range<u32>) -> Signature {
        Signature::of(&format!("{head}{}", text(words))).unwrap()
    }

    #[test]
    fn copies_are_one_voice_and_others_are_not() {
        let original = signature("ALEPPO (Reuters) - ", 0..400);
        assert!(alike(&original, &signature("", 0..400)).is_some(), "a copy without credit");
        assert!(alike(&original, &signature("", 0..250)).is_some(), "a copy that was cut");
        assert!(alike(&original, &signature("ALEPPO (Reuters) - ", 0..150)).is_some(), "a signed copy cut to a third");
        assert!(alike(&original, &signature("", 250..650)).is_none(), "a text with some of it");
        assert!(alike(&original, &signature("ALEPPO (Reuters) - ", 300..700)).is_none(), "the agency's next text with some of it");
        assert!(alike(&original, &signature("ALEPPO (AFP) - ", 0..250)).is_none(), "another agency with much of it");
        assert!(alike(&signature("", 0..8), &signature("", 0..30)).is_none(), "a few words prove nothing");
    }

    #[test]
    fn voices_are_joined_and_renamed() {
        let known = |voice: &str, words| Known { voice: voice.to_owned(), signature: signature("", words) };
        let others = [known("d2", 0..300), known("d5", 300..600), known("d7", 9000..9300)];
        let found = assign("d4", &signature("", 0..600), &others[..]);
        assert_eq!(found, Assignment { voice: "d2".into(), renamed: vec!["d5".into()] });
        assert_eq!(assign("d1", &signature("", 0..300), &others), Assignment { voice: "d1".into(), renamed: vec!["d2".into()] });
        assert_eq!(assign("d9", &signature("", 7000..7300), &others), Assignment { voice: "d9".into(), renamed: vec![] });
        assert_eq!(assign("d2", &signature("", 0..300), &others), Assignment { voice: "d2".into(), renamed: vec![] });
    }

    /// The voices of all documents, added in this order.
    fn voices(order: &[usize], signatures: &[Signature]) -> BTreeMap<usize, String> {
        let mut out: BTreeMap<usize, String> = BTreeMap::new();
        for &document in order {
            let bands: BTreeSet<i64> = signatures[document].bands().into_iter().collect();
            let near = out.iter().filter(|(other, _)| signatures[**other].bands().iter().any(|band| bands.contains(band)));
            let known: Vec<Known> = near.map(|(other, voice)| Known { voice: voice.clone(), signature: signatures[*other].clone() }).collect();
            let found = assign(&format!("d{document}"), &signatures[document], &known);
            for voice in out.values_mut().filter(|voice| found.renamed.contains(voice)) {
                voice.clone_from(&found.voice);
            }
            out.insert(document, found.voice);
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn the_order_makes_no_difference(
            spans in prop::collection::vec((0..6_u32, 60..200_u32), 1..9),
            order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let signatures: Vec<Signature> = spans.iter().map(|(start, length)| signature("", start * 40..start * 40 + length)).collect();
            let order: Vec<usize> = order.into_iter().filter(|at| *at < signatures.len()).collect();
            let sorted: Vec<usize> = (0..signatures.len()).collect();
            prop_assert_eq!(voices(&order, &signatures), voices(&sorted, &signatures));
        }
    }
}
