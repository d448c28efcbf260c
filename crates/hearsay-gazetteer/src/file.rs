//! The layout of the gazetteer's file.
//!
//! All numbers are little-endian. A head of [`HEAD`] bytes holds [`MAGIC`], [`VERSION`] (u32), four bytes of zero, and for
//! each of the [`SECTIONS`] its offset and length (u64 each). The sections:
//!
//! | section | holds |
//! | --- | --- |
//! | names | an FST from keys ([`crate::key`]; loose keys with [`LOOSE`] before them) to postings |
//! | postings | for names of several places: how many, then each as a varint of its record, doubled, plus 1 for an alternate name; records ascending |
//! | records | [`RECORD`] bytes each, the most important first |
//! | text | the names of the records in their order, then those of the divisions: a length byte and as many bytes of UTF-8 |
//! | blocks | the offset in the text (u32) of the name of every [`BLOCK`]th record |
//! | countries | [`COUNTRY`] bytes each |
//! | divisions | first-order divisions, [`DIVISION`] bytes each |
//! | borders | [`BORDER`] bytes each |
//!
//! The value of a name in the FST is twice its posting where it is of one place, else twice the offset of its list plus 1.

use std::ops::Range;
use std::sync::Arc;

/// First bytes of the file.
pub(crate) const MAGIC: &[u8; 8] = b"HEARSAYG";
/// Version of this layout and of the rules of [`crate::key`] and [`crate::loose_key`].
pub(crate) const VERSION: u32 = 1;
/// Number of sections.
pub(crate) const SECTIONS: usize = 8;
/// Length of the head.
pub(crate) const HEAD: usize = 16 + SECTIONS * 16;
/// Length of a record: id u32, latitude and longitude i24 in ten-thousandths of a degree, size u8 (see [`packed`]: the number
/// of people, or for kinds that are not lived in as a whole the extent in kilometres), kind u8, country u8, first-order
/// division u16.
pub(crate) const RECORD: usize = 15;
/// So many names follow one another without an offset of their own.
pub(crate) const BLOCK: usize = 16;
/// Length of a country: ISO alpha-2 (2 bytes), alpha-3 (3), zero, record u32 ([`NONE`] for none).
pub(crate) const COUNTRY: usize = 10;
/// Length of a division: offset of the name u32, record u32.
pub(crate) const DIVISION: usize = 8;
/// Length of a border: two countries u8, latitude and longitude i24, extent u8 (packed).
pub(crate) const BORDER: usize = 9;
/// No record, and no division in its shorter form.
pub(crate) const NONE: u32 = u32::MAX;
/// No country.
pub(crate) const NO_COUNTRY: u8 = u8::MAX;
/// No division.
pub(crate) const NO_DIVISION: u16 = u16::MAX;
/// What stands before loose keys.
pub(crate) const LOOSE: char = '~';
/// Parts of a degree in coordinates.
pub(crate) const DEGREE: f64 = 10_000.0;
/// Steps of a packed number for each factor of e.
const STEPS: f64 = 12.0;

/// A number from 0 to some thousand millions in a byte, to within 5 %.
pub(crate) fn packed(number: f64) -> u8 {
    ((number.max(0.0) + 1.0).ln() * STEPS).round().min(255.0) as u8
}

/// The number in a byte.
pub(crate) fn unpacked(byte: u8) -> f64 {
    ((f64::from(byte) / STEPS).exp() - 1.0).round()
}

/// Why bytes are no gazetteer.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// Something else altogether.
    #[error("not a gazetteer of Hearsay; make one with `hearsay gazetteer build`")]
    NoGazetteer,
    /// Written by another version of Hearsay.
    #[error("a gazetteer of layout {found}, where this program reads layout {VERSION}; build it anew with `hearsay gazetteer build`")]
    OtherVersion {
        /// The layout's number.
        found: u32,
    },
    /// Cut off, or changed since it was written.
    #[error("the gazetteer is damaged: {what}; build it anew with `hearsay gazetteer build`")]
    Damaged {
        /// What is wrong.
        what: String,
    },
}

/// Bytes that several readers share.
#[derive(Clone, Debug)]
pub(crate) enum Bytes {
    /// Inside the program.
    Static(&'static [u8]),
    /// Read from a file.
    Shared(Arc<Vec<u8>>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

/// One section of the file.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.bytes.as_ref().get(self.range.clone()).unwrap_or(&[])
    }
}

impl Section {
    /// Entry `index` of a section whose entries are `N` bytes long.
    pub(crate) fn entry<const N: usize>(&self, index: usize) -> Option<&[u8; N]> {
        let start = index.checked_mul(N)?;
        self.as_ref().get(start..start.checked_add(N)?)?.try_into().ok()
    }

    /// The name at an offset of the text, and the offset of the one after it.
    pub(crate) fn name(&self, offset: usize) -> Option<(&str, usize)> {
        let (&length, rest) = self.as_ref().get(offset..)?.split_first()?;
        let name = std::str::from_utf8(rest.get(..usize::from(length))?).ok()?;
        Some((name, offset + 1 + name.len()))
    }
}

/// The sections of a file, in their order.
pub(crate) fn sections(bytes: &Bytes) -> Result<[Section; SECTIONS], GazetteerError> {
    let all = bytes.as_ref();
    if !all.starts_with(MAGIC) {
        return Err(GazetteerError::NoGazetteer);
    }
    let cut_off = || GazetteerError::Damaged { what: "it is cut off".to_owned() };
    let version = all.get(8..12).map(u32_of).ok_or_else(cut_off)?;
    if version != VERSION {
        return Err(GazetteerError::OtherVersion { found: version });
    }
    let table = all.get(16..HEAD).ok_or_else(cut_off)?;
    let mut out = Vec::with_capacity(SECTIONS);
    for entry in table.chunks_exact(16) {
        let (offset, length) = entry.split_at(8);
        let start = usize::try_from(u64_of(offset)).map_err(|_| cut_off())?;
        let end = usize::try_from(u64_of(length)).ok().and_then(|length| start.checked_add(length)).ok_or_else(cut_off)?;
        all.get(start..end).ok_or_else(cut_off)?;
        out.push(Section { bytes: bytes.clone(), range: start..end });
    }
    out.try_into().map_err(|_| cut_off())
}

/// The number in the first four bytes at most.
pub(crate) fn u32_of(bytes: &[u8]) -> u32 {
    u64_of(bytes.get(..4).unwrap_or(bytes)) as u32
}

/// The number in the first eight bytes at most.
pub(crate) fn u64_of(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The signed number in three bytes.
pub(crate) fn i24_of(bytes: &[u8]) -> i32 {
    let number = u64_of(bytes.get(..3).unwrap_or(bytes)) as i32;
    if number >= 1 << 23 { number - (1 << 24) } else { number }
}

/// Three bytes of a signed number.
pub(crate) fn i24_bytes(number: i32) -> [u8; 3] {
    let [a, b, c, _] = number.to_le_bytes();
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_read_back(number in -8_000_000..8_000_000_i32, population in 0.0..30_000_000.0_f64) {
            prop_assert_eq!(i24_of(&i24_bytes(number)), number);
            let back = unpacked(packed(population));
            prop_assert!((back - population).abs() <= 0.05 * population + 1.0);
        }
    }
}
