//! Tables: comments (`#`), a line with the names of the columns, rows; with tabs or commas between the columns, or as TOML.

use crate::CodebookError;
use crate::layers::Origin;
use crate::nearest::did_you_mean;

/// A row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row<const N: usize> {
    /// Its cells, in the order in which the columns were asked for; empty where the file leaves them out.
    pub(crate) cells: [String; N],
    /// Where it stands.
    pub(crate) origin: Origin,
}

impl<const N: usize> Row<N> {
    /// Says that this row cannot be used.
    pub(crate) fn wrong(&self, message: impl Into<String>) -> CodebookError {
        self.origin.wrong(message)
    }
}

/// The rows of a table. `columns` are the names that a column may have; the first must be there, and no row may leave it
/// empty. The ending of `file` says in what form it is: with commas (`.csv`), as `[[row]]`s of TOML (`.toml`), else with
/// tabs.
pub(crate) fn rows<const N: usize>(file: &str, text: &str, columns: &[&str; N]) -> Result<Vec<Row<N>>, CodebookError> {
    let ending = file.rsplit('.').next().unwrap_or("");
    match ending {
        "csv" => from_lines(file, comma_lines(file, text)?, "commas", columns),
        "toml" => from_toml(file, text, columns),
        _ => from_lines(file, tab_lines(text), "tabs", columns),
    }
}

/// A line of a table: its number from 1, and its cells.
type Line = (usize, Vec<String>);

fn at(file: &str, line: usize) -> Origin {
    Origin { file: file.to_owned(), line: Some(line) }
}

fn tab_lines(text: &str) -> Vec<Line> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|(index, line)| (index + 1, line.split('\t').map(|cell| cell.trim().to_owned()).collect())).collect()
}

fn comma_lines(file: &str, text: &str) -> Result<Vec<Line>, CodebookError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(1));
            at(file, line).wrong(format!("cannot be read: {error}"))
        })?;
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        lines.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok(lines)
}

/// Rows of lines, the first of which names the columns.
fn from_lines<const N: usize>(file: &str, lines: Vec<Line>, parted_by: &str, columns: &[&str; N]) -> Result<Vec<Row<N>>, CodebookError> {
    let wrong = |line: usize, message: String| at(file, line).wrong(message);
    let mut lines = lines.into_iter();
    let Some((first, header)) = lines.next() else { return Ok(Vec::new()) };
    let mut order = Vec::new();
    for name in &header {
        let column = columns.iter().position(|column| column == name).ok_or_else(|| {
            let help = did_you_mean(name, columns.iter().copied());
            wrong(
                first,
                format!("the first line must name the columns, parted by {parted_by} ({}); `{name}` is none of them{help}", columns.join(", ")),
            )
        })?;
        if order.contains(&column) {
            return Err(wrong(first, format!("names the column `{name}` twice")));
        }
        order.push(column);
    }
    if !order.contains(&0) {
        return Err(wrong(first, format!("has no column `{}`", columns.first().copied().unwrap_or(""))));
    }
    let mut out = Vec::new();
    for (line, written) in lines {
        let mut cells = [const { String::new() }; N];
        if written.len() > order.len() {
            return Err(wrong(line, format!("has {} cells, and there are {} columns", written.len(), order.len())));
        }
        for (cell, column) in written.into_iter().zip(&order) {
            if let Some(place) = cells.get_mut(*column) {
                *place = cell;
            }
        }
        out.push(whole(Row { cells, origin: at(file, line) }, columns)?);
    }
    Ok(out)
}

/// Rows of `[[row]]`s: a key is a column, a list of texts is the texts with semicolons between them.
fn from_toml<const N: usize>(file: &str, text: &str, columns: &[&str; N]) -> Result<Vec<Row<N>>, CodebookError> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        row: Vec<toml::Spanned<toml::Table>>,
    }
    let line_of = |byte: usize| text.get(..byte).map_or(1, |before| before.matches('\n').count() + 1);
    let parsed: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(span.start));
        at(file, line).wrong(format!("{}; a table in TOML is written as `[[row]]`s", error.message()))
    })?;
    let mut out = Vec::new();
    for row in parsed.row {
        let origin = at(file, line_of(row.span().start));
        let mut cells = [const { String::new() }; N];
        for (key, value) in row.into_inner() {
            let place = columns.iter().position(|column| *column == key).and_then(|column| cells.get_mut(column));
            let Some(place) = place else {
                return Err(origin.wrong(format!("there is no key `{key}`{}", did_you_mean(&key, columns.iter().copied()))));
            };
            *place = cell(&value).ok_or_else(|| origin.wrong(format!("`{key}` must be a text, a day or a list of texts")))?;
        }
        out.push(whole(Row { cells, origin }, columns)?);
    }
    Ok(out)
}

