//! An office full of calls: what a PBX's lists say of it, and the blocks its events are made of.

use ami::{Event, Frame};
use anyhow::{Context, Result, ensure};
use board::{Board, Place};

use crate::cast;
use crate::client::profile;
use crate::wire::Lists;

/// How big the office is. Each call is a caller from outside with one of the first phones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Office {
    /// Calls under way.
    pub(crate) calls: usize,
    /// Extensions with a hint; those without a call are idle.
    pub(crate) extensions: usize,
    /// Extensions more that ring a group, of the first phones; and where there are some, the spaces of the lot.
    pub(crate) groups: usize,
}

/// The office of the stream, with everybody in it and before anybody calls: 6,900 hints.
pub(crate) const STREAM: Office = Office {
    calls: 0,
    extensions: cast::PHONES,
    groups: cast::PHONES,
};

/// The outside leg of a call.
pub(crate) fn caller(call: usize) -> String {
    format!("1795100000.{}", 2 * call + 1)
}

/// The number of an extension that has no call.
pub(crate) fn idle(office: Office, which: usize) -> String {
    let idle = office.extensions - office.calls;
    cast::number(office.calls + which % idle).to_string()
}

impl Office {
    /// The items of its lists.
    pub(crate) fn lists(self) -> Lists {
        let calls = || 0..self.calls;
        let all = || 0..self.extensions;
        Lists::from([
            (
                "CoreShowChannels",
                calls()
                    .flat_map(|call| [outside(call), inside(call)])
                    .collect(),
            ),
            ("BridgeList", calls().map(bridge_item).collect()),
            (
                "ExtensionStateList",
                all()
                    .map(|phone| hint(phone, phone < self.calls))
                    .chain((0..self.groups).map(group_hint))
                    .chain((0..self.groups.min(cast::SPACES)).map(space_hint))
                    .collect(),
            ),
            (
                "DeviceStateList",
                all()
                    .map(|phone| device(phone, phone < self.calls))
                    .chain(self.other_devices())
                    .collect(),
            ),
            ("PJSIPShowEndpoints", all().map(endpoint).collect()),
        ])
    }
}

impl Office {
    /// Devices that are nobody's phone, where there are groups: a PBX that has been up for a day has a state for each that ever had one.
    fn other_devices(self) -> impl Iterator<Item = String> {
        let groups = 0..self.groups;
        let agents = groups.clone().take(cast::QUEUES * cast::AGENTS);
        let of_phones = groups.clone().flat_map(|phone| {
            let (group, number) = (cast::group(phone), cast::number(phone));
            [
                format!("PJSIP/{group}"),
                format!("Local/{number}@from-internal"),
                format!("MWI:{number}@default"),
            ]
        });
        let of_agents = agents.flat_map(|phone| {
            let (queue, number) = (cast::queue(phone / cast::AGENTS), cast::number(phone));
            [
                format!("Queue:{queue}_pause_PJSIP/{number}"),
                format!("Queue:{queue}_pause_Local/{number}@from-internal/n"),
            ]
        });
        let queues = (0..cast::QUEUES.min(self.groups)).map(cast::queue);
        let of_queues =
            queues.flat_map(|queue| [format!("Queue:{queue}"), format!("Queue:{queue}_avail")]);
        let spaces = 0..cast::SPACES.min(self.groups);
        let of_spaces = spaces.map(|which| format!("park:{}@parkedcalls", cast::space(which)));
        let rooms = (0..cast::ROOMS.min(self.groups)).map(cast::room);
        let of_rooms =
            rooms.flat_map(|room| [format!("confbridge:{room}"), format!("CBAnn/{room}")]);
        let all = of_phones
            .chain(of_agents)
            .chain(of_queues)
            .chain(of_spaces)
            .chain(of_rooms);
        all.map(|name| state_of(&name, "NOT_INUSE"))
    }
}

fn bridge(call: usize) -> String {
    format!("6d6c753e-1ff7-40f3-9bf6-{call:012x}")
}

/// The lines that tell of a channel; their names may have a prefix, as `Dest` for a dialled one.
pub(crate) fn block(
    prefix: &str,
    channel: &str,
    state: (u8, &str),
    [number, name]: [&str; 2],
    exten: &str,
    uniqueid: &str,
) -> String {
    let (state, word) = state;
    let lines = [
        ("Channel", channel),
        ("ChannelState", &state.to_string()),
        ("ChannelStateDesc", word),
        ("CallerIDNum", number),
        ("CallerIDName", name),
        ("ConnectedLineNum", "<unknown>"),
        ("ConnectedLineName", "<unknown>"),
        ("Language", "en"),
        ("AccountCode", ""),
        ("Context", "internal"),
        ("Exten", exten),
        ("Priority", "1"),
        ("Uniqueid", uniqueid),
        ("Linkedid", uniqueid),
    ];
    lines
        .iter()
        .map(|(header, value)| format!("{prefix}{header}: {value}\r\n"))
        .collect()
}

