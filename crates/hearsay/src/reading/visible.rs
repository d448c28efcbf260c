//! Text from outside made harmless for a terminal.

/// `text` on one line: white space as single spaces, control characters as the pictures Unicode has for them.
///
/// Escape sequences could move the cursor or fake other text, and so could the marks that turn the direction of
/// writing; both stay visible instead. Letters of right-to-left scripts are untouched.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(picture));
    }
    out
}

fn picture(c: char) -> char {
    match c {
        // Control Pictures, U+2400 to U+241F, stand in the order of the characters they show.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        // C1 controls; then embeddings, overrides and isolates of writing direction.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_kind_becomes_single_spaces() {
        assert_eq!(visible(" a\r\n\tb\u{a0}\u{2028}c\u{85} "), "a b c");
    }

    #[test]
    fn terminal_escapes_become_pictures() {
        assert_eq!(visible("\u{1b}[2J\u{7}\u{7f}\u{9b}31m\0"), "␛[2J␇␡\u{fffd}31m␀");
    }

    #[test]
    fn direction_overrides_go_and_right_to_left_letters_stay() {
        assert_eq!(visible("\u{202e}abc\u{2066} حلب"), "\u{fffd}abc\u{fffd} حلب");
    }
}
