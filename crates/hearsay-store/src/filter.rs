//! What an analyst asks for: [`Filter`] says which, [`Paging`] how many from where. Both databases answer alike.

use hearsay_ledger::{Date, DisputeAbout, Stance, TruceKind};

use crate::error::{Error, Result};

/// Which records are wanted. Every part that is given must hold; `Filter::default()` wants all.
///
/// The parts about events, and those about actors and sources, must hold of **one** event (or of one truce term): a filter
/// with `event_type` ASSAULT and `country` SYR finds assaults in Syria. Lists of documents and incidents hold those with
/// such an event. Names are compared without regard to case and accents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The time of the event touches the days from here on. An event whose time is not known counts for the day its
    /// document was published.
    pub since: Option<Date>,
    /// The time of the event touches the days up to here.
    pub until: Option<Date>,
    /// The event's place, or the first-order division it lies in, is called this.
    pub place: Option<String>,
    /// The event's place lies in this country (ISO 3166 alpha-3).
    pub country: Option<String>,
    /// The event's place lies in this box or circle.
    pub area: Option<Area>,
    /// PLOVER type of the event.
    pub event_type: Option<String>,
    /// PLOVER mode of the event.
    pub mode: Option<String>,
    /// Part of the name of an actor or recipient of the event, or its country code, or country and sector (`SYR REB`).
    pub actor: Option<String>,
    /// An actor or recipient of the event is on this side.
    pub side: Option<String>,
    /// Part of the name of a source that gives an account of the event (`narrator`: the document's own voice).
    pub source: Option<String>,
    /// A source of this side gives an account of the event.
    pub source_side: Option<String>,
    /// An account of the event has this stance; with `source` or `source_side`, an account of that source.
    pub stance: Option<Stance>,
    /// Only events with accounts that cannot all hold.
    pub disputed: bool,
    /// Name of the outlet that printed the document.
    pub publisher: Option<String>,
    /// ISO 639-1 code of the document's language.
    pub language: Option<String>,
    /// Words of the document: all must occur; `"phrases in quotation marks"`; `-words` must not occur.
    pub text: Option<String>,
    /// Only records of this document.
    pub document: Option<String>,
    /// What a dispute is about; for lists of disputes.
    pub about: Option<DisputeAbout>,
    /// What kind of truce term; for lists of truce terms.
    pub truce_kind: Option<TruceKind>,
}

/// A part of the earth's surface, in degrees north and east.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Area {
    /// Between two meridians and two parallels; it crosses the 180th meridian where `west` is greater than `east`.
    Box {
        /// Southern bound.
        south: f64,
        /// Western bound.
        west: f64,
        /// Northern bound.
        north: f64,
        /// Eastern bound.
        east: f64,
    },
    /// Within a distance of a point.
    Circle {
        /// Degrees north of the point.
        latitude: f64,
        /// Degrees east of the point.
        longitude: f64,
        /// Kilometres along the surface.
        kilometres: f64,
    },
}

impl Area {
    /// Whether the numbers are such as there are on the earth.
    pub(crate) fn check(&self) -> Result<()> {
        let (latitudes, longitudes) = match *self {
            Self::Box { south, west, north, east } => ([south, north], [west, east]),
            Self::Circle { latitude, longitude, .. } => ([latitude; 2], [longitude; 2]),
        };
        let wrong = |reason: &str| Err(Error::Filter { field: "area", reason: reason.to_owned() });
        if !latitudes.iter().all(|degrees| (-90.0..=90.0).contains(degrees)) {
            return wrong("latitudes are from -90 to 90");
        }
        if !longitudes.iter().all(|degrees| (-180.0..=180.0).contains(degrees)) {
            return wrong("longitudes are from -180 to 180");
        }
        match *self {
            Self::Box { south, north, .. } if south > north => wrong("the southern bound lies north of the northern one"),
            Self::Circle { kilometres, .. } if !(kilometres >= 0.0 && kilometres.is_finite()) => wrong("the radius is no distance"),
            _ => Ok(()),
        }
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// At most so many records, from 1 to [`MOST_RECORDS`].
    pub limit: u32,
    /// Where the page before ended ([`Page::next`]); the first page without.
    pub after: Option<String>,
}

/// Most records of one page.
pub const MOST_RECORDS: u32 = 10_000;

impl Paging {
    /// The first page, of at most `limit` records.
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { limit, after: None }
    }

    /// The rows to ask the database for: one more than wanted, to know whether there is another page.
    pub(crate) fn rows(&self) -> i64 {
        i64::from(self.limit.clamp(1, MOST_RECORDS)) + 1
    }

    /// The fields of the cursor, where there is one; it must be of the list `list`.
    pub(crate) fn fields<const N: usize>(&self, list: &str) -> Result<Option<[String; N]>> {
        let Some(after) = &self.after else { return Ok(None) };
        let bad = || Error::Filter { field: "after", reason: format!("{after:.60?} is no cursor of this list") };
        let mut parts = after.splitn(N + 1, '~').map(str::to_owned);
        if parts.next().as_deref() != Some(list) {
            return Err(bad());
        }
        let fields: Vec<String> = parts.collect();
        fields.try_into().map(Some).map_err(|_| bad())
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The records, in the order of the list.
    pub records: Vec<T>,
    /// Where the next page begins; `None` on the last one. Opaque, and good as long as the desk is.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page of `found`: records with the cursors that lead behind them, one more than wanted where there is another page.
    pub(crate) fn of(mut found: Vec<(String, T)>, paging: &Paging) -> Self {
        let wanted = (paging.rows() - 1) as usize;
        let more = found.len() > wanted;
        found.truncate(wanted);
        let next = found.last().filter(|_| more).map(|(cursor, _)| cursor.clone());
        Self { records: found.into_iter().map(|(_, record)| record).collect(), next }
    }
}

/// A number in a cursor.
pub(crate) fn cursor_number(field: &str) -> Result<i64> {
    field.parse().map_err(|_| Error::Filter { field: "after", reason: format!("{field:.60?} is no number") })
}
