//! Codes of acts and of participants as the dictionaries write them, and what they are in CAMEO and PLOVER.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Country and sector codes: a comment, then kind, code, and what we write for it, by tabs.
const ACTOR_CODES: &str = include_str!("../../data/cameo_actors.tsv");

/// The code of an act: the first of two that a dictionary gives (what the one who acts does), else the second. `None` for
/// the null code, which says that there is no event.
pub(super) fn act(written: &str) -> Option<&str> {
    let code = written.split(':').map(str::trim).find(|code| !code.is_empty())?;
    (!code.bytes().all(|byte| byte == b'-')).then_some(code)
}

/// Country and sector of a participant's code; `None` where it has neither.
pub(super) fn participant(code: &str) -> Option<(Option<&'static str>, Option<&'static str>)> {
    static CODES: LazyLock<BTreeMap<(&str, &str), &str>> = LazyLock::new(|| {
        let rows = ACTOR_CODES.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
        rows.filter_map(|row| Some(((*row.first()?, *row.get(1)?), *row.get(2)?))).collect()
    });
    if !code.is_ascii() {
        return None;
    }
    let groups: Vec<&str> = (0..code.len()).step_by(3).filter_map(|at| code.get(at..at + 3)).collect();
    let country = groups.first().and_then(|group| CODES.get(&("country", *group))).copied();
    let sector = groups.iter().skip(usize::from(country.is_some())).find_map(|group| CODES.get(&("sector", *group))).copied();
    (country.is_some() || sector.is_some()).then_some((country, sector))
}

/// The sector of an agent's code ("~GOVFRM", "NGO~").
pub(super) fn agent(code: &str) -> Option<&'static str> {
    participant(code.trim_matches('~')).and_then(|(_, sector)| sector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts() {
        assert_eq!(act("042:043"), Some("042"));
        assert_eq!(act(":173"), Some("173"));
        assert_eq!(act("---"), None);
        assert_eq!(act("---:042"), None);
        assert_eq!(act(""), None);
    }

    #[test]
    fn participants() {
        assert_eq!(participant("SYRMIL"), Some((Some("SYR"), Some("MIL"))));
        assert_eq!(participant("ROMGOV"), Some((Some("ROU"), Some("GOV"))));
        assert_eq!(participant("RUS"), Some((Some("RUS"), None)));
        assert_eq!(participant("IGOUNO"), Some((None, Some("IGO"))));
        assert_eq!(participant("TURKURREB"), Some((Some("TUR"), Some("REB"))));
        assert_eq!(participant("IRQINS"), Some((Some("IRQ"), Some("REB"))));
        assert_eq!(participant("XX"), None);
        assert_eq!(participant("ÜÜÜ"), None);
        assert_eq!(agent("~GOVFRM"), Some("GOV"));
        assert_eq!(agent("NGO~"), Some("NGO"));
        assert_eq!(agent("~CHR"), None);
    }

    #[test]
    fn the_table_is_whole() {
        let rows: Vec<Vec<&str>> = ACTOR_CODES.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
        assert!(rows.iter().all(|row| matches!(row.as_slice(), ["country" | "sector", code, ours] if code.len() == 3 && ours.len() == 3)));
        let mut keys: Vec<&[&str]> = rows.iter().filter_map(|row| row.get(..2)).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), rows.len());
    }
}
