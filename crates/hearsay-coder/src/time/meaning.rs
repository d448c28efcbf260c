//! What a time expression says, before any calendar is asked.

/// Where a unit or a day lies from: the day of the text, or the date mentioned last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointer {
    /// Nothing is said.
    Bare,
    /// "Last", from the day of the text.
    Last,
    /// "This".
    This,
    /// "Next".
    Next,
    /// "That", the one mentioned last.
    Same,
    /// "The following", after the one mentioned last.
    Following,
    /// "The previous", before the one mentioned last.
    Preceding,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Count {
    /// So many.
    Number(f64),
    /// Several.
    Vague,
}

/// A year as the text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// "1996".
    Of(i16),
    /// So many years after that of the text: "last year" is -1.
    FromToday(i16),
}

impl Year {
    /// The year that a pointer names; `None` where it hangs on the date mentioned last.
    pub(super) fn pointed(pointer: Pointer) -> Option<Self> {
        match pointer {
            Pointer::Last | Pointer::Preceding => Some(Self::FromToday(-1)),
            Pointer::Next | Pointer::Following => Some(Self::FromToday(1)),
            Pointer::This => Some(Self::FromToday(0)),
            Pointer::Bare | Pointer::Same => None,
        }
    }
}

/// What an expression says. Units are named by their letters in TIMEX3 (`units` in the codebook).
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A value that needs no calendar but the day of the text (see `fixed` in the codebook).
    Fixed(String),
    /// A day, month or year of the calendar.
    Date { year: Option<Year>, month: Option<i8>, day: Option<i8>, pointer: Pointer },
    /// Several days of one month in a row: "April 24 and 25".
    Days { year: Option<Year>, month: i8, first: i8, last: i8 },
    /// A day of the week.
    Weekday { day: i8, pointer: Pointer },
    /// A unit pointed at: "last month".
    Unit { unit: String, pointer: Pointer },
    /// So many units from the day of the text (`anaphoric`: from the date mentioned last).
    Shift { unit: String, count: Count, back: bool, anaphoric: bool },
    /// A length of time.
    Length { unit: String, count: Count },
    /// A quarter or half of a year.
    Part { letter: char, number: i64, year: Option<Year>, pointer: Pointer },
    /// The quarter spoken of, perhaps in another year: "the latest quarter", "the 1988 quarter". A `period` need not be
    /// a quarter: where none is spoken of it is a year.
    Quarter { year: Option<Year>, period: bool },
    /// The quarter spoken of, or else the year, one year before: "a year earlier" (`anaphoric`), "a year ago".
    YearBack { anaphoric: bool },
    /// A season.
    Season { letters: String, year: Option<Year>, pointer: Pointer },
    /// Ten years, by the first of them.
    Decade(i16),
    /// A hundred years, counted from the first.
    Century(i16),
    /// A recurring time.
    Set { unit: String, count: Count },
    /// Every so-and-so day of the week, perhaps a part of it.
    EachWeekday { day: i8, part: Option<String> },
    /// Every so-and-so month.
    EachMonth(i8),
    /// A time of day, perhaps of some day.
    Clock { hour: i8, minute: i8, of: Option<Box<Meaning>> },
    /// A part of some day.
    DayPart { letters: String, of: Box<Meaning> },
    /// A named day of the year (see `feasts` in the codebook).
    Feast { day: String, year: Option<Year> },
}
