//! From meaning to TIMEX3 value: the calendar, the day of the text, the dates mentioned before.

use hearsay_ledger::{Date, TimeType};
use jiff::ToSpan as _;
use jiff::civil::Weekday;

use super::context::{Mentions, Quarter};
use super::feast;
use super::meaning::{Count, Meaning, Pointer, Year};

/// What values are counted from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchors {
    /// The day of the text.
    pub(super) today: Option<Date>,
    /// The dates mentioned before.
    pub(super) mentions: Mentions,
    /// Whether the clause speaks of things to come.
    pub(super) future: bool,
    /// A month or day without a year is the next such where that lies so many days ahead at most.
    pub(super) near_days: i16,
    /// For how many sentences a quarter is what "a year ago" speaks of.
    pub(super) quarter_reach: usize,
}

impl Anchors {
    fn year(&self, year: Year) -> Option<i16> {
        match year {
            Year::Of(year) => Some(year),
            Year::FromToday(step) => self.today.map(|today| today.year() + step),
        }
    }

    /// The day mentioned last, or that of the text.
    fn day(&self) -> Option<Date> {
        self.mentions.day.or(self.today)
    }

    /// A day in the unit of that kind that was mentioned last, or the day of the text.
    fn day_in(&self, unit: &str) -> Option<Date> {
        let mentioned = match unit {
            "M" => self.mentions.month,
            "Y" => self.mentions.year.and_then(|year| Date::new(year, 1, 1).ok()),
            "E" | "C" => None,
            _ => self.mentions.day,
        };
        mentioned.or(self.today)
    }
}

/// The type and value of an expression; the value is `None` where it hangs on a day that is not known.
pub(super) fn value(meaning: &Meaning, anchors: &Anchors) -> (TimeType, Option<String>) {
    let kind = match meaning {
        Meaning::Length { .. } => TimeType::Duration,
        Meaning::Set { .. } | Meaning::EachWeekday { .. } | Meaning::EachMonth(_) => TimeType::Set,
        Meaning::Fixed(text) if text.starts_with("SET") => TimeType::Set,
        Meaning::Clock { .. } | Meaning::DayPart { .. } => TimeType::Time,
        Meaning::Fixed(text) if text.contains('T') && text.starts_with('D') => TimeType::Time,
        _ => TimeType::Date,
    };
    (kind, value_of(meaning, anchors))
}

fn value_of(meaning: &Meaning, anchors: &Anchors) -> Option<String> {
    match meaning {
        Meaning::Fixed(text) => fixed(text, anchors),
        Meaning::Date { year, month, day, pointer } => date(*year, *month, *day, *pointer, anchors),
        Meaning::Days { year, month, first, last } => {
            let of = |day: i8| date(*year, Some(*month), Some(day), Pointer::Bare, anchors);
            Some(format!("{}/{}", of(*first)?, of(*last)?))
        }
        Meaning::Weekday { day, pointer } => weekday(*day, *pointer, anchors).map(|d| d.to_string()),
        Meaning::Unit { unit, pointer } => pointed(unit, *pointer, anchors),
        Meaning::Shift { unit, count, back, anaphoric } => shift(unit, *count, *back, *anaphoric, anchors),
        Meaning::Length { unit, count } | Meaning::Set { unit, count } => Some(length(unit, *count)),
        Meaning::Part { letter, number, year, pointer } => part(*letter, *number, *year, *pointer, anchors),
        Meaning::Quarter { year, period } => quarter(*year, *period, anchors),
        Meaning::YearBack { anaphoric } => year_back(*anaphoric, anchors),
        Meaning::Season { letters, year, pointer } => season(letters, *year, *pointer, anchors),
        Meaning::Decade(year) => Some(format!("{}", year / 10)),
        Meaning::Century(n) => Some(format!("{:02}", n - 1)),
        Meaning::EachWeekday { day, part } => Some(format!("XXXX-WXX-{day}{}", part.as_ref().map_or_else(String::new, |part| format!("T{part}")))),
        Meaning::EachMonth(month) => Some(format!("XXXX-{month:02}")),
        Meaning::Clock { hour, minute, of } => {
            let day = match of {
                Some(day) => value_of(day, anchors)?,
                None => anchors.day()?.to_string(),
            };
            Some(format!("{day}T{hour:02}:{minute:02}"))
        }
        Meaning::DayPart { letters, of } => Some(format!("{}T{letters}", value_of(of, anchors)?)),
        Meaning::Feast { day, year } => feast::date(day, year.and_then(|year| anchors.year(year)), anchors.today, anchors.future).map(|d| d.to_string()),
    }
}

