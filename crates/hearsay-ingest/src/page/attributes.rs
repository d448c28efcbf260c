//! A look at the bytes of a page before they are parsed: how many attributes can one tag have?

/// Where in a tag a byte may stand, as the tokenizer of the HTML standard has it, as far as attributes are concerned.
#[derive(Clone, Copy)]
enum State {
    TagName,
    /// Before a name, after a quoted value or a slash.
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Unquoted,
    DoubleQuoted,
    SingleQuoted,
}

const STATES: [State; 8] =
    [State::TagName, State::BeforeName, State::Name, State::AfterName, State::BeforeValue, State::Unquoted, State::DoubleQuoted, State::SingleQuoted];

/// An upper bound on the attributes of any one tag of `html`, wherever tags may turn out to begin: what looks like a
/// tag in a script or a comment counts too. All readings are followed at once, each with the number of attributes so
/// far, so the time is linear.
pub(crate) fn most_attributes(html: &[u8]) -> usize {
    let mut most = 0;
    let mut counts: [Option<usize>; STATES.len()] = [None; STATES.len()];
    for (at, &byte) in html.iter().enumerate() {
        if counts.iter().any(Option::is_some) {
            let mut next = [None; STATES.len()];
            for (state, count) in STATES.into_iter().zip(counts) {
                let Some(count) = count else { continue };
                if let Some((state, attributes)) = step(state, byte) {
                    raise(&mut next, state, count + attributes);
                }
            }
            counts = next;
            most = counts.iter().flatten().copied().fold(most, usize::max);
        }
        if byte == b'<' && html.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') {
            raise(&mut counts, State::TagName, 0);
        }
    }
    most
}

fn raise(counts: &mut [Option<usize>], state: State, count: usize) {
    if let Some(slot) = counts.get_mut(state as usize) {
        *slot = Some(slot.map_or(count, |before| before.max(count)));
    }
}

/// The state after `byte`, and 1 where an attribute begins there. None: the tag ends.
fn step(state: State, byte: u8) -> Option<(State, usize)> {
    use State::{AfterName, BeforeName, BeforeValue, DoubleQuoted, Name, SingleQuoted, TagName, Unquoted};
    let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
    match (state, byte) {
        (DoubleQuoted, b'"') | (SingleQuoted, b'\'') | (TagName | BeforeName | Name | AfterName, b'/') => Some((BeforeName, 0)),
        (DoubleQuoted | SingleQuoted, _) => Some((state, 0)),
        (_, b'>') => None,
        (TagName | BeforeName | Unquoted, _) if blank => Some((BeforeName, 0)),
        (Name | AfterName, _) if blank => Some((AfterName, 0)),
        (Name | AfterName, b'=') => Some((BeforeValue, 0)),
        (BeforeName | AfterName, _) => Some((Name, 1)),
        (BeforeValue, b'"') => Some((DoubleQuoted, 0)),
        (BeforeValue, b'\'') => Some((SingleQuoted, 0)),
        (BeforeValue, _) if !blank => Some((Unquoted, 0)),
        (TagName | Name | BeforeValue | Unquoted, _) => Some((state, 0)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::format_collect)]

    use super::*;

    #[test]
    fn attributes_are_counted() {
        for (html, expected) in [
            ("", 0),
            ("no tags, 1 < 2 and a = b", 0),
            ("<p>text with many words", 0),
            ("<a href='x y z' title=\"a > b\" hidden>", 3),
            ("<a b/c/d=e/f g>", 4),
            ("<br/><img src=x alt = y><p one>", 2),
            ("</p a b c>", 4), // one too many: the name of a closing tag passes for one,
        ] {
            assert_eq!(most_attributes(html.as_bytes()), expected, "{html}");
        }
        let many: String = (0..1000).map(|n| format!(" a{n}='>'")).collect();
        assert_eq!(most_attributes(format!("<script>x<y'</script><p{many}>").as_bytes()), 1000);
    }
}
