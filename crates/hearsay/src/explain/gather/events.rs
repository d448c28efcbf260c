//! Events and their accounts.

use hearsay_coder::encode::{self, Filler, Trigger};
use hearsay_ledger::{self as record, Span};

use super::super::model::{Account, Cameo, Carrier, Event, RecordName, Role, Rule};
use super::{Material, evidence, likeliest, rounded};

/// Where the Goldstein scores of `cameo.tsv` come from.
const GOLDSTEIN_TABLE: &str = "the Goldstein scale as GDELT publishes it";

/// The label of the network for no mode.
const NO_MODE: &str = "none";

impl Material<'_> {
    /// The events whose trigger stands in a sentence.
    pub(super) fn events(&self, sentence: usize) -> Vec<Event> {
        self.events_seen().filter(|(event, _)| event.sentence == sentence).map(|(event, trigger)| self.event(event, trigger)).collect()
    }

    /// Every event with the trigger it was made of: they stand in the same order, one each.
    fn events_seen(&self) -> impl Iterator<Item = (&record::Event, &Trigger)> {
        self.reading.ledger.events.iter().zip(&self.reading.encoded.triggers)
    }

    fn event(&self, it: &record::Event, trigger: &Trigger) -> Event {
        let known = self.codebook.event.modes(&it.event_type);
        let modes = trigger.modes.iter().filter(|(mode, _)| &**mode == NO_MODE || known.iter().any(|known| **known == **mode));
        let rule = trigger.rule.and_then(|index| self.codebook.event.rules().get(index));
        let accounts = self.reading.ledger.accounts.iter().filter(|account| account.event == it.id);
        Event {
            id: it.id.to_string(),
            trigger: self.passage(it.trigger),
            probability: rounded(trigger.score),
            rule: rule.map(|rule| Rule { trigger: rule.trigger.clone(), origin: rule.origin.clone() }),
            event_type: it.event_type.clone(),
            mode: it.mode.clone(),
            types: likeliest(trigger.types.iter().map(|(name, score)| (name, *score))),
            modes: likeliest(modes.map(|(name, score)| (name, *score))),
            stances: likeliest(trigger.stances.iter().map(|(stance, score)| (stance.as_str(), *score))),
            cameo: it.cameo.as_deref().map(|code| self.cameo(code)),
            roles: trigger.roles.iter().filter_map(|filler| self.role(it, filler)).collect(),
            losses: self.losses(it),
            accounts: accounts.filter_map(|account| self.account(account)).collect(),
        }
    }

    fn cameo(&self, code: &str) -> Cameo {
        let known = self.codebook.event.cameo(code);
        let quad_class = known.map_or(0, |known| known.quad_class);
        Cameo {
            code: code.to_owned(),
            name: known.map(|known| known.name.clone()).unwrap_or_default(),
            quad_class,
            quad_class_name: match quad_class {
                1 => "verbal cooperation",
                2 => "material cooperation",
                3 => "verbal conflict",
                4 => "material conflict",
                _ => "no quad class",
            },
            goldstein: known.and_then(|known| known.goldstein),
            goldstein_table: GOLDSTEIN_TABLE,
        }
    }

    fn role(&self, event: &record::Event, filler: &Filler) -> Option<Role> {
        let span = self.cover(&filler.words)?;
        let participant = |arguments: &[record::Argument]| {
            let argument = arguments.iter().find(|argument| argument.span.overlaps(span));
            (argument.is_some(), argument.and_then(|argument| self.entity(argument.entity?)))
        };
        let one = |record: Option<RecordName>| (record.is_some(), record);
        let (role, (used, record)) = match filler.role {
            encode::Role::Actor => ("actor", participant(&event.actors)),
            encode::Role::Recipient => ("recipient", participant(&event.recipients)),
            encode::Role::Place => ("place", one(self.place(event, span))),
            encode::Role::Time => ("time", one(self.time(event, span))),
            encode::Role::Source => ("source", one(self.teller(event, span))),
        };
        Some(Role { role, passage: self.passage(span), probability: rounded(filler.score), used, record })
    }

    /// The place of an event, if it is one of `span`.
    fn place(&self, event: &record::Event, span: Span) -> Option<RecordName> {
        let place = self.reading.ledger.places.get(event.place?.index()).filter(|place| place.span.overlaps(span))?;
        Some(RecordName { id: place.id.to_string(), name: place.name.clone() })
    }

    /// The time of an event, if it is one of `span`.
    fn time(&self, event: &record::Event, span: Span) -> Option<RecordName> {
        let time = self.reading.ledger.times.get(event.time?.index()).filter(|time| time.span.overlaps(span))?;
        Some(RecordName { id: time.id.to_string(), name: time.value.clone().unwrap_or_else(|| self.words(time.span)) })
    }

    /// The account of an event whose source the words of `span` are.
    fn teller(&self, event: &record::Event, span: Span) -> Option<RecordName> {
        let mut accounts = self.reading.ledger.accounts.iter().filter(|account| account.event == event.id);
        let account = accounts.find(|account| account.source_span.is_some_and(|source| source.overlaps(span)))?;
        Some(RecordName { id: account.id.to_string(), name: self.source(account.source) })
    }

    /// The positions that a sentence takes on events of others.
    pub(super) fn reactions(&self, sentence: usize) -> Vec<Account> {
        let here = |account: &Account| account.source_sentence == Some(sentence) && account.event_sentence != sentence;
        let reactions = self.reading.ledger.accounts.iter().filter_map(|it| self.account(it));
        reactions.filter(|account| here(account) && account.carrier == Carrier::Reaction).collect()
    }

    fn account(&self, it: &record::Account) -> Option<Account> {
        let (event, trigger) = self.events_seen().nth(it.event.index())?;
        let attribution = it.attribution.and_then(|id| self.reading.ledger.attributions.get(id.index()));
        let seen = it.source_span.and_then(|source| {
            let fillers = trigger.roles.iter().filter(|filler| filler.role == encode::Role::Source && self.covers(&filler.words, source));
            fillers.map(|filler| filler.score).reduce(f32::max)
        });
        let reaction = evidence::reaction_words(self.reading, it.id);
        let carrier = match attribution {
            _ if reaction.is_some() => Carrier::Reaction,
            Some(attribution) if !attribution.source.is_empty() => Carrier::Attribution,
            _ if it.source_span.is_none() => Carrier::Narrator,
            _ => Carrier::Network,
        };
        let cue = |attribution: &record::Attribution| attribution.cue.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" … ");
        Some(Account {
            id: it.id.to_string(),
            event: RecordName { id: event.id.to_string(), name: self.words(event.trigger) },
            event_sentence: event.sentence,
            source: self.source(it.source),
            source_entity: if let record::SourceRef::Entity(id) = it.source { Some(id.to_string()) } else { None },
            source_sentence: it.source_span.map(|span| self.sentence_of(span)),
            stance: it.stance,
            via: it.via.and_then(|id| self.entity(id)),
            carrier,
            attribution: attribution.map(|attribution| RecordName { id: attribution.id.to_string(), name: cue(attribution) }),
            probability: seen.map(rounded),
            words: self.passages(&reaction.unwrap_or_default()),
        })
    }
}
