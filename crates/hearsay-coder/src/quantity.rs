//! How many: from words to ranges ("at least two dozen", "1,200", "between five and seven").

use hearsay_codebook::LossLists;
use hearsay_ledger::Quantity;

/// What a number means behind some words.
type Bound = fn(u64) -> Quantity;

/// The number at the beginning of `words` (in lower case) as a range, with how many words it takes. `None` where no
/// number begins there.
pub(crate) fn quantity(words: &[&str], lists: &LossLists) -> Option<(Quantity, usize)> {
    if let Some((low, high, taken)) = two_numbers(words, lists) {
        return Some((Quantity { low: Some(low), high: Some(high) }, taken));
    }
    let bounds: [(&[Vec<String>], Bound); 3] = [
        (&lists.at_least, |n| Quantity { low: Some(n), high: None }),
        (&lists.at_most, |n| Quantity { low: None, high: Some(n) }),
        (&lists.roughly, exactly),
    ];
    for (phrases, range) in bounds {
        for phrase in phrases {
            if phrase.len() < words.len() && phrase.iter().zip(words).all(|(a, b)| a == b) {
                let (inner, taken) = quantity(words.get(phrase.len()..)?, lists)?;
                // "At least dozens" stays open; a bound before an exact number sets the range.
                let both = inner.low.is_some() && inner.low == inner.high;
                return Some((if both { range(inner.low?) } else { inner }, phrase.len() + taken));
            }
        }
    }
    vague(words, lists).or_else(|| exact(words, lists).map(|(n, taken)| (exactly(n), taken)))
}

fn exactly(n: u64) -> Quantity {
    Quantity { low: Some(n), high: Some(n) }
}

/// "Between five and seven", "20 to 30".
fn two_numbers(words: &[&str], lists: &LossLists) -> Option<(u64, u64, usize)> {
    let skip = usize::from(matches!(words.first(), Some(&"between" | &"from")));
    let (low, first) = exact(words.get(skip..)?, lists)?;
    let joint = *words.get(skip + first)?;
    let (high, second) = exact(words.get(skip + first + 1..)?, lists)?;
    let joined = if skip == 1 { matches!(joint, "and" | "to") } else { matches!(joint, "to" | "or" | "-" | "–") };
    (joined && high > low).then_some((low, high, skip + first + 1 + second))
}

/// "Dozens", "hundreds of".
fn vague(words: &[&str], lists: &LossLists) -> Option<(Quantity, usize)> {
    let first = words.first()?;
    let low = *lists.vague.get(*first)?;
    // "Tens of thousands" and "hundreds of thousands" are as many of the latter.
    let of = (words.get(1) == Some(&"of")).then(|| words.get(2).and_then(|w| lists.vague.get(*w))).flatten();
    Some(match of {
        Some(each) => (Quantity { low: Some(low / 2 * (each / 2)), high: None }, 3),
        None => (Quantity { low: Some(low), high: None }, 1),
    })
}

/// A single number in figures or words.
fn exact(words: &[&str], lists: &LossLists) -> Option<(u64, usize)> {
    let (mut value, mut taken) = figures(words.first()?).map_or_else(|| spelled(words, lists), |n| Some((n, 1)))?;
    while let Some(factor) = words.get(taken).and_then(|w| lists.multipliers.get(*w)) {
        value = (value * *factor as f64).min(u64::MAX as f64 / 2.0);
        taken += 1;
    }
    (value.fract() == 0.0 && value >= 0.0).then_some((value as u64, taken))
}

/// "1,200", "2.5".
fn figures(word: &str) -> Option<f64> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let plain = word.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') && word.starts_with(|c: char| c.is_ascii_digit());
    if !plain || digits == 0 || digits > 12 {
        return None;
    }
    word.replace(',', "").parse().ok()
}

/// "Twenty-three" (one word or three), "a hundred", "two".
fn spelled(words: &[&str], lists: &LossLists) -> Option<(f64, usize)> {
    let first = *words.first()?;
    if let Some((tens, ones)) = first.split_once('-') {
        let sum = lists.numbers.get(tens).filter(|n| **n >= 20)? + lists.numbers.get(ones).filter(|n| **n < 10)?;
        return Some((sum as f64, 1));
    }
    let value = *lists.numbers.get(first)?;
    let dash = usize::from(words.get(1) == Some(&"-"));
    let ones = words.get(1 + dash).and_then(|w| lists.numbers.get(*w)).filter(|n| value >= 20 && (1..10).contains(*n));
    Some(match ones {
        Some(ones) => ((value + ones) as f64, 2 + dash),
        None => (value as f64, 1),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hearsay_codebook::Codebook;

    fn read(text: &str) -> Option<(Option<u64>, Option<u64>, usize)> {
        let lists = Codebook::embedded().unwrap().losses;
        let words: Vec<&str> = text.split(' ').collect();
        quantity(&words, &lists).map(|(q, n)| (q.low, q.high, n))
    }

    #[test]
    fn numbers_in_figures_and_words() {
        assert_eq!(read("1,200 people"), Some((Some(1200), Some(1200), 1)));
        assert_eq!(read("2.5 million"), Some((Some(2_500_000), Some(2_500_000), 2)));
        assert_eq!(read("twenty-three"), Some((Some(23), Some(23), 1)));
        assert_eq!(read("twenty - three men"), Some((Some(23), Some(23), 3)));
        assert_eq!(read("a hundred"), Some((Some(100), Some(100), 2)));
        assert_eq!(read("a soldier"), Some((Some(1), Some(1), 1)));
        assert_eq!(read("no casualties"), Some((Some(0), Some(0), 1)));
        assert_eq!(read("soldiers"), None);
        assert_eq!(read("99999999999999999999999"), None);
    }

    #[test]
    fn bounds_and_ranges() {
        assert_eq!(read("at least two dozen people"), Some((Some(24), None, 4)));
        assert_eq!(read("more than 60"), Some((Some(60), None, 3)));
        assert_eq!(read("up to 30"), Some((None, Some(30), 3)));
        assert_eq!(read("nearly 40"), Some((Some(40), Some(40), 2)));
        assert_eq!(read("between five and seven"), Some((Some(5), Some(7), 4)));
        assert_eq!(read("20 to 30 men"), Some((Some(20), Some(30), 3)));
        assert_eq!(read("dozens of"), Some((Some(24), None, 1)));
        assert_eq!(read("at least dozens"), Some((Some(24), None, 3)));
        assert_eq!(read("hundreds of thousands"), Some((Some(100_000), None, 3)));
    }
}
