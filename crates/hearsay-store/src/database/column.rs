//! Rust values as values of a database, and back.

use hearsay_ledger::{Date, DisputeAbout, Precision, Stance, TimeType, TruceKind};
use jiff::Timestamp;
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

use crate::error::{Error, Result};

/// A value as both databases hold it. What is missing has a type too: PostgreSQL asks for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    NullInt,
    NullFloat,
    NullText,
    NullBytes,
    Int(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A type that has a column of its own.
pub(crate) trait Column: Sized {
    /// The missing value of this type.
    const NULL: Value;

    fn to_value(&self) -> Value;

    /// The value, if `value` is one of this type.
    fn from_value(value: Value) -> Option<Self>;
}

/// The value in the column `name` of a row.
pub(crate) fn get<T: Column>(row: &AnyRow, name: &str) -> Result<T> {
    let value = raw(row, name)?;
    let shown = format!("{value:?}");
    T::from_value(value).ok_or_else(|| Error::Damaged { what: format!("column {name}"), reason: format!("it holds {shown:.60}") })
}

/// The value in the column `name` of a row, whatever it is; what is missing is `NullInt`.
pub(crate) fn raw(row: &AnyRow, name: &str) -> Result<Value> {
    let held = row.try_get_raw(name)?;
    if held.is_null() {
        // One kind will do: reading asks only whether there is something.
        return Ok(Value::NullInt);
    }
    let kind = held.type_info().kind();
    Ok(match kind {
        AnyTypeInfoKind::SmallInt | AnyTypeInfoKind::Integer | AnyTypeInfoKind::BigInt => Value::Int(row.try_get(name)?),
        AnyTypeInfoKind::Real | AnyTypeInfoKind::Double => Value::Float(row.try_get(name)?),
        AnyTypeInfoKind::Text => Value::Text(row.try_get(name)?),
        AnyTypeInfoKind::Blob => Value::Bytes(row.try_get(name)?),
        AnyTypeInfoKind::Null | AnyTypeInfoKind::Bool => {
            return Err(Error::Damaged { what: format!("column {name}"), reason: format!("its type is {}", held.type_info().name()) });
        }
    })
}

impl<T: Column> Column for Option<T> {
    const NULL: Value = T::NULL;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(T::NULL, Column::to_value)
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::NullInt | Value::NullFloat | Value::NullText | Value::NullBytes => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// Whole numbers; a number too large for the database is stored as the largest that fits.
macro_rules! whole_numbers {
    ($($type:ty),+) => {$(
        impl Column for $type {
            const NULL: Value = Value::NullInt;

            fn to_value(&self) -> Value {
                Value::Int(i64::try_from(*self).unwrap_or(i64::MAX))
            }

            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::Int(number) => Self::try_from(number).ok(),
                    _ => None,
                }
            }
        }
    )+};
}

whole_numbers!(i64, u32, u64);

impl Column for bool {
    const NULL: Value = Value::NullInt;

    fn to_value(&self) -> Value {
        Value::Int(i64::from(*self))
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number != 0),
            _ => None,
        }
    }
}

impl Column for f64 {
    const NULL: Value = Value::NullFloat;

    fn to_value(&self) -> Value {
        Value::Float(*self)
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Float(number) => Some(number),
            Value::Int(number) => Some(number as f64),
            _ => None,
        }
    }
}

impl Column for String {
    const NULL: Value = Value::NullText;

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Column for Vec<u8> {
    const NULL: Value = Value::NullBytes;

    fn to_value(&self) -> Value {
        Value::Bytes(self.clone())
    }

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// Types that are stored as what they print, and read back by parsing it.
macro_rules! printed {
    ($($type:ty),+) => {$(
        impl Column for $type {
            const NULL: Value = Value::NullText;

            fn to_value(&self) -> Value {
                Value::Text(self.to_string())
            }

            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::Text(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }
    )+};
}

printed!(Date, Timestamp);

/// Vocabularies are stored as their words.
macro_rules! words {
    ($($type:ty),+ $(,)?) => {$(
        impl Column for $type {
            const NULL: Value = Value::NullText;

            fn to_value(&self) -> Value {
                Value::Text(self.as_str().to_owned())
            }

            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::Text(word) => Self::from_word(&word),
                    _ => None,
                }
            }
        }
    )+};
}

words!(
    DisputeAbout,
    Precision,
    Stance,
    TimeType,
    TruceKind,
    crate::rows::ArgumentRole,
    crate::rows::PartyRole,
    crate::rows::SourceKind,
    crate::review::RecordKind,
    crate::review::ReviewField,
);

/// Defines a record that is a row of a table: its fields are the columns.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident in $table:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type),+
        }

        impl $crate::database::Table for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];

            fn values(&self) -> Vec<$crate::database::Value> {
                vec![$($crate::database::Column::to_value(&self.$field)),+]
            }

            fn from_row(row: &sqlx::any::AnyRow) -> $crate::error::Result<Self> {
                Ok(Self { $($field: $crate::database::get(row, stringify!($field))?),+ })
            }
        }
    };
}
pub(crate) use table;
