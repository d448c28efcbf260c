//! Sentences and tokens as spans of the text.
