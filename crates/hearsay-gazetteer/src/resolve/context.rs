//! What the text right around a name says of its place: the kind of place, what it lies in, whether it is a dateline.

use super::{Lists, Mention};
use crate::Kind;

/// The kind of place that a word beside a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// A first-order division.
    Admin1,
    /// A smaller division.
    Admin2,
    /// A town or a part of one.
    Settlement,
}

impl Hint {
    /// Whether a place of that kind is meant.
    pub(super) fn fits(self, kind: Kind) -> bool {
        match self {
            Self::Admin1 => kind == Kind::Admin1,
            Self::Admin2 => matches!(kind, Kind::Admin2 | Kind::Admin3),
            Self::Settlement => kind.is_settlement(),
        }
    }
}

/// What stands around a mention.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    pub(super) hint: Option<Hint>,
    /// The mention that names what it lies in.
    pub(super) container: Option<usize>,
    pub(super) dateline: bool,
}

/// Bytes from the beginning of the text within which a dateline may stand.
const DATELINE_REACH: usize = 200;

/// Longest gap, in bytes, between a name and what it lies in.
const LONGEST_GAP: usize = 24;

/// What stands around each mention.
pub(super) fn around(text: &str, mentions: &[Mention], lists: &Lists) -> Vec<Around> {
    let mut out = vec![Around::default(); mentions.len()];
    for (n, mention) in mentions.iter().enumerate() {
        let (before, after) = (text.get(..mention.start).unwrap_or(""), text.get(mention.end..).unwrap_or(""));
        let next = mentions.get(n + 1).filter(|next| next.start >= mention.end);
        let gap = next.and_then(|next| text.get(mention.end..next.start)).filter(|gap| gap.len() <= LONGEST_GAP);
        let container = gap.filter(|gap| contains(gap, lists)).map(|_| n + 1);
        let owned = gap.is_some_and(|gap| matches!(gap, "'s " | "’s ")) && mention.country.is_none();
        if let Some(around) = out.get_mut(n) {
            around.hint = hint(before, after, lists);
            around.container = around.container.or(container);
            around.dateline = mention.start < DATELINE_REACH && dateline(before, after);
        }
        if let Some(next) = out.get_mut(n + 1).filter(|_| owned) {
            next.container = Some(n);
        }
    }
    out
}

/// What may stand between a name and that of what it lies in, without the words for kinds of places ("Hama, in Syria").
const CONTAINS: &[&str] = &[",", "in", ", in", "(", "of"];

/// Whether what stands between two names tells that the first lies in the second.
fn contains(gap: &str, lists: &Lists) -> bool {
    let spaced = gap.to_lowercase().replace(',', " , ").replace('(', " ( ");
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| !is_kind(word, lists)).collect();
    CONTAINS.contains(&words.join(" ").as_str())
}

fn is_kind(word: &str, lists: &Lists) -> bool {
    [&lists.admin1, &lists.admin2, &lists.settlement].into_iter().flatten().any(|known| known == word)
}

/// The kind of place that the word after a name tells ("Hama province"), or those before it ("the city of Hama").
fn hint(before: &str, after: &str, lists: &Lists) -> Option<Hint> {
    let first_word = after.strip_prefix(' ').map(|rest| rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or(""));
    let mut last_words = before.rsplit(|c: char| c.is_whitespace()).filter(|word| !word.is_empty());
    let of = before.ends_with(' ') && last_words.next() == Some("of");
    let told = if of { last_words.next() } else { None };
    let told = first_word.filter(|word| !word.is_empty()).into_iter().chain(told);
    told.map(str::to_lowercase).find_map(|word| {
        let kinds = [(&lists.admin1, Hint::Admin1), (&lists.admin2, Hint::Admin2), (&lists.settlement, Hint::Settlement)];
        kinds.into_iter().find(|(words, _)| words.contains(&word)).map(|(_, hint)| hint)
    })
}

/// Whether a name near the beginning opens a report: at the start of a line, before a dash or an agency in brackets.
fn dateline(before: &str, after: &str) -> bool {
    /// So many characters after the name the dash must stand.
    const REACH: usize = 40;
    let opens = before.is_empty() || before.ends_with('\n') || before.trim_end().ends_with(['—', '–']);
    let line = after.split('\n').next().unwrap_or("");
    let head: String = line.chars().take(REACH).collect();
    let dash = [" — ", " – ", " - ", "--"].iter().any(|dash| head.contains(dash));
    opens && (dash || head.trim_start().starts_with('('))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Lists {
        let list = |word: &str| vec![word.to_owned()];
        Lists { admin1: list("province"), admin2: list("district"), settlement: list("city"), parts: list("northern") }
    }

    /// What stands around the names that are put in square brackets.
    fn around_marked(marked: &str) -> Vec<Around> {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '[' => mentions.push(Mention { start: text.len(), end: 0, country: None }),
                ']' => mentions.iter_mut().last().into_iter().for_each(|m| m.end = text.len()),
                c => text.push(c),
            }
        }
        around(&text, &mentions, &lists())
    }

    #[test]
    fn words_beside_a_name_tell_its_kind() {
        let hints = |marked: &str| around_marked(marked).iter().map(|around| around.hint).collect::<Vec<_>>();
        assert_eq!(hints("in [Hama] province and the city of [Homs]"), [Some(Hint::Admin1), Some(Hint::Settlement)]);
        assert_eq!(hints("[Hama], province and [Homs]"), [None, None]);
    }

    #[test]
    fn what_a_name_lies_in_stands_beside_it() {
        let containers = |marked: &str| around_marked(marked).iter().map(|around| around.container).collect::<Vec<_>>();
        assert_eq!(containers("[Paris], [Texas]"), [Some(1), None]);
        assert_eq!(containers("[Hama] province, in [Syria]"), [Some(1), None]);
        assert_eq!(containers("[Hama] and [Homs]"), [None, None]);
        assert_eq!(containers("[Syria]'s [Hama]"), [None, Some(0)]);
    }

    #[test]
    fn datelines_are_told_by_their_dash() {
        assert!(around_marked("[BEIRUT] (AP) — Shells").iter().all(|around| around.dateline));
        assert!(around_marked("In [Beirut] shells").iter().all(|around| !around.dateline));
    }
}
