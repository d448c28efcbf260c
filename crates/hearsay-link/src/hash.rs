//! A hash that is the same on every machine and in every version: FNV-1a of 64 bits with a final mix.
//!
//! Blocking keys, names and words are compared between machines and kept in stores, so the standard library's hasher, which
//! may change, will not do.

/// The hash of some bytes.
#[must_use]
pub(crate) fn of_bytes(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mix(hash)
}

/// The hash of a list of numbers, whose order counts.
#[must_use]
pub(crate) fn of_numbers(numbers: &[u64]) -> u64 {
    numbers.iter().fold(0x9e37_79b9_7f4a_7c15, |hash, number| mix(hash.rotate_left(23) ^ mix(*number)))
}

/// The finalizer of `SplitMix64` (Steele, Lea and Flood 2014): every bit of the input reaches every bit of the output.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_never_changes() {
        // Stores keep these numbers; a change here is a migration there.
        assert_eq!(of_bytes(b"aleppo"), 0x6eff_b80c_9143_917c);
        assert_ne!(of_numbers(&[1, 2]), of_numbers(&[2, 1]));
    }
}
