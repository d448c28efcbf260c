//! Reading a gazetteer: names to records, records to what is known of a place.

use fst::{Map, Streamer as _};
use hearsay_ledger::Precision;

use crate::file::{self, Bytes, DEGREE, GazetteerError, LOOSE, NO_COUNTRY, NO_DIVISION, NONE, Section, i24_of, sections, u32_of, unpacked};
use crate::{Coordinates, Kind, loose_key};

/// Most places of one name that are looked at: the most important ones.
const MOST_NAMED: usize = 250;

/// Place names and what they may mean. Cheap to share; nothing is copied from the bytes it was opened from.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    names: Map<Section>,
    postings: Section,
    records: Section,
    text: Section,
    blocks: Section,
    countries: Section,
    divisions: Section,
    borders: Section,
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The place's record.
    pub record: u32,
    /// Whether it is the name that the place goes by, rather than another one it is known under.
    pub main: bool,
}

/// What is known of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// Its position in the file.
    pub index: u32,
    /// `GeoNames` id; `None` for places of our own table.
    pub id: Option<u32>,
    /// Where it lies: the middle, of what is large.
    pub coordinates: Coordinates,
    /// How many live there, to within 5 %; 0 where that is not known.
    pub population: f64,
    /// What kind of place it is.
    pub kind: Kind,
    /// How far it reaches from its coordinates, in kilometres; 0 where that is not known.
    pub extent_km: f64,
    country: u8,
    division: u16,
}

impl Record {
    /// The country it lies in, as a number of this gazetteer.
    #[must_use]
    pub fn country(&self) -> Option<u8> {
        (self.country != NO_COUNTRY).then_some(self.country)
    }

    /// The first-order division it lies in, as a number of this gazetteer.
    #[must_use]
    pub fn division(&self) -> Option<u16> {
        (self.division != NO_DIVISION).then_some(self.division)
    }

    /// How exactly its coordinates are known as the place of something that happened there.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.kind.precision(self.extent_km)
    }
}

/// Built by `gazetteer/build`.
const EMBEDDED: &[u8] = include_bytes!("../../../gazetteer/hearsay.gaz");

impl Gazetteer {
    /// The gazetteer that travels inside the program.
    ///
    /// # Errors
    /// A file that cannot be read, which the tests of this crate rule out.
    pub fn embedded() -> Result<Self, GazetteerError> {
        Self::from_static(EMBEDDED)
    }

