//! Straight to voicemail: one leg goes to the target's box, and no phone rings. Everybody's number may have a box: nothing tells of one in
//! which no message ever was, so the PBX is asked before the write.

use board::view::{CallView, ExtensionView, LegView};

use super::transfer::{may_move, mover, movers, released};
use super::{Move, Moves, Traveller, sort};
use crate::goal::{Goal, Mailbox, is_phone};
use crate::intent::{Intent, Verb};
use crate::number::{dialable, is_dialable};
use crate::offer::Offer;
use crate::refusal::{Missing, Refusal};
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Option<Offer> {
    scene.rules.voicemail.as_ref()?;
    let leg = movers(call, named, scene).into_iter().next()?;
    let party = scene.party(leg);
    if let Err(refusal) = may_move(leg, scene) {
        return Some(Offer::act(Verb::Voicemail, &leg.id, party, Err(refusal)));
    }
    let people = scene
        .extensions()
        .filter(|extension| is_somebody(extension));
    let targets = sort(people.map(|extension| (&extension.id, may_leave(leg, extension))));
    Some(Offer::towards(Verb::Voicemail, &leg.id, party, targets))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = mover(call, named, scene)?;
    let whose = intent.target.as_ref().and_then(|to| scene.extension(to));
    whose.map_or(Ok(()), |whose| may_leave(leg, whose))?;
    let to = to_box(intent.target.as_ref().ok_or(Refusal::NotATarget)?, scene)?;
    let who = Traveller {
        party: scene.party(leg),
        leg: leg.id.clone(),
        to,
    };
    Ok(Move::send(who, released(call, leg, scene)).into())
}

/// Nobody leaves a message for themselves.
fn may_leave(leg: &LegView, extension: &ExtensionView) -> Result<(), Refusal> {
    if leg.extension.as_ref() == Some(&extension.id) {
        return Err(Refusal::SamePerson);
    }
    let fits = is_dialable(&extension.number);
    fits.then_some(()).ok_or(Refusal::BadNumber)
}

/// A hint without a phone is a lamp, a room or a parking space: nobody leaves messages there, unless somebody has.
fn is_somebody(extension: &ExtensionView) -> bool {
    let devices = &extension.devices;
    let phones = devices.is_empty() || devices.iter().any(|device| is_phone(device));
    phones || extension.mailbox.is_some()
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
    let goal = Goal::of_house(target, &number, extension.name.clone())?;
    Ok(goal.into_box(box_of(extension, scene)?))
}

/// The house says in which context its boxes are; where it says nothing it is `default`, as for `VoiceMail` itself.
fn box_of(extension: &ExtensionView, scene: Scene<'_>) -> Result<Mailbox, Refusal> {
    if let Some(known) = &extension.mailbox {
        let id = known.mailbox.clone();
        return Ok(Mailbox { id, known: true });
    }
    let number = dialable(&extension.number).ok_or(Refusal::BadNumber)?;
    // It goes into a function of the dialplan: `VM_INFO(101@staff,exists)`.
    let context = scene.board.place().mailboxes();
    let context = dialable(context).filter(|plain| plain == context);
    Ok(Mailbox {
        id: format!("{number}@{}", context.ok_or(Refusal::BadDetails)?),
        known: false,
    })
}
