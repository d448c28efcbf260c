//! Days, months and years of the calendar: named, in figures, and as days of the week.

use super::super::meaning::{Meaning, Pointer, Year};
use super::{Found, Grammar};

impl Grammar<'_> {
    /// "Friday", "last Tuesday", "Mondays".
    pub(super) fn weekday(&self, at: usize) -> Found {
        let (pointer, length) = self.pointer(at);
        let start = at + length;
        if let Some(day) = self.weekday_word(start, length > 0) {
            // "Tuesday nights" recur.
            let nights = self.word(start + 1).strip_suffix('s').and_then(|part| self.lists.parts.get(part)).filter(|_| length == 0);
            return Some(match nights {
                Some(part) => (Meaning::EachWeekday { day, part: Some(part.clone()) }, start + 2),
                None => (Meaning::Weekday { day, pointer }, start + 1),
            });
        }
        let day = self.word(at).strip_suffix('s').filter(|word| word.ends_with("day")).and_then(|word| self.lists.weekdays.get(word))?;
        Some((Meaning::EachWeekday { day: *day, part: None }, at + 1))
    }

    /// The day of the week a word names; its short forms ("sat") only before a date, for they are words too.
    pub(super) fn weekday_word(&self, at: usize, pointed: bool) -> Option<i8> {
        let word = self.word(at).trim_end_matches('.');
        let day = self.lists.weekdays.get(word)?;
        let full = word.ends_with("day");
        let dated = self.month(self.past_comma(at + 1)).is_some() || day_number(self.word(at + 1)).is_some();
        (full || !pointed && dated).then_some(*day)
    }

    pub(super) fn month(&self, at: usize) -> Option<i8> {
        self.lists.months.get(self.word(at).trim_end_matches('.')).copied()
    }

    /// A day of a month, in figures or as a word ("eighth").
    fn day_of_month(&self, at: usize) -> Option<i8> {
        // "March 5:30" is a time of day.
        let clock = self.word(at + 1) == ":" && self.word(at + 2).starts_with(|c: char| c.is_ascii_digit());
        let spoken = || {
            self.lists.ordinals.get(self.word(at)).and_then(|n| i8::try_from(*n).ok()).filter(|_| !matches!(self.word(at + 1), "quarter" | "half"))
        };
        day_number(self.word(at)).filter(|_| !clock).or_else(spoken)
    }

    fn past_comma(&self, at: usize) -> usize {
        at + usize::from(self.word(at) == ",")
    }

    /// "May 5, 2016", "5 May 2016", "18 Aug 88", "May 2016", "last May", "April 24 and 25".
    pub(super) fn date(&self, at: usize) -> Found {
        let (pointer, length) = self.pointer(at);
        let start = at + length;
        if let Some(days) = self.days(at) {
            return Some(days);
        }
        let day_first = day_number(self.word(start)).and_then(|day| {
            let of = start + 1 + usize::from(self.word(start + 1) == "of");
            self.month(of).map(|month| (month, Some(day), of + 1))
        });
        let month_first = || {
            self.month(start).map(|month| match self.day_of_month(start + 1) {
                Some(day) => (month, Some(day), start + 2),
                None => (month, None, start + 1),
            })
        };
        let (month, day, end) = day_first.or_else(month_first)?;
        if let Some((year, end)) = self.year_after(end, day_first.is_some()) {
            return Some((Meaning::Date { year: Some(year), month: Some(month), day, pointer: Pointer::Bare }, end));
        }
        // "Jan" alone is a name.
        let short =
            day.is_none() && pointer == Pointer::Bare && self.word(end - 1).len() <= 4 && !matches!(self.word(end - 1), "may" | "june" | "july");
        (!short || self.word(end - 1).ends_with('.')).then_some((Meaning::Date { year: None, month: Some(month), day, pointer }, end))
    }

    /// The year after a month or day: ", 1989", "of 1989", "nineteen ninety-one"; "'88", and "88" where it may be `short`.
    fn year_after(&self, at: usize, short: bool) -> Option<(Year, usize)> {
        let mark = at + usize::from(matches!(self.word(at), "," | "of" | "in" | "'" | "’"));
        let short = if short || matches!(self.word(at), "'" | "’") { short_year(self.word(mark)) } else { None };
        if let Some(y) = year(self.word(mark)).or(short) {
            return Some((Year::Of(y), mark + 1));
        }
        self.spoken_year(at).map(|(y, words)| (Year::Of(y), at + words))
    }

    /// "April 24 and 25", "May 15-24, 2016", "5-6 April 2016".
    fn days(&self, at: usize) -> Found {
        let month_first = self.month(at);
        let start = at + usize::from(month_first.is_some());
        let first = day_number(self.word(start))?;
        if !matches!(self.word(start + 1), "-" | "–" | "and" | "to") {
            return None;
        }
        let last = day_number(self.word(start + 2)).filter(|last| *last > first)?;
        let (month, end) = match month_first {
            Some(month) => (month, start + 3),
            None => (self.month(start + 3)?, start + 4),
        };
        let (year, end) = self.year_after(end, false).map_or((None, end), |(year, end)| (Some(year), end));
        Some((Meaning::Days { year, month, first, last }, end))
    }

    /// "1996", "fiscal 1996", "the year 2000", "nineteen ninety-one".
    pub(super) fn year_alone(&self, at: usize) -> Found {
        let named = usize::from(self.word(at) == "fiscal");
        let named = named + usize::from(self.word(at + named) == "year");
        let start = at + named;
        let (y, end) = if let Some(y) = year(self.word(start)) {
            (y, start + 1)
        } else {
            let (y, words) = self.spoken_year(start).or_else(|| self.thousands(start).filter(|_| named > 0))?;
            (y, start + words)
        };
        Some((Meaning::Date { year: Some(Year::Of(y)), month: None, day: None, pointer: Pointer::Bare }, end))
    }

    /// "Nineteen ninety-one".
    pub(super) fn spoken_year(&self, at: usize) -> Option<(i16, usize)> {
        let first = *self.lists.numbers.get(self.word(at)).filter(|n| (17..=20).contains(*n))?;
        let (rest, words) = self.number(at + 1)?;
        ((10.0..100.0).contains(&rest) && rest.fract() == 0.0).then(|| (first as i16 * 100 + rest as i16, 1 + words))
    }

    /// "Two thousand".
    fn thousands(&self, at: usize) -> Option<(i16, usize)> {
        let thousands = *self.lists.numbers.get(self.word(at)).filter(|n| (1..=2).contains(*n))?;
        (self.word(at + 1) == "thousand").then_some((thousands as i16 * 1000, 2))
    }

    /// "2016-02-11", "05.10.2017", "11/2/99": figures alone, in one word or parted by marks.
    pub(super) fn figures(&self, at: usize) -> Found {
        let mut joined = String::new();
        for end in at..at + 5 {
            let word = self.word(end);
            if word.is_empty() || joined.len() > 10 || !word.chars().all(|c| c.is_ascii_digit() || "./-".contains(c)) {
                return None;
            }
            joined.push_str(word);
            if let Some(meaning) = calendar_figures(&joined) {
                return Some((meaning, end + 1));
            }
        }
        None
    }

    /// "The 1980s", "the '80s", "the nineties", "the 19th century".
    pub(super) fn decade(&self, at: usize) -> Found {
        let the = self.word(at) == "the";
        let start = at + usize::from(the);
        if let Some(first) = self.lists.decades.get(self.word(start)).filter(|_| the) {
            return Some((Meaning::Decade(*first), start + 1));
        }
        let mark = self.word(start).starts_with(['\'', '’']);
        let start = start + usize::from(matches!(self.word(start), "'" | "’"));
        let word = self.word(start).trim_start_matches(['\'', '’']);
        if let Some(digits) = word.strip_suffix("'s").or_else(|| word.strip_suffix('s')).filter(|d| d.ends_with('0')) {
            let decade = match digits.len() {
                4 => digits.parse().ok().filter(|y| (1000..2100).contains(y))?,
                // Nobody is in his eighties by the calendar: "in his 80s".
                2 if mark || the => 1900 + digits.parse::<i16>().ok()?,
                _ => return None,
            };
            return Some((Meaning::Decade(decade), start + 1));
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = matches!(word.get(digits.len()..), Some("st" | "nd" | "rd" | "th"));
        let century = self.past_dash(start + 1);
        (ordinal && self.word(century) == "century")
            .then(|| digits.parse().ok())
            .flatten()
            .filter(|n| (1..=21).contains(n))
            .map(|n| (Meaning::Century(n), century + 1))
    }

    /// "Christmas Eve", "Thanksgiving 1997".
    pub(super) fn feast(&self, at: usize) -> Found {
        let here = self.words.get(at..)?;
        let (phrase, day) = self.lists.feasts.iter().find(|(p, _)| here.starts_with(p))?;
        let end = at + phrase.len();
        let comma = self.past_comma(end);
        let (year, end) = year(self.word(comma)).map_or((None, end), |y| (Some(Year::Of(y)), comma + 1));
        Some((Meaning::Feast { day: day.clone(), year }, end))
    }
}

