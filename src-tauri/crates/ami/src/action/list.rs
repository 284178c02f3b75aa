//! The lists a picture is loaded from.

use crate::request::{Action, Request};

/// One of the lists. What each needs: see ami.md section 3; a list we may not read costs only what it would have told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// `CoreShowChannels` (system or reporting): every channel with its bridge.
    Channels,
    /// `Status` (call): the fall-back when `CoreShowChannels` is not allowed. It locks every channel: once, never polled.
    Status,
    /// `BridgeList` (nobody is refused).
    Bridges,
    /// `ParkedCalls` (call).
    ParkedCalls,
    /// `Parkinglots` (call): the lots with their first and last space. Asked for after who is parked in them.
    ParkingLots,
    /// `QueueStatus` (nobody is refused).
    Queues,
    /// `ExtensionStateList` (call or reporting): the hints.
    Extensions,
    /// `DeviceStateList` (call or reporting).
    Devices,
    /// `PJSIPShowEndpoints` (system).
    Endpoints,
    /// `ConfbridgeListRooms` (reporting): the rooms, and whether they are locked.
    Conferences,
    /// `PresenceStateList` (call or reporting).
    Presences,
    /// `Agents` (agent).
    Agents,
}

impl List {
    /// All lists of a sync, in the order in which they are asked for.
    pub const SYNC: [Self; 11] = [
        Self::Channels,
        Self::Bridges,
        Self::ParkedCalls,
        Self::ParkingLots,
        Self::Queues,
        Self::Extensions,
        Self::Devices,
        Self::Endpoints,
        Self::Conferences,
        Self::Presences,
        Self::Agents,
    ];

    /// The action's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Channels => "CoreShowChannels",
            Self::Status => "Status",
            Self::Bridges => "BridgeList",
            Self::ParkedCalls => "ParkedCalls",
            Self::ParkingLots => "Parkinglots",
            Self::Queues => "QueueStatus",
            Self::Extensions => "ExtensionStateList",
            Self::Devices => "DeviceStateList",
            Self::Endpoints => "PJSIPShowEndpoints",
            Self::Conferences => "ConfbridgeListRooms",
            Self::Presences => "PresenceStateList",
            Self::Agents => "Agents",
        }
    }

    /// Is this error text only Asterisk's way to say "empty"?
    #[must_use]
    pub fn is_empty_answer(self, message: &str) -> bool {
        let empty = match self {
            Self::Endpoints => "No endpoints found",
            Self::Conferences => "No active conferences",
            Self::Presences => "No presence states",
            Self::Extensions => "No dialplan hints are available",
            Self::Channels
            | Self::Status
            | Self::Bridges
            | Self::ParkedCalls
            | Self::ParkingLots
            | Self::Queues
            | Self::Devices
            | Self::Agents => return false,
        };
        message.starts_with(empty)
    }
}

impl Action for List {
    fn request(&self) -> Request {
        Request::list(self.name())
    }
}
