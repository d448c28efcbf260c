//! Participants by name: whose country and which sector, as of a day; from `codebook/actors.tsv` and `codebook/agents.tsv`.

use std::collections::{BTreeMap, HashMap};

use hearsay_ledger::Date;

use crate::CodebookError;
use crate::layers::Layers;
use crate::table::Row;

const ACTORS_FILE: &str = "codebook/actors.tsv";
const ACTORS_TEXT: &str = include_str!("../../../codebook/actors.tsv");
const ACTOR_COLUMNS: [&str; 6] = ["name", "code", "country", "sector", "from", "to"];
const AGENTS_FILE: &str = "codebook/agents.tsv";
const AGENTS_TEXT: &str = include_str!("../../../codebook/agents.tsv");
const AGENT_COLUMNS: [&str; 2] = ["noun", "sector"];

/// Participants by name, and nouns for those who act.
#[derive(Clone, Debug, Default)]
pub struct ActorLists {
    actors: HashMap<String, Vec<Actor>>,
    /// Most words of a name.
    longest: usize,
    agents: BTreeMap<String, String>,
}

/// What a participant is during some days.
#[derive(Clone, Debug)]
struct Actor {
    country: Option<String>,
    sector: Option<String>,
    from: Option<Date>,
    to: Option<Date>,
}

/// What the lists know of a participant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coded<'a> {
    /// Country, as ISO 3166-1 writes it in three letters.
    pub country: Option<&'a str>,
    /// Sector, as PLOVER writes it.
    pub sector: Option<&'a str>,
}

impl ActorLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let mut lists = Self::default();
        for row in layers.table(ACTORS_FILE, ACTORS_TEXT, ACTOR_COLUMNS)? {
            let [name, _, country, sector, from, to] = &row.cells;
            let words = words(name);
            lists.longest = lists.longest.max(words.len());
            let [from, to] = [day(&row, from)?, day(&row, to)?];
            if from.zip(to).is_some_and(|(from, to)| from > to) {
                return Err(row.wrong("`from` is after `to`"));
            }
            let actor = Actor { country: some(country), sector: some(sector), from, to };
            lists.actors.entry(words.join(" ")).or_default().push(actor);
        }
        for row in layers.table(AGENTS_FILE, AGENTS_TEXT, AGENT_COLUMNS)? {
            let [noun, sector] = &row.cells;
            if sector.is_empty() {
                return Err(row.wrong("has no `sector`"));
            }
            lists.agents.insert(words(noun).join(" "), sector.clone());
        }
        Ok(lists)
    }

    /// What is known of the participant that a text of `date` calls `name`: by the whole name; else by the noun at its end,
    /// with the country of whoever is named before it ("the Ruritanian army").
    #[must_use]
    pub fn coded(&self, name: &str, date: Option<Date>) -> Coded<'_> {
        let words = words(name);
        if let Some(actor) = self.actor(&words, date) {
            return Coded { country: actor.country.as_deref(), sector: actor.sector.as_deref() };
        }
        let agent = (0..words.len()).find_map(|start| Some((start, self.agents.get(&words.get(start..)?.join(" "))?)));
        let Some((end, sector)) = agent else { return Coded::default() };
        let before = words.get(..end).unwrap_or(&[]);
        // The longest name first, of equally long ones the first.
        let country = (1..=before.len().min(self.longest)).rev().flat_map(|length| before.windows(length)).find_map(|run| self.actor(run, date));
        Coded { country: country.and_then(|actor| actor.country.as_deref()), sector: Some(sector) }
    }

    /// The row for a name that holds on a day: one with days that hold, else one without days.
    fn actor(&self, words: &[String], date: Option<Date>) -> Option<&Actor> {
        if words.len() > self.longest {
            return None;
        }
        let rows = self.actors.get(&words.join(" "))?;
        let dated = |row: &&Actor| row.from.is_some() || row.to.is_some();
        let holds = |row: &&Actor| date.is_some_and(|date| row.from.is_none_or(|from| from <= date) && row.to.is_none_or(|to| date <= to));
        rows.iter().find(|row| dated(row) && holds(row)).or_else(|| rows.iter().find(|row| !dated(row)))
    }
}

/// The words of a name as they are compared: in lower case, without an article, dots and possessive endings.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace('.', "");
    let words = lower.split_whitespace().map(|word| word.trim_end_matches("'s").trim_end_matches("’s")).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    if words.len() > 1 && words.first().is_some_and(|first| first == "the") {
        words.remove(0);
    }
    words
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn day(row: &Row<6>, cell: &str) -> Result<Option<Date>, CodebookError> {
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
        Rudolf V\tRURGOV\tRUR\tGOV\t1990-01-01\t1999-12-31\nRudolf V\tRURELI\tRUR\tELI\nUpper Ruritania\tURR\tURR\n";
    const AGENTS: &str = "noun\tsector\narmy\tMIL\nrebels\tREB\nforeign ministry\tGOV\n";

    fn lists(actors: &str, agents: &str) -> Result<ActorLists, String> {
        let files = [("actors.tsv", actors), ("agents.tsv", agents)].map(|(name, text)| UserFile { path: name.to_owned(), text: text.to_owned() });
        ActorLists::read(&mut Layers::new(&files).unwrap()).map_err(|error| error.to_string())
    }

    fn coded(name: &str, date: Option<&str>) -> (Option<String>, Option<String>) {
        let lists = lists(ACTORS, AGENTS).unwrap();
        let coded = lists.coded(name, date.map(|date| date.parse().unwrap()));
        (coded.country.map(str::to_owned), coded.sector.map(str::to_owned))
    }

    fn is(country: &str, sector: &str) -> (Option<String>, Option<String>) {
        (some(country), some(sector))
    }

    #[test]
    fn a_name_is_what_it_was_on_the_day() {
        assert_eq!(coded("RUDOLF V.", Some("1995-05-05")), is("RUR", "GOV"));
        assert_eq!(coded("Rudolf V", Some("1999-12-31")), is("RUR", "GOV"));
        assert_eq!(coded("Rudolf V", Some("2000-01-01")), is("RUR", "ELI"));
        assert_eq!(coded("Rudolf V", None), is("RUR", "ELI"));
        assert_eq!(coded("Rudolf", None), is("", ""));
    }

    #[test]
    fn a_noun_at_the_end_gives_the_sector_and_a_name_before_it_the_country() {
        assert_eq!(coded("the Ruritanian army", None), is("RUR", "MIL"));
        assert_eq!(coded("Ruritania's Foreign Ministry", None), is("RUR", "GOV"));
        assert_eq!(coded("Upper Ruritania army", None), is("URR", "MIL"));
        assert_eq!(coded("rebels", None), is("", "REB"));
        assert_eq!(coded("Ruritania Times", None), is("", ""));
        assert_eq!(coded("", None), is("", ""));
    }

    #[test]
    fn rows_that_cannot_be_used_are_told() {
        let actors = |rest: &str| lists(&format!("name\tfrom\tto\n{rest}"), AGENTS).unwrap_err();
        assert_eq!(actors("A\t1990-02-30"), "actors.tsv:2: `1990-02-30` is no day of the form YYYY-MM-DD");
        assert_eq!(actors("A\t1990-02-01\t1989-01-01"), "actors.tsv:2: `from` is after `to`");
        assert_eq!(lists(ACTORS, "noun\tsector\narmy\n").unwrap_err(), "agents.tsv:2: has no `sector`");
    }
}
