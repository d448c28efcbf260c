//! Sorting more names than fit in memory: runs are sorted here, written to scratch files, and merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use super::Scratch;

/// Bytes of names that are sorted at a time.
const RUN: usize = 32 << 20;

/// A key and what it is a name of: a draft's number doubled, plus 1 for an alternate name.
pub(super) type Pair = (Vec<u8>, u64);

/// Names as they come.
pub(super) struct Spill<F> {
    letters: Vec<u8>,
    /// Start and length of the key in `letters`, and its posting.
    pairs: Vec<(u32, u16, u64)>,
    runs: Vec<F>,
}

impl<F> Default for Spill<F> {
    fn default() -> Self {
        Self { letters: Vec::new(), pairs: Vec::new(), runs: Vec::new() }
    }
}

impl<F: Read + Write + Seek> Spill<F> {
    /// Adds a name of a draft. An empty key, or one too long to be a name, is left out.
    pub(super) fn add(&mut self, key: &str, draft: u32, main: bool) {
        let Ok(length) = u16::try_from(key.len()) else { return };
        if length > 0 {
            self.pairs.push((self.letters.len() as u32, length, u64::from(draft) << 1 | u64::from(!main)));
            self.letters.extend_from_slice(key.as_bytes());
        }
    }

    /// Writes a run where enough has come together.
    pub(super) fn settle<S: Scratch<File = F>>(&mut self, scratch: &mut S) -> io::Result<()> {
        if self.letters.len() < RUN {
            return Ok(());
        }
        self.sort();
        let mut out = BufWriter::new(scratch.file()?);
        for (start, length, posting) in &self.pairs {
            out.write_all(&length.to_le_bytes())?;
            out.write_all(key_of(&self.letters, *start, *length))?;
            out.write_all(&posting.to_le_bytes())?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        self.runs.push(file);
        self.letters.clear();
        self.pairs.clear();
        Ok(())
    }

    fn sort(&mut self) {
        let letters = &self.letters;
        self.pairs.sort_unstable_by(|a, b| (key_of(letters, a.0, a.1), a.2).cmp(&(key_of(letters, b.0, b.1), b.2)));
    }

    /// All names in the order of their keys, then of their postings.
    pub(super) fn sorted<S: Scratch<File = F>>(mut self, _: &mut S) -> io::Result<Sorted<F>> {
        self.sort();
        let mut runs: Vec<Run<F>> = self.runs.into_iter().map(|file| Run::File(BufReader::with_capacity(1 << 18, file))).collect();
        runs.push(Run::Memory { letters: self.letters, pairs: self.pairs.into_iter() });
        let mut heap = BinaryHeap::new();
        for (n, run) in runs.iter_mut().enumerate() {
            if let Some(pair) = run.next()? {
                heap.push(Reverse((pair, n)));
            }
        }
        Ok(Sorted { runs, heap })
    }
}

fn key_of(letters: &[u8], start: u32, length: u16) -> &[u8] {
    let start = start as usize;
    letters.get(start..start + usize::from(length)).unwrap_or(&[])
}

enum Run<F> {
    File(BufReader<F>),
    Memory { letters: Vec<u8>, pairs: std::vec::IntoIter<(u32, u16, u64)> },
}

impl<F: Read> Run<F> {
    fn next(&mut self) -> io::Result<Option<Pair>> {
        match self {
            Self::Memory { letters, pairs } => Ok(pairs.next().map(|(start, length, posting)| (key_of(letters, start, length).to_vec(), posting))),
            Self::File(file) => {
                let mut length = [0; 2];
                match file.read_exact(&mut length) {
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                    done => done?,
                }
                let mut key = vec![0; usize::from(u16::from_le_bytes(length))];
                file.read_exact(&mut key)?;
                let mut posting = [0; 8];
                file.read_exact(&mut posting)?;
                Ok(Some((key, u64::from_le_bytes(posting))))
            }
        }
    }
}

/// Names in order.
pub(super) struct Sorted<F> {
    runs: Vec<Run<F>>,
    heap: BinaryHeap<Reverse<(Pair, usize)>>,
}

impl<F: Read> Sorted<F> {
    /// The next name, in order.
    pub(super) fn next(&mut self) -> io::Result<Option<Pair>> {
        let Some(Reverse((pair, n))) = self.heap.pop() else { return Ok(None) };
        if let Some(next) = self.runs.get_mut(n).map(Run::next).transpose()?.flatten() {
            self.heap.push(Reverse((next, n)));
        }
        Ok(Some(pair))
    }
}
