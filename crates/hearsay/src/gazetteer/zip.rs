//! One text out of a zip file, as it is unpacked: enough of the format for the dumps of `GeoNames`.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use flate2::bufread::DeflateDecoder;

/// Length of the record at a zip file's end, without its comment, and the longest comment.
const END: u64 = 22;
const LONGEST_COMMENT: u64 = 0xffff;
/// Length of an entry of the central directory, and of the head before its data, without the names in them.
const ENTRY: usize = 46;
const HEAD: usize = 30;

/// The text `name` in a zip file.
///
/// # Errors
/// A file that is no zip file, has no such text, or is of a kind that is not read: encrypted, larger than 4 GB, or packed
/// otherwise than `GeoNames`' files are.
pub fn text<R: BufRead + Seek>(mut file: R, name: &str) -> io::Result<impl Read + use<R>> {
    let (offset, count) = directory(&mut file)?;
    file.seek(SeekFrom::Start(offset))?;
    for _ in 0..count {
        let mut entry = [0; ENTRY];
        file.read_exact(&mut entry)?;
        if entry[0..4] != *b"PK\x01\x02" {
            return Err(broken("its directory is damaged"));
        }
        let mut own_name = vec![0; usize::from(u16_at(&entry, 28))];
        file.read_exact(&mut own_name)?;
        let rest = i64::from(u16_at(&entry, 30)) + i64::from(u16_at(&entry, 32));
        file.seek_relative(rest)?;
        if own_name == name.as_bytes() {
            return data(file, &entry, name);
        }
    }
    Err(broken(&format!("there is no {name} in it")))
}

/// The unpacked data of an entry.
fn data<R: BufRead + Seek>(mut file: R, entry: &[u8; ENTRY], name: &str) -> io::Result<impl Read + use<R>> {
    const DEFLATED: u16 = 8;
    const ENCRYPTED: u16 = 1;
    let (method, flags, packed, start) = (u16_at(entry, 10), u16_at(entry, 8), u32_at(entry, 20), u32_at(entry, 42));
    if method != DEFLATED || flags & ENCRYPTED != 0 || packed == u32::MAX || start == u32::MAX {
        return Err(broken(&format!("{name} is packed in a way that is not read here; unpack it and name the .txt file")));
    }
    file.seek(SeekFrom::Start(u64::from(start)))?;
    let mut head = [0; HEAD];
    file.read_exact(&mut head)?;
    file.seek_relative(i64::from(u16_at(&head, 26)) + i64::from(u16_at(&head, 28)))?;
    Ok(DeflateDecoder::new(file.take(u64::from(packed))))
}

/// Where the central directory begins, and how many entries it has.
fn directory<R: BufRead + Seek>(file: &mut R) -> io::Result<(u64, u16)> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(END + LONGEST_COMMENT)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06").ok_or_else(|| broken("it is no zip file"))?;
    let end = tail.get(at..at + END as usize).ok_or_else(|| broken("it is cut off"))?;
    Ok((u64::from(u32_at(end, 16)), u16_at(end, 10)))
}

fn broken(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from(b[0]) | u16::from(b[1]) << 8) // two bytes
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Cursor, Write as _};

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    /// A zip file with two texts.
    fn zipped(texts: &[(&str, &str)]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for (name, text) in texts {
            let start = out.len() as u32;
            let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
            packer.write_all(text.as_bytes()).unwrap();
            let packed = packer.finish().unwrap();
            let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
            common.extend(0u32.to_le_bytes());
            common.extend((packed.len() as u32).to_le_bytes());
            common.extend((text.len() as u32).to_le_bytes());
            common.extend((name.len() as u16).to_le_bytes());
            common.extend([0, 0]);
            out.extend(b"PK\x03\x04");
            out.extend(&common);
            out.extend(name.as_bytes());
            out.extend(packed);
            directory.extend(b"PK\x01\x02\x14\x00");
            directory.extend(&common);
            directory.extend([0; 10]);
            directory.extend(start.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let start = out.len() as u32;
        out.extend(&directory);
        out.extend(b"PK\x05\x06\x00\x00\x00\x00");
        out.extend([texts.len() as u8, 0, texts.len() as u8, 0]);
        out.extend((directory.len() as u32).to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    fn read(bytes: &[u8], name: &str) -> io::Result<String> {
        let mut out = String::new();
        text(Cursor::new(bytes), name)?.read_to_string(&mut out)?;
        Ok(out)
    }

    #[test]
    fn a_text_is_found_by_its_name() {
        let zip = zipped(&[("readme.txt", "no"), ("SY.txt", "a\tb\nc\td\n")]);
        assert_eq!(read(&zip, "SY.txt").unwrap(), "a\tb\nc\td\n");
        assert_eq!(read(&zip, "IQ.txt").unwrap_err().to_string(), "there is no IQ.txt in it");
        assert_eq!(read(b"not a zip", "x").unwrap_err().to_string(), "it is no zip file");
    }

    #[test]
    fn damage_is_an_error_and_no_panic() {
        let zip = zipped(&[("SY.txt", "some text to pack")]);
        for n in 0..zip.len() {
            let mut damaged = zip.clone();
            damaged[n] ^= 0xff;
            let _ = read(&damaged, "SY.txt");
            let _ = read(&zip[..n], "SY.txt");
        }
    }
}
