//! Participants by name: whose country and which sector, as of a day; from `codebook/actors.tsv`, the tables of
//! `codebook/actors/`, and `codebook/agents.tsv`.
//!
//! The lists are asked for what stands in a phrase ([`ActorLists::find`]): names of states and their peoples, capitals
//! and seats of government, named actors, and nouns for those who act. How these make up whom the phrase means is the
//! coder's business.

mod words;

use std::collections::HashMap;
use std::ops::Range;

use hearsay_ledger::Date;

use crate::CodebookError;
use crate::layers::Layers;
use crate::name::{Piece, key, pieces};
use crate::table::Row;

pub use words::ActorWords;

const ACTOR_COLUMNS: [&str; 8] = ["name", "aliases", "code", "country", "sector", "from", "to", "office"];
/// Tables of actors with days; the first is the user's own and goes before the others.
const ACTORS: [(&str, &str); 7] = [
    ("codebook/actors.tsv", include_str!("../../../../codebook/actors.tsv")),
    ("codebook/actors/leaders_west.tsv", include_str!("../../../../codebook/actors/leaders_west.tsv")),
    ("codebook/actors/leaders_africa.tsv", include_str!("../../../../codebook/actors/leaders_africa.tsv")),
    ("codebook/actors/leaders_east_south.tsv", include_str!("../../../../codebook/actors/leaders_east_south.tsv")),
    ("codebook/actors/groups.tsv", include_str!("../../../../codebook/actors/groups.tsv")),
    ("codebook/actors/organizations.tsv", include_str!("../../../../codebook/actors/organizations.tsv")),
    ("codebook/actors/agencies.tsv", include_str!("../../../../codebook/actors/agencies.tsv")),
];
const STATE_COLUMNS: [&str; 8] = ["name", "country", "aliases", "adjectives", "capital", "seats", "from", "to"];
const STATES_FILE: &str = "codebook/actors/states.tsv";
const STATES_TEXT: &str = include_str!("../../../../codebook/actors/states.tsv");
const AGENTS_FILE: &str = "codebook/agents.tsv";
const AGENTS_TEXT: &str = include_str!("../../../../codebook/agents.tsv");
const AGENT_COLUMNS: [&str; 2] = ["noun", "sector"];
/// Parts several names in one cell.
const BETWEEN: char = ';';
/// The table whose rows are persons: they may be called by their last name alone.
const PERSONS: &str = "leaders";

/// Participants by name, and nouns for those who act.
#[derive(Clone, Debug, Default)]
pub struct ActorLists {
    /// Words by which the coder knows whom a phrase means.
    pub words: ActorWords,
    names: HashMap<String, Vec<Entry>>,
    last_names: HashMap<String, Vec<Entry>>,
    /// Most words of a name or noun.
    longest: usize,
    agents: HashMap<String, String>,
    count: usize,
}

/// What a name is during some days.
#[derive(Clone, Debug)]
struct Entry {
    kind: Kind,
    /// What it is called in full.
    name: String,
    /// A name in capitals throughout ("US") is only meant where it stands so.
    capitals: bool,
    country: Option<String>,
    sector: Option<String>,
    from: Option<Date>,
    to: Option<Date>,
    /// 0 for the user's own rows, which go before ours.
    layer: usize,
}

/// What kind of name it is; where one name is several, the first of these counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A state, by one of its names.
    State,
    /// A named actor: a person, a group, a body.
    Actor,
    /// A people or what belongs to a state: "Syrian", "Syrians".
    People,
    /// A capital, which may stand for a government.
    Capital,
    /// A seat of government, which does stand for it: "the Kremlin".
    Seat,
    /// A noun for those who act: "rebels", "foreign ministry".
    Agent,
}

/// What the lists know of a participant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coded<'a> {
    /// Country, as ISO 3166-1 writes it in three letters.
    pub country: Option<&'a str>,
    /// Sector, as PLOVER writes it.
    pub sector: Option<&'a str>,
}

