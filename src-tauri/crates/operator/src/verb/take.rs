//! Take: a caller comes to my phone. Parked, held, sent, waiting in a queue, in a menu, or ringing at a colleague (then it is a pick-up:
//! the caller moves, and the colleague's phone stops ringing). Next: whoever waits in a queue and is first in line for it.

use board::Ref;
use board::view::{CallView, LegView, QueueCallerView, QueueView};

use super::transfer::{elsewhere, may_move, mover, movers, released};
use super::{Move, Moves, Traveller};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Option<Offer> {
    let me = scene.me()?;
    let movers = movers(call, named, scene);
    let leg = match &movers[..] {
        [leg] => *leg,
        [] | [_, ..] => return None,
    };
    if leg.extension.as_ref() == Some(&me.id) {
        return None;
    }
    let allowed = may_move(leg, scene)
        .and_then(|()| scene.my_goal())
        .and_then(|goal| elsewhere(call, leg, goal.spot()));
    Some(Offer::act(Verb::Take, &leg.id, scene.party(leg), allowed))
}

/// The operator's own extension offers the next caller of all queues.
pub(super) fn next_offer(subject: &Ref, scene: Scene<'_>) -> Option<Offer> {
    let me = scene.me().filter(|me| me.id == *subject)?;
    let allowed = scene
        .my_goal()
        .and_then(|_| next(scene.queues(), scene).map(drop));
    Some(Offer::act(Verb::Next, subject, scene.person(me), allowed))
}

/// A queue offers its own next caller.
pub(super) fn offers_of_queue(subject: &Ref, scene: Scene<'_>) -> Vec<Offer> {
    let (Some(queue), Some(me)) = (scene.queue(subject), scene.me()) else {
        return Vec::new();
    };
    let allowed = scene
        .my_goal()
        .and_then(|_| next(std::iter::once(queue), scene).map(drop));
    vec![Offer::act(Verb::Next, subject, scene.person(me), allowed)]
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let to = scene.my_goal()?;
    let (call, leg) = if intent.verb == Verb::Next {
        match scene.queue(&intent.subject) {
            Some(queue) => next(std::iter::once(queue), scene)?,
            None => next(scene.queues(), scene)?,
        }
    } else {
        let (call, named) = scene.find(&intent.subject)?;
        scene.unchanged(call, intent.seen.as_ref())?;
        (call, mover(call, named, scene)?)
    };
    may_move(leg, scene)?;
    elsewhere(call, leg, to.spot())?;
    let who = Traveller {
        party: scene.party(leg),
        leg: leg.id.clone(),
        to,
    };
    Ok(Move::send(who, released(call, leg, scene)).into())
}

/// The highest priority first, then who has waited longest.
fn next<'a>(
    queues: impl Iterator<Item = &'a QueueView>,
    scene: Scene<'a>,
) -> Result<(&'a CallView, &'a LegView), Refusal> {
    let rank = |caller: &&QueueCallerView| {
        let priority = std::cmp::Reverse(caller.priority.unwrap_or_default());
        (priority, caller.since, caller.position)
    };
    let waiting = queues.flat_map(|queue| &queue.callers);
    let free = waiting.filter(|caller| !scene.pending.contains(&caller.leg));
    let first = free.min_by_key(rank).ok_or(Refusal::NobodyWaits)?;
    match scene.find(&first.leg)? {
        (call, Some(leg)) => Ok((call, leg)),
        (_, None) => Err(Refusal::Gone),
    }
}
