//! Connect: the outer parties of two calls talk to each other; whoever stood between them is released. Whoever is in a conference or
//! waits in a queue is not connected but moved: by a transfer, a take, a join.

use board::view::{CallView, LegView};

use super::consult::{can_hear, together};
use super::transfer::{may_move, movable, movers};
use super::{Moves, Sorted, sort};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::preview::Party;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Option<Offer> {
    let leg = outer(call, named, scene).ok()?;
    // What is the same for every call is looked at once.
    let ready = scene.ready("Bridge").and_then(|()| may_move(leg, scene));
    let targets = sort_calls(call, scene, |other| {
        ready.clone()?;
        movable(outer(other, None, scene)?, scene)
    });
    if targets.0.is_empty() {
        return None;
    }
    Some(Offer::towards(
        Verb::Connect,
        &leg.id,
        scene.party(leg),
        targets,
    ))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let (other_call, other_named) = scene.company(intent)?;
    if other_call.id == call.id {
        return Err(Refusal::SamePerson);
    }
    let leg = outer(call, named, scene)?;
    let other = outer(other_call, other_named, scene)?;
    for one in [leg, other] {
        may_move(one, scene)?;
    }
    let released = [(call, leg), (other_call, other)];
    let released = released
        .into_iter()
        .flat_map(|(call, leg)| partners(call, leg, scene))
        .collect();
    scene.ready("Bridge")?;
    together(&scene.party(leg), &scene.party(other), released, scene).map(Into::into)
}

/// The one of a call who is meant: of my call the other party.
fn outer<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Result<&'c LegView, Refusal> {
    let movers = movers(call, named, scene);
    match &movers[..] {
        [only] if can_hear(only, scene) => Ok(only),
        [_] | [] => Err(Refusal::NotInThisState),
        [_, ..] => Err(Refusal::WhichLeg),
    }
}

fn partners(call: &CallView, leg: &LegView, scene: Scene<'_>) -> Vec<Party> {
    if leg.hears.len() > 1 {
        return Vec::new();
    }
    let partner = call
        .legs
        .iter()
        .filter(|other| leg.hears.contains(&other.id));
    partner.map(|other| scene.party(other)).collect()
}

/// Every other call as a target, legal or not.
pub(super) fn sort_calls(
    call: &CallView,
    scene: Scene<'_>,
    legal: impl Fn(&CallView) -> Result<(), Refusal>,
) -> Sorted {
    let others = scene.calls().filter(|other| other.id != call.id);
    sort(others.map(|other| (&other.id, legal(other))))
}
