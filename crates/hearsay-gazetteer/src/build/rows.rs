//! The rows of the files: tab-separated fields to typed rows, or what is wrong with them.

use crate::{Coordinates, Kind};

/// The forms of files that a gazetteer is made of, in the order in which they are best read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `GeoNames`' `countryInfo.txt`.
    CountryInfo,
    /// Our table of countries: code, latitude, longitude, other names.
    Countries,
    /// `GeoNames`' `admin1CodesASCII.txt`.
    Admin1Codes,
    /// `GeoNames`' `admin2Codes.txt`.
    Admin2Codes,
    /// Our table of divisions: code, latitude, longitude, other names.
    Divisions,
    /// `GeoNames`' `allCountries.txt`, `cities500.txt` and the like, or a country's file.
    Places,
    /// `GeoNames`' `alternateNamesV2.txt`.
    AlternateNames,
    /// Our table of regions, seas, rivers and sites.
    Regions,
}

impl Form {
    /// The form of a file, by its name; `None` for a file of another kind.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = name.split('.').next().unwrap_or(name);
        Some(match stem {
            "countryInfo" => Self::CountryInfo,
            "countries" => Self::Countries,
            "admin1CodesASCII" => Self::Admin1Codes,
            "admin2Codes" => Self::Admin2Codes,
            "divisions" => Self::Divisions,
            "alternateNamesV2" | "alternateNames" => Self::AlternateNames,
            "regions" => Self::Regions,
            "allCountries" => Self::Places,
            stem if stem.starts_with("cities") => Self::Places,
            stem if stem.len() == 2 && stem.bytes().all(|b| b.is_ascii_uppercase()) => Self::Places,
            _ => return None,
        })
    }
}

/// A row of places, as `GeoNames` has them.
pub(super) struct PlaceRow<'l> {
    pub(super) id: u32,
    pub(super) name: &'l str,
    pub(super) ascii: &'l str,
    pub(super) alternate: &'l str,
    pub(super) coordinates: Coordinates,
    /// `None` for what is no place of news.
    pub(super) kind: Option<Kind>,
    pub(super) country: &'l str,
    pub(super) admin1: &'l str,
    pub(super) admin2: &'l str,
    pub(super) population: u64,
}

/// The fields of a line; at least `least`.
pub(super) fn fields(line: &str, least: usize) -> Result<Vec<&str>, String> {
    let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
    if fields.len() < least { Err(format!("has {} fields where there must be {least}", fields.len())) } else { Ok(fields) }
}

/// The number in a field.
pub(super) fn number<T: std::str::FromStr>(field: &str, what: &str) -> Result<T, String> {
    field.parse().map_err(|_| format!("“{field}” is no {what}"))
}

/// The point in two fields.
pub(super) fn coordinates(latitude: &str, longitude: &str) -> Result<Coordinates, String> {
    let point = Coordinates::new(number(latitude, "latitude")?, number(longitude, "longitude")?);
    point.ok_or_else(|| format!("“{latitude}, {longitude}” is no place on earth"))
}

/// A row of places.
pub(super) fn place(line: &str) -> Result<PlaceRow<'_>, String> {
    let fields = fields(line, 15)?;
    let field = |n: usize| fields.get(n).copied().unwrap_or("");
    if field(1).is_empty() {
        return Err("has no name".to_owned());
    }
    Ok(PlaceRow {
        id: number(field(0), "GeoNames id")?,
        name: field(1),
        ascii: field(2),
        alternate: field(3),
        coordinates: coordinates(field(4), field(5))?,
        kind: Kind::of_feature(field(6), field(7)),
        country: field(8),
        admin1: field(10),
        admin2: field(11),
        population: if field(14).is_empty() { 0 } else { number(field(14), "population")? },
    })
}

/// Whether an alternate name may stand in English text: Latin letters, not written letter by letter from another script
/// (such names begin in lower case), no code of an airport, no half sentence.
pub(super) fn usable(name: &str, particles: &[String]) -> bool {
    /// Longest name, in characters, and most words that a text would write out.
    const LONGEST: usize = 40;
    const MOST_WORDS: usize = 6;
    let latin = |c: char| match c {
        'a'..='z' | 'A'..='Z' | ' ' | '-' | '.' | '\'' | '’' | '‘' | '`' | '/' => true,
        c => ('\u{c0}'..'\u{250}').contains(&c) || ('\u{1e00}'..'\u{1f00}').contains(&c) || ('\u{2b0}'..'\u{370}').contains(&c),
    };
    if !name.chars().all(latin) || name.chars().count() > LONGEST || name.split_whitespace().count() > MOST_WORDS {
        return false;
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 3 || (letters <= 4 && name.chars().all(|c| !c.is_lowercase())) {
        return false;
    }
    let first = name.split([' ', '-', '\'', '’']).next().unwrap_or(name);
    name.starts_with(|c: char| !c.is_lowercase()) || particles.iter().any(|particle| particle == first)
}
