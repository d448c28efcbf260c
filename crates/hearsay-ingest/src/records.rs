//! The stream of records: opens source after source, hands each to the reader of its kind, and looks at every document
//! before it goes out (language, ids seen before).

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use hearsay_ledger::Document;

use crate::charset;
use crate::first_bytes::FirstBytes;
use crate::json_lines::JsonLines;
use crate::language::language_of;
use crate::page::{self, LazyTables, PageTables};
use crate::position::{BEGINNING_BYTES, Position, file_hash};
use crate::problem::{Problem, ProblemKind, excerpt};
use crate::reader::{Found, Options, Raw, Step};
use crate::record::{RawRecord, Record};
use crate::source::{Kind, Origin, Source, unreadable};
use crate::stream::{Bytes, Mark, Stream, first_bytes};
use crate::table::{Table, TableNames};
use crate::wacz::{self, Part};
use crate::warc::Warc;

/// The records of `sources` in order, and between them the problems met on the way: a warning before the record that it
/// is about, an error in its place. Sources are opened one after the other, only when their turn comes.
#[must_use]
pub fn records(sources: &[Source], options: Options) -> Records<'_> {
    Records::new(Box::new(sources.iter().map(|source| (source.name(), Ok(Input::Source(source))))), options)
}

/// Like [`records`], for one open input. `name` stands for it in problems.
pub fn records_from<'a>(input: impl Read + Send + 'a, name: &str, kind: Option<Kind>, options: Options) -> Records<'a> {
    Records::new(Box::new(std::iter::once((name.to_owned(), Ok(Input::Open { kind, bytes: Box::new(input) })))), options)
}

/// The inputs to come, by name.
type Inputs<'a> = Box<dyn Iterator<Item = (String, Result<Input<'a>, ProblemKind>)> + Send + 'a>;

enum Input<'a> {
    Source(&'a Source),
    Open { kind: Option<Kind>, bytes: Bytes<'a> },
}

/// The input of many records that is being read.
enum Reader<'a> {
    Lines(JsonLines<'a>),
    Table(Box<Table<'a>>),
    Warc(Warc<'a>),
}

/// The archives of a WACZ file that are still to be read.
struct Package {
    path: PathBuf,
    parts: VecDeque<Part>,
}

/// Iterator over records and problems; see [`records`].
pub struct Records<'a> {
    inputs: Inputs<'a>,
    /// Name of the input that is being read, and of the one that the last item came from.
    reading: String,
    file: String,
    reader: Option<Reader<'a>>,
    package: Option<Package>,
    /// Name of the archive inside a WACZ file that is being read.
    part: Option<String>,
    /// Place behind what was read; behind the item given last; and where reading is to begin, by name of the input.
    read_to: Position,
    told_to: Position,
    begun: BTreeMap<String, Position>,
    ready: VecDeque<(Result<Record, Problem>, Position)>,
    /// Hashes of the ids seen; eight bytes an id, so that a long run stays small.
    ids: HashSet<u64>,
    passed_over: u64,
    first_bytes: FirstBytes,
    page_tables: LazyTables,
    table_names: OnceCell<TableNames>,
    options: Options,
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((item, position)) = self.ready.pop_front() {
                self.told_to = position;
                self.file.clone_from(&self.reading);
                return Some(item);
            }
            if let Some(reader) = &mut self.reader {
                let (given, limits) = (&self.options.given, &self.options.limits);
                let step = match reader {
                    Reader::Lines(lines) => lines.next_record(given, limits),
                    Reader::Table(table) => table.next_record(given, limits, &self.page_tables),
                    Reader::Warc(warc) => warc.next_record(given, limits, &self.page_tables, &self.first_bytes),
                };
                match step {
                    Some(step) => self.put_step(step),
                    None => self.end_reader(),
                }
                continue;
            }
            if let Some(package) = &mut self.package {
                match package.parts.pop_front() {
                    Some(part) => self.start_part(&part),
                    None => self.package = None,
                }
                continue;
            }
            let (name, input) = self.inputs.next()?;
            self.reading = name;
            self.part = None;
            self.read_to = Position::default();
            let started = input.and_then(|input| match input {
                Input::Source(source) => self.start_source(source),
                Input::Open { kind, bytes } => self.start(bytes, kind, None),
            });
            if let Err(problem) = started {
                self.put(problem.into());
            }
        }
    }
}

