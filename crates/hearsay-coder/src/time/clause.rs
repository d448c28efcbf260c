//! Whether the clause around a time expression speaks of things to come.

use std::ops::Range;

use crate::page::Page;

/// Words above an expression that are looked at.
const CLIMB: usize = 8;

/// Words above an expression with a possessive ending that are looked at: its noun, and the noun's verb.
const CLIMB_FROM_POSSESSIVE: usize = 2;

/// Whether the clause of an expression speaks of things to come: a word before it points ahead, a word of the future
/// stands among the verbs above it or their helpers, or it hangs on the infinitive of an intention.
pub(super) fn future(page: &Page<'_>, words: Range<usize>) -> bool {
    let lists = &page.codebook.time;
    if follows(page, words.start, &lists.ahead) {
        return true;
    }
    let mut node = page.trees.head_of(&words);
    // "Condolences for Saturday's attack": what somebody is about to do says nothing of the day that a noun is named by.
    let possessive = node.is_some_and(|n| page.trees.is(n, &["nmod:poss"]));
    for _ in 0..if possessive { CLIMB_FROM_POSSESSIVE } else { CLIMB } {
        let Some((word, head)) = node.and_then(|word| Some((word, page.encoded.words.get(word)?.head?))) else { return false };
        // "The shares issued July 1 will pay": what is above a participle is another clause.
        let infinitive = page.trees.children(word).iter().any(|c| page.word(*c).eq_ignore_ascii_case("to"));
        if page.trees.is(word, &["acl"]) && !infinitive && !words.contains(&word) {
            return false;
        }
        if infinitive && !possessive && lists.intending.contains(page.word(head)) {
            return true;
        }
        if matches!(page.upos(head), "VERB" | "AUX" | "ADJ" | "NOUN") {
            let helper = |c: &usize| page.trees.is(*c, &["aux", "cop", "mark", "case"]) && lists.future.contains(page.word(*c));
            if lists.future.contains(page.word(head)) || page.trees.children(head).iter().any(helper) {
                return true;
            }
            // A finite verb ends the search: what is above it is another clause.
            if page.upos(head) == "VERB" && !page.trees.is(head, &["xcomp", "acl", "advcl"]) {
                return false;
            }
        }
        node = Some(head);
    }
    false
}

/// Whether an expression follows a word that looks back ("since"), so that it cannot lie ahead.
pub(super) fn looks_back(page: &Page<'_>, first: usize) -> bool {
    follows(page, first, &page.codebook.time.behind)
}

/// Whether a phrase of a list stands right before a word.
fn follows(page: &Page<'_>, first: usize, phrases: &[Vec<String>]) -> bool {
    phrases.iter().any(|phrase| {
        first
            .checked_sub(phrase.len())
            .is_some_and(|start| phrase.iter().enumerate().all(|(n, word)| page.word(start + n).eq_ignore_ascii_case(word)))
    })
}
