//! The lists a PBX would give out at a moment, made from a board that has followed the events; and a board loaded from them.

use ami::action::List;
use ami::{ChannelState, Event, Frame};
use board::view::{
    AgentState, CallPhase, ConferenceView, ExtensionState, ExtensionView, LegState, MemberView,
    Presence, QueueView, TrunkState,
};
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
    for thing in followed.picture().values() {
        if let Thing::Extension(ExtensionView {
            mailbox: Some(known),
            ..
        }) = thing
        {
            cold.mailbox(&known.mailbox, known.fresh, known.heard);
        }
    }
    cold
}

/// What lists cannot tell is blotted out: times, what was dialled, names of those who are in no call, who learnt what when.
pub(crate) fn blot(picture: Picture<Thing>) -> Picture<Thing> {
    let things = picture.into_iter().map(|(id, thing)| (id, blot_one(thing)));
    // A room is open for a moment before or after somebody is in it.
    let empty_room =
        |thing: &Thing| matches!(thing, Thing::Conference(room) if room.members.is_empty());
    // No list tells what has ended, nor of a registration elsewhere.
    let untold = |thing: &Thing| match thing {
        Thing::Ended(_) => true,
        Thing::Trunk(trunk) => trunk.name.contains('@'),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Agent(_) => false,
    };
    things
        .filter(|(_, thing)| !empty_room(thing) && !untold(thing))
        .collect()
}

fn blot_one(mut thing: Thing) -> Thing {
    match &mut thing {
        Thing::Call(call) => {
            (call.since, call.started, call.dialled) = (0, 0, None);
            call.inferred = false;
            let in_room = call.phase == CallPhase::Conference;
            for leg in &mut call.legs {
                (leg.since, leg.application) = (0, None);
                // No list tells who hears music, or is recorded.
                (leg.music, leg.recorded) = (false, None);
                // Hold inside a room shows in no list and no device state.
                if in_room && leg.state == LegState::Held {
                    (leg.state, leg.hold) = (LegState::Talking, false);
                }
            }
        }
        Thing::Extension(extension) => {
            (extension.since, extension.name) = (None, None);
            extension.registered = None;
        }
        Thing::Queue(queue) => blot_queue(queue),
        Thing::Parked(parked) => (parked.since, parked.until) = (0, None),
        Thing::Conference(room) => blot_room(room),
        Thing::Trunk(trunk) => trunk.since = None,
        Thing::Agent(agent) => (agent.since, agent.name) = (None, None),
        Thing::Ended(_) => {}
    }
    thing
}

/// Events do not tell a caller's priority, the list does; with ring-in-use it is the other way round.
fn blot_queue(queue: &mut QueueView) {
    queue.number = None;
    for caller in &mut queue.callers {
        (caller.since, caller.priority) = (0, None);
    }
    for member in &mut queue.members {
        member.ring_in_use = None;
    }
}

fn blot_room(room: &mut ConferenceView) {
    (room.since, room.number, room.recorded) = (None, None, false);
}

/// What the recorder does not ask for, and the desk does: `Agents`, and `ConfbridgeList` room by room.
pub(crate) fn unasked(followed: &Board, loaded: &mut Board, now: u64) {
    for thing in followed.picture().values() {
        for item in agent_items(followed, thing)
            .into_iter()
            .chain(room_items(followed, thing))
        {
            let frame = Frame::parse(item.as_bytes()).expect("a frame");
            loaded.apply_item(&Event::read(&frame), now);
        }
    }
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
        (List::Queues, of(&|thing| queue_items(board, thing))),
        (List::Extensions, of(&|thing| hint_items(board, thing))),
        (List::Devices, of(&device_items)),
        (
            List::Conferences,
            picture
                .values()
                .flat_map(|thing| room_items(board, thing))
                .collect(),
        ),
        (List::Presences, of(&presence_items)),
        (List::Agents, of(&|thing| agent_items(board, thing))),
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
    let legs = picture.values().filter_map(|thing| match thing {
        Thing::Call(call) => Some(&call.legs),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    });
    let own = legs.flatten().find(|leg| leg.id.key == id);
    let spyee = own.and_then(|leg| board.channel(&leg.listens_to.as_ref()?.key));
    if let Some(spyee) = spyee {
        return ("ChanSpy", format!("{},q", spyee.name));
    }
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
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => false,
    });
    if by_pbx {
        return ("AppDial2", "(Outgoing Line)".to_owned());
    }
    let dials = board.rings(id).next().is_some();
    if !dials && !channel.is_local() && !channel.is_caller() {
        return ("AppDial", "(Outgoing Line)".to_owned());
    }
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
    let id = &parked.id.key;
    let (parkee, lot, space) = (
        block("Parkee", id, board.channel(id)?),
        &parked.lot,
        &parked.space,
    );
    let parker = parked.parker_device.as_deref().unwrap_or("");
    Some(format!(
        "Event: ParkedCall\n{parkee}Parkinglot: {lot}\nParkingSpace: {space}\nParkerDialString: {parker}\n"
    ))
}

