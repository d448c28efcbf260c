//! Words of time expressions, from `codebook/time.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::layers::Layers;
use crate::phrases::{phrase_list, words};
use crate::{CodebookError, PhraseList, WordSet};

const FILE: &str = "codebook/time.toml";
const TEXT: &str = include_str!("../../../codebook/time.toml");
const OPEN: [&str; 11] = ["decades", "feasts", "fixed", "months", "numbers", "ordinals", "parts", "seasons", "units", "vague", "weekdays"];

/// Words of time expressions with what they mean in TIMEX3.
#[derive(Clone, Debug)]
pub struct TimeLists {
    /// Added to the score of a word being in no time expression (natural logarithm).
    pub time_bias: f32,
    /// Least probability of an expression that the network alone sees.
    pub least_score: f32,
    /// A month or day without a year is the next such where that lies so many days ahead at most.
    pub near_days: i16,
    /// For how many sentences "a year ago" speaks of the quarter that was mentioned.
    pub quarter_reach: usize,
    /// Words before a date that belong to it and change nothing of its value.
    pub approximate: PhraseList,
    /// Words before a length of time that do so.
    pub bounds: PhraseList,
    /// Expressions that count only where the network sees one too.
    pub unsure: PhraseList,
    /// Least probability with which it must.
    pub least_unsure: f32,
    /// "Last".
    pub last: PhraseList,
    /// "This".
    pub this: PhraseList,
    /// "Next".
    pub next: PhraseList,
    /// "That", from the date mentioned last.
    pub same: PhraseList,
    /// "The following", from the date mentioned last.
    pub following: PhraseList,
    /// "The previous", from the date mentioned last.
    pub preceding: PhraseList,
    /// "Ago".
    pub ago: PhraseList,
    /// "Earlier".
    pub earlier: PhraseList,
    /// "Later".
    pub later: PhraseList,
    /// "From now".
    pub from_now: PhraseList,
    /// "Recent", before units in the plural.
    pub recent: PhraseList,
    /// "Coming", before units in the plural.
    pub coming: PhraseList,
    /// Words of a future clause.
    pub future: WordSet,
    /// Words whose infinitive is a future clause ("agreed to").
    pub intending: WordSet,
    /// Words before an expression that point ahead.
    pub ahead: PhraseList,
    /// Words before an expression that look back.
    pub behind: PhraseList,
    /// Words after a time of day that belong to it.
    pub zones: WordSet,
    /// Phrases that are an expression by themselves, with their value.
    pub fixed: Vec<(Vec<String>, String)>,
    /// Named days of the year, with month and day, month and counted weekday, or days after Easter.
    pub feasts: Vec<(Vec<String>, String)>,
    /// Months, 1 to 12.
    pub months: BTreeMap<String, i8>,
    /// Weekdays, Monday being 1.
    pub weekdays: BTreeMap<String, i8>,
    /// Units with their letters.
    pub units: BTreeMap<String, String>,
    /// Parts of the day with their letters.
    pub parts: BTreeMap<String, String>,
    /// Seasons with their letters.
    pub seasons: BTreeMap<String, String>,
    /// Decades with a name, by their first year.
    pub decades: BTreeMap<String, i16>,
    /// Ordinals.
    pub ordinals: BTreeMap<String, i64>,
    /// Numbers of no certain size.
    pub vague: BTreeMap<String, String>,
    /// Numbers in words.
    pub numbers: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    time_bias: f32,
    least_score: f32,
    near_days: i16,
    quarter_reach: usize,
    approximate: Vec<String>,
    bounds: Vec<String>,
    unsure: Vec<String>,
    least_unsure: f32,
    last: Vec<String>,
    this: Vec<String>,
    next: Vec<String>,
    same: Vec<String>,
    following: Vec<String>,
    preceding: Vec<String>,
    ago: Vec<String>,
    earlier: Vec<String>,
    later: Vec<String>,
    from_now: Vec<String>,
    recent: Vec<String>,
    coming: Vec<String>,
    future: Vec<String>,
    intending: Vec<String>,
    ahead: Vec<String>,
    behind: Vec<String>,
    zones: Vec<String>,
    fixed: BTreeMap<String, String>,
    feasts: BTreeMap<String, String>,
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    units: BTreeMap<String, String>,
    parts: BTreeMap<String, String>,
    seasons: BTreeMap<String, String>,
    decades: BTreeMap<String, i16>,
    ordinals: BTreeMap<String, i64>,
    vague: BTreeMap<String, String>,
    numbers: BTreeMap<String, i64>,
}

impl TimeLists {
    /// The lists as the layers give them.
    pub(crate) fn read(layers: &mut Layers<'_>) -> Result<Self, CodebookError> {
        let file = layers.toml::<File>(FILE, TEXT, &OPEN)?.file;
        let valued = |table: BTreeMap<String, String>| {
            let mut out: Vec<(Vec<String>, String)> = table.into_iter().map(|(p, value)| (words(&p), value)).collect();
            out.sort_by_key(|(p, _)| std::cmp::Reverse(p.len()));
            out
        };
        Ok(Self {
            time_bias: file.time_bias,
            least_score: file.least_score,
            near_days: file.near_days,
            quarter_reach: file.quarter_reach,
            approximate: phrase_list(&file.approximate),
            bounds: phrase_list(&file.bounds),
            unsure: phrase_list(&file.unsure),
            least_unsure: file.least_unsure,
            last: phrase_list(&file.last),
            this: phrase_list(&file.this),
            next: phrase_list(&file.next),
            same: phrase_list(&file.same),
            following: phrase_list(&file.following),
            preceding: phrase_list(&file.preceding),
            ago: phrase_list(&file.ago),
            earlier: phrase_list(&file.earlier),
            later: phrase_list(&file.later),
            from_now: phrase_list(&file.from_now),
            recent: phrase_list(&file.recent),
            coming: phrase_list(&file.coming),
            future: file.future.iter().collect(),
            intending: file.intending.iter().collect(),
            ahead: phrase_list(&file.ahead),
            behind: phrase_list(&file.behind),
            zones: file.zones.iter().collect(),
            fixed: valued(file.fixed),
            feasts: valued(file.feasts),
            months: file.months,
            weekdays: file.weekdays,
            units: file.units,
            parts: file.parts,
            seasons: file.seasons,
            decades: file.decades,
            ordinals: file.ordinals,
            vague: file.vague,
            numbers: file.numbers,
        })
    }
}
