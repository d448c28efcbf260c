//! Dates as publishers write them, to the day. A day is taken as written, in the writer's own time zone.

use hearsay_ledger::Date;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

/// The day of an ISO 8601 date or date-time.
pub(crate) fn iso_day(written: &str) -> Option<Date> {
    let written = written.trim();
    // A `Z` is refused for civil dates, because it says that the local time is not known.
    written.parse().ok().or_else(|| Some(written.parse::<Timestamp>().ok()?.to_zoned(TimeZone::UTC).date()))
}

/// The day of an ISO 8601 date, an RFC 2822 date, or one in a form of `formats` (as of `strptime`).
pub(crate) fn day(written: &str, formats: &[String]) -> Option<Date> {
    let written = written.trim();
    iso_day(written)
        .or_else(|| rfc2822::parse(written).ok().map(|zoned| zoned.date()))
        .or_else(|| formats.iter().find_map(|format| Date::strptime(format, written).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_forms() {
        let expected = Some(jiff::civil::date(2016, 2, 11));
        for written in [
            "2016-02-11",
            " 2016-02-11 ",
            "20160211",
            "2016-02-11T09:30",
            "2016-02-11 09:30:00",
            "2016-02-11T23:30:00Z",
            "2016-02-11T23:30:00.000Z",
            "2016-02-11T23:30:00+02:00",
            "2016-02-11T23:30:00-0500",
        ] {
            assert_eq!(iso_day(written), expected, "{written}");
        }
        for written in ["", "2016", "2016-02-31", "11.02.2016", "yesterday", "2016-02-11 or so", "Thu, 11 Feb 2016 09:30:00 GMT"] {
            assert_eq!(iso_day(written), None, "{written}");
        }
    }

    #[test]
    fn other_forms() {
        let formats = ["%B %d, %Y".to_owned()];
        let expected = Some(jiff::civil::date(2016, 2, 11));
        assert_eq!(day("Thu, 11 Feb 2016 09:30:00 GMT", &formats), expected);
        assert_eq!(day("February 11, 2016", &formats), expected);
        assert_eq!(day("11/02/2016", &formats), None);
    }
}
