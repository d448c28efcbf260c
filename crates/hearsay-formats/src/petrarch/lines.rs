//! Lines of a dictionary without their comments: `#` and `;` to the end of the line, `<!-- … -->` over any number of lines.

/// A line with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// What it holds, without white space around it. Empty where the line is.
    pub(super) text: &'t str,
}

/// The lines of a text, empty ones among them; lines that hold nothing but a comment are left out.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut inside = false;
    let mut out = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let mut rest = line;
        if inside {
            let Some(end) = rest.find("-->") else { continue };
            rest = rest.get(end + 3..).unwrap_or("");
            inside = false;
        }
        let mut kept = rest;
        if let Some(start) = rest.find("<!--") {
            inside = !rest.get(start..).is_some_and(|comment| comment.contains("-->"));
            // Of a line with a comment in its middle the part before it is read.
            kept = rest.get(..start).unwrap_or("");
        }
        let kept = kept.split(['#', ';']).next().unwrap_or("").trim();
        if !kept.is_empty() || line.trim().is_empty() {
            out.push(Line { number: index + 1, text: kept });
        }
    }
    out
}

/// What stands in the first pair of brackets, with what stands before it and what stands after; `None` where there is none.
pub(super) fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(open)?;
    let (inside, after) = rest.split_once(close)?;
    Some((before, inside, after))
}

/// A phrase as its words in lower case; underscores part words too, and a plus sign marks one, which is left out.
pub(super) fn words(phrase: &str) -> Vec<String> {
    phrase.split(|c: char| c.is_whitespace() || c == '_').map(|word| word.trim_matches('+').to_lowercase()).filter(|word| !word.is_empty()).collect()
}

/// Whether a word is one that a text can have: some letter or digit, no brackets, signs of patterns or control characters.
pub(super) fn is_word(word: &str) -> bool {
    word.contains(char::is_alphanumeric) && word.chars().all(|c| c.is_alphanumeric() || "-'’./,".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_lines_keep_their_numbers() {
        let text = "# all\nA [010] # b\n\nB ; c\n<!-- one --> \nC <!-- two\nthree\nfour -->D\n";
        let found: Vec<(usize, &str)> = lines(text).iter().map(|line| (line.number, line.text)).collect();
        assert_eq!(found, [(2, "A [010]"), (3, ""), (4, "B"), (6, "C"), (8, "D")]);
    }

    #[test]
    fn words_are_parted_by_underscores_too() {
        assert_eq!(words("CORDON_OFF_"), ["cordon", "off"]);
        assert_eq!(words("WIRE_+TAP"), ["wire", "tap"]);
        assert!(is_word("n't") && is_word("al-assad") && !is_word("a|b") && !is_word("") && !is_word("...") && !is_word("&x"));
    }
}
