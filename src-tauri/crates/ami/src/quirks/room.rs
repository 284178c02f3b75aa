//! MeetMe rooms, and ConfBridge before 12, as today's conferences: a room, seats in it, and a bridge in which they hear each other.

use super::draft::Draft;
use super::memory::Memory;
use super::said::text;
use crate::frame::Frame;
use crate::value::Value;

/// So many rooms are kept apart; no PBX has so many open.
const MOST_ROOMS: usize = 10_000;

/// `MeetmeJoin` and its kin.
pub(super) fn meetme(memory: &mut Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    let Some(room) = text(frame, "Meetme") else {
        return vec![frame.clone()];
    };
    let on = frame.get("Status").is_none_or(Value::yes);
    let change = match event {
        "MeetmeJoin" => return joined(memory, &room, frame),
        "MeetmeLeave" => return gone(memory, &room, frame),
        "MeetmeEnd" => return ended(memory, &room),
        "MeetmeMute" if on => ("ConfbridgeMute", None),
        "MeetmeMute" => ("ConfbridgeUnmute", None),
        "MeetmeTalking" if on => ("ConfbridgeTalking", Some("on")),
        _ => ("ConfbridgeTalking", Some("off")),
    };
    let (event, talking) = change;
    let draft = member(memory, event, frame)
        .with("Conference", &room)
        .with_some("TalkingStatus", talking);
    draft.rest(frame).frame().into_iter().collect()
}

/// The events of ConfBridge in 10 and 11, which lack the bridge.
pub(super) fn confbridge(memory: &mut Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    let Some(room) = text(frame, "Conference") else {
        return vec![frame.clone()];
    };
    match event {
        "ConfbridgeJoin" => joined(memory, &room, frame),
        "ConfbridgeLeave" => gone(memory, &room, frame),
        _ => ended(memory, &room),
    }
}

/// A channel in a list that runs MeetMe or ConfBridge is in the room of its first argument, and hears whoever else is.
pub(super) fn listed(memory: &mut Memory, frame: Frame) -> Vec<Frame> {
    let Some((name, room, id)) = inside(&frame) else {
        return vec![frame];
    };
    enter(memory, &room, &id);
    let item = Draft::event(&name).with("BridgeId", &bridge_of(&room));
    let seat = member(memory, "ConfbridgeJoin", &frame).with("Conference", &room);
    [item.rest(&frame).frame(), seat.rest(&frame).frame()]
        .into_iter()
        .flatten()
        .collect()
}

/// The item's name, its room, and whose it is.
fn inside(frame: &Frame) -> Option<(String, String, String)> {
    let application = text(frame, "Application")?;
    let bridged = text(frame, "BridgeId").is_some();
    if bridged || !matches!(application.as_str(), "MeetMe" | "ConfBridge") {
        return None;
    }
    let data = text(frame, "ApplicationData").or_else(|| text(frame, "Data"))?;
    let room = data.split(',').next()?.to_owned();
    let name = frame.event()?.into_owned();
    Some((name, room, text(frame, "Uniqueid")?))
}

fn joined(memory: &mut Memory, room: &str, frame: &Frame) -> Vec<Frame> {
    let Some(id) = memory.whose(frame, "Uniqueid", "Channel") else {
        return vec![frame.clone()];
    };
    enter(memory, room, &id);
    let entered = in_bridge(member(memory, "BridgeEnter", frame), room).rest(frame);
    let seated = member(memory, "ConfbridgeJoin", frame).with("Conference", room);
    [entered.frame(), seated.rest(frame).frame()]
        .into_iter()
        .flatten()
        .collect()
}

fn gone(memory: &mut Memory, room: &str, frame: &Frame) -> Vec<Frame> {
    let seat = member(memory, "ConfbridgeLeave", frame).with("Conference", room);
    let left = in_bridge(member(memory, "BridgeLeave", frame), room).rest(frame);
    let mut frames: Vec<_> = [seat.rest(frame).frame(), left.frame()]
        .into_iter()
        .flatten()
        .collect();
    if let Some(id) = memory.whose(frame, "Uniqueid", "Channel") {
        frames.extend(vacated(memory, room, &id));
    }
    frames
}

/// A channel ends: its seat is free.
pub(super) fn left(memory: &mut Memory, uniqueid: &str) -> Vec<Frame> {
    let room = memory.get(uniqueid).and_then(|known| known.room.clone());
    room.map(|room| vacated(memory, &room, uniqueid))
        .unwrap_or_default()
}

fn enter(memory: &mut Memory, room: &str, id: &str) {
    if memory.rooms.len() >= MOST_ROOMS && !memory.rooms.contains_key(room) {
        return;
    }
    let members = memory.rooms.entry(room.to_owned()).or_default();
    members.insert(id.to_owned());
    if let Some(known) = memory.get_mut(id) {
        known.room = Some(room.to_owned());
    }
}

/// Nothing tells of an end before 1.6: a room nobody is known to be in is over.
fn vacated(memory: &mut Memory, room: &str, id: &str) -> Vec<Frame> {
    if let Some(known) = memory.get_mut(id) {
        known.room = None;
    }
    let members = memory.rooms.get_mut(room);
    let empty = members.is_some_and(|members| members.remove(id) && members.is_empty());
    match empty {
        true => ended(memory, room),
        false => Vec::new(),
    }
}

fn ended(memory: &mut Memory, room: &str) -> Vec<Frame> {
    memory.rooms.remove(room);
    let end = Draft::event("ConfbridgeEnd").with("Conference", room);
    let bridge = in_bridge(Draft::event("BridgeDestroy"), room);
    [end.frame(), bridge.frame()]
        .into_iter()
        .flatten()
        .collect()
}

/// In 2.x the frame itself is whole.
fn member(memory: &Memory, event: &str, frame: &Frame) -> Draft {
    let id = memory.whose(frame, "Uniqueid", "Channel");
    match id.and_then(|id| memory.get(&id)) {
        Some(known) => Draft::event(event).block("", known),
        None => Draft::event(event),
    }
}

fn bridge_of(room: &str) -> String {
    format!("room-{room}")
}

fn in_bridge(draft: Draft, room: &str) -> Draft {
    draft
        .with("BridgeUniqueid", &bridge_of(room))
        .with("BridgeType", "base")
        .with("BridgeTechnology", "softmix")
        .with("BridgeCreator", "ConfBridge")
        .with("BridgeName", room)
}
