//! The pair score: how likely two event records are to tell of one happening.

use crate::evidence::{Evidence, evidence};
use crate::key::EventKey;
use crate::kinship::Kinship;
use crate::weights::Weights;

/// The logarithm of the odds, in thousandths. A whole number, so that sums do not depend on their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(pub i32);

/// No pair counts for more than this, for or against: 6, odds of 400 to 1.
const MOST: i32 = 6000;

impl Score {
    /// The score of a logarithm of odds, cut at plus and minus 6.
    #[must_use]
    pub fn of_log_odds(log_odds: f32) -> Self {
        // A float is cut at the ends of i32 and not-a-number becomes 0, so the cast is safe.
        Self(((log_odds * 1000.0).round() as i32).clamp(-MOST, MOST))
    }

    /// The logarithm of the odds.
    #[must_use]
    pub fn log_odds(self) -> f32 {
        self.0 as f32 / 1000.0
    }
}

/// The score of a pair: the sum of its evidence, each piece times its weight. The order of the pair does not matter.
#[must_use]
pub fn score(a: &EventKey, b: &EventKey, weights: &Weights) -> Score {
    // Sums of floats depend on their order, so the pair is always taken in one order.
    let (a, b) = if a.id() <= b.id() { (a, b) } else { (b, a) };
    let kinship = Kinship::of(&a.trigger, &b.trigger);
    let mut sum = 0.0;
    evidence(a, b, &mut |kind, value| sum += weights.of(kind, kinship) * value);
    Score::of_log_odds(sum)
}

/// Why a pair has its score: each piece of evidence with what it adds to the logarithm of the odds, in the order of the table.
#[must_use]
pub fn explain(a: &EventKey, b: &EventKey, weights: &Weights) -> (Kinship, Vec<(Evidence, f32)>) {
    let (a, b) = if a.id() <= b.id() { (a, b) } else { (b, a) };
    let kinship = Kinship::of(&a.trigger, &b.trigger);
    let mut found = Vec::new();
    evidence(a, b, &mut |kind, value| found.push((kind, weights.of(kind, kinship) * value)));
    found.sort_by_key(|(kind, _)| *kind);
    (kinship, found)
}
