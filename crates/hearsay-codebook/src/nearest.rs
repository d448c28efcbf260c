//! The known name that is nearest to one that is not known, for messages.

/// `; did you mean …?` with the known name nearest to `name`, or nothing where none is near.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let nearest = known.into_iter().map(|k| (strsim::damerau_levenshtein(&name.to_lowercase(), &k.to_lowercase()), k)).min();
    // Names that share less than half of their letters would only confuse.
    match nearest.filter(|(distance, _)| 2 * distance <= name.chars().count()) {
        Some((_, nearest)) => format!("; did you mean `{nearest}`?"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_names_are_named() {
        assert_eq!(did_you_mean("kiled", ["injured", "killed"]), "; did you mean `killed`?");
        assert_eq!(did_you_mean("Event.TOML", ["event.toml"]), "; did you mean `event.toml`?");
        assert_eq!(did_you_mean("xyz", ["injured", "killed"]), "");
        assert_eq!(did_you_mean("x", []), "");
    }
}
