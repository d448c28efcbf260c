//! Near-copies: one agency text in ten papers is one voice, not ten.
//!
//! A [`Signature`] says in half a kilobyte what a text is made of; two of them give the share of text in common, without
//! the texts. Signatures that share a band ([`Signature::bands`]) may be alike, others hardly; so a store looks up bands,
//! and [`assign`] compares the few that it finds.
//!
//! Signatures are kept for years and compared across machines. The hashes here are therefore our own and frozen: the
//! tests hold known values, and a change of any constant needs a new [`VERSION`] and all signatures made anew.

mod credit;
mod hash;
mod voice;

use self::hash::{hash, mix};
pub use self::voice::{Assignment, Kinship, Known, alike, assign};

/// First byte of a stored signature.
pub const VERSION: u8 = 1;
/// Number of minima of a signature.
const MINIMA: usize = 128;
/// Words of a sequence.
const SEQUENCE_WORDS: usize = 5;
/// Minima of a band. 32 bands of 4: texts that share a half of their sequences share a band in 87 of 100 cases, those
/// that share three quarters always, those that share a tenth in less than one of 100.
const BAND_MINIMA: usize = 4;
/// More long quotations of one text are not kept: those with the smallest hashes are.
const MOST_QUOTATIONS: usize = 32;
/// Beginning of the row of numbers by which the minima differ ("Hearsay1" in ASCII).
const FIRST_SEED: u64 = 0x4865_6172_7361_7931;
/// Step of that row (of `SplitMix64`).
const SEED_STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a text is made of, for comparison with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Number of different sequences of five words. The length of a text, but for repetitions.
    pub sequences: u32,
    /// The smallest hash of all sequences, by each of 128 hash functions.
    pub minima: [u32; MINIMA],
    /// The agency that the text is signed by, such as `Reuters`, at its head or foot.
    pub agency: Option<String>,
    /// Hashes of the long quotations in it, sorted.
    pub quotations: Vec<u64>,
}

/// Bytes that are no [`Signature`] of this version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a signature of version {VERSION}: {reason}")]
pub struct SignatureError {
    /// What is wrong.
    reason: &'static str,
}

impl Signature {
    /// The signature of `text`; `None` if there are no words in it.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let words = words(text);
        let mut hashes: Vec<u64> = match words.len() {
            0 => return None,
            1..SEQUENCE_WORDS => vec![hash_words(&words)],
            _ => words.windows(SEQUENCE_WORDS).map(hash_words).collect(),
        };
        hashes.sort_unstable();
        hashes.dedup();
        let mut minima = [u32::MAX; MINIMA];
        let mut seed = FIRST_SEED;
        for smallest in &mut minima {
            seed = seed.wrapping_add(SEED_STEP);
            let by_this_function = hashes.iter().map(|hash| (mix(hash ^ mix(seed)) >> 32) as u32);
            *smallest = by_this_function.min().unwrap_or(u32::MAX);
        }
        let mut quotations: Vec<u64> = credit::quotations(text).map(|quotation| hash_words(&self::words(quotation))).collect();
        quotations.sort_unstable();
        quotations.dedup();
        quotations.truncate(MOST_QUOTATIONS);
        let sequences = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
        Some(Self { sequences, minima, agency: credit::agency(text).map(str::to_owned), quotations })
    }

    /// The share of sequences that two texts have in common, of those that either has: Jaccard's index, estimated to
    /// within 0.09 in 95 of 100 cases.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f64 {
        let equal = self.minima.iter().zip(&other.minima).filter(|(a, b)| a == b).count();
        equal as f64 / MINIMA as f64
    }

    /// The share of the shorter text that is in the longer one, estimated.
    #[must_use]
    pub fn containment(&self, other: &Self) -> f64 {
        let similarity = self.similarity(other);
        let (a, b) = (f64::from(self.sequences), f64::from(other.sequences));
        let common = similarity * (a + b) / (1.0 + similarity);
        (common / a.min(b).max(1.0)).min(1.0)
    }

    /// How many long quotations two texts share.
    #[must_use]
    pub fn shared_quotations(&self, other: &Self) -> usize {
        self.quotations.iter().filter(|hash| other.quotations.binary_search(hash).is_ok()).count()
    }

    /// The bands: 32 numbers, of which texts that are alike share at least one, as a rule. No two bands of one signature
    /// are equal but by accident, so they can stand in one index.
    #[must_use]
    pub fn bands(&self) -> Vec<i64> {
        let band = |(number, minima): (u64, &[u32])| {
            let bytes: Vec<u8> = number.to_le_bytes().into_iter().chain(minima.iter().flat_map(|value| value.to_le_bytes())).collect();
            i64::from_le_bytes(mix(hash(&bytes)).to_le_bytes())
        };
        (0..).zip(self.minima.chunks(BAND_MINIMA)).map(band).collect()
    }

    /// The signature as bytes, to be stored.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend(self.sequences.to_le_bytes());
        out.extend(self.minima.iter().flat_map(|value| value.to_le_bytes()));
        let agency = self.agency.as_deref().unwrap_or_default().as_bytes();
        let agency = agency.get(..usize::from(u8::MAX)).unwrap_or(agency);
        out.push(agency.len() as u8); // cut to fit
        out.extend(agency);
        out.extend(self.quotations.iter().flat_map(|hash| hash.to_le_bytes()));
        out
    }

    /// The signature that [`Signature::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// [`SignatureError`] if `bytes` are none, or one of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SignatureError> {
        let short = SignatureError { reason: "it is cut off" };
        let (version, rest) = bytes.split_first().ok_or(short.clone())?;
        if *version != VERSION {
            return Err(SignatureError { reason: "it is of another version" });
        }
        let (sequences, mut rest) = rest.split_first_chunk().ok_or(short.clone())?;
        let mut minima = [0; MINIMA];
        for value in &mut minima {
            let (bytes, after) = rest.split_first_chunk().ok_or(short.clone())?;
            *value = u32::from_le_bytes(*bytes);
            rest = after;
        }
        let (length, rest) = rest.split_first().ok_or(short.clone())?;
        let (agency, rest) = rest.split_at_checked(usize::from(*length)).ok_or(short.clone())?;
        let agency = std::str::from_utf8(agency).map_err(|_| SignatureError { reason: "the agency is no text" })?;
        let (quotations, surplus) = rest.as_chunks::<8>();
        if !surplus.is_empty() {
            return Err(short);
        }
        Ok(Self {
            sequences: u32::from_le_bytes(*sequences),
            minima,
            agency: Some(agency.to_owned()).filter(|agency| !agency.is_empty()),
            quotations: quotations.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect(),
        })
    }
}

