//! Queues: callers wait in order, members are rung for them.

use std::collections::BTreeMap;

use crate::Millis;
use crate::channel::ChannelKey;
use crate::device::DeviceState;
use crate::wire::Message;

/// A queue, who serves it and who waits in it.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    pub(crate) strategy: &'static str,
    /// A member who lets it ring is paused.
    pub(crate) autopause: bool,
    /// How long members ring for a caller.
    pub(crate) timeout: Millis,
    /// In the order in which they came; see [`Queue::serving`].
    pub(crate) members: Vec<Member>,
    pub(crate) callers: Vec<Waiting>,
    pub(crate) completed: u64,
    pub(crate) abandoned: u64,
    pub(crate) held: u64,
    pub(crate) talked: u64,
    pub(crate) service_level: u32,
    pub(crate) turn: usize,
}

/// One who waits, and the place they had at first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiting {
    pub(crate) channel: ChannelKey,
    pub(crate) first_place: usize,
    /// The more important come first.
    pub(crate) priority: u32,
    /// A desk has asked to have the caller back in the dialplan.
    pub(crate) withdrawn: bool,
}

/// An interface that serves a queue.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) interface: String,
    /// What the queue calls its state interface, and the device it means.
    pub(crate) state_interface: String,
    pub(crate) device: String,
    pub(crate) dynamic: bool,
    pub(crate) calls: u64,
    pub(crate) last_call: u64,
    pub(crate) last_pause: u64,
    pub(crate) login: u64,
    pub(crate) in_call: bool,
    pub(crate) paused: bool,
    pub(crate) reason: String,
    /// Taken out of the queue. Calls it was rung for or serves still know it by its place, as Asterisk's hold on to it.
    pub(crate) gone: bool,
    /// Those with a lower one are rung first.
    pub(crate) penalty: u32,
}

/// How long members ring for a caller, in an ordinary queue.
const RINGS_FOR: Millis = 15_000;

impl Queue {
    /// Its members by their places.
    pub(crate) fn serving(&self) -> impl Iterator<Item = (usize, &Member)> {
        let members = self.members.iter().enumerate();
        members.filter(|(_, member)| !member.gone)
    }
}

/// The lab's queue that nobody serves until somebody is added to it.
pub(crate) const VIP: &str = "vip";

pub(crate) fn queues() -> BTreeMap<String, Queue> {
    let name = |exten: &str| crate::people::name_of(exten).to_owned();
    let sales = vec![
        member(name("103"), "PJSIP/103", "PJSIP/103", "PJSIP/103"),
        member(
            name("104"),
            "Local/104@internal/n",
            "PJSIP/104",
            "PJSIP/104",
        ),
    ];
    let support = vec![
        member(name("105"), "PJSIP/105", "PJSIP/105", "PJSIP/105"),
        member(name("106"), "PJSIP/106", "hint:106@hints", "PJSIP/106"),
    ];
    BTreeMap::from([
        ("sales".to_owned(), queue("ringall", false, 20, sales)),
        ("support".to_owned(), queue("rrmemory", true, 0, support)),
        (VIP.to_owned(), vip()),
    ])
}

/// Impatient: its members ring for two seconds only.
fn vip() -> Queue {
    Queue {
        timeout: 2_000,
        ..queue("ringall", true, 0, Vec::new())
    }
}

fn queue(
    strategy: &'static str,
    autopause: bool,
    service_level: u32,
    members: Vec<Member>,
) -> Queue {
    let callers = Vec::new();
    Queue {
        strategy,
        autopause,
        timeout: RINGS_FOR,
        members,
        callers,
        completed: 0,
        abandoned: 0,
        held: 0,
        talked: 0,
        service_level,
        turn: 0,
    }
}

pub(crate) fn member(name: String, interface: &str, state_interface: &str, device: &str) -> Member {
    Member {
        name,
        interface: interface.to_owned(),
        state_interface: state_interface.to_owned(),
        device: device.to_owned(),
        dynamic: false,
        calls: 0,
        last_call: 0,
        last_pause: 0,
        login: crate::pbx::EPOCH,
        in_call: false,
        paused: false,
        reason: String::new(),
        gone: false,
        penalty: 0,
    }
}

/// What the events and the list say alike of a member.
pub(crate) fn member_lines(text: Message, member: &Member, state: DeviceState) -> Message {
    text.with(
        "Membership",
        if member.dynamic { "dynamic" } else { "static" },
    )
    .with("Penalty", member.penalty)
    .with("CallsTaken", member.calls)
    .with("LastCall", member.last_call)
    .with("LastPause", member.last_pause)
    .with("LoginTime", member.login)
    .with("InCall", u8::from(member.in_call))
    .with("Status", state.number())
    .with("Paused", u8::from(member.paused))
    .with("PausedReason", &member.reason)
}
