//! Conferences: their lists, and what may be done in them.

use super::Answer;
use crate::channel::ChannelKey;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, ack, error, list};

pub(super) fn conferences(request: &Request, pbx: &mut Pbx) -> Answer {
    if pbx.rooms.is_empty() {
        return error(request, "No active conferences.").into();
    }
    let items = pbx.rooms.iter().map(|(name, room)| {
        Message::item("ConfbridgeListRooms", request)
            .with("Conference", name)
            .with("Parties", pbx.in_room(name).len())
            .with("Marked", 0)
            .with("Locked", yes(room.locked))
            .with("Muted", "No")
    });
    list(
        request,
        "Confbridge conferences will follow",
        items.collect(),
        "ConfbridgeListRoomsComplete",
        &[],
    )
    .into()
}

pub(super) fn conference(request: &Request, pbx: &mut Pbx) -> Answer {
    let name = match room(request, pbx, None) {
        Ok(name) => name,
        Err(refusal) => return refusal.into(),
    };
    let Some(room) = pbx.rooms.get(&name) else {
        return error(request, NO_SUCH_ROOM).into();
    };
    let members = pbx.in_room(&name).into_iter();
    let items = members.filter_map(|key| {
        let channel = pbx.channels.get(&key)?;
        let text = Message::item("ConfbridgeList", request)
            .with("Conference", &name)
            .with("Admin", yes(room.admins.contains(&key)))
            .with("MarkedUser", "No")
            .with("WaitMarked", "No")
            .with("EndMarked", "No")
            .with("EndMarkedAny", "No")
            .with("Waiting", "No")
            .with("Muted", yes(room.muted.contains(&key)))
            .with("Talking", "No")
            .with("AnsweredTime", pbx.now.saturating_sub(channel.since) / 1000);
        Some(text.channel("", Some(channel)))
    });
    list(
        request,
        "Confbridge user list will follow",
        items.collect(),
        "ConfbridgeListComplete",
        &[],
    )
    .into()
}

const NO_SUCH_ROOM: &str = "No Conference by that name found.";

/// The conference a request names; the words with which a missing `Channel` is refused, where one is needed.
fn room(request: &Request, pbx: &Pbx, channel: Option<&str>) -> Result<String, String> {
    let Some(name) = request.get("Conference") else {
        return Err(error(request, "No Conference name provided."));
    };
    if let Some(words) = channel.filter(|_| request.get("Channel").is_none()) {
        return Err(error(request, words));
    }
    if pbx.rooms.is_empty() {
        return Err(error(request, "No active conferences."));
    }
    match pbx.rooms.contains_key(name) {
        true => Ok(name.to_owned()),
        false => Err(error(request, NO_SUCH_ROOM)),
    }
}

/// Those in a room whom `Channel` means: one by name, `all`, or all but administrators.
fn meant(request: &Request, pbx: &Pbx, name: &str) -> Vec<ChannelKey> {
    let wanted = request.text("Channel");
    let admins = pbx.rooms.get(name).map(|room| &room.admins);
    let is_admin = |key: &ChannelKey| admins.is_some_and(|admins| admins.contains(key));
    let mut members = pbx.in_room(name);
    members.retain(|key| {
        wanted.eq_ignore_ascii_case("all")
            || (wanted.eq_ignore_ascii_case("participants") && !is_admin(key))
            || pbx.name_of(*key).eq_ignore_ascii_case(wanted)
    });
    members
}

pub(super) fn kick(request: &Request, pbx: &mut Pbx) -> Answer {
    let name = match room(request, pbx, None) {
        Ok(name) => name,
        Err(refusal) => return refusal.into(),
    };
    let out = meant(request, pbx, &name);
    if out.is_empty() {
        return error(request, "No Channel by that name found in Conference.").into();
    }
    for key in out {
        pbx.kick(key, &name);
    }
    // Only the word in small letters counts as all of them here.
    let words = match request.text("Channel") {
        "all" => "All participants kicked",
        _ => "User kicked",
    };
    ack(request, words).into()
}

pub(super) fn mute(request: &Request, pbx: &mut Pbx) -> Answer {
    muted(request, pbx, true)
}

pub(super) fn unmute(request: &Request, pbx: &mut Pbx) -> Answer {
    muted(request, pbx, false)
}

fn muted(request: &Request, pbx: &mut Pbx, on: bool) -> Answer {
    let name = match room(request, pbx, Some("No channel name provided.")) {
        Ok(name) => name,
        Err(refusal) => return refusal.into(),
    };
    let members = meant(request, pbx, &name);
    if members.is_empty() {
        return error(request, "No Channel by that name found in Conference.").into();
    }
    for key in members {
        pbx.mute_in_room(key, &name, on);
    }
    ack(request, if on { "User muted" } else { "User unmuted" }).into()
}

pub(super) fn lock(request: &Request, pbx: &mut Pbx) -> Answer {
    locked(request, pbx, true)
}

pub(super) fn unlock(request: &Request, pbx: &mut Pbx) -> Answer {
    locked(request, pbx, false)
}

/// No event tells it.
fn locked(request: &Request, pbx: &mut Pbx, on: bool) -> Answer {
    let name = match room(request, pbx, None) {
        Ok(name) => name,
        Err(refusal) => return refusal.into(),
    };
    if let Some(room) = pbx.rooms.get_mut(&name) {
        room.locked = on;
    }
    let words = if on {
        "Conference locked"
    } else {
        "Conference unlocked"
    };
    ack(request, words).into()
}

pub(super) fn start_record(request: &Request, pbx: &mut Pbx) -> Answer {
    let name = match room(request, pbx, None) {
        Ok(name) => name,
        Err(refusal) => return refusal.into(),
    };
    if pbx.rooms.get(&name).is_some_and(|room| room.recorded) {
        return error(request, "Conference is already being recorded.").into();
    }
    pbx.record_room(&name, true);
    ack(request, "Conference Recording Started.").into()
}

pub(super) fn stop_record(request: &Request, pbx: &mut Pbx) -> Answer {
    let name = match room(request, pbx, None) {
        Ok(name) => name,
        Err(refusal) => return refusal.into(),
    };
    if !pbx.rooms.get(&name).is_some_and(|room| room.recorded) {
        return error(request, "Internal error while stopping recording.").into();
    }
    pbx.record_room(&name, false);
    ack(request, "Conference Recording Stopped.").into()
}

fn yes(yes: bool) -> &'static str {
    if yes { "Yes" } else { "No" }
}
