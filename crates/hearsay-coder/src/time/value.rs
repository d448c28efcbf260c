//! From meaning to TIMEX3 value: the calendar, the day of the text, the dates mentioned before.

use hearsay_ledger::{Date, TimeType};
use jiff::ToSpan as _;
use jiff::civil::Weekday;

use super::context::{Mentions, Quarter};
use super::feast;
use super::meaning::{Count, Meaning, Pointer, Year};
use crate::evidence::Anchor;

/// What values are counted from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchors {
    /// The day of the text.
    pub(super) today: Option<Date>,
    /// Whether that is its day of publication, not one that the text gives itself.
    pub(super) published: bool,
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
    fn year(&self, year: Year) -> Option<(i16, Anchor)> {
        match year {
            Year::Of(year) => Some((year, Anchor::None)),
            Year::FromToday(step) => self.today().map(|(today, anchor)| (today.year() + step, anchor)),
        }
    }

    /// The day of the text.
    fn today(&self) -> Option<(Date, Anchor)> {
        self.today.map(|day| (day, if self.published { Anchor::Published(day) } else { Anchor::OwnDate(day) }))
    }

    /// The day mentioned last, or that of the text.
    fn day(&self) -> Option<(Date, Anchor)> {
        self.day_in("D")
    }

    /// A day in the unit of that kind that was mentioned last, or the day of the text.
    fn day_in(&self, unit: &str) -> Option<(Date, Anchor)> {
        let mentioned = match unit {
            "M" => self.mentions.month,
            "Y" => self.mentions.year.and_then(|year| Date::new(year, 1, 1).ok()),
            "E" | "C" => None,
            _ => self.mentions.day,
        };
        mentioned.map(|day| (day, Anchor::Mentioned(day))).or_else(|| self.today())
    }
}

/// The anchor that the mention of a year is, or of a part of it that begins with a month.
fn mention(year: i16, month: i8) -> Anchor {
    Date::new(year, month, 1).map_or(Anchor::None, Anchor::Mentioned)
}

/// A value with what it was counted from.
type Counted = (String, Anchor);