impl<'a> Records<'a> {
    fn new(inputs: Inputs<'a>, options: Options) -> Self {
        Self {
            inputs,
            reading: String::new(),
            file: String::new(),
            reader: None,
            package: None,
            part: None,
            read_to: Position::default(),
            told_to: Position::default(),
            begun: BTreeMap::new(),
            ready: VecDeque::new(),
            ids: HashSet::new(),
            passed_over: 0,
            first_bytes: FirstBytes::load(),
            page_tables: LazyTables::new(PageTables::load),
            table_names: OnceCell::new(),
            options,
        }
    }

    /// Goes on in the files that are named in `begun`, each behind its position. Only files of many records can be read
    /// from the middle; a text, a page, standard input, and a file that has changed at its start are read from the start.
    #[must_use]
    pub fn going_on(mut self, begun: BTreeMap<String, Position>) -> Self {
        self.begun = begun;
        self
    }

    /// Name of the input that the item given last came from ([`Source::name`]); empty before the first.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The place behind the item given last, in its input. A warning that comes before its record stands before it.
    #[must_use]
    pub fn reached(&self) -> Position {
        self.told_to
    }

    /// How many records of archives were passed over so far, because they hold no page: requests, pictures, redirections.
    #[must_use]
    pub fn passed_over(&self) -> u64 {
        self.passed_over + self.reader.as_ref().map_or(0, Reader::passed_over)
    }

    fn start_source(&mut self, source: &'a Source) -> Result<(), ProblemKind> {
        let path = match &source.origin {
            Origin::StandardInput => return self.start(Box::new(io::stdin()), source.kind, None),
            Origin::File(path) => path,
        };
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        // A pipe has no place to go on from.
        if !file.metadata().is_ok_and(|metadata| metadata.is_file()) {
            return self.start(Box::new(file), source.kind, None);
        }
        self.read_to.file = file_hash(&first_bytes(&mut file, BEGINNING_BYTES).map_err(|error| unreadable(&error))?);
        let begun = self.begun.get(&self.reading).copied().filter(|begun| begun.file == self.read_to.file);
        if source.kind == Some(Kind::Wacz) {
            return self.start_package(path, begun);
        }
        // What comes before the place need not be read, but for the head of a table and where the kind is still to be told.
        let start = match source.kind {
            Some(Kind::JsonLines | Kind::Warc) => begun.map_or(0, |begun| begun.start),
            _ => 0,
        };
        file.seek(SeekFrom::Start(start)).map_err(|error| unreadable(&error))?;
        let stream = Stream::open(Box::new(file), start).map_err(|error| unreadable(&error))?;
        self.start_stream(stream, source.kind, begun)
    }

    fn start_package(&mut self, path: &Path, begun: Option<Position>) -> Result<(), ProblemKind> {
        let mut parts = wacz::parts(path)?;
        if let Some(begun) = begun {
            parts.retain(|part| part.number >= begun.entry);
            self.read_to = begun;
        }
        self.package = Some(Package { path: path.to_owned(), parts });
        Ok(())
    }

    fn start_part(&mut self, part: &Part) {
        let Some(package) = &self.package else { return };
        if self.read_to.entry != part.number {
            self.read_to = Position { file: self.read_to.file, entry: part.number, ..Position::default() };
        }
        self.part = Some(part.name.clone());
        let begun = self.read_to.mark();
        let opened = wacz::open(&package.path, part, begun.start).and_then(|(bytes, start)| Stream::open(bytes, start));
        match opened.and_then(|mut stream| stream.skip_to(begun).map(|()| stream)) {
            Ok(stream) => self.reader = Some(Reader::Warc(Warc::open(stream, begun > Mark::default()))),
            Err(error) => self.put(ProblemKind::BadArchive { reason: error.to_string() }.into()),
        }
    }

    fn start(&mut self, bytes: Bytes<'a>, kind: Option<Kind>, begun: Option<Position>) -> Result<(), ProblemKind> {
        let stream = Stream::open(bytes, 0).map_err(|error| unreadable(&error))?;
        self.start_stream(stream, kind, begun)
    }

