//! The regular forms of English words, as the dictionaries expect them to be made.

/// The regular plural of a noun.
pub(super) fn plural(word: &str) -> String {
    with_s(word)
}

/// The regular forms of a verb besides the verb itself: third person, past, present participle.
pub(super) fn verb_forms(word: &str) -> [String; 3] {
    [with_s(word), past(word), participle(word)]
}

/// The present participle of a verb.
pub(super) fn participle(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie") {
        format!("{stem}ying")
    } else if let Some(stem) = word.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y'])) {
        format!("{stem}ing")
    } else {
        format!("{word}ing")
    }
}

/// A word with the "s" of the plural and of the third person.
pub(super) fn with_s(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        format!("{stem}ies")
    } else if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn past(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        format!("{stem}ied")
    } else if word.ends_with('e') {
        format!("{word}d")
    } else {
        format!("{word}ed")
    }
}

/// What stands before a "y" that follows a consonant.
fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| !stem.is_empty() && !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        assert_eq!(verb_forms("accuse"), ["accuses", "accused", "accusing"]);
        assert_eq!(verb_forms("deny"), ["denies", "denied", "denying"]);
        assert_eq!(verb_forms("deploy"), ["deploys", "deployed", "deploying"]);
        assert_eq!(verb_forms("clash"), ["clashes", "clashed", "clashing"]);
        assert_eq!(verb_forms("die"), ["dies", "died", "dying"]);
        assert_eq!(verb_forms("free"), ["frees", "freed", "freeing"]);
        assert_eq!(plural("army"), "armies");
        assert_eq!(plural("boss"), "bosses");
        assert_eq!(verb_forms(""), ["s", "ed", "ing"]);
    }
}
