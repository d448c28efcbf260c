//! Lays a user's TOML file over ours.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::nearest::did_you_mean;
use crate::{CodebookError, UserFile};

/// The key of a user's file that names the lists to begin anew.
const REPLACE: &str = "replace";

/// By key (with dots between the tables): how many of our entries stand before the user's, and the lines of those.
pub(crate) type Lines = BTreeMap<String, (usize, Vec<usize>)>;

/// Lays a user's file over `ours`, and says where the user's entries stand. `open` are the tables in which a user may put
/// keys of his own, with `*` for any name.
pub(crate) fn merge(user: &UserFile, open: &[&str], ours: &mut Table) -> Result<Lines, CodebookError> {
    let ends = user.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let merge = Merge { user, open, schema: ours.clone(), ends };
    let text = user.text.as_str();
    let told = |error: toml::de::Error| merge.wrong(error.span().map_or(0, |span| span.start), error.message());
    let spans = DeTable::parse(text).map_err(told)?;
    let mut values: Table = toml::from_str(text).map_err(told)?;
    merge.begin_anew(ours, spans.get_ref())?;
    values.remove(REPLACE);
    let mut lines = Lines::new();
    merge.table(ours, values, spans.get_ref(), "", &mut lines)?;
    Ok(lines)
}

/// What a merge needs throughout.
struct Merge<'a> {
    user: &'a UserFile,
    open: &'a [&'a str],
    /// Our file as it was: it knows which keys there are, and of what kind.
    schema: Table,
    /// Where the lines of the user's file end.
    ends: Vec<usize>,
}

impl Merge<'_> {
    fn wrong(&self, byte: usize, message: impl Into<String>) -> CodebookError {
        CodebookError::File { file: format!("{}:{}", self.user.path, self.line(byte)), message: message.into() }
    }

    fn line(&self, byte: usize) -> usize {
        self.ends.partition_point(|end| *end < byte) + 1
    }

    /// Empties the lists and tables that the user's file wants to write itself.
    fn begin_anew(&self, ours: &mut Table, user: &DeTable<'_>) -> Result<(), CodebookError> {
        let Some((_, wanted)) = user.iter().find(|(key, _)| key.get_ref() == REPLACE) else { return Ok(()) };
        let start = wanted.span().start;
        let names = wanted.get_ref().as_array().ok_or_else(|| self.wrong(start, "`replace` must be a list of names of lists"))?;
        for name in names {
            let start = name.span().start;
            let name = name.get_ref().as_str().ok_or_else(|| self.wrong(start, "`replace` must be a list of names of lists"))?;
            match at_mut(ours, name) {
                Some(Value::Array(list)) => list.clear(),
                Some(Value::Table(table)) if self.is_open(name) => table.clear(),
                Some(_) => return Err(self.wrong(start, format!("`{name}` is no list that can be replaced; to change a value, write it"))),
                None => {
                    let known = self.replaceable(&self.schema, "");
                    return Err(self.wrong(start, format!("there is no list `{name}`{}", did_you_mean(name, known.iter().map(String::as_str)))));
                }
            }
        }
        Ok(())
    }

    /// The names of all lists and open tables.
    fn replaceable(&self, table: &Table, path: &str) -> Vec<String> {
        let mut out = Vec::new();
        for (key, value) in table {
            let path = join(path, key);
            match value {
                Value::Array(_) => out.push(path),
                Value::Table(inner) => {
                    out.extend(self.replaceable(inner, &path));
                    if self.is_open(&path) {
                        out.push(path);
                    }
                }
                _ => {}
            }
        }
        out
    }

    fn is_open(&self, path: &str) -> bool {
        let same = |open: &&str| {
            let (mut a, mut b) = (open.split('.'), path.split('.'));
            loop {
                match (a.next(), b.next()) {
                    (None, None) => return true,
                    (Some(x), Some(y)) if x == "*" || x == y => {}
                    _ => return false,
                }
            }
        };
        self.open.iter().any(same)
    }

    fn table(&self, ours: &mut Table, user: Table, spans: &DeTable<'_>, path: &str, lines: &mut Lines) -> Result<(), CodebookError> {
        for (key, value) in user {
            let here = path;
            let path = join(here, &key);
            // The two were parsed from one text, so every key is in both.
            let Some((key_span, span)) = spans.iter().find(|(other, _)| *other.get_ref() == key).map(|(k, v)| (k.span(), v)) else { continue };
            let wrong = |message: String| self.wrong(key_span.start, message);
            match (ours.get_mut(&key), value) {
                (None, value) => {
                    if !self.is_open(here) {
                        let known: Vec<String> = ours.keys().map(|known| join(here, known)).collect();
                        return Err(wrong(format!("there is no key `{path}`{}", did_you_mean(&path, known.iter().map(String::as_str)))));
                    }
                    // What kind of value an open table holds is seen by what it holds already.
                    let sample = at(&self.schema, here).and_then(|table| table.as_table()?.values().next());
                    if let Some(other) = sample.filter(|other| !same_kind(other, &value)) {
                        return Err(wrong(format!("`{path}` must be {}, not {}", kind(other), kind(&value))));
                    }
                    let entries = value.as_array().map(|list| self.entries(&path, list, span)).transpose()?;
                    lines.insert(path, (0, entries.unwrap_or_else(|| vec![self.line(key_span.start)])));
                    ours.insert(key, value);
                }
                (Some(Value::Table(ours)), Value::Table(value)) => {
                    if let DeValue::Table(spans) = span.get_ref() {
                        self.table(ours, value, spans, &path, lines)?;
                    }
                }
                (Some(Value::Array(ours)), Value::Array(value)) => {
                    lines.insert(path.clone(), (ours.len(), self.entries(&path, &value, span)?));
                    ours.extend(value);
                }
                (Some(place @ Value::Float(_)), Value::Integer(n)) => {
                    *place = Value::Float(n as f64);
                    lines.insert(path, (0, vec![self.line(key_span.start)]));
                }
                (Some(place), value) if same_kind(place, &value) => {
                    *place = value;
                    lines.insert(path, (0, vec![self.line(key_span.start)]));
                }
                (Some(place), value) => return Err(wrong(format!("`{path}` must be {}, not {}", kind(place), kind(&value)))),
            }
        }
        Ok(())
    }

    /// The lines of the entries of a list, which must be of the kind of ours.
    fn entries(&self, path: &str, user: &[Value], span: &Spanned<DeValue<'_>>) -> Result<Vec<usize>, CodebookError> {
        let DeValue::Array(spans) = span.get_ref() else { return Ok(Vec::new()) };
        let sample = at(&self.schema, path).and_then(|list| list.as_array()?.first());
        let mut lines = Vec::new();
        for (value, span) in user.iter().zip(spans.iter()) {
            if let Some(other) = sample.filter(|other| !same_kind(other, value)) {
                return Err(self.wrong(span.span().start, format!("an entry of `{path}` must be {}, not {}", kind(other), kind(value))));
            }
            lines.push(self.line(span.span().start));
        }
        Ok(lines)
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// The value at a key with dots between the tables.
fn at<'t>(table: &'t Table, path: &str) -> Option<&'t Value> {
    match path.split_once('.') {
        None => table.get(path),
        Some((first, rest)) => at(table.get(first)?.as_table()?, rest),
    }
}

