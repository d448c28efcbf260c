//! An actor dictionary as the rows of a codebook's `actors.tsv`.

use std::fmt::Write as _;

use hearsay_ledger::Date;

use super::codes::participant;
use super::lines::{bracketed, is_word, lines};
use super::{Imported, Notice, Why};

/// Two-digit years up to this one are of this century, later ones of the last; so KEDS, TABARI and PETRARCH have it.
const LAST_YEAR_OF_THIS_CENTURY: i16 = 30;

/// An actor dictionary as `actors.tsv`: a row for each name and each time in which a code holds for it.
#[must_use]
pub fn actors(text: &str) -> Imported {
    let mut out = Imported::default();
    let mut entry = Entry::default();
    for line in lines(text) {
        let mut notice = |why, what: &str| out.notices.push(Notice { line: line.number, why, what: what.to_owned() });
        let written = line.text.split('[').next().unwrap_or("").trim();
        let synonym = written.starts_with('+');
        let name = name_of(written);
        if name.as_ref().is_some_and(|_| !synonym) || (line.text.is_empty() && !entry.codes.is_empty()) {
            std::mem::take(&mut entry).write(&mut out.text, &mut out.entries);
        }
        match name {
            Some(name) => entry.names.push(name),
            None if !written.is_empty() => {
                notice(Why::Form, line.text);
                continue;
            }
            None => {}
        }
        let mut rest = line.text;
        while let Some((_, inside, after)) = bracketed(rest, '[', ']') {
            rest = after;
            match code(inside) {
                Ok(Some(code)) => entry.codes.push(code),
                Ok(None) => {}
                Err(why) => notice(why, inside),
            }
        }
        if rest.contains('[') || (!line.text.is_empty() && entry.names.is_empty()) {
            notice(Why::Form, line.text);
        }
    }
    entry.write(&mut out.text, &mut out.entries);
    if out.entries > 0 {
        out.text.insert_str(0, "# Names imported from an actor dictionary of PETRARCH or TABARI.\nname\tcode\tcountry\tsector\tfrom\tto\n");
    }
    out
}

/// Names with the codes that hold for them.
#[derive(Default)]
struct Entry {
    names: Vec<String>,
    codes: Vec<Code>,
}

/// A code with the days on which it holds.
struct Code {
    written: String,
    country: Option<&'static str>,
    sector: Option<&'static str>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Entry {
    fn write(self, text: &mut String, rows: &mut usize) {
        for name in &self.names {
            for code in &self.codes {
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                let (country, sector) = (code.country.unwrap_or(""), code.sector.unwrap_or(""));
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{name}\t{}\t{country}\t{sector}\t{}\t{}", code.written, day(code.from), day(code.to));
                *rows += 1;
            }
        }
    }
}

/// A name with single spaces between its words; `None` where it is none.
fn name_of(written: &str) -> Option<String> {
    let words: Vec<&str> = written.trim_start_matches('+').split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect();
    let sound = !words.is_empty() && words.iter().all(|word| is_word(word)) && words.iter().any(|word| word.chars().any(char::is_alphanumeric));
    sound.then(|| words.join(" "))
}

/// A code with its restriction to some days: `CODE`, `CODE <date`, `CODE >date`, `CODE date-date`. `None` for the null code.
fn code(inside: &str) -> Result<Option<Code>, Why> {
    let inside = inside.trim();
    let end = inside.find(|c: char| c.is_whitespace() || c == '<' || c == '>').unwrap_or(inside.len());
    let (code, restriction) = inside.split_at(end);
    let restriction = restriction.trim();
    let [from, to] = if let Some(date) = restriction.strip_prefix('<') {
        [None, Some(day(date)?)]
    } else if let Some(date) = restriction.strip_prefix('>') {
        [Some(day(date)?), None]
    } else if let Some((from, to)) = restriction.split_once('-') {
        [Some(day(from)?), Some(day(to)?)]
    } else if restriction.is_empty() {
        [None, None]
    } else {
        return Err(Why::Date);
    };
    if code.bytes().all(|byte| byte == b'-') {
        return Ok(None);
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Why::Date);
    }
    let (country, sector) = participant(code).ok_or(Why::Code)?;
    Ok(Some(Code { written: code.to_owned(), country, sector, from, to }))
}