/// Something of the lists that stands in a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Which of the words that were asked about.
    pub words: Range<usize>,
    /// What kind of name or noun.
    pub kind: Kind,
    /// What it is called in full; the noun itself for agents.
    pub name: &'a str,
    /// Country and sector on the day.
    pub coded: Coded<'a>,
    /// Whether it held its office before the day and holds none now.
    pub left: bool,
    /// The next word of the same hyphened or plain run, in lower case ("backed" of "Ruritania-backed").
    pub next: Option<String>,
}

impl ActorLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let mut lists = Self { words: ActorWords::read(layers)?, ..Self::default() };
        for (layer, (file, text)) in ACTORS.into_iter().enumerate() {
            for row in layers.table(file, text, ACTOR_COLUMNS)? {
                lists.actor(&row, layer, file.contains(PERSONS))?;
            }
        }
        for row in layers.table(STATES_FILE, STATES_TEXT, STATE_COLUMNS)? {
            lists.state(&row)?;
        }
        for row in layers.table(AGENTS_FILE, AGENTS_TEXT, AGENT_COLUMNS)? {
            let [noun, sector] = &row.cells;
            if sector.is_empty() {
                return Err(row.wrong("has no `sector`"));
            }
            let key = key(noun);
            lists.longest = lists.longest.max(key.split(' ').count());
            lists.agents.insert(key, sector.clone());
        }
        Ok(lists)
    }

    fn actor(&mut self, row: &Row<8>, layer: usize, person: bool) -> Result<(), CodebookError> {
        let [name, aliases, _, country, sector, from, to, _] = &row.cells;
        let entry = Entry {
            kind: Kind::Actor,
            name: name.clone(),
            capitals: false,
            country: some(country),
            sector: some(sector),
            layer,
            ..days(row, from, to)?
        };
        self.count += 1;
        for written in std::iter::once(name.as_str()).chain(several(aliases)) {
            self.add(written, &entry);
        }
        if person && let Some(last) = key(name).rsplit(' ').next().filter(|last| key(name) != **last) {
            self.last_names.entry(last.to_owned()).or_default().push(entry);
        }
        Ok(())
    }

    fn state(&mut self, row: &Row<8>) -> Result<(), CodebookError> {
        let [name, country, aliases, adjectives, capital, seats, from, to] = &row.cells;
        let dated = days(row, from, to)?;
        let entry = |kind: Kind, sector: Option<&str>| Entry {
            kind,
            name: name.clone(),
            country: some(country),
            sector: sector.map(str::to_owned),
            layer: ACTORS.len(),
            ..dated.clone()
        };
        self.count += 1;
        for written in std::iter::once(name.as_str()).chain(several(aliases)) {
            self.add(written, &entry(Kind::State, None));
        }
        several(adjectives).for_each(|written| self.add(written, &entry(Kind::People, None)));
        several(capital).for_each(|written| self.add(written, &entry(Kind::Capital, None)));
        several(seats).for_each(|written| self.add(written, &entry(Kind::Seat, Some("GOV"))));
        Ok(())
    }

    fn add(&mut self, written: &str, entry: &Entry) {
        let key = key(written);
        if key.is_empty() {
            return;
        }
        self.longest = self.longest.max(key.split(' ').count());
        let capitals = is_capitals(written);
        self.names.entry(key).or_default().push(Entry { capitals, ..entry.clone() });
    }

    /// How many states and actors there are, each term of office counted.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// What stands in some words, in their order: the longest first, none overlapping another. Names are only found where
    /// they begin with a capital.
    #[must_use]
    pub fn find(&self, words: &[&str], date: Option<Date>) -> Vec<Found<'_>> {
        let pieces = pieces(words);
        let mut out = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let longest = (1..=self.longest.min(pieces.len() - at)).rev();
            let found = longest.into_iter().find_map(|length| Some((length, self.at(pieces.get(at..at + length)?, date)?)));
            let Some((length, mut found)) = found else {
                at += 1;
                continue;
            };
            at += length;
            found.next = pieces.get(at).map(|piece| piece.key.clone());
            out.push(found);
        }
        out
    }

    /// What some pieces are as a whole.
    fn at(&self, run: &[Piece], date: Option<Date>) -> Option<Found<'_>> {
        let (first, last) = (run.first()?, run.last()?);
        let key = run.iter().map(|piece| piece.key.as_str()).collect::<Vec<_>>().join(" ");
        let words = first.word..last.word + 1;
        if first.capital {
            let entries = self.names.get(&key).map_or(&[][..], Vec::as_slice);
            let capitals = run.iter().all(|piece| piece.capitals);
            if let Some((entry, holds)) = choose(entries.iter().filter(|entry| !entry.capitals || capitals), date) {
                return Some(found(entry, holds, words));
            }
        }
        let (noun, sector) = self.agents.get_key_value(&key)?;
        let coded = Coded { country: None, sector: Some(sector) };
        Some(Found { words, kind: Kind::Agent, name: noun, coded, left: false, next: None })
    }

    /// The person whom a last name alone means on a day: the only one in office then.
    #[must_use]
    pub fn by_last_name(&self, name: &str, date: Option<Date>) -> Option<Found<'_>> {
        let date = date?;
        let mut holding = self.last_names.get(&key(name))?.iter().filter(|entry| entry.holds(date));
        let first = holding.next()?;
        holding.all(|other| other.name == first.name).then(|| found(first, Holds::Now, 0..1))
    }
}

