//! Queues: callers, members, and the rings between them.

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// A member as an event or a list item shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueMember<'f> {
    /// The queue.
    pub queue: Cow<'f, str>,
    /// What is rung: `Interface` in events, `Location` in `QueueStatus`.
    pub interface: Cow<'f, str>,
    /// `MemberName` in events, `Name` in `QueueStatus`.
    pub name: Option<Cow<'f, str>>,
    /// Device state number: 0 unknown, 1 not in use, 2 in use, 3 busy, 5 unavailable, 6 ringing, 7 ringing and in use, 8 on hold.
    pub status: Option<u32>,
    /// Takes no calls now.
    pub paused: Option<bool>,
}

/// Events of queues.
#[derive(Debug, Clone, PartialEq)]
pub enum QueueEvent<'f> {
    /// `QueueParams`: an item of `QueueStatus`; the queue exists.
    Params {
        /// The queue.
        queue: Cow<'f, str>,
    },
    /// `QueueMember*`: the member is now so.
    Member(QueueMember<'f>),
    /// `QueueMemberRemoved`.
    MemberRemoved(QueueMember<'f>),
    /// `QueueCallerJoin`.
    Join {
        /// The queue.
        queue: Cow<'f, str>,
        /// Who waits.
        channel: ChannelSnapshot<'f>,
        /// Place in line, 1 is next.
        position: Option<u32>,
    },
    /// `QueueCallerLeave`: out of line, connected or not. Nobody tells that the others moved up.
    Leave {
        /// The queue.
        queue: Cow<'f, str>,
        /// Who left.
        channel: ChannelSnapshot<'f>,
    },
    /// `QueueEntry`: an item of `QueueStatus`.
    Entry {
        /// The queue.
        queue: Cow<'f, str>,
        /// The waiting channel's Uniqueid.
        uniqueid: Cow<'f, str>,
        /// Place in line.
        position: Option<u32>,
        /// Seconds waited.
        wait: Option<u64>,
    },
    /// `QueueCallerAbandon`, `AgentCalled`, `AgentConnect`, `AgentComplete`, `AgentRingNoAnswer`: told for the record; the
    /// waiting itself is in join and leave, the ring in the dial events.
    Note {
        /// The queue.
        queue: Cow<'f, str>,
        /// The caller.
        channel: Option<ChannelSnapshot<'f>>,
        /// The member's channel.
        dest: Option<ChannelSnapshot<'f>>,
    },
}

impl<'f> QueueEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        let queue = fields.text("Queue")?;
        Ok(match name {
            "QueueParams" => Self::Params { queue },
            "QueueCallerJoin" => Self::Join {
                queue,
                channel: fields.channel()?,
                position: fields.number("Position"),
            },
            "QueueCallerLeave" => Self::Leave {
                queue,
                channel: fields.channel()?,
            },
            "QueueEntry" => Self::Entry {
                queue,
                uniqueid: fields.text("Uniqueid")?,
                position: fields.number("Position"),
                wait: fields.number("Wait"),
            },
            "QueueMemberRemoved" => Self::MemberRemoved(member(queue, fields)?),
            name if name.starts_with("QueueMember") => Self::Member(member(queue, fields)?),
            _ => Self::Note {
                queue,
                channel: fields.channel_at(""),
                dest: fields.channel_at("Dest"),
            },
        })
    }

    pub(crate) fn snapshots(&self) -> [Option<&ChannelSnapshot<'f>>; 4] {
        match self {
            Self::Join { channel, .. } | Self::Leave { channel, .. } => {
                [Some(channel), None, None, None]
            }
            Self::Note { channel, dest, .. } => [channel.as_ref(), dest.as_ref(), None, None],
            Self::Params { .. } | Self::Member(_) | Self::MemberRemoved(_) | Self::Entry { .. } => {
                [None; 4]
            }
        }
    }
}

fn member<'f>(queue: Cow<'f, str>, fields: Fields<'f>) -> Result<QueueMember<'f>, Missing> {
    let interface = fields
        .optional("Interface")
        .or_else(|| fields.optional("Location"))
        .ok_or(Missing("Interface"))?;
    Ok(QueueMember {
        queue,
        interface,
        name: fields
            .optional("MemberName")
            .or_else(|| fields.optional("Name")),
        status: fields.number("Status"),
        paused: fields.yes("Paused"),
    })
}
