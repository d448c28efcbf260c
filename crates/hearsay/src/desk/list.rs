//! The commands that list records page by page: they differ in what is asked of the store and how a record looks.

use std::process::ExitCode;

use hearsay_store::{BlockingDesk, Filter, Paging};

use super::{Answer, ask, disputes, documents, ended, events, incidents, messages, place, print, truces};
use crate::cli;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Documents, the last added first.
    Documents,
    /// Events, the latest first.
    Events,
    /// Incidents, the latest first.
    Incidents,
    /// Disputes, those of the last added documents first.
    Disputes,
    /// Truce terms, the latest first.
    Truces,
}

/// Runs one of the commands and says how it went.
pub fn run(command: cli::List, listing: Listing) -> ExitCode {
    let messages = messages(false, command.view.color);
    ended(print_list(command, listing), &messages)
}

fn print_list(command: cli::List, listing: Listing) -> anyhow::Result<ExitCode> {
    let (desk, _) = place::open(&command.desk)?;
    let (filter, paging) = (ask::filter(command.wanted), ask::paging(command.part));
    print(&*answer(&desk, listing, &filter, &paging)?, &command.view)?;
    Ok(ExitCode::SUCCESS)
}

fn answer(desk: &BlockingDesk, listing: Listing, filter: &Filter, paging: &Paging) -> hearsay_store::Result<Box<dyn Answer>> {
    Ok(match listing {
        Listing::Documents => Box::new(documents::Documents(desk.ask(|store| store.documents(filter, paging))?)),
        Listing::Events => Box::new(events::Events(desk.ask(|store| store.events(filter, paging))?)),
        Listing::Incidents => Box::new(incidents::find(desk, filter, paging)?),
        Listing::Disputes => Box::new(disputes::Disputes(desk.ask(|store| store.disputes(filter, paging))?)),
        Listing::Truces => Box::new(truces::Truces(desk.ask(|store| store.truce_terms(filter, paging))?)),
    })
}
