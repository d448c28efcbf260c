//! From words to the meaning of a time expression: which words are one, and what it says. Its parts read one kind each;
//! the longest reading wins.

mod calendar;
mod clock;
mod length;
mod period;

use hearsay_codebook::TimeLists;

use super::meaning::{Meaning, Pointer, Year};

/// Phrases before an expression that may belong to it: "the", "early", "at least".
const MOST_LEADS: usize = 3;

/// A meaning and the word after the last that tells it.
type Found = Option<(Meaning, usize)>;

/// The words of a sentence, in lower case, with the lists.
pub(super) struct Grammar<'a> {
    pub(super) words: &'a [String],
    pub(super) lists: &'a TimeLists,
}

impl Grammar<'_> {
    /// The longest expression that begins at a word, with the word after its last.
    pub(super) fn expression(&self, at: usize) -> Found {
        self.led_expression(at, MOST_LEADS)
    }

    /// The longest expression that begins at a word, with at most so many phrases that lead it.
    fn led_expression(&self, at: usize, leads: usize) -> Found {
        let plain = self.whole(at);
        if leads == 0 {
            return plain;
        }
        let after = |length: usize, fits: fn(&Meaning) -> bool| {
            if length == 0 { None } else { self.led_expression(self.past_dash(at + length), leads - 1).filter(|(meaning, _)| fits(meaning)) }
        };
        let edge = after(self.phrase(at, &self.lists.approximate), |m| !matches!(m, Meaning::Length { .. } | Meaning::Set { .. }));
        let bound = after(self.phrase(at, &self.lists.bounds), |m| !matches!(m, Meaning::Set { .. } | Meaning::Fixed(_)));
        let article = after(usize::from(self.word(at) == "the"), |m| !matches!(m, Meaning::Fixed(_)));
        longest([plain, edge, bound, article]).map(|found| self.loosely(found))
    }

    /// "A week or so".
    fn loosely(&self, (meaning, end): (Meaning, usize)) -> (Meaning, usize) {
        let loose = self.word(end) == "or" && self.word(end + 1) == "so";
        (meaning, end + if loose { 2 } else { 0 })
    }

    /// An expression with what is tied to its end.
    fn whole(&self, at: usize) -> Found {
        let (meaning, end) = self.core(at)?;
        Some(self.tied(&meaning, end).unwrap_or((meaning, end)))
    }

    fn core(&self, at: usize) -> Found {
        longest([
            self.fixed(at),
            self.figures(at),
            self.clock(at),
            self.weekday(at),
            self.date(at),
            self.year_alone(at),
            self.quarter(at),
            self.season(at),
            self.pointed(at),
            self.year_back(at),
            self.every(at),
            self.counted(at),
            self.decade(at),
            self.feast(at),
        ])
    }

    /// "Monday morning", "Friday, May 5", "9 a.m. Tuesday", "October last year": an expression with one tied to its end.
    fn tied(&self, meaning: &Meaning, end: usize) -> Found {
        let comma = end + usize::from(self.word(end) == ",");
        match meaning {
            Meaning::Weekday { .. } => {
                let dated = self.date(comma).filter(|(m, _)| matches!(m, Meaning::Date { day: Some(_), .. }));
                dated.or_else(|| self.part_of(meaning, end))
            }
            Meaning::Fixed(value) if is_day(value) => self.part_of(meaning, end),
            Meaning::DayPart { letters, of } => match of.as_ref() {
                // "This morning", "mid-afternoon yesterday".
                Meaning::Unit { pointer: Pointer::Bare, .. } => {
                    let (day, after) = self.day(end)?;
                    Some((Meaning::DayPart { letters: letters.clone(), of: Box::new(day) }, after))
                }
                _ => None,
            },
            Meaning::Clock { hour, minute, of: None } => {
                let comma = end + usize::from(self.word(end) == ",");
                let on = comma + usize::from(self.word(comma) == "on");
                let (day, after) = self.day(on)?;
                Some((Meaning::Clock { hour: *hour, minute: *minute, of: Some(Box::new(day)) }, after))
            }
            Meaning::Date { year: None, month, day, pointer: Pointer::Bare } => {
                let of = end + usize::from(self.word(end) == "of");
                let (Meaning::Unit { unit, pointer }, after) = self.pointed(of)? else { return None };
                (unit == "Y").then(|| (Meaning::Date { year: Year::pointed(pointer), month: *month, day: *day, pointer: Pointer::Bare }, after))
            }
            _ => None,
        }
    }

    /// A day with the part of it that is named after it.
    fn part_of(&self, day: &Meaning, end: usize) -> Found {
        let letters = self.lists.parts.get(self.word(end))?;
        Some((Meaning::DayPart { letters: letters.clone(), of: Box::new(day.clone()) }, end + 1))
    }

    /// A day that a time of day can belong to.
    fn day(&self, at: usize) -> Found {
        let weekday = || {
            self.weekday(at)
                .map(|(meaning, end)| self.tied(&meaning, end).filter(|(m, _)| matches!(m, Meaning::Date { .. })).unwrap_or((meaning, end)))
        };
        let found = self.date(at).filter(|(m, _)| matches!(m, Meaning::Date { day: Some(_), .. }));
        found.or_else(weekday).or_else(|| self.fixed(at).filter(|(m, _)| matches!(m, Meaning::Fixed(value) if is_day(value))))
    }

    fn fixed(&self, at: usize) -> Found {
        let here = self.words.get(at..)?;
        let (phrase, value) = self.lists.fixed.iter().find(|(p, _)| here.starts_with(p))?;
        Some((Meaning::Fixed(value.clone()), at + phrase.len()))
    }

    /// The pointer at a word, with the number of its words; the longest phrase wins.
    fn pointer(&self, at: usize) -> (Pointer, usize) {
        let lists = self.lists;
        let options = [
            (Pointer::Preceding, &lists.preceding),
            (Pointer::Following, &lists.following),
            (Pointer::Same, &lists.same),
            (Pointer::Last, &lists.last),
            (Pointer::This, &lists.this),
            (Pointer::Next, &lists.next),
        ];
        let mut best = (Pointer::Bare, 0);
        for (pointer, phrases) in options {
            let length = self.phrase(at, phrases);
            if length > best.1 {
                best = (pointer, length);
            }
        }
        best
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// The place after a dash that may stand at a place.
    fn past_dash(&self, at: usize) -> usize {
        at + usize::from(self.word(at) == "-")
    }

    /// Words of the longest phrase of a list at a place; 0 where there is none.
    fn phrase(&self, at: usize, phrases: &[Vec<String>]) -> usize {
        let here = self.words.get(at..).unwrap_or(&[]);
        phrases.iter().find(|p| here.starts_with(p)).map_or(0, Vec::len)
    }
}

/// The reading that ends last; of two the first.
fn longest<const N: usize>(readings: [Found; N]) -> Found {
    readings.into_iter().flatten().fold(None, |best: Found, new| match &best {
        Some(old) if old.1 >= new.1 => best,
        _ => Some(new),
    })
}

/// Whether a value of `fixed` is a whole day counted from that of the text.
fn is_day(value: &str) -> bool {
    value.starts_with('D') && !value.contains('T')
}
