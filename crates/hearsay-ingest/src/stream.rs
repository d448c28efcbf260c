//! The bytes of an input with its compression (gzip, Zstandard) undone, read piece by piece, at a place that can be
//! written down and found again.

use std::io::{self, BufRead, ErrorKind, Read};

use flate2::bufread::GzDecoder;

use crate::window::Window;

/// First bytes of a member of a gzip file that is compressed by "deflate", the only way there is.
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
/// First bytes of a Zstandard frame.
const ZSTANDARD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Bits of the flags behind [`GZIP`] that no writer sets.
const RESERVED_FLAGS: u8 = 0xe0;
/// An archive with more damaged members than this may lose whole ones beside them; it bounds the time that a file made to
/// hurt can take.
const MOST_RETURNS: u32 = 200;
/// How much of an input of unknown kind is read before its kind is told.
const START_BYTES: usize = 4096;
/// Enough bytes after leading blanks to tell the kind.
const TELLING_BYTES: usize = 32;

/// Any input.
pub(crate) type Bytes<'a> = Box<dyn Read + Send + 'a>;

/// A place in a stream. Later places are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    /// Byte of the file where reading can begin: the place itself, or in a gzip file the start of a member.
    pub start: u64,
    /// Bytes to pass over from there, after decompression.
    pub skip: u64,
}

/// One line of a stream, without its line feed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

/// See the module.
pub(crate) struct Stream<'a> {
    window: Window<Codec<'a>>,
    mark: Mark,
}

enum Codec<'a> {
    Plain(Window<Bytes<'a>>),
    Gzip(Gunzip<'a>),
    Zstandard(Box<zstd::stream::read::Decoder<'static, Window<Bytes<'a>>>>),
}

/// A gzip file: members one behind the other. `None` behind the last.
struct Gunzip<'a> {
    member: Option<GzDecoder<Window<Bytes<'a>>>>,
    /// How often one can still go back after an error.
    returns: u32,
}

impl<'a> Stream<'a> {
    /// Opens `input`, whose first byte is byte `start` of a file; its first bytes tell whether it is compressed.
    pub(crate) fn open(input: Bytes<'a>, start: u64) -> io::Result<Self> {
        let mut window = Window::new(input, start);
        while window.ahead().len() < ZSTANDARD.len() && window.more()? {}
        let codec = if window.ahead().starts_with(GZIP) {
            window.keep();
            Codec::Gzip(Gunzip { member: Some(GzDecoder::new(window)), returns: MOST_RETURNS })
        } else if window.ahead().starts_with(ZSTANDARD) {
            Codec::Zstandard(Box::new(zstd::stream::read::Decoder::with_buffer(window)?))
        } else {
            Codec::Plain(window)
        };
        Ok(Self { window: Window::new(codec, 0), mark: Mark { start, skip: 0 } })
    }

    /// The place of the byte that comes next.
    pub(crate) fn mark(&self) -> Mark {
        self.mark
    }

    /// Goes on to `mark`, which lies ahead in the same file, or to the end.
    pub(crate) fn skip_to(&mut self, mark: Mark) -> io::Result<()> {
        while self.mark < mark {
            let ahead = self.fill_buf()?.len() as u64;
            if ahead == 0 {
                return Ok(());
            }
            let wanted = match (&self.window.input, self.mark.start == mark.start) {
                (Codec::Plain(_), _) => mark.start.saturating_sub(self.mark.start),
                (_, true) => mark.skip.saturating_sub(self.mark.skip),
                (_, false) => ahead,
            };
            self.consume(usize::try_from(wanted.min(ahead)).unwrap_or(usize::MAX));
        }
        Ok(())
    }

    /// Passes over `count` bytes; `false` if the stream ends before.
    pub(crate) fn skip(&mut self, mut count: u64) -> io::Result<bool> {
        while count > 0 {
            let ahead = self.fill_buf()?.len() as u64;
            if ahead == 0 {
                return Ok(false);
            }
            let part = count.min(ahead);
            self.consume(usize::try_from(part).unwrap_or(usize::MAX));
            count -= part;
        }
        Ok(true)
    }

