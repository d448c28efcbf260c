//! One suite for every store: each case runs on SQLite and on PostgreSQL, and leaves a desk that `verify` finds sound.
#![allow(clippy::doc_markdown, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod audit;
mod copies;
mod filters;
mod incidents;
mod lists;
mod readings;
mod reviews;
mod search;
mod taking_in;

use std::future::Future;
use std::pin::Pin;

use hearsay_store::{PostgresStore, SqliteStore, Store};

use common::{postgres, stamp};

/// A case on its way.
type Case<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

async fn finish(store: &dyn Store) {
    assert_eq!(store.verify(None).await.unwrap().faults, []);
    store.close().await.unwrap();
}

fn on_sqlite(case: impl for<'a> FnOnce(&'a dyn Store) -> Case<'a>) {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(async {
        let store = SqliteStore::create(&folder.path().join("desk.sqlite"), &stamp(0)).await.unwrap();
        case(&store).await;
        finish(&store).await;
    });
}

fn on_postgres(case: impl for<'a> FnOnce(&'a dyn Store) -> Case<'a>) {
    let Some(url) = postgres::database() else { return };
    runtime().block_on(async {
        let store = PostgresStore::create(&url, &stamp(0)).await.unwrap();
        case(&store).await;
        finish(&store).await;
    });
}

/// Makes a test of each case for each store.
macro_rules! conformance {
    ($($module:ident: $($case:ident),+;)+) => {
        mod sqlite {
            $($(#[test]
            fn $case() {
                super::on_sqlite(|store| Box::pin(super::$module::$case(store)));
            })+)+
        }

        mod postgres_server {
            $($(#[test]
            fn $case() {
                super::on_postgres(|store| Box::pin(super::$module::$case(store)));
            })+)+
        }
    };
}

conformance! {
    taking_in: a_document_reads_back, adding_again_changes_nothing_but_progress, an_id_of_another_text_is_refused, raw_bytes_are_kept_once,
        a_nul_is_refused_and_leaves_nothing, an_unread_document_is_kept, a_voice_must_be_in_the_desk, neighbours_share_a_band,
        progress_moves_and_is_forgotten, writers_queue;
    readings: rows_read_back, every_reading_stays, the_same_reading_again_is_none, long_ledgers_fit;
    filters: each_part, parts_hold_of_one_event, areas, names_are_folded, days, pages_are_whole, nonsense_is_refused;
    lists: documents_are_listed, truce_terms_are_listed, disputes_are_listed, sources_are_counted, the_desk_is_counted;
    search: words_phrases_and_unwanted_words, forms_and_accents, titles_weigh_more, any_query_is_answered, long_texts_are_found;
    incidents: linking_is_kept, a_change_while_linking_is_not_missed, an_incident_is_replaced;
    reviews: a_review_is_shown_and_the_coded_ledger_stays, a_later_reading_keeps_reviews, the_last_review_of_a_field_counts,
        struck_records_are_not_shown, rows_that_miss_a_review_are_refused, what_no_review_can_say;
    audit: entries_form_a_chain, a_cut_log_is_seen;
    copies: a_backup_holds_everything, a_desk_is_filled_from_another, a_desk_is_not_made_twice;
}
