//! Hang up: one leg, or everybody in a call.

use board::view::{CallView, LegView};

use super::{Move, refused_offer};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::preview::Party;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Option<Offer> {
    let first = named.or_else(|| call.legs.first())?;
    let subject = named.map_or(&call.id, |leg| &leg.id);
    let party = scene.party(first);
    Some(match legs(call, named, scene) {
        Err(refusal) => refused_offer(Verb::HangUp, subject, party, refusal),
        Ok(_) => Offer {
            verb: Verb::HangUp,
            subject: subject.clone(),
            party,
            targets: Vec::new(),
            refused: Vec::new(),
            numbers: false,
            refusal: None,
        },
    })
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Move, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    Ok(Move::HangUp {
        legs: legs(call, named, scene)?,
    })
}

fn legs(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Result<Vec<Party>, Refusal> {
    scene.ready("Hangup")?;
    let chosen: Vec<_> = call
        .legs
        .iter()
        .filter(|leg| named.is_none_or(|named| named.id == leg.id))
        .collect();
    if chosen.iter().any(|leg| scene.pending.contains(&leg.id)) {
        return Err(Refusal::Pending);
    }
    Ok(chosen.into_iter().map(|leg| scene.party(leg)).collect())
}
