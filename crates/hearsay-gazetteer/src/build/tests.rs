//! The builder on small files: what it makes of them, and what of those that are wrong.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::{Gazetteer, Kind, key};

const COUNTRIES: &str = "SY\tSYR\t760\tSY\tSyria\tDamascus\t185180\t16906283\tAS\t.sy\tSYP\tPound\t963\t\t\tar-SY,ku\t163843\tIQ,TR\t\n\
    TR\tTUR\t792\tTU\tTurkey\tAnkara\t780580\t82319724\tAS\t.tr\tTRY\tLira\t90\t\t\ttr-TR\t298795\tSY\t\n";
const ADMIN1: &str = "SY.09\tAleppo\tAleppo\t170062\nSY.10\tHama Governorate\tHama Governorate\t170014\n";
const PLACES: &str = "170063\tAleppo\tAleppo\tHalab,ALP,halb,حلب,Haleb\t36.20124\t37.16117\tP\tPPLA\tSY\t\t09\t\t\t\t1602264\t\t379\tAsia/Damascus\t\n\
    170654\tDamascus\tDamascus\t\t33.5102\t36.29128\tP\tPPLC\tSY\t\t13\t\t\t\t1569394\t\t\t\t\n\
    173000\tDayr az Zawr\tDayr az Zawr\t\t35.33588\t40.14084\tP\tPPLA\tSY\t\t07\t\t\t\t242565\t\t\t\t\n\
    314830\tGaziantep\tGaziantep\tAntep\t37.05944\t37.3825\tP\tPPLA\tTR\t\t83\t\t\t\t1065975\t\t\t\t\n\
    999\tSome Road\tSome Road\t\t37\t37\tR\tRD\tTR\t\t83\t\t\t\t0\t\t\t\t\n";
const OWN: &str = "# ours\nEuphrates\tEuphrates River|al-Furat\t34.5\t41\triver\t\t\t500\n";

fn options() -> BuildOptions {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    BuildOptions { division_words: list(&["governorate"]), transliterated: list(&["ar"]), particles: list(&["al"]) }
}

fn built(files: &[(Form, &str)]) -> (Result<Summary, BuildError>, Vec<u8>) {
    let mut builder = Builder::new(options(), || Ok(Cursor::new(Vec::new())));
    for (form, text) in files {
        builder.read(*form, &format!("{form:?}"), &mut text.as_bytes()).unwrap();
    }
    let mut out = Cursor::new(Vec::new());
    (builder.finish(&mut out), out.into_inner())
}

fn small() -> Gazetteer {
    let (summary, bytes) = built(&[(Form::CountryInfo, COUNTRIES), (Form::Admin1Codes, ADMIN1), (Form::Places, PLACES), (Form::Regions, OWN)]);
    assert_eq!(summary.unwrap().unused_rows, 0);
    Gazetteer::from_bytes(bytes).unwrap()
}

/// The kinds and names of the places of a name.
fn named(gazetteer: &Gazetteer, name: &str) -> Vec<(Kind, String)> {
    let records = gazetteer.named(&key(name)).into_iter().filter_map(|named| gazetteer.record(named.record));
    records.map(|record| (record.kind, gazetteer.name(&record).to_owned())).collect()
}

#[test]
fn places_are_found_by_all_their_names() {
    let gazetteer = small();
    let aleppo = (Kind::Seat, "Aleppo".to_owned());
    assert_eq!(named(&gazetteer, "Halab"), std::slice::from_ref(&aleppo));
    assert_eq!(named(&gazetteer, "ALEPPO"), [(Kind::Admin1, "Aleppo".to_owned()), aleppo]);
    assert_eq!(named(&gazetteer, "ALP"), [], "codes of airports are no names");
    assert_eq!(named(&gazetteer, "halb"), [], "nor is what is written letter by letter");
    assert_eq!(named(&gazetteer, "al-Furat"), [(Kind::River, "Euphrates".to_owned())]);
    assert_eq!(named(&gazetteer, "Some Road"), []);
    let loose = gazetteer.named_loosely(&key("Deir ez-Zor"));
    assert_eq!(loose.first().and_then(|named| gazetteer.record(named.record)).map(|record| record.id), Some(Some(173_000)));
}

#[test]
fn a_record_knows_where_it_lies() {
    let gazetteer = small();
    let record = gazetteer.named("halab").first().and_then(|named| gazetteer.record(named.record)).unwrap();
    assert!((record.coordinates.latitude - 36.2012).abs() < 1e-6 && (record.coordinates.longitude - 37.1612).abs() < 1e-6);
    assert_eq!(record.country().and_then(|country| gazetteer.country_code(country)), Some("SYR"));
    assert_eq!(record.division().and_then(|division| gazetteer.division_name(division)), Some("Aleppo"));
    assert!((record.population - 1_602_264.0).abs() < 80_000.0);
    let syria = gazetteer.country_of("SYR").unwrap();
    assert_eq!(gazetteer.country_record(syria).map(|record| record.kind), Some(Kind::Country));
    assert_eq!(gazetteer.capital(syria).and_then(|record| record.id), Some(170_654));
    assert_eq!(gazetteer.country_of("XXX"), None);
}

