//! Both parties of a bridged pair go together (`Redirect` with `ExtraChannel`): to one place, or to two. Nobody is hung up.

use board::view::{CallView, LegView};

use super::transfer::{extensions_here, may_move};
use super::{Move, Moves, Spots, Traveller, Trip, sort_targets};
use crate::goal::Spot;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offer(
    call: &CallView,
    named: Option<&LegView>,
    spots: &Spots<'_>,
    scene: Scene<'_>,
) -> Option<Offer> {
    let first = named.or_else(|| call.legs.first())?;
    let subject = named.map_or(&call.id, |leg| &leg.id);
    let party = scene.party(first);
    let pair = match pair(call, named).and_then(|pair| {
        pair.iter()
            .try_for_each(|leg| may_move(leg, scene))
            .map(|()| pair)
    }) {
        Ok(pair) => pair,
        Err(refusal) => return Some(Offer::act(Verb::TransferBoth, subject, party, Err(refusal))),
    };
    if named.is_some() && goes_where_one_goes(call, pair) {
        return Some(Offer::like(
            Verb::TransferBoth,
            subject,
            party,
            Verb::Transfer,
        ));
    }
    let targets = sort_targets(spots, |spot| elsewhere(pair, spot));
    Some(Offer::towards(Verb::TransferBoth, subject, party, targets).with_numbers())
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let [first, other] = pair(call, named)?;
    may_move(first, scene)?;
    may_move(other, scene)?;
    let to = scene.goal(intent.target.as_ref().ok_or(Refusal::NotATarget)?)?;
    let there = intent
        .second
        .as_ref()
        .map_or_else(|| Ok(to.clone()), |second| scene.goal(second))?;
    for goal in [&to, &there] {
        elsewhere([first, other], goal.spot())?;
    }
    let who = Traveller {
        party: scene.party(first),
        leg: first.id.clone(),
        to,
    };
    let with = Traveller {
        party: scene.party(other),
        leg: other.id.clone(),
        to: there,
    };
    let trip = Trip {
        who,
        with: Some(with),
    };
    Ok(Move::Send {
        trips: vec![trip],
        released: Vec::new(),
    }
    .into())
}

/// Exactly two who hear each other; the named one first.
pub(super) fn pair<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
) -> Result<[&'c LegView; 2], Refusal> {
    let first = named
        .or_else(|| call.legs.iter().find(|leg| !leg.hears.is_empty()))
        .ok_or(Refusal::NotAPair)?;
    let [partner] = &first.hears[..] else {
        return Err(Refusal::NotAPair);
    };
    let other = call
        .legs
        .iter()
        .find(|leg| leg.id == *partner)
        .ok_or(Refusal::NotAPair)?;
    Ok([first, other])
}

/// Nobody is in the call whose phone the first alone could not go to either: thousands of targets need not be listed twice.
fn goes_where_one_goes(call: &CallView, pair: [&LegView; 2]) -> bool {
    let mut here = extensions_here(call, pair[0]).into_iter();
    here.all(|there| pair.iter().any(|leg| leg.extension.as_ref() == Some(there)))
}

fn elsewhere(pair: [&LegView; 2], spot: Spot<'_>) -> Result<(), Refusal> {
    let same = pair
        .iter()
        .any(|leg| leg.extension.is_some() && leg.extension.as_ref() == spot.extension);
    if same {
        Err(Refusal::SamePerson)
    } else {
        Ok(())
    }
}