fn at_mut<'t>(table: &'t mut Table, path: &str) -> Option<&'t mut Value> {
    match path.split_once('.') {
        None => table.get_mut(path),
        Some((first, rest)) => at_mut(table.get_mut(first)?.as_table_mut()?, rest),
    }
}

fn same_kind(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number with a fraction",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const OURS: &str = "reach = 3\nbias = 0.5\nwords = [\"a\", \"b\"]\n[pronouns]\nperson = [\"he\"]\n[numbers]\none = 1\n";

    fn merged(user: &str) -> Result<(Table, Lines), String> {
        let mut ours: Table = toml::from_str(OURS).unwrap();
        let user = UserFile { path: "my/x.toml".to_owned(), text: user.to_owned() };
        let lines = merge(&user, &["numbers"], &mut ours).map_err(|error| error.to_string())?;
        Ok((ours, lines))
    }

    fn same(user: &str, wanted: &str) {
        assert_eq!(merged(user).unwrap().0, toml::from_str::<Table>(wanted).unwrap());
    }

    #[test]
    fn values_are_replaced_lists_added_to_and_tables_merged() {
        same("", OURS);
        same(
            "reach = 4\nbias = 1\nwords = [\"c\"]\n[pronouns]\nperson = [\"she\"]\n[numbers]\ntwo = 2\n\"u.n.\" = 3\n",
            "reach = 4\nbias = 1.0\nwords = [\"a\", \"b\", \"c\"]\n[pronouns]\nperson = [\"he\", \"she\"]\n[numbers]\none = 1\ntwo = 2\n\"u.n.\" = 3\n",
        );
    }

    #[test]
    fn lists_are_begun_anew_where_the_file_says_so() {
        same(
            "replace = [\"words\", \"pronouns.person\", \"numbers\"]\nwords = [\"c\"]\n",
            "reach = 3\nbias = 0.5\nwords = [\"c\"]\n[pronouns]\nperson = []\n[numbers]\n",
        );
    }

    #[test]
    fn the_lines_of_entries_are_known() {
        let (_, lines) = merged("# mine\nwords = [\n  \"c\",\n  \"d\",\n]\nreach = 4\n").unwrap();
        assert_eq!(lines.get("words"), Some(&(2, vec![3, 4])));
        assert_eq!(lines.get("reach"), Some(&(0, vec![6])));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (user, message) in [
            ("\nwrods = [\"c\"]", "my/x.toml:2: there is no key `wrods`; did you mean `words`?"),
            ("[pronouns]\npersons = []", "my/x.toml:2: there is no key `pronouns.persons`; did you mean `pronouns.person`?"),
            ("zebra = 1", "my/x.toml:1: there is no key `zebra`"),
            ("reach = \"3\"", "my/x.toml:1: `reach` must be a whole number, not a text"),
            ("reach = 3.5", "my/x.toml:1: `reach` must be a whole number, not a number with a fraction"),
            ("words = \"c\"", "my/x.toml:1: `words` must be a list, not a text"),
            ("replace = [\"words\"]\nwords = [4]", "my/x.toml:2: an entry of `words` must be a text, not a whole number"),
            ("words = [\"c\",\n 4]", "my/x.toml:2: an entry of `words` must be a text, not a whole number"),
            ("[numbers]\ntwo = \"2\"", "my/x.toml:2: `numbers.two` must be a whole number, not a text"),
            ("replace = [\"pronoun.person\"]", "my/x.toml:1: there is no list `pronoun.person`; did you mean `pronouns.person`?"),
            ("replace = [\"reach\"]", "my/x.toml:1: `reach` is no list that can be replaced; to change a value, write it"),
            ("replace = true", "my/x.toml:1: `replace` must be a list of names of lists"),
        ] {
            assert_eq!(merged(user).unwrap_err(), message);
        }
        assert!(merged("reach = 3\nwords = [").unwrap_err().starts_with("my/x.toml:2: "));
        assert!(merged("reach = 3\nreach = 4").unwrap_err().starts_with("my/x.toml:2: "));
    }
}
