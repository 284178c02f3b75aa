//! Originate: a phone rings (mine, or the one that was grabbed), and once it answers the target is called.

use board::view::ExtensionView;
use board::{Ref, RefKind};

use super::{Move, Moves, Spots, sort_targets};
use crate::goal::{Spot, is_offline, is_phone};
use crate::intent::{Intent, Verb};
use crate::number::dialable;
use crate::offer::Offer;
use crate::plan::rings_first;
use crate::preview::Party;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(subject: &Ref, spots: &Spots<'_>, scene: Scene<'_>) -> Vec<Offer> {
    let Some(from) = scene.extension(subject) else {
        return Vec::new();
    };
    let party = scene.person(from);
    if let Err(refusal) = may_ring(from, scene) {
        return vec![Offer::act(Verb::Originate, subject, party, Err(refusal))];
    }
    let targets = sort_targets(spots, |spot| elsewhere(from, spot));
    vec![Offer::towards(Verb::Originate, subject, party, targets).with_numbers()]
}

/// A number is dialled by letting go of it on my own tile: my phone rings first.
pub(super) fn offers_of_number(subject: &Ref, scene: Scene<'_>) -> Vec<Offer> {
    let party = Party {
        leg: None,
        name: None,
        number: Some(subject.key.clone()),
        me: false,
    };
    let allowed = scene.me().ok_or(Refusal::NoPhone).and_then(|me| {
        may_ring(me, scene)?;
        elsewhere(me, scene.goal(subject)?.spot())?;
        Ok(me)
    });
    vec![match allowed {
        Ok(me) => {
            let targets = (vec![me.id.clone()], Vec::new());
            Offer::towards(Verb::Originate, subject, party, targets)
        }
        Err(refusal) => Offer::act(Verb::Originate, subject, party, Err(refusal)),
    }]
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let from = match intent.subject.kind {
        RefKind::Extension => scene.extension(&intent.subject).ok_or(Refusal::NoPhone)?,
        RefKind::Number => scene.me().ok_or(Refusal::NoPhone)?,
        RefKind::Pbx
        | RefKind::Call
        | RefKind::Leg
        | RefKind::Queue
        | RefKind::Parked
        | RefKind::Conference
        | RefKind::Trunk
        | RefKind::Agent
        | RefKind::Ended
        | RefKind::Gap
        | RefKind::Operation
        | RefKind::Consultation
        | RefKind::Note
        | RefKind::Sent
        | RefKind::Lost
        | RefKind::Camp
        | RefKind::Stuck => return Err(Refusal::NotMovable),
    };
    may_ring(from, scene)?;
    let to = scene.goal(intent.target.as_ref().ok_or(Refusal::NotATarget)?)?;
    elsewhere(from, to.spot())?;
    let device = device(from, scene)?;
    Ok(Move::Originate {
        from: scene.person(from),
        device,
        to,
    }
    .into())
}

/// A phone that rings for a call of ours is not rung a second time: whoever clicks twice means one call.
pub(super) fn may_ring(from: &ExtensionView, scene: Scene<'_>) -> Result<(), Refusal> {
    scene.ready("Originate")?;
    if is_offline(from) {
        return Err(Refusal::TargetOffline);
    }
    let rings = |device: &str| scene.pending.rings(device) || rings_first(device, scene.board);
    match device(from, scene) {
        Ok(device) if rings(&device) => Err(Refusal::RingsAlready),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn elsewhere(from: &ExtensionView, spot: Spot<'_>) -> Result<(), Refusal> {
    if spot.extension == Some(&from.id) {
        Err(Refusal::SamePerson)
    } else {
        Ok(())
    }
}

/// One phone is rung directly; several through the dialplan, as a caller would ring them.
pub(super) fn device(from: &ExtensionView, scene: Scene<'_>) -> Result<String, Refusal> {
    let phones: Vec<_> = from
        .devices
        .iter()
        .filter(|device| is_phone(device))
        .collect();
    match (&phones[..], from.devices.is_empty()) {
        ([], true) => Err(Refusal::NoPhone),
        ([phone], _) => Ok((*phone).clone()),
        ([..], _) => {
            let number = dialable(&from.number).ok_or(Refusal::BadNumber)?;
            Ok(format!("Local/{number}@{}", scene.board.place().context))
        }
    }
}
