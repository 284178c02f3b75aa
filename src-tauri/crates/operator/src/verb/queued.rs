//! A caller who waits in a queue: goes sooner or later, or leaves the queue and goes on in the dialplan behind it.

use ami::action::{List, QueueChangePriority, QueueWithdraw};
use board::view::{CallView, LegState, LegView};

use super::Moves;
use super::act::{HIGHEST, meant};
use super::moves::Act;
use crate::intent::{Intent, Verb};
use crate::offer::{Asks, Offer};
use crate::plan::Proof;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let Ok(leg) = meant(call, named, waits) else {
        return Vec::new();
    };
    let party = scene.party(leg);
    let ready = |action| scene.ready(action).and_then(|()| scene.free(leg));
    vec![
        Offer::act(
            Verb::SetPriority,
            &leg.id,
            party.clone(),
            ready("QueueChangePriorityCaller"),
        )
        .asking(Asks::Value),
        Offer::act(Verb::Withdraw, &leg.id, party, ready("QueueWithdrawCaller")),
    ]
}

fn waits(leg: &LegView) -> bool {
    leg.state == LegState::Queued
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    let leg = meant(call, named, waits)?;
    scene.free(leg)?;
    let key = leg.id.key.clone();
    let queue = scene
        .board
        .queue_of(&key)
        .ok_or(Refusal::MovedOn)?
        .to_owned();
    let channel = leg.channel.clone();
    let about = vec![scene.party(leg)];
    if intent.verb == Verb::Withdraw {
        scene.ready("QueueWithdrawCaller")?;
        let action = QueueWithdraw { queue, channel };
        return Ok(Act::new(&action, Proof::OutOfQueue(key), about).into());
    }
    scene.ready("QueueChangePriorityCaller")?;
    let priority = intent.details.value.filter(|value| *value <= HIGHEST);
    let priority = priority.ok_or(Refusal::BadDetails)?;
    let proof = Proof::Priority {
        queue: queue.clone(),
        leg: key,
        priority,
    };
    let action = QueueChangePriority {
        queue,
        channel,
        priority,
    };
    Ok(Act::new(&action, proof, about)
        .then_read(List::Queues)
        .into())
}
