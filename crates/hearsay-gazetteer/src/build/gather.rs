//! What the rows of all files come to: places, countries and divisions, and the names that lead to them.

use std::collections::HashMap;
use std::io::{Read, Seek, Write};

use super::BuildOptions;
use super::middle::Cells;
use super::rows::{self, Form, PlaceRow, fields, number, usable};
use super::spill::Spill;
use crate::file::{DEGREE, LOOSE, NO_COUNTRY, NO_DIVISION, packed};
use crate::{Coordinates, Kind, key, loose_key};

/// Pseudo-languages of `GeoNames`' alternate names that are no names.
const NO_LANGUAGES: &[&str] = &["link", "post", "iata", "icao", "faac", "wkdt", "unlc", "tcid", "phon"];

/// Most names whose text is kept once however often it occurs; beyond, memory counts for more than the file's size.
const MOST_SHARED: usize = 400_000;

/// A place as it will be written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) id: u32,
    /// Degrees north, in parts of a degree as the file has them: a dump has twelve million drafts, so they are kept small.
    pub(super) latitude: i32,
    /// Degrees east, likewise.
    pub(super) longitude: i32,
    pub(super) population: f32,
    pub(super) kind: Kind,
    pub(super) country: u8,
    pub(super) division: u16,
    /// Offset of its name in the text.
    pub(super) name: u32,
    /// How far it reaches in kilometres, packed.
    pub(super) extent: u8,
}

/// A country as the files tell of it.
#[derive(Default)]
pub(super) struct Country {
    pub(super) iso2: String,
    pub(super) iso3: String,
    pub(super) draft: Option<u32>,
    name: String,
    id: u32,
    capital: String,
    capital_draft: Option<u32>,
    population: f32,
    transliterated: bool,
    point: Option<Coordinates>,
    aliases: Vec<String>,
}

/// A first- or second-order division.
#[derive(Default)]
pub(super) struct Division {
    first_order: bool,
    /// Its number in the file, of first-order divisions.
    number: u16,
    pub(super) draft: Option<u32>,
    country: u8,
    parent: u16,
    pub(super) name: String,
    ascii: String,
    id: u32,
    population: f64,
    point: Option<Coordinates>,
    aliases: Vec<String>,
}

/// Everything that was read.
pub(super) struct Gathered {
    options: BuildOptions,
    pub(super) places: Vec<Draft>,
    /// Names: a length byte and the letters of each.
    text: Vec<u8>,
    shared: HashMap<String, u32>,
    pub(super) countries: Vec<Country>,
    countries_by_iso2: HashMap<String, u8>,
    divisions: Vec<Division>,
    divisions_by_code: HashMap<String, u32>,
    divisions_by_id: HashMap<u32, u32>,
    /// First-order divisions by their number.
    pub(super) numbered: Vec<u32>,
    pub(super) cells: Cells,
    drafts_by_id: Vec<(u32, u32)>,
}

impl Gathered {
    pub(super) fn new(options: BuildOptions) -> Self {
        Self {
            options,
            places: Vec::new(),
            text: Vec::new(),
            shared: HashMap::new(),
            countries: Vec::new(),
            countries_by_iso2: HashMap::new(),
            divisions: Vec::new(),
            divisions_by_code: HashMap::new(),
            divisions_by_id: HashMap::new(),
            numbered: Vec::new(),
            cells: Cells::default(),
            drafts_by_id: Vec::new(),
        }
    }

    /// The name at an offset, with its length byte.
    pub(super) fn name(&self, offset: u32) -> &[u8] {
        let rest = self.text.get(offset as usize..).unwrap_or(&[]);
        rest.get(..1 + usize::from(rest.first().copied().unwrap_or(0))).unwrap_or(&[])
    }

    /// A first-order division by its number.
    pub(super) fn division(&self, number: usize) -> Option<&Division> {
        self.divisions.get(*self.numbered.get(number)? as usize)
    }