/// A year in four figures, of modern history.
pub(super) fn year(word: &str) -> Option<i16> {
    let plain = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten().filter(|y| (1500..2100).contains(y))
}

/// "88" after a day and a month.
fn short_year(word: &str) -> Option<i16> {
    let plain = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse::<i16>().ok()).flatten().map(|y| if y < 50 { 2000 + y } else { 1900 + y })
}

/// "5", "5th".
fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word.get(digits.len()..).unwrap_or("");
    let plain = !digits.is_empty() && digits.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th");
    plain.then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// A date in figures: year first, or day first (month first where that alone makes a date).
fn calendar_figures(joined: &str) -> Option<Meaning> {
    let parts: Vec<&str> = joined.split(['-', '.', '/']).collect();
    let [first, middle, last] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<i16>().ok();
    let (year, month, day) = if first.len() == 4 {
        (number(first)?, number(middle)?, number(last)?)
    } else {
        let year = match last.len() {
            4 => number(last)?,
            2 => short_year(last)?,
            _ => return None,
        };
        let month_first = joined.contains('/') && number(first)? <= 12 || number(middle)? > 12;
        if month_first { (year, number(first)?, number(middle)?) } else { (year, number(middle)?, number(first)?) }
    };
    let sound = (1500..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sound.then_some(Meaning::Date { year: Some(Year::Of(year)), month: Some(month as i8), day: Some(day as i8), pointer: Pointer::Bare })
}
