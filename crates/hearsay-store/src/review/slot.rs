//! Fields of the ledger's records as texts: what forms they have, and how they are read and written.

use hearsay_ledger::{Precision, Quantity, Stance, TruceKind};

use super::{RecordKind, ReviewField};

/// What stands for a record that is shown.
pub(super) const SHOWN: &str = "shown";

/// What values a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// [`SHOWN`] or nothing.
    Record,
    /// Any text.
    Text,
    /// Any text, or nothing.
    OptionalText,
    /// How many.
    Quantity,
    /// Degrees up to so many.
    Degrees(u16),
    Stance,
    Precision,
    TruceKind,
}

impl Form {
    /// The form of a field; `None` where the record has no such field, or reviews do not touch it.
    pub(super) fn of(record: RecordKind, field: ReviewField) -> Option<Self> {
        use RecordKind as R;
        use ReviewField as F;
        Some(match (record, field) {
            (R::Event | R::Account | R::TruceTerm, F::Record) => Self::Record,
            (R::Event, F::Type) | (R::Place | R::Entity, F::Name) => Self::Text,
            (R::Event, F::Mode | F::Cameo)
            | (R::Place, F::Country | F::Admin1 | F::GazetteerId)
            | (R::Entity, F::Country | F::Sector)
            | (R::Time, F::Value)
            | (R::TruceTerm, F::Effective | F::Until) => Self::OptionalText,
            (R::Event, F::Killed | F::Injured | F::Displaced) => Self::Quantity,
            (R::Place, F::Latitude) => Self::Degrees(90),
            (R::Place, F::Longitude) => Self::Degrees(180),
            (R::Place, F::Precision) => Self::Precision,
            (R::Account, F::Stance) => Self::Stance,
            (R::TruceTerm, F::Kind) => Self::TruceKind,
            _ => return None,
        })
    }

    /// Whether a field of this form can have the value.
    pub(super) fn accepts(self, value: Option<&str>) -> bool {
        match (self, value) {
            (Self::Text | Self::Stance | Self::TruceKind, None) => false,
            (_, None) => true,
            (Self::Record, Some(value)) => value == SHOWN,
            (Self::Text | Self::OptionalText, Some(value)) => !value.trim().is_empty(),
            (Self::Quantity, Some(value)) => quantity(value).is_some(),
            (Self::Degrees(most), Some(value)) => value.parse().is_ok_and(|degrees: f64| degrees.abs() <= f64::from(most)),
            (Self::Stance, Some(value)) => Stance::from_word(value).is_some(),
            (Self::Precision, Some(value)) => Precision::from_word(value).is_some(),
            (Self::TruceKind, Some(value)) => TruceKind::from_word(value).is_some(),
        }
    }
}

/// A field of a ledger that can be read and written.
pub(super) enum Slot<'l> {
    Text(&'l mut String),
    OptionalText(&'l mut Option<String>),
    Quantity(&'l mut Option<Quantity>),
    Degrees(&'l mut Option<f64>),
    Stance(&'l mut Stance),
    Precision(&'l mut Option<Precision>),
    TruceKind(&'l mut TruceKind),
}

impl Slot<'_> {
    /// The value as a text.
    pub(super) fn read(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some((*text).clone()),
            Self::OptionalText(text) => (*text).clone(),
            Self::Quantity(number) => number.map(quantity_text),
            Self::Degrees(degrees) => degrees.map(|degrees| degrees.to_string()),
            Self::Stance(stance) => Some(stance.as_str().to_owned()),
            Self::Precision(precision) => precision.map(|precision| precision.as_str().to_owned()),
            Self::TruceKind(kind) => Some(kind.as_str().to_owned()),
        }
    }

    /// Writes a value that its form accepts; another leaves it as it is.
    pub(super) fn write(self, value: Option<&str>) {
        match self {
            Self::Text(text) => {
                if let Some(value) = value {
                    value.clone_into(text);
                }
            }
            Self::OptionalText(text) => *text = value.map(str::to_owned),
            Self::Quantity(number) => *number = value.and_then(quantity),
            Self::Degrees(degrees) => *degrees = value.and_then(|value| value.parse().ok()),
            Self::Stance(stance) => *stance = value.and_then(Stance::from_word).unwrap_or(*stance),
            Self::Precision(precision) => *precision = value.and_then(Precision::from_word),
            Self::TruceKind(kind) => *kind = value.and_then(TruceKind::from_word).unwrap_or(*kind),
        }
    }
}

/// `25`, `20..`, `..30` or `20..30`.
fn quantity(written: &str) -> Option<Quantity> {
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u64>().ok()).flatten();
    let Some((low, high)) = written.split_once("..") else {
        let number = number(written)?;
        return Some(Quantity { low: Some(number), high: Some(number) });
    };
    let bound = |digits: &str| if digits.is_empty() { Some(None) } else { number(digits).map(Some) };
    let quantity = Quantity { low: bound(low)?, high: bound(high)? };
    let ordered = quantity.low.zip(quantity.high).is_none_or(|(low, high)| low <= high);
    ((quantity.low.is_some() || quantity.high.is_some()) && ordered).then_some(quantity)
}

fn quantity_text(quantity: Quantity) -> String {
    match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => {
            let bound = |bound: Option<u64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            format!("{}..{}", bound(low), bound(high))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_read_back() {
        for written in ["25", "20..", "..30", "20..30", "0"] {
            assert_eq!(quantity(written).map(quantity_text).as_deref(), Some(written));
        }
        for written in ["", "..", "30..20", "-1", "+2", "many", "1.5"] {
            assert_eq!(quantity(written), None, "{written}");
        }
    }

    #[test]
    fn a_field_takes_only_its_own_values() {
        let form = |record, field| Form::of(record, field);
        assert_eq!(form(RecordKind::Event, ReviewField::Stance), None);
        assert!(Form::Stance.accepts(Some("denies")) && !Form::Stance.accepts(Some("maybe")) && !Form::Stance.accepts(None));
        assert!(Form::Degrees(90).accepts(Some("-33.5")) && !Form::Degrees(90).accepts(Some("91")) && !Form::Degrees(90).accepts(Some("NaN")));
        assert!(Form::Record.accepts(None) && Form::Record.accepts(Some(SHOWN)) && !Form::Record.accepts(Some("gone")));
    }
}
