//! Digests that any archive can check with its own tools.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// SHA-256 of `bytes` in the form `sha256:` and 64 hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    written(&Sha256::digest(bytes))
}

/// SHA-256 over fields, each behind its length, so that no two lists of fields run together into the same bytes.
pub(crate) fn sha256_of_fields<'f>(fields: impl IntoIterator<Item = &'f str>) -> String {
    let mut hasher = Sha256::new();
    for field in fields {
        hasher.update(format!("{}:", field.len()));
        hasher.update(field);
    }
    written(&hasher.finalize())
}

fn written(digest: &[u8]) -> String {
    let mut out = String::from("sha256:");
    for byte in digest {
        let _ = write!(out, "{byte:02x}"); // writing to a String cannot fail
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(sha256_of_fields(["ab", "c"]), sha256_of_fields(["a", "bc"]));
        assert_ne!(sha256_of_fields(["a", ""]), sha256_of_fields(["a"]));
        assert_eq!(sha256(b"abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn the_form_of_the_fields_is_the_documented_one() {
        assert_eq!(sha256_of_fields(["ab", ""]), sha256(b"2:ab0:"));
    }
}
