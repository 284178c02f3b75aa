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

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let legs = match outer(call, named, scene) {
        Ok(leg) => vec![leg],
        Err(_) => several(call, named, scene),
    };
    legs.into_iter()
        .filter_map(|leg| offer(call, leg, scene))
        .collect()
}

fn offer(call: &CallView, leg: &LegView, scene: Scene<'_>) -> Option<Offer> {
    // What is the same for every call is looked at once.
    let ready = scene.ready("Bridge").and_then(|()| may_move(leg, scene));
    let others = scene.calls().filter(|other| other.id != call.id);
    let targets = sort(others.flat_map(|other| {
        let legal = |leg: &LegView| ready.clone().and_then(|()| movable(leg, scene));
        let whole = outer(other, None, scene).and_then(legal);
        let each = several(other, None, scene).into_iter();
        let each = each.map(move |leg| (&leg.id, legal(leg)));
        std::iter::once((&other.id, whole)).chain(each)
    }));
    if targets.0.is_empty() {
        return None;
    }
    let party = scene.party(leg);
    Some(Offer::towards(Verb::Connect, &leg.id, party, targets))
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

/// The one of a call who is meant: of my call the other party, of a colleague's the one from outside.
fn outer<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Result<&'c LegView, Refusal> {
    let movers = movers(call, named, scene);
    let leg = match &movers[..] {
        [only] => only,
        [outside, inside] if outside.trunk.is_some() && inside.trunk.is_none() => outside,
        [] => return Err(Refusal::NotInThisState),
        [_, ..] => return Err(Refusal::WhichLeg),
    };
    let hears = can_hear(leg, scene).then_some(*leg);
    hears.ok_or(Refusal::NotInThisState)
}

/// Where more than one could be meant each has to be named.
fn several<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Vec<&'c LegView> {
    if !matches!(outer(call, named, scene), Err(Refusal::WhichLeg)) {
        return Vec::new();
    }
    let mut legs = movers(call, named, scene);
    legs.retain(|leg| can_hear(leg, scene));
    legs
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
