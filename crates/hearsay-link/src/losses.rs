//! The losses of an incident: every figure with its source and date, how they were revised, and two views of them.

use hearsay_ledger::{Quantity, Stance};

use crate::evidence::exclude;
use crate::incident::AccountRef;
use crate::key::{EventKey, Losses, Source};

/// A number of killed, injured or displaced, as one source gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossFigure {
    /// How many.
    pub quantity: Quantity,
    /// Who says so.
    pub source: Source,
    /// The account that gives it; `None` where the event has no account that asserts it.
    pub account: Option<AccountRef>,
    /// Id of the document.
    pub document: String,
    /// Number of the event within its document.
    pub event: u32,
    /// The independent voice that the document belongs to.
    pub voice: String,
    /// Day of publication, in days since 1970-01-01.
    pub published: Option<i32>,
    /// Whose earlier figure this one replaces: the source, or for a report's own voice the outlet.
    teller: Teller,
}

/// Who may revise a figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Teller {
    Outlet(String),
    Party(u64),
}

/// The figures of one kind of loss, by date of publication, then by document and event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LossFigures {
    /// The figures.
    pub figures: Vec<LossFigure>,
}

/// Losses in the manner of UCDP: the lowest, the most likely and the highest number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LossRange {
    /// The lowest number that a source stands by.
    pub low: u64,
    /// The number that most independent voices give; of several the latest, then the lowest.
    pub best: u64,
    /// The highest number that a source stands by.
    pub high: u64,
}

/// How one source's number changed: "8, later 23".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision<'a> {
    /// The source's figures in the order of their dates, each different from the one before; at least two.
    pub figures: Vec<&'a LossFigure>,
}

/// The losses of an incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncidentLosses {
    /// The killed.
    pub killed: LossFigures,
    /// The injured.
    pub injured: LossFigures,
    /// The displaced.
    pub displaced: LossFigures,
}

impl IncidentLosses {
    /// The losses that the records of an incident give. Figures of sources that deny the event, or expect or call for it,
    /// count nothing.
    #[must_use]
    pub fn of(members: &[&EventKey]) -> Self {
        let kind = |of: fn(&Losses) -> Option<Quantity>| {
            let mut figures: Vec<LossFigure> = members.iter().flat_map(|key| of(&key.losses).map_or(Vec::new(), |n| of_event(key, n))).collect();
            figures.sort_by(|a, b| (a.published, &a.document, a.event, &a.teller).cmp(&(b.published, &b.document, b.event, &b.teller)));
            LossFigures { figures }
        };
        Self { killed: kind(|losses| losses.killed), injured: kind(|losses| losses.injured), displaced: kind(|losses| losses.displaced) }
    }
}

/// The figures that one record gives: one a source that holds the event to have happened or perhaps to have.
fn of_event(key: &EventKey, quantity: Quantity) -> Vec<LossFigure> {
    let figure = |source: &Source, account: Option<AccountRef>| LossFigure {
        quantity,
        source: source.clone(),
        account,
        document: key.document.id.clone(),
        event: key.event,
        voice: key.document.voice.clone(),
        published: key.document.published,
        teller: match source {
            Source::Narrator => Teller::Outlet(key.document.publisher.as_ref().unwrap_or(&key.document.voice).clone()),
            Source::Party(party) => Teller::Party(party.name_key),
        },
    };
    if key.accounts.is_empty() {
        return vec![figure(&Source::Narrator, None)];
    }
    let holding = key.accounts.iter().filter(|account| matches!(account.stance, Stance::Asserts | Stance::Uncertain));
    holding.map(|account| figure(&account.source, Some(AccountRef::of(key, account)))).collect()
}

impl LossFigures {
    /// The figures that their sources stand by: of each source the latest.
    #[must_use]
    pub fn current(&self) -> Vec<&LossFigure> {
        let latest = |(at, figure): (usize, &LossFigure)| self.figures.iter().skip(at + 1).all(|later| later.teller != figure.teller);
        let kept: Vec<bool> = self.figures.iter().enumerate().map(latest).collect();
        self.figures.iter().zip(kept).filter(|(_, kept)| *kept).map(|(figure, _)| figure).collect()
    }

    /// The lowest number that any source stands by, as ACLED counts. `None` where there is no figure.
    #[must_use]
    pub fn lowest(&self) -> Option<u64> {
        self.current().into_iter().filter_map(|figure| figure.quantity.low.or(figure.quantity.high)).min()
    }

    /// The lowest, most likely and highest number that sources stand by, as UCDP gives them. `None` where there is no figure.
    #[must_use]
    pub fn range(&self) -> Option<LossRange> {
        let current = self.current();
        let low = self.lowest()?;
        let high = current.iter().filter_map(|figure| figure.quantity.high.max(figure.quantity.low)).max()?;
        let number = |figure: &&LossFigure| figure.quantity.low.or(figure.quantity.high);
        let mut numbers: Vec<u64> = current.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let weight = |n: &u64| {
            let giving = current.iter().filter(|figure| number(figure) == Some(*n));
            let mut voices: Vec<&str> = giving.clone().map(|figure| figure.voice.as_str()).collect();
            voices.sort_unstable();
            voices.dedup();
            (voices.len(), giving.map(|figure| figure.published).max(), std::cmp::Reverse(*n))
        };
        let best = numbers.iter().copied().max_by_key(weight)?;
        Some(LossRange { low, best, high })
    }

    /// What sources gave first and later, for those whose number changed; in the order of the first figures.
    #[must_use]
    pub fn revisions(&self) -> Vec<Revision<'_>> {
        let mut revisions = Vec::new();
        for (at, first) in self.figures.iter().enumerate() {
            if self.figures.iter().take(at).any(|earlier| earlier.teller == first.teller) {
                continue;
            }
            let mut figures: Vec<&LossFigure> = self.figures.iter().filter(|figure| figure.teller == first.teller).collect();
            figures.dedup_by_key(|figure| figure.quantity);
            if figures.len() > 1 {
                revisions.push(Revision { figures });
            }
        }
        revisions
    }

    /// Pairs of figures that sources stand by and that exclude one another. A number that another source gives later and
    /// higher is the toll rising, not a quarrel, unless the two are on different sides.
    #[must_use]
    pub fn quarrels(&self) -> Vec<(&LossFigure, &LossFigure)> {
        let current = self.current();
        let mut quarrels = Vec::new();
        for (at, earlier) in current.iter().enumerate() {
            for later in current.iter().skip(at + 1) {
                let rising = later.published > earlier.published && later.quantity.low > earlier.quantity.low;
                if exclude(earlier.quantity, later.quantity) && (!rising || on_different_sides(&earlier.source, &later.source)) {
                    quarrels.push((*earlier, *later));
                }
            }
        }
        quarrels
    }
}

fn on_different_sides(a: &Source, b: &Source) -> bool {
    match (a, b) {
        (Source::Party(a), Source::Party(b)) => a.side.is_some() && b.side.is_some() && a.side != b.side,
        _ => false,
    }
}
