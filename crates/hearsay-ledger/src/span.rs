//! Spans: half-open byte ranges into the frozen text of a document.

use std::fmt;

/// A half-open range `[start, end)` of UTF-8 bytes of [`Document::text`](crate::Document::text); never empty.
///
/// Spans order by start, then by end, which is the order of the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span `[start, end)`, or `None` if it would be empty or reversed.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The smallest span that holds both `self` and `other`.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// First byte of the span.
    #[must_use]
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte of the span.
    #[must_use]
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes; at least 1.
    #[must_use]
    #[allow(clippy::len_without_is_empty)] // a span is never empty
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether `other` lies wholly inside `self`.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes of `text` under the span, or `None` where the span does not lie on character boundaries of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}, {})", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span() -> impl Strategy<Value = Span> {
        (0usize..40, 1usize..20).prop_filter_map("empty", |(start, len)| Span::new(start, start + len))
    }

    #[test]
    fn empty_and_reversed_spans_do_not_exist() {
        assert_eq!(Span::new(3, 3), None);
        assert_eq!(Span::new(4, 3), None);
    }

    #[test]
    fn a_span_off_a_character_boundary_has_no_text() {
        let text = "é!";
        assert_eq!(Span::new(0, 2).and_then(|s| s.of(text)), Some("é"));
        assert_eq!(Span::new(1, 3).and_then(|s| s.of(text)), None);
        assert_eq!(Span::new(0, 9).and_then(|s| s.of(text)), None);
    }

    proptest! {
        #[test]
        fn cover_contains_both(a in span(), b in span()) {
            let c = a.cover(b);
            prop_assert!(c.contains(a) && c.contains(b));
        }

        #[test]
        fn overlap_is_symmetric_and_follows_from_containment(a in span(), b in span()) {
            prop_assert_eq!(a.overlaps(b), b.overlaps(a));
            prop_assert!(!a.contains(b) || a.overlaps(b));
        }
    }
}
