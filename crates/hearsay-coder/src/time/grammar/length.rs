//! Numbers, lengths of time, what is counted from a day ("three weeks ago"), and what recurs.

use super::super::meaning::{Count, Meaning, Pointer};
use super::{Found, Grammar};

impl Grammar<'_> {
    /// A number in figures or words.
    pub(super) fn number(&self, at: usize) -> Option<(f64, usize)> {
        let word = self.word(at);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let whole = word.replace(',', "").parse().ok().filter(|n: &f64| *n < 1e6)?;
            // "2 1/2"
            let half = [self.word(at + 1), self.word(at + 2), self.word(at + 3)] == ["1", "/", "2"];
            return Some(if half { (whole + 0.5, 4) } else { (whole, 1) });
        }
        if let Some((tens, ones)) = word.split_once('-') {
            let sum = self.lists.numbers.get(tens).filter(|n| **n >= 20)? + self.lists.numbers.get(ones).filter(|n| **n < 10)?;
            return Some((sum as f64, 1));
        }
        let first = *self.lists.numbers.get(word)?;
        let next = self.past_dash(at + 1);
        match self.lists.numbers.get(self.word(next)).copied() {
            Some(100) if first < 10 => Some((first as f64 * 100.0, next + 1 - at)),
            Some(ones) if first >= 20 && (1..10).contains(&ones) && !matches!(self.word(next), "a" | "an") => {
                Some(((first + ones) as f64, next + 1 - at))
            }
            _ => Some((first as f64, 1)),
        }
    }

    /// A number, or one of no certain size ("a few", "a couple of"), before a unit; of "two to three" the first.
    fn count(&self, at: usize) -> Option<(Count, usize)> {
        let article = usize::from(self.word(at) == "a");
        if let Some(value) = self.lists.vague.get(self.word(at + article)) {
            let of = usize::from(self.word(at + article + 1) == "of");
            return Some((value.parse().map_or(Count::Vague, Count::Number), article + 1 + of));
        }
        let (number, mut words) = self.number(at)?;
        if matches!(self.word(at + words), "to" | "or" | "-")
            && let Some((_, second)) = self.number(at + words + 1).filter(|(second, _)| *second > number)
        {
            words += 1 + second;
        }
        if [self.word(at + words), self.word(at + words + 1), self.word(at + words + 2)] == ["and", "a", "half"] {
            return Some((Count::Number(number + 0.5), words + 3));
        }
        let more = usize::from(matches!(self.word(at + words), "more" | "full" | "straight" | "consecutive" | "additional" | "successive"));
        Some((Count::Number(number), words + more))
    }

    /// The letter of a unit, and whether it stands in the plural.
    pub(super) fn unit(&self, at: usize) -> Option<(&str, bool)> {
        let word = self.word(at);
        if let Some(unit) = self.lists.units.get(word) {
            return Some((unit, false));
        }
        let singular = if word == "centuries" { "century" } else { word.strip_suffix('s')? };
        self.lists.units.get(singular).map(|unit| (unit.as_str(), true))
    }

    /// "Three weeks", "the past two years", "two days ago", "five-year", "a year and a half".
    pub(super) fn counted(&self, at: usize) -> Found {
        let (pointer, lead) = self.pointer(at);
        let ordinal = if lead == 0 && self.lists.ordinals.contains_key(self.word(at)) { 1 } else { lead };
        let the = usize::from(ordinal == 0 && self.word(at) == "the");
        let start = at + ordinal + the;
        let Some((count, words)) = self.count(start) else {
            return self.uncounted(at);
        };
        let noun = self.past_dash(start + words);
        let noun = noun + usize::from(matches!(self.word(noun), "full" | "fiscal" | "calendar" | "trading" | "working"));
        let (unit, plural) = self.unit(noun)?;
        let countable = match unit {
            "Q" => pointer != Pointer::Bare || matches!(count, Count::Vague),
            "WE" => false,
            // "A second group": a second is a length in the plural, or tied to its noun.
            "TS" => plural || self.word(noun.saturating_sub(1)) == "-",
            _ => true,
        };
        let mut end = noun + 1;
        if !countable || self.is_age(end) {
            return None;
        }
        let mut count = count;
        if let (Count::Number(number), ["and", "a", "half"]) = (count, [self.word(end), self.word(end + 1), self.word(end + 2)]) {
            count = Count::Number(number + 0.5);
            end += 3;
        }
        let unit = unit.to_owned();
        Some(self.shifted(&unit, count, end, pointer).unwrap_or((Meaning::Length { unit, count }, self.past_long(end))))
    }

    /// "Ago", "earlier", "later", "from now" after a length of time.
    fn shifted(&self, unit: &str, count: Count, end: usize, pointer: Pointer) -> Found {
        let lists = self.lists;
        let start = self.past_dash(if self.word(end) == "or" && self.word(end + 1) == "so" { end + 2 } else { end });
        // "After two days of talks": "after" and "before" belong to what follows them, unless nothing does.
        let closes = |at: usize| matches!(self.word(at), "." | "," | ";" | "");
        for (phrases, back, anaphoric) in
            [(&lists.ago, true, false), (&lists.from_now, false, false), (&lists.earlier, true, true), (&lists.later, false, true)]
        {
            let length = self.phrase(start, phrases);
            let bound = matches!(self.word(start), "after" | "before") && (pointer != Pointer::Bare || !closes(start + 1));
            if length > 0 && !bound {
                return Some((Meaning::Shift { unit: unit.to_owned(), count, back, anaphoric }, start + length));
            }
        }
        None
    }

    /// "Years", "recent weeks", "week-long".
    fn uncounted(&self, at: usize) -> Found {
        let lists = self.lists;
        let first = usize::from(matches!(self.word(at), "first" | "final"));
        let led = [(self.phrase(at, &lists.recent), Some("PAST_REF")), (self.phrase(at, &lists.coming), Some("FUTURE_REF")), (first, None)];
        let (lead, reference) = led.into_iter().max_by_key(|(length, _)| *length)?;
        let (unit, plural) = self.unit(at + lead)?;
        let end = at + lead + 1;
        if !plural {
            let long = self.past_long(end);
            return (lead == 0 && long > end).then(|| (Meaning::Length { unit: unit.to_owned(), count: Count::Number(1.0) }, long));
        }
        if let Some(reference) = reference.filter(|_| lead > 0) {
            let more = self.word(end) == "and" && self.unit(end + 1).is_some_and(|(_, plural)| plural);
            return Some((Meaning::Fixed(reference.to_owned()), end + if more { 2 } else { 0 }));
        }
        (!matches!(unit, "TS" | "Q" | "WE") && !self.is_age(end))
            .then(|| (Meaning::Length { unit: unit.to_owned(), count: Count::Vague }, self.past_long(end)))
    }

    /// The place after "-long", which may stand at a place.
    fn past_long(&self, at: usize) -> usize {
        if self.word(at) == "-" && self.word(at + 1) == "long" { at + 2 } else { at }
    }

    /// Whether what stands before a place is an age: "-old", "years old".
    fn is_age(&self, at: usize) -> bool {
        self.word(self.past_dash(at)).starts_with("old")
    }

    /// "Every day", "each Monday", "every other week", "twice a year".
    pub(super) fn every(&self, at: usize) -> Found {
        if matches!(self.word(at), "every" | "each") {
            let other = usize::from(matches!(self.word(at + 1), "other" | "second"));
            let (count, words) = self.count(at + 1).filter(|_| other == 0).unwrap_or((Count::Number(if other > 0 { 2.0 } else { 1.0 }), other));
            let noun = at + 1 + words;
            let set = |unit: &str| (Meaning::Set { unit: unit.to_owned(), count }, noun + 1);
            let weekday = || self.weekday_word(noun, false).map(|day| (Meaning::EachWeekday { day, part: None }, noun + 1));
            let month = || self.month(noun).map(|month| (Meaning::EachMonth(month), noun + 1));
            return self.unit(noun).map(|(unit, _)| set(unit)).or_else(weekday).or_else(month);
        }
        let times = match self.word(at) {
            "once" | "twice" => 1,
            _ => self.number(at).map(|(_, words)| words).filter(|words| self.word(at + words) == "times")? + 1,
        };
        let per = at + times;
        let (unit, plural) = self.unit(per + 1).filter(|_| matches!(self.word(per), "a" | "per" | "every" | "each"))?;
        (!plural).then(|| (Meaning::Set { unit: unit.to_owned(), count: Count::Number(1.0) }, per + 2))
    }
}
