//! Conference rooms (ConfBridge).

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// Events of rooms. None tells that a room was locked or unlocked: that is read from `ConfbridgeListRooms`.
#[derive(Debug, Clone, PartialEq)]
pub enum ConferenceEvent<'f> {
    /// `ConfbridgeStart`, and the items of `ConfbridgeListRooms`.
    Open {
        /// The room.
        room: Cow<'f, str>,
        /// Nobody new comes in; only the list tells.
        locked: Option<bool>,
    },
    /// `ConfbridgeEnd`.
    End {
        /// The room.
        room: Cow<'f, str>,
    },
    /// `ConfbridgeJoin`, and the items of `ConfbridgeList`.
    Join {
        /// The room.
        room: Cow<'f, str>,
        /// Who came in.
        channel: ChannelSnapshot<'f>,
        /// What is known of the seat.
        seat: Seat,
    },
    /// `ConfbridgeLeave`.
    Leave {
        /// The room.
        room: Cow<'f, str>,
        /// Who went out.
        channel: ChannelSnapshot<'f>,
    },
    /// `ConfbridgeMute`, `ConfbridgeUnmute`, `ConfbridgeTalking`: something about a seat has changed.
    Seat {
        /// Whose.
        channel: ChannelSnapshot<'f>,
        /// What.
        seat: Seat,
    },
    /// `ConfbridgeRecord`, `ConfbridgeStopRecord`.
    Record {
        /// The room.
        room: Cow<'f, str>,
        /// It is recorded now.
        on: bool,
    },
}

/// What one event or item says about a seat; what it does not say stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seat {
    /// May rule the room.
    pub admin: Option<bool>,
    /// Silenced.
    pub muted: Option<bool>,
    /// Speaks.
    pub talking: Option<bool>,
    /// Waits for a marked one.
    pub waiting: Option<bool>,
}

impl<'f> ConferenceEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        let room = fields.text("Conference")?;
        Ok(match name {
            "ConfbridgeJoin" | "ConfbridgeList" => Self::Join {
                room,
                channel: fields.channel()?,
                seat: Seat {
                    admin: fields.yes("Admin"),
                    muted: fields.yes("Muted"),
                    talking: fields.yes("Talking"),
                    waiting: fields.yes("Waiting"),
                },
            },
            "ConfbridgeLeave" => Self::Leave {
                room,
                channel: fields.channel()?,
            },
            "ConfbridgeMute" | "ConfbridgeUnmute" => Self::Seat {
                channel: fields.channel()?,
                seat: Seat {
                    muted: Some(name == "ConfbridgeMute"),
                    ..Seat::default()
                },
            },
            "ConfbridgeTalking" => Self::Seat {
                channel: fields.channel()?,
                seat: Seat {
                    talking: fields.yes("TalkingStatus"),
                    ..Seat::default()
                },
            },
            "ConfbridgeRecord" | "ConfbridgeStopRecord" => Self::Record {
                room,
                on: name == "ConfbridgeRecord",
            },
            "ConfbridgeEnd" => Self::End { room },
            _ => Self::Open {
                room,
                locked: fields.yes("Locked"),
            },
        })
    }

    pub(crate) fn snapshot(&self) -> Option<&ChannelSnapshot<'f>> {
        match self {
            Self::Join { channel, .. }
            | Self::Leave { channel, .. }
            | Self::Seat { channel, .. } => Some(channel),
            Self::Open { .. } | Self::End { .. } | Self::Record { .. } => None,
        }
    }
}