fn fixed(text: &str, anchors: &Anchors) -> Option<String> {
    if let Some(set) = text.strip_prefix("SET ") {
        return Some(set.to_owned());
    }
    let Some(rest) = text.strip_prefix("D+").or_else(|| text.strip_prefix('D').filter(|r| r.starts_with('-'))) else {
        return Some(text.to_owned());
    };
    let end = rest.find('T').unwrap_or(rest.len());
    let days: i64 = rest.get(..end)?.parse().ok()?;
    let day = anchors.today?.checked_add(days.days()).ok()?;
    Some(format!("{day}{}", rest.get(end..)?))
}

/// A date of the calendar; what the text leaves out is the nearest in the direction of the clause.
fn date(year: Option<Year>, month: Option<i8>, day: Option<i8>, pointer: Pointer, anchors: &Anchors) -> Option<String> {
    let year = match year {
        Some(year) => Some(anchors.year(year)?),
        None => None,
    };
    match (year, month, day) {
        (Some(y), None, _) => Some(format!("{y:04}")),
        (Some(y), Some(m), None) => Some(format!("{y:04}-{m:02}")),
        (Some(y), Some(m), Some(d)) => Date::new(y, m, d).ok().map(|d| d.to_string()),
        (None, Some(m), day) => {
            // Without a day of the text, the year is the one spoken of.
            let y = match (anchors.today, anchors.mentions.year.filter(|_| pointer == Pointer::Bare)) {
                (Some(today), _) => nearest_year(today, m, day, pointer, anchors),
                (None, Some(mentioned)) => mentioned,
                (None, None) => return day.map_or_else(|| Some(format!("XXXX-{m:02}")), |d| Some(format!("XXXX-{m:02}-{d:02}"))),
            };
            match day {
                Some(d) => Date::new(y, m, d).ok().map(|d| d.to_string()),
                None => Some(format!("{y:04}-{m:02}")),
            }
        }
        (None, None, _) => None,
    }
}

/// The year of a month (and day) without one: the nearest in the direction that a word or the clause gives; without
/// either the last such, unless the next is near.
fn nearest_year(today: Date, month: i8, day: Option<i8>, pointer: Pointer, anchors: &Anchors) -> i16 {
    let this = (today.month(), today.day());
    let that = (month, day.unwrap_or(if month == today.month() { today.day() } else { 1 }));
    match pointer {
        // "Last February" of a text written in March is not the month before.
        Pointer::Last | Pointer::Preceding => today.year() - i16::from(month + 1 >= this.0),
        Pointer::Next | Pointer::Following => today.year() + i16::from(month <= this.0),
        Pointer::This => today.year(),
        _ if anchors.future => today.year() + i16::from(that < this),
        _ => {
            let ahead = (i16::from(that.0) - i16::from(this.0)) * 30 + i16::from(that.1) - i16::from(this.1);
            if ahead > anchors.near_days {
                today.year() - 1
            } else {
                today.year() + i16::from(ahead + 360 <= anchors.near_days)
            }
        }
    }
}

