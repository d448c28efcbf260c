//! The outside's forms of what Hearsay finds: the ledger as JSON (written and read) and the syntax as CoNLL-U.
//!
//! Strings in and out: which file they come from or go to is the caller's business. The records themselves live in
//! `hearsay-ledger`, which knows nothing of these forms.

pub mod conllu;
pub mod ledger_json;
