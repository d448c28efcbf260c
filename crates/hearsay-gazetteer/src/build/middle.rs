//! Middles of what has no coordinates of its own: of divisions, from where their places lie, and of borders, from where
//! places of two countries lie side by side.
//!
//! The earth is cut into cells of a quarter of a degree, and each cell with a place counts once: the middle of the settled
//! area, not of its largest city.

use std::collections::{BTreeMap, BTreeSet};

use crate::Coordinates;

/// Cells in a degree.
const CELLS: f64 = 4.0;

type Cell = (i16, i16);

/// Which cells have places, and of what.
#[derive(Default)]
pub(super) struct Cells {
    divisions: BTreeMap<u32, BTreeSet<Cell>>,
    countries: BTreeMap<Cell, BTreeSet<u8>>,
}

impl Cells {
    /// Takes note of a place of a division.
    pub(super) fn in_division(&mut self, division: u32, point: Coordinates) {
        self.divisions.entry(division).or_default().insert(cell(point));
    }

    /// Takes note of a place of a country.
    pub(super) fn in_country(&mut self, country: u8, point: Coordinates) {
        self.countries.entry(cell(point)).or_default().insert(country);
    }

    /// The middle of a division and how far it reaches, in kilometres.
    pub(super) fn division(&self, division: u32) -> Option<(Coordinates, f64)> {
        middle(self.divisions.get(&division)?.iter().copied())
    }

    /// The middle of a country's places.
    pub(super) fn country(&self, country: u8) -> Option<(Coordinates, f64)> {
        middle(self.countries.iter().filter(|(_, countries)| countries.contains(&country)).map(|(cell, _)| *cell))
    }

    /// The borders of neighbours, each with its middle and how far it reaches, in kilometres.
    pub(super) fn borders(&self) -> Vec<(u8, u8, Coordinates, f64)> {
        let mut pairs: BTreeMap<(u8, u8), BTreeSet<Cell>> = BTreeMap::new();
        for (&(row, column), countries) in &self.countries {
            for near in [(row, column), (row + 1, column), (row, column + 1), (row + 1, column + 1), (row + 1, column - 1)] {
                for other in self.countries.get(&near).into_iter().flatten() {
                    for country in countries.iter().filter(|country| *country != other) {
                        pairs.entry((*country.min(other), *country.max(other))).or_default().extend([(row, column), near]);
                    }
                }
            }
        }
        pairs.into_iter().filter_map(|((a, b), cells)| middle(cells.into_iter()).map(|(point, km)| (a, b, point, km))).collect()
    }
}

fn cell(point: Coordinates) -> Cell {
    ((point.latitude * CELLS).floor() as i16, (point.longitude * CELLS).floor() as i16)
}

/// The middle of some cells, and the farthest of them from it in kilometres.
fn middle(cells: impl Iterator<Item = Cell>) -> Option<(Coordinates, f64)> {
    let points: Vec<Coordinates> =
        cells.filter_map(|(row, column)| Coordinates::new((f64::from(row) + 0.5) / CELLS, (f64::from(column) + 0.5) / CELLS)).collect();
    // Means of vectors, so that lands on both sides of the 180th meridian have their middle there.
    let (mut x, mut y, mut z) = (0.0, 0.0, 0.0);
    for point in &points {
        let (lat, lon) = (point.latitude.to_radians(), point.longitude.to_radians());
        x += lat.cos() * lon.cos();
        y += lat.cos() * lon.sin();
        z += lat.sin();
    }
    let point = Coordinates::new(z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees()).filter(|_| !points.is_empty())?;
    Some((point, points.iter().map(|other| point.distance_km(*other)).fold(0.0, f64::max)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_middle_is_of_the_area_and_borders_lie_between() {
        let mut cells = Cells::default();
        let at = |lat, lon| Coordinates::new(lat, lon).unwrap();
        for point in [at(10.1, 20.1), at(10.1, 20.1), at(10.1, 21.1)] {
            cells.in_division(7, point);
            cells.in_country(1, point);
        }
        cells.in_country(2, at(10.1, 21.3));
        let (middle, km) = cells.division(7).unwrap();
        assert!((middle.longitude - 20.6).abs() < 0.1 && km > 50.0 && km < 70.0, "{middle:?} {km}");
        let [(1, 2, border, _)] = cells.borders()[..] else { panic!("one border") };
        assert!((border.longitude - 21.25).abs() < 0.2, "{border:?}");
        assert!(cells.division(8).is_none());
    }
}
