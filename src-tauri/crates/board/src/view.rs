//! What the operator sees: the only types of this crate that leave it as JSON.
//!
//! Times are milliseconds since the epoch, by the desk's clock; the UI turns them into timers.

mod extension;
mod place;
mod queue;

pub use extension::{ExtensionState, ExtensionView, MailboxView, Presence, PresenceView};
pub use place::{
    AgentState, AgentView, ConferenceView, ParkedView, SeatView, TrunkState, TrunkView,
};
pub use queue::{MemberView, QueueCallerView, QueueView};
use serde::Serialize;
use ts_rs::TS;

use crate::id::Ref;

/// Milliseconds since the epoch.
pub type Millis = u64;

/// Anything the board shows, told apart by `kind`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[ts(export)]
pub enum Thing {
    /// People connected, or about to be.
    Call(CallView),
    /// A number with a hint.
    Extension(ExtensionView),
    /// A queue with its callers and members.
    Queue(QueueView),
    /// A caller in a parking space.
    Parked(ParkedView),
    /// A conference room.
    Conference(ConferenceView),
    /// A line to another exchange.
    Trunk(TrunkView),
    /// Somebody of an agent pool.
    Agent(AgentView),
    /// A call that has ended lately.
    Ended(EndedView),
}

impl Thing {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &Ref {
        match self {
            Self::Call(call) => &call.id,
            Self::Extension(extension) => &extension.id,
            Self::Queue(queue) => &queue.id,
            Self::Parked(parked) => &parked.id,
            Self::Conference(conference) => &conference.id,
            Self::Trunk(trunk) => &trunk.id,
            Self::Agent(agent) => &agent.id,
            Self::Ended(ended) => &ended.id,
        }
    }
}

/// Where a call stands, in the order a call lives through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CallPhase {
    /// A channel exists, but nobody is rung yet: dialling, or in the dialplan.
    Dialing,
    /// Somebody's phone rings.
    Ringing,
    /// One person alone with the PBX: an announcement, a menu, music, voicemail, an echo test.
    Application,
    /// Waiting in a queue.
    Queued,
    /// In a parking space.
    Parked,
    /// At least two people hear each other.
    Talking,
    /// At least two are bridged, and one has put the other on hold.
    Held,
    /// In a conference room.
    Conference,
    /// Hanging up: the PBX has asked for it, or the other side is gone.
    Ending,
}

/// How a call came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Direction {
    /// Between phones of this PBX.
    Internal,
    /// From a trunk.
    Inbound,
    /// Out through a trunk.
    Outbound,
}

/// A call: channels connected by a bridge, an open dial, a Local pair, or a queue's ring.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CallView {
    /// Named after the oldest channel in it.
    pub id: Ref,
    /// Where it stands.
    pub phase: CallPhase,
    /// When that phase began.
    pub since: Millis,
    /// When the oldest leg began.
    pub started: Millis,
    /// Internal, inbound or outbound.
    pub direction: Direction,
    /// What the first caller dialled: an extension, or the DID an outside caller came by.
    pub dialled: Option<String>,
    /// The legs, caller first, then in order of age. Halves of Local channels are folded away.
    pub legs: Vec<LegView>,
    /// Part of this was worked out from lists after a reconnect, not seen happening.
    pub inferred: bool,
}

/// What one leg of a call is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum LegState {
    /// Its phone rings.
    Ringing,
    /// It has called and waits for an answer.
    Calling,
    /// It hears others.
    Talking,
    /// It pressed hold, or was put on hold: see `hold`.
    Held,
    /// It is up and alone with an application.
    Application,
    /// It waits in a queue.
    Queued,
    /// It is parked.
    Parked,
    /// It is up, alone in its bridge.
    Alone,
    /// It is being hung up.
    Ending,
}

/// A channel as part of a call: one person, or one outside line.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LegView {
    /// Named after its channel's Uniqueid.
    pub id: Ref,
    /// The channel's full name, for administrators.
    pub channel: String,
    /// What it is doing.
    pub state: LegState,
    /// Since when.
    pub since: Millis,
    /// The person's name, if the PBX knows one. Hostile text: show it as text only.
    pub name: Option<String>,
    /// The person's number.
    pub number: Option<String>,
    /// The extension whose phone this is.
    pub extension: Option<Ref>,
    /// The trunk it goes through, when it is no phone of ours.
    pub trunk: Option<String>,
    /// It began the call rather than being rung.
    pub caller: bool,
    /// The legs it hears now.
    pub hears: Vec<Ref>,
    /// This leg pressed hold.
    pub hold: bool,
    /// The application it is in, in Asterisk's spelling, when it is alone.
    pub application: Option<String>,
    /// It hears music on hold.
    pub music: bool,
    /// It is silenced in its conference room.
    pub muted: bool,
    /// It is being recorded.
    pub recorded: Option<Recorded>,
    /// The leg a supervisor's leg listens in on.
    pub listens_to: Option<Ref>,
    /// The legs that listen in on this one.
    pub listeners: Vec<Ref>,
    /// Why it ends, once it has been told to.
    pub end: Option<End>,
}

/// A recording under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Recorded {
    /// Since when.
    pub since: Millis,
    /// It runs, but writes silence: `MixMonitorMute`.
    pub paused: bool,
    /// It ran when the link was lost, and no list tells whether it still does.
    pub unsure: bool,
}

/// Why a call or a leg ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "end", rename_all = "camelCase")]
#[ts(export)]
pub enum End {
    /// Somebody hung up: the usual end.
    HungUp,
    /// The caller gave up before anybody answered.
    GaveUp,
    /// The other side is busy, or rejected the call as busy.
    Busy,
    /// It rang, and nobody answered.
    NoAnswer,
    /// The other side turned the call down.
    Rejected,
    /// No such number.
    NoSuchNumber,
    /// No phone is registered there, or the line is down.
    Unreachable,
    /// No line or no room is free.
    Congestion,
    /// Another phone of the same call answered.
    AnsweredElsewhere,
    /// Anything else.
    Failed {
        /// The Q.850 cause.
        cause: u32,
    },
}

/// A caller's call that has ended: who it was, how far they came, and why it ended. The board keeps a few dozen of the latest.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EndedView {
    /// Named after the caller's channel.
    pub id: Ref,
    /// The caller's name. Hostile text.
    pub name: Option<String>,
    /// The caller's number.
    pub number: Option<String>,
    /// The extension that called.
    pub extension: Option<Ref>,
    /// The trunk the caller came by.
    pub trunk: Option<String>,
    /// What the caller dialled.
    pub dialled: Option<String>,
    /// Who was rung, or spoken with, last. Hostile text.
    pub to_name: Option<String>,
    /// Their number.
    pub to_number: Option<String>,
    /// When it began.
    pub started: Millis,
    /// Since when the caller heard somebody, the first time; absent: never.
    pub talked: Option<Millis>,
    /// When it ended.
    pub ended: Millis,
    /// Why.
    pub end: End,
}