    /// Takes one row of a file.
    pub(super) fn row<F: Read + Write + Seek>(&mut self, form: Form, line: &str, names: &mut Spill<F>) -> Result<(), String> {
        match form {
            Form::CountryInfo => self.country_info(line),
            Form::Countries => self.own_country(line),
            Form::Admin1Codes => self.division_code(line, true),
            Form::Admin2Codes => self.division_code(line, false),
            Form::Divisions => self.own_division(line),
            Form::Places => self.place(&rows::place(line)?, names),
            Form::AlternateNames => self.alternate_name(line, names),
            Form::Regions => self.region(line, names),
        }
    }

    fn country_info(&mut self, line: &str) -> Result<(), String> {
        let fields = fields(line, 19)?;
        let field = |n: usize| fields.get(n).copied().unwrap_or("");
        let (id, population) = (if field(16).is_empty() { 0 } else { number(field(16), "GeoNames id")? }, number::<f32>(field(7), "population")?);
        let languages: Vec<&str> = field(15).split(',').map(|language| language.split('-').next().unwrap_or(language)).collect();
        let transliterated = self.options.transliterated.iter().any(|known| languages.contains(&known.as_str()));
        let country = self.country(field(0)).ok_or_else(|| format!("“{}” is no code of a country", field(0)))?;
        if let Some(country) = self.countries.get_mut(usize::from(country)) {
            field(1).clone_into(&mut country.iso3);
            field(4).clone_into(&mut country.name);
            country.capital = key(field(5));
            (country.id, country.population, country.transliterated) = (id, population, transliterated);
        }
        Ok(())
    }

    fn own_country(&mut self, line: &str) -> Result<(), String> {
        let fields = fields(line, 3)?;
        let point = rows::coordinates(fields[1], fields[2])?; // at least three fields
        let known = self.countries_by_iso2.get(fields[0]).copied();
        let country = known.and_then(|n| self.countries.get_mut(usize::from(n))).ok_or_else(|| format!("there is no country “{}”", fields[0]))?;
        country.point = Some(point);
        country.aliases.extend(aliases(&fields, 3));
        if let Some(code) = fields.get(4).filter(|code| !code.is_empty()) {
            (*code).clone_into(&mut country.iso3);
        }
        Ok(())
    }

    fn division_code(&mut self, line: &str, first_order: bool) -> Result<(), String> {
        let fields = fields(line, 4)?;
        let id = number(fields[3], "GeoNames id")?; // at least four fields
        let parts: Vec<&str> = fields[0].split('.').collect();
        let index = match (first_order, parts.as_slice()) {
            (true, [country, code]) => self.first_order(country, code),
            (false, [country, first, second]) => self.second_order(country, first, second),
            _ => None,
        };
        let index = index.ok_or_else(|| format!("“{}” is no code of a division", fields[0]))?;
        if let Some(division) = self.divisions.get_mut(index as usize) {
            (division.name, division.ascii, division.id) = (fields[1].to_owned(), fields[2].to_owned(), id);
            if id != 0 {
                self.divisions_by_id.insert(id, index);
            }
        }
        Ok(())
    }

    fn own_division(&mut self, line: &str) -> Result<(), String> {
        let fields = fields(line, 4)?;
        let point = if fields[1].is_empty() { None } else { Some(rows::coordinates(fields[1], fields[2])?) }; // four fields
        let known = self.divisions_by_code.get(fields[0]).copied();
        let division = known.and_then(|n| self.divisions.get_mut(n as usize)).ok_or_else(|| format!("there is no division “{}”", fields[0]))?;
        division.point = point.or(division.point);
        division.aliases.extend(aliases(&fields, 3));
        Ok(())
    }

