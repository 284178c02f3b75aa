//! Frames to events, grouped by family. An event nobody has described keeps its name and its channel blocks;
//! one that lacks what it must carry is a value, [`Malformed`], and never a failure.

mod agent;
mod bridge;
mod channel;
mod conference;
mod dial;
mod originate;
mod parking;
mod queue;
mod recording;
mod spy;
mod state;
mod system;
mod transfer;

use std::borrow::Cow;

pub use agent::AgentEvent;
pub use bridge::{BridgeEvent, BridgeSnapshot};
pub use channel::ChannelEvent;
pub use conference::{ConferenceEvent, Seat};
pub use dial::{DialEvent, DialStatus};
pub use originate::OriginateResponse;
pub use parking::{ParkedCall, ParkingEvent, ParkingLot};
pub use queue::{QueueEvent, QueueFigures, QueueMember};
pub use recording::RecordingEvent;
pub use spy::SpyEvent;
pub use state::StateEvent;
pub use system::SystemEvent;
pub use transfer::TransferEvent;

use crate::channel::ChannelSnapshot;
use crate::frame::Frame;
use crate::value::Value;

/// One event or list item.
#[derive(Debug, Clone, PartialEq)]
pub enum Event<'f> {
    /// A channel's life.
    Channel(ChannelEvent<'f>),
    /// Who hears whom.
    Bridge(BridgeEvent<'f>),
    /// Who rings whom.
    Dial(DialEvent<'f>),
    /// Transfers, pickups, Local channels: they describe; bridges and dials do the change.
    Transfer(TransferEvent<'f>),
    /// Parking lots.
    Parking(ParkingEvent<'f>),
    /// Queues.
    Queue(QueueEvent<'f>),
    /// Extensions, devices, registrations.
    State(StateEvent<'f>),
    /// Conference rooms.
    Conference(ConferenceEvent<'f>),
    /// Recordings of a channel.
    Recording(RecordingEvent<'f>),
    /// Listening in.
    Spy(SpyEvent<'f>),
    /// Agent pools.
    Agent(AgentEvent<'f>),
    /// How an Originate of somebody's ended.
    Originate(OriginateResponse<'f>),
    /// The PBX itself.
    System(SystemEvent),
    /// Not described here, with whatever channel blocks it has.
    Other(Other<'f>),
    /// Lacks what it must carry.
    Malformed(Malformed<'f>),
}

/// An event without a description of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Other<'f> {
    /// Its name.
    pub name: Cow<'f, str>,
    /// Its channel blocks, in order.
    pub channels: Vec<ChannelSnapshot<'f>>,
}

/// An event that lacks something.
#[derive(Debug, Clone, PartialEq)]
pub struct Malformed<'f> {
    /// Its name; empty for a frame that is no event.
    pub name: Cow<'f, str>,
    /// The header it should have had.
    pub missing: &'static str,
}

impl<'f> Event<'f> {
    /// Reads any event frame.
    #[must_use]
    pub fn read(frame: &'f Frame) -> Self {
        let Some(name) = frame.event() else {
            return Self::Malformed(Malformed {
                name: Cow::Borrowed(""),
                missing: "Event",
            });
        };
        let fields = Fields { frame };
        match Self::described(&name, fields) {
            Ok(Some(event)) => event,
            Ok(None) => Self::Other(Other {
                name,
                channels: ChannelSnapshot::read_all(frame),
            }),
            Err(Missing(missing)) => Self::Malformed(Malformed { name, missing }),
        }
    }

    fn described(name: &str, fields: Fields<'f>) -> Result<Option<Self>, Missing> {
        Ok(Some(match name {
            "CoreShowChannel" | "Status" | "Newchannel" | "Newstate" | "Newexten"
            | "NewCallerid" | "NewConnectedLine" | "NewAccountCode" | "Hangup"
            | "HangupRequest" | "SoftHangupRequest" | "Hold" | "Unhold" | "MusicOnHoldStart"
            | "MusicOnHoldStop" | "Rename" => Self::Channel(ChannelEvent::read(name, fields)?),
            "BridgeCreate" | "BridgeDestroy" | "BridgeEnter" | "BridgeLeave" | "BridgeMerge"
            | "BridgeListItem" => Self::Bridge(BridgeEvent::read(name, fields)?),
            "DialBegin" | "DialState" | "DialEnd" => Self::Dial(DialEvent::read(name, fields)?),
            "BlindTransfer"
            | "AttendedTransfer"
            | "Pickup"
            | "LocalBridge"
            | "LocalOptimizationBegin"
            | "LocalOptimizationEnd" => Self::Transfer(TransferEvent::read(name, fields)?),
            "ParkedCall" | "ParkedCallTimeOut" | "ParkedCallGiveUp" | "UnParkedCall"
            | "ParkedCallSwap" | "Parkinglot" => Self::Parking(ParkingEvent::read(name, fields)?),
            "QueueParams"
            | "QueueMember"
            | "QueueEntry"
            | "QueueCallerJoin"
            | "QueueCallerLeave"
            | "QueueCallerAbandon"
            | "QueueMemberStatus"
            | "QueueMemberAdded"
            | "QueueMemberRemoved"
            | "QueueMemberPause"
            | "QueueMemberPenalty"
            | "QueueMemberRinginuse"
            | "AgentCalled"
            | "AgentConnect"
            | "AgentComplete"
            | "AgentRingNoAnswer" => Self::Queue(QueueEvent::read(name, fields)?),
            "ExtensionStatus"
            | "DeviceStateChange"
            | "PeerStatus"
            | "ContactStatus"
            | "EndpointList"
            | "PresenceStatus"
            | "PresenceStateChange"
            | "MessageWaiting"
            | "Registry" => Self::State(StateEvent::read(name, fields)?),
            "ConfbridgeStart"
            | "ConfbridgeEnd"
            | "ConfbridgeJoin"
            | "ConfbridgeLeave"
            | "ConfbridgeListRooms"
            | "ConfbridgeList"
            | "ConfbridgeMute"
            | "ConfbridgeUnmute"
            | "ConfbridgeTalking"
            | "ConfbridgeRecord"
            | "ConfbridgeStopRecord" => Self::Conference(ConferenceEvent::read(name, fields)?),
            "MixMonitorStart" | "MixMonitorStop" | "MixMonitorMute" | "MonitorStart"
            | "MonitorStop" => Self::Recording(RecordingEvent::read(name, fields)?),
            "ChanSpyStart" | "ChanSpyStop" => Self::Spy(SpyEvent::read(name, fields)?),
            "AgentLogin" | "AgentLogoff" | "Agents" => Self::Agent(AgentEvent::read(name, fields)?),
            "OriginateResponse" => Self::Originate(OriginateResponse::read(fields)?),
            "FullyBooted" | "Shutdown" | "Reload" | "Load" | "Unload" => {
                Self::System(SystemEvent::read(name, fields))
            }
            _ => return Ok(None),
        }))
    }

    /// Every channel block in the event: each is the newest the PBX knows of that channel.
    pub fn snapshots(&self) -> impl Iterator<Item = &ChannelSnapshot<'f>> {
        let (few, many): ([Option<&ChannelSnapshot<'f>>; 4], &[ChannelSnapshot<'f>]) = match self {
            Self::Channel(event) => ([event.snapshot(), None, None, None], &[]),
            Self::Bridge(event) => ([event.snapshot(), None, None, None], &[]),
            Self::Dial(event) => ([event.caller.as_ref(), Some(&event.dest), None, None], &[]),
            Self::Transfer(event) => (event.snapshots(), &[]),
            Self::Parking(event) => (event.snapshots(), &[]),
            Self::Queue(event) => (event.snapshots(), &[]),
            Self::Conference(event) => ([event.snapshot(), None, None, None], &[]),
            Self::Recording(event) => ([Some(event.snapshot()), None, None, None], &[]),
            Self::Spy(event) => (event.snapshots(), &[]),
            Self::Agent(event) => ([event.snapshot(), None, None, None], &[]),
            Self::State(event) => ([event.snapshot(), None, None, None], &[]),
            Self::Other(other) => ([None; 4], &other.channels),
            Self::Originate(_) | Self::System(_) | Self::Malformed(_) => ([None; 4], &[]),
        };
        few.into_iter().flatten().chain(many)
    }
}

/// What an event should have carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing(pub(crate) &'static str);

/// The fields of one event, on their way into its type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'f> {
    frame: &'f Frame,
}

impl<'f> Fields<'f> {
    pub(crate) fn value(self, name: &'static str) -> Option<Value<'f>> {
        self.frame.get(name)
    }

    pub(crate) fn optional(self, name: &'static str) -> Option<Cow<'f, str>> {
        self.frame.get(name).and_then(Value::known)
    }

    pub(crate) fn text(self, name: &'static str) -> Result<Cow<'f, str>, Missing> {
        self.optional(name).ok_or(Missing(name))
    }

    pub(crate) fn number<N: std::str::FromStr>(self, name: &'static str) -> Option<N> {
        self.frame.get(name).and_then(Value::number)
    }

    pub(crate) fn yes(self, name: &'static str) -> Option<bool> {
        self.frame.get(name).map(Value::yes)
    }

    pub(crate) fn channel(self) -> Result<ChannelSnapshot<'f>, Missing> {
        ChannelSnapshot::read(self.frame, "").ok_or(Missing("Uniqueid"))
    }

    pub(crate) fn channel_at(self, prefix: &'static str) -> Option<ChannelSnapshot<'f>> {
        ChannelSnapshot::read(self.frame, prefix)
    }
}