/// Whether an entry holds on the day asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    Now,
    Always,
    Before,
    Later,
}

impl Entry {
    fn holds(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    fn when(&self, date: Option<Date>) -> Holds {
        match date {
            _ if self.from.is_none() && self.to.is_none() => Holds::Always,
            Some(date) if self.holds(date) => Holds::Now,
            Some(date) if self.to.is_some_and(|to| to < date) => Holds::Before,
            _ => Holds::Later,
        }
    }
}

/// The entry that is meant: of the first layer that has the name, one that holds on the day, else one without days, else
/// the last that held, else the first that will.
fn choose<'a>(entries: impl Iterator<Item = &'a Entry> + Clone, date: Option<Date>) -> Option<(&'a Entry, Holds)> {
    let own = entries.clone().any(|entry| entry.layer == 0);
    entries
        .filter(|entry| !own || entry.layer == 0)
        .map(|entry| (entry, entry.when(date)))
        .min_by_key(|(entry, holds)| (*holds, std::cmp::Reverse(entry.to.filter(|_| *holds == Holds::Before)), entry.kind))
}

fn found(entry: &Entry, holds: Holds, words: Range<usize>) -> Found<'_> {
    let sector = entry.sector.as_deref().filter(|_| matches!(holds, Holds::Now | Holds::Always));
    Found {
        words,
        kind: entry.kind,
        name: &entry.name,
        coded: Coded { country: entry.country.as_deref(), sector },
        left: holds == Holds::Before,
        next: None,
    }
}

fn several(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN).map(str::trim).filter(|name| !name.is_empty())
}

/// Whether a short name is written in capitals only, so that it is no common word ("US", "IS").
fn is_capitals(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() <= 4 && letters.clone().all(char::is_uppercase)
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// An entry of nothing but its days.
fn days<const N: usize>(row: &Row<N>, from: &str, to: &str) -> Result<Entry, CodebookError> {
    let [from, to] = [day(row, from)?, day(row, to)?];
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(row.wrong("`from` is after `to`"));
    }
    Ok(Entry { kind: Kind::Actor, name: String::new(), capitals: false, country: None, sector: None, from, to, layer: 0 })
}