    /// The next `count` bytes, or fewer if the stream ends before.
    pub(crate) fn next_bytes(&mut self, count: usize) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        while out.len() < count {
            let ahead = self.fill_buf()?;
            let part = ahead.get(..count - out.len()).unwrap_or(ahead);
            let used = part.len();
            if used == 0 {
                break;
            }
            out.extend_from_slice(part);
            self.consume(used);
        }
        Ok(out)
    }

    /// Passes over line breaks, and where they end with a member of a gzip file, over its end, so that a wrong checksum
    /// comes to light. That the member is cut off behind them is no fault of what was read.
    pub(crate) fn end_record(&mut self) -> io::Result<()> {
        loop {
            if self.window.ahead().is_empty() {
                match self.window.more() {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
                    Err(error) => return Err(error),
                }
            }
            match self.window.ahead().iter().take_while(|byte| b"\r\n".contains(byte)).count() {
                0 => return Ok(()),
                breaks => self.consume(breaks),
            }
        }
    }

    /// Enough of what comes next to tell its kind: leading blanks and some more, but not so much that a slow pipe is
    /// waited for. It is not used up.
    pub(crate) fn peek(&mut self) -> io::Result<&[u8]> {
        self.fill_buf()?;
        loop {
            let ahead = self.window.ahead();
            if ahead.len() >= START_BYTES || ahead.trim_ascii_start().len() >= TELLING_BYTES || !self.window.more()? {
                return Ok(self.window.ahead());
            }
        }
    }

    /// The next line. One of more than `limit` bytes is passed over without being held.
    pub(crate) fn line(&mut self, limit: usize) -> io::Result<Line> {
        let mut line = Vec::new();
        let mut too_long = false;
        loop {
            let ahead = self.fill_buf()?;
            if ahead.is_empty() {
                return Ok(match (too_long, line.is_empty()) {
                    (true, _) => Line::TooLong,
                    (false, true) => Line::End,
                    (false, false) => Line::Whole(line),
                });
            }
            let line_end = memchr::memchr(b'\n', ahead);
            let part = ahead.get(..line_end.unwrap_or(ahead.len())).unwrap_or_default();
            let used = part.len() + usize::from(line_end.is_some());
            if too_long || line.len() + part.len() > limit {
                too_long = true;
                line = Vec::new(); // gives the memory back
            } else {
                line.extend_from_slice(part);
            }
            self.consume(used);
            if line_end.is_some() {
                return Ok(if too_long { Line::TooLong } else { Line::Whole(line) });
            }
        }
    }

    /// After an error: goes on to the next member of a gzip file. `false` where there is none, or no members at all.
    pub(crate) fn recover(&mut self) -> io::Result<bool> {
        let Codec::Gzip(gunzip) = &mut self.window.input else { return Ok(false) };
        let Some(start) = gunzip.next_damaged()? else { return Ok(false) };
        let ahead = self.window.ahead().len();
        self.window.consume(ahead);
        self.mark = Mark { start, skip: 0 };
        Ok(true)
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut ahead = self.fill_buf()?;
        let count = ahead.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Stream<'_> {
    /// Never mixes two members, so that every byte has its mark.
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.window.ahead().is_empty() && !self.window.more()? {
            match &mut self.window.input {
                Codec::Gzip(gunzip) => match gunzip.next()? {
                    Some(start) => self.mark = Mark { start, skip: 0 },
                    None => break,
                },
                Codec::Plain(_) | Codec::Zstandard(_) => break,
            }
        }
        Ok(self.window.ahead())
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.window.ahead().len());
        self.window.consume(count);
        match self.window.input {
            Codec::Plain(_) => self.mark.start += count as u64,
            Codec::Gzip(_) | Codec::Zstandard(_) => self.mark.skip += count as u64,
        }
    }
}

impl Read for Codec<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(input) => input.read(out),
            Self::Gzip(Gunzip { member, .. }) => member.as_mut().map_or(Ok(0), |member| member.read(out)).map_err(|error| damaged(&error)),
            Self::Zstandard(decoder) => decoder.read(out).map_err(|error| damaged(&error)),
        }
    }
}

/// Zeros behind the last member are padding, as tapes have it.
fn skip_padding<R: Read>(window: &mut Window<R>) -> io::Result<()> {
    loop {
        let ahead = window.fill_buf()?;
        let zeros = ahead.iter().take_while(|byte| **byte == 0).count();
        if zeros == 0 {
            return Ok(());
        }
        window.consume(zeros);
    }
}

