//! The log of what was done.

use hearsay_store::{Fault, Store};

use crate::common::articles::Strike;
use crate::filters::put;

pub async fn entries_form_a_chain(store: &dyn Store) {
    put(store, &[Strike::default(), Strike { id: "b", ..Strike::default() }]).await;
    let entries = store.audit(0, 100).await.unwrap();
    let told: Vec<_> = entries.iter().map(|entry| (entry.number, entry.action.as_str(), entry.subject.as_str(), entry.who.as_str())).collect();
    assert_eq!(told, [(1, "migrate", "1", "ana"), (2, "add", "a", "ana"), (3, "add", "b", "ana")]);
    assert!(entries.windows(2).all(|pair| pair[1].previous == pair[0].digest));
    assert_eq!(store.audit(1, 1).await.unwrap(), entries[1..2]);
    let verified = store.verify(None).await.unwrap();
    assert_eq!((verified.entries, verified.documents, verified.readings, verified.reviews), (3, 2, 2, 0));
    assert_eq!(verified.head, entries[2].digest);
}

pub async fn a_cut_log_is_seen(store: &dyn Store) {
    put(store, &[Strike::default()]).await;
    let head = store.verify(None).await.unwrap().head;
    put(store, &[Strike { id: "b", ..Strike::default() }]).await;
    assert_eq!(store.verify(Some(&head)).await.unwrap().faults, []);
    let fault = Fault { subject: "audit".to_owned(), what: "the entry that was its last one at the earlier check is gone".to_owned() };
    assert_eq!(store.verify(Some("sha256:0")).await.unwrap().faults, [fault]);
}