    fn place<F: Read + Write + Seek>(&mut self, row: &PlaceRow<'_>, names: &mut Spill<F>) -> Result<(), String> {
        let Some(kind) = row.kind else { return Ok(()) };
        let country = self.country(row.country);
        let coded = |code: &str| !code.is_empty() && code != "00";
        let first = if coded(row.admin1) { self.first_order(row.country, row.admin1) } else { None };
        let second = if coded(row.admin2) { self.second_order(row.country, row.admin1, row.admin2) } else { None };
        let number = first.and_then(|n| self.divisions.get(n as usize)).map_or(NO_DIVISION, |division| division.number);
        let by_id = self.divisions_by_id.get(&row.id).copied();
        let own = by_id.or(match kind {
            Kind::Admin1 => first,
            Kind::Admin2 => second,
            _ => None,
        });
        let own_name = own.and_then(|n| self.divisions.get(n as usize)).map(|division| division.name.clone()).filter(|name| !name.is_empty());
        let draft = self.add(row.id, row.coordinates, kind, country, number, own_name.as_deref().unwrap_or(row.name))?;
        self.set(draft, row.population as f32, 0.0);
        for division in [first, second].into_iter().flatten().filter(|_| kind.is_settlement()) {
            self.cells.in_division(division, row.coordinates);
            if let Some(division) = self.divisions.get_mut(division as usize) {
                division.population += row.population as f64;
            }
        }
        if let Some(division) = own.and_then(|n| self.divisions.get_mut(n as usize)).filter(|division| division.draft.is_none()) {
            division.draft = Some(draft);
            if division.name.is_empty() {
                row.name.clone_into(&mut division.name);
            }
        }
        if let Some(country) = country.filter(|_| kind.is_settlement()) {
            self.cells.in_country(country, row.coordinates);
            self.consider_capital(country, draft, row);
        }
        if let Some(country) = country.and_then(|n| self.countries.get_mut(usize::from(n))).filter(|country| country.id == row.id && row.id != 0) {
            country.draft = Some(draft);
        }
        let own_name = own_name.into_iter();
        self.name_it(names, draft, &own_name.chain([row.name.to_owned(), row.ascii.to_owned()]).collect::<Vec<_>>(), true);
        let alternate: Vec<String> =
            row.alternate.split(',').map(str::trim).filter(|name| usable(name, &self.options.particles)).map(str::to_owned).collect();
        self.name_it(names, draft, &alternate, false);
        Ok(())
    }

    /// The largest place with the name of the country's capital is it, where no place is marked as capital.
    fn consider_capital(&mut self, country: u8, draft: u32, row: &PlaceRow<'_>) {
        let population = |draft: u32| self.places.get(draft as usize).map_or((false, 0.0), |p| (p.kind == Kind::Capital, p.population));
        let Some(known) = self.countries.get(usize::from(country)) else { return };
        let named = !known.capital.is_empty() && (key(row.name) == known.capital || row.alternate.split(',').any(|name| key(name) == known.capital));
        let better = (named || row.kind == Some(Kind::Capital)) && known.capital_draft.is_none_or(|other| population(other) < population(draft));
        if let Some(known) = self.countries.get_mut(usize::from(country)).filter(|_| better) {
            known.capital_draft = Some(draft);
        }
    }

    fn alternate_name<F: Read + Write + Seek>(&mut self, line: &str, names: &mut Spill<F>) -> Result<(), String> {
        let fields = fields(line, 4)?;
        let (id, language, name) = (number::<u32>(fields[1], "GeoNames id")?, fields[2], fields[3]); // at least four fields
        if self.drafts_by_id.len() != self.places.len() {
            self.drafts_by_id = self.places.iter().enumerate().map(|(n, place)| (place.id, n as u32)).collect();
            self.drafts_by_id.sort_unstable();
        }
        let at = self.drafts_by_id.partition_point(|(other, _)| *other < id);
        let draft = self.drafts_by_id.get(at).filter(|(other, _)| *other == id).map(|(_, draft)| *draft);
        if let Some(draft) = draft.filter(|_| !NO_LANGUAGES.contains(&language) && usable(name, &self.options.particles)) {
            let preferred = language == "en" && fields.get(4) == Some(&"1");
            self.name_it(names, draft, &[name.to_owned()], preferred);
        }
        Ok(())
    }

