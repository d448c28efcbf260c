//! Whose voice a document is: a near-copy of texts in the desk carries on theirs, and may show that two voices are one.

use std::collections::BTreeSet;

use hearsay_ingest::likeness::{Assignment, Known, Signature, assign};
use hearsay_store::{BlockingDesk, Likeness, Neighbour, Result, Stamp};

/// The voice of a document that is to be stored.
pub struct Voice {
    /// What is stored with it.
    pub likeness: Likeness,
    assignment: Assignment,
    near: Vec<Neighbour>,
}

impl Voice {
    /// The voice of the document `id`, by the documents of the desk that it is like.
    pub fn of(desk: &BlockingDesk, id: &str, signature: Option<&Signature>) -> Result<Self> {
        let Some(signature) = signature else {
            let assignment = Assignment { voice: id.to_owned(), renamed: Vec::new() };
            return Ok(Self { likeness: Likeness::default(), assignment, near: Vec::new() });
        };
        let bands = signature.bands();
        let near = desk.ask(|store| store.neighbours(&bands))?;
        let known = |it: &Neighbour| Some(Known { voice: it.voice.clone(), signature: Signature::from_bytes(&it.signature).ok()? });
        let known: Vec<Known> = near.iter().filter_map(known).collect();
        let assignment = assign(id, signature, &known);
        let voice = Some(assignment.voice.clone()).filter(|voice| voice != id);
        Ok(Self { likeness: Likeness { voice, signature: Some(signature.to_bytes()), bands }, assignment, near })
    }

    /// Gives this voice to the documents of all voices that turned out to be this one. They hang together by likeness, so
    /// each is found from another one.
    pub fn rename(self, desk: &BlockingDesk, stamp: &Stamp) -> Result<()> {
        let Assignment { voice, renamed } = &self.assignment;
        let mut waiting = self.near;
        let mut seen = BTreeSet::new();
        while let Some(it) = waiting.pop() {
            if !renamed.contains(&it.voice) || !seen.insert(it.id.clone()) {
                continue;
            }
            desk.ask(|store| store.set_voice(&it.id, voice, stamp))?;
            if let Ok(signature) = Signature::from_bytes(&it.signature) {
                let bands = signature.bands();
                waiting.extend(desk.ask(|store| store.neighbours(&bands))?);
            }
        }
        Ok(())
    }
}
