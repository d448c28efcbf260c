//! The answers of the desk as JSON, format `hearsay-desk/1`: fields are named as in the ledger's JSON, where it has them;
//! what is not known is `null`; sentences are counted from 0 and spans are bytes of the text.

use hearsay_ledger::{AccountId, DisputeId, EventId, TruceTermId};
use hearsay_store::{
    AccountRow, DisputeLine, DocumentLine, EventLine, Incident, Origin, Review, ReviewStanding, SourceTally, Status, StoredDocument, StoredReading,
    Struck, TruceLine, Versions,
};
use serde_json::{Value, json};

/// Value of the field `format`.
const FORMAT: &str = "hearsay-desk/1";

/// An answer with the name of its format.
pub fn whole(mut answer: Value) -> Value {
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("format".to_owned(), FORMAT.into());
    }
    answer
}

fn day(day: Option<hearsay_ledger::Date>) -> Value {
    day.map_or(Value::Null, |day| day.to_string().into())
}

fn number_of_people(low: Option<u64>, high: Option<u64>) -> Value {
    if low.is_none() && high.is_none() { Value::Null } else { json!({ "low": low, "high": high }) }
}

/// A document in a list.
pub fn document(it: &DocumentLine) -> Value {
    json!({
        "id": it.id, "title": it.title, "publisher": it.publisher, "published": day(it.published), "url": it.url, "language": it.language,
        "captured": it.captured.to_string(), "voice": it.voice, "events": it.events,
    })
}

/// A document as it is kept.
pub fn stored(it: &StoredDocument) -> Value {
    let document = &it.document;
    json!({
        "id": document.id, "title": document.title, "publisher": document.publisher, "published": day(document.published), "url": document.url,
        "language": document.language, "text": document.text, "text_digest": it.text_digest, "raw_digest": it.raw_digest,
        "captured": it.captured.to_string(), "headers": it.headers, "voice": it.voice,
    })
}

fn origin(it: &Origin) -> Value {
    json!({ "id": it.document, "title": it.title, "publisher": it.publisher, "published": day(it.published), "voice": it.voice })
}

fn account(it: &AccountRow) -> Value {
    json!({
        "id": AccountId(it.ordinal).to_string(), "event": EventId(it.event).to_string(), "stance": it.stance.as_str(), "via": it.via,
        "source": {
            "kind": it.source_kind.as_str(), "name": it.source_name, "country": it.source_country, "sector": it.source_sector,
            "side": it.source_side,
        },
    })
}

/// An event with who says what of it.
pub fn event(it: &EventLine) -> Value {
    let event = &it.event;
    let participants = it.participants.iter().map(|somebody| {
        json!({
            "role": somebody.role.as_str(), "name": somebody.name, "country": somebody.country, "sector": somebody.sector, "side": somebody.side,
        })
    });
    json!({
        "document": origin(&it.origin), "id": EventId(event.ordinal).to_string(), "type": event.event_type, "mode": event.mode,
        "cameo": event.cameo, "trigger": { "start": event.trigger_start, "end": event.trigger_end }, "sentence": event.sentence,
        "text": it.sentence, "time": event.time_value, "from": day(event.from_day), "to": day(event.to_day),
        "place": {
            "name": event.place_name, "latitude": event.latitude, "longitude": event.longitude, "country": event.place_country,
            "admin1": event.admin1, "gazetteer_id": event.gazetteer_id,
            "precision": event.place_precision.map(hearsay_ledger::Precision::as_str),
        },
        "killed": number_of_people(event.killed_low, event.killed_high), "injured": number_of_people(event.injured_low, event.injured_high),
        "displaced": number_of_people(event.displaced_low, event.displaced_high), "disputed": event.disputed,
        "participants": participants.collect::<Vec<Value>>(), "accounts": it.accounts.iter().map(account).collect::<Vec<Value>>(),
    })
}

/// A dispute with its accounts.
pub fn dispute(it: &DisputeLine) -> Value {
    json!({
        "document": origin(&it.origin), "id": DisputeId(it.ordinal).to_string(), "about": it.about.as_str(),
        "accounts": it.accounts.iter().map(account).collect::<Vec<Value>>(),
    })
}