impl Gunzip<'_> {
    /// Begins the next member, after the end of one; its first byte in the file, or `None` at the end of the file.
    fn next(&mut self) -> io::Result<Option<u64>> {
        let Some(member) = self.member.take() else { return Ok(None) };
        let mut window = member.into_inner();
        let padded = skip_padding(&mut window);
        let at_end = padded.is_ok() && window.ahead().is_empty();
        let start = window.offset();
        if !at_end {
            window.keep();
            self.member = Some(GzDecoder::new(window));
        }
        padded.map(|()| (!at_end).then_some(start))
    }

    /// Begins the next member that can be found after an error.
    fn next_damaged(&mut self) -> io::Result<Option<u64>> {
        let Some(member) = self.member.take() else { return Ok(None) };
        let mut window = member.into_inner();
        // The decoder may have run on into the members behind.
        if self.returns > 0 {
            self.returns -= 1;
            window.go_back();
            window.consume(1);
        }
        loop {
            let found = memchr::memmem::find(window.ahead(), GZIP);
            let flags = found.and_then(|at| window.ahead().get(at + GZIP.len()).copied());
            match (found, flags) {
                (Some(at), Some(flags)) if flags & RESERVED_FLAGS == 0 => {
                    window.consume(at);
                    let start = window.offset();
                    window.keep();
                    self.member = Some(GzDecoder::new(window));
                    return Ok(Some(start));
                }
                (Some(at), Some(_)) => window.consume(at + 1),
                // The last bytes may be the first of a member.
                (Some(at), None) => window.consume(at),
                (None, _) => window.consume(window.ahead().len().saturating_sub(GZIP.len())),
            }
            if flags.is_none() && !window.more()? {
                return Ok(None);
            }
        }
    }
}

/// An error of a decoder in plain words.
fn damaged(error: &io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::UnexpectedEof => io::Error::new(ErrorKind::UnexpectedEof, "the compressed data are cut off"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::Other => {
            io::Error::new(ErrorKind::InvalidData, "the compressed data are damaged")
        }
        kind => io::Error::new(kind, error.to_string()),
    }
}

/// The first bytes of `input`, up to `count`.
pub(crate) fn first_bytes(input: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    input.take(count as u64).read_to_end(&mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn open(bytes: &[u8], start: u64) -> Stream<'_> {
        Stream::open(Box::new(bytes), start).unwrap()
    }

    fn lines(stream: &mut Stream<'_>) -> Vec<(Mark, String)> {
        let mut out = Vec::new();
        while let Line::Whole(line) = stream.line(1000).unwrap() {
            out.push((stream.mark(), String::from_utf8(line).unwrap()));
        }
        out
    }

    #[test]
    fn compression_is_undone_and_places_are_found_again() {
        let members = [gzip(b"one\ntwo\n"), gzip(b"three\nfo"), gzip(b"ur\n"), vec![0; 600]];
        let zstandard = zstd::encode_all(&b"one\ntwo\nthree\nfour\n"[..], 3).unwrap();
        for bytes in [b"one\ntwo\nthree\nfour\n".to_vec(), members.concat(), zstandard] {
            let all = lines(&mut open(&bytes, 0));
            assert_eq!(all.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>(), ["one", "two", "three", "four"]);
            for (index, (mark, _)) in all.iter().enumerate() {
                let mut again = open(&bytes[usize::try_from(mark.start).unwrap()..], mark.start);
                again.skip_to(*mark).unwrap();
                assert_eq!(lines(&mut again), all[index + 1..]);
                let mut from_the_start = open(&bytes, 0);
                from_the_start.skip_to(*mark).unwrap();
                assert_eq!(lines(&mut from_the_start), all[index + 1..]);
            }
        }
    }

    #[test]
    fn a_damaged_member_costs_itself() {
        let (one, mut two, three) = (gzip(b"one\n"), gzip(&b"two, which is longer\n".repeat(200)), gzip(b"three\n"));
        let middle = two.len() / 2;
        two[middle..].fill(0xff);
        let bytes = [one, two, three].concat();
        let mut stream = open(&bytes, 0);
        assert_eq!(stream.line(1000).unwrap(), Line::Whole(b"one".to_vec()));
        let error = loop {
            if let Err(error) = stream.line(1000) {
                break error;
            }
        };
        assert!(error.to_string().starts_with("the compressed data are"));
        assert!(stream.recover().unwrap());
        assert_eq!(stream.line(1000).unwrap(), Line::Whole(b"three".to_vec()));
        assert_eq!(stream.line(1000).unwrap(), Line::End);
    }

    #[test]
    fn a_cut_is_told() {
        let bytes = gzip(&b"line\n".repeat(100));
        let mut stream = open(&bytes[..bytes.len() - 9], 0);
        let mut out = Vec::new();
        assert_eq!(stream.read_to_end(&mut out).unwrap_err().to_string(), "the compressed data are cut off");
        assert!(!stream.recover().unwrap());
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..200), magic in 0..3_usize) {
            let bytes = [[GZIP, ZSTANDARD, b""][magic], &bytes].concat();
            let mut stream = open(&bytes, 0);
            for _ in 0..1000 {
                match stream.line(50) {
                    Ok(Line::End) => return Ok(()),
                    Ok(_) => {}
                    Err(_) if stream.recover().unwrap_or(false) => {}
                    Err(_) => return Ok(()),
                }
            }
            prop_assert!(false, "it does not end");
        }
    }
}
