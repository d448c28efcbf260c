//! Writing the file: the sections one after another, the head last.

use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use fst::MapBuilder;

use super::BuildError;
use super::gather::{Draft, Gathered};
use super::spill::Sorted;
use crate::Kind;
use crate::file::{BLOCK, DEGREE, HEAD, MAGIC, NONE, SECTIONS, VERSION, i24_bytes, packed};

/// Writes everything; gives the numbers of places and of keys.
pub(super) fn write<F: Read + Write + Seek>(
    gathered: &Gathered,
    names: Sorted<F>,
    postings: F,
    out: &mut (impl Write + Seek),
) -> Result<(usize, usize), BuildError> {
    let io = |error| BuildError::Io { file: "the gazetteer".to_owned(), error };
    let order = by_importance(&gathered.places);
    let mut numbers = vec![0; order.len()];
    for (number, draft) in order.iter().enumerate() {
        numbers[*draft as usize] = number as u32; // `order` is a permutation
    }
    out.write_all(&[0; HEAD]).map_err(io)?;
    let mut sections = Vec::new();
    let mut start = HEAD as u64;
    let mut end_section = |out: &mut dyn SeekWrite| -> io::Result<()> {
        let end = out.stream_position()?;
        sections.push((start, end - start));
        start = end;
        Ok(())
    };

    let mut postings = BufWriter::new(postings);
    let keys = write_names(names, &numbers, &mut postings, BufWriter::new(&mut *out))?;
    end_section(out).map_err(io)?;
    let mut postings = postings.into_inner().map_err(|error| io(error.into_error()))?;
    postings.seek(SeekFrom::Start(0)).map_err(io)?;
    io::copy(&mut BufReader::new(postings), out).map_err(io)?;
    end_section(out).map_err(io)?;

    let mut buffered = BufWriter::new(&mut *out);
    for draft in order.iter().filter_map(|n| gathered.places.get(*n as usize)) {
        buffered.write_all(&record(draft)).map_err(io)?;
    }
    buffered.flush().map_err(io)?;
    drop(buffered);
    end_section(out).map_err(io)?;
    let mut text = BufWriter::new(&mut *out);
    let (blocks, mut end) = names_in_order(gathered, &order, &mut text).map_err(io)?;
    let divisions = divisions(gathered, &numbers, &mut end, &mut text).map_err(io)?;
    text.flush().map_err(io)?;
    drop(text);
    end_section(out).map_err(io)?;
    for table in [blocks, countries(gathered, &numbers), divisions, borders(gathered)] {
        out.write_all(&table).map_err(io)?;
        end_section(out).map_err(io)?;
    }
    out.seek(SeekFrom::Start(0)).map_err(io)?;
    out.write_all(&head(&sections)).map_err(io)?;
    out.flush().map_err(io)?;
    Ok((gathered.places.len(), keys))
}

/// A place to write to whose position is known.
trait SeekWrite: Write + Seek {}
impl<T: Write + Seek> SeekWrite for T {}

fn head(sections: &[(u64, u64)]) -> Vec<u8> {
    debug_assert_eq!(sections.len(), SECTIONS);
    let mut head = MAGIC.to_vec();
    head.extend(VERSION.to_le_bytes());
    head.extend([0; 4]);
    for (offset, length) in sections {
        head.extend(offset.to_le_bytes());
        head.extend(length.to_le_bytes());
    }
    head
}

/// The drafts, the most important first.
fn by_importance(places: &[Draft]) -> Vec<u32> {
    // What a country, continent or sea counts for beside the towns of its name.
    let importance = |place: &Draft| match place.kind {
        Kind::Country | Kind::Continent => 1e10 + f64::from(place.population),
        Kind::Admin1 => 1e6 + f64::from(place.population),
        _ if place.id == 0 => 1e6,
        _ => f64::from(place.population),
    };
    let mut order: Vec<u32> = (0..places.len() as u32).collect();
    order.sort_by(|a, b| {
        let (x, y) = (&places[*a as usize], &places[*b as usize]); // `order` holds indices of `places`
        importance(y).total_cmp(&importance(x)).then(x.id.cmp(&y.id)).then(a.cmp(b))
    });
    order
}

