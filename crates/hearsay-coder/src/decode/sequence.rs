//! Best sequences of labels under simple constraints (Viterbi 1967).

use std::ops::Range;

/// BIO tags over some types: which tags begin and which continue which type.
#[derive(Clone, Debug)]
pub struct Tagset {
    types: Vec<String>,
    tags: Vec<Tag>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Outside,
    Begin(usize),
    Inside(usize),
}

/// A run of words with one type.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// The words, in the numbering of the rows that were given.
    pub words: Range<usize>,
    /// Index of the type in [`Tagset::types`].
    pub kind: usize,
    /// Probability of the run's tags, as their geometric mean, 0 to 1.
    pub score: f32,
}

impl Tagset {
    /// The tag set of a head's labels (`O`, `B-person`, `I-person`, …); anything else counts as `O`.
    #[must_use]
    pub fn new(labels: &[String]) -> Self {
        let mut types: Vec<String> = Vec::new();
        let mut kind = |name: &str| {
            types.iter().position(|t| t == name).unwrap_or_else(|| {
                types.push(name.to_owned());
                types.len() - 1 // just pushed
            })
        };
        let tags = labels
            .iter()
            .map(|label| match label.split_once('-') {
                Some(("B", name)) => Tag::Begin(kind(name)),
                Some(("I", name)) => Tag::Inside(kind(name)),
                _ => Tag::Outside,
            })
            .collect();
        Self { types, tags }
    }

    /// Names of the types, in the order of the labels.
    #[must_use]
    pub fn types(&self) -> &[String] {
        &self.types
    }
}

/// The best runs of types over `rows` (a row of logarithms of probabilities a word, a column a tag), where a run may
/// only go on in its own type. `bias` is added to the score of staying outside.
#[must_use]
pub fn spans(rows: &[&[f32]], tags: &Tagset, bias: f32) -> Vec<Labelled> {
    let allowed = |from: Option<usize>, to: usize| match tags.tags[to] {
        Tag::Inside(kind) => from.is_some_and(|from| matches!(tags.tags[from], Tag::Begin(k) | Tag::Inside(k) if k == kind)),
        _ => true,
    };
    let score =
        |row: &[f32], tag: usize| row.get(tag).copied().unwrap_or(f32::NEG_INFINITY) + if tags.tags[tag] == Tag::Outside { bias } else { 0.0 };
    let path = viterbi(rows.len(), tags.tags.len(), |word, from, to| if allowed(from, to) { score(rows[word], to) } else { f32::NEG_INFINITY });
    let mut out: Vec<Labelled> = Vec::new();
    let mut sum = 0.0;
    for (word, tag) in path.into_iter().enumerate() {
        let own = score(rows[word], tag);
        match (tags.tags[tag], out.last_mut()) {
            (Tag::Begin(kind), _) => {
                sum = own;
                out.push(Labelled { words: word..word + 1, kind, score: own.exp() });
            }
            (Tag::Inside(kind), Some(last)) if last.kind == kind && last.words.end == word => {
                sum += own;
                last.words.end = word + 1;
                last.score = (sum / last.words.len() as f32).exp();
            }
            _ => {}
        }
    }
    out
}

/// As [`spans`], but whether a word is in any run is decided before the type: so a run whose type is in doubt is not lost
/// to staying outside. Each run comes with the probabilities of all types, which sum to 1.
#[must_use]
pub fn typed_spans(rows: &[&[f32]], tags: &Tagset, bias: f32) -> Vec<(Labelled, Vec<f32>)> {
    let sum = |row: &[f32], wanted: &dyn Fn(Tag) -> bool| {
        let total: f32 = row.iter().zip(&tags.tags).filter(|(_, tag)| wanted(**tag)).map(|(x, _)| x.exp()).sum();
        total.max(f32::MIN_POSITIVE).ln()
    };
    let merged: Vec<[f32; 3]> = rows
        .iter()
        .map(|row| [sum(row, &|t| t == Tag::Outside), sum(row, &|t| matches!(t, Tag::Begin(_))), sum(row, &|t| matches!(t, Tag::Inside(_)))])
        .collect();
    let merged: Vec<&[f32]> = merged.iter().map(<[f32; 3]>::as_slice).collect();
    let any = Tagset { types: vec![String::new()], tags: vec![Tag::Outside, Tag::Begin(0), Tag::Inside(0)] };
    let of_types = |words: &Range<usize>| -> Vec<f32> {
        let evidence: Vec<f32> = (0..tags.types.len())
            .map(|kind| rows[words.clone()].iter().map(|row| sum(row, &|t| matches!(t, Tag::Begin(k) | Tag::Inside(k) if k == kind))).sum())
            .collect();
        let top = evidence.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = evidence.iter().map(|x| (x - top).exp()).sum();
        evidence.iter().map(|x| (x - top).exp() / total).collect()
    };
    spans(&merged, &any, bias)
        .into_iter()
        .map(|run| {
            let types = of_types(&run.words);
            let kind = (0..types.len()).fold(0, |top, k| if types[k] > types[top] { k } else { top });
            (Labelled { kind, ..run }, types)
        })
        .collect()
}

