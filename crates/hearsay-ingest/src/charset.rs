//! Bytes to text. In this order: byte order mark, what the input declares, UTF-8, a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::problem::ProblemKind;

/// `bytes` as text without a byte order mark, and what was doubtful about it. `declared` is the encoding that the
/// input itself names, if any. Never fails: what cannot be decoded reads U+FFFD and is counted.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Vec<ProblemKind>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = declared {
        return decode_as(encoding, bytes);
    }
    if mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, mut doubts) = decode_as(encoding, bytes);
    doubts.insert(0, ProblemKind::GuessedEncoding { encoding: encoding.name() });
    (text, doubts)
}

/// Whether `bytes` begin with the byte order mark of UTF-16, in which zero bytes are common.
pub(crate) fn has_utf16_mark(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> (String, Vec<ProblemKind>) {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut doubts = Vec::new();
    if damaged {
        let count = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        doubts.push(ProblemKind::DamagedText { encoding: encoding.name(), count });
    }
    (text.into_owned(), doubts)
}

/// Whether `bytes` are UTF-8, perhaps with a scratch: more characters beyond ASCII than wrong places. In the older
/// encodings such characters come about by accident only, and far more rarely than wrong places.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut beyond_ascii, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        beyond_ascii += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    wrong == 0 || beyond_ascii > wrong
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use encoding_rs::WINDOWS_1251;

    use super::*;

    #[test]
    fn marks_are_heeded_and_stripped() {
        assert_eq!(decode(b"\xef\xbb\xbfAleppo", None), ("Aleppo".to_owned(), vec![]));
        assert_eq!(decode(b"\xff\xfeA\0z\0", None), ("Az".to_owned(), vec![]));
        assert_eq!(decode(b"\xfe\xff\0A\0z", None), ("Az".to_owned(), vec![]));
        assert!(has_utf16_mark(b"\xff\xfeA\0") && !has_utf16_mark(b"\xef\xbb\xbfA"));
    }

    #[test]
    fn utf8_is_taken_as_it_is() {
        assert_eq!(decode("Idlib – “Ariha”\r\n".as_bytes(), None), ("Idlib – “Ariha”\r\n".to_owned(), vec![]));
    }

    #[test]
    fn a_scratch_in_utf8_is_counted() {
        let (text, doubts) = decode(b"Gen\xc3\xa8ve, caf\xc3\xa9 and a half \xc3", None);
        assert_eq!(text, "Genève, café and a half \u{fffd}");
        assert_eq!(doubts, [ProblemKind::DamagedText { encoding: "UTF-8", count: 1 }]);
    }

    #[test]
    fn older_encodings_are_guessed_and_said() {
        let written = "Министерство обороны сообщило в четверг, что самолёты не наносили ударов по городу.";
        let (bytes, _, _) = WINDOWS_1251.encode(written);
        let (text, doubts) = decode(&bytes, None);
        assert_eq!(text, written);
        assert_eq!(doubts, [ProblemKind::GuessedEncoding { encoding: "windows-1251" }]);
        assert_eq!(decode(&bytes, Some(WINDOWS_1251)), (written.to_owned(), vec![]));
    }

    #[test]
    fn quotes_of_windows_1252_are_guessed() {
        let (text, doubts) = decode(b"He said: \x93No comment,\x94 and left the caf\xe9.", None);
        assert_eq!(text, "He said: “No comment,” and left the café.");
        assert_eq!(doubts, [ProblemKind::GuessedEncoding { encoding: "windows-1252" }]);
    }
}
