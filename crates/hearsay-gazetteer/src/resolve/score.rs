//! The document as a whole: each name's candidates gain by what the other names mean.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::{Group, Weights};
use crate::Kind;

/// Most mentions of a name that count: the tenth says no more about the rest of the document than the fifth.
const MOST_MENTIONS: usize = 4;

/// Candidates with less probability than this do not speak for others.
const LEAST_PROBABILITY: f64 = 0.05;

/// For each group the index of its choice among the candidates, with its probability.
pub(super) fn decide(groups: &mut [Group], home: &[u8], weights: &Weights) -> Vec<Option<(usize, f64)>> {
    add_containers(groups, weights);
    for group in groups.iter_mut() {
        for candidate in &mut group.candidates {
            if candidate.country.is_some_and(|country| home.contains(&country)) {
                candidate.score += weights.home;
            }
        }
    }
    let mut chances: Vec<Vec<f64>> = groups.iter().map(|group| softmax(group.candidates.iter().map(|c| c.score))).collect();
    for _ in 0..weights.rounds {
        let whole = Whole::of(groups, &chances, weights);
        chances = groups
            .iter()
            .enumerate()
            .map(|(n, group)| {
                if group.decided || group.candidates.len() < 2 {
                    return chances.get(n).cloned().unwrap_or_default();
                }
                softmax(group.candidates.iter().map(|candidate| candidate.score + whole.speaks_for(n, candidate, weights)))
            })
            .collect();
    }
    let whole = Whole::of(groups, &chances, weights);
    let sound = |n: usize, group: &Group, choice: usize| {
        !group.loose || group.candidates.get(choice).is_some_and(|candidate| whole.country_share(n, candidate) >= weights.least_loose)
    };
    let chosen = groups.iter().zip(&chances).enumerate();
    chosen.map(|(n, (group, chances))| best(chances).filter(|(choice, _)| sound(n, group, *choice))).collect()
}

fn best(chances: &[f64]) -> Option<(usize, f64)> {
    let first = chances.first().map(|chance| (0, *chance))?;
    Some(chances.iter().copied().enumerate().fold(first, |best, (n, chance)| if chance > best.1 { (n, chance) } else { best }))
}

fn softmax(scores: impl Iterator<Item = f64> + Clone) -> Vec<f64> {
    let most = scores.clone().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.map(|score| (score - most).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// "Paris, Texas": both gain where one lies in the other.
fn add_containers(groups: &mut [Group], weights: &Weights) {
    for n in 0..groups.len() {
        let Some(container) = groups.get(n).and_then(|group| group.container).filter(|container| *container != n) else { continue };
        let (Some(inner), Some(outer)) = (groups.get(n), groups.get(container)) else { continue };
        let within = |a: &Candidate| outer.candidates.iter().any(|b| a.lies_in(b));
        let around = |b: &Candidate| inner.candidates.iter().any(|a| a.lies_in(b));
        let (gain, outer_gain): (Vec<bool>, Vec<bool>) =
            (inner.candidates.iter().map(within).collect(), outer.candidates.iter().map(around).collect());
        for (index, gains) in [(n, gain), (container, outer_gain)] {
            let candidates = groups.get_mut(index).into_iter().flat_map(|group| &mut group.candidates);
            for (candidate, _) in candidates.zip(gains).filter(|(_, gains)| *gains) {
                candidate.score += weights.contained;
            }
        }
    }
}

/// What the names of the document, as far as they are decided, say of where it plays.
struct Whole<'g> {
    /// By group: how much it counts, and its likely candidates with their probabilities.
    likely: Vec<(f64, Vec<(&'g Candidate, f64)>)>,
    countries: BTreeMap<u8, f64>,
    divisions: BTreeMap<u16, f64>,
    total: f64,
}

impl<'g> Whole<'g> {
    fn of(groups: &'g [Group], chances: &[Vec<f64>], weights: &Weights) -> Self {
        let mut whole = Self { likely: Vec::new(), countries: BTreeMap::new(), divisions: BTreeMap::new(), total: 0.0 };
        for (group, chances) in groups.iter().zip(chances) {
            let count = group.mentions.min(MOST_MENTIONS) as f64 + if group.dateline { weights.dateline } else { 0.0 };
            let likely: Vec<(&Candidate, f64)> =
                group.candidates.iter().zip(chances.iter().copied()).filter(|(_, chance)| *chance >= LEAST_PROBABILITY).collect();
            for (candidate, chance) in &likely {
                if let Some(country) = candidate.country {
                    *whole.countries.entry(country).or_default() += count * chance;
                }
                if let Some(division) = candidate.division {
                    *whole.divisions.entry(division).or_default() += count * chance;
                }
            }
            whole.total += if likely.is_empty() { 0.0 } else { count };
            whole.likely.push((count, likely));
        }
        whole
    }

    /// The share of the other groups that lies in the country of a candidate of group `n`, 0 to 1.
    fn country_share(&self, n: usize, candidate: &Candidate) -> f64 {
        let Some(((own_count, own), country)) = self.likely.get(n).zip(candidate.country) else { return 0.0 };
        let total = self.total - if own.is_empty() { 0.0 } else { *own_count };
        let own_part: f64 = own.iter().filter(|(c, _)| c.country == Some(country)).map(|(_, chance)| own_count * chance).sum();
        let all = self.countries.get(&country).copied().unwrap_or(0.0);
        if total > 0.0 { (all - own_part) / total } else { 0.0 }
    }

    /// What the other groups say for a candidate of group `n`.
    fn speaks_for(&self, n: usize, candidate: &Candidate, weights: &Weights) -> f64 {
        let Some((own_count, own)) = self.likely.get(n) else { return 0.0 };
        let total = self.total - if own.is_empty() { 0.0 } else { *own_count };
        if total <= 0.0 {
            return 0.0;
        }
        let own_part = |same: &dyn Fn(&Candidate) -> bool| own.iter().filter(|(c, _)| same(c)).map(|(_, chance)| own_count * chance).sum::<f64>();
        let mut score = 0.0;
        score += weights.same_country * self.country_share(n, candidate);
        if let Some(division) = candidate.division {
            let all = self.divisions.get(&division).copied().unwrap_or(0.0);
            score += weights.same_division * (all - own_part(&|c| c.division == Some(division))) / total;
        }
        if small(candidate) {
            let near: f64 = self
                .likely
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != n)
                .map(|(_, (count, likely))| count * nearness(candidate, likely, weights))
                .sum();
            score += weights.near * near / total;
        }
        score
    }
}

/// Whether nearness to its coordinates means something.
fn small(candidate: &Candidate) -> bool {
    candidate.kind.is_settlement() || matches!(candidate.kind, Kind::Admin2 | Kind::Admin3 | Kind::Site | Kind::Quarter | Kind::Admin1)
}

fn nearness(candidate: &Candidate, likely: &[(&Candidate, f64)], weights: &Weights) -> f64 {
    likely
        .iter()
        .filter(|(other, _)| small(other))
        .map(|(other, chance)| {
            let distance = candidate.distance_km(other) / weights.near_km;
            chance / (1.0 + distance * distance)
        })
        .sum()
}
