//! A plain matrix of scores.

/// Rows of scores, row by row in one buffer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// A matrix from its values, row by row; a last row that is not full is dropped.
    #[must_use]
    pub fn new(columns: usize, mut values: Vec<f32>) -> Self {
        let columns = columns.max(1);
        values.truncate(values.len() / columns * columns);
        Self { columns, values }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns.max(1)
    }

    /// Number of columns; at least 1 unless the matrix is empty.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Row `index`, empty where there is no such row.
    #[must_use]
    pub fn row(&self, index: usize) -> &[f32] {
        self.values.get(index * self.columns..(index + 1) * self.columns).unwrap_or(&[])
    }

    /// All values, row by row.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Turns every row of raw scores into natural logarithms of probabilities, rounded to four places.
    #[must_use]
    pub fn log_softmax(mut self) -> Self {
        for row in self.values.chunks_exact_mut(self.columns.max(1)) {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let sum: f32 = row.iter().map(|x| (x - top).exp()).sum();
            let offset = top + sum.ln();
            for x in row {
                *x = round(*x - offset);
            }
        }
        self
    }

    /// Rounds every value to four places.
    #[must_use]
    pub fn rounded(mut self) -> Self {
        self.values.iter_mut().for_each(|x| *x = round(*x));
        self
    }
}

/// Four places: what machines of different makers agree on.
fn round(x: f32) -> f32 {
    (x * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_softmax_gives_the_logarithms_of_probabilities() {
        let m = Matrix::new(2, vec![0.0, 3.0_f32.ln(), 3.0_f32.ln(), 0.0]).log_softmax();
        assert_eq!(m.row(0), [-1.3863, -0.2877]);
        assert_eq!(m.row(1), [-0.2877, -1.3863]);
        assert!(m.row(2).is_empty());
    }
}