    /// Begins to read `stream`, of a kind that its first bytes tell if it is not known, behind `begun`.
    fn start_stream(&mut self, mut stream: Stream<'a>, kind: Option<Kind>, begun: Option<Position>) -> Result<(), ProblemKind> {
        let begun = begun.unwrap_or_default();
        let kind = match kind {
            Some(kind) => kind,
            None => self.first_bytes.kind_of(stream.peek().map_err(|error| unreadable(&error))?),
        };
        match kind {
            Kind::Text | Kind::Html => {
                let bytes = self.read_whole(stream)?;
                let mut found = match kind {
                    Kind::Html => page::read(&bytes, None, &self.options.given, &self.options.limits, &self.page_tables),
                    _ => read_text(&bytes, None, &self.options.given),
                };
                found.raw = Some(Raw::of(bytes));
                self.put(found);
                return Ok(());
            }
            Kind::JsonLines => {
                stream.skip_to(begun.mark()).map_err(|error| unreadable(&error))?;
                self.reader = Some(Reader::Lines(JsonLines::open(stream, begun.line, &self.first_bytes)?));
            }
            Kind::Table => {
                let names = self.table_names.get_or_init(TableNames::load);
                let table = Table::open(stream, &self.options.columns, names, &self.first_bytes, &self.options.limits, begun)?;
                self.reader = Some(Reader::Table(Box::new(table)));
            }
            Kind::Warc => {
                stream.skip_to(begun.mark()).map_err(|error| unreadable(&error))?;
                self.reader = Some(Reader::Warc(Warc::open(stream, begun.mark() > Mark::default())));
            }
            Kind::Wacz => {
                let reason = "a packed archive can only be read from a file".to_owned();
                return Err(ProblemKind::BadArchive { reason });
            }
        }
        self.read_to = Position { file: self.read_to.file, ..begun };
        Ok(())
    }

    /// The bytes of a text or page, which must be text and within the limit.
    fn read_whole(&self, mut input: Stream<'_>) -> Result<Vec<u8>, ProblemKind> {
        let limit = self.options.limits.document_bytes;
        // One byte more than allowed is enough to know.
        let bytes = input.next_bytes(limit.saturating_add(1)).map_err(|error| unreadable(&error))?;
        if !charset::has_utf16_mark(&bytes) {
            self.first_bytes.check_text(&bytes)?;
        }
        if bytes.len() > limit {
            return Err(ProblemKind::TooLarge { limit });
        }
        Ok(bytes)
    }

    fn end_reader(&mut self) {
        self.passed_over += self.reader.take().as_ref().map_or(0, Reader::passed_over);
    }

    fn put_step(&mut self, step: Step) {
        let before = self.read_to;
        self.read_to = Position { start: step.mark.start, skip: step.mark.skip, line: step.lines, ..before };
        self.put_at(before, step.line, step.byte, step.found);
    }

    fn put(&mut self, found: Found) {
        self.put_at(self.read_to, None, None, found);
    }

    /// Puts what a reader found in the queue, the language noted and doubts added. All but the last stand at `before`.
    fn put_at(&mut self, before: Position, line: Option<u64>, byte: Option<u64>, found: Found) {
        let Found { document, raw, mut problems } = found;
        let file = self.part.as_ref().map_or_else(|| self.reading.clone(), |part| format!("{}/{}", self.reading, excerpt(part)));
        let record = document.map(|mut document| {
            problems.extend(note_language(&mut document));
            if !self.ids.insert(hash(&document.id)) {
                problems.push(ProblemKind::DuplicateId { id: excerpt(&document.id) });
            }
            let raw = raw.unwrap_or_default();
            let captured = raw.captured.or(self.options.captured);
            let known = RawRecord::new(&file, raw.bytes);
            Record { raw: RawRecord { captured, headers: raw.headers, url: raw.url, line, byte, ..known }, document }
        });
        let problems = problems.into_iter().map(|kind| Err(Problem { file: file.clone(), line, byte, kind }));
        self.ready.extend(problems.chain(record.map(Ok)).map(|item| (item, before)));
        if let Some((_, position)) = self.ready.back_mut() {
            *position = self.read_to;
        }
    }
}

impl Reader<'_> {
    fn passed_over(&self) -> u64 {
        match self {
            Self::Warc(warc) => warc.passed_over(),
            Self::Lines(_) | Self::Table(_) => 0,
        }
    }
}

/// Sets the language of `document`, where it can be told, and says so if it is not English.
pub(crate) fn note_language(document: &mut Document) -> Option<ProblemKind> {
    let language = language_of(&document.text);
    document.language = language.map(|language| language.code.to_owned());
    language.filter(|language| language.code != "en").map(|other| ProblemKind::NotEnglish { language: other.name })
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new(); // the same in every run, unlike a `HashSet`'s own
    id.hash(&mut hasher);
    hasher.finish()
}

/// A plain text: decoded, and otherwise left as it is. `declared` is the encoding that came with it.
pub(crate) fn read_text(bytes: &[u8], declared: Option<&'static encoding_rs::Encoding>, given: &crate::Given) -> Found {
    let (text, problems) = charset::decode(bytes, declared);
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
    Found { document: Some(document), raw: None, problems }
}