/// A day written YYYYMMDD or YYMMDD.
fn day(written: &str) -> Result<Date, Why> {
    let written = written.trim();
    if !written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Why::Date);
    }
    let split = match written.len() {
        6 => 2,
        8 => 4,
        _ => return Err(Why::Date),
    };
    let number = |from: usize, to: usize| written.get(from..to).and_then(|digits| digits.parse::<i16>().ok()).ok_or(Why::Date);
    let year = match number(0, split)? {
        year if split == 4 => year,
        year if year <= LAST_YEAR_OF_THIS_CENTURY => 2000 + year,
        year => 1900 + year,
    };
    let [month, day] = [number(split, split + 2)? as i8, number(split + 2, split + 4)? as i8]; // two digits each
    Date::new(year, month, day).map_err(|_| Why::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_synonyms_and_days() {
        let read = actors(
            "# ours\nBORDURIA_ [SYR] ; a country\n+BORDURIAN_\n+SZOHOD_CITY\n\nKURVI_TASCH_\n+MARSHAL TASCH\n\t[SYRGOV 920101-20051231]\n\t[SYRELI >060101]\nPLEKSZY_GLADZ [SYRMIL <310101][---]\n",
        );
        assert_eq!(read.notices, []);
        assert_eq!(read.entries, 8);
        let rows: Vec<&str> = read.text.lines().skip(2).collect();
        assert_eq!(
            rows,
            [
                "BORDURIA\tSYR\tSYR\t\t\t",
                "BORDURIAN\tSYR\tSYR\t\t\t",
                "SZOHOD CITY\tSYR\tSYR\t\t\t",
                "KURVI TASCH\tSYRGOV\tSYR\tGOV\t1992-01-01\t2005-12-31",
                "KURVI TASCH\tSYRELI\tSYR\tELI\t2006-01-01\t",
                "MARSHAL TASCH\tSYRGOV\tSYR\tGOV\t1992-01-01\t2005-12-31",
                "MARSHAL TASCH\tSYRELI\tSYR\tELI\t2006-01-01\t",
                "PLEKSZY GLADZ\tSYRMIL\tSYR\tMIL\t\t1931-01-01",
            ]
        );
    }

    #[test]
    fn what_cannot_be_used_is_told_and_the_rest_is_kept() {
        let read =
            actors("[SYR]\nA|B [SYR]\nGOOD [SYRGOV 990230-000101]\n\t[SYRMIL]\n\t[QQQ]\n\t[SYR 20000101-19990101]\n\t[SYR\nLAST_ [SYR sometime]\n");
        let told: Vec<(usize, Why)> = read.notices.iter().map(|notice| (notice.line, notice.why)).collect();
        assert_eq!(told, [(1, Why::Form), (2, Why::Form), (3, Why::Date), (5, Why::Code), (6, Why::Date), (7, Why::Form), (8, Why::Date)]);
        assert!(read.text.ends_with("GOOD\tSYRMIL\tSYR\tMIL\t\t\n"), "{}", read.text);
        assert_eq!(actors("").text, "");
    }

    #[test]
    fn two_digit_years_have_a_century() {
        assert_eq!(day("301231"), Ok(Date::constant(2030, 12, 31)));
        assert_eq!(day("310101"), Ok(Date::constant(1931, 1, 1)));
        assert_eq!(day("18970101"), Ok(Date::constant(1897, 1, 1)));
        assert_eq!(day("1897010"), Err(Why::Date));
        assert_eq!(day("２00101"), Err(Why::Date));
    }
}
