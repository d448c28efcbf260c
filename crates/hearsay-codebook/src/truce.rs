//! Words of truces and of what is done about them, from `codebook/truce.toml`.

use std::collections::BTreeMap;

use hearsay_ledger::TruceKind;
use serde::Deserialize;

use crate::layers::{Layered, Layers, Origins};
use crate::{CodebookError, PhraseMap, WordSet};

const FILE: &str = "codebook/truce.toml";
const TEXT: &str = include_str!("../../../codebook/truce.toml");

/// Words of truces and of what is done about them.
#[derive(Clone, Debug)]
pub struct TruceLists {
    /// What stops the fighting ("ceasefire", "cessation of hostilities").
    pub truces: PhraseMap<()>,
    /// Talks on whose outcome a truce hangs.
    pub talks: PhraseMap<()>,
    /// What a truce is called once it was named as one.
    pub agreements: PhraseMap<()>,
    /// Most sentences from the naming of a truce to where it is called by those words.
    pub reach: usize,
    /// Most words between a truce and what is said of it.
    pub nearest: usize,
    /// Words before a day that is the last.
    pub until: WordSet,
    /// Words that open a clause of terms.
    pub conditional: WordSet,
    /// What is done about it. A word may be part of a truce's own name ("humanitarian pause"), so look for those first.
    pub kinds: PhraseMap<TruceKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    truces: Vec<String>,
    talks: Vec<String>,
    agreements: Vec<String>,
    reach: usize,
    nearest: usize,
    until: Vec<String>,
    conditional: Vec<String>,
    kinds: BTreeMap<String, Vec<String>>,
}

impl TruceLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let Layered { file, origins } = layers.toml::<File>(FILE, TEXT, &[])?;
        let mut kinds = PhraseMap::default();
        for (name, list) in &file.kinds {
            let key = format!("kinds.{name}");
            let kind = TruceKind::from_word(name).ok_or_else(|| origins.of(&key, 0).wrong(format!("`{name}` is no kind of truce term")))?;
            fill(&mut kinds, &key, list, kind, &origins)?;
        }
        let phrases = |key: &str, list: &[String]| {
            let mut map = PhraseMap::default();
            fill(&mut map, key, list, (), &origins).map(|()| map)
        };
        Ok(Self {
            truces: phrases("truces", &file.truces)?,
            talks: phrases("talks", &file.talks)?,
            agreements: phrases("agreements", &file.agreements)?,
            reach: file.reach,
            nearest: file.nearest,
            until: file.until.iter().collect(),
            conditional: file.conditional.iter().collect(),
            kinds,
        })
    }
}

fn fill<T: Copy>(map: &mut PhraseMap<T>, key: &str, entries: &[String], stands_for: T, origins: &Origins) -> Result<(), CodebookError> {
    for (index, entry) in entries.iter().enumerate() {
        map.add(entry, stands_for).map_err(|problem| origins.of(key, index).wrong(format!("the entry `{entry}` of `{key}` {problem}")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn kind(text: &str) -> Option<TruceKind> {
        let words: Vec<&str> = text.split(' ').collect();
        TruceLists::read(&mut Layers::new(&[]).unwrap()).unwrap().kinds.at(&words).map(|(kind, _)| *kind)
    }

    #[test]
    fn truces_and_talks_are_told_apart() {
        let lists = TruceLists::read(&mut Layers::new(&[]).unwrap()).unwrap();
        assert_eq!(lists.truces.at(&["cease-fires", "held"]).map(|((), taken)| taken), Some(1));
        assert_eq!(lists.truces.at(&["cessation", "of", "hostilities"]).map(|((), taken)| taken), Some(3));
        assert_eq!(lists.talks.at(&["peace", "talks", "resumed"]).map(|((), taken)| taken), Some(2));
        assert!(lists.truces.at(&["talks"]).is_none());
    }

    #[test]
    fn every_kind_has_words() {
        let file: File = toml::from_str(TEXT).unwrap();
        assert_eq!(file.kinds.len(), TruceKind::ALL.len());
        assert_eq!(kind("proposed a truce"), Some(TruceKind::Proposal));
        assert_eq!(kind("rejected it"), Some(TruceKind::Rejection));
        assert_eq!(kind("agreed to abide by it"), Some(TruceKind::Acceptance));
        assert_eq!(kind("agreed on a truce"), Some(TruceKind::Agreement));
        assert_eq!(kind("went into effect"), Some(TruceKind::Start));
        assert_eq!(kind("broke the truce"), Some(TruceKind::Violation));
        assert_eq!(kind("broke off"), Some(TruceKind::Suspension));
        assert_eq!(kind("broke down"), Some(TruceKind::End));
        assert_eq!(kind("the"), None);
    }
}
