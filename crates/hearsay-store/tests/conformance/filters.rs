//! Which events a filter wants.

use hearsay_ledger::Stance;
use hearsay_store::{Area, Error, Filter, Paging, Store};

use crate::common::articles::{Strike, addition, day};
use crate::common::stamp;

/// Puts strikes into the desk, in this order.
pub async fn put(store: &dyn Store, strikes: &[Strike<'_>]) {
    for strike in strikes {
        let document = strike.document();
        store.add(&addition(&document, strike, None), &stamp(1)).await.unwrap();
    }
}

/// The documents of the events that the filter wants.
async fn wanted(store: &dyn Store, filter: &Filter) -> Vec<String> {
    let page = store.events(filter, &Paging::first(100)).await.unwrap();
    page.records.into_iter().map(|line| line.origin.document).collect()
}

#[allow(clippy::unnecessary_wraps)] // as filters have it
fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

pub async fn each_part(store: &dyn Store) {
    let aleppo = Strike { id: "aleppo", publisher: "Été Press", ..Strike::default() };
    let homs = Strike { id: "homs", town: "Homs", at: Some((34.73, 36.71)), denied: false, day: Some("2016-02-09"), ..Strike::default() };
    let mosul = Strike { id: "mosul", town: "Mosul", country: "IRQ", at: Some((36.34, 43.13)), day: Some("2016-02-08"), ..Strike::default() };
    put(store, &[aleppo, homs, mosul]).await;
    let all = ["aleppo", "homs", "mosul"];
    let none: [&str; 0] = [];
    let cases: Vec<(Filter, &[&str])> = vec![
        (Filter::default(), &all),
        (Filter { place: text("ALEPPO"), ..Filter::default() }, &["aleppo"]),
        (Filter { place: text("homs governorate"), ..Filter::default() }, &["homs"]),
        (Filter { country: text("IRQ"), ..Filter::default() }, &["mosul"]),
        (Filter { event_type: text("ASSAULT"), ..Filter::default() }, &all),
        (Filter { event_type: text("PROTEST"), ..Filter::default() }, &none),
        (Filter { mode: text("aerial"), ..Filter::default() }, &all),
        (Filter { actor: text("hospital"), ..Filter::default() }, &all),
        (Filter { actor: text("SYR MIL"), ..Filter::default() }, &all),
        (Filter { actor: text("SYR REB"), ..Filter::default() }, &none),
        (Filter { actor: text("SYR"), ..Filter::default() }, &all),
        (Filter { actor: text("100%"), ..Filter::default() }, &none),
        (Filter { side: text("Government"), ..Filter::default() }, &all),
        (Filter { side: text("Opposition"), ..Filter::default() }, &none),
        (Filter { source: text("rebel"), ..Filter::default() }, &all),
        (Filter { source_side: text("Government"), ..Filter::default() }, &["aleppo", "mosul"]),
        (Filter { stance: Some(Stance::Denies), ..Filter::default() }, &["aleppo", "mosul"]),
        (Filter { stance: Some(Stance::Denies), source: text("rebels"), ..Filter::default() }, &none),
        (Filter { stance: Some(Stance::Expects), ..Filter::default() }, &none),
        (Filter { disputed: true, ..Filter::default() }, &["aleppo", "mosul"]),
        (Filter { publisher: text("ete press"), ..Filter::default() }, &["aleppo"]),
        (Filter { language: text("en"), ..Filter::default() }, &all),
        (Filter { language: text("fr"), ..Filter::default() }, &none),
        (Filter { text: text("mosul bombing"), ..Filter::default() }, &["mosul"]),
        (Filter { document: text("homs"), ..Filter::default() }, &["homs"]),
    ];
    for (filter, documents) in cases {
        assert_eq!(wanted(store, &filter).await, documents, "{filter:?}");
    }
}

pub async fn parts_hold_of_one_event(store: &dyn Store) {
    // One document with a strike in Aleppo and one in Mosul that nobody denies.
    let strike = Strike::default();
    let document = strike.document();
    let mut addition = addition(&document, &strike, None);
    let rows = &mut addition.reading.as_mut().unwrap().rows;
    let mut other = rows.events[0].clone();
    other.ordinal = 2;
    other.place_name = Some("Mosul".to_owned());
    other.place_country = Some("IRQ".to_owned());
    other.disputed = false;
    rows.events.push(other);
    store.add(&addition, &stamp(1)).await.unwrap();

    let disputed_in = |country: &str| Filter { country: text(country), disputed: true, ..Filter::default() };
    assert_eq!(wanted(store, &disputed_in("SYR")).await, ["a"]);
    assert_eq!(wanted(store, &disputed_in("IRQ")).await, [""; 0]);
    let documents = store.documents(&disputed_in("IRQ"), &Paging::first(10)).await.unwrap();
    assert_eq!(documents.records, []);
    assert_eq!(store.documents(&disputed_in("SYR"), &Paging::first(10)).await.unwrap().records[0].events, Some(2));
}

pub async fn areas(store: &dyn Store) {
    let at = |id, latitude, longitude| Strike { id, at: Some((latitude, longitude)), ..Strike::default() };
    put(store, &[at("aleppo", 36.2, 37.16), at("idlib", 35.93, 36.63), at("suva", -18.14, 178.44), at("apia", -13.83, -171.76)]).await;
    put(store, &[Strike { id: "nowhere", at: None, ..Strike::default() }]).await;
    let in_box = |south, west, north, east| Filter { area: Some(Area::Box { south, west, north, east }), ..Filter::default() };
    let near = |latitude, longitude, kilometres| Filter { area: Some(Area::Circle { latitude, longitude, kilometres }), ..Filter::default() };
    let none: [&str; 0] = [];
    let cases: Vec<(Filter, &[&str])> = vec![
        (in_box(36.0, 37.0, 37.0, 38.0), &["aleppo"]),
        (in_box(35.0, 36.0, 37.0, 38.0), &["idlib", "aleppo"]),
        (in_box(-20.0, 170.0, -10.0, -170.0), &["apia", "suva"]),
        (in_box(-20.0, -170.0, -10.0, 170.0), &none),
        // Aleppo and Idlib are 56 km apart; Suva and Apia 1,150 km, across the 180th meridian.
        (near(36.2, 37.16, 0.1), &["aleppo"]),
        (near(36.2, 37.16, 50.0), &["aleppo"]),
        (near(36.2, 37.16, 60.0), &["idlib", "aleppo"]),
        (near(-18.14, 178.44, 1000.0), &["suva"]),
        (near(-18.14, 178.44, 1200.0), &["apia", "suva"]),
        (near(0.0, 0.0, 30_000.0), &["apia", "suva", "idlib", "aleppo"]),
    ];
    for (filter, documents) in cases {
        assert_eq!(wanted(store, &filter).await, documents, "{filter:?}");
    }
}

pub async fn names_are_folded(store: &dyn Store) {
    put(store, &[Strike { id: "a", town: "Al-Ḥasakah", ..Strike::default() }]).await;
    for place in ["al-hasakah", "Al-Ḥasakah", "AL-HASAKAH"] {
        assert_eq!(wanted(store, &Filter { place: text(place), ..Filter::default() }).await, ["a"], "{place}");
    }
    assert_eq!(wanted(store, &Filter { place: text("Hasakah"), ..Filter::default() }).await, [""; 0]);
}

pub async fn days(store: &dyn Store) {
    let on = |id, day, published| Strike { id, published, day, ..Strike::default() };
    put(
        store,
        &[
            on("tenth", Some("2016-02-10"), Some("2016-03-01")),
            on("month", Some("2016-02"), Some("2016-03-01")),
            on("published", None, Some("2016-02-11")),
            on("timeless", None, None),
        ],
    )
    .await;
    let between = |since: Option<&str>, until: Option<&str>| Filter { since: since.and_then(day), until: until.and_then(day), ..Filter::default() };
    assert_eq!(wanted(store, &between(None, None)).await, ["published", "tenth", "month", "timeless"]);
    assert_eq!(wanted(store, &between(Some("2016-02-10"), Some("2016-02-10"))).await, ["tenth", "month"]);
    assert_eq!(wanted(store, &between(Some("2016-02-11"), None)).await, ["published", "month"]);
    assert_eq!(wanted(store, &between(None, Some("2016-02-09"))).await, ["month"]);
    assert_eq!(wanted(store, &between(Some("2016-03-01"), None)).await, [""; 0]);
    // Documents go by their own day.
    let page = store.documents(&between(Some("2016-03-01"), None), &Paging::first(10)).await.unwrap();
    assert_eq!(page.records.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["month", "tenth"]);
}

pub async fn pages_are_whole(store: &dyn Store) {
    let days = ["2016-02-10", "2016-02-09", "2016-02-10", "2016-02-08", "2016-02-10"];
    let ids: Vec<String> = (0..5).map(|index| format!("p{index}")).collect();
    let strikes: Vec<Strike<'_>> = ids.iter().zip(days).map(|(id, day)| Strike { id, day: Some(day), ..Strike::default() }).collect();
    put(store, &strikes).await;
    let whole = wanted(store, &Filter::default()).await;
    assert_eq!(whole, ["p4", "p2", "p0", "p1", "p3"]);
    for limit in 1..=6 {
        let mut found = Vec::new();
        let mut paging = Paging::first(limit);
        loop {
            let page = store.events(&Filter::default(), &paging).await.unwrap();
            assert!(page.records.len() <= limit as usize);
            found.extend(page.records.into_iter().map(|line| line.origin.document));
            let Some(next) = page.next else { break };
            paging.after = Some(next);
        }
        assert_eq!(found, whole, "pages of {limit}");
    }
    let page = store.documents(&Filter::default(), &Paging::first(2)).await.unwrap();
    let after = Paging { limit: 10, after: page.next };
    let rest = store.documents(&Filter::default(), &after).await.unwrap();
    assert_eq!(rest.records.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["p2", "p1", "p0"]);
    // A cursor of one list is none of another.
    assert!(matches!(store.events(&Filter::default(), &after).await, Err(Error::Filter { field: "after", .. })));
}

pub async fn nonsense_is_refused(store: &dyn Store) {
    let wrong = [
        Filter { area: Some(Area::Box { south: 2.0, west: 0.0, north: 1.0, east: 1.0 }), ..Filter::default() },
        Filter { area: Some(Area::Circle { latitude: 91.0, longitude: 0.0, kilometres: 1.0 }), ..Filter::default() },
        Filter { area: Some(Area::Circle { latitude: 0.0, longitude: 0.0, kilometres: f64::NAN }), ..Filter::default() },
        Filter { place: text("a\0b"), ..Filter::default() },
        Filter { text: text("-only -unwanted"), ..Filter::default() },
    ];
    for filter in wrong {
        assert!(matches!(store.events(&filter, &Paging::first(1)).await, Err(Error::Filter { .. })), "{filter:?}");
    }
    for after in ["", "events", "events~x~y~z", "events~2016-02-10~1", "events~2016-02-10~1~2~3", "~~~"] {
        let paging = Paging { limit: 1, after: Some(after.to_owned()) };
        assert!(matches!(store.events(&Filter::default(), &paging).await, Err(Error::Filter { field: "after", .. })), "{after}");
    }
}
