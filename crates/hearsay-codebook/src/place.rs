//! Words of places, and the weights by which one of several places of a name is chosen, from `codebook/place.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::layers::Layers;
use crate::{CodebookError, WordSet};

const FILE: &str = "codebook/place.toml";
const TEXT: &str = include_str!("../../../codebook/place.toml");

/// Words of places, and weights.
#[derive(Clone, Debug)]
pub struct PlaceLists {
    /// Words for first-order divisions, in lower case.
    pub admin1: Vec<String>,
    /// Words for smaller divisions.
    pub admin2: Vec<String>,
    /// Words for towns and their parts.
    pub settlement: Vec<String>,
    /// Words before a name that leave its place what it is ("northern").
    pub parts: Vec<String>,
    /// Languages (ISO 639) whose names are transliterated in many ways.
    pub transliterated: Vec<String>,
    /// Words that a name may begin with in lower case.
    pub particles: Vec<String>,
    /// What each candidate's score is made of.
    pub weights: PlaceWeights,
    /// Directions ("north", "south-western") with their bearings in degrees, clockwise from north.
    pub bearings: BTreeMap<String, f64>,
    /// Units of distance with their length in kilometres.
    pub units: BTreeMap<String, f64>,
    /// Numbers written out, as far as distances have them.
    pub numbers: BTreeMap<String, f64>,
    /// Words between a distance or direction and the name it is counted from.
    pub from: WordSet,
    /// Words before a name that put something beside it.
    pub near: WordSet,
    /// Words for borders.
    pub borders: WordSet,
    /// Words that may stand inside of a description without changing it ("just", "about").
    pub fillers: WordSet,
    /// How far "north of" is where no distance is said, in kilometres.
    pub direction_km: f64,
    /// How far "near" is, in kilometres.
    pub near_km: f64,
    /// Up to this reach, in kilometres, a described place is near; beyond, it is no better known than a division.
    pub near_reach_km: f64,
}

/// What speaks for a place of a name, and how much; scores add up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWeights {
    /// For each factor of e in the number of people.
    pub population: f64,
    /// The name is the one the place goes by.
    pub main_name: f64,
    /// The name was found only by undoing transliteration.
    pub loose: f64,
    /// A place found so counts where at least this share of the other names lies in its country.
    pub least_loose: f64,
    /// A word beside the name tells that kind of place.
    pub kind_told: f64,
    /// A word beside the name tells another kind.
    pub other_kind_told: f64,
    /// The name after it is of what it lies in.
    pub contained: f64,
    /// All other names lie in the same country.
    pub same_country: f64,
    /// All other names lie in the same first-order division.
    pub same_division: f64,
    /// All other names lie at the same spot.
    pub near: f64,
    /// At this distance nearness counts half, in kilometres.
    pub near_km: f64,
    /// The publisher's country.
    pub home: f64,
    /// What a dateline counts for, in mentions.
    pub dateline: f64,
    /// How often the document is looked at as a whole.
    pub rounds: usize,
    /// By kind of place, as the gazetteer names the kinds.
    pub kinds: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    admin1: Vec<String>,
    admin2: Vec<String>,
    settlement: Vec<String>,
    parts: Vec<String>,
    transliterated: Vec<String>,
    particles: Vec<String>,
    weights: PlaceWeights,
    bearings: BTreeMap<String, f64>,
    units: BTreeMap<String, f64>,
    numbers: BTreeMap<String, f64>,
    from: Vec<String>,
    near: Vec<String>,
    borders: Vec<String>,
    fillers: Vec<String>,
    direction_km: f64,
    near_km: f64,
    near_reach_km: f64,
}

impl PlaceLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let file = layers.toml::<File>(FILE, TEXT, &["bearings", "units", "numbers", "weights.kinds"])?.file;
        let set = |list: &[String]| list.iter().collect::<WordSet>();
        Ok(Self {
            from: set(&file.from),
            near: set(&file.near),
            borders: set(&file.borders),
            fillers: set(&file.fillers),
            admin1: file.admin1,
            admin2: file.admin2,
            settlement: file.settlement,
            parts: file.parts,
            transliterated: file.transliterated,
            particles: file.particles,
            weights: file.weights,
            bearings: file.bearings,
            units: file.units,
            numbers: file.numbers,
            direction_km: file.direction_km,
            near_km: file.near_km,
            near_reach_km: file.near_reach_km,
        })
    }
}
