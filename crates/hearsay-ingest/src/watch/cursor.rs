//! How far a feed is taken in, in a form that can be kept as text.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::feed::{FeedItem, hex};

/// Items remembered beyond those that the feed still has. Some feeds bring old items back.
const MOST_SEEN: usize = 5_000;

/// How far a feed is taken in. Kept by the caller as JSON ([`Cursor::to_json`]), in the same transaction as the record
/// that it comes with, so that nothing is lost and nothing comes twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cursor {
    /// `ETag` of the feed as it was last read to its end.
    pub etag: Option<String>,
    /// `Last-Modified` of the same.
    pub last_modified: Option<String>,
    /// Where the feed has moved for good.
    pub moved_to: Option<String>,
    /// The feed is not asked before then.
    #[serde(with = "timestamp")]
    pub not_before: Option<Timestamp>,
    /// Failures one after the other.
    pub failures: u32,
    /// Hashes of the ids of items that are done with, the latest last.
    pub seen: Vec<String>,
    /// Items whose pages could not be had so far, to be tried again.
    pub pending: Vec<Pending>,
}

/// An item to be tried again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pending {
    /// Its id in the feed.
    pub id: String,
    /// Address of its page.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    #[serde(with = "timestamp")]
    pub published: Option<Timestamp>,
    /// What the feed gives of the text.
    pub html: Option<String>,
    /// How often it was tried.
    pub tries: u32,
}

/// A text that is no [`Cursor`].
#[derive(Debug, thiserror::Error)]
#[error("not the cursor of a feed: {0}")]
pub struct CursorError(#[from] serde_json::Error);

impl Cursor {
    /// The cursor as one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists of them: there is nothing in a cursor that JSON cannot hold.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The cursor that [`Cursor::to_json`] wrote, by this version or an older one.
    ///
    /// # Errors
    ///
    /// [`CursorError`] if `text` is none.
    pub fn from_json(text: &str) -> Result<Self, CursorError> {
        Ok(serde_json::from_str(text)?)
    }

    pub(crate) fn has_seen(&self, id: &str) -> bool {
        self.seen.contains(&id_hash(id)) || self.pending.iter().any(|pending| pending.id == id)
    }

    /// Marks an item as done with.
    pub(crate) fn done(&mut self, id: &str) {
        self.pending.retain(|pending| pending.id != id);
        let hash = id_hash(id);
        if !self.seen.contains(&hash) {
            self.seen.push(hash);
        }
    }

    /// Keeps `item` for another time.
    pub(crate) fn postpone(&mut self, item: Pending) {
        self.pending.retain(|pending| pending.id != item.id);
        self.pending.push(item);
    }

    /// Forgets the oldest items that the feed, with the ids `there`, no longer has.
    pub(crate) fn forget<'a>(&mut self, there: impl Iterator<Item = &'a str>) {
        let mut surplus = self.seen.len().saturating_sub(MOST_SEEN);
        if surplus > 0 {
            let there: std::collections::HashSet<String> = there.map(id_hash).collect();
            self.seen.retain(|hash| {
                let drop = surplus > 0 && !there.contains(hash);
                surplus -= usize::from(drop);
                !drop
            });
        }
    }
}

impl From<FeedItem> for Pending {
    fn from(item: FeedItem) -> Self {
        let FeedItem { id, url, title, published, html } = item;
        Self { id, url, title, published, html, tries: 0 }
    }
}

fn id_hash(id: &str) -> String {
    hex(&Sha256::digest(id))
}

/// Times as text.
mod timestamp {
    use jiff::Timestamp;
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[allow(clippy::ref_option)] // serde asks for it
    pub fn serialize<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.serialize_some(&time.to_string()),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn cursors_are_kept_as_text() {
        let mut cursor = Cursor { etag: Some("\"x\"".into()), not_before: Some("2016-02-11T09:30:00Z".parse().unwrap()), ..Cursor::default() };
        cursor.done("a");
        cursor.postpone(Pending { id: "b".into(), tries: 1, ..Pending::default() });
        assert_eq!(Cursor::from_json(&cursor.to_json()).unwrap(), cursor);
        assert!(cursor.has_seen("a") && cursor.has_seen("b") && !cursor.has_seen("c"));
        assert_eq!(Cursor::from_json("{\"failures\": 2, \"new\": 1}").unwrap(), Cursor { failures: 2, ..Cursor::default() });
        assert!(Cursor::from_json("[").is_err());
    }

    #[test]
    fn what_the_feed_still_has_is_not_forgotten() {
        let mut cursor = Cursor::default();
        for number in 0..MOST_SEEN + 10 {
            cursor.done(&number.to_string());
        }
        cursor.forget(["0", "1"].into_iter());
        assert_eq!(cursor.seen.len(), MOST_SEEN);
        assert!(cursor.has_seen("0") && cursor.has_seen("1") && !cursor.has_seen("2") && cursor.has_seen("12"));
    }
}
