//! Days of the year with a name: fixed ones, weekdays counted in a month, and those that hang on Easter.

use hearsay_ledger::Date;
use jiff::ToSpan as _;
use jiff::civil::Weekday;

/// The date of a named day, given as in the codebook's `feasts`: of a year, or else the last such by the day of the text,
/// or the next where it lies at most `near_days` ahead, or in any case where that is `None` (the clause speaks of things
/// to come). `None` where the entry is none of those forms.
pub(super) fn date(day: &str, year: Option<i16>, today: Option<Date>, near_days: Option<i16>) -> Option<Date> {
    if let Some(year) = year {
        return in_year(day, year);
    }
    let today = today?;
    let last_ahead = match near_days {
        Some(days) => today.checked_add(i64::from(days).days()).ok()?,
        None => today.checked_add(1.year()).ok()?,
    };
    // The latest of three years that does not lie too far ahead.
    let years = [today.year() + 1, today.year(), today.year() - 1];
    let mut dates = years.into_iter().filter_map(|year| in_year(day, year));
    dates.find(|date| *date <= last_ahead)
}

/// "12-25"; "11-4thu", the fourth Thursday of November; "easter+1", the day after Easter Sunday.
fn in_year(day: &str, year: i16) -> Option<Date> {
    if let Some(step) = day.strip_prefix("easter") {
        let days: i64 = step.parse().ok()?;
        return easter(year)?.checked_add(days.days()).ok();
    }
    let (month, day) = day.split_once('-')?;
    let month = month.parse().ok()?;
    if let Ok(day) = day.parse() {
        return Date::new(year, month, day).ok();
    }
    let (count, weekday) = day.split_at_checked(1)?;
    let weekday = match weekday {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    };
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(count.parse().ok()?, weekday).ok()
}

/// Easter Sunday in the Gregorian calendar (the anonymous computus, Nature 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y % 19;
    let (century, of_century) = (y / 100, y % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn fixed_counted_and_movable_feasts() {
        let day = |day: &str, year| in_year(day, year).map(|d| d.to_string());
        assert_eq!(day("12-25", 2016).unwrap(), "2016-12-25");
        assert_eq!(day("11-4thu", 2016).unwrap(), "2016-11-24");
        for (year, easter) in [(1961, "1961-04-02"), (2000, "2000-04-23"), (2016, "2016-03-27"), (2017, "2017-04-16"), (2038, "2038-04-25")] {
            assert_eq!(day("easter+0", year).unwrap(), easter);
        }
        assert_eq!(day("easter-2", 2017).unwrap(), "2017-04-14");
        assert_eq!(day("thirteen", 2017), None);
        assert_eq!(day("11-9thu", 2017), None);
    }

    #[test]
    fn the_last_or_the_next_one() {
        let of = |day: &str, today: &str, near: Option<i16>| date(day, None, today.parse().ok(), near).map(|d| d.to_string());
        assert_eq!(of("12-25", "2017-05-01", Some(60)).unwrap(), "2016-12-25");
        assert_eq!(of("12-25", "2017-05-01", None).unwrap(), "2017-12-25");
        assert_eq!(of("12-25", "2016-12-17", Some(60)).unwrap(), "2016-12-25");
        assert_eq!(of("01-01", "2016-12-17", Some(60)).unwrap(), "2017-01-01");
        assert_eq!(of("easter+0", "2017-05-01", None).unwrap(), "2018-04-01");
        assert_eq!(of("12-25", "2017-12-25", Some(0)).unwrap(), "2017-12-25");
        assert_eq!(of("12-25", "", None), None);
    }
}
