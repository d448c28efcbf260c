//! A buffered reader whose buffer can be looked at further without using it up, and which knows how far it is.

use std::io::{self, BufRead, ErrorKind, Read};

/// How much is read at once.
const PIECE_BYTES: usize = 64 * 1024;
/// How far back one can go at most. Few records of web archives are larger when compressed.
const KEPT_BYTES: usize = 4 * 1024 * 1024;

/// Bytes of `input`, some of them read ahead.
pub(crate) struct Window<R> {
    pub input: R,
    buffer: Vec<u8>,
    /// Where in `buffer` the unused bytes begin.
    at: usize,
    /// Where in `buffer` the place begins that one can go back to, as long as it is held.
    anchor: Option<usize>,
    /// Bytes used up since the input was opened, and those before it.
    offset: u64,
}

impl<R: Read> Window<R> {
    /// Reads `input`, whose first byte is byte `offset` of a file.
    pub(crate) fn new(input: R, offset: u64) -> Self {
        Self { input, buffer: Vec::new(), at: 0, anchor: None, offset }
    }

    /// The bytes read ahead.
    pub(crate) fn ahead(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// Byte of the file that comes next.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Keeps what comes from here on, so that one can go back.
    pub(crate) fn keep(&mut self) {
        self.anchor = Some(self.at);
    }

    /// Goes back to where [`Window::keep`] was called, if that is not too far.
    pub(crate) fn go_back(&mut self) {
        if let Some(anchor) = self.anchor {
            self.offset -= (self.at - anchor) as u64;
            self.at = anchor;
        }
    }

    /// Reads a piece more behind those read ahead; `false` at the end of the input.
    pub(crate) fn more(&mut self) -> io::Result<bool> {
        self.anchor = self.anchor.filter(|anchor| self.at - anchor <= KEPT_BYTES);
        let used = self.anchor.unwrap_or(self.at).min(self.buffer.len());
        self.buffer.drain(..used);
        self.at -= used;
        self.anchor = self.anchor.map(|_| 0);
        let kept = self.buffer.len();
        self.buffer.resize(kept + PIECE_BYTES, 0);
        let read = loop {
            match self.input.read(self.buffer.get_mut(kept..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(kept + *read.as_ref().unwrap_or(&0));
        Ok(read? > 0)
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut ahead = self.fill_buf()?;
        let count = ahead.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.ahead().is_empty() {
            self.more()?;
        }
        Ok(self.ahead())
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.ahead().len());
        self.at += count;
        self.offset += count as u64;
    }
}
