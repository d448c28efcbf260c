//! Folders of articles that the tests of several commands read.

use std::fs;

use tempfile::TempDir;

/// A folder with one article in a text file and three in a file of JSON Lines, whose second line is broken.
pub fn folder(article: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("elmford.txt"), article).unwrap();
    let lines = [record(article, "one"), "{\"id\": \"two\", \"text\": ".to_owned(), record(article, "three"), record(article, "four")];
    fs::write(folder.path().join("wire.jsonl"), lines.join("\n")).unwrap();
    folder
}

/// An article as a line of JSON Lines.
pub fn record(article: &str, id: &str) -> String {
    serde_json::json!({"id": id, "title": null, "publisher": "Example Wire", "published": "2016-02-16", "text": article}).to_string()
}
