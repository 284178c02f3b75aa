//! Lists of parked calls and conferences.

use super::Answer;
use crate::channel::{Channel, Doing};
use crate::parking::parked_lines;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, error, list};

pub(super) fn parked_calls(request: &Request, pbx: &mut Pbx) -> Answer {
    let wanted = request.get("ParkingLot");
    if wanted.is_some_and(|wanted| !pbx.lots.iter().any(|lot| lot.name == wanted)) {
        return error(request, "Requested parking lot could not be found.").into();
    }
    let lots = pbx
        .lots
        .iter()
        .filter(|lot| wanted.is_none_or(|wanted| lot.name == wanted));
    let parked = lots.flat_map(|lot| lot.parked.iter().map(move |parked| (lot.name, parked)));
    let items: Vec<Message> = parked
        .map(|(lot, parked)| {
            let text = Message::new()
                .with("Event", "ParkedCall")
                .channel("Parkee", pbx.channels.get(&parked.channel));
            parked_lines(text, lot, parked, pbx.now).id(request)
        })
        .collect();
    let total = items.len().to_string();
    list(
        request,
        "Parked calls will follow",
        items,
        "ParkedCallsComplete",
        &[("Total", total)],
    )
    .into()
}

pub(super) fn parking_lots(request: &Request, pbx: &mut Pbx) -> Answer {
    let items = pbx.lots.iter().map(|lot| {
        Message::item("Parkinglot", request)
            .with("Name", lot.name)
            .with("StartSpace", lot.first)
            .with("StopSpace", lot.last)
            .with("Timeout", lot.timeout)
    });
    list(
        request,
        "Parking lots will follow",
        items.collect(),
        "ParkinglotsComplete",
        &[],
    )
    .into()
}

pub(super) fn conferences(request: &Request, pbx: &mut Pbx) -> Answer {
    if pbx.rooms.is_empty() {
        return error(request, "No active conferences.").into();
    }
    let items = pbx.rooms.iter().map(|(room, bridge)| {
        let parties = pbx
            .bridges
            .get(bridge)
            .map_or(0, |bridge| bridge.members.len());
        Message::item("ConfbridgeListRooms", request)
            .with("Conference", room)
            .with("Parties", parties)
            .with("Marked", 0)
            .with("Locked", "No")
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
    let Some(room) = request.get("Conference") else {
        return error(request, "No Conference name provided.").into();
    };
    if pbx.rooms.is_empty() {
        return error(request, "No active conferences.").into();
    }
    if !pbx.rooms.contains_key(room) {
        return error(request, "No Conference by that name found.").into();
    }
    let inside =
        |channel: &&Channel| matches!(&channel.doing, Doing::Conferring(own) if own == room);
    let items = pbx.channels.values().filter(inside).map(|channel| {
        Message::item("ConfbridgeList", request)
            .with("Conference", room)
            .with("Admin", "No")
            .with("MarkedUser", "No")
            .with("WaitMarked", "No")
            .with("EndMarked", "No")
            .with("EndMarkedAny", "No")
            .with("Waiting", "No")
            .with("Muted", "No")
            .with("Talking", "No")
            .with("AnsweredTime", pbx.now.saturating_sub(channel.since) / 1000)
            .channel("", Some(channel))
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
