//! Tables with tabs between their columns: comments (`#`), a line with the names of the columns, rows.

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
/// empty.
pub(crate) fn rows<const N: usize>(file: &str, text: &str, columns: &[&str; N]) -> Result<Vec<Row<N>>, CodebookError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let at = |index: usize| Origin { file: file.to_owned(), line: Some(index + 1) };
    let wrong = |index: usize, message: String| at(index).wrong(message);
    let Some((first, header)) = lines.next() else { return Ok(Vec::new()) };
    let mut order = Vec::new();
    for name in header.split('\t') {
        let name = name.trim();
        let column = columns.iter().position(|column| *column == name).ok_or_else(|| {
            let help = did_you_mean(name, columns.iter().copied());
            wrong(first, format!("the first line must name the columns, parted by tabs ({}); `{name}` is none of them{help}", columns.join(", ")))
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
    for (index, line) in lines {
        let mut cells = [const { String::new() }; N];
        let written: Vec<&str> = line.split('\t').collect();
        if written.len() > order.len() {
            return Err(wrong(index, format!("has {} cells, and there are {} columns", written.len(), order.len())));
        }
        for (cell, column) in written.iter().zip(&order) {
            if let Some(place) = cells.get_mut(*column) {
                cell.trim().clone_into(place);
            }
        }
        if cells.first().is_none_or(String::is_empty) {
            return Err(wrong(index, format!("has no `{}`", columns.first().copied().unwrap_or(""))));
        }
        out.push(Row { cells, origin: at(index) });
    }
    Ok(out)
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
}
