//! What stands in quotation marks, also over several sentences and paragraphs.
//!
//! By the convention of newspapers, each paragraph of a long quotation opens anew and only the last one closes. A
//! quotation that never closes ends with its paragraph. Single marks, which are also apostrophes, are taken for
//! quotation marks only where the same paragraph has both ends.

use hearsay_ledger::Span;

use super::{is_blank, work};

/// The quotations of a text.
#[derive(Default)]
pub(super) struct Quotations {
    /// From mark to mark, in order and disjoint; a quotation inside a quotation is not listed.
    pub(super) spans: Vec<Span>,
    /// First bytes of the double marks that open one, also anew in a later paragraph; in order.
    opening: Vec<usize>,
}

impl Quotations {
    /// Whether the double mark `token` opens a quotation.
    pub(super) fn opens(&self, token: Span) -> bool {
        self.opening.binary_search(&token.start()).is_ok()
    }
}

/// What a double mark can do by its form and its neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens,
    Closes,
    Either,
}

/// Finds the quotations in `paragraphs`, each given by its tokens.
pub(super) fn find(text: &str, paragraphs: &[Vec<Span>]) -> Quotations {
    let mut found = Quotations::default();
    let mut open: Option<Span> = None;
    for tokens in paragraphs {
        let reopens = tokens.first().is_some_and(|first| matches!(mark(text, *first), Some(Mark::Opens | Mark::Either)));
        if !reopens {
            found.spans.extend(open.take());
        }
        open = in_paragraph(text, tokens, open, &mut found);
    }
    found.spans.extend(open);
    found
}

/// Goes through one paragraph with the quotation that is open at its start, if any, from its first mark to the last
/// token before; returns the one that is open at its end, in the same form.
fn in_paragraph(text: &str, tokens: &[Span], mut open: Option<Span>, found: &mut Quotations) -> Option<Span> {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let here = at;
        at += 1;
        match (mark(text, *token), open) {
            (None, None) => {
                if let Some(end) = single_end(text, tokens, here) {
                    found.spans.extend(tokens.get(end).map(|last| token.cover(*last)));
                    at = end + 1;
                }
            }
            (None, Some(quotation)) => open = Some(quotation.cover(*token)),
            (Some(Mark::Closes), None) => {}
            // At the end of a paragraph nothing can open.
            (Some(Mark::Either), None) if at == tokens.len() => {}
            (Some(Mark::Opens | Mark::Either), None) => {
                found.opening.push(token.start());
                open = Some(*token);
            }
            (Some(Mark::Opens | Mark::Either), Some(quotation)) if here == 0 => {
                found.opening.push(token.start());
                open = Some(quotation.cover(*token));
            }
            (Some(Mark::Opens), Some(quotation)) => {
                // The quotation before was never closed.
                found.spans.push(quotation);
                found.opening.push(token.start());
                open = Some(*token);
            }
            (Some(Mark::Closes | Mark::Either), Some(quotation)) => {
                found.spans.push(quotation.cover(*token));
                open = None;
            }
        }
    }
    open
}

/// What the token does if it is a double quotation mark.
fn mark(text: &str, token: Span) -> Option<Mark> {
    work::count(1);
    match token.of(text)? {
        "“" | "«" | "„" | "``" => Some(Mark::Opens),
        "”" | "»" | "’’" => Some(Mark::Closes),
        "\"" | "''" => Some(match (is_free_before(text, token), is_free_after(text, token)) {
            (true, false) => Mark::Opens,
            (false, true) => Mark::Closes,
            _ => Mark::Either,
        }),
        _ => None,
    }
}

/// Whether no word or closing sign stands right before the token.
fn is_free_before(text: &str, token: Span) -> bool {
    let before = text.get(..token.start()).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| is_blank(c) || matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '―' | '/' | '‘'))
}

/// Whether no word or opening sign stands right after the token.
fn is_free_after(text: &str, token: Span) -> bool {
    let after = text.get(token.end()..).and_then(|after| after.chars().next());
    after.is_none_or(|c| is_blank(c) || matches!(c, ')' | ']' | '}' | '.' | ',' | ';' | ':' | '?' | '!' | '-' | '–' | '—' | '―' | '/' | '’'))
}

/// Index of the token that closes the single quotation mark at `start`, if the token there is one.
fn single_end(text: &str, tokens: &[Span], start: usize) -> Option<usize> {
    if !opens_single(text, *tokens.get(start)?) {
        return None;
    }
    let mut doubtful = None;
    for (at, token) in tokens.iter().enumerate().skip(start + 2) {
        if opens_single(text, *token) {
            break;
        }
        let closes = matches!(token.of(text), Some("'" | "’")) && !is_free_before(text, *token) && is_free_after(text, *token);
        if !closes {
            continue;
        }
        let word = tokens.get(at - 1).and_then(|before| before.of(text)).unwrap_or("");
        let before_blank = text.get(token.end()..).is_some_and(|after| after.starts_with(is_blank));
        // "the rebels' claim": after a plural in mid-sentence the mark may be a genitive.
        if !(word.ends_with('s') && before_blank) {
            return Some(at);
        }
        doubtful = doubtful.or(Some(at));
    }
    doubtful
}

fn opens_single(text: &str, token: Span) -> bool {
    work::count(1);
    matches!(token.of(text), Some("'" | "‘" | "`")) && is_free_before(text, token) && !is_free_after(text, token)
}