#[test]
fn rows_that_cannot_be_used_are_told_and_the_rest_is_read() {
    let places = "x\tA\tA\t\t1\t1\tP\tPPL\tSY\t\t\t\t\t\t5\nno tabs\n1\tB\tB\t\t91\t0\tP\tPPL\tSY\t\t\t\t\t\t5\n2\tC\tC\t\t1\t1\tP\tPPL\tSY\t\t\t\t\t\tmany\n\
        3\tD\tD\t\t1\t1\tP\tPPL\tSY\t\t\t\t\t\t5\n4\t\t\t\t1\t1\tP\tPPL\tSY\t\t\t\t\t\t5";
    let (summary, bytes) = built(&[(Form::CountryInfo, "SY\tSYR\n"), (Form::Places, places), (Form::Regions, "X\t\t1\t1\tfort\t\t\t\n")]);
    let summary = summary.unwrap();
    let told: Vec<String> = summary.problems.iter().map(|p| format!("{}:{}: {}", p.file, p.line, p.message)).collect();
    assert_eq!(
        told,
        [
            "CountryInfo:1: has 2 fields where there must be 19",
            "Places:1: “x” is no GeoNames id",
            "Places:2: has 1 fields where there must be 15",
            "Places:3: “91, 0” is no place on earth",
            "Places:4: “many” is no population",
            "Places:6: has no name",
            "Regions:1: “fort” is no kind of place",
        ]
    );
    assert_eq!((summary.places, summary.unused_rows), (1, 7));
    assert_eq!(named(&Gazetteer::from_bytes(bytes).unwrap(), "d"), [(Kind::Town, "D".to_owned())]);
}

#[test]
fn no_places_are_no_gazetteer() {
    assert!(matches!(built(&[(Form::CountryInfo, COUNTRIES)]).0, Err(BuildError::Empty)));
    assert!(matches!(built(&[]).0, Err(BuildError::Empty)));
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let files = [(Form::CountryInfo, COUNTRIES), (Form::Places, PLACES)];
    assert_eq!(built(&files).1, built(&files).1);
}

#[test]
fn borders_lie_between_neighbours() {
    let near = "1\tA\tA\t\t36.7\t37.1\tP\tPPL\tSY\t\t\t\t\t\t5\n2\tB\tB\t\t36.8\t37.1\tP\tPPL\tTR\t\t\t\t\t\t5\n";
    let (summary, bytes) = built(&[(Form::CountryInfo, COUNTRIES), (Form::Places, near)]);
    summary.unwrap();
    let gazetteer = Gazetteer::from_bytes(bytes).unwrap();
    let (syria, turkey) = (gazetteer.country_of("SYR").unwrap(), gazetteer.country_of("TUR").unwrap());
    let (middle, _) = gazetteer.border(turkey, syria).unwrap();
    assert!((middle.latitude - 36.75).abs() < 0.2, "{middle:?}");
    assert_eq!(gazetteer.border(syria, syria), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Gazetteer::from_bytes(bytes);
    }

    #[test]
    fn a_damaged_file_is_refused_or_read_without_harm(at in any::<prop::sample::Index>(), with in 1..=255_u8, cut in any::<prop::sample::Index>()) {
        let mut bytes = built(&[(Form::CountryInfo, COUNTRIES), (Form::Admin1Codes, ADMIN1), (Form::Places, PLACES)]).1;
        let n = at.index(bytes.len());
        bytes[n] ^= with;
        for bytes in [bytes.clone(), bytes[..cut.index(bytes.len())].to_vec()] {
            if let Ok(gazetteer) = Gazetteer::from_bytes(bytes) {
                for name in ["aleppo", "damascus", "syria", "x"] {
                    for named in gazetteer.named(name).into_iter().chain(gazetteer.named_loosely(name)) {
                        if let Some(record) = gazetteer.record(named.record) {
                            let _ = (gazetteer.name(&record), record.country().and_then(|c| gazetteer.country_record(c)), record.division().map(|d| gazetteer.division_name(d).is_some()));
                        }
                    }
                }
                let _ = (gazetteer.keys(), gazetteer.border(0, 1), gazetteer.capital(0));
            }
        }
    }

    #[test]
    fn any_lines_are_rows_or_problems(lines in "(\\PC|\t|\n){0,200}") {
        for form in [Form::CountryInfo, Form::Countries, Form::Admin1Codes, Form::Admin2Codes, Form::Divisions, Form::Places, Form::AlternateNames, Form::Regions] {
            let _ = built(&[(Form::CountryInfo, COUNTRIES), (form, &lines)]).0;
        }
    }
}