fn queue_items(board: &Board, thing: &Thing) -> Vec<String> {
    let Thing::Queue(queue) = thing else {
        return Vec::new();
    };
    let QueueView {
        name,
        callers,
        members,
        ..
    } = queue;
    let mut items = vec![format!(
        "Event: QueueParams\nQueue: {name}\n{}",
        figures(queue)
    )];
    items.extend(
        members
            .iter()
            .map(|member| member_item(board, name, member)),
    );
    items.extend(callers.iter().map(|caller| {
        format!(
            "Event: QueueEntry\nQueue: {name}\nUniqueid: {}\nPosition: {}\nWait: 1\n",
            caller.leg.key, caller.position
        )
    }));
    items
}

fn figures(queue: &QueueView) -> String {
    let line = |name: &str, value: Option<u32>| {
        value.map_or_else(String::new, |value| format!("{name}: {value}\n"))
    };
    let strategy = queue.strategy.as_deref().unwrap_or("");
    let within = queue.within.map_or_else(String::new, |within| {
        format!("ServicelevelPerf: {within}\n")
    });
    [
        format!("Strategy: {strategy}\n"),
        line("Completed", queue.completed),
        line("Abandoned", queue.abandoned),
        line("Holdtime", queue.hold_time),
        line("TalkTime", queue.talk_time),
        line("ServiceLevel", queue.service_level),
        within,
    ]
    .concat()
}

fn member_item(board: &Board, queue: &str, member: &MemberView) -> String {
    let said = board.said_of_member(queue, &member.interface);
    let seconds = |at: Option<u64>| at.unwrap_or(0) / 1000;
    let state_interface = match &member.extension {
        Some(extension) => format!("hint:{}", extension.key),
        None => member.interface.clone(),
    };
    let lines = [
        format!(
            "Queue: {queue}\nName: {}\nLocation: {}\n",
            member.name, member.interface
        ),
        format!(
            "StateInterface: {state_interface}\nStatus: {}\n",
            device_number(said.unwrap_or(member.state))
        ),
        format!(
            "Paused: {}\nPausedReason: {}\n",
            u8::from(member.paused),
            member.reason.as_deref().unwrap_or("")
        ),
        format!(
            "LastPause: {}\nLastCall: {}\n",
            seconds(member.paused_since),
            seconds(member.last_call)
        ),
        format!(
            "Penalty: {}\nCallsTaken: {}\nInCall: {}\n",
            member.penalty,
            member.taken,
            u8::from(member.in_call)
        ),
        format!(
            "Membership: {}\n",
            if member.dynamic { "dynamic" } else { "static" }
        ),
    ];
    format!("Event: QueueMember\n{}", lines.concat())
}

fn hint_items(board: &Board, thing: &Thing) -> Vec<String> {
    let Thing::Extension(ExtensionView {
        number,
        id,
        state,
        devices,
        presence,
        ..
    }) = thing
    else {
        return Vec::new();
    };
    let presence = match presence {
        Some(_) => format!(",CustomPresence:{number}"),
        None => String::new(),
    };
    let context = id.key.split_once('@').expect("a context").1;
    let status = hint_number(board.said_by_hint(number, context).unwrap_or(*state));
    vec![format!(
        "Event: ExtensionStatus\nExten: {number}\nContext: {context}\nHint: {}{presence}\nStatus: {status}\n",
        devices.join("&")
    )]
}

