//! What the user names, turned into a list of things to read: folders expanded, kinds told by file names.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::problem::{Problem, ProblemKind};

/// Name of standard input in messages.
const STANDARD_INPUT: &str = "standard input";

/// How an input is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text: the whole input is one document.
    Text,
    /// A web page: one document, the article on it.
    Html,
    /// JSON Lines: one document a line.
    JsonLines,
    /// A table, its values set apart by commas, semicolons, tabs or bars: one document a row.
    Table,
    /// A web archive (WARC): one document an answer that holds a page or a text.
    Warc,
    /// A packed web archive (WACZ): a ZIP file with WARC files in it. Only a file can be one, not a stream.
    Wacz,
}

impl Kind {
    /// The kind that the ending of a file name stands for, in any case: `.txt`, `.html`, `.htm`, `.jsonl`, `.ndjson`,
    /// `.csv`, `.tsv`, `.warc`, `.wacz`; all but the last also with `.gz` or `.zst` behind it.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = |path: &Path| Some(path.extension().and_then(OsStr::to_str)?.to_ascii_lowercase());
        match extension(path)?.as_str() {
            "gz" | "zst" => Self::of_ending(&extension(Path::new(path.file_stem()?))?).filter(|kind| *kind != Self::Wacz),
            ending => Self::of_ending(ending),
        }
    }

    fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "txt" => Some(Self::Text),
            "html" | "htm" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" | "tsv" => Some(Self::Table),
            "warc" => Some(Self::Warc),
            "wacz" => Some(Self::Wacz),
            _ => None,
        }
    }
}

/// Where an input comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Standard input.
    StandardInput,
    /// A file.
    File(PathBuf),
}

/// One input: a file or standard input.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Where it comes from.
    pub origin: Origin,
    /// How to read it; `None` to tell by its first bytes.
    pub kind: Option<Kind>,
}

impl Source {
    /// Name of the source in messages: the path as given, or `standard input`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.origin {
            Origin::StandardInput => STANDARD_INPUT.to_owned(),
            Origin::File(path) => path.display().to_string(),
        }
    }
}

/// The sources that `paths` stand for, in the given order. `-` is standard input. A folder stands for the files of
/// known kinds in it and below, sorted by name; hidden ones are passed over in silence, others are counted. A file
/// named itself is always taken; where its name tells no kind, its content will.
#[must_use]
pub fn sources(paths: &[PathBuf]) -> (Vec<Source>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Source { origin: Origin::StandardInput, kind: None });
            continue;
        }
        match path.metadata() {
            Err(error) => problems.push(problem(path, unreadable(&error))),
            Ok(metadata) if metadata.is_dir() => add_folder(path, &mut found, &mut problems),
            Ok(_) => found.push(Source { origin: Origin::File(path.clone()), kind: Kind::of_name(path) }),
        }
    }
    (found, problems)
}

fn add_folder(folder: &Path, found: &mut Vec<Source>, problems: &mut Vec<Problem>) {
    let (found_before, problems_before) = (found.len(), problems.len());
    let mut others = 0;
    let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(folder)
        .follow_links(true) // loops are noticed and given as errors
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    for entry in entries {
        match entry {
            Err(error) => {
                let kind = match error.io_error() {
                    Some(io) => unreadable(io),
                    None => ProblemKind::Unreadable { reason: "a link to a folder that holds it".to_owned() },
                };
                problems.push(problem(error.path().unwrap_or(folder), kind));
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            // Most tables that lie about are data of another kind; those with articles are named.
            Ok(entry) => match Kind::of_name(entry.path()).filter(|kind| entry.file_type().is_file() && *kind != Kind::Table) {
                Some(kind) => found.push(Source { origin: Origin::File(entry.into_path()), kind: Some(kind) }),
                None => others += 1,
            },
        }
    }
    if others > 0 {
        problems.push(problem(folder, ProblemKind::OtherFiles { count: others }));
    }
    if found.len() == found_before && problems.len() - problems_before <= usize::from(others > 0) {
        problems.push(problem(folder, ProblemKind::NothingInFolder));
    }
}

fn problem(path: &Path, kind: ProblemKind) -> Problem {
    Problem { file: path.display().to_string(), line: None, byte: None, kind }
}

/// An error of the system in plain words.
pub(crate) fn unreadable(error: &io::Error) -> ProblemKind {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    ProblemKind::Unreadable { reason }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    fn names(sources: &[Source], below: &Path) -> Vec<String> {
        let below = format!("{}/", below.display());
        sources.iter().map(|source| source.name().replace(&below, "")).collect()
    }

    #[test]
    fn folders_are_expanded_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::create_dir_all(at.join("b/deep")).unwrap();
        fs::create_dir_all(at.join(".git")).unwrap();
        for name in ["z.txt", "a.HTML", "b/deep/2.jsonl", "b/1.ndjson", "picture.png", "b/notes", "b/codes.tsv", ".hidden.txt", ".git/x.txt"] {
            fs::write(at.join(name), "x").unwrap();
        }
        let (found, problems) = sources(&[at.join("z.txt"), at.to_path_buf(), "-".into()]);
        assert_eq!(names(&found, at), ["z.txt", "a.HTML", "b/1.ndjson", "b/deep/2.jsonl", "z.txt", "standard input"]);
        assert_eq!(found[1].kind, Some(Kind::Html));
        assert_eq!(problems, [problem(at, ProblemKind::OtherFiles { count: 3 })]);
    }

    #[test]
    fn kinds_are_told_by_names() {
        for (name, kind) in [
            ("a.TXT", Some(Kind::Text)),
            ("a.jsonl.gz", Some(Kind::JsonLines)),
            ("crawl.warc.zst", Some(Kind::Warc)),
            ("a.tsv", Some(Kind::Table)),
            ("a.wacz", Some(Kind::Wacz)),
            ("a.wacz.gz", None),
            ("a.gz", None),
            ("a.tar.gz", None),
            ("gz", None),
        ] {
            assert_eq!(Kind::of_name(Path::new(name)), kind, "{name}");
        }
    }

    #[test]
    fn a_named_file_is_taken_whatever_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dispatch.asc");
        fs::write(&path, "x").unwrap();
        let (found, problems) = sources(std::slice::from_ref(&path));
        assert_eq!(found, [Source { origin: Origin::File(path), kind: None }]);
        assert_eq!(problems, []);
    }

    #[test]
    fn what_is_not_there_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let (found, problems) = sources(&[folder.path().join("no.txt"), folder.path().to_path_buf()]);
        assert_eq!(found, []);
        assert!(problems[0].to_string().ends_with("no.txt: cannot be read: there is no such file"));
        assert_eq!(problems[1].kind, ProblemKind::NothingInFolder);
        assert_eq!(problems.len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_a_circle_ends() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
        let (found, problems) = sources(&[folder.path().to_path_buf()]);
        assert_eq!(found.len(), 1);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().contains("a link to a folder that holds it"));
    }
}
