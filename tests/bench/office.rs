//! A PBX with an office full of calls, for what is measured at rest: it has lists, answers at once, and plays a transfer when asked for one.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::cast;
use crate::wire::{self, Asked, Inbox, Lists};

/// How big the office is. Each call is a caller from outside with one of the first phones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Office {
    /// Calls under way.
    pub(crate) calls: usize,
    /// Extensions with a hint; those without a call are idle.
    pub(crate) extensions: usize,
}

/// The PBX of an office, on a thread of its own.
#[derive(Debug)]
pub(crate) struct Pbx {
    /// Where it listens.
    pub(crate) port: u16,
    /// When the last byte of each action was read, with the action's name.
    pub(crate) read: Receiver<(String, Instant)>,
}

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
    /// Opens it for one desk.
    pub(crate) fn open(self) -> Result<Pbx> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port for the office")?;
        let port = listener.local_addr()?.port();
        let (told, read) = mpsc::channel();
        let lists = self.lists();
        std::thread::spawn(move || -> std::io::Result<()> {
            let (desk, _) = listener.accept()?;
            serve(desk, &lists, &told)
        });
        Ok(Pbx { port, read })
    }

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
                all().map(|phone| hint(phone, phone < self.calls)).collect(),
            ),
            (
                "DeviceStateList",
                all()
                    .map(|phone| device(phone, phone < self.calls))
                    .collect(),
            ),
            ("PJSIPShowEndpoints", all().map(endpoint).collect()),
        ])
    }
}

fn serve(
    mut desk: TcpStream,
    lists: &Lists,
    told: &Sender<(String, Instant)>,
) -> std::io::Result<()> {
    desk.set_nodelay(true)?;
    desk.write_all(wire::GREETING)?;
    let (mut inbox, mut buffer, mut made) = (Inbox::default(), vec![0; 64 * 1024], 0);
    loop {
        let count = desk.read(&mut buffer)?;
        let now = Instant::now();
        if count == 0 {
            return Ok(());
        }
        for asked in inbox.take(&buffer[..count]) {
            // Whoever measures may have gone home already.
            drop(told.send((asked.name().to_owned(), now)));
            desk.write_all(&wire::answer(&asked, lists))?;
            if asked.name() == "Redirect" {
                made += 1;
                desk.write_all(transferred(&asked, made).as_bytes())?;
            }
        }
    }
}

fn bridge(call: usize) -> String {
    format!("6d6c753e-1ff7-40f3-9bf6-{call:012x}")
}

fn block(
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

fn outside_block(call: usize, exten: &str) -> String {
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

fn inside(call: usize) -> String {
    let (number, name) = (cast::number(call).to_string(), cast::person(call));
    let channel = format!("PJSIP/{number}-{:08x}", 2 * call + 1);
    let block = block(
        "",
        &channel,
        UP,
        [&number, &name],
        "",
        &format!("1795100000.{}", 2 * call + 2),
    );
    format!(
        "Event: CoreShowChannel\r\n{block}Application: AppDial\r\nApplicationData: (Outgoing Line)\r\nDuration: 00:01:00\r\nBridgeId: {}\r\n",
        bridge(call)
    )
}

fn bridge_item(call: usize) -> String {
    format!("Event: BridgeListItem\r\n{}", bridge_block(call))
}

fn bridge_block(call: usize) -> String {
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
        "Event: ExtensionStatus\r\nExten: {number}\r\nContext: hints\r\nHint: PJSIP/{number}\r\nStatus: {status}\r\nStatusText: {text}\r\n"
    )
}

fn device(phone: usize, in_use: bool) -> String {
    let state = if in_use { "INUSE" } else { "NOT_INUSE" };
    format!(
        "Event: DeviceStateChange\r\nDevice: PJSIP/{}\r\nState: {state}\r\n",
        cast::number(phone)
    )
}

fn endpoint(phone: usize) -> String {
    let number = cast::number(phone);
    format!(
        "Event: EndpointList\r\nObjectType: endpoint\r\nObjectName: {number}\r\nTransport: udp\r\nAor: {number}\r\nAuths: {number}\r\nOutboundAuths: \r\nContacts: {number}/sip:{number}@127.0.0.1:5062,\r\nDeviceState: Not in use\r\nActiveChannels: 0\r\n"
    )
}

/// What a PBX tells when the outside leg has been sent to a phone and that phone rings.
fn transferred(asked: &Asked, made: usize) -> String {
    let (leg, exten) = (asked.get("Channel"), asked.get("Exten"));
    let serial: usize = leg
        .rsplit('.')
        .next()
        .and_then(|serial| serial.parse().ok())
        .unwrap_or(1);
    let call = (serial - 1) / 2;
    let moved = outside_block(call, exten);
    let (channel, uniqueid) = (
        format!("PJSIP/{exten}-{:08x}", 0x100_0000 + made),
        format!("1795100999.{}", 1_000_000 + made),
    );
    let rung =
        |prefix: &str, state| block(prefix, &channel, state, [exten, "<unknown>"], "", &uniqueid);
    let event =
        |name: &str, lines: &str| format!("Event: {name}\r\nPrivilege: call,all\r\n{lines}\r\n");
    let dial =
        |state, status: &str| format!("{moved}{}DialStatus: {status}\r\n", rung("Dest", state));
    [
        event("BridgeLeave", &format!("{}{moved}", bridge_block(call))),
        event("Newchannel", &rung("", (0, "Down"))),
        event("DialBegin", &dial((0, "Down"), "")),
        event("Newstate", &rung("", (5, "Ringing"))),
        event("DialState", &dial((5, "Ringing"), "RINGING")),
    ]
    .concat()
}