fn cell(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Datetime(day) => Some(day.to_string()),
        toml::Value::Array(texts) => Some(texts.iter().map(toml::Value::as_str).collect::<Option<Vec<_>>>()?.join("; ")),
        _ => None,
    }
}

/// A row, if its first cell is there.
fn whole<const N: usize>(row: Row<N>, columns: &[&str; N]) -> Result<Row<N>, CodebookError> {
    if row.cells.first().is_none_or(String::is_empty) {
        return Err(row.wrong(format!("has no `{}`", columns.first().copied().unwrap_or(""))));
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const COLUMNS: [&str; 3] = ["name", "country", "sector"];

    fn read(text: &str) -> Result<Vec<[String; 3]>, String> {
        rows("my/actors.tsv", text, &COLUMNS).map(|rows| rows.into_iter().map(|row| row.cells).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn columns_may_be_left_out_and_stand_in_any_order() {
        let rows = read("# ours\n\nsector\tname\r\nGOV\tKremlin\nMIL\tnavy\n").unwrap();
        assert_eq!(rows, [["Kremlin", "", "GOV"], ["navy", "", "MIL"]]);
        assert!(read("# nothing\n").unwrap().is_empty());
        assert_eq!(read("name\tcountry\nKremlin\n").unwrap(), [["Kremlin", "", ""]]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, message) in [
            (
                "name\tcontry\n",
                "my/actors.tsv:1: the first line must name the columns, parted by tabs (name, country, sector); `contry` is none of them; did you mean `country`?",
            ),
            ("# x\ncountry\n", "my/actors.tsv:2: has no column `name`"),
            ("name\tname\n", "my/actors.tsv:1: names the column `name` twice"),
            ("name\na\tb\n", "my/actors.tsv:2: has 2 cells, and there are 1 columns"),
            ("name\tsector\n\tGOV\n", "my/actors.tsv:2: has no `name`"),
        ] {
            assert_eq!(read(text).unwrap_err(), message);
        }
    }

    #[test]
    fn a_table_may_come_with_commas_or_as_toml() {
        let named = |file: &str, text: &str| {
            rows(file, text, &COLUMNS).map(|rows| rows.into_iter().map(|row| (row.cells, row.origin.line)).collect::<Vec<_>>())
        };
        let csv = named("my/actors.csv", "# ours\nname,sector\n\"Front, the\",REB\n").unwrap();
        assert_eq!(csv, [(["Front, the", "", "REB"].map(str::to_owned), Some(3))]);
        let toml = named("my/actors.toml", "# ours\n[[row]]\nname = \"Front\"\ncountry = [\"A\", \"B\"]\n").unwrap();
        assert_eq!(toml, [(["Front", "A; B", ""].map(str::to_owned), Some(2))]);
        for (file, text, message) in [
            (
                "my/actors.csv",
                "name,contry\n",
                "my/actors.csv:1: the first line must name the columns, parted by commas (name, country, sector); `contry` is none of them; did you mean `country`?",
            ),
            ("my/actors.toml", "[[row]]\nnam = \"x\"\n", "my/actors.toml:1: there is no key `nam`; did you mean `name`?"),
            ("my/actors.toml", "\n[[row]]\nname = 4\n", "my/actors.toml:2: `name` must be a text, a day or a list of texts"),
            ("my/actors.toml", "[[row]]\nsector = \"x\"\n", "my/actors.toml:1: has no `name`"),
        ] {
            assert_eq!(named(file, text).unwrap_err().to_string(), message);
        }
        assert!(named("my/actors.toml", "[[actor]]\n").unwrap_err().to_string().contains("written as `[[row]]`s"));
    }
}