    fn region<F: Read + Write + Seek>(&mut self, line: &str, names: &mut Spill<F>) -> Result<(), String> {
        let fields = fields(line, 8)?; // so the indices below exist
        let point = rows::coordinates(fields[2], fields[3])?;
        let kind = Kind::from_word(fields[4]).ok_or_else(|| format!("“{}” is no kind of place", fields[4]))?;
        let country = if fields[5].is_empty() { None } else { Some(fields[5]) };
        let country =
            country.map(|code| self.countries_by_iso2.get(code).copied().ok_or_else(|| format!("there is no country “{code}”"))).transpose()?;
        let within = key(fields[6]);
        let same = |division: &&Division| Some(division.country) == country && (key(&division.name) == within || key(&division.ascii) == within);
        let numbered: Vec<&Division> = self.numbered.iter().filter_map(|n| self.divisions.get(*n as usize)).collect();
        let division = numbered.iter().copied().find(|division| !within.is_empty() && same(division)).map(|division| division.number);
        if division.is_none() && !within.is_empty() {
            return Err(format!("there is no division “{}” in “{}”", fields[6], fields[5]));
        }
        let extent: f32 = if fields[7].is_empty() { 0.0 } else { number(fields[7], "radius")? };
        let draft = self.add(0, point, kind, country, division.unwrap_or(NO_DIVISION), fields[0])?;
        self.set(draft, 0.0, extent);
        let mut all = aliases(&fields, 1);
        all.push(fields[0].to_owned());
        self.name_it(names, draft, &all, true);
        Ok(())
    }

    /// Makes places of the countries and divisions that are none yet, and marks the capitals. Gives the number of
    /// divisions that have no coordinates.
    pub(super) fn complete<F: Read + Write + Seek>(&mut self, names: &mut Spill<F>) -> usize {
        for n in 0..self.countries.len() {
            self.complete_country(n, names);
        }
        let mut without = 0;
        for n in 0..self.divisions.len() {
            without += usize::from(!self.complete_division(n, names));
        }
        without
    }

    fn complete_country<F: Read + Write + Seek>(&mut self, n: usize, names: &mut Spill<F>) {
        let Some(country) = self.countries.get(n) else { return };
        let capital = country.capital_draft.and_then(|draft| self.places.get_mut(draft as usize));
        if let Some(capital) = capital {
            capital.kind = Kind::Capital;
        }
        let mut all = country.aliases.clone();
        all.push(country.name.clone());
        let (known, own_point, id, name, population) = (country.draft, country.point, country.id, country.name.clone(), country.population);
        let known = known.or_else(|| {
            // A country that only places speak of has no name to be found by.
            let point = own_point.or_else(|| self.cells.country(n as u8).map(|(point, _)| point)).filter(|_| !name.is_empty())?;
            let draft = self.add(id, point, Kind::Country, Some(n as u8), NO_DIVISION, &name).ok()?;
            self.set(draft, population, 0.0);
            Some(draft)
        });
        if let (Some(draft), Some(country)) = (known, self.countries.get_mut(n)) {
            country.draft = Some(draft);
            self.name_it(names, draft, &all, true);
        }
    }

    /// Whether it is a place now, or has no name to be found by.
    fn complete_division<F: Read + Write + Seek>(&mut self, n: usize, names: &mut Spill<F>) -> bool {
        let Some(division) = self.divisions.get(n) else { return true };
        if division.name.is_empty() {
            return true;
        }
        let middle = self.cells.division(n as u32);
        let (point, population) = (division.point.or(middle.map(|(point, _)| point)), division.population as f32);
        let mut all = division.aliases.clone();
        all.extend([division.name.clone(), division.ascii.clone()]);
        let (known, id, name, country) = (division.draft, division.id, division.name.clone(), division.country);
        let (kind, number) = if division.first_order { (Kind::Admin1, division.number) } else { (Kind::Admin2, division.parent) };
        let draft = known.or_else(|| self.add(id, point?, kind, Some(country), number, &name).ok());
        let (Some(draft), Some(division)) = (draft, self.divisions.get_mut(n)) else { return false };
        division.draft = Some(draft);
        let fewer = self.places.get(draft as usize).map_or(0.0, |place| place.population);
        self.set(draft, population.max(fewer), middle.map_or(0.0, |(_, km)| km as f32));
        self.name_it(names, draft, &all, true);
        true
    }

    fn add(&mut self, id: u32, point: Coordinates, kind: Kind, country: Option<u8>, division: u16, name: &str) -> Result<u32, String> {
        let draft = u32::try_from(self.places.len()).ok().filter(|n| *n < u32::MAX >> 1).ok_or("is one place more than can be numbered")?;
        let name = self.shared_name(name)?;
        let country = country.unwrap_or(NO_COUNTRY);
        let (latitude, longitude) = ((point.latitude * DEGREE).round() as i32, (point.longitude * DEGREE).round() as i32);
        self.places.push(Draft { id, latitude, longitude, population: 0.0, kind, country, division, name, extent: 0 });
        Ok(draft)
    }

