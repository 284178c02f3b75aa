//! What the operator sees: the only types of this crate that leave it as JSON.
//!
//! Times are milliseconds since the epoch, by the desk's clock; the UI turns them into timers.

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
}

/// What a number's phones are doing, from its hint first, then devices and registration.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, TS,
)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ExtensionState {
    /// Nothing is known: never "free".
    #[default]
    Unknown,
    /// No phone is registered.
    Offline,
    /// Registered and idle.
    Idle,
    /// Rings.
    Ringing,
    /// On a call.
    InUse,
    /// On a call, and another rings.
    InUseRinging,
    /// Busy: it takes no more calls.
    Busy,
    /// Its call is on hold.
    Held,
}

/// A number lit by its hint.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExtensionView {
    /// `exten@context` of the hint.
    pub id: Ref,
    /// The number one dials.
    pub number: String,
    /// Whose it is, if the PBX knows. Hostile text.
    pub name: Option<String>,
    /// What its phones are doing.
    pub state: ExtensionState,
    /// Since when; absent if it was so before we looked.
    pub since: Option<Millis>,
    /// The devices behind the hint, e.g. `PJSIP/101`.
    pub devices: Vec<String>,
    /// The calls its phones take part in.
    pub calls: Vec<Ref>,
    /// It is the operator's own.
    pub me: bool,
}

/// A queue.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueView {
    /// Named after the queue.
    pub id: Ref,
    /// The queue's name in Asterisk.
    pub name: String,
    /// The number that leads into it, once a caller who dialled it has been seen to join.
    pub number: Option<String>,
    /// Who waits, first in line first.
    pub callers: Vec<QueueCallerView>,
    /// Who serves it.
    pub members: Vec<MemberView>,
}

/// A caller waiting in a queue.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct QueueCallerView {
    /// The leg that waits.
    pub leg: Ref,
    /// 1 is next.
    pub position: u32,
    /// Since when it waits.
    pub since: Millis,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
}

/// A queue member.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MemberView {
    /// Its interface, e.g. `PJSIP/103`.
    pub interface: String,
    /// Its name in the queue. Hostile text.
    pub name: String,
    /// What its phone is doing.
    pub state: ExtensionState,
    /// Whether it takes calls.
    pub paused: bool,
}

/// A caller in a parking space.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ParkedView {
    /// Named after the parked channel's Uniqueid.
    pub id: Ref,
    /// The leg that is parked.
    pub leg: Ref,
    /// The parking lot.
    pub lot: String,
    /// The space, which is also the number that fetches it.
    pub space: String,
    /// Since when.
    pub since: Millis,
    /// When the PBX takes it out again; absent: never.
    pub until: Option<Millis>,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
}

/// A conference room.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConferenceView {
    /// Named after the room.
    pub id: Ref,
    /// The room's name.
    pub name: String,
    /// The number that leads into it, once known.
    pub number: Option<String>,
    /// The legs in it.
    pub members: Vec<Ref>,
    /// When it opened; absent while empty.
    pub since: Option<Millis>,
}
