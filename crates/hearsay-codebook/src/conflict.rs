//! Sides of a conflict, as a user declares them in `conflict.toml`.

use hearsay_ledger::Date;
use serde::Deserialize;

use crate::CodebookError;
use crate::layers::Layers;
use crate::name::key;

const FILE: &str = "codebook/conflict.toml";
const TEXT: &str = include_str!("../../../codebook/conflict.toml");

/// The sides of a conflict; none where the user declares none.
#[derive(Clone, Debug, Default)]
pub struct Sides {
    members: Vec<Member>,
    names: Vec<String>,
}

/// One member of a side.
#[derive(Clone, Debug)]
struct Member {
    side: usize,
    who: Who,
    from: Option<Date>,
    to: Option<Date>,
}

#[derive(Clone, Debug)]
enum Who {
    /// A participant by name, as names are compared.
    Named(String),
    /// All of a country, or those of a sector of it.
    Coded { country: String, sector: Option<String> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sides: Vec<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideEntry {
    name: String,
    members: Vec<MemberEntry>,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum MemberEntry {
    Always(String),
    Dated { name: String, from: Option<toml::Value>, to: Option<toml::Value> },
}

impl Sides {
    /// The sides as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let layered = layers.toml::<File>(FILE, TEXT, &[])?;
        let mut sides = Self::default();
        for (index, entry) in layered.file.sides.into_iter().enumerate() {
            let origin = layered.origins.of("sides", index);
            let entry: SideEntry = entry.try_into().map_err(|_| {
                origin.wrong("a side has a `name` and `members`, each a text or { name = \"…\", from = 2015-09-30, to = 2016-12-31 }")
            })?;
            for member in entry.members {
                let (name, from, to) = match member {
                    MemberEntry::Always(name) => (name, None, None),
                    MemberEntry::Dated { name, from, to } => (name, from, to),
                };
                let bad = || origin.wrong(format!("a day of `{name}` is not of the form YYYY-MM-DD"));
                let [from, to] = [from, to].map(|value| value.map(|value| day(&value).ok_or_else(bad)).transpose());
                let (from, to) = (from?, to?);
                if from.zip(to).is_some_and(|(from, to)| from > to) {
                    return Err(origin.wrong(format!("`{name}` leaves before it joins")));
                }
                sides.members.push(Member { side: sides.names.len(), who: who(&name), from, to });
            }
            sides.names.push(entry.name);
        }
        Ok(sides)
    }

    /// Whether no sides are declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names of the sides, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The side of a participant on a day: by its name, else by country and sector, else by country. Without a day only
    /// members that always belong count.
    #[must_use]
    pub fn side_of(&self, name: &str, country: Option<&str>, sector: Option<&str>, date: Option<Date>) -> Option<&str> {
        let name = key(name);
        let holds = |m: &&Member| match date {
            Some(date) => m.from.is_none_or(|from| from <= date) && m.to.is_none_or(|to| date <= to),
            None => m.from.is_none() && m.to.is_none(),
        };
        let rank = |m: &Member| match &m.who {
            Who::Named(own) => (*own == name).then_some(0),
            Who::Coded { country: own, sector: Some(of) } => (Some(own.as_str()) == country && Some(of.as_str()) == sector).then_some(1),
            Who::Coded { country: own, sector: None } => (Some(own.as_str()) == country).then_some(2),
        };
        let member = self.members.iter().filter(holds).filter_map(|m| Some((rank(m)?, m.side))).min()?;
        self.names.get(member.1).map(String::as_str)
    }
}

/// `RUS` and `SYR REB` are codes, all else is a name.
fn who(written: &str) -> Who {
    let code = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let words: Vec<&str> = written.split_whitespace().collect();
    match words.as_slice() {
        [country] if code(country) => Who::Coded { country: (*country).to_owned(), sector: None },
        [country, sector] if code(country) && code(sector) => Who::Coded { country: (*country).to_owned(), sector: Some((*sector).to_owned()) },
        _ => Who::Named(key(written)),
    }
}

fn day(value: &toml::Value) -> Option<Date> {
    let written = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Datetime(day) => day.to_string(),
        _ => return None,
    };
    written.parse().ok().filter(|day: &Date| day.to_string() == written)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::UserFile;

    fn sides(text: &str) -> Result<Sides, String> {
        let files = [UserFile { path: "my/conflict.toml".to_owned(), text: text.to_owned() }];
        Sides::read(&mut Layers::new(&files).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_member_counts_from_the_day_it_joins() {
        let sides = sides(
            "[[sides]]\nname = \"Crown\"\nmembers = [\"RUR\", { name = \"Upper Guard\", from = 2001-01-01, to = 2002-12-31 }]\n\
             [[sides]]\nname = \"League\"\nmembers = [\"RUR REB\", \"Old League\"]\n",
        )
        .unwrap();
        let side = |name: &str, country: &str, sector: &str, day: &str| {
            sides.side_of(name, Some(country), Some(sector), Some(day.parse().unwrap())).unwrap_or("-").to_owned()
        };
        assert_eq!(side("Ministry", "RUR", "GOV", "2001-05-05"), "Crown");
        assert_eq!(side("rebels", "RUR", "REB", "2001-05-05"), "League");
        assert_eq!(side("the Upper Guard", "XXX", "MIL", "2001-05-05"), "Crown");
        assert_eq!(side("the Upper Guard", "XXX", "MIL", "2003-05-05"), "-");
        assert_eq!(sides.side_of("Upper Guard", None, None, None), None);
        assert_eq!(sides.names().collect::<Vec<_>>(), ["Crown", "League"]);
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line() {
        assert!(sides("[[sides]]\nname = \"A\"\n").unwrap_err().starts_with("my/conflict.toml:1: a side has a `name` and `members`"));
        let error = sides("\n[[sides]]\nname = \"A\"\nmembers = [{ name = \"B\", from = \"soon\" }]\n").unwrap_err();
        assert_eq!(error, "my/conflict.toml:2: a day of `B` is not of the form YYYY-MM-DD");
        assert!(sides("").unwrap().is_empty());
    }
}
