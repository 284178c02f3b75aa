//! Camp on: the target is busy, so the caller waits to music until it is free. The desk watches and tells, see `net`.

use board::view::{CallView, ExtensionState, LegView};

use super::transfer::{elsewhere, may_move, mover, movers, released};
use super::{Move, Moves, Spots, Traveller};
use crate::goal::Spot;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(
    call: &CallView,
    named: Option<&LegView>,
    spots: &Spots<'_>,
    scene: Scene<'_>,
) -> Option<Offer> {
    scene.music().ok()?;
    let leg = movers(call, named, scene).into_iter().next()?;
    may_move(leg, scene).ok()?;
    let worth = |spot: &Spot<'_>| worth_waiting(call, leg, *spot).is_ok();
    let targets = spots
        .iter()
        .filter(|(_, spot)| spot.as_ref().is_ok_and(worth));
    let targets: Vec<_> = targets.map(|(target, _)| (*target).clone()).collect();
    if targets.is_empty() {
        return None;
    }
    let party = scene.party(leg);
    Some(Offer::towards(
        Verb::Camp,
        &leg.id,
        party,
        (targets, Vec::new()),
    ))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = mover(call, named, scene)?;
    let target = scene.goal(intent.target.as_ref().ok_or(Refusal::NotATarget)?)?;
    worth_waiting(call, leg, target.spot())?;
    let who = Traveller {
        party: scene.party(leg),
        leg: leg.id.clone(),
        to: scene.music()?,
    };
    Ok(Moves::from(Move::send(who, released(call, leg, scene))).awaiting(target.place()))
}

fn worth_waiting(call: &CallView, leg: &LegView, spot: Spot<'_>) -> Result<(), Refusal> {
    elsewhere(call, leg, spot)?;
    match spot.state {
        Some(
            ExtensionState::InUse
            | ExtensionState::InUseRinging
            | ExtensionState::Busy
            | ExtensionState::Held
            | ExtensionState::Ringing,
        ) => Ok(()),
        Some(ExtensionState::Idle | ExtensionState::Unknown | ExtensionState::Offline) => {
            Err(Refusal::TargetFree)
        }
        None => Err(Refusal::NotATarget),
    }
}
