//! Stretches of the calendar that are pointed at: weeks, months, quarters, halves, seasons and years.

use super::super::meaning::{Count, Meaning, Pointer, Year};
use super::calendar::year;
use super::{Found, Grammar};

impl Grammar<'_> {
    /// "Last month", "this year", "the following day", "the same week"; "the year" and "the weekend" of the text.
    pub(super) fn pointed(&self, at: usize) -> Found {
        let (pointer, length) = self.pointer(at);
        if length == 0 {
            return self.definite(at);
        }
        let noun = at + length + usize::from(matches!(self.word(at + length), "fiscal" | "calendar" | "full"));
        let (unit, plural) = self.unit(noun)?;
        (!plural && !unit.starts_with('T')).then(|| (Meaning::Unit { unit: unit.to_owned(), pointer }, noun + 1))
    }

    /// "The year", "the full fiscal year", "year-end", "the weekend"; "the day" only where "later in" and the like stand
    /// before it.
    fn definite(&self, at: usize) -> Found {
        let end_of_year =
            |dash: usize| (self.word(dash) == "end").then(|| (Meaning::Unit { unit: "Y".to_owned(), pointer: Pointer::Bare }, dash + 1));
        if self.word(at) == "year" {
            return end_of_year(if matches!(self.word(at + 1), "-" | "'s" | "’s") { at + 2 } else { at + 1 });
        }
        if self.word(at) != "the" {
            return None;
        }
        let mut noun = at + 1;
        while matches!(self.word(noun), "full" | "fiscal" | "calendar" | "whole" | "entire") {
            noun += 1;
        }
        let (unit, plural) = self.unit(noun).filter(|(_, plural)| !plural)?;
        let end = noun + 1;
        if plural || matches!(self.word(end), "before" | "after" | "that" | "when" | "of" | "-") {
            return None;
        }
        match unit {
            // "The year ended March 31" is a length.
            "Y" if matches!(self.word(end), "ended" | "ending") => Some((Meaning::Length { unit: "Y".to_owned(), count: Count::Number(1.0) }, end)),
            "Y" | "W" | "M" | "WE" => Some((Meaning::Unit { unit: unit.to_owned(), pointer: Pointer::Bare }, end)),
            "D" if at >= 2 && self.word(at - 1) == "in" && matches!(self.word(at - 2), "earlier" | "later" | "early" | "late") => {
                Some((Meaning::Unit { unit: "D".to_owned(), pointer: Pointer::Same }, end))
            }
            _ => None,
        }
    }

    /// "The third quarter of 1989", "first-half", "this year's third quarter", "the 1988 quarter", "the latest period".
    pub(super) fn quarter(&self, at: usize) -> Found {
        let the = usize::from(self.word(at) == "the");
        let latest = usize::from(self.word(at + the) == "latest");
        if the == 1 || latest == 1 {
            let noun = at + the + latest;
            let found = match self.word(noun) {
                "quarter" => Some(false),
                "period" if latest == 1 => Some(true),
                _ => None,
            };
            if let Some(period) = found {
                let end = noun + 1;
                // "The quarter a year ago".
                return Some(self.year_back(end).unwrap_or((Meaning::Quarter { year: None, period }, end)));
            }
        }
        self.quarter_of_leading_year(at).or_else(|| self.numbered(at))
    }

    /// "The 1988 third quarter", "last year's quarter", "the 1988 period".
    fn quarter_of_leading_year(&self, at: usize) -> Found {
        let start = at + usize::from(self.word(at) == "the");
        let (of, noun) = if let Some(y) = year(self.word(start)) {
            (Year::Of(y), start + 1)
        } else {
            let (Meaning::Unit { unit, pointer }, end) = self.pointed(at)? else { return None };
            (Year::pointed(pointer).filter(|_| unit == "Y" && matches!(self.word(end), "'s" | "’s"))?, end + 1)
        };
        match self.word(noun) {
            "quarter" => return Some((Meaning::Quarter { year: Some(of), period: false }, noun + 1)),
            "period" => return Some((Meaning::Quarter { year: Some(of), period: true }, noun + 1)),
            _ => {}
        }
        let (letter, number, end) = self.ordinal_part(noun)?;
        Some((Meaning::Part { letter, number, year: Some(of), pointer: Pointer::Bare }, end))
    }

    /// "Third quarter", "first-half", "last half", "fiscal second quarter": its letter and number, and the word after it.
    fn ordinal_part(&self, at: usize) -> Option<(char, i64, usize)> {
        let start = at + usize::from(self.word(at) == "fiscal");
        let start = self.past_dash(start);
        let noun = self.past_dash(start + 1);
        let noun = noun + usize::from(self.word(noun) == "fiscal");
        let number = self.lists.ordinals.get(self.word(start)).copied();
        match self.word(noun) {
            "quarter" => number.filter(|n| *n <= 4).map(|n| ('Q', n, noun + 1)),
            "half" => number.or(if self.word(start) == "last" { Some(2) } else { None }).filter(|n| *n <= 2).map(|n| ('H', n, noun + 1)),
            _ => None,
        }
    }

    /// "The third quarter of 1989", "next year's" apart.
    fn numbered(&self, at: usize) -> Found {
        let (pointer, length) = self.pointer(at);
        let the = usize::from(self.word(at) == "the");
        let (pointer, (letter, number, end)) = match self.ordinal_part(at + the) {
            Some(part) => (Pointer::Bare, part),
            None => (pointer, self.ordinal_part(at + length)?),
        };
        let of = end + usize::from(matches!(self.word(end), "of" | "in"));
        if let Some(y) = year(self.word(of)) {
            return Some((Meaning::Part { letter, number, year: Some(Year::Of(y)), pointer }, of + 1));
        }
        if let Some((Meaning::Unit { unit, pointer }, after)) = self.pointed(of)
            && let Some(y) = Year::pointed(pointer).filter(|_| unit == "Y")
        {
            return Some((Meaning::Part { letter, number, year: Some(y), pointer: Pointer::Bare }, after));
        }
        Some((Meaning::Part { letter, number, year: None, pointer }, end))
    }

    /// "A year ago", "a year earlier", "year-earlier", "the year-ago third quarter".
    pub(super) fn year_back(&self, at: usize) -> Found {
        let article = usize::from(matches!(self.word(at), "a" | "one" | "the"));
        let start = at + article;
        let back = self.past_dash(start + 1);
        let (ago, earlier) = (self.word(back) == "ago", self.word(back) == "earlier");
        if self.word(start) != "year" || !(ago || earlier) {
            return None;
        }
        let end = back + 1;
        let modifies = article == 0 || self.word(at) == "the";
        if let Some((letter, number, end)) = self.ordinal_part(end) {
            return Some((Meaning::Part { letter, number, year: Some(Year::FromToday(-1)), pointer: Pointer::Bare }, end));
        }
        if let Some(length) = self.counted(end).filter(|(meaning, _)| modifies && matches!(meaning, Meaning::Length { .. })) {
            return Some(length);
        }
        let noun = usize::from(modifies && matches!(self.word(end), "quarter" | "period"));
        Some((Meaning::YearBack { anaphoric: earlier }, end + noun))
    }

    /// "The summer of 1990", "last winter", "this spring".
    pub(super) fn season(&self, at: usize) -> Found {
        let (pointer, length) = self.pointer(at);
        let the = usize::from(length == 0 && self.word(at) == "the");
        let start = at + length + the;
        let letters = self.lists.seasons.get(self.word(start))?.clone();
        let of = start + 1 + usize::from(matches!(self.word(start + 1), "of" | "in"));
        if let Some((y, end)) = year(self.word(of)).map(|y| (y, of + 1)).or_else(|| self.spoken_year(of).map(|(y, words)| (y, of + words))) {
            return Some((Meaning::Season { letters, year: Some(Year::Of(y)), pointer }, end));
        }
        // "Fall" and "spring" alone are verbs and nouns of other kinds.
        let alone =
            matches!(self.word(start), "summer" | "winter" | "autumn") && (the == 1 || at > 0 && matches!(self.word(at - 1), "early" | "late"));
        (length > 0 || alone).then_some((Meaning::Season { letters, year: None, pointer }, start + 1))
    }
}
