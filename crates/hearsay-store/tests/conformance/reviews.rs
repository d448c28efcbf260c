//! Corrections.

use hearsay_store::{Error, Filter, NewReview, Paging, RecordKind, Review, ReviewField, ReviewStanding, Store, Target, apply};

use crate::common::articles::{Strike, addition, span};
use crate::common::{stamp, versions};

fn review(record: RecordKind, words: &str, source: Option<&str>, field: ReviewField, old: Option<&str>, new: Option<&str>) -> NewReview {
    NewReview {
        document: "a".to_owned(),
        target: Target { record, anchor: span(&Strike::default().document().text, words), source: source.map(str::to_owned) },
        field,
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
        why: "the report says so".to_owned(),
    }
}

fn killed(old: &str, new: &str) -> NewReview {
    review(RecordKind::Event, "bombed", None, ReviewField::Killed, Some(old), Some(new))
}

/// Stores a review of the article as it is read by `strike`, with what is shown then.
async fn put(store: &dyn Store, strike: &Strike<'_>, new: &NewReview) -> hearsay_store::Result<u64> {
    let mut reviews = store.reviews("a").await?;
    reviews.push(Review { number: 0, review: new.clone(), stamp: stamp(9), versions: versions("1") });
    store.add_review(new, &strike.rows(&reviews), &stamp(9)).await
}

async fn setting(store: &dyn Store) -> Strike<'static> {
    let strike = Strike::default();
    let document = strike.document();
    store.add(&addition(&document, &strike, None), &stamp(1)).await.unwrap();
    strike
}

async fn standings(store: &dyn Store, strike: &Strike<'_>) -> Vec<ReviewStanding> {
    apply(&strike.document(), strike.ledger(), &store.reviews("a").await.unwrap()).standings
}

pub async fn a_review_is_shown_and_the_coded_ledger_stays(store: &dyn Store) {
    let strike = setting(store).await;
    let coded = store.ledger("a", None).await.unwrap();
    let correction = killed("25", "23..30");
    let number = put(store, &strike, &correction).await.unwrap();
    assert_eq!(store.rows("a").await.unwrap().events[0].killed_low, Some(23));
    assert_eq!(store.rows("a").await.unwrap().events[0].killed_high, Some(30));
    assert_eq!(store.ledger("a", None).await.unwrap(), coded);
    assert_eq!(store.reviews("a").await.unwrap(), [Review { number, review: correction, stamp: stamp(9), versions: versions("1") }]);
    assert_eq!(standings(store, &strike).await, [ReviewStanding::Corrects]);
    let place = review(RecordKind::Place, "Aleppo", None, ReviewField::Name, Some("Aleppo"), Some("Azaz"));
    put(store, &strike, &place).await.unwrap();
    let in_azaz = Filter { place: Some("Azaz".to_owned()), ..Filter::default() };
    assert_eq!(store.events(&in_azaz, &Paging::first(10)).await.unwrap().records.len(), 1);
}

pub async fn a_later_reading_keeps_reviews(store: &dyn Store) {
    let strike = setting(store).await;
    put(store, &strike, &killed("25", "30")).await.unwrap();
    put(store, &strike, &review(RecordKind::Event, "bombed", None, ReviewField::Mode, Some("aerial"), Some("shelling"))).await.unwrap();
    let denial = review(RecordKind::Account, "bombed", Some("Army"), ReviewField::Stance, Some("denies"), Some("uncertain"));
    put(store, &strike, &denial).await.unwrap();
    // Read anew: nobody denies, and everything else is as before.
    let newer = Strike { denied: false, ..strike.clone() };
    let reviews = store.reviews("a").await.unwrap();
    store.read_again("a", &newer.reading("2", &reviews), &stamp(10)).await.unwrap();
    assert_eq!(store.reviews("a").await.unwrap(), reviews);
    let shown = store.rows("a").await.unwrap();
    assert_eq!((shown.events[0].killed_low, shown.events[0].mode.as_deref()), (Some(30), Some("shelling")));

    let mut ledger = newer.ledger();
    ledger.events[0].killed = Some(hearsay_ledger::Quantity { low: Some(30), high: Some(30) });
    ledger.events[0].mode = Some("drone".to_owned());
    let standings = apply(&newer.document(), ledger, &reviews).standings;
    let overrides = ReviewStanding::Overrides { coded: Some("drone".to_owned()) };
    assert_eq!(standings, [ReviewStanding::Agrees, overrides, ReviewStanding::Lost]);
}

