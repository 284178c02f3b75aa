//! Straight to voicemail: one leg goes to the target's box, and no phone rings.

use board::view::{CallView, LegView};

use super::transfer::{may_move, mover, movers, released};
use super::{Move, Moves, Spots, Traveller, sort};
use crate::goal::Goal;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::refusal::{Missing, Refusal};
use crate::scene::Scene;

pub(super) fn offers(
    call: &CallView,
    named: Option<&LegView>,
    spots: &Spots<'_>,
    scene: Scene<'_>,
) -> Option<Offer> {
    scene.rules.voicemail.as_ref()?;
    let leg = movers(call, named, scene).into_iter().next()?;
    let party = scene.party(leg);
    if let Err(refusal) = may_move(leg, scene) {
        return Some(Offer::act(Verb::Voicemail, &leg.id, party, Err(refusal)));
    }
    let boxes = spots.iter().map(|(target, _)| *target);
    let boxes = boxes.filter(|target| has_box(target, scene));
    let targets = sort(boxes.map(|target| (target, to_box(target, scene).map(drop))));
    Some(Offer::towards(Verb::Voicemail, &leg.id, party, targets))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = mover(call, named, scene)?;
    let to = to_box(intent.target.as_ref().ok_or(Refusal::NotATarget)?, scene)?;
    let who = Traveller {
        party: scene.party(leg),
        leg: leg.id.clone(),
        to,
    };
    Ok(Move::send(who, released(call, leg, scene)).into())
}

fn has_box(target: &board::Ref, scene: Scene<'_>) -> bool {
    scene
        .extension(target)
        .is_some_and(|extension| extension.mailbox.is_some())
}

/// The way to somebody's box. A phone that is off makes no difference to it.
fn to_box(target: &board::Ref, scene: Scene<'_>) -> Result<Goal, Refusal> {
    let what = Missing::Voicemail;
    let prefix = scene
        .rules
        .voicemail
        .as_ref()
        .ok_or(Refusal::NotSetUp { what })?;
    let extension = scene.extension(target).ok_or(Refusal::NotATarget)?;
    let number = format!("{prefix}{}", extension.number);
    Goal::of_house(target, &number, extension.name.clone())
}
