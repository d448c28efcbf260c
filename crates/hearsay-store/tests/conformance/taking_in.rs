//! Documents on their way in.

use hearsay_ledger::Document;
use hearsay_store::{Added, Capture, Error, Filter, Likeness, Paging, Progress, Standing, Store};

use crate::common::articles::{Strike, addition};
use crate::common::stamp;

pub async fn a_document_reads_back(store: &dyn Store) {
    let strike = Strike::default();
    let document = strike.document();
    assert_eq!(store.add(&addition(&document, &strike, None), &stamp(1)).await.unwrap(), Added::New);
    let stored = store.document("a").await.unwrap().unwrap();
    assert_eq!(stored.document, document);
    assert_eq!(stored.text_digest, document.digest());
    assert_eq!(stored.captured, stamp(1).when);
    assert_eq!(stored.headers, [("etag".to_owned(), "\"5\"".to_owned())]);
    assert_eq!((stored.voice.as_str(), stored.raw_digest), ("a", None));
    assert_eq!(store.document("b").await.unwrap(), None);
    assert_eq!(store.taken_from("https://news.example/a").await.unwrap(), ["a"]);
    assert_eq!(store.taken_from("https://news.example/b").await.unwrap(), [""; 0]);
    assert!(matches!(store.raw("b").await, Err(Error::Unknown { what: "document", .. })));
}

pub async fn adding_again_changes_nothing_but_progress(store: &dyn Store) {
    let strike = Strike::default();
    let document = strike.document();
    store.add(&addition(&document, &strike, Some("1")), &stamp(1)).await.unwrap();
    let (before, entries) = (store.status().await.unwrap(), store.audit(0, 100).await.unwrap());

    let mut again = addition(&document, &strike, Some("2"));
    again.capture.headers = vec![("etag".to_owned(), "\"6\"".to_owned())];
    assert_eq!(store.add(&again, &stamp(2)).await.unwrap(), Added::Known);
    assert_eq!(store.progress("feed").await.unwrap().as_deref(), Some("2"));
    let mut after = store.status().await.unwrap();
    after.progress.clone_from(&before.progress);
    assert_eq!(after, before);
    assert_eq!(store.audit(0, 100).await.unwrap(), entries);
    assert_eq!(store.document("a").await.unwrap().unwrap().headers, [("etag".to_owned(), "\"5\"".to_owned())]);
}

pub async fn an_id_of_another_text_is_refused(store: &dyn Store) {
    let first = Strike::default();
    let document = first.document();
    assert_eq!(store.standing("a", &document.digest()).await.unwrap(), Standing::New);
    store.add(&addition(&document, &first, None), &stamp(1)).await.unwrap();
    assert_eq!(store.standing("a", &document.digest()).await.unwrap(), Standing::Known { id: "a".to_owned() });

    let second = Strike { killed: 30, ..Strike::default() };
    let mut document = second.document();
    let Standing::Taken { instead } = store.standing("a", &document.digest()).await.unwrap() else { panic!("the id is taken") };
    let refused = store.add(&addition(&document, &second, Some("9")), &stamp(2)).await;
    assert!(matches!(refused, Err(Error::IdTaken { instead: offered, .. }) if offered == instead));
    assert_eq!(store.progress("feed").await.unwrap(), None);

    document.id.clone_from(&instead);
    assert_eq!(store.add(&addition(&document, &second, None), &stamp(3)).await.unwrap(), Added::New);
    assert_eq!(store.standing("a", &document.digest()).await.unwrap(), Standing::Known { id: instead });
}

pub async fn raw_bytes_are_kept_once(store: &dyn Store) {
    let raw = b"<html>\x00\xff".repeat(1000);
    for id in ["a", "b"] {
        let strike = Strike { id, ..Strike::default() };
        let document = strike.document();
        let mut addition = addition(&document, &strike, None);
        addition.capture.raw = Some(&raw);
        store.add(&addition, &stamp(1)).await.unwrap();
        assert_eq!(store.raw(id).await.unwrap().as_deref(), Some(raw.as_slice()));
        assert_eq!(store.document(id).await.unwrap().unwrap().raw_digest, Some(hearsay_store::sha256(&raw)));
    }
}

pub async fn a_nul_is_refused_and_leaves_nothing(store: &dyn Store) {
    let strike = Strike::default();
    let mut document = strike.document();
    document.text.push('\0');
    let refused = store.add(&addition(&document, &strike, Some("1")), &stamp(1)).await;
    assert!(matches!(refused, Err(Error::Nul { field: "the text" })));
    assert_eq!(store.status().await.unwrap().documents, 0);
    assert_eq!(store.progress("feed").await.unwrap(), None);
}

