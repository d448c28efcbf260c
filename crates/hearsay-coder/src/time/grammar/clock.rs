//! Times of day.

use super::super::meaning::Meaning;
use super::{Found, Grammar, longest};

impl Grammar<'_> {
    /// "9:30 a.m.", "1430 GMT", "noon", "the next morning".
    pub(super) fn clock(&self, at: usize) -> Found {
        longest([self.noon(at), self.hours(at), self.day_part(at)])
    }

    fn noon(&self, at: usize) -> Found {
        let hour = match self.word(at) {
            "noon" | "midday" => 12,
            "midnight" => 24,
            _ => return None,
        };
        Some((Meaning::Clock { hour, minute: 0, of: None }, at + 1))
    }

    /// "The next morning", "that night"; "mid-afternoon" with a day after it (see `tied`).
    fn day_part(&self, at: usize) -> Found {
        let (pointer, length) = self.pointer(at);
        let letters = self.lists.parts.get(self.word(at + length))?.clone();
        let pointed = length > 0 || self.day(at + 1).is_some();
        pointed.then(|| (Meaning::DayPart { letters, of: Box::new(Meaning::Unit { unit: "D".to_owned(), pointer }) }, at + length + 1))
    }

    /// "9:30 a.m.", "9 p.m. EST", "3.20pm", "1430 GMT", "0815 local time".
    fn hours(&self, at: usize) -> Found {
        let word = self.word(at);
        if matches!(word, "a" | "an") {
            return None;
        }
        let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i8>().ok()).flatten();
        let military = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        let mut colon = word.contains(':');
        let (hour, minute, end) = match word.split_once([':', '.']) {
            Some((h, m)) if m.len() == 2 => (figures(h)?, figures(m)?, at + 1),
            _ if self.word(at + 1) == ":" && self.word(at + 2).len() == 2 => {
                colon = true;
                (figures(word)?, figures(self.word(at + 2))?, at + 3)
            }
            _ if military => (figures(word.get(..2)?)?, figures(word.get(2..)?)?, at + 1),
            _ => (self.number(at).filter(|(n, words)| *words == 1 && (1.0..=12.0).contains(n) && n.fract() == 0.0)?.0 as i8, 0, at + 1),
        };
        let (afternoon, end) = self.half_of_day(end);
        let zone = military && self.word(end) == "hours" || self.lists.zones.contains(self.word(end));
        if afternoon.is_none() && !zone && !colon {
            return None;
        }
        let local = self.word(end) == "local" && self.word(end + 1) == "time";
        let end = end + usize::from(zone || local) + usize::from(local);
        let hour = match afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some((Meaning::Clock { hour, minute, of: None }, end))
    }

    /// "a.m." or "p.m." (`true`) at a place, however it is written, and the word after it.
    fn half_of_day(&self, at: usize) -> (Option<bool>, usize) {
        let word = self.word(at).replace('.', "");
        let (word, end) = match word.as_str() {
            "a" | "p" if matches!(self.word(at + 1), "m" | "m.") => (format!("{word}m"), at + 2),
            _ => (word, at + 1),
        };
        match word.as_str() {
            "am" => (Some(false), end),
            "pm" => (Some(true), end),
            _ => (None, at),
        }
    }
}