pub async fn the_last_review_of_a_field_counts(store: &dyn Store) {
    let strike = setting(store).await;
    put(store, &strike, &killed("25", "30")).await.unwrap();
    put(store, &strike, &killed("30", "28")).await.unwrap();
    assert_eq!(store.rows("a").await.unwrap().events[0].killed_low, Some(28));
    let overrides = ReviewStanding::Overrides { coded: Some("25".to_owned()) };
    assert_eq!(standings(store, &strike).await, [ReviewStanding::Superseded, overrides]);
}

pub async fn struck_records_are_not_shown(store: &dyn Store) {
    let strike = setting(store).await;
    let strike_out = review(RecordKind::Account, "bombed", Some("army"), ReviewField::Record, Some("shown"), None);
    put(store, &strike, &strike_out).await.unwrap();
    let rows = store.rows("a").await.unwrap();
    assert_eq!((rows.accounts.len(), rows.disputes.len(), rows.events[0].disputed), (1, 0, false));
    assert_eq!(store.disputes(&Filter::default(), &Paging::first(10)).await.unwrap().records, []);

    put(store, &strike, &review(RecordKind::Event, "bombed", None, ReviewField::Record, Some("shown"), None)).await.unwrap();
    let rows = store.rows("a").await.unwrap();
    assert_eq!((rows.events.len(), rows.participants.len(), rows.accounts.len()), (0, 0, 0));

    put(store, &strike, &review(RecordKind::Event, "bombed", None, ReviewField::Record, None, Some("shown"))).await.unwrap();
    assert_eq!(store.rows("a").await.unwrap().events.len(), 1);
}

pub async fn rows_that_miss_a_review_are_refused(store: &dyn Store) {
    let strike = setting(store).await;
    let refused = store.add_review(&killed("25", "30"), &strike.rows(&[]), &stamp(2)).await;
    assert!(matches!(refused, Err(Error::Outdated { shown: 0, now: 1, .. })));
    assert_eq!(store.reviews("a").await.unwrap(), []);
    put(store, &strike, &killed("25", "30")).await.unwrap();
    let refused = store.read_again("a", &strike.reading("2", &[]), &stamp(3)).await;
    assert!(matches!(refused, Err(Error::Outdated { shown: 0, now: 1, .. })));
    assert_eq!(store.readings("a").await.unwrap().len(), 1);
}

pub async fn what_no_review_can_say(store: &dyn Store) {
    let strike = setting(store).await;
    let wrong = [
        killed("25", "many"),
        review(RecordKind::Event, "bombed", None, ReviewField::Stance, None, Some("denies")),
        review(RecordKind::Account, "bombed", Some("army"), ReviewField::Stance, None, Some("doubts")),
        review(RecordKind::Place, "Aleppo", None, ReviewField::Latitude, None, Some("136.2")),
        NewReview { why: " ".to_owned(), ..killed("25", "30") },
    ];
    for review in wrong {
        assert!(matches!(put(store, &strike, &review).await, Err(Error::Review { .. })), "{review:?}");
    }
    let elsewhere = NewReview { document: "b".to_owned(), ..killed("25", "30") };
    assert!(matches!(store.add_review(&elsewhere, &strike.rows(&[]), &stamp(2)).await, Err(Error::Unknown { .. })));
}
