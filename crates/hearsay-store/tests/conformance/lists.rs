//! Lists of other things than events.

use hearsay_ledger::{DisputeAbout, Stance, TruceKind};
use hearsay_store::{Filter, Paging, Store};

use crate::common::articles::{Strike, addition, day};
use crate::common::{stamp, versions};
use crate::filters::put;

fn two() -> [Strike<'static>; 2] {
    [Strike::default(), Strike { id: "b", town: "Homs", denied: false, published: Some("2016-02-12"), ..Strike::default() }]
}

pub async fn documents_are_listed(store: &dyn Store) {
    put(store, &two()).await;
    let page = store.documents(&Filter::default(), &Paging::first(10)).await.unwrap();
    let told: Vec<_> = page.records.iter().map(|line| (line.id.as_str(), line.title.as_deref(), line.events)).collect();
    assert_eq!(told, [("b", Some("Strike on Homs"), Some(1)), ("a", Some("Strike on Aleppo"), Some(1))]);
    let filter = Filter { place: Some("Homs".to_owned()), since: day("2016-02-12"), ..Filter::default() };
    assert_eq!(store.documents(&filter, &Paging::first(10)).await.unwrap().records.len(), 1);
}

pub async fn truce_terms_are_listed(store: &dyn Store) {
    put(store, &two()).await;
    let count = async |filter: Filter| store.truce_terms(&filter, &Paging::first(10)).await.unwrap().records.len();
    let page = store.truce_terms(&Filter::default(), &Paging::first(10)).await.unwrap();
    assert_eq!(page.records.iter().map(|line| line.origin.document.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    let line = &page.records[0];
    assert_eq!(line.sentence, "Rebels proposed a truce from 2016-03-01.");
    assert_eq!(line.parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>(), ["Rebels", "army"]);
    assert_eq!(count(Filter { truce_kind: Some(TruceKind::Proposal), ..Filter::default() }).await, 2);
    assert_eq!(count(Filter { truce_kind: Some(TruceKind::End), ..Filter::default() }).await, 0);
    assert_eq!(count(Filter { side: Some("Opposition".to_owned()), ..Filter::default() }).await, 2);
    assert_eq!(count(Filter { source: Some("narrator".to_owned()), ..Filter::default() }).await, 2);
    assert_eq!(count(Filter { since: day("2016-03-01"), until: day("2016-03-01"), ..Filter::default() }).await, 2);
    assert_eq!(count(Filter { until: day("2016-02-28"), ..Filter::default() }).await, 0);
    // There is no event in their sentence.
    assert_eq!(count(Filter { country: Some("SYR".to_owned()), ..Filter::default() }).await, 0);
    let first = store.truce_terms(&Filter::default(), &Paging::first(1)).await.unwrap();
    let rest = store.truce_terms(&Filter::default(), &Paging { limit: 1, after: first.next }).await.unwrap();
    assert_eq!((rest.records[0].origin.document.as_str(), rest.next), ("a", None));
}

pub async fn disputes_are_listed(store: &dyn Store) {
    put(store, &two()).await;
    let page = store.disputes(&Filter::default(), &Paging::first(10)).await.unwrap();
    assert_eq!(page.records.len(), 1);
    let line = &page.records[0];
    assert_eq!((line.origin.document.as_str(), line.about), ("a", DisputeAbout::Occurrence));
    assert_eq!(line.accounts.iter().map(|account| account.stance).collect::<Vec<_>>(), [Stance::Asserts, Stance::Denies]);
    let filter = Filter { about: Some(DisputeAbout::Losses), ..Filter::default() };
    assert_eq!(store.disputes(&filter, &Paging::first(10)).await.unwrap().records, []);
    let filter = Filter { place: Some("Homs".to_owned()), ..Filter::default() };
    assert_eq!(store.disputes(&filter, &Paging::first(10)).await.unwrap().records, []);
}

pub async fn sources_are_counted(store: &dyn Store) {
    put(store, &two()).await;
    let tallies = store.sources(&Filter::default(), 10).await.unwrap();
    let told: Vec<_> = tallies.iter().map(|it| (it.name.as_str(), it.documents, it.asserts, it.denies, it.disputed)).collect();
    assert_eq!(told, [("Rebels", 2, 2, 0, 1), ("army", 1, 0, 1, 1)]);
    assert_eq!((tallies[1].side.as_deref(), tallies[1].sector.as_deref()), (Some("Government"), Some("MIL")));
    let filter = Filter { stance: Some(Stance::Denies), ..Filter::default() };
    let tallies = store.sources(&filter, 10).await.unwrap();
    assert_eq!(tallies.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["army"]);
    assert_eq!(store.sources(&Filter::default(), 1).await.unwrap().len(), 1);
}

pub async fn the_desk_is_counted(store: &dyn Store) {
    let empty = store.status().await.unwrap();
    assert_eq!((empty.documents, empty.events, empty.published), (0, 0, None));
    put(store, &two()).await;
    let document = Strike { id: "c", ..Strike::default() };
    let text = document.document();
    store.add(&addition(&text, &document, Some("7")), &stamp(2)).await.unwrap();
    let status = store.status().await.unwrap();
    assert_eq!((status.documents, status.unread, status.voices, status.unlinked), (3, 0, 3, 3));
    assert_eq!((status.events, status.truce_terms, status.disputes, status.incidents, status.reviews), (3, 3, 2, 0, 0));
    assert_eq!(status.versions, [(versions("1"), 3)]);
    assert_eq!(status.progress[0].position, "7");
    assert_eq!(status.published, day("2016-02-11").zip(day("2016-02-12")));
}