/// The words of `text` in small letters, without marks, dashes and apostrophes.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn hash_words(words: &[String]) -> u64 {
    hash(words.join(" ").as_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp, clippy::format_collect)]

    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "ALEPPO (Reuters) - The army said on Thursday that it had taken the town of Ariha, and the rebels denied it.\n\n\
        \u{201c}We hold the town and every road that leads to it from the north and the west,\u{201d} a commander said.";

    #[test]
    fn signatures_are_frozen() {
        // Signatures are stored for years. If this fails, the change is wrong, or VERSION must go up.
        let signature = Signature::of(TEXT).unwrap();
        assert_eq!(signature.sequences, 36);
        assert_eq!(signature.minima[..4], FROZEN_MINIMA);
        assert_eq!(signature.bands()[..2], FROZEN_BANDS);
        assert_eq!(signature.quotations, FROZEN_QUOTATIONS);
        assert_eq!(signature.agency.as_deref(), Some("Reuters"));
        assert_eq!(hash(&signature.to_bytes()), FROZEN_BYTES);
        assert_eq!((signature.bands().len(), signature.to_bytes().len()), (32, 1 + 4 + 512 + 1 + 7 + 8));
    }

    const FROZEN_MINIMA: [u32; 4] = [11_232_388, 123_628_266, 95_767_050, 218_470_675];
    const FROZEN_BANDS: [i64; 2] = [-6_891_449_672_969_833_769, -9_138_357_432_144_645_505];
    const FROZEN_QUOTATIONS: [u64; 1] = [13_092_503_826_852_162_062];
    const FROZEN_BYTES: u64 = 6_080_532_345_480_400_504;

    #[test]
    fn shares_are_estimated() {
        let number = |range: std::ops::Range<u32>| Signature::of(&range.map(|n| format!("w{n} ")).collect::<String>()).unwrap();
        let (whole, half, other) = (number(0..1000), number(0..500), number(5000..6000));
        assert_eq!(whole.similarity(&whole), 1.0);
        assert!((whole.similarity(&half) - 0.5).abs() < 0.12, "{}", whole.similarity(&half));
        assert!(whole.containment(&half) > 0.85);
        assert!(whole.similarity(&other) < 0.02);
        let shared = |a: &Signature, b: &Signature| a.bands().iter().filter(|band| b.bands().contains(band)).count();
        assert!(shared(&whole, &half) > 0 && shared(&whole, &other) == 0);
        // Marks, letters and white space make no difference.
        assert_eq!(Signature::of("The army's men\nleft.").unwrap().minima, Signature::of("“the army’s MEN, left”").unwrap().minima);
    }

    #[test]
    fn damaged_bytes_are_told() {
        let bytes = Signature::of(TEXT).unwrap().to_bytes();
        for wrong in [&bytes[..0], &bytes[..1], &bytes[..100], &bytes[..bytes.len() - 1], b"\x02abc"] {
            assert!(Signature::from_bytes(wrong).is_err());
        }
        assert_eq!(Signature::of(" — "), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{0,300}") {
            if let Some(signature) = Signature::of(&text) {
                prop_assert_eq!(Signature::from_bytes(&signature.to_bytes()), Ok(signature));
            }
        }

        #[test]
        fn any_bytes_are_borne(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
            let _ = Signature::from_bytes(&bytes);
            let _ = Signature::from_bytes(&[&[VERSION], &bytes[..]].concat());
        }
    }
}