/// A truce term with its parties.
pub fn truce_term(it: &TruceLine) -> Value {
    let term = &it.term;
    let parties = it.parties.iter().map(
        |party| json!({ "role": party.role.as_str(), "name": party.name, "country": party.country, "sector": party.sector, "side": party.side }),
    );
    json!({
        "document": origin(&it.origin), "id": TruceTermId(term.ordinal).to_string(), "kind": term.kind.as_str(), "effective": term.effective,
        "until": term.until, "sentence": term.sentence, "text": it.sentence, "parties": parties.collect::<Vec<Value>>(),
        "source": {
            "kind": term.source_kind.as_str(), "name": term.source_name, "country": term.source_country, "sector": term.source_sector,
            "side": term.source_side,
        },
    })
}

/// A source, counted.
pub fn source(it: &SourceTally) -> Value {
    json!({
        "name": it.name, "country": it.country, "sector": it.sector, "side": it.side, "documents": it.documents, "asserts": it.asserts,
        "denies": it.denies, "uncertain": it.uncertain, "expects": it.expects, "calls_for": it.calls_for, "disputed": it.disputed,
    })
}

/// An incident.
pub fn incident(it: &Incident) -> Value {
    let losses = |low: Option<u64>, best: Option<u64>, high: Option<u64>| json!({ "low": low, "best": best, "high": high });
    json!({
        "id": it.id, "type": it.event_type, "mode": it.mode, "from": day(it.from_day), "to": day(it.to_day),
        "place": {
            "name": it.place_name, "latitude": it.latitude, "longitude": it.longitude, "country": it.place_country, "admin1": it.admin1,
        },
        "killed": losses(it.killed_low, it.killed_best, it.killed_high), "injured": losses(it.injured_low, it.injured_best, it.injured_high),
        "displaced": losses(it.displaced_low, it.displaced_best, it.displaced_high), "voices": it.voices, "documents": it.documents,
        "first_report": day(it.first_report), "last_report": day(it.last_report), "disputed": it.disputed,
    })
}

fn versions(it: &Versions) -> Value {
    json!({ "program": it.program, "codebook": it.codebook, "gazetteer": it.gazetteer, "weights": it.weights })
}

/// What a desk holds.
pub fn status(it: &Status) -> Value {
    let of_versions = it.versions.iter().map(|(of, readings)| json!({ "versions": versions(of), "readings": readings }));
    let progress = it.progress.iter().map(|it| json!({ "origin": it.origin, "position": it.position }));
    json!({
        "documents": it.documents, "unread": it.unread, "voices": it.voices, "events": it.events, "truce_terms": it.truce_terms,
        "disputes": it.disputes, "incidents": it.incidents, "unlinked": it.unlinked, "reviews": it.reviews,
        "first_published": day(it.published.map(|(first, _)| first)), "last_published": day(it.published.map(|(_, last)| last)),
        "readings": of_versions.collect::<Vec<Value>>(), "progress": progress.collect::<Vec<Value>>(),
    })
}

/// A reading of a document.
pub fn reading(it: &StoredReading) -> Value {
    json!({
        "number": it.number, "made": it.made.to_string(), "current": it.current, "ledger_digest": it.ledger_digest,
        "versions": versions(&it.versions),
    })
}

/// A correction, and how it stands to what was coded.
pub fn review(it: &Review, of_review: Option<&ReviewStanding>) -> Value {
    let review = &it.review;
    json!({
        "number": it.number, "who": it.stamp.who, "when": it.stamp.when.to_string(), "record": review.target.record.as_str(),
        "anchor": { "start": review.target.anchor.start(), "end": review.target.anchor.end() }, "source": review.target.source,
        "field": review.field.as_str(), "old": review.old, "new": review.new, "why": review.why, "standing": of_review.map(standing),
        "versions": versions(&it.versions),
    })
}

/// How a review stands to what was coded, in a word or two.
pub fn standing(it: &ReviewStanding) -> &'static str {
    match it {
        ReviewStanding::Corrects => "corrects",
        ReviewStanding::Overrides { .. } => "overrides",
        ReviewStanding::Agrees => "agrees",
        ReviewStanding::Superseded => "superseded",
        ReviewStanding::Lost => "lost",
    }
}

/// The records that reviewers struck.
pub fn struck(it: &Struck) -> Value {
    json!({
        "events": it.events.iter().map(ToString::to_string).collect::<Vec<String>>(),
        "accounts": it.accounts.iter().map(ToString::to_string).collect::<Vec<String>>(),
        "truce_terms": it.truce_terms.iter().map(ToString::to_string).collect::<Vec<String>>(),
    })
}
