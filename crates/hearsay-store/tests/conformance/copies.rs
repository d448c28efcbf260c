//! Backups, and desks filled from them.

use hearsay_store::{Error, Filter, Paging, SqliteStore, Store};

use crate::common::articles::{Strike, addition};
use crate::common::{postgres, stamp};
use crate::filters::put;

/// What a desk shows of itself, for comparing two.
async fn shown(store: &dyn Store) -> String {
    let (filter, paging) = (Filter::default(), Paging::first(100));
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        store.status().await.unwrap(),
        store.verify(None).await.unwrap(),
        store.events(&filter, &paging).await.unwrap(),
        store.search("hospital", &filter, &paging).await.unwrap(),
        store.raw("raw").await.unwrap(),
    )
}

async fn setting(store: &dyn Store) {
    put(store, &[Strike { id: "b", published: None, at: None, ..Strike::default() }]).await;
    let strike = Strike { id: "raw", ..Strike::default() };
    let document = strike.document();
    let mut addition = addition(&document, &strike, Some("3"));
    addition.capture.raw = Some(b"<p>raw</p>");
    store.add(&addition, &stamp(2)).await.unwrap();
}

pub async fn a_backup_holds_everything(store: &dyn Store) {
    setting(store).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("día 1.sqlite");
    store.backup(&file, &stamp(3)).await.unwrap();
    assert!(matches!(store.backup(&file, &stamp(4)).await, Err(Error::Exists { .. })));
    let copy = SqliteStore::open(&file, &stamp(5)).await.unwrap();
    assert_eq!(shown(&copy).await, shown(store).await);
    copy.close().await.unwrap();
    assert!(store.backup(&folder.path().join("no/such/folder"), &stamp(4)).await.is_err());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["día 1.sqlite"]);
}

pub async fn a_desk_is_filled_from_another(store: &dyn Store) {
    let folder = tempfile::tempdir().unwrap();
    let source = SqliteStore::create(&folder.path().join("desk.sqlite"), &stamp(0)).await.unwrap();
    setting(&source).await;
    store.fill_from(&source).await.unwrap();
    assert_eq!(shown(store).await, shown(&source).await);
    assert!(matches!(store.fill_from(&source).await, Err(Error::Exists { .. })));
    // It goes on from there.
    put(store, &[Strike { id: "next", ..Strike::default() }]).await;
    source.close().await.unwrap();
}

pub async fn a_desk_is_not_made_twice(store: &dyn Store) {
    let location = store.location().to_owned();
    if location.starts_with("postgres") {
        let url = location.replace("://", "://postgres@");
        assert!(matches!(hearsay_store::create(&url, &stamp(1)).await, Err(Error::Exists { .. })));
        let again = hearsay_store::open(&url, &stamp(1)).await.unwrap();
        assert_eq!(again.status().await.unwrap().documents, 0);
        again.close().await.unwrap();
        let empty = postgres::database().unwrap();
        assert!(matches!(hearsay_store::open(&empty, &stamp(1)).await, Err(Error::NoDesk { .. })));
    } else {
        assert!(matches!(hearsay_store::create(&location, &stamp(1)).await, Err(Error::Exists { .. })));
        assert!(matches!(hearsay_store::open(&format!("{location}.no"), &stamp(1)).await, Err(Error::NoDesk { .. })));
    }
}