    /// The gazetteer in bytes that live as long as the program.
    ///
    /// # Errors
    /// Bytes that are no whole gazetteer of this version.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        Self::open(&Bytes::Static(bytes))
    }

    /// The gazetteer in some bytes.
    ///
    /// # Errors
    /// Bytes that are no whole gazetteer of this version.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, GazetteerError> {
        Self::open(&Bytes::Shared(bytes.into()))
    }

    fn open(bytes: &Bytes) -> Result<Self, GazetteerError> {
        let [names, postings, records, text, blocks, countries, divisions, borders] = sections(bytes)?;
        let damaged = |error: fst::Error| GazetteerError::Damaged { what: format!("the names cannot be read ({error})") };
        let names = Map::new(names).map_err(damaged)?;
        // The reader of an FST trusts its bytes; the checksum over them makes sure that it may.
        names.as_fst().verify().map_err(damaged)?;
        for (section, length) in
            [(&records, file::RECORD), (&blocks, 4), (&countries, file::COUNTRY), (&divisions, file::DIVISION), (&borders, file::BORDER)]
        {
            if section.as_ref().len() % length != 0 {
                return Err(GazetteerError::Damaged { what: "a table has half a row".to_owned() });
            }
        }
        Ok(Self { names, postings, records, text, blocks, countries, divisions, borders })
    }

    /// How many places it holds.
    #[must_use]
    pub fn places(&self) -> usize {
        self.records.as_ref().len() / file::RECORD
    }

    /// How many names it holds, loose ones too.
    #[must_use]
    pub fn names(&self) -> usize {
        self.names.len()
    }

    /// The places that a key (of [`crate::key`]) is a name of, the most important first.
    #[must_use]
    pub fn named(&self, key: &str) -> Vec<Named> {
        self.names.get(key).map(|value| self.posted(value)).unwrap_or_default()
    }

    /// The places with a name that differs from a key only as ways of transliterating do, the most important first.
    #[must_use]
    pub fn named_loosely(&self, key: &str) -> Vec<Named> {
        loose_key(key).map(|loose| self.named(&format!("{LOOSE}{loose}"))).unwrap_or_default()
    }

    fn posted(&self, value: u64) -> Vec<Named> {
        let named = |posting: u64| Named { record: (posting >> 1) as u32, main: posting & 1 == 0 };
        if value & 1 == 0 {
            return vec![named(value >> 1)];
        }
        let mut bytes = usize::try_from(value >> 1).ok().and_then(|at| self.postings.as_ref().get(at..)).unwrap_or(&[]).iter().copied();
        let count = varint(&mut bytes).unwrap_or(0);
        std::iter::from_fn(|| varint(&mut bytes)).map(named).take(MOST_NAMED.min(count as usize)).collect()
    }

    /// What is known of a place.
    #[must_use]
    pub fn record(&self, index: u32) -> Option<Record> {
        let bytes = self.records.entry::<{ file::RECORD }>(index as usize)?;
        let id = u32_of(&bytes[0..4]);
        let (size, kind) = (unpacked(bytes[10]), Kind::from_number(bytes[11])?);
        let (population, extent_km) = if kind.has_population() { (size, 0.0) } else { (0.0, size) };
        Some(Record {
            index,
            id: (id != 0).then_some(id),
            coordinates: Coordinates::new(f64::from(i24_of(&bytes[4..7])) / DEGREE, f64::from(i24_of(&bytes[7..10])) / DEGREE)?,
            population,
            kind,
            extent_km,
            country: bytes[12],
            division: u16::from(bytes[13]) | u16::from(bytes[14]) << 8,
        })
    }

    /// The name that a place goes by.
    #[must_use]
    pub fn name(&self, record: &Record) -> &str {
        let index = record.index as usize;
        let block = self.blocks.entry::<4>(index / file::BLOCK).map(|bytes| u32_of(bytes) as usize);
        let start = block.and_then(|start| (0..index % file::BLOCK).try_fold(start, |at, _| Some(self.text.name(at)?.1)));
        start.and_then(|at| self.text.name(at)).map_or("", |(name, _)| name)
    }

    /// ISO 3166 alpha-3 code of a country.
    #[must_use]
    pub fn country_code(&self, country: u8) -> Option<&str> {
        let bytes = self.countries.entry::<{ file::COUNTRY }>(usize::from(country))?;
        std::str::from_utf8(&bytes[2..5]).ok().filter(|code| code.bytes().all(|b| b.is_ascii_uppercase()))
    }

    /// The country with an ISO 3166 alpha-3 code.
    #[must_use]
    pub fn country_of(&self, code: &str) -> Option<u8> {
        (0..NO_COUNTRY)
            .take_while(|n| self.countries.entry::<{ file::COUNTRY }>(usize::from(*n)).is_some())
            .find(|n| self.country_code(*n) == Some(code))
    }

    /// The record of a country itself.
    #[must_use]
    pub fn country_record(&self, country: u8) -> Option<Record> {
        let bytes = self.countries.entry::<{ file::COUNTRY }>(usize::from(country))?;
        Some(u32_of(&bytes[6..10])).filter(|index| *index != NONE).and_then(|index| self.record(index))
    }

    /// The capital of a country; the largest, where several places are marked as it.
    #[must_use]
    pub fn capital(&self, country: u8) -> Option<Record> {
        // Capitals are large, so they stand near the beginning.
        (0..self.places() as u32).filter_map(|n| self.record(n)).find(|record| record.kind == Kind::Capital && record.country == country)
    }

    /// Name of a first-order division.
    #[must_use]
    pub fn division_name(&self, division: u16) -> Option<&str> {
        let bytes = self.divisions.entry::<{ file::DIVISION }>(usize::from(division))?;
        self.text.name(u32_of(&bytes[0..4]) as usize).map(|(name, _)| name).filter(|name| !name.is_empty())
    }

    /// The middle of the land on both sides of a border, and how far it reaches from there, in kilometres.
    #[must_use]
    pub fn border(&self, a: u8, b: u8) -> Option<(Coordinates, f64)> {
        let wanted = [a.min(b), a.max(b)];
        let bytes = (0..).map_while(|n| self.borders.entry::<{ file::BORDER }>(n)).find(|bytes| bytes[0..2] == wanted)?;
        let middle = Coordinates::new(f64::from(i24_of(&bytes[2..5])) / DEGREE, f64::from(i24_of(&bytes[5..8])) / DEGREE)?;
        Some((middle, unpacked(bytes[8])))
    }

    /// All keys, in their order; for looking into a gazetteer.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let mut stream = self.names.stream();
        let mut out = Vec::new();
        while let Some((key, _)) = stream.next() {
            out.push(String::from_utf8_lossy(key).into_owned());
        }
        out
    }
}

/// A number in bytes of seven bits, the lowest first.
fn varint(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = bytes.next()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
