//! Whose hand writes into the desk, and when. The store itself reads no clock and knows no users.

use jiff::Timestamp;

/// Who does something, and when; it goes into the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// A person's name, or the command that runs on its own.
    pub who: String,
    /// The moment.
    pub when: Timestamp,
}
