//! What kind of place a record is, and what that says about the precision of its coordinates.

use hearsay_ledger::Precision;

/// Kinds of places, after `GeoNames`' feature codes. The numbers are those of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A town or village.
    Town = 0,
    /// A part of a town, or a camp.
    Quarter = 1,
    /// A town that is the seat of a division.
    Seat = 2,
    /// The capital of a country.
    Capital = 3,
    /// A country or dependency.
    Country = 4,
    /// A first-order division.
    Admin1 = 5,
    /// A second-order division.
    Admin2 = 6,
    /// A division below that.
    Admin3 = 7,
    /// A continent.
    Continent = 8,
    /// A region, plain or desert without bounds of law.
    Region = 9,
    /// A sea, gulf, strait or lake.
    Water = 10,
    /// A river or canal.
    River = 11,
    /// A mountain, range or pass.
    Mountain = 12,
    /// An island or group of them.
    Island = 13,
    /// A building or installation: airport, base, crossing, dam.
    Site = 14,
}

impl Kind {
    /// Every kind, in the order of the file's numbers.
    pub const ALL: [Self; 15] = [
        Self::Town,
        Self::Quarter,
        Self::Seat,
        Self::Capital,
        Self::Country,
        Self::Admin1,
        Self::Admin2,
        Self::Admin3,
        Self::Continent,
        Self::Region,
        Self::Water,
        Self::River,
        Self::Mountain,
        Self::Island,
        Self::Site,
    ];

    /// The kind with a number of the file.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The kind as a word, as our own tables spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Town => "town",
            Self::Quarter => "quarter",
            Self::Seat => "seat",
            Self::Capital => "capital",
            Self::Country => "country",
            Self::Admin1 => "admin1",
            Self::Admin2 => "admin2",
            Self::Admin3 => "admin3",
            Self::Continent => "continent",
            Self::Region => "region",
            Self::Water => "water",
            Self::River => "river",
            Self::Mountain => "mountain",
            Self::Island => "island",
            Self::Site => "site",
        }
    }

    /// The kind spelled `word`, if there is one.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The kind of a `GeoNames` feature class and code; `None` for what is no place of news: roads, undersea, vegetation
    /// and places that are no more.
    #[must_use]
    pub fn of_feature(class: &str, code: &str) -> Option<Self> {
        Some(match (class, code) {
            ("P", "PPLC") => Self::Capital,
            ("P", "PPLX") => Self::Quarter,
            ("P", "PPLH" | "PPLQ" | "PPLW" | "PPLCH") | ("A", "ADM1H" | "ADM2H" | "ADM3H" | "ADM4H" | "PCLH") => return None,
            ("P", code) if code.starts_with("PPLA") || code == "PPLG" => Self::Seat,
            ("P", _) => Self::Town,
            ("A", code) if code.starts_with("PCL") || code == "TERR" => Self::Country,
            ("A", "ADM1") => Self::Admin1,
            ("A", "ADM2") => Self::Admin2,
            ("A", _) => Self::Admin3,
            ("L", "CONT") => Self::Continent,
            ("L", _) | ("T", "DSRT" | "PLN" | "PEN" | "VAL") => Self::Region,
            ("H", code) if code.starts_with("STM") || code.starts_with("CNL") || code == "WAD" => Self::River,
            ("H", _) => Self::Water,
            ("T", code) if code.starts_with("ISL") || code == "ATOL" => Self::Island,
            ("T", _) => Self::Mountain,
            ("S", _) => Self::Site,
            _ => return None,
        })
    }

    /// Whether people live there as in one town.
    #[must_use]
    pub fn is_settlement(self) -> bool {
        matches!(self, Self::Town | Self::Quarter | Self::Seat | Self::Capital)
    }

    /// Whether its size is told by the number of people, rather than by how far it reaches.
    #[must_use]
    pub fn has_population(self) -> bool {
        self.is_settlement() || self.is_division()
    }

    /// Whether it is a division of a country, or a country.
    #[must_use]
    pub fn is_division(self) -> bool {
        matches!(self, Self::Country | Self::Admin1 | Self::Admin2 | Self::Admin3)
    }

    /// How exactly coordinates of such a place are known, where the place reaches `extent_km` kilometres from them (0
    /// where that is not known). What has no bounds of its own counts by its size: up to 25 km it is near, up to 150 km
    /// it is like a first-order division, above that like a country.
    #[must_use]
    pub fn precision(self, extent_km: f64) -> Precision {
        match self {
            Self::Site => Precision::Exact,
            Self::Town | Self::Quarter | Self::Seat | Self::Capital => Precision::City,
            Self::Admin2 | Self::Admin3 => Precision::Near,
            Self::Admin1 => Precision::Admin1,
            Self::Country | Self::Continent => Precision::Country,
            Self::Mountain | Self::Island if extent_km <= 25.0 => Precision::Near,
            _ if extent_km > 0.0 && extent_km <= 25.0 => Precision::Near,
            _ if extent_km <= 150.0 => Precision::Admin1,
            _ => Precision::Country,
        }
    }

    /// UCDP's `where_prec` for coordinates of such a place: as [`Precision::ucdp`], but that second-order divisions are 3,
    /// what is drawn as a line or has no bounds is 5, and waters are 7.
    #[must_use]
    pub fn ucdp(self, precision: Precision) -> u8 {
        match (self, precision) {
            (_, Precision::Exact) => 1,
            (Self::Admin2 | Self::Admin3, _) => 3,
            (Self::River | Self::Mountain | Self::Region, Precision::Admin1) => 5,
            (Self::Water, Precision::Admin1 | Precision::Country) => 7,
            _ => precision.ucdp(),
        }
    }

    /// ACLED's `geo_precision` for coordinates of such a place: as [`Precision::acled`], but that a part of a region is 2.
    #[must_use]
    pub fn acled(self, precision: Precision) -> u8 {
        match (self, precision) {
            (Self::Admin2 | Self::Admin3, _) => 2,
            _ => precision.acled(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_number(kind as u8), Some(kind));
            assert_eq!(Kind::from_word(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::from_number(15), None);
    }

    #[test]
    fn precision_follows_kind_and_size() {
        assert_eq!(Kind::Town.precision(0.0), Precision::City);
        assert_eq!(Kind::Region.precision(20.0), Precision::Near);
        assert_eq!(Kind::Region.precision(100.0), Precision::Admin1);
        assert_eq!(Kind::Water.precision(900.0), Precision::Country);
        assert_eq!((Kind::Water.ucdp(Precision::Country), Kind::River.ucdp(Precision::Admin1), Kind::Admin2.ucdp(Precision::Near)), (7, 5, 3));
    }
}