fn presence_items(thing: &Thing) -> Vec<String> {
    let Thing::Extension(ExtensionView {
        number,
        presence: Some(presence),
        ..
    }) = thing
    else {
        return Vec::new();
    };
    let word = match presence.state {
        Presence::NotSet => "not_set",
        Presence::Unavailable => "unavailable",
        Presence::Available => "available",
        Presence::Away => "away",
        Presence::ExtendedAway => "xa",
        Presence::Chat => "chat",
        Presence::Dnd => "dnd",
    };
    let note = presence.note.as_deref().unwrap_or("");
    vec![format!(
        "Event: PresenceStateChange\nPresentity: CustomPresence:{number}\nStatus: {word}\nMessage: {note}\n"
    )]
}

fn agent_items(board: &Board, thing: &Thing) -> Vec<String> {
    let Thing::Agent(agent) = thing else {
        return Vec::new();
    };
    let word = match agent.state {
        AgentState::Unknown => "UNKNOWN",
        AgentState::LoggedOff => "AGENT_LOGGEDOFF",
        AgentState::Idle => "AGENT_IDLE",
        AgentState::OnCall => "AGENT_ONCALL",
    };
    let number = &agent.number;
    let channel = agent
        .leg
        .as_ref()
        .and_then(|leg| Some((leg, board.channel(&leg.key)?)));
    let leg = channel.map_or_else(String::new, |(leg, channel)| block("", &leg.key, channel));
    vec![format!(
        "Event: Agents\nAgent: {number}\nStatus: {word}\n{leg}"
    )]
}

fn device_items(thing: &Thing) -> Vec<String> {
    if let Thing::Trunk(trunk) = thing {
        let word = match trunk.state {
            TrunkState::Up => "NOT_INUSE",
            TrunkState::Down => "UNAVAILABLE",
            TrunkState::Rejected | TrunkState::Unknown => "UNKNOWN",
        };
        return vec![format!(
            "Event: DeviceStateChange\nDevice: {}\nState: {word}\n",
            trunk.name
        )];
    }
    let Thing::Extension(ExtensionView {
        state,
        devices,
        dnd,
        ..
    }) = thing
    else {
        return Vec::new();
    };
    if let Some(lamp) = devices
        .iter()
        .find(|device| device.starts_with("Custom:DND"))
    {
        let word = if *dnd { "BUSY" } else { "NOT_INUSE" };
        return vec![format!(
            "Event: DeviceStateChange\nDevice: {lamp}\nState: {word}\n"
        )];
    }
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

/// The rooms, and behind each who sits in it: `ConfbridgeList` is asked for room by room.
fn room_items(board: &Board, thing: &Thing) -> Vec<String> {
    let Thing::Conference(room) = thing else {
        return Vec::new();
    };
    if room.since.is_none() {
        return Vec::new();
    }
    let yes = |it: bool| if it { "Yes" } else { "No" };
    let locked = room
        .locked
        .map_or_else(String::new, |locked| format!("Locked: {}\n", yes(locked)));
    let open = format!(
        "Event: ConfbridgeListRooms\nConference: {}\n{locked}",
        room.name
    );
    let seats = room.members.iter().filter_map(|seat| {
        let channel = block("", &seat.leg.key, board.channel(&seat.leg.key)?);
        let marks = [
            ("Admin", seat.admin),
            ("Muted", seat.muted),
            ("Talking", seat.talking),
            ("Waiting", seat.waiting),
        ];
        let marks = marks
            .map(|(name, it)| format!("{name}: {}\n", yes(it)))
            .concat();
        Some(format!(
            "Event: ConfbridgeList\nConference: {}\n{channel}{marks}",
            room.name
        ))
    });
    std::iter::once(open).chain(seats).collect()
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
