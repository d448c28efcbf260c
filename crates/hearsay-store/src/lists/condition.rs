//! A [`Filter`] as conditions of a statement. Aliases are the same everywhere: `d` a document, `e` an event, `a` an account,
//! `p` a participant or party, `t` a truce term.

use std::f64::consts::PI;

use crate::database::{Column, Dialect, Statement, Value};
use crate::error::{Error, Result};
use crate::filter::{Area, Filter};
use crate::fold::fold;
use crate::sphere;
use crate::words::Words;

/// Kilometres of the earth's mean radius (IUGG).
const EARTH_RADIUS: f64 = 6371.0088;

/// Refuses filters that no record could be asked by.
pub(crate) fn check(filter: &Filter) -> Result<()> {
    let texts = [
        ("place", &filter.place),
        ("country", &filter.country),
        ("event_type", &filter.event_type),
        ("mode", &filter.mode),
        ("actor", &filter.actor),
        ("side", &filter.side),
        ("source", &filter.source),
        ("source_side", &filter.source_side),
        ("publisher", &filter.publisher),
        ("language", &filter.language),
        ("text", &filter.text),
        ("document", &filter.document),
    ];
    for (field, text) in texts {
        if text.as_ref().is_some_and(|text| text.contains('\0')) {
            return Err(Error::Filter { field, reason: "it holds a NUL character".to_owned() });
        }
    }
    filter.area.as_ref().map_or(Ok(()), Area::check)
}

/// Whether the filter says anything about events, but for their time.
pub(crate) fn asks_of_events(filter: &Filter) -> bool {
    asks_of_scene(filter) || filter.actor.is_some() || filter.side.is_some() || filter.source.is_some() || filter.source_side.is_some()
}

/// Whether it says anything that only events have, and truce terms have not.
pub(crate) fn asks_of_scene(filter: &Filter) -> bool {
    let texts = [&filter.place, &filter.country, &filter.event_type, &filter.mode];
    texts.into_iter().any(Option::is_some) || filter.area.is_some() || filter.stance.is_some() || filter.disputed
}

/// What must hold of the event `e`, its participants and accounts, but for its time.
pub(crate) fn of_event(statement: &mut Statement, filter: &Filter) {
    of_scene(statement, filter);
    of_somebody(statement, filter, "FROM participant p WHERE p.document = e.document AND p.event = e.ordinal");
    if filter.source.is_some() || filter.source_side.is_some() || filter.stance.is_some() {
        statement.push(" AND EXISTS (SELECT 1 FROM account a WHERE a.document = e.document AND a.event = e.ordinal");
        of_account(statement, filter);
        statement.push(")");
    }
}

/// What must hold of the event `e` alone.
pub(crate) fn of_scene(statement: &mut Statement, filter: &Filter) {
    if let Some(place) = &filter.place {
        let key = fold(place);
        statement.push(" AND (e.place_key = ").push_bind(&key).push(" OR e.admin1_key = ").push_bind(&key).push(")");
    }
    equals(statement, "e.place_country", filter.country.as_ref());
    equals(statement, "e.event_type", filter.event_type.as_ref());
    equals(statement, "e.mode", filter.mode.as_ref());
    if let Some(area) = &filter.area {
        of_area(statement, area);
    }
    if filter.disputed {
        statement.push(" AND e.disputed = 1");
    }
}

/// What must hold of the account `a`.
pub(crate) fn of_account(statement: &mut Statement, filter: &Filter) {
    of_source(statement, filter, "a");
    equals(statement, "a.stance", filter.stance.as_ref());
}

/// What must hold of the source that the table `alias` names.
pub(crate) fn of_source(statement: &mut Statement, filter: &Filter, alias: &str) {
    if let Some(source) = &filter.source {
        contains(statement, &format!("{alias}.source_key"), source);
    }
    equals(statement, &format!("{alias}.source_side"), filter.source_side.as_ref());
}