pub async fn an_unread_document_is_kept(store: &dyn Store) {
    let document = Document {
        id: "u".to_owned(),
        title: None,
        publisher: None,
        published: None,
        url: None,
        language: Some("uk".to_owned()),
        text: "Обстріл міста тривав усю ніч.".to_owned(),
    };
    let capture = Capture { captured: stamp(1).when, raw: None, headers: Vec::new() };
    let addition = hearsay_store::Addition { document: &document, capture, likeness: Likeness::default(), reading: None, progress: None };
    store.add(&addition, &stamp(1)).await.unwrap();
    let status = store.status().await.unwrap();
    assert_eq!((status.documents, status.unread, status.unlinked), (1, 1, 0));
    assert_eq!(store.ledger("u", None).await.unwrap(), None);
    assert_eq!(store.readings("u").await.unwrap(), []);
    let page = store.documents(&Filter { language: Some("uk".to_owned()), ..Filter::default() }, &Paging::first(10)).await.unwrap();
    assert_eq!(page.records[0].events, None);

    // Read later, it is like any other.
    let reading = hearsay_store::NewReading {
        versions: crate::common::versions("1"),
        made: stamp(2).when,
        ledger: "{}".to_owned(),
        rows: hearsay_store::Rows::default(),
    };
    store.read_again("u", &reading, &stamp(2)).await.unwrap();
    assert_eq!(store.status().await.unwrap().unread, 0);
    assert_eq!(store.unlinked(10).await.unwrap().len(), 1);
}

pub async fn a_voice_must_be_in_the_desk(store: &dyn Store) {
    let strike = Strike::default();
    let document = strike.document();
    let mut first = addition(&document, &strike, None);
    first.likeness.voice = Some("wire".to_owned());
    assert!(matches!(store.add(&first, &stamp(1)).await, Err(Error::Unknown { .. })));
    assert_eq!(store.document("a").await.unwrap(), None);
    first.likeness.voice = None;
    store.add(&first, &stamp(1)).await.unwrap();

    let copy = Strike { id: "b", publisher: "The Evening Example", ..Strike::default() };
    let document = copy.document();
    let mut second = addition(&document, &copy, None);
    second.likeness.voice = Some("a".to_owned());
    store.add(&second, &stamp(2)).await.unwrap();
    let status = store.status().await.unwrap();
    assert_eq!((status.documents, status.voices), (2, 1));

    store.set_voice("b", "b", &stamp(3)).await.unwrap();
    assert_eq!(store.document("b").await.unwrap().unwrap().voice, "b");
    assert_eq!(store.status().await.unwrap().voices, 2);
    assert!(store.set_voice("b", "c", &stamp(4)).await.is_err());
}

pub async fn neighbours_share_a_band(store: &dyn Store) {
    for (id, bands) in [("a", vec![1, -2, 3]), ("b", vec![-2, -2, 5]), ("c", vec![9])] {
        let strike = Strike { id, ..Strike::default() };
        let document = strike.document();
        let mut addition = addition(&document, &strike, None);
        addition.likeness = Likeness { voice: None, signature: Some(id.as_bytes().to_vec()), bands };
        store.add(&addition, &stamp(1)).await.unwrap();
    }
    let ids = |found: Vec<hearsay_store::Neighbour>| found.into_iter().map(|neighbour| neighbour.id).collect::<Vec<_>>();
    assert_eq!(ids(store.neighbours(&[-2, 3]).await.unwrap()), ["a", "b"]);
    assert_eq!(ids(store.neighbours(&[9, 10]).await.unwrap()), ["c"]);
    assert_eq!(ids(store.neighbours(&[]).await.unwrap()), [""; 0]);
    assert_eq!(store.neighbours(&[5]).await.unwrap()[0].signature, b"b");
}

pub async fn progress_moves_and_is_forgotten(store: &dyn Store) {
    let progress = |origin: &str, position: &str| Progress { origin: origin.to_owned(), position: position.to_owned() };
    store.set_progress(&progress("https://b.example/feed", "1"), &stamp(1)).await.unwrap();
    store.set_progress(&progress("https://a.example/feed", "etag \"x\""), &stamp(2)).await.unwrap();
    store.set_progress(&progress("https://b.example/feed", "2"), &stamp(3)).await.unwrap();
    let all = store.all_progress().await.unwrap();
    assert_eq!(all, [progress("https://a.example/feed", "etag \"x\""), progress("https://b.example/feed", "2")]);
    store.forget_progress("https://b.example/feed", &stamp(4)).await.unwrap();
    assert_eq!(store.progress("https://b.example/feed").await.unwrap(), None);
    assert!(matches!(store.forget_progress("https://b.example/feed", &stamp(5)).await, Err(Error::Unknown { .. })));
}

pub async fn writers_queue(store: &dyn Store) {
    let strikes: Vec<String> = (0..12).map(|index| format!("w{index}")).collect();
    let strikes: Vec<Strike<'_>> = strikes.iter().map(|id| Strike { id, ..Strike::default() }).collect();
    let documents: Vec<Document> = strikes.iter().map(Strike::document).collect();
    let additions: Vec<_> = strikes.iter().zip(&documents).map(|(strike, document)| addition(document, strike, Some(strike.id))).collect();
    let stamp = stamp(1);
    let mut answers: Vec<_> = additions.iter().map(|addition| store.add(addition, &stamp)).collect();
    // All of them under way at once; polled in turn until each has answered.
    let mut done = vec![false; answers.len()];
    std::future::poll_fn(|context| {
        for (answer, done) in answers.iter_mut().zip(&mut done) {
            if !*done && let std::task::Poll::Ready(added) = answer.as_mut().poll(context) {
                assert_eq!(added.unwrap(), Added::New);
                *done = true;
            }
        }
        if done.iter().all(|done| *done) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    assert_eq!(store.status().await.unwrap().documents, 12);
}
