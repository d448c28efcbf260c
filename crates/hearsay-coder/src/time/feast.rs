//! Days of the year with a name: fixed ones, weekdays counted in a month, and those that hang on Easter.

use hearsay_ledger::Date;
use jiff::ToSpan as _;
use jiff::civil::Weekday;

/// The date of a named day, given as in the codebook's `feasts`: of a year, or else the last such by the day of the text
/// (the next, where the clause speaks of things to come). `None` where the entry is none of those forms.
pub(super) fn date(day: &str, year: Option<i16>, today: Option<Date>, future: bool) -> Option<Date> {
    if let Some(year) = year {
        return in_year(day, year);
    }
    let today = today?;
    let this = in_year(day, today.year())?;
    match this.cmp(&today) {
        std::cmp::Ordering::Greater if !future => in_year(day, today.year() - 1),
        std::cmp::Ordering::Less if future => in_year(day, today.year() + 1),
        _ => Some(this),
    }
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
        let today = "2017-05-01".parse().ok();
        assert_eq!(date("12-25", None, today, false).unwrap().to_string(), "2016-12-25");
        assert_eq!(date("12-25", None, today, true).unwrap().to_string(), "2017-12-25");
        assert_eq!(date("easter+0", None, today, true).unwrap().to_string(), "2018-04-01");
        assert_eq!(date("12-25", None, None, true), None);
    }
}
