//! The lists a PBX would give out at a moment, made from a board that has followed the events; and a board loaded from them.

use ami::action::List;
use ami::{ChannelState, Event, Frame};
use board::view::{CallPhase, ExtensionState, ExtensionView, LegState, QueueView};
use board::{Board, Channel, Picture, Thing};

use crate::replay::empty_board;

/// A board that has just logged in where `followed` has been all along.
pub(crate) fn cold(followed: &Board, now: u64) -> Board {
    let mut cold = empty_board();
    let lists = lists(followed);
    List::SYNC
        .into_iter()
        .for_each(|list| cold.list_asked(list));
    for (list, items) in lists {
        for item in items {
            let frame = Frame::parse(item.as_bytes()).expect("a frame");
            cold.apply_item(&Event::read(&frame), now);
        }
        cold.list_done(list, now);
    }
    cold
}

/// What lists cannot tell is blotted out: times, what was dialled, names of those who are in no call, who learnt what when.
pub(crate) fn blot(picture: Picture<Thing>) -> Picture<Thing> {
    let things = picture.into_iter().map(|(id, thing)| (id, blot_one(thing)));
    // A room is open for a moment before or after somebody is in it.
    let empty_room =
        |thing: &Thing| matches!(thing, Thing::Conference(room) if room.members.is_empty());
    things.filter(|(_, thing)| !empty_room(thing)).collect()
}

fn blot_one(mut thing: Thing) -> Thing {
    match &mut thing {
        Thing::Call(call) => {
            (call.since, call.started, call.dialled) = (0, 0, None);
            call.inferred = false;
            let in_room = call.phase == CallPhase::Conference;
            for leg in &mut call.legs {
                (leg.since, leg.application) = (0, None);
                // Hold inside a room shows in no list and no device state.
                if in_room && leg.state == LegState::Held {
                    (leg.state, leg.hold) = (LegState::Talking, false);
                }
            }
        }
        Thing::Extension(extension) => (extension.since, extension.name) = (None, None),
        Thing::Queue(queue) => {
            queue.number = None;
            queue.callers.iter_mut().for_each(|caller| caller.since = 0);
        }
        Thing::Parked(parked) => (parked.since, parked.until) = (0, None),
        Thing::Conference(room) => (room.since, room.number) = (None, None),
    }
    thing
}

fn lists(board: &Board) -> Vec<(List, Vec<String>)> {
    let picture = board.picture();
    let of = |write: &dyn Fn(&Thing) -> Vec<String>| picture.values().flat_map(write).collect();
    vec![
        (
            List::Channels,
            board
                .channels()
                .map(|(id, channel)| channel_item(board, &picture, id, channel))
                .collect(),
        ),
        (
            List::Bridges,
            board
                .channels()
                .filter_map(|(_, channel)| bridge_item(board, channel))
                .collect(),
        ),
        (
            List::ParkedCalls,
            picture
                .values()
                .filter_map(|thing| parked_item(board, thing))
                .collect(),
        ),
        (List::Queues, of(&queue_items)),
        (List::Extensions, of(&hint_items)),
        (List::Devices, of(&device_items)),
        (List::Conferences, of(&room_items)),
    ]
}

fn channel_item(board: &Board, picture: &Picture<Thing>, id: &str, channel: &Channel) -> String {
    let (application, data) = application(board, picture, id, channel);
    let bridge = channel.bridge_id().unwrap_or_default();
    format!(
        "Event: CoreShowChannel\n{}Application: {application}\nApplicationData: {data}\nDuration: 00:00:10\nBridgeId: {bridge}\n",
        block("", id, channel),
    )
}

/// The channel block under a prefix.
fn block(prefix: &str, id: &str, channel: &Channel) -> String {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    // As ast_escape_c does.
    let name = text(&channel.person)
        .replace('\\', r"\\")
        .replace('"', "\\\"")
        .replace('\t', r"\t");
    let fields = [
        ("Channel", channel.name.clone()),
        ("ChannelState", number(channel.state).to_string()),
        ("CallerIDNum", text(&channel.number)),
        ("CallerIDName", name),
        ("ConnectedLineNum", text(&channel.connected)),
        ("Context", text(&channel.context)),
        ("Exten", text(&channel.exten)),
        ("Uniqueid", id.to_owned()),
        ("Linkedid", text(&channel.linkedid)),
    ];
    let lines = fields.map(|(field, value)| format!("{prefix}{field}: {value}\n"));
    lines.concat()
}

