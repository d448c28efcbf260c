//! Truce terms, incidents and disputes.

use std::collections::BTreeSet;

use hearsay_ledger::{self as record, DisputeAbout, Stance};

use super::super::model::{Dispute, Incident, RecordName, Side, Telling, TruceTerm};
use super::{Material, evidence};

impl Material<'_> {
    /// The truce terms that a sentence states.
    pub(super) fn truce_terms(&self, sentence: usize) -> Vec<TruceTerm> {
        let here = self.reading.ledger.truce_terms.iter().filter(|term| term.sentence == sentence);
        here.map(|it| TruceTerm {
            id: it.id.to_string(),
            kind: it.kind.as_str(),
            by: self.entities(&it.by),
            with: self.entities(&it.with),
            effective: it.effective.clone(),
            until: it.until.clone(),
            conditions: self.passages(&it.conditions),
            source: self.source(it.source),
            words: self.passages(&evidence::truce_words(self.reading, it.id)),
            stance_of: evidence::truce_event(self.reading, it.id).map(|event| event.to_string()),
        })
        .collect()
    }

    /// The incidents that an event of a sentence is in.
    pub(super) fn incidents(&self, sentence: usize) -> Vec<Incident> {
        let ledger = &self.reading.ledger;
        let mut out = Vec::new();
        for (index, it) in ledger.incidents.iter().enumerate() {
            let events: Vec<&record::Event> = it.events.iter().filter_map(|id| ledger.events.get(id.index())).collect();
            if events.iter().any(|event| event.sentence == sentence) {
                out.push(Incident {
                    id: incident_id(index),
                    events: events.into_iter().map(|event| self.telling(event)).collect(),
                    joins: evidence::joins(self.reading, &it.events),
                });
            }
        }
        out
    }

    /// The disputes that any of some accounts is in.
    pub(super) fn disputes(&self, accounts: &BTreeSet<&str>) -> Vec<Dispute> {
        let here = |it: &&record::Dispute| it.accounts.iter().any(|id| accounts.contains(id.to_string().as_str()));
        self.reading.ledger.disputes.iter().filter(here).map(|it| self.dispute(it)).collect()
    }

    fn dispute(&self, it: &record::Dispute) -> Dispute {
        let ledger = &self.reading.ledger;
        let accounts: Vec<&record::Account> = it.accounts.iter().filter_map(|id| ledger.accounts.get(id.index())).collect();
        let events: BTreeSet<record::EventId> = accounts.iter().map(|account| account.event).collect();
        let tied = || ledger.incidents.iter().position(|incident| events.iter().all(|event| incident.events.contains(event)));
        Dispute {
            id: it.id.to_string(),
            about: it.about,
            reason: reason(it.about, accounts.iter().any(|account| account.stance == Stance::Denies)),
            incident: if events.len() > 1 { tied().map(incident_id) } else { None },
            sides: accounts.into_iter().filter_map(|account| self.side(account)).collect(),
        }
    }

    fn side(&self, account: &record::Account) -> Option<Side> {
        let event = self.reading.ledger.events.get(account.event.index())?;
        Some(Side { account: account.id.to_string(), source: self.source(account.source), stance: account.stance, event: self.telling(event) })
    }

    fn telling(&self, it: &record::Event) -> Telling {
        let ledger = &self.reading.ledger;
        let time = it.time.and_then(|id| ledger.times.get(id.index()));
        Telling {
            event: RecordName { id: it.id.to_string(), name: self.words(it.trigger) },
            sentence: it.sentence,
            event_type: it.event_type.clone(),
            mode: it.mode.clone(),
            actors: it.actors.iter().map(|actor| self.words(actor.span)).collect(),
            place: it.place.and_then(|id| ledger.places.get(id.index())).map(|place| place.name.clone()),
            time: time.map(|time| time.value.clone().unwrap_or_else(|| self.words(time.span))),
            losses: self.losses(it),
        }
    }
}

/// The id of an incident, as the ledger's JSON writes it.
fn incident_id(index: usize) -> String {
    format!("i{}", index + 1)
}

/// Why accounts that differ on something cannot both hold.
fn reason(about: DisputeAbout, denied: bool) -> &'static str {
    match (about, denied) {
        (DisputeAbout::Occurrence, _) => "one says that it happened, the other that it did not",
        (DisputeAbout::Actor, true) => "the denial comes from an actor, or from an actor's country",
        (DisputeAbout::Actor, false) => "the actors that they name have nothing in common",
        (DisputeAbout::Losses, _) => "the numbers that they give exclude each other",
        (DisputeAbout::Recipient, _) => "they name different recipients",
        (DisputeAbout::Place, _) => "they name different places",
        (DisputeAbout::Time, _) => "they name different times",
        (DisputeAbout::Terms, _) => "they name different terms",
    }
}