fn day<const N: usize>(row: &Row<N>, cell: &str) -> Result<Option<Date>, CodebookError> {
    if cell.is_empty() {
        return Ok(None);
    }
    let day = cell.parse().ok().filter(|day: &Date| day.to_string() == cell);
    day.map(Some).ok_or_else(|| row.wrong(format!("`{cell}` is no day of the form YYYY-MM-DD")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::UserFile;

    const ACTORS: &str = "name\tcode\tcountry\tsector\tfrom\tto\nRuritania\tRUR\tRUR\t\t\t\nRuritanian\tRUR\tRUR\n\
        Rudolf V\tRURGOV\tRUR\tGOV\t1990-01-01\t1999-12-31\nRudolf V\tRURELI\tRUR\tELI\nUpper Ruritania\tURR\tURR\nRUF\t\tSLE\tREB\n";
    const AGENTS: &str = "noun\tsector\nhussars\tMIL\nforeign bureau\tGOV\n";

    fn lists(actors: &str, agents: &str) -> Result<ActorLists, String> {
        let files = [("actors.tsv", actors), ("agents.tsv", agents)].map(|(name, text)| UserFile { path: name.to_owned(), text: text.to_owned() });
        ActorLists::read(&mut Layers::new(&files).unwrap()).map_err(|error| error.to_string())
    }

    fn all(phrase: &str, date: Option<&str>) -> Vec<(Kind, String, String)> {
        let lists = lists(ACTORS, AGENTS).unwrap();
        let words: Vec<&str> = phrase.split(' ').collect();
        let text = |cell: Option<&str>| cell.unwrap_or("-").to_owned();
        let found = lists.find(&words, date.map(|date| date.parse().unwrap()));
        found.into_iter().map(|found| (found.kind, text(found.coded.country), text(found.coded.sector))).collect()
    }

    fn is(kind: Kind, country: &str, sector: &str) -> (Kind, String, String) {
        (kind, country.to_owned(), sector.to_owned())
    }

    #[test]
    fn a_name_is_what_it_was_on_the_day() {
        for (date, sector) in [(Some("1995-05-05"), "GOV"), (Some("1999-12-31"), "GOV"), (Some("2000-01-01"), "ELI"), (None, "ELI")] {
            assert_eq!(all("RUDOLF V.", date), [is(Kind::Actor, "RUR", sector)]);
        }
        assert!(all("Rudolf", None).is_empty());
    }

    #[test]
    fn who_has_left_an_office_keeps_the_country_only() {
        let found = |date: &str| {
            let lists = ActorLists::read(&mut Layers::new(&[]).unwrap()).unwrap();
            let found = lists.find(&["Boris", "Yeltsin"], Some(date.parse().unwrap()));
            found.iter().map(|f| (f.coded.country == Some("RUS"), f.coded.sector.map(str::to_owned), f.left)).collect::<Vec<_>>()
        };
        assert_eq!(found("1995-05-05"), [(true, Some("GOV".to_owned()), false)]);
        assert_eq!(found("2003-05-05"), [(true, None, true)]);
    }

    #[test]
    fn the_longest_name_is_found_and_nouns_beside_it() {
        assert_eq!(all("the Upper Ruritania hussars", None), [is(Kind::Actor, "URR", "-"), is(Kind::Agent, "-", "MIL")]);
        assert_eq!(all("Ruritania 's Foreign Bureau", None), [is(Kind::Actor, "RUR", "-"), is(Kind::Agent, "-", "GOV")]);
        assert!(all("", None).is_empty());
    }

    #[test]
    fn names_need_their_capitals() {
        assert!(all("ruritania", None).is_empty());
        assert!(all("Ruf", None).is_empty());
        assert_eq!(all("RUF", None), [is(Kind::Actor, "SLE", "REB")]);
    }

    #[test]
    fn rows_that_cannot_be_used_are_told() {
        let actors = |rest: &str| lists(&format!("name\tfrom\tto\n{rest}"), AGENTS).unwrap_err();
        assert_eq!(actors("A\t1990-02-30"), "actors.tsv:2: `1990-02-30` is no day of the form YYYY-MM-DD");
        assert_eq!(actors("A\t1990-02-01\t1989-01-01"), "actors.tsv:2: `from` is after `to`");
        assert_eq!(lists(ACTORS, "noun\tsector\narmy\n").unwrap_err(), "agents.tsv:2: has no `sector`");
    }

    #[test]
    fn our_own_tables_can_be_read() {
        let lists = ActorLists::read(&mut Layers::new(&[]).unwrap()).unwrap();
        assert!(lists.count() >= 2000, "only {} actors", lists.count());
    }
}