/// What it would be running, as seen from who rings whom.
fn application(
    board: &Board,
    picture: &Picture<Thing>,
    id: &str,
    channel: &Channel,
) -> (&'static str, String) {
    let rung_by = board
        .channels()
        .find(|(caller, _)| board.rings(caller).any(|(dest, _)| dest == id));
    if let Some(room) = &channel.room {
        return ("ConfBridge", format!("{room},guest"));
    }
    if board.is_queued(id) {
        return ("Queue", "sales,tT".to_owned());
    }
    if let Some((caller, _)) = rung_by {
        let name = if board.is_queued(caller) {
            "AppQueue"
        } else {
            "AppDial"
        };
        return (name, "(Outgoing Line)".to_owned());
    }
    let by_pbx = picture.values().any(|thing| match thing {
        Thing::Call(call) => call
            .legs
            .iter()
            .any(|leg| leg.id.key == id && !leg.caller && leg.state == LegState::Ringing),
        Thing::Extension(_) | Thing::Queue(_) | Thing::Parked(_) | Thing::Conference(_) => false,
    });
    if by_pbx {
        return ("AppDial2", "(Outgoing Line)".to_owned());
    }
    let dials = board.rings(id).next().is_some();
    (if dials { "Dial" } else { "Wait" }, String::new())
}

fn number(state: ChannelState) -> u8 {
    match state {
        ChannelState::Down => 0,
        ChannelState::Rsrvd => 1,
        ChannelState::OffHook => 2,
        ChannelState::Dialing => 3,
        ChannelState::Ring => 4,
        ChannelState::Ringing => 5,
        ChannelState::Up => 6,
        ChannelState::Busy => 7,
        ChannelState::DialingOffhook => 8,
        ChannelState::PreRing => 9,
    }
}

fn bridge_item(board: &Board, channel: &Channel) -> Option<String> {
    let id = channel.bridge_id()?;
    let kind = if board.is_held_in_lot(channel) {
        "parking"
    } else {
        "basic"
    };
    Some(format!(
        "Event: BridgeListItem\nBridgeUniqueid: {id}\nBridgeType: {kind}\n"
    ))
}

fn parked_item(board: &Board, thing: &Thing) -> Option<String> {
    let Thing::Parked(parked) = thing else {
        return None;
    };
    let id = &parked.leg.key;
    let (parkee, lot, space) = (
        block("Parkee", id, board.channel(id)?),
        &parked.lot,
        &parked.space,
    );
    Some(format!(
        "Event: ParkedCall\n{parkee}Parkinglot: {lot}\nParkingSpace: {space}\n"
    ))
}

fn queue_items(thing: &Thing) -> Vec<String> {
    let Thing::Queue(queue) = thing else {
        return Vec::new();
    };
    let QueueView {
        name,
        callers,
        members,
        ..
    } = queue;
    let mut items = vec![format!("Event: QueueParams\nQueue: {name}\n")];
    items.extend(members.iter().map(|member| {
        let paused = u8::from(member.paused);
        let (location, status) = (&member.interface, device_number(member.state));
        format!("Event: QueueMember\nQueue: {name}\nName: {}\nLocation: {location}\nStatus: {status}\nPaused: {paused}\n", member.name)
    }));
    items.extend(callers.iter().map(|caller| {
        format!(
            "Event: QueueEntry\nQueue: {name}\nUniqueid: {}\nPosition: {}\nWait: 1\n",
            caller.leg.key, caller.position
        )
    }));
    items
}

fn hint_items(thing: &Thing) -> Vec<String> {
    let Thing::Extension(ExtensionView {
        number,
        id,
        state,
        devices,
        ..
    }) = thing
    else {
        return Vec::new();
    };
    let context = id.key.split_once('@').expect("a context").1;
    let status = hint_number(*state);
    vec![format!(
        "Event: ExtensionStatus\nExten: {number}\nContext: {context}\nHint: {}\nStatus: {status}\n",
        devices.join("&")
    )]
}

fn device_items(thing: &Thing) -> Vec<String> {
    let Thing::Extension(ExtensionView { state, devices, .. }) = thing else {
        return Vec::new();
    };
    let [device] = &devices[..] else {
        return Vec::new();
    };
    let word = if *state == ExtensionState::Held {
        "ONHOLD"
    } else {
        "UNKNOWN"
    };
    vec![format!(
        "Event: DeviceStateChange\nDevice: {device}\nState: {word}\n"
    )]
}

fn room_items(thing: &Thing) -> Vec<String> {
    let Thing::Conference(room) = thing else {
        return Vec::new();
    };
    room.since
        .map(|_| format!("Event: ConfbridgeListRooms\nConference: {}\n", room.name))
        .into_iter()
        .collect()
}

fn hint_number(state: ExtensionState) -> i8 {
    match state {
        ExtensionState::Unknown => -1,
        ExtensionState::Idle => 0,
        ExtensionState::InUse => 1,
        ExtensionState::Busy => 2,
        ExtensionState::Offline => 4,
        ExtensionState::Ringing => 8,
        ExtensionState::InUseRinging => 9,
        ExtensionState::Held => 16,
    }
}

fn device_number(state: ExtensionState) -> u8 {
    match state {
        ExtensionState::Unknown => 0,
        ExtensionState::Idle => 1,
        ExtensionState::InUse => 2,
        ExtensionState::Busy => 3,
        ExtensionState::Offline => 5,
        ExtensionState::Ringing => 6,
        ExtensionState::InUseRinging => 7,
        ExtensionState::Held => 8,
    }
}
