//! The stream of documents: opens source after source, hands each to the reader of its kind, and looks at every
//! document before it goes out (language, ids seen before).

use std::cell::OnceCell;
use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Cursor, Read};

use hearsay_ledger::{Date, Document};

use crate::charset;
use crate::json_lines::JsonLines;
use crate::language::language_of;
use crate::page::{self, PageTables};
use crate::problem::{Problem, ProblemKind, excerpt};
use crate::signature::Signatures;
use crate::source::{Kind, Origin, Source, unreadable};

/// How much of an input of unknown kind is read before its kind is told.
const START_BYTES: usize = 4096;
/// Enough bytes after leading blanks to tell the kind.
const TELLING_BYTES: usize = 32;

/// What is told from outside about the articles read. For text and pages it goes before what the input itself says;
/// in JSON Lines it fills in what a record leaves open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Headline.
    pub title: Option<String>,
    /// The outlet that printed it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
}

/// Bounds on what is held in memory, and on the odd shapes of pages that make readers slow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document: of a text or page as it lies in the file, of the `text` of a record. 16 MiB.
    pub document_bytes: usize,
    /// Bytes of one line of JSON Lines. 32 MiB, since JSON escapes can more than double a text.
    pub line_bytes: usize,
    /// Nodes (elements, texts, comments) of a page. 300 000; the largest news pages have some 50 000.
    pub page_nodes: usize,
    /// Elements open at once in a page. 512, as in Chromium.
    pub page_depth: usize,
    /// Attributes of one element. 5 000; no page needs a hundred.
    pub element_attributes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: 16 * 1024 * 1024, line_bytes: 32 * 1024 * 1024, page_nodes: 300_000, page_depth: 512, element_attributes: 5_000 }
    }
}

/// What a reader makes of one text, page or record.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub document: Option<Document>,
    pub problems: Vec<ProblemKind>,
}

impl From<ProblemKind> for Found {
    fn from(problem: ProblemKind) -> Self {
        Self { document: None, problems: vec![problem] }
    }
}

/// The documents of `sources` in order, and between them the problems met on the way: a warning before the document
/// that it is about, an error in its place. Sources are opened one after the other, only when their turn comes.
#[must_use]
pub fn documents<'a>(sources: &'a [Source], given: &'a Given, limits: &'a Limits) -> Documents<'a> {
    Documents::new(Box::new(sources.iter().map(open)), given, limits)
}

/// Like [`documents`], for one open input. `name` stands for it in problems.
pub fn documents_from<'a>(input: impl Read + Send + 'a, name: &str, kind: Option<Kind>, given: &'a Given, limits: &'a Limits) -> Documents<'a> {
    let input = Input { kind, bytes: Box::new(input) };
    Documents::new(Box::new(std::iter::once((name.to_owned(), Ok(input)))), given, limits)
}

type Bytes<'a> = Box<dyn Read + Send + 'a>;

/// The inputs to come, by name.
type Inputs<'a> = Box<dyn Iterator<Item = (String, Result<Input<'a>, ProblemKind>)> + Send + 'a>;

struct Input<'a> {
    kind: Option<Kind>,
    bytes: Bytes<'a>,
}

fn open(source: &Source) -> (String, Result<Input<'_>, ProblemKind>) {
    let bytes: Result<Bytes<'_>, ProblemKind> = match &source.origin {
        Origin::StandardInput => Ok(Box::new(io::stdin())),
        Origin::File(path) => match File::open(path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(unreadable(&error)),
        },
    };
    (source.name(), bytes.map(|bytes| Input { kind: source.kind, bytes }))
}

/// Iterator over documents and problems; see [`documents`].
pub struct Documents<'a> {
    /// Name of the input that the last item came from.
    file: String,
    inputs: Inputs<'a>,
    /// The JSON Lines input that is being read.
    lines: Option<JsonLines<Bytes<'a>>>,
    ready: VecDeque<Result<Document, Problem>>,
    /// Hashes of the ids seen; eight bytes an id, so that a long run stays small.
    ids: HashSet<u64>,
    signatures: Signatures,
    page_tables: OnceCell<PageTables>,
    given: &'a Given,
    limits: &'a Limits,
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if let Some(lines) = &mut self.lines {
                match lines.next_record(self.given, self.limits) {
                    Some((line, found)) => self.put(line, found),
                    None => self.lines = None,
                }
                continue;
            }
            let (name, input) = self.inputs.next()?;
            self.file = name;
            match input {
                Ok(input) => self.start(input),
                Err(problem) => self.put(None, problem.into()),
            }
        }
    }
}