/// The type and value of an expression; the value is `None` where it hangs on a day that is not known.
pub(super) fn value(meaning: &Meaning, anchors: &Anchors) -> (TimeType, Option<Counted>) {
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

fn value_of(meaning: &Meaning, anchors: &Anchors) -> Option<Counted> {
    let alone = |value: String| Some((value, Anchor::None));
    match meaning {
        Meaning::Fixed(text) => fixed(text, anchors),
        Meaning::Date { year, month, day, pointer } => date(*year, *month, *day, *pointer, anchors),
        Meaning::Days { year, month, first, last } => {
            let of = |day: i8| date(*year, Some(*month), Some(day), Pointer::Bare, anchors);
            let ((first, anchor), (last, _)) = (of(*first)?, of(*last)?);
            Some((format!("{first}/{last}"), anchor))
        }
        Meaning::Weekday { day, pointer } => weekday(*day, *pointer, anchors),
        Meaning::Unit { unit, pointer } => pointed(unit, *pointer, anchors),
        Meaning::Shift { unit, count, back, anaphoric } => shift(unit, *count, *back, *anaphoric, anchors),
        Meaning::Length { unit, count } | Meaning::Set { unit, count } => alone(length(unit, *count)),
        Meaning::Part { letter, number, year, pointer } => part(*letter, *number, *year, *pointer, anchors),
        Meaning::Quarter { year, period } => quarter(*year, *period, anchors),
        Meaning::YearBack { anaphoric } => year_back(*anaphoric, anchors),
        Meaning::Season { letters, year, pointer } => season(letters, *year, *pointer, anchors),
        Meaning::Decade(year) => alone(format!("{}", year / 10)),
        Meaning::Century(n) => alone(format!("{:02}", n - 1)),
        Meaning::EachWeekday { day, part } => alone(format!("XXXX-WXX-{day}{}", part.as_ref().map_or_else(String::new, |part| format!("T{part}")))),
        Meaning::EachMonth(month) => alone(format!("XXXX-{month:02}")),
        Meaning::Clock { hour, minute, of } => {
            let (day, anchor) = match of {
                Some(day) => value_of(day, anchors)?,
                None => anchors.day().map(|(day, anchor)| (day.to_string(), anchor))?,
            };
            Some((format!("{day}T{hour:02}:{minute:02}"), anchor))
        }
        Meaning::DayPart { letters, of } => value_of(of, anchors).map(|(day, anchor)| (format!("{day}T{letters}"), anchor)),
        Meaning::Feast { day, year } => {
            let year = year.and_then(|year| anchors.year(year));
            let day = feast::date(day, year.map(|(year, _)| year), anchors.today, if anchors.future { None } else { Some(anchors.near_days) })?;
            let anchor = year.map(|(_, anchor)| anchor).or_else(|| anchors.today().map(|(_, anchor)| anchor))?;
            Some((day.to_string(), anchor))
        }
    }
}

fn fixed(text: &str, anchors: &Anchors) -> Option<Counted> {
    if let Some(set) = text.strip_prefix("SET ") {
        return Some((set.to_owned(), Anchor::None));
    }
    let Some(rest) = text.strip_prefix("D+").or_else(|| text.strip_prefix('D').filter(|r| r.starts_with('-'))) else {
        return Some((text.to_owned(), Anchor::None));
    };
    let end = rest.find('T').unwrap_or(rest.len());
    let days: i64 = rest.get(..end)?.parse().ok()?;
    let (today, anchor) = anchors.today()?;
    let day = today.checked_add(days.days()).ok()?;
    Some((format!("{day}{}", rest.get(end..)?), anchor))
}

/// A date of the calendar; what the text leaves out is the nearest in the direction of the clause.
fn date(year: Option<Year>, month: Option<i8>, day: Option<i8>, pointer: Pointer, anchors: &Anchors) -> Option<Counted> {
    let (year, anchor) = match (year, month) {
        (Some(year), _) => anchors.year(year)?,
        // Without a day of the text, the year is the one spoken of.
        (None, Some(month)) => match (anchors.today(), anchors.mentions.year.filter(|_| pointer == Pointer::Bare)) {
            (Some((today, anchor)), _) => (nearest_year(today, month, day, pointer, anchors), anchor),
            (None, Some(year)) => (year, mention(year, 1)),
            (None, None) => return Some((format!("XXXX-{month:02}{}", day.map_or_else(String::new, |day| format!("-{day:02}"))), Anchor::None)),
        },
        (None, None) => return None,
    };
    let value = match (month, day) {
        (None, _) => format!("{year:04}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (Some(month), Some(day)) => Date::new(year, month, day).ok()?.to_string(),
    };
    Some((value, anchor))
}

/// The year of a month (and day) without one: the nearest in the direction that a word or the clause gives; without
/// either the last such, unless the next is near.
fn nearest_year(today: Date, month: i8, day: Option<i8>, pointer: Pointer, anchors: &Anchors) -> i16 {
    let this = (today.month(), today.day());
    let that = (month, day.unwrap_or(if month == today.month() { today.day() } else { 1 }));
    let ahead = (i16::from(that.0) - i16::from(this.0)) * 30 + i16::from(that.1) - i16::from(this.1);
    match pointer {
        // "Last February" of a text written in March is not the month before.
        Pointer::Last | Pointer::Preceding => today.year() - i16::from(month + 1 >= this.0),
        Pointer::Next | Pointer::Following => today.year() + i16::from(month <= this.0),
        Pointer::This => today.year(),
        // A day that has just gone by was still to come for whoever spoke of it.
        _ if anchors.future && day.is_some() && (-anchors.near_days..0).contains(&ahead) => today.year(),
        _ if anchors.future => today.year() + i16::from(that < this),
        _ if ahead > anchors.near_days => today.year() - 1,
        _ => today.year() + i16::from(ahead + 360 <= anchors.near_days),
    }
}

/// A day of the week: that of the text itself, else the last one, unless the clause or a word points ahead.
fn weekday(day: i8, pointer: Pointer, anchors: &Anchors) -> Option<Counted> {
    let (base, anchor) = match pointer {
        Pointer::Following | Pointer::Preceding | Pointer::Same => anchors.day()?,
        _ => anchors.today()?,
    };
    let wanted = Weekday::from_monday_one_offset(day).ok()?;
    let since = i64::from(base.weekday().since(wanted)); // days since the last such day, 0 if it is today
    let step = match pointer {
        Pointer::Last | Pointer::Preceding if since == 0 => -7,
        Pointer::Next | Pointer::Following => 7 - since,
        // "This Saturday" is yet to come, else it would be the last or none.
        Pointer::This if since > 0 => 7 - since,
        Pointer::Bare | Pointer::Same if since > 0 && anchors.future => 7 - since,
        _ => -since,
    };
    Some((base.checked_add(step.days()).ok()?.to_string(), anchor))
}

/// "Last month", "this year", "the following day".
fn pointed(unit: &str, pointer: Pointer, anchors: &Anchors) -> Option<Counted> {
    let (base, anchor) = match pointer {
        Pointer::Same | Pointer::Following | Pointer::Preceding => anchors.day_in(unit)?,
        _ => anchors.today()?,
    };
    let step = match pointer {
        Pointer::Last | Pointer::Preceding => -1,
        Pointer::Next | Pointer::Following => 1,
        // The weekend of a text written in the week is the one before; on a Saturday or Sunday it is that very one.
        Pointer::Bare if unit == "WE" && !anchors.future && !matches!(base.weekday(), Weekday::Saturday | Weekday::Sunday) => -1,
        // "Attacks this weekend", told on a Monday.
        Pointer::This if unit == "WE" && !anchors.future && matches!(base.weekday(), Weekday::Monday | Weekday::Tuesday) => -1,
        _ => 0,
    };
    Some((at_unit(base, unit, step)?, anchor))
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
fn shift(unit: &str, count: Count, back: bool, anaphoric: bool, anchors: &Anchors) -> Option<Counted> {
    let vague = || Some((if back { "PAST_REF" } else { "FUTURE_REF" }.to_owned(), Anchor::None));
    let Count::Number(number) = count else { return vague() };
    let (base, anchor) = if anaphoric { anchors.day_in(unit)? } else { anchors.today()? };
    let step = number.round() as i64 * if back { -1 } else { 1 };
    if unit.starts_with('T') {
        return vague();
    }
    Some((at_unit(base, if unit == "N" { "D" } else { unit }, step)?, anchor))
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
fn part(letter: char, number: i64, year: Option<Year>, pointer: Pointer, anchors: &Anchors) -> Option<Counted> {
    let (year, anchor) = if let Some(year) = year {
        anchors.year(year)?
    } else {
        let (today, anchor) = anchors.today()?;
        let months = if letter == 'Q' { 3 } else { 6 };
        let begins = (i8::try_from(number).ok()? - 1) * months + 1;
        let year = match pointer {
            Pointer::Next => today.year() + i16::from(begins <= today.month()),
            _ if begins <= today.month() || anchors.future => today.year(),
            _ => today.year() - 1,
        };
        (year, anchor)
    };
    Some((format!("{year:04}-{letter}{number}"), anchor))
}

/// The quarter that the text reports on, or the last one that is over; of another year where one is named.
fn quarter(year: Option<Year>, period: bool, anchors: &Anchors) -> Option<Counted> {
    let year = match year {
        Some(year) => Some(anchors.year(year)?),
        None => None,
    };
    let in_play = anchors.mentions.quarter_in_play(anchors.quarter_reach);
    if let (None, Some((year, anchor)), true) = (in_play, year, period) {
        return Some((format!("{year:04}"), anchor));
    }
    let mentioned = anchors.mentions.quarter.map(|quarter| (quarter, mention(quarter.year, 3 * quarter.number - 2)));
    let over = || anchors.today().and_then(|(today, anchor)| Some((Quarter::complete_before(today)?, anchor)));
    let (quarter, anchor) = mentioned.or_else(over)?;
    Some((format!("{:04}-Q{}", year.map_or(quarter.year, |(year, _)| year), quarter.number), anchor))
}

/// "A year ago", "a year earlier": the quarter in play one year back, else the year before.
fn year_back(anaphoric: bool, anchors: &Anchors) -> Option<Counted> {
    if let Some(quarter) = anchors.mentions.quarter_in_play(anchors.quarter_reach) {
        return Some((format!("{:04}-Q{}", quarter.year - 1, quarter.number), mention(quarter.year, 3 * quarter.number - 2)));
    }
    let today = anchors.today().map(|(today, anchor)| (today.year(), anchor));
    // A text that has just named the year before means that same year again.
    let mentioned = anchors.mentions.year.filter(|year| anaphoric && today.is_none_or(|(today, _)| *year < today - 1));
    let (year, anchor) = mentioned.map(|year| (year, mention(year, 1))).or(today)?;
    Some((format!("{:04}", year - 1), anchor))
}

/// A season: that of the year of the text, unless a word points elsewhere.
fn season(letters: &str, year: Option<Year>, pointer: Pointer, anchors: &Anchors) -> Option<Counted> {
    let begins = match letters {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    };
    let (year, anchor) = if let Some(year) = year {
        anchors.year(year)?
    } else {
        let (today, anchor) = anchors.today()?;
        let year = match pointer {
            Pointer::Last => today.year() - i16::from(begins + 2 >= today.month()),
            Pointer::Next => today.year() + i16::from(begins <= today.month()),
            _ => today.year(),
        };
        (year, anchor)
    };
    Some((format!("{year:04}-{letters}"), anchor))
}
