//! Queues before 12: `Join` and `Leave`, in 1.4 and before by channel name alone; who serves whom by the *member's* channel beside
//! the *caller's* Uniqueid; rings without a dial event.

use super::dial;
use super::draft::Draft;
use super::memory::Memory;
use super::said::text;
use crate::frame::Frame;

/// An event or item about a caller in line.
pub(super) fn caller(memory: &Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    let caller = memory.whose(frame, "Uniqueid", "Channel");
    let draft = match caller.and_then(|id| memory.get(&id)) {
        Some(caller) => Draft::event(event).block("", caller),
        None => Draft::event(event),
    };
    draft.rest(frame).frame().into_iter().collect()
}

/// `AgentConnect` and its kin: `Channel` is the member's, `Uniqueid` the caller's.
pub(super) fn served(memory: &Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    let caller = text(frame, "Uniqueid").and_then(|id| memory.get(&id));
    let Some(caller) = caller else {
        return vec![frame.clone()];
    };
    let member = text(frame, "Channel").and_then(|name| memory.get(memory.named(&name)?));
    let draft = Draft::event(event).block("", caller);
    let draft = match member {
        Some(member) => draft.block("Dest", member),
        None => draft,
    };
    draft.rest(frame).frame().into_iter().collect()
}

/// `AgentCalled` is all that tells of a queue's ring. Before 1.8 it names the member's device only: the youngest channel of that
/// device which nobody rings is meant, or the next one to appear.
pub(super) fn called(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let Some(caller) = memory.whose(frame, "Uniqueid", "ChannelCalling") else {
        return vec![frame.clone()];
    };
    let dest =
        text(frame, "DestinationChannel").and_then(|name| memory.named(&name).map(str::to_owned));
    let Some(interface) = text(frame, "AgentCalled") else {
        return vec![frame.clone()];
    };
    let interface = interface.trim_end_matches("/n").to_owned();
    match dest.or_else(|| youngest(memory, &interface, &caller)) {
        Some(dest) => dial::begin(memory, &caller, &dest),
        None => {
            memory.expect(&interface, &caller);
            Vec::new()
        }
    }
}

fn youngest(memory: &Memory, interface: &str, caller: &str) -> Option<String> {
    let free = memory.iter().filter(|known| {
        known.device() == interface
            && known.uniqueid != caller
            && known.rung_by.is_none()
            && known.partner.is_none()
            && known.state != Some(6)
    });
    let found = free.max_by_key(|known| known.born)?;
    Some(found.uniqueid.clone())
}