impl<'a> Documents<'a> {
    fn new(inputs: Inputs<'a>, given: &'a Given, limits: &'a Limits) -> Self {
        Self {
            file: String::new(),
            inputs,
            lines: None,
            ready: VecDeque::new(),
            ids: HashSet::new(),
            signatures: Signatures::load(),
            page_tables: OnceCell::new(),
            given,
            limits,
        }
    }

    /// Name of the input that the item given last came from, as in [`Problem::file`]; empty before the first.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    fn start(&mut self, mut input: Input<'a>) {
        let kind = match input.kind {
            Some(kind) => kind,
            None => match read_start(&mut input.bytes) {
                Ok(start) => {
                    let kind = self.signatures.kind_of(&start);
                    input.bytes = Box::new(Cursor::new(start).chain(input.bytes));
                    kind
                }
                Err(error) => return self.put(None, unreadable(&error).into()),
            },
        };
        if kind == Kind::JsonLines {
            match JsonLines::open(input.bytes, &self.signatures) {
                Ok(lines) => self.lines = Some(lines),
                Err(problem) => self.put(None, problem.into()),
            }
            return;
        }
        let found = match self.read_whole(input.bytes) {
            Ok(bytes) if kind == Kind::Html => page::read(&bytes, self.given, self.limits, self.page_tables.get_or_init(PageTables::load)),
            Ok(bytes) => read_text(&bytes, self.given),
            Err(problem) => problem.into(),
        };
        self.put(None, found);
    }

    /// The bytes of a text or page, which must be text and within the limit.
    fn read_whole(&self, input: Bytes<'_>) -> Result<Vec<u8>, ProblemKind> {
        let limit = self.limits.document_bytes;
        let mut bytes = Vec::new();
        // One byte more than allowed is enough to know.
        let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        input.take(bound).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        if !charset::has_utf16_mark(&bytes) {
            self.signatures.check_text(&bytes)?;
        }
        if bytes.len() > limit {
            return Err(ProblemKind::TooLarge { limit });
        }
        Ok(bytes)
    }

    /// Puts what a reader found in the queue, the language noted and doubts added.
    fn put(&mut self, line: Option<u64>, found: Found) {
        let Found { document, mut problems } = found;
        let document = document.map(|mut document| {
            let language = language_of(&document.text);
            document.language = language.map(|language| language.code.to_owned());
            if let Some(other) = language.filter(|language| language.code != "en") {
                problems.push(ProblemKind::NotEnglish { language: other.name });
            }
            if !self.ids.insert(hash(&document.id)) {
                problems.push(ProblemKind::DuplicateId { id: excerpt(&document.id) });
            }
            document
        });
        self.ready.extend(problems.into_iter().map(|kind| Err(Problem { file: self.file.clone(), line, kind })));
        self.ready.extend(document.map(Ok));
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new(); // the same in every run, unlike a `HashSet`'s own
    id.hash(&mut hasher);
    hasher.finish()
}

/// Enough of `input` to tell its kind: leading blanks and some more, but not so much that a slow pipe is waited for.
fn read_start(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    let mut part = [0; 512];
    while start.len() < START_BYTES && start.trim_ascii_start().len() < TELLING_BYTES {
        match input.read(&mut part) {
            Ok(0) => break,
            Ok(count) => start.extend_from_slice(part.get(..count).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(start)
}

/// A plain text: decoded, and otherwise left as it is.
fn read_text(bytes: &[u8], given: &Given) -> Found {
    let (text, problems) = charset::decode(bytes, None);
    if text.trim().is_empty() {
        return ProblemKind::Empty.into();
    }
    let document = Document {
        id: Document::id_of(&text),
        title: given.title.clone(),
        publisher: given.publisher.clone(),
        published: given.published,
        url: None,
        language: None,
        text,
    };
    Found { document: Some(document), problems }
}