/// What must hold of somebody among those whom `from` gives as `p`.
pub(crate) fn of_somebody(statement: &mut Statement, filter: &Filter, from: &str) {
    if let Some(actor) = &filter.actor {
        statement.push(" AND EXISTS (SELECT 1 ").push(from);
        let codes: Vec<&str> = actor.split(' ').collect();
        match codes.as_slice() {
            [country] if is_code(country) => equals(statement, "p.country", Some(&(*country).to_owned())),
            [country, sector] if is_code(country) && is_code(sector) => {
                equals(statement, "p.country", Some(&(*country).to_owned()));
                equals(statement, "p.sector", Some(&(*sector).to_owned()));
            }
            _ => contains(statement, "p.name_key", actor),
        }
        statement.push(")");
    }
    if filter.side.is_some() {
        statement.push(" AND EXISTS (SELECT 1 ").push(from);
        equals(statement, "p.side", filter.side.as_ref());
        statement.push(")");
    }
}

/// The days of the record `alias` must touch those that are wanted.
pub(crate) fn of_days(statement: &mut Statement, filter: &Filter, alias: &str) {
    if let Some(since) = &filter.since {
        statement.push(&format!(" AND {alias}.last_day >= ")).push_bind(since);
    }
    if let Some(until) = &filter.until {
        statement.push(&format!(" AND {alias}.first_day <= ")).push_bind(until);
        // A record without any day lies on no day.
        statement.push(&format!(" AND {alias}.first_day <> ''"));
    }
}

/// What must hold of the document `d`.
pub(crate) fn of_document(statement: &mut Statement, filter: &Filter, dialect: Dialect) -> Result<()> {
    equals(statement, "d.publisher_key", filter.publisher.as_ref().map(|name| fold(name)).as_ref());
    equals(statement, "d.language", filter.language.as_ref());
    equals(statement, "d.id", filter.document.as_ref());
    if let Some(text) = &filter.text {
        let (before, after) = dialect.matches_words();
        statement.push(" AND d.seq ").push(before).push_bind(&Words::parse(text)?.query(dialect)).push(after);
    }
    Ok(())
}

pub(crate) fn equals(statement: &mut Statement, column: &str, wanted: Option<&impl Column>) {
    if let Some(wanted) = wanted {
        statement.push(" AND ").push(column).push(" = ").push_bind(wanted);
    }
}

/// Part of a folded name, as it stands.
fn contains(statement: &mut Statement, column: &str, part: &str) {
    let escaped = fold(part).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    statement.push(" AND ").push(column).push(" LIKE ").push_value(Value::Text(format!("%{escaped}%"))).push(" ESCAPE '!'");
}

fn of_area(statement: &mut Statement, area: &Area) {
    match *area {
        Area::Box { south, west, north, east } => {
            between(statement, south, north);
            let either = if west > east { " OR e.longitude <= " } else { " AND e.longitude <= " };
            statement.push(" AND (e.longitude >= ").push_bind(&west).push(either).push_bind(&east).push(")");
        }
        Area::Circle { latitude, longitude, kilometres } => {
            let angle = (kilometres / EARTH_RADIUS).min(PI);
            // The parallels that the circle touches, for the index; a little more than exact, for rounding.
            let degrees = angle.to_degrees() + 1e-6;
            between(statement, latitude - degrees, latitude + degrees);
            // Points on the unit sphere are that far apart in a straight line: plain arithmetic, in both databases.
            let chord = 2.0 * (angle / 2.0).sin();
            let [x, y, z] = sphere::point(latitude, longitude);
            statement.push(" AND ");
            for (axis, (name, value)) in [("e.x", x), ("e.y", y), ("e.z", z)].into_iter().enumerate() {
                statement.push(if axis == 0 { "(" } else { " + (" });
                statement.push(name).push(" - ").push_bind(&value).push(") * (").push(name).push(" - ").push_bind(&value).push(")");
            }
            statement.push(" <= ").push_bind(&(chord * chord + 1e-12));
        }
    }
}

fn between(statement: &mut Statement, south: f64, north: f64) {
    statement.push(" AND e.latitude >= ").push_bind(&south).push(" AND e.latitude <= ").push_bind(&north);
}

/// Country and sector codes are three capital letters.
fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}