/// A day of the week: that of the text itself, else the last one, unless the clause or a word points ahead.
fn weekday(day: i8, pointer: Pointer, anchors: &Anchors) -> Option<Date> {
    let base = match pointer {
        Pointer::Following | Pointer::Preceding | Pointer::Same => anchors.day()?,
        _ => anchors.today?,
    };
    let wanted = Weekday::from_monday_one_offset(day).ok()?;
    let since = i64::from(base.weekday().since(wanted)); // days since the last such day, 0 if it is today
    let step = match pointer {
        Pointer::Last | Pointer::Preceding if since == 0 => -7,
        Pointer::Next | Pointer::Following => 7 - since,
        Pointer::This | Pointer::Bare | Pointer::Same if since > 0 && anchors.future => 7 - since,
        _ => -since,
    };
    base.checked_add(step.days()).ok()
}

/// "Last month", "this year", "the following day".
fn pointed(unit: &str, pointer: Pointer, anchors: &Anchors) -> Option<String> {
    let base = match pointer {
        Pointer::Same | Pointer::Following | Pointer::Preceding => anchors.day_in(unit)?,
        _ => anchors.today?,
    };
    // On a Sunday "last week" is the one that ends that day: weeks begin with it, but for ISO 8601 with Monday.
    let sunday = unit == "W" && base.weekday() == Weekday::Sunday && pointer != Pointer::Same;
    let base = if sunday { base.checked_add(1.day()).ok()? } else { base };
    let step = match pointer {
        Pointer::Last | Pointer::Preceding => -1,
        Pointer::Next | Pointer::Following => 1,
        // The weekend of a text written in the week is the one before; on a Saturday or Sunday it is that very one.
        Pointer::Bare if unit == "WE" && !anchors.future && !matches!(base.weekday(), Weekday::Saturday | Weekday::Sunday) => -1,
        _ => 0,
    };
    at_unit(base, unit, step)
}

/// The unit that lies so many units from the one that holds a day.
fn at_unit(base: Date, unit: &str, step: i64) -> Option<String> {
    let add = |span: jiff::Span| base.checked_add(span).ok();
    match unit {
        "D" => Some(add(step.days())?.to_string()),
        "N" => Some(format!("{}TNI", add(step.days())?)),
        "F" => at_unit(base, "W", 2 * step),
        "W" => {
            let day = add(step.weeks())?.iso_week_date();
            Some(format!("{:04}-W{:02}", day.year(), day.week()))
        }
        "WE" => {
            let day = add(step.weeks())?.iso_week_date();
            Some(format!("{:04}-W{:02}-WE", day.year(), day.week()))
        }
        "M" => {
            let day = base.first_of_month().checked_add(step.months()).ok()?;
            Some(format!("{:04}-{:02}", day.year(), day.month()))
        }
        "Q" => {
            let day = base.first_of_month().checked_add((3 * step).months()).ok()?;
            Some(format!("{:04}-Q{}", day.year(), (day.month() - 1) / 3 + 1))
        }
        "Y" => Some(format!("{:04}", i64::from(base.year()) + step)),
        "E" => Some(format!("{}", i64::from(base.year()) / 10 + step)),
        "C" => Some(format!("{}", i64::from(base.year()) / 100 + step)),
        _ => None,
    }
}

/// "Three weeks ago", "two days later".
fn shift(unit: &str, count: Count, back: bool, anaphoric: bool, anchors: &Anchors) -> Option<String> {
    let Count::Number(number) = count else {
        return Some(if back { "PAST_REF".to_owned() } else { "FUTURE_REF".to_owned() });
    };
    let base = if anaphoric { anchors.day_in(unit)? } else { anchors.today? };
    let step = number.round() as i64 * if back { -1 } else { 1 };
    if unit.starts_with('T') {
        return Some(if back { "PAST_REF".to_owned() } else { "FUTURE_REF".to_owned() });
    }
    at_unit(base, if unit == "N" { "D" } else { unit }, step)
}

