//! Two linked channels as a bridge of two. Before 12 a bridge had no name of its own: it is named after the two in it, in the same
//! way by events and by lists.

use super::dial;
use super::draft::Draft;
use super::memory::{Known, Memory};
use super::said::text;
use crate::frame::Frame;

/// The bridge of these two.
pub(super) fn bridge_of(one: &str, other: &str) -> String {
    let (first, second) = if one < other {
        (one, other)
    } else {
        (other, one)
    };
    format!("link-{first}-{second}")
}

/// `Bridge` with `Bridgestate`, 1.6 to 11.
pub(super) fn bridge(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    match text(frame, "Bridgestate").as_deref() {
        Some("Link") => link(memory, frame),
        Some("Unlink") => unlink(memory, frame),
        Some(_) | None => vec![frame.clone()],
    }
}

/// `Link`: the two hear each other. It may come again while they do.
pub(super) fn link(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let Some((caller, called)) = both(memory, frame) else {
        return vec![frame.clone()];
    };
    let mut frames = Vec::new();
    for (id, other) in [(&caller, &called), (&called, &caller)] {
        let partner = memory.get(id).and_then(|known| known.partner.clone());
        if partner.is_some_and(|partner| partner != *other) {
            frames.extend(parted(memory, id));
        }
    }
    frames.extend(dial::settle(memory, &called, "ANSWER"));
    frames.extend(dial::settle(memory, &caller, "ANSWER"));
    tie(memory, &caller, &called);
    frames.extend(told(memory, frame, "BridgeEnter", &caller, &called));
    frames
}

/// `Unlink`: they do not hear each other any more.
pub(super) fn unlink(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let Some((caller, called)) = both(memory, frame) else {
        return vec![frame.clone()];
    };
    let mut frames = told(memory, frame, "BridgeLeave", &caller, &called);
    frames.extend(destroyed(&bridge_of(&caller, &called)));
    for (id, other) in [(&caller, &called), (&called, &caller)] {
        if let Some(known) = memory.get_mut(id)
            && known.partner.as_ref() == Some(other)
        {
            known.partner = None;
        }
    }
    frames
}

/// A channel goes elsewhere, or for good, without an `Unlink`: nobody is left in its bridge.
pub(super) fn parted(memory: &mut Memory, uniqueid: &str) -> Vec<Frame> {
    let Some(known) = memory.get_mut(uniqueid) else {
        return Vec::new();
    };
    let Some(partner) = known.partner.take() else {
        return Vec::new();
    };
    if let Some(other) = memory.get_mut(&partner) {
        other.partner = None;
    }
    let id = bridge_of(uniqueid, &partner);
    let pair = [uniqueid, &partner];
    let left = pair.iter().filter_map(|member| memory.get(member));
    let left = left.filter_map(|known| member("BridgeLeave", known, &id));
    left.chain(destroyed(&id)).collect()
}

/// Notes that two are linked. A called channel that carries its caller's number has none of its own.
pub(super) fn tie(memory: &mut Memory, caller: &str, called: &str) {
    let number = memory.get(caller).and_then(|known| known.number.clone());
    if let Some(known) = memory.get_mut(called) {
        known.partner = Some(caller.to_owned());
        known.callers_number = known.callers_number.take().or(number);
    }
    if let Some(known) = memory.get_mut(caller) {
        known.partner = Some(called.to_owned());
    }
}

fn both(memory: &Memory, frame: &Frame) -> Option<(String, String)> {
    let caller = memory.whose(frame, "Uniqueid1", "Channel1")?;
    let called = memory.whose(frame, "Uniqueid2", "Channel2")?;
    (caller != called).then_some((caller, called))
}

fn told(memory: &Memory, frame: &Frame, event: &str, caller: &str, called: &str) -> Vec<Frame> {
    let id = bridge_of(caller, called);
    let caller = memory.known_or_told(frame, caller, "Channel1");
    let called = memory.known_or_told(frame, called, "Channel2");
    let frames = [caller, called].map(|known| member(event, &known, &id));
    frames.into_iter().flatten().collect()
}

fn member(event: &str, known: &Known, bridge: &str) -> Option<Frame> {
    named(Draft::event(event), bridge).block("", known).frame()
}

fn destroyed(bridge: &str) -> Option<Frame> {
    named(Draft::event("BridgeDestroy"), bridge).frame()
}

fn named(draft: Draft, bridge: &str) -> Draft {
    draft
        .with("BridgeUniqueid", bridge)
        .with("BridgeType", "basic")
        .with("BridgeTechnology", "simple_bridge")
}
