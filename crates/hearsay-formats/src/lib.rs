//! The outside's forms of what Hearsay finds: the ledger as JSON (written and read), the syntax as CoNLL-U, and
//! dictionaries of older coders as files of a codebook.
//!
//! Strings in and out: which file they come from or go to is the caller's business. The records themselves live in
//! `hearsay-ledger`, which knows nothing of these forms.

pub mod conllu;
pub mod ledger_json;
pub mod petrarch;
