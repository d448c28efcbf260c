//! Points on the earth: distance, and the point at a distance in a direction.

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

/// A point on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
}

impl Coordinates {
    /// The point, or `None` where a number is out of range.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)).then_some(Self { latitude, longitude })
    }

    /// Great-circle distance in kilometres.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let (half_lat, half_lon) = ((b - a) / 2.0, (other.longitude - self.longitude).to_radians() / 2.0);
        let h = half_lat.sin().powi(2) + a.cos() * b.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
    }

    /// The point `km` kilometres away in a direction of `bearing` degrees, clockwise from north.
    #[must_use]
    pub fn offset(self, bearing: f64, km: f64) -> Self {
        let (angle, bearing) = (km / EARTH_KM, bearing.to_radians());
        let (lat, lon) = (self.latitude.to_radians(), self.longitude.to_radians());
        let north = (lat.sin() * angle.cos() + lat.cos() * angle.sin() * bearing.cos()).clamp(-1.0, 1.0).asin();
        let east = lon + (bearing.sin() * angle.sin() * lat.cos()).atan2(angle.cos() - lat.sin() * north.sin());
        let longitude = (east.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
        Self { latitude: north.to_degrees(), longitude }
    }

    /// The bearing in degrees, clockwise from north, in which `other` lies.
    #[must_use]
    pub fn bearing_to(self, other: Self) -> f64 {
        let (a, b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let east = (other.longitude - self.longitude).to_radians();
        let angle = (east.sin() * b.cos()).atan2(a.cos() * b.sin() - a.sin() * b.cos() * east.cos());
        angle.to_degrees().rem_euclid(360.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_distances() {
        let (aleppo, damascus) = (Coordinates::new(36.2012, 37.1612).unwrap(), Coordinates::new(33.5102, 36.2913).unwrap());
        assert!((aleppo.distance_km(damascus) - 309.0).abs() < 3.0, "{}", aleppo.distance_km(damascus));
        assert!(Coordinates::new(91.0, 0.0).is_none() && Coordinates::new(f64::NAN, 0.0).is_none());
    }

    proptest! {
        #[test]
        fn an_offset_lies_as_far_away_as_asked(lat in -80.0..80.0_f64, lon in -180.0..180.0_f64, bearing in 0.0..360.0_f64, km in 0.1..500.0_f64) {
            let from = Coordinates::new(lat, lon).unwrap();
            let to = from.offset(bearing, km);
            prop_assert!(Coordinates::new(to.latitude, to.longitude).is_some());
            prop_assert!((from.distance_km(to) - km).abs() < 0.01 * km + 0.01);
            let turned = (from.bearing_to(to) - bearing).rem_euclid(360.0);
            prop_assert!(!(0.5..=359.5).contains(&turned), "{turned}");
        }
    }
}