/// The best sequence of columns over `rows` where every change of column costs `change`.
#[must_use]
pub fn smooth(rows: &[&[f32]], columns: usize, change: f32) -> Vec<usize> {
    viterbi(rows.len(), columns, |word, from, to| {
        let own = rows[word].get(to).copied().unwrap_or(f32::NEG_INFINITY);
        if from.is_some_and(|from| from != to) { own - change } else { own }
    })
}

/// The best path through `length` steps of `states`; `gain(step, from, to)` is what a step adds. Ties go to the lower state.
fn viterbi(length: usize, states: usize, gain: impl Fn(usize, Option<usize>, usize) -> f32) -> Vec<usize> {
    if length == 0 || states == 0 {
        return Vec::new();
    }
    // All vectors here have `states` entries, and all indices are below it.
    let mut best: Vec<f32> = (0..states).map(|to| gain(0, None, to)).collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(length);
    for step in 1..length {
        let mut next = vec![f32::NEG_INFINITY; states];
        let mut from_of = vec![0; states];
        for to in 0..states {
            for (from, before) in best.iter().enumerate() {
                let score = before + gain(step, Some(from), to);
                if score > next[to] {
                    next[to] = score;
                    from_of[to] = from;
                }
            }
        }
        best = next;
        back.push(from_of);
    }
    let mut state = (0..states).fold(0, |top, s| if best[s] > best[top] { s } else { top });
    let mut path = vec![state];
    for from_of in back.iter().rev() {
        state = from_of[state];
        path.push(state);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tagset() -> Tagset {
        Tagset::new(&["O", "B-person", "I-person", "B-place", "I-place"].map(String::from))
    }

    #[test]
    fn a_run_never_changes_its_type() {
        // The second word alone would be the inside of a place.
        let rows: [&[f32]; 3] = [&[-3.0, -0.1, -9.0, -3.0, -9.0], &[-3.0, -9.0, -1.0, -9.0, -0.5], &[-0.1, -9.0, -9.0, -9.0, -9.0]];
        let found = spans(&rows, &tagset(), 0.0);
        assert_eq!(found.iter().map(|l| (l.words.clone(), l.kind)).collect::<Vec<_>>(), [(0..2, 0)]);
        assert!((found[0].score - (-0.55_f32).exp()).abs() < 1e-6);
    }

    #[test]
    fn a_bias_for_outside_drops_weak_runs() {
        let rows: [&[f32]; 1] = [&[-0.9, -0.6, -9.0, -9.0, -9.0]];
        assert_eq!(spans(&rows, &tagset(), 0.0).len(), 1);
        assert!(spans(&rows, &tagset(), 0.5).is_empty());
    }

    #[test]
    fn a_run_whose_type_is_in_doubt_is_kept() {
        // Outside is the likeliest single tag, but less likely than both types together.
        let rows: [&[f32]; 1] = [&[0.4_f32.ln(), 0.35_f32.ln(), -9.0, 0.25_f32.ln(), -9.0]];
        assert!(spans(&rows, &tagset(), 0.0).is_empty());
        let found = typed_spans(&rows, &tagset(), 0.0);
        assert_eq!((found.len(), found[0].0.kind), (1, 0));
        assert!((found[0].1[0] - 0.58).abs() < 0.01 && (found[0].1.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn smoothing_removes_a_lone_outlier() {
        let rows: [&[f32]; 3] = [&[-0.1, -2.0], &[-0.8, -0.6], &[-0.1, -2.0]];
        assert_eq!(smooth(&rows, 2, 0.0), [0, 1, 0]);
        assert_eq!(smooth(&rows, 2, 0.5), [0, 0, 0]);
    }

    proptest! {
        #[test]
        fn runs_are_disjoint_and_in_order(scores in prop::collection::vec(prop::collection::vec(-5.0f32..0.0, 5), 0..30)) {
            let rows: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
            let mut end = 0;
            for run in spans(&rows, &tagset(), 0.0) {
                prop_assert!(run.words.start >= end && run.words.end <= rows.len() && !run.words.is_empty());
                prop_assert!((0.0..=1.0).contains(&run.score));
                end = run.words.end;
            }
        }
    }
}
