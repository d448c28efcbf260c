//! TIMEX3 values to ranges of days.

use hearsay_ledger::Date;

use crate::key::Days;

/// The number of a day, from 1970-01-01.
#[must_use]
pub fn number(date: Date) -> i32 {
    // Civil days reach from year -9999 to 9999: some seven million, well inside i32.
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    from_civil(year, month, day)
}

/// The date of a day's number, as "2016-02-11"; for people.
#[must_use]
pub fn written(day: i32) -> String {
    let (year, month, day) = to_civil(i64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The days that a TIMEX3 value of a date or time may mean: a day, week, month, quarter, half, season or year. `None` for
/// lengths, sets, vague references and what is no such value.
#[must_use]
pub fn of_value(value: &str) -> Option<Days> {
    let date = value.split('T').next()?;
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let range = |first: i32, after: i32| Some(Days { first, last: after - 1 });
    let months = |first: i64, count: i64| range(month_start(year, first), month_start(year, first + count));
    let Some(part) = parts.next() else { return months(1, 12) };
    match part {
        "WI" => return months(12, 3),
        "SP" => return months(3, 3),
        "SU" => return months(6, 3),
        "FA" => return months(9, 3),
        "Q1" => return months(1, 3),
        "Q2" => return months(4, 3),
        "Q3" => return months(7, 3),
        "Q4" => return months(10, 3),
        "H1" => return months(1, 6),
        "H2" => return months(7, 6),
        _ => {}
    }
    if let Some(week) = part.strip_prefix('W') {
        let monday = week_start(year, digits(week, 2).filter(|week| (1..=53).contains(week))?);
        return Some(if parts.next() == Some("WE") {
            Days { first: monday + 5, last: monday + 6 }
        } else {
            Days { first: monday, last: monday + 6 }
        });
    }
    let month = digits(part, 2).filter(|month| (1..=12).contains(month))?;
    let Some(day) = parts.next() else { return months(month, 1) };
    let day = month_start(year, month) + i32::try_from(digits(day, 2)?).ok()? - 1;
    (day >= month_start(year, month) && day < month_start(year, month + 1)).then_some(Days { first: day, last: day })
}

fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The first day of a month; months beyond December are those of the next year.
fn month_start(year: i64, month: i64) -> i32 {
    from_civil(year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1, 1)
}

/// The Monday of an ISO week.
fn week_start(year: i64, week: i64) -> i32 {
    let fourth = from_civil(year, 1, 4); // always in week 1
    let monday = fourth - (fourth + 3).rem_euclid(7); // 1970-01-01 was a Thursday
    monday + 7 * (week as i32 - 1)
}

/// Days since 1970-01-01 of a Gregorian date (Hinnant 2013, `days_from_civil`).
fn from_civil(year: i64, month: i64, day: i64) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era - 719_468) as i32 // years of four digits give some millions at most
}

/// The Gregorian date of a day (Hinnant 2013, `civil_from_days`).
fn to_civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn span(value: &str) -> Option<(String, String)> {
        of_value(value).map(|days| (written(days.first), written(days.last)))
    }

    #[allow(clippy::unnecessary_wraps)] // what it is compared with is an option
    fn some(first: &str, last: &str) -> Option<(String, String)> {
        Some((first.to_owned(), last.to_owned()))
    }

    #[test]
    fn values_are_the_days_they_mean() {
        assert_eq!(span("2016-02-11"), some("2016-02-11", "2016-02-11"));
        assert_eq!(span("2016-02-11TMO"), some("2016-02-11", "2016-02-11"));
        assert_eq!(span("2016-02"), some("2016-02-01", "2016-02-29"));
        assert_eq!(span("2016"), some("2016-01-01", "2016-12-31"));
        assert_eq!(span("2016-W06"), some("2016-02-08", "2016-02-14"));
        assert_eq!(span("2016-W06-WE"), some("2016-02-13", "2016-02-14"));
        assert_eq!(span("2015-WI"), some("2015-12-01", "2016-02-29"));
        assert_eq!(span("2015-Q4"), some("2015-10-01", "2015-12-31"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for value in ["PAST_REF", "P3D", "XXXX-02-11", "2016-13", "2016-02-30", "2016-W54", "199", "", "2016-02-xx"] {
            assert_eq!(span(value), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn days_and_dates_go_over_into_one_another(day in -700_000i32..2_900_000) {
            let (year, month, date) = to_civil(i64::from(day));
            prop_assert_eq!(from_civil(year, month, date), day);
        }

        #[test]
        fn no_value_is_too_strange(value in "\\PC{0,14}") {
            prop_assert!(of_value(&value).is_none_or(|days| days.first <= days.last));
        }
    }
}