fn write_names<F: Read, W: Write>(mut names: Sorted<F>, numbers: &[u32], postings: &mut impl Write, out: W) -> Result<usize, BuildError> {
    let io = |error| BuildError::Io { file: "a file for sorting".to_owned(), error };
    let mut map = MapBuilder::new(out)?;
    let (mut keys, mut offset) = (0, 0u64);
    let mut next = names.next().map_err(io)?;
    while let Some((key, first)) = next {
        let mut drafts = vec![first];
        loop {
            next = names.next().map_err(io)?;
            match &next {
                Some((other, posting)) if *other == key => {
                    // A main name sorts before an alternate one of the same place, and stands for both.
                    if drafts.last().is_some_and(|last| last >> 1 != posting >> 1) {
                        drafts.push(*posting);
                    }
                }
                _ => break,
            }
        }
        let mut list: Vec<u64> =
            drafts.iter().filter_map(|posting| Some(u64::from(*numbers.get((posting >> 1) as usize)?) << 1 | (posting & 1))).collect();
        list.sort_unstable();
        let value = match list.as_slice() {
            [] => continue,
            [one] => one << 1,
            _ => {
                let bytes: Vec<u8> = std::iter::once(list.len() as u64).chain(list.iter().copied()).flat_map(varint).collect();
                postings.write_all(&bytes).map_err(io)?;
                offset += bytes.len() as u64;
                (offset - bytes.len() as u64) << 1 | 1
            }
        };
        map.insert(&key, value)?;
        keys += 1;
    }
    map.finish()?;
    Ok(keys)
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

fn record(place: &Draft) -> Vec<u8> {
    let mut out = place.id.to_le_bytes().to_vec();
    out.extend(i24_bytes(place.latitude));
    out.extend(i24_bytes(place.longitude));
    let size = if place.kind.has_population() { packed(f64::from(place.population)) } else { place.extent };
    out.extend([size, place.kind as u8, place.country]);
    out.extend(place.division.to_le_bytes());
    out
}

/// Writes the names of the records in their order. Gives the table of blocks and the length of what was written.
fn names_in_order(gathered: &Gathered, order: &[u32], out: &mut impl Write) -> io::Result<(Vec<u8>, u32)> {
    let (mut blocks, mut end) = (Vec::new(), 0u32);
    for (n, draft) in order.iter().filter_map(|n| gathered.places.get(*n as usize)).enumerate() {
        if n % BLOCK == 0 {
            blocks.extend(end.to_le_bytes());
        }
        let name = gathered.name(draft.name);
        out.write_all(name)?;
        end += name.len() as u32;
    }
    Ok((blocks, end))
}

fn number_of(draft: Option<u32>, numbers: &[u32]) -> u32 {
    draft.and_then(|draft| numbers.get(draft as usize).copied()).unwrap_or(NONE)
}

fn countries(gathered: &Gathered, numbers: &[u32]) -> Vec<u8> {
    let letters = |code: &str, length: usize| code.bytes().chain(std::iter::repeat(0)).take(length).collect::<Vec<u8>>();
    let mut out = Vec::new();
    for country in &gathered.countries {
        out.extend(letters(&country.iso2, 2));
        out.extend(letters(&country.iso3, 4));
        out.extend(number_of(country.draft, numbers).to_le_bytes());
    }
    out
}

/// The table of divisions; their names are written after those of the records, whose length is `end`.
fn divisions(gathered: &Gathered, numbers: &[u32], end: &mut u32, text: &mut impl Write) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for division in (0..gathered.numbered.len()).filter_map(|n| gathered.division(n)) {
        let name = if division.name.len() > usize::from(u8::MAX) { "" } else { division.name.as_str() };
        out.extend(end.to_le_bytes());
        out.extend(number_of(division.draft, numbers).to_le_bytes());
        text.write_all(&[name.len() as u8])?;
        text.write_all(name.as_bytes())?;
        *end += 1 + name.len() as u32;
    }
    Ok(out)
}

fn borders(gathered: &Gathered) -> Vec<u8> {
    let mut out = Vec::new();
    for (a, b, middle, extent_km) in gathered.cells.borders() {
        out.extend([a, b]);
        for degrees in [middle.latitude, middle.longitude] {
            out.extend(i24_bytes((degrees * DEGREE).round() as i32));
        }
        out.push(packed(extent_km));
    }
    out
}
