//! Places as points on the unit sphere, so that a database can tell distances by arithmetic alone.

/// The point at degrees north and east.
pub(crate) fn point(latitude: f64, longitude: f64) -> [f64; 3] {
    let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}
