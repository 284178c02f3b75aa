//! Conference rooms (ConfBridge).

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// Events of rooms.
#[derive(Debug, Clone, PartialEq)]
pub enum ConferenceEvent<'f> {
    /// `ConfbridgeStart`, and the items of `ConfbridgeListRooms`.
    Open {
        /// The room.
        room: Cow<'f, str>,
    },
    /// `ConfbridgeEnd`.
    End {
        /// The room.
        room: Cow<'f, str>,
    },
    /// `ConfbridgeJoin`.
    Join {
        /// The room.
        room: Cow<'f, str>,
        /// Who came in.
        channel: ChannelSnapshot<'f>,
    },
    /// `ConfbridgeLeave`.
    Leave {
        /// The room.
        room: Cow<'f, str>,
        /// Who went out.
        channel: ChannelSnapshot<'f>,
    },
}

impl<'f> ConferenceEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        let room = fields.text("Conference")?;
        Ok(match name {
            "ConfbridgeJoin" => Self::Join {
                room,
                channel: fields.channel()?,
            },
            "ConfbridgeLeave" => Self::Leave {
                room,
                channel: fields.channel()?,
            },
            "ConfbridgeEnd" => Self::End { room },
            _ => Self::Open { room },
        })
    }

    pub(crate) fn snapshot(&self) -> Option<&ChannelSnapshot<'f>> {
        match self {
            Self::Join { channel, .. } | Self::Leave { channel, .. } => Some(channel),
            Self::Open { .. } | Self::End { .. } => None,
        }
    }
}
