//! Transfer: one leg goes to the target. Of my call that is the *other* party; of a ringing call the caller, never the phone that rings
//! (redirecting the ringing leg hangs the caller up); of somebody else's call the outside party first, and either can be named.

use board::Ref;
use board::view::{CallView, LegState, LegView};

use super::{Move, Moves, Spots, Traveller, sort_targets};
use crate::goal::Spot;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::preview::Party;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(
    call: &CallView,
    named: Option<&LegView>,
    spots: &Spots<'_>,
    scene: Scene<'_>,
) -> Vec<Offer> {
    movers(call, named, scene)
        .into_iter()
        .map(|leg| offer(call, leg, spots, scene))
        .collect()
}

fn offer(call: &CallView, leg: &LegView, spots: &Spots<'_>, scene: Scene<'_>) -> Offer {
    let party = scene.party(leg);
    if let Err(refusal) = may_move(leg, scene) {
        return Offer::act(Verb::Transfer, &leg.id, party, Err(refusal));
    }
    let here = extensions_here(call, leg);
    let targets = sort_targets(spots, |spot| apart(&here, spot));
    Offer::towards(Verb::Transfer, &leg.id, party, targets).with_numbers()
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = mover(call, named, scene)?;
    let to = scene.goal(intent.target.as_ref().ok_or(Refusal::NotATarget)?)?;
    elsewhere(call, leg, to.spot())?;
    let who = Traveller {
        party: scene.party(leg),
        leg: leg.id.clone(),
        to,
    };
    Ok(Move::send(who, released(call, leg, scene)).into())
}

/// The one leg that moves, or why none can.
pub(super) fn mover<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Result<&'c LegView, Refusal> {
    let movers = movers(call, named, scene);
    let leg = match (&movers[..], named) {
        ([only], _) => *only,
        ([_, ..], None) => return Err(Refusal::WhichLeg),
        (all, Some(named)) => all
            .iter()
            .find(|leg| leg.id == named.id)
            .copied()
            .ok_or(Refusal::NotMovable)?,
        ([], None) => return Err(Refusal::NotMovable),
    };
    may_move(leg, scene)?;
    Ok(leg)
}

/// Who could be meant, the likeliest first.
pub(super) fn movers<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Vec<&'c LegView> {
    if let Some(leg) = named {
        return vec![in_place_of_ringing(call, leg, scene)];
    }
    let mut legs: Vec<_> = call
        .legs
        .iter()
        .filter(|leg| leg.state != LegState::Ringing)
        .collect();
    let is_mine = |leg: &LegView| scene.is_mine(leg);
    if legs.len() == 2 && legs.iter().any(|leg| is_mine(leg)) {
        legs.retain(|leg| !is_mine(leg));
    }
    // While I call out nobody else is there to move: whoever grabs that call does not mean to send themselves away.
    legs.retain(|leg| leg.state != LegState::Calling || !is_mine(leg));
    legs.sort_by_key(|leg| leg.trunk.is_none());
    legs
}

/// A phone that rings stands for the caller it rings for, unless that is the operator.
fn in_place_of_ringing<'c>(call: &'c CallView, leg: &'c LegView, scene: Scene<'_>) -> &'c LegView {
    if leg.state != LegState::Ringing {
        return leg;
    }
    let caller = call
        .legs
        .iter()
        .find(|other| matches!(other.state, LegState::Calling | LegState::Queued));
    caller.filter(|other| !scene.is_mine(other)).unwrap_or(leg)
}

pub(super) fn may_move(leg: &LegView, scene: Scene<'_>) -> Result<(), Refusal> {
    scene.ready("Redirect")?;
    movable(leg, scene)
}

/// The same, where it is known already that the account may move anybody.
pub(super) fn movable(leg: &LegView, scene: Scene<'_>) -> Result<(), Refusal> {
    scene.free(leg)?;
    // A Local channel alone in its call is a wire to somewhere else.
    let wire = leg.channel.starts_with("Local/");
    if leg.state == LegState::Ringing || wire {
        Err(Refusal::NotMovable)
    } else {
        Ok(())
    }
}

/// Nobody is sent to themselves, or to the one they are talking to.
pub(super) fn elsewhere(call: &CallView, leg: &LegView, spot: Spot<'_>) -> Result<(), Refusal> {
    apart(&extensions_here(call, leg), spot)
}

/// Whose phones the leg is on, hears, or waits for.
pub(super) fn extensions_here<'c>(call: &'c CallView, leg: &LegView) -> Vec<&'c Ref> {
    let here = |other: &&LegView| {
        other.id == leg.id || leg.hears.contains(&other.id) || other.state == LegState::Ringing
    };
    let legs = call.legs.iter().filter(here);
    legs.filter_map(|other| other.extension.as_ref()).collect()
}

fn apart(here: &[&Ref], spot: Spot<'_>) -> Result<(), Refusal> {
    let same = spot.extension.is_some_and(|there| here.contains(&there));
    if same {
        Err(Refusal::SamePerson)
    } else {
        Ok(())
    }
}

/// Whose call ends: the only one the leg hears, or whoever is rung for it.
pub(super) fn released(call: &CallView, leg: &LegView, scene: Scene<'_>) -> Vec<Party> {
    let partner = call
        .legs
        .iter()
        .filter(|other| leg.hears.len() == 1 && leg.hears.contains(&other.id));
    let rung = call
        .legs
        .iter()
        .filter(|other| other.state == LegState::Ringing && leg.hears.is_empty());
    partner
        .chain(rung)
        .map(|other| scene.party(other))
        .collect()
}
