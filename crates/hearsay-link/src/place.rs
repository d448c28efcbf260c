//! Distances between places, with arithmetic that gives the same bits on every machine.

use crate::key::PlaceKey;

/// Kilometres of one degree along a meridian, on a sphere of the earth's mean radius of 6371 km.
pub(crate) const KM_PER_DEGREE: f64 = 111.195;

/// The distance of two places' coordinates in kilometres, on the plane that touches the earth between them: exact to some
/// percent below 1000 km, which is all that linking asks. `None` where either has none.
#[must_use]
pub fn kilometres(a: &PlaceKey, b: &PlaceKey) -> Option<f64> {
    let ((north_a, east_a), (north_b, east_b)) = (a.coordinates?, b.coordinates?);
    let around = (east_a - east_b).abs();
    let east = around.min(360.0 - around) * cosine(f64::midpoint(north_a, north_b));
    let north = north_a - north_b;
    Some((north * north + east * east).sqrt() * KM_PER_DEGREE)
}

/// The cosine of an angle of -90 to 90 degrees by its power series. The standard library's may differ in the last bit from
/// machine to machine, and with it an incident.
pub(crate) fn cosine(degrees: f64) -> f64 {
    let x = degrees.to_radians();
    let square = x * x;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..10 {
        let k = f64::from(2 * n);
        term *= -square / (k * (k - 1.0));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn place(north: f64, east: f64) -> PlaceKey {
        PlaceKey { name: String::new(), coordinates: Some((north, east)), radius: 5.0, country: None, admin1: None }
    }

    #[test]
    fn distances_are_those_of_the_atlas() {
        let aleppo_damascus = kilometres(&place(36.20, 37.16), &place(33.51, 36.29)).unwrap();
        assert!((aleppo_damascus - 310.0).abs() < 5.0, "{aleppo_damascus}");
        let over_the_date_line = kilometres(&place(0.0, 179.5), &place(0.0, -179.5)).unwrap();
        assert!((over_the_date_line - KM_PER_DEGREE).abs() < 0.1);
    }

    #[test]
    fn the_cosine_is_right() {
        for degrees in -90..=90 {
            let degrees = f64::from(degrees);
            assert!((cosine(degrees) - degrees.to_radians().cos()).abs() < 1e-12);
        }
    }
}