/// A length of time ("P3W", "PT36H", "P1Y6M", "PXD").
fn length(unit: &str, count: Count) -> String {
    let (clock, letter) = match unit.strip_prefix('T') {
        Some(letter) => ("T", letter),
        None => ("", unit),
    };
    let Count::Number(number) = count else {
        let letter = match letter {
            "N" | "WE" => "D",
            "F" => "W",
            "E" => "Y",
            other => other,
        };
        return format!("P{clock}X{letter}");
    };
    let (letter, factor) = match letter {
        "Q" => ("M", 3.0),
        "E" => ("Y", 10.0),
        "C" => ("Y", 100.0),
        "F" => ("W", 2.0),
        "N" | "WE" => ("D", 1.0),
        other => (other, 1.0),
    };
    let number = number * factor;
    // Half a unit is told in the next smaller one.
    let half = match (clock, letter) {
        _ if number.fract() == 0.0 => "",
        ("", "Y") => "6M",
        ("", "D") => "T12H",
        ("T", "H") => "30M",
        ("T", "M") => "30S",
        _ => return format!("P{clock}{number}{letter}"),
    };
    format!("P{clock}{}{letter}{half}", number.trunc() as i64)
}

/// A quarter or half of a year: the last such that has begun, unless the text names the year.
fn part(letter: char, number: i64, year: Option<Year>, pointer: Pointer, anchors: &Anchors) -> Option<String> {
    let year = if let Some(year) = year {
        anchors.year(year)?
    } else {
        let today = anchors.today?;
        let months = if letter == 'Q' { 3 } else { 6 };
        let begins = (i8::try_from(number).ok()? - 1) * months + 1;
        match pointer {
            Pointer::Next => today.year() + i16::from(begins <= today.month()),
            _ if begins <= today.month() || anchors.future => today.year(),
            _ => today.year() - 1,
        }
    };
    Some(format!("{year:04}-{letter}{number}"))
}

/// The quarter that the text reports on, or the last one that is over; of another year where one is named.
fn quarter(year: Option<Year>, period: bool, anchors: &Anchors) -> Option<String> {
    let year = match year {
        Some(year) => Some(anchors.year(year)?),
        None => None,
    };
    let in_play = anchors.mentions.quarter_in_play(anchors.quarter_reach);
    match (in_play, year) {
        (Some(quarter), _) => Some(format!("{:04}-Q{}", year.unwrap_or(quarter.year), quarter.number)),
        (None, Some(year)) if period => Some(format!("{year:04}")),
        _ => {
            let quarter = anchors.mentions.quarter.or_else(|| Quarter::complete_before(anchors.today?))?;
            Some(format!("{:04}-Q{}", year.unwrap_or(quarter.year), quarter.number))
        }
    }
}

/// "A year ago", "a year earlier": the quarter in play one year back, else the year before.
fn year_back(anaphoric: bool, anchors: &Anchors) -> Option<String> {
    if let Some(quarter) = anchors.mentions.quarter_in_play(anchors.quarter_reach) {
        return Some(format!("{:04}-Q{}", quarter.year - 1, quarter.number));
    }
    let today = anchors.today.map(Date::year);
    let mentioned = anchors.mentions.year.filter(|year| anaphoric && today.is_none_or(|today| *year <= today));
    Some(format!("{:04}", mentioned.or(today)? - 1))
}

/// A season: that of the year of the text, unless a word points elsewhere.
fn season(letters: &str, year: Option<Year>, pointer: Pointer, anchors: &Anchors) -> Option<String> {
    let begins = match letters {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    };
    let year = match year {
        Some(year) => anchors.year(year)?,
        None => {
            let Some(today) = anchors.today else { return anchors.mentions.year.map(|year| format!("{year:04}-{letters}")) };
            match pointer {
                Pointer::Last => today.year() - i16::from(begins + 2 >= today.month()),
                Pointer::Next => today.year() + i16::from(begins <= today.month()),
                _ => today.year(),
            }
        }
    };
    Some(format!("{year:04}-{letters}"))
}
