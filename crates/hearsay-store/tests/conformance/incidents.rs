//! What the linker gives back.

use hearsay_store::{Filter, Incident, LinkUpdate, LinkedIncident, Member, Paging, Store, Unlinked};

use crate::common::articles::{Strike, day};
use crate::common::stamp;
use crate::filters::put;

fn incident(id: &str, documents: &[&str]) -> LinkedIncident {
    let count = documents.len() as u64;
    LinkedIncident {
        incident: Incident {
            id: id.to_owned(),
            event_type: "ASSAULT".to_owned(),
            mode: Some("aerial".to_owned()),
            from_day: day("2016-02-10"),
            to_day: day("2016-02-10"),
            place_name: Some("Aleppo".to_owned()),
            latitude: Some(36.2),
            longitude: Some(37.16),
            place_country: Some("SYR".to_owned()),
            admin1: None,
            killed_low: Some(8),
            killed_best: Some(23),
            killed_high: Some(25),
            injured_low: None,
            injured_best: None,
            injured_high: None,
            displaced_low: None,
            displaced_best: None,
            displaced_high: None,
            voices: count,
            documents: count,
            first_report: day("2016-02-11"),
            last_report: day("2016-02-12"),
            disputed: true,
            detail: "{\"figures\": []}".to_owned(),
        },
        members: documents.iter().map(|document| Member { document: (*document).to_owned(), event: 1 }).collect(),
    }
}

async fn setting(store: &dyn Store) {
    put(store, &[Strike::default(), Strike { id: "b", denied: false, ..Strike::default() }, Strike { id: "c", town: "Homs", ..Strike::default() }])
        .await;
}

pub async fn linking_is_kept(store: &dyn Store) {
    setting(store).await;
    let waiting = store.unlinked(10).await.unwrap();
    assert_eq!(waiting.iter().map(|it| it.document.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    let joined = incident("i1", &["a", "b"]);
    let update = LinkUpdate { put: vec![joined.clone(), incident("i2", &["c"])], drop: vec!["never".to_owned()], linked: waiting };
    store.link(&update, &stamp(2)).await.unwrap();
    assert_eq!(store.unlinked(10).await.unwrap(), []);
    assert_eq!(store.incident("i1").await.unwrap(), Some(joined.clone()));
    assert_eq!(store.incident("i9").await.unwrap(), None);

    let wanted = async |filter: Filter| {
        let page = store.incidents(&filter, &Paging::first(10)).await.unwrap();
        page.records.into_iter().map(|incident| incident.id).collect::<Vec<_>>()
    };
    assert_eq!(wanted(Filter::default()).await, ["i1", "i2"]);
    assert_eq!(wanted(Filter { place: Some("Homs".to_owned()), ..Filter::default() }).await, ["i2"]);
    assert_eq!(wanted(Filter { document: Some("b".to_owned()), disputed: true, ..Filter::default() }).await, ["i1"]);
    assert_eq!(wanted(Filter { since: day("2016-02-11"), ..Filter::default() }).await, [""; 0]);
    let first = store.incidents(&Filter::default(), &Paging::first(1)).await.unwrap();
    let rest = store.incidents(&Filter::default(), &Paging { limit: 1, after: first.next }).await.unwrap();
    assert_eq!((rest.records[0].id.as_str(), rest.next), ("i2", None));
}

pub async fn a_change_while_linking_is_not_missed(store: &dyn Store) {
    setting(store).await;
    let waiting = store.unlinked(10).await.unwrap();
    let newer = Strike { killed: 25, denied: false, ..Strike::default() };
    store.read_again("a", &newer.reading("2", &[]), &stamp(2)).await.unwrap();
    store.link(&LinkUpdate { linked: waiting, ..LinkUpdate::default() }, &stamp(3)).await.unwrap();
    let left = store.unlinked(10).await.unwrap();
    assert_eq!(left, [Unlinked { document: "a".to_owned(), shown: 2 }]);
}

pub async fn an_incident_is_replaced(store: &dyn Store) {
    setting(store).await;
    store.link(&LinkUpdate { put: vec![incident("i1", &["a"])], ..LinkUpdate::default() }, &stamp(2)).await.unwrap();
    let grown = incident("i1", &["a", "b"]);
    store.link(&LinkUpdate { put: vec![grown.clone()], ..LinkUpdate::default() }, &stamp(3)).await.unwrap();
    assert_eq!(store.incident("i1").await.unwrap(), Some(grown));
    // What is read again leaves its incident until it is linked anew.
    store.read_again("a", &Strike::default().reading("2", &[]), &stamp(4)).await.unwrap();
    assert_eq!(store.incident("i1").await.unwrap().unwrap().members.len(), 1);
    store.link(&LinkUpdate { drop: vec!["i1".to_owned()], ..LinkUpdate::default() }, &stamp(5)).await.unwrap();
    assert_eq!(store.incident("i1").await.unwrap(), None);
    assert_eq!(store.status().await.unwrap().incidents, 0);
    // A member that is not there is a fault of the linker's, and nothing of its update is kept.
    let wrong = LinkUpdate { put: vec![incident("i3", &["a", "zzz"])], ..LinkUpdate::default() };
    assert!(store.link(&wrong, &stamp(6)).await.is_err());
    assert_eq!(store.incident("i3").await.unwrap(), None);
}
