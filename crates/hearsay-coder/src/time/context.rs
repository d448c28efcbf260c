//! What the text has spoken of so far, for expressions that hang on it: "that day", "a year earlier", "the quarter".

use hearsay_ledger::Date;
use jiff::ToSpan as _;

use super::meaning::{Count, Meaning, Year};

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Quarter {
    pub(super) year: i16,
    /// 1 to 4.
    pub(super) number: i8,
}

impl Quarter {
    /// The last quarter that was over on a day.
    pub(super) fn complete_before(day: Date) -> Option<Self> {
        let day = day.checked_sub(3.months()).ok()?;
        Some(Self { year: day.year(), number: (day.month() - 1) / 3 + 1 })
    }

    fn read(value: &str) -> Option<Self> {
        let (year, number) = value.split_once("-Q")?;
        Some(Self { year: year.parse().ok()?, number: number.parse().ok().filter(|n| (1..=4).contains(n))? })
    }
}

/// Dates mentioned last, by what they name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mentions {
    /// A day.
    pub(super) day: Option<Date>,
    /// The first day of a month.
    pub(super) month: Option<Date>,
    /// A year.
    pub(super) year: Option<i16>,
    /// The quarter that the text reports on.
    pub(super) quarter: Option<Quarter>,
    /// Sentences since a quarter was spoken of; `None` where the text has turned to a longer period since.
    since_quarter: Option<usize>,
}

impl Mentions {
    /// The quarter that "a year ago" speaks of, where one was mentioned at most so many sentences before.
    pub(super) fn quarter_in_play(&self, sentences: usize) -> Option<Quarter> {
        self.quarter.filter(|_| self.since_quarter.is_some_and(|since| since <= sentences))
    }

    /// A new sentence begins.
    pub(super) fn next_sentence(&mut self) {
        self.since_quarter = self.since_quarter.map(|since| since + 1);
    }

    /// An expression has been read.
    pub(super) fn note(&mut self, meaning: &Meaning, value: &str, today: Option<Date>) {
        match meaning {
            Meaning::Length { unit, count } => {
                // "The first nine months": the text has left the quarter.
                let months = matches!((unit.as_str(), count), ("M", Count::Number(n)) if *n > 3.0) || unit == "Y";
                if months {
                    self.since_quarter = None;
                }
                return;
            }
            Meaning::Set { .. } | Meaning::EachWeekday { .. } | Meaning::EachMonth(_) => return,
            // A quarter of another year, or one that is not over, is what the one reported on is held against.
            Meaning::Part { letter: 'Q', year, .. } => {
                let this_year = year.is_none_or(|y| y == Year::FromToday(0) || today.is_some_and(|today| y == Year::Of(today.year())));
                let over = |quarter: Quarter| today.and_then(Quarter::complete_before).is_none_or(|last| quarter <= last);
                if let Some(quarter) = Quarter::read(value).filter(|quarter| self.quarter.is_none() || this_year && over(*quarter)) {
                    self.quarter = Some(quarter);
                    self.since_quarter = Some(0);
                }
            }
            Meaning::Part { .. } => self.since_quarter = None,
            Meaning::Quarter { .. } => self.since_quarter = Some(0),
            _ => {}
        }
        self.note_date(value);
    }

    fn note_date(&mut self, value: &str) {
        let day: Option<Date> = value.get(..10).and_then(|day| day.parse().ok());
        let number = |range: std::ops::Range<usize>| {
            value.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit())).and_then(|part| part.parse::<i16>().ok())
        };
        let Some(year) = number(0..4).filter(|_| value.as_bytes().get(4).is_none_or(|b| *b == b'-')) else { return };
        self.year = Some(year);
        self.day = day.or(self.day);
        let month = number(5..7).and_then(|month| Date::new(year, i8::try_from(month).ok()?, 1).ok());
        self.month = month.or(self.month);
    }
}
