//! Documents by their words.

use hearsay_ledger::Document;
use hearsay_store::{Addition, Capture, Filter, Likeness, Paging, Store};

use crate::common::stamp;

async fn put(store: &dyn Store, id: &str, title: &str, text: &str) {
    let document = Document {
        id: id.to_owned(),
        title: Some(title.to_owned()),
        publisher: None,
        published: None,
        url: None,
        language: None,
        text: text.to_owned(),
    };
    let capture = Capture { captured: stamp(1).when, raw: None, headers: Vec::new() };
    let addition = Addition { document: &document, capture, likeness: Likeness::default(), reading: None, progress: None };
    store.add(&addition, &stamp(1)).await.unwrap();
}

async fn found(store: &dyn Store, text: &str) -> Vec<String> {
    let page = store.search(text, &Filter::default(), &Paging::first(100)).await.unwrap();
    let mut ids: Vec<String> = page.records.into_iter().map(|hit| hit.document.id).collect();
    ids.sort();
    ids
}

pub async fn words_phrases_and_unwanted_words(store: &dyn Store) {
    put(store, "cross", "Convoy", "The Red Cross reached the town of Madaya.").await;
    put(store, "line", "Talks", "They cross a red line, said the envoy. The town was not named.").await;
    assert_eq!(found(store, "red cross").await, ["cross", "line"]);
    assert_eq!(found(store, "\"red cross\"").await, ["cross"]);
    assert_eq!(found(store, "red -madaya").await, ["line"]);
    assert_eq!(found(store, "town -\"red line\"").await, ["cross"]);
    assert_eq!(found(store, "convoy").await, ["cross"]);
    // No word is too common.
    assert_eq!(found(store, "not").await, ["line"]);
    assert_eq!(found(store, "\"of madaya\"").await, ["cross"]);
    assert_eq!(found(store, "submarine").await, [""; 0]);
}

pub async fn forms_and_accents(store: &dyn Store) {
    put(store, "a", "Strike", "Warplanes bombed hospitals near Saïda, said U.S. officials of al-Nusra's 2nd unit.").await;
    for text in ["bombing", "hospital", "saida", "Saïda", "U.S.", "al-nusra", "nusra", "2nd"] {
        assert_eq!(found(store, text).await, ["a"], "{text}");
    }
    put(store, "u", "Обстріл", "Обстріл міста тривав усю ніч.").await;
    assert_eq!(found(store, "МІСТА").await, ["u"]);
}

pub async fn titles_weigh_more(store: &dyn Store) {
    put(store, "text", "News of the day", "A truce was mentioned, among many other things, by nobody in particular.").await;
    put(store, "title", "Truce agreed", "Both parties accepted the terms, the envoy said to reporters in the evening.").await;
    let page = store.search("truce", &Filter::default(), &Paging::first(1)).await.unwrap();
    assert_eq!(page.records[0].document.id, "title");
    let rest = store.search("truce", &Filter::default(), &Paging { limit: 1, after: page.next }).await.unwrap();
    assert_eq!((rest.records[0].document.id.as_str(), rest.next), ("text", None));
    assert!(rest.records[0].passage.starts_with("A truce was mentioned"));
}

pub async fn any_query_is_answered(store: &dyn Store) {
    put(store, "a", "Strike", "Warplanes bombed a hospital.").await;
    for text in
        ["hospital AND", "NEAR(hospital)", "hospital*", "title:hospital", "'hospital", "hospital & | !", "(hospital", "ho\\spital", "\"hospital"]
    {
        store.search(text, &Filter::default(), &Paging::first(10)).await.unwrap();
    }
    assert_eq!(found(store, "hospital*").await, ["a"]);
    for text in ["", "-", "\"\"", "?!", "a\0"] {
        assert!(store.search(text, &Filter::default(), &Paging::first(10)).await.is_err(), "{text}");
    }
}

pub async fn long_texts_are_found(store: &dyn Store) {
    // More distinct words than one index entry of PostgreSQL takes.
    let words: Vec<String> = (0..120_000_u64).map(|number| format!("w{number}x{}", number * 7919)).collect();
    put(store, "long", "Archive", &format!("The siege began. {}", words.join(" "))).await;
    assert_eq!(found(store, "siege").await, ["long"]);
}
