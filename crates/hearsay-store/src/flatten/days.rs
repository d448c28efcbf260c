//! The days that a TIMEX3 value covers.

use hearsay_ledger::Date;
use jiff::civil::ISOWeekDate;
use jiff::civil::Weekday;

/// First and last day of a TIMEX3 value that names a part of the calendar: a day (with or without a time of day), a week or
/// its weekend, a month, a quarter, a half or season of a year, a year, a decade, a century. `None` for durations, for
/// values with unknown digits and for `PRESENT_REF` and the like.
///
/// A winter is that of the year it ends in, so that every season lies within the year that its value names but for December.
#[must_use]
pub fn days(value: &str) -> Option<(Date, Date)> {
    // What follows the day is a time of day.
    let value = value.split('T').next()?;
    let (year, rest) = value.split_once('-').map_or((value, None), |(year, rest)| (year, Some(rest)));
    if !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (year.len(), rest) {
        (2, None) => years(number::<i16>(year)? * 100, 100),
        (3, None) => years(number::<i16>(year)? * 10, 10),
        (4, None) => years(number(year)?, 1),
        (4, Some(part)) => part_of_year(number(year)?, part),
        _ => None,
    }
}

fn part_of_year(year: i16, part: &str) -> Option<(Date, Date)> {
    match part {
        "SP" => months(year, 3, 3),
        "SU" => months(year, 6, 3),
        "FA" => months(year, 9, 3),
        "WI" => Some((first_of(year.checked_sub(1)?, 12)?, first_of(year, 2)?.last_of_month())),
        _ => match part.split_at_checked(1)? {
            ("Q", quarter) => months(year, number::<i8>(quarter)?.checked_sub(1)?.checked_mul(3)?.checked_add(1)?, 3),
            ("H", half) => months(year, number::<i8>(half)?.checked_sub(1)?.checked_mul(6)?.checked_add(1)?, 6),
            ("W", week) => self::week(year, week),
            _ => month_or_day(year, part),
        },
    }
}

fn month_or_day(year: i16, part: &str) -> Option<(Date, Date)> {
    match part.split_once('-') {
        None => months(year, number(part)?, 1),
        Some((month, day)) => {
            let day = Date::new(year, number(month)?, number(day)?).ok()?;
            Some((day, day))
        }
    }
}

fn week(year: i16, week: &str) -> Option<(Date, Date)> {
    let (week, first) = match week.strip_suffix("-WE") {
        Some(week) => (week, Weekday::Saturday),
        None => (week, Weekday::Monday),
    };
    let day = |weekday| Some(ISOWeekDate::new(year, number(week)?, weekday).ok()?.date());
    Some((day(first)?, day(Weekday::Sunday)?))
}

fn years(first: i16, count: i16) -> Option<(Date, Date)> {
    let last = first.checked_add(count - 1)?;
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

fn months(year: i16, first: i8, count: i8) -> Option<(Date, Date)> {
    Some((first_of(year, first)?, first_of(year, first.checked_add(count - 1)?)?.last_of_month()))
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

/// The number that `digits` are; a sign is no digit.
fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_of_the_calendar() {
        let cases = [
            ("2016-02-10", "2016-02-10", "2016-02-10"),
            ("2016-02-10T14:30", "2016-02-10", "2016-02-10"),
            ("2016-02-10TMO", "2016-02-10", "2016-02-10"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2016", "2016-01-01", "2016-12-31"),
            ("201", "2010-01-01", "2019-12-31"),
            ("19", "1900-01-01", "1999-12-31"),
            ("2016-W06", "2016-02-08", "2016-02-14"),
            ("2016-W06-WE", "2016-02-13", "2016-02-14"),
            ("2016-Q2", "2016-04-01", "2016-06-30"),
            ("2016-H2", "2016-07-01", "2016-12-31"),
            ("2016-SU", "2016-06-01", "2016-08-31"),
            ("2016-WI", "2015-12-01", "2016-02-29"),
        ];
        for (value, first, last) in cases {
            let covered = days(value).map(|(first, last)| (first.to_string(), last.to_string()));
            assert_eq!(covered, Some((first.to_owned(), last.to_owned())), "{value}");
        }
    }

    #[test]
    fn what_is_no_part_of_the_calendar() {
        for value in ["PRESENT_REF", "P3D", "XXXX-02-10", "2016-XX", "2016-13", "2016-02-30", "2016-Q5", "2016-W54", "T14:30", "", "2016-é"] {
            assert_eq!(days(value), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_text_may_come(value in "[0-9QHWXTPE-]{0,12}|.{0,8}") {
            if let Some((first, last)) = days(&value) {
                prop_assert!(first <= last);
            }
        }
    }
}