    fn set(&mut self, draft: u32, population: f32, extent_km: f32) {
        if let Some(place) = self.places.get_mut(draft as usize) {
            (place.population, place.extent) = (population, packed(f64::from(extent_km)));
        }
    }

    /// The offset of a name in the text.
    fn shared_name(&mut self, name: &str) -> Result<u32, String> {
        if let Some(offset) = self.shared.get(name) {
            return Ok(*offset);
        }
        let length = u8::try_from(name.len()).map_err(|_| "has a name of more than 255 bytes".to_owned())?;
        let offset = u32::try_from(self.text.len()).map_err(|_| "is one name more than can be numbered".to_owned())?;
        self.text.push(length);
        self.text.extend_from_slice(name.as_bytes());
        if self.shared.len() < MOST_SHARED {
            self.shared.insert(name.to_owned(), offset);
        }
        Ok(offset)
    }

    /// Adds names of a place, with what they are without their word for a division, and loosely.
    fn name_it<F: Read + Write + Seek>(&self, names: &mut Spill<F>, draft: u32, all: &[String], main: bool) {
        let Some(place) = self.places.get(draft as usize) else { return };
        let loosely = self.countries.get(usize::from(place.country)).is_some_and(|country| country.transliterated) && place.kind != Kind::Country;
        for name in all {
            let key = key(name);
            if loosely && let Some(loose) = loose_key(&key) {
                names.add(&format!("{LOOSE}{loose}"), draft, false);
            }
            if place.kind.is_division()
                && place.kind != Kind::Country
                && let Some(bare) = self.without_division_word(&key)
            {
                names.add(bare, draft, main && place.kind == Kind::Admin1);
            }
            names.add(&key, draft, main);
        }
    }

    fn without_division_word<'k>(&self, key: &'k str) -> Option<&'k str> {
        let words = &self.options.division_words;
        let bare = words.iter().find_map(|word| {
            let before = key.strip_suffix(word.as_str()).and_then(|rest| rest.strip_suffix(' '));
            before.or_else(|| key.strip_prefix(word.as_str()).and_then(|rest| rest.strip_prefix(" of ")))
        });
        bare.filter(|bare| !bare.is_empty())
    }

    fn country(&mut self, iso2: &str) -> Option<u8> {
        if let Some(known) = self.countries_by_iso2.get(iso2) {
            return Some(*known);
        }
        let number = u8::try_from(self.countries.len()).ok().filter(|n| *n != NO_COUNTRY)?;
        if iso2.len() != 2 || !iso2.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        self.countries_by_iso2.insert(iso2.to_owned(), number);
        self.countries.push(Country { iso2: iso2.to_owned(), ..Country::default() });
        Some(number)
    }

    fn first_order(&mut self, country: &str, code: &str) -> Option<u32> {
        let country_number = self.country(country)?;
        let code = format!("{country}.{code}");
        if let Some(known) = self.divisions_by_code.get(&code) {
            return Some(*known);
        }
        let number = u16::try_from(self.numbered.len()).ok().filter(|n| *n != NO_DIVISION)?;
        let index = self.divisions.len() as u32;
        self.numbered.push(index);
        self.divisions_by_code.insert(code, index);
        self.divisions.push(Division { first_order: true, number, country: country_number, ..Division::default() });
        Some(index)
    }

    fn second_order(&mut self, country: &str, first: &str, second: &str) -> Option<u32> {
        let parent = self.first_order(country, first)?;
        let (country_number, parent) = self.divisions.get(parent as usize).map(|division| (division.country, division.number))?;
        let code = format!("{country}.{first}.{second}");
        let index = self.divisions.len() as u32;
        let known = *self.divisions_by_code.entry(code).or_insert(index);
        if known == index {
            self.divisions.push(Division { country: country_number, parent, ..Division::default() });
        }
        Some(known)
    }
}

/// The names in a field, with a bar between them.
fn aliases(fields: &[&str], at: usize) -> Vec<String> {
    fields.get(at).into_iter().flat_map(|field| field.split('|')).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