const UP: (u8, &str) = (6, "Up");

/// The leg of the caller outside.
pub(crate) fn outside_block(call: usize, exten: &str) -> String {
    let (number, name) = (cast::outside(call * 7_919), cast::outside_name(call));
    block(
        "",
        &format!("PJSIP/trunk-{:08x}", 2 * call),
        UP,
        [&number, &name],
        exten,
        &caller(call),
    )
}

fn outside(call: usize) -> String {
    let block = outside_block(call, &cast::number(call).to_string());
    format!(
        "Event: CoreShowChannel\r\n{block}Application: Dial\r\nApplicationData: PJSIP/{}\r\nDuration: 00:01:00\r\nBridgeId: {}\r\n",
        cast::number(call),
        bridge(call)
    )
}

/// The leg of the phone that answered.
pub(crate) fn inside_block(call: usize) -> String {
    let (number, name) = (cast::number(call).to_string(), cast::person(call));
    block(
        "",
        &format!("PJSIP/{number}-{:08x}", 2 * call + 1),
        UP,
        [&number, &name],
        "",
        &format!("1795100000.{}", 2 * call + 2),
    )
}

fn inside(call: usize) -> String {
    format!(
        "Event: CoreShowChannel\r\n{}Application: AppDial\r\nApplicationData: (Outgoing Line)\r\nDuration: 00:01:00\r\nBridgeId: {}\r\n",
        inside_block(call),
        bridge(call)
    )
}

fn bridge_item(call: usize) -> String {
    format!("Event: BridgeListItem\r\n{}", bridge_block(call))
}

/// The lines that tell of the call's bridge.
pub(crate) fn bridge_block(call: usize) -> String {
    format!(
        "BridgeUniqueid: {}\r\nBridgeType: basic\r\nBridgeTechnology: simple_bridge\r\nBridgeCreator: <unknown>\r\nBridgeName: <unknown>\r\nBridgeNumChannels: 2\r\nBridgeVideoSourceMode: none\r\n",
        bridge(call)
    )
}

/// One extension's state.
pub(crate) fn hint(phone: usize, in_use: bool) -> String {
    let number = cast::number(phone);
    let (status, text) = if in_use { (1, "InUse") } else { (0, "Idle") };
    format!(
        "Event: ExtensionStatus\r\nExten: {number}\r\nContext: hints\r\nHint: PJSIP/{number},CustomPresence:{number}\r\nStatus: {status}\r\nStatusText: {text}\r\n"
    )
}

fn device(phone: usize, in_use: bool) -> String {
    device_state(&cast::number(phone).to_string(), in_use)
}

/// As recorded: two phones, of which only the person's own is there.
fn group_hint(phone: usize) -> String {
    let (group, number) = (cast::group(phone), cast::number(phone));
    format!(
        "Event: ExtensionStatus\r\nExten: {group}\r\nContext: hints\r\nHint: PJSIP/{group}&PJSIP/{number}\r\nStatus: 0\r\nStatusText: Idle\r\n"
    )
}

fn space_hint(which: usize) -> String {
    let space = cast::space(which);
    format!(
        "Event: ExtensionStatus\r\nExten: {space}\r\nContext: hints\r\nHint: park:{space}@parkedcalls\r\nStatus: 0\r\nStatusText: Idle\r\n"
    )
}

/// The state of the device of this name.
pub(crate) fn device_state(name: &str, in_use: bool) -> String {
    let state = if in_use { "INUSE" } else { "NOT_INUSE" };
    state_of(&format!("PJSIP/{name}"), state)
}

fn state_of(device: &str, state: &str) -> String {
    format!("Event: DeviceStateChange\r\nDevice: {device}\r\nState: {state}\r\n")
}

fn endpoint(phone: usize) -> String {
    let number = cast::number(phone);
    format!(
        "Event: EndpointList\r\nObjectType: endpoint\r\nObjectName: {number}\r\nTransport: udp\r\nAor: {number}\r\nAuths: {number}\r\nOutboundAuths: \r\nContacts: {number}/sip:{number}@127.0.0.1:5062,\r\nDeviceState: Not in use\r\nActiveChannels: 0\r\n"
    )
}

/// A board that has read the office's lists.
pub(crate) fn board(office: Office) -> Result<Board> {
    let place = Place {
        me: Some("4000".to_owned()),
        context: "internal".to_owned(),
        conferences: Vec::new(),
        voicemail: None,
    };
    let mut board = Board::new(profile(0)?.pbx, place);
    for items in office.lists().values() {
        for item in items {
            let frame = Frame::parse(item.as_bytes()).context("an item of a list")?;
            board.apply_item(&Event::read(&frame), 0);
        }
    }
    ensure!(
        board.call_count() == office.calls,
        "{} calls on the board",
        board.call_count()
    );
    Ok(board)
}
