//! Who serves a queue: added, removed, paused with a reason, with a penalty. The queue itself tells of each.

use ami::action::{QueueAdd, QueuePause, QueuePenalty, QueueRemove};
use board::Ref;
use board::view::{ExtensionView, MemberView, QueueView};

use super::act::HIGHEST;
use super::moves::Act;
use super::{Moves, sort};
use crate::goal::is_phone;
use crate::intent::{Details, Intent, Verb};
use crate::offer::{Asks, Offer};
use crate::plan::{MemberNow, Proof};
use crate::preview::Place;
use crate::refusal::Refusal;
use crate::scene::Scene;

const VERBS: [Verb; 5] = [
    Verb::QueueAdd,
    Verb::QueueRemove,
    Verb::QueuePause,
    Verb::QueueUnpause,
    Verb::SetPenalty,
];
/// More than one line in any list.
const LONGEST_REASON: usize = 80;

pub(super) fn offers(subject: &Ref, scene: Scene<'_>) -> Vec<Offer> {
    let Some(person) = scene.extension(subject) else {
        return Vec::new();
    };
    let offer = |verb| {
        let judged = scene.queues().filter_map(|queue| {
            match act(verb, person, queue, &Details::default(), scene) {
                // The number is asked for with the verb.
                Ok(_) | Err(Refusal::BadDetails) => Some((&queue.id, Ok(()))),
                Err(Refusal::AlreadySo | Refusal::NotInThisState) => None,
                Err(refusal) => Some((&queue.id, Err(refusal))),
            }
        });
        let (targets, refused) = sort(judged);
        if targets.is_empty() && refused.is_empty() {
            return None;
        }
        let offer = Offer::towards(verb, subject, scene.person(person), (targets, refused));
        Some(if verb == Verb::SetPenalty {
            offer.asking(Asks::TargetAndValue)
        } else {
            offer
        })
    };
    VERBS.into_iter().filter_map(offer).collect()
}

/// Without a target a pause is one of all queues.
pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let person = scene.extension(&intent.subject).ok_or(Refusal::NoPhone)?;
    if let Some(target) = &intent.target {
        let queue = scene.queue(target).ok_or(Refusal::NotATarget)?;
        return act(intent.verb, person, queue, &intent.details, scene).map(Into::into);
    }
    if !matches!(intent.verb, Verb::QueuePause | Verb::QueueUnpause) {
        return Err(Refusal::NotATarget);
    }
    let possible = scene
        .queues()
        .map(|queue| act(intent.verb, person, queue, &intent.details, scene));
    let mut acts = Vec::new();
    // Of somebody who serves no queue nothing is so already.
    let mut refusal = Refusal::NotInThisState;
    for act in possible {
        match act {
            Ok(act) => acts.push(super::Move::Act(act)),
            Err(Refusal::NotInThisState) => {}
            Err(other) => refusal = other,
        }
    }
    if acts.is_empty() {
        Err(refusal)
    } else {
        Ok(Moves::series(acts))
    }
}

fn act(
    verb: Verb,
    person: &ExtensionView,
    queue: &QueueView,
    details: &Details,
    scene: Scene<'_>,
) -> Result<Act, Refusal> {
    let member = queue
        .members
        .iter()
        .find(|member| member.extension.as_ref() == Some(&person.id));
    let act = if verb == Verb::QueueAdd {
        added(member, person, queue, details, scene)?
    } else {
        changed(
            verb,
            member.ok_or(Refusal::NotInThisState)?,
            queue,
            details,
            scene,
        )?
    };
    let about = vec![scene.person(person)];
    let place = Place::named(&queue.id, &queue.name, queue.number.as_ref());
    Ok(Act { about, ..act }.at(place))
}

fn added(
    member: Option<&MemberView>,
    person: &ExtensionView,
    queue: &QueueView,
    details: &Details,
    scene: Scene<'_>,
) -> Result<Act, Refusal> {
    scene.ready("QueueAdd")?;
    if member.is_some() {
        return Err(Refusal::AlreadySo);
    }
    let interface = person.devices.iter().find(|device| is_phone(device));
    let interface = interface.ok_or(Refusal::NoPhone)?.clone();
    let name = person
        .name
        .as_deref()
        .map(plain)
        .filter(|name| !name.is_empty());
    let action = QueueAdd {
        queue: queue.name.clone(),
        interface: interface.clone(),
        name,
        penalty: penalty(details)?,
        state_interface: None,
        paused: false,
    };
    Ok(proven(&action, queue, interface, MemberNow::Serves))
}

fn changed(
    verb: Verb,
    member: &MemberView,
    queue: &QueueView,
    details: &Details,
    scene: Scene<'_>,
) -> Result<Act, Refusal> {
    let (name, interface) = (queue.name.clone(), member.interface.clone());
    if verb == Verb::QueueRemove {
        scene.ready("QueueRemove")?;
        if !member.dynamic {
            return Err(Refusal::StaticMember);
        }
        let action = QueueRemove {
            queue: name,
            interface: interface.clone(),
        };
        return Ok(proven(&action, queue, interface, MemberNow::Gone));
    }
    if verb == Verb::SetPenalty {
        scene.ready("QueuePenalty")?;
        let penalty = penalty(details)?.ok_or(Refusal::BadDetails)?;
        if member.penalty == penalty {
            return Err(Refusal::AlreadySo);
        }
        let action = QueuePenalty {
            queue: name,
            interface: interface.clone(),
            penalty,
        };
        return Ok(proven(
            &action,
            queue,
            interface,
            MemberNow::Penalty(penalty),
        ));
    }
    scene.ready("QueuePause")?;
    let paused = verb == Verb::QueuePause;
    if member.paused == paused {
        return Err(Refusal::AlreadySo);
    }
    let action = QueuePause {
        queue: Some(name),
        interface: interface.clone(),
        paused,
        reason: reason(details)?.filter(|_| paused),
    };
    Ok(proven(&action, queue, interface, MemberNow::Paused(paused)))
}

fn proven(action: &impl ami::Action, queue: &QueueView, interface: String, now: MemberNow) -> Act {
    let proof = Proof::Member {
        queue: queue.name.clone(),
        interface,
        now,
    };
    Act::new(action, proof, Vec::new())
}

fn penalty(details: &Details) -> Result<Option<u32>, Refusal> {
    match details.value {
        Some(value) if value > HIGHEST => Err(Refusal::BadDetails),
        value => Ok(value),
    }
}

fn reason(details: &Details) -> Result<Option<String>, Refusal> {
    let Some(reason) = details
        .reason
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    if reason.len() > LONGEST_REASON || reason.chars().any(char::is_control) {
        return Err(Refusal::BadDetails);
    }
    Ok(Some(reason.to_owned()))
}

/// A name is hostile text: what a line of AMI cannot carry goes, and it stays short.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}
