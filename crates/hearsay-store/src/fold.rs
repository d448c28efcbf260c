//! Names and words in the form in which they are compared: lower case, without accents, single spaces.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The form of `name` by which names are compared.
#[must_use]
pub fn fold(name: &str) -> String {
    let folded: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of `text`, folded: runs of letters and digits.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_spaces_do_not_count() {
        assert_eq!(fold("  São  Tomé "), "sao tome");
        assert_eq!(fold("ДАМАСК"), "дамаск");
        assert_eq!(words("The U.S. and al-Assad, 2016"), ["the", "u", "s", "and", "al", "assad", "2016"]);
    }
}
