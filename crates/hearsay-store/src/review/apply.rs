//! A coded ledger and its reviews to the ledger that is shown.

use std::collections::BTreeSet;

use hearsay_ledger::{AccountId, Document, EventId, Ledger, Span, TruceTermId};

use super::slot::{SHOWN, Slot};
use super::{RecordKind, Review, ReviewField, Target};
use crate::flatten::source_name;
use crate::fold::fold;

/// What is shown of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The ledger with the corrected values. Records that were struck are still in it, so that ids stay what they are.
    pub ledger: Ledger,
    /// The records that were struck.
    pub struck: Struck,
    /// How each review stands to the ledger as it was coded, in the order of the reviews.
    pub standings: Vec<ReviewStanding>,
}

/// Records that reviewers struck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Struck {
    /// Events.
    pub events: BTreeSet<EventId>,
    /// Accounts.
    pub accounts: BTreeSet<AccountId>,
    /// Truce terms.
    pub truce_terms: BTreeSet<TruceTermId>,
}

/// How a review stands to what was coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewStanding {
    /// It corrects the value that the reviewer saw.
    Corrects,
    /// It corrects a value that is another than the reviewer saw: the text was read again since.
    Overrides {
        /// The value as it was coded now.
        coded: Option<String>,
    },
    /// What was coded agrees with it now.
    Agrees,
    /// A later review of the same field takes its place.
    Superseded,
    /// What was coded has no such record: nothing is corrected.
    Lost,
}

impl Shown {
    /// A ledger without reviews.
    #[must_use]
    pub fn coded(ledger: Ledger) -> Self {
        Self { ledger, ..Self::default() }
    }
}

/// Applies the reviews of a document, which are in the order in which they were made, to its ledger as it was coded.
#[must_use]
pub fn apply(document: &Document, coded: Ledger, reviews: &[Review]) -> Shown {
    // Every review looks for its record in the ledger as it was coded: corrected names must not hide it from later ones.
    let records: Vec<Option<usize>> = reviews.iter().map(|review| find(document, &coded, &review.review.target)).collect();
    let mut shown = Shown::coded(coded);
    let mut standings = vec![ReviewStanding::Lost; reviews.len()];
    let mut done: BTreeSet<(RecordKind, usize, ReviewField)> = BTreeSet::new();
    // Backwards, so that the last review of a field comes first, while the field is still as it was coded.
    for ((review, record), standing) in reviews.iter().zip(&records).zip(&mut standings).rev() {
        let Some(record) = *record else { continue };
        let review = &review.review;
        *standing = if done.insert((review.target.record, record, review.field)) {
            shown.correct(review.target.record, record, review.field, review.old.as_deref(), review.new.as_deref())
        } else {
            ReviewStanding::Superseded
        };
    }
    shown.standings = standings;
    shown
}

/// The position of a review's record in its list.
fn find(document: &Document, ledger: &Ledger, target: &Target) -> Option<usize> {
    let same_source = |source| target.source.as_deref().is_some_and(|name| fold(name) == fold(&source_name(document, ledger, source)));
    let at = |span: Option<Span>| span == Some(target.anchor);
    match target.record {
        RecordKind::Event => ledger.events.iter().position(|event| event.trigger == target.anchor),
        RecordKind::Account => ledger
            .accounts
            .iter()
            .position(|account| at(ledger.events.get(account.event.index()).map(|event| event.trigger)) && same_source(account.source)),
        RecordKind::Place => ledger.places.iter().position(|place| place.span == target.anchor),
        RecordKind::Time => ledger.times.iter().position(|time| time.span == target.anchor),
        RecordKind::Entity => ledger.entities.iter().position(|entity| at(entity.mentions.first().copied())),
        RecordKind::TruceTerm => {
            ledger.truce_terms.iter().position(|term| at(ledger.sentences.get(term.sentence).copied()) && same_source(term.source))
        }
    }
}

impl Shown {
    fn correct(&mut self, kind: RecordKind, record: usize, field: ReviewField, old: Option<&str>, new: Option<&str>) -> ReviewStanding {
        let coded = if field == ReviewField::Record {
            // A coder only writes down what it found.
            if new.is_none() {
                self.struck.strike(kind, record);
            }
            Some(SHOWN.to_owned())
        } else {
            let Some(slot) = slot(&mut self.ledger, kind, record, field) else { return ReviewStanding::Lost };
            let coded = slot.read();
            slot.write(new);
            coded
        };
        if coded.as_deref() == new {
            ReviewStanding::Agrees
        } else if coded.as_deref() == old {
            ReviewStanding::Corrects
        } else {
            ReviewStanding::Overrides { coded }
        }
    }
}

impl Struck {
    fn strike(&mut self, kind: RecordKind, record: usize) {
        match kind {
            RecordKind::Event => drop(self.events.insert(EventId::at(record))),
            RecordKind::Account => drop(self.accounts.insert(AccountId::at(record))),
            RecordKind::TruceTerm => drop(self.truce_terms.insert(TruceTermId::at(record))),
            RecordKind::Place | RecordKind::Time | RecordKind::Entity => {}
        }
    }
}

/// The field of a record; `None` where it has no such field.
fn slot(ledger: &mut Ledger, kind: RecordKind, record: usize, field: ReviewField) -> Option<Slot<'_>> {
    use ReviewField as F;
    match kind {
        RecordKind::Event => {
            let event = ledger.events.get_mut(record)?;
            Some(match field {
                F::Type => Slot::Text(&mut event.event_type),
                F::Mode => Slot::OptionalText(&mut event.mode),
                F::Cameo => Slot::OptionalText(&mut event.cameo),
                F::Killed => Slot::Quantity(&mut event.killed),
                F::Injured => Slot::Quantity(&mut event.injured),
                F::Displaced => Slot::Quantity(&mut event.displaced),
                _ => return None,
            })
        }
        RecordKind::Account => (field == F::Stance).then_some(Slot::Stance(&mut ledger.accounts.get_mut(record)?.stance)),
        RecordKind::Place => {
            let place = ledger.places.get_mut(record)?;
            Some(match field {
                F::Name => Slot::Text(&mut place.name),
                F::Latitude => Slot::Degrees(&mut place.latitude),
                F::Longitude => Slot::Degrees(&mut place.longitude),
                F::Country => Slot::OptionalText(&mut place.country),
                F::Admin1 => Slot::OptionalText(&mut place.admin1),
                F::GazetteerId => Slot::OptionalText(&mut place.gazetteer_id),
                F::Precision => Slot::Precision(&mut place.precision),
                _ => return None,
            })
        }
        RecordKind::Time => (field == F::Value).then_some(Slot::OptionalText(&mut ledger.times.get_mut(record)?.value)),
        RecordKind::Entity => {
            let entity = ledger.entities.get_mut(record)?;
            Some(match field {
                F::Name => Slot::Text(&mut entity.name),
                F::Country => Slot::OptionalText(&mut entity.country),
                F::Sector => Slot::OptionalText(&mut entity.sector),
                _ => return None,
            })
        }
        RecordKind::TruceTerm => {
            let term = ledger.truce_terms.get_mut(record)?;
            Some(match field {
                F::Kind => Slot::TruceKind(&mut term.kind),
                F::Effective => Slot::OptionalText(&mut term.effective),
                F::Until => Slot::OptionalText(&mut term.until),
                _ => return None,
            })
        }
    }
}
