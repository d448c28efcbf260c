//! An agent dictionary as the rows of a codebook's `agents.tsv`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::codes::agent;
use super::inflection::plural;
use super::lines::{Line, bracketed, is_word, lines, words};
use super::{Imported, Notice, Why};

/// Nouns that one line may stand for; more would be a mistake in its markers.
const MOST_NOUNS: usize = 1000;

/// An agent dictionary as `agents.tsv`: a row for each noun and its plural.
#[must_use]
pub fn agents(text: &str) -> Imported {
    let mut out = Imported::default();
    let mut markers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines(text).into_iter().filter(|line| !line.text.is_empty()) {
        if let Some((name, members)) = marker(line.text) {
            markers.insert(name, members);
            continue;
        }
        match nouns(&line, &markers) {
            Ok((nouns, sector)) => {
                for noun in nouns {
                    let _ = writeln!(out.text, "{noun}\t{sector}"); // writing to a string cannot fail
                    out.entries += 1;
                }
            }
            Err(why) => out.notices.push(Notice { line: line.number, why, what: line.text.to_owned() }),
        }
    }
    if out.entries > 0 {
        out.text.insert_str(0, "# Nouns imported from an agent dictionary of PETRARCH or TABARI.\nnoun\tsector\n");
    }
    out
}

/// A line that defines a marker: `!PERSON! = MAN, MEN`.
fn marker(line: &str) -> Option<(String, Vec<String>)> {
    let (name, members) = line.split_once('=')?;
    let name = name.trim().strip_prefix('!')?.strip_suffix('!')?;
    let members = members.split(',').map(|member| member.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase());
    Some((name.to_lowercase(), members.filter(|member| !member.is_empty()).collect()))
}

/// The nouns of a line with their sector.
fn nouns(line: &Line<'_>, markers: &BTreeMap<String, Vec<String>>) -> Result<(Vec<String>, &'static str), Why> {
    let (before, code, _) = bracketed(line.text, '[', ']').ok_or(Why::Form)?;
    let sector = agent(code.trim()).ok_or(Why::Code)?;
    let (noun, plurals) = match bracketed(before, '{', '}') {
        Some((noun, plurals, _)) => (noun, Some(plurals)),
        None => (before, None),
    };
    let noun = noun.trim().to_lowercase();
    let singular = expanded(&noun, markers)?;
    let mut out: Vec<String> = singular.iter().map(|noun| words(noun).join(" ")).collect();
    match plurals {
        Some(plurals) => out.extend(plurals.split_whitespace().map(|plural| words(plural).join(" "))),
        // What a marker stands for has its plurals among it.
        None if noun.contains('!') => {}
        None => out.extend(out.first().map(|noun| plural(noun))),
    }
    let sound = out.iter().all(|noun| !noun.is_empty() && noun.split(' ').all(is_word));
    if sound { Ok((out, sector)) } else { Err(Why::Form) }
}

/// A phrase with everything that its markers stand for.
fn expanded(phrase: &str, markers: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, Why> {
    let mut out = vec![String::new()];
    for (index, part) in phrase.split('!').enumerate() {
        let own = [part.to_owned()];
        // Every second part stands between exclamation marks.
        let choices = if index % 2 == 1 { markers.get(part).ok_or(Why::Undefined)?.as_slice() } else { &own };
        if out.len() * choices.len() > MOST_NOUNS {
            return Err(Why::Form);
        }
        out = out.iter().flat_map(|before| choices.iter().map(move |choice| format!("{before}{choice}"))).collect();
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_plurals_and_markers() {
        let read = agents(
            "<!-- ours -->\n!PERSON! = MAN, MEN\n!MINST! = MINISTER, MINISTRY\nSOLDIER [~MIL]\nTROOP {} [~MIL]\nENVOY_GENERAL {ENVOYS_GENERAL} [~GOVDIP] # x\nPOLICE!PERSON! [~COP]\n!MINST!_OF_WAR [~GOV]\nAID_GROUP [NGO~]\n",
        );
        assert_eq!(read.notices, []);
        let rows: Vec<&str> = read.text.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "soldier\tMIL",
                "soldiers\tMIL",
                "troop\tMIL",
                "envoy general\tGOV",
                "envoys general\tGOV",
                "policeman\tCOP",
                "policemen\tCOP",
                "minister of war\tGOV",
                "ministry of war\tGOV",
                "aid group\tNGO",
                "aid groups\tNGO",
            ]
        );
        assert_eq!(read.entries, rows.len());
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        let read = agents("SOLDIER\nPRIEST [~CHR]\n!WHO!_GUARD [~MIL]\nA|B [~MIL]\n[~MIL]\nGUARD [~MIL]\n");
        let told: Vec<(usize, Why)> = read.notices.iter().map(|notice| (notice.line, notice.why)).collect();
        assert_eq!(told, [(1, Why::Form), (2, Why::Code), (3, Why::Undefined), (4, Why::Form), (5, Why::Form)]);
        assert_eq!(read.entries, 2);
    }
}
