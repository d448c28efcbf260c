//! Internet addresses and e-mail addresses inside a run of characters without white space: taken whole.

use super::work;

/// The addresses in `chars`, as index ranges, in order and disjoint.
pub(super) fn find(chars: &[(usize, char)]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    let mut i = 0;
    while let Some(&(_, c)) = chars.get(i) {
        work::count(1);
        let address = match c {
            ':' if starts_with(chars, i, "://") => scheme_start(chars, from, i).map(|start| (start, address_end(chars, i + 3))),
            'w' | 'W' if boundary(chars, from, i) && starts_with(chars, i, "www.") => Some((i, address_end(chars, i))),
            'm' | 'M' if boundary(chars, from, i) && starts_with(chars, i, "mailto:") => Some((i, address_end(chars, i))),
            '@' => mail(chars, from, i),
            _ => None,
        };
        if let Some((start, end)) = address {
            found.push((start, end));
            from = end;
            i = end;
        } else {
            i += 1;
        }
    }
    found
}

fn starts_with(chars: &[(usize, char)], i: usize, what: &str) -> bool {
    what.chars().enumerate().all(|(k, w)| chars.get(i + k).is_some_and(|(_, c)| c.eq_ignore_ascii_case(&w)))
}

/// Whether no letter or digit stands right before `i`.
fn boundary(chars: &[(usize, char)], from: usize, i: usize) -> bool {
    i == from || !chars.get(i - 1).is_some_and(|(_, c)| c.is_alphanumeric())
}

/// Start of the letters before the "://" at `colon`; they are few in any real scheme.
fn scheme_start(chars: &[(usize, char)], from: usize, colon: usize) -> Option<usize> {
    let letters = chars.get(from..colon)?.iter().rev().take(8).take_while(|(_, c)| c.is_ascii_alphabetic()).count();
    (letters > 0).then_some(colon - letters)
}

/// End of the address whose text begins at `start`: at a bracket or quotation mark, without punctuation at its tail.
fn address_end(chars: &[(usize, char)], start: usize) -> usize {
    let mut end = start;
    let mut keep = start;
    while let Some(&(_, c)) = chars.get(end) {
        work::count(1);
        if matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|') {
            break;
        }
        end += 1;
        if !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'' | '’' | '*') {
            keep = end;
        }
    }
    keep
}

/// The e-mail address or handle around the `@` at `at`.
fn mail(chars: &[(usize, char)], from: usize, at: usize) -> Option<(usize, usize)> {
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let before = chars.get(from..at)?.iter().rev().take_while(|(_, c)| local(*c)).count();
    work::count(before);
    let mut start = at - before;
    while start < at && chars.get(start).is_some_and(|(_, c)| !c.is_alphanumeric()) {
        start += 1;
    }
    if !chars.get(at + 1).is_some_and(|(_, c)| c.is_alphabetic()) {
        return None;
    }
    let mut end = at + 1;
    let mut keep = end;
    while let Some(&(_, c)) = chars.get(end) {
        work::count(1);
        if !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_') {
            break;
        }
        end += 1;
        if c.is_alphanumeric() || c == '_' {
            keep = end;
        }
    }
    Some((start, keep))
}
