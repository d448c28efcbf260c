//! The table of weights of the pair score: what each piece of evidence adds to the logarithm of the odds that two event
//! records tell of one happening.

use crate::evidence::Evidence;
use crate::kinship::Kinship;

/// What is wrong with a table of weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// A row has too few or too many cells, or one that is no number.
    #[error("line {line} of the weights: expected a name and {} numbers parted by tabs\nhelp: the columns are the kinships of the event words, as the first row names them", Kinship::ALL.len())]
    Row {
        /// Line of the table, from 1.
        line: usize,
    },
    /// A row names evidence that there is not.
    #[error("line {line} of the weights: there is no evidence named {name:?}\nhelp: docs/linking.md lists the evidence")]
    Unknown {
        /// Line of the table, from 1.
        line: usize,
        /// The name that the row gives.
        name: String,
    },
    /// A row is missing.
    #[error("the weights have no row for {name:?}\nhelp: add the row; a weight of 0 leaves the evidence out")]
    Missing {
        /// The evidence without a row.
        name: &'static str,
    },
}

/// Weights by kind of evidence and by kinship of the event words.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    rows: [[f32; Kinship::ALL.len()]; Evidence::ALL.len()],
}

impl Weights {
    /// The weights that come with the crate (`data/weights.tsv`).
    #[must_use]
    pub fn built_in() -> Self {
        // A test reads the table, so the default never comes to pass.
        Self::parse(include_str!("../data/weights.tsv")).unwrap_or(Self { rows: [[0.0; Kinship::ALL.len()]; Evidence::ALL.len()] })
    }

    /// Reads a table: a row for each kind of evidence, with a weight for each kinship; lines that begin with `#` are comments.
    /// Fails on a row that is missing, unknown, or not of this form.
    pub fn parse(table: &str) -> Result<Self, WeightsError> {
        let mut found: [Option<[f32; Kinship::ALL.len()]>; Evidence::ALL.len()] = [None; Evidence::ALL.len()];
        let rows = table.lines().enumerate().map(|(index, line)| (index + 1, line));
        for (line, row) in rows.filter(|(_, row)| !row.trim().is_empty() && !row.starts_with('#') && !row.starts_with("evidence\t")) {
            let mut cells = row.split('\t').map(str::trim);
            let name = cells.next().unwrap_or_default();
            let evidence = Evidence::from_word(name).ok_or_else(|| WeightsError::Unknown { line, name: name.to_owned() })?;
            let numbers: Option<Vec<f32>> = cells.map(|cell| cell.parse().ok().filter(|weight: &f32| weight.is_finite())).collect();
            let weights = numbers.and_then(|numbers| numbers.try_into().ok()).ok_or(WeightsError::Row { line })?;
            if let Some(place) = found.get_mut(evidence as usize) {
                *place = Some(weights);
            }
        }
        let mut weights = Self { rows: [[0.0; Kinship::ALL.len()]; Evidence::ALL.len()] };
        for (evidence, (row, found)) in Evidence::ALL.iter().zip(weights.rows.iter_mut().zip(found)) {
            *row = found.ok_or(WeightsError::Missing { name: evidence.as_str() })?;
        }
        Ok(weights)
    }

    /// What a unit of the evidence adds to the logarithm of the odds.
    #[must_use]
    pub fn of(&self, evidence: Evidence, kinship: Kinship) -> f32 {
        self.rows.get(evidence as usize).and_then(|row| row.get(kinship as usize)).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_table_that_comes_with_the_crate_is_whole() {
        assert_eq!(Weights::parse(include_str!("../data/weights.tsv")).unwrap(), Weights::built_in());
    }

    #[test]
    fn a_wrong_row_is_named_by_its_line() {
        assert_eq!(Weights::parse("# x\nprior\t1\t2"), Err(WeightsError::Row { line: 2 }));
        assert_eq!(Weights::parse("weather\t1\t2\t3\t4\t5"), Err(WeightsError::Unknown { line: 1, name: "weather".into() }));
        assert!(matches!(Weights::parse(""), Err(WeightsError::Missing { .. })));
    }
}
