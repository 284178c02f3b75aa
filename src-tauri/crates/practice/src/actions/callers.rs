//! Callers of queues: how important they are, and back into the dialplan with them.

use super::Answer;
use crate::channel::{ChannelKey, Doing};
use crate::pbx::{Pbx, Task};
use crate::queue::Waiting;
use crate::request::Request;
use crate::wire::{ack, error};

/// A queue and one who waits in it, by the channel's exact name, as app_queue looks for it.
fn caller<'a>(
    request: &Request,
    pbx: &'a mut Pbx,
    wish: &str,
) -> Result<(ChannelKey, &'a mut Vec<Waiting>, usize), String> {
    for header in ["Queue", "Caller"] {
        if request.get(header).is_none() {
            return Err(error(request, format!("'{header}' not specified.")));
        }
    }
    let refuse = |what: &str| error(request, format!("Unable to {wish}: No such {what}"));
    let wanted = request.text("Caller");
    let named: Vec<ChannelKey> = pbx
        .channels
        .iter()
        .filter(|(_, channel)| channel.name == wanted)
        .map(|(key, _)| *key)
        .collect();
    let queue = pbx.queues.get_mut(request.text("Queue"));
    let queue = queue.ok_or_else(|| refuse("queue"))?;
    let waits = |caller: &Waiting| named.contains(&caller.channel);
    let place = queue.callers.iter().position(waits);
    let place = place.ok_or_else(|| refuse("caller"))?;
    Ok((queue.callers[place].channel, &mut queue.callers, place))
}

/// A caller's priority. Only with `Immediate` is the line put in order at once.
pub(super) fn change_priority(request: &Request, pbx: &mut Pbx) -> Answer {
    // Asterisk looks at the priority before it looks for the queue.
    let named = request.get("Queue").is_some() && request.get("Caller").is_some();
    let priority = match request.get("Priority").map(str::parse::<u32>) {
        None if named => return error(request, "'Priority' not specified.").into(),
        Some(Err(_)) if named => return error(request, "'Priority' need integer.").into(),
        Some(Ok(priority)) => priority,
        Some(Err(_)) | None => 0,
    };
    let (_, callers, place) = match caller(request, pbx, "change priority caller on queue") {
        Ok(found) => found,
        Err(refusal) => return refusal.into(),
    };
    callers[place].priority = priority;
    if request.is_true("Immediate") {
        let moved = callers.remove(place);
        let less = |other: &Waiting| other.priority < priority;
        let place = callers.iter().position(less).unwrap_or(callers.len());
        callers.insert(place, moved);
    }
    ack(request, "Priority change for caller on queue").into()
}

/// The caller leaves the queue when the queue next looks: at once, or after the members have rung.
pub(super) fn withdraw(request: &Request, pbx: &mut Pbx) -> Answer {
    let (key, callers, place) = match caller(request, pbx, "request withdraw from queue") {
        Ok(found) => found,
        Err(refusal) => return refusal.into(),
    };
    if callers[place].withdrawn {
        let text = "Unable to request withdraw from queue: Already requested";
        return error(request, text).into();
    }
    callers[place].withdrawn = true;
    let channel = pbx.channels.get(&key);
    let idle = channel.filter(
        |channel| matches!(&channel.doing, Doing::Queueing { legs, .. } if legs.is_empty()),
    );
    if let Some(step) = idle.map(|channel| channel.step) {
        pbx.later(100, Task::QueueRings(key, step));
    }
    ack(request, "Withdraw requested successfully").into()
}
