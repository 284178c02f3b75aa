//! Hang up: one leg, or everybody in a call.

use board::view::{CallView, LegView};
use board::{Ref, RefKind};

use super::{Move, Moves};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::preview::Party;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Option<Offer> {
    let first = named.or_else(|| call.legs.first())?;
    let subject = named.map_or(&call.id, |leg| &leg.id);
    let party = scene.party(first);
    let allowed = legs(call, named, scene).map(drop);
    Some(Offer::act(Verb::HangUp, subject, party, allowed))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    if intent.subject.kind == RefKind::Conference {
        return Ok(Move::HangUp {
            legs: everybody(&intent.subject, scene)?,
        }
        .into());
    }
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    Ok(Move::HangUp {
        legs: legs(call, named, scene)?,
    }
    .into())
}

/// Everybody in a room.
pub(super) fn everybody(room: &Ref, scene: Scene<'_>) -> Result<Vec<Party>, Refusal> {
    scene.ready("Hangup")?;
    let room = scene.room(room).ok_or(Refusal::Gone)?;
    let seats = room
        .members
        .iter()
        .filter_map(|seat| scene.find(&seat.leg).ok());
    let all: Vec<_> = seats
        .filter_map(|(_, leg)| leg.map(|leg| scene.party(leg)))
        .collect();
    if all.is_empty() {
        Err(Refusal::NotInThisState)
    } else if all.iter().any(|party| scene.is_pending(party)) {
        Err(Refusal::Pending)
    } else {
        Ok(all)
    }
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
