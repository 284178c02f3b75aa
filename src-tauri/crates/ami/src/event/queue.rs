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
    /// Why; absent: none given.
    pub reason: Option<Cow<'f, str>>,
    /// When it was last paused, in seconds since the epoch; 0: never.
    pub last_pause: Option<u64>,
    /// Whose state counts as this member's, e.g. `PJSIP/104` or `hint:106@hints`, where the interface is a Local channel.
    pub state_interface: Option<Cow<'f, str>>,
    /// Members with a lower one are rung first.
    pub penalty: Option<u32>,
    /// Rung also while on a call. `QueueStatus` does not tell.
    pub ring_in_use: Option<bool>,
    /// `static`, `dynamic` or `realtime`.
    pub membership: Option<Cow<'f, str>>,
    /// When its last call ended, in seconds since the epoch; 0: none yet.
    pub last_call: Option<u64>,
    /// Calls it has taken.
    pub taken: Option<u32>,
    /// On a call of this queue.
    pub in_call: Option<bool>,
}

/// What `QueueParams` says of a queue besides its name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QueueFigures<'f> {
    /// `ringall`, `rrmemory`, …
    pub strategy: Option<Cow<'f, str>>,
    /// Calls answered since the counters were reset.
    pub completed: Option<u32>,
    /// Callers who gave up.
    pub abandoned: Option<u32>,
    /// Average wait, in seconds.
    pub hold_time: Option<u32>,
    /// Average talk, in seconds.
    pub talk_time: Option<u32>,
    /// Seconds within which a call should be answered; 0: none set.
    pub service_level: Option<u32>,
    /// How many were, in percent.
    pub within: Option<f64>,
}

/// Events of queues.
#[derive(Debug, Clone, PartialEq)]
pub enum QueueEvent<'f> {
    /// `QueueParams`: an item of `QueueStatus`; the queue exists.
    Params {
        /// The queue.
        queue: Cow<'f, str>,
        /// How it does.
        figures: QueueFigures<'f>,
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
        /// Who goes first: the higher, the sooner.
        priority: Option<u32>,
    },
    /// `QueueCallerAbandon`: the caller gave up, or was moved out; the leave comes as well.
    Abandon {
        /// The queue.
        queue: Cow<'f, str>,
        /// Who.
        channel: ChannelSnapshot<'f>,
    },
    /// `AgentConnect`: a member talks with a caller. A member that is a Local channel is told by nothing else.
    Connect {
        /// The queue.
        queue: Cow<'f, str>,
        /// The member.
        interface: Option<Cow<'f, str>>,
        /// The caller.
        channel: Option<ChannelSnapshot<'f>>,
        /// The member's channel.
        dest: Option<ChannelSnapshot<'f>>,
    },
    /// `AgentComplete`: a call of the queue is over.
    Complete {
        /// The member.
        interface: Option<Cow<'f, str>>,
        /// The queue.
        queue: Cow<'f, str>,
        /// The caller.
        channel: Option<ChannelSnapshot<'f>>,
        /// The member's channel.
        dest: Option<ChannelSnapshot<'f>>,
    },
    /// `AgentCalled`: a member is rung for a caller. The dial events tell the same, where they are not switched off.
    Called {
        /// The queue.
        queue: Cow<'f, str>,
        /// The caller.
        channel: ChannelSnapshot<'f>,
        /// The member's channel.
        dest: ChannelSnapshot<'f>,
    },
    /// `AgentRingNoAnswer`: told for the record; the waiting itself is in join and leave, the ring in the dial events.
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
            "QueueParams" => Self::Params {
                queue,
                figures: figures(fields),
            },
            "QueueCallerAbandon" => Self::Abandon {
                queue,
                channel: fields.channel()?,
            },
            "AgentConnect" => Self::Connect {
                queue,
                interface: fields.optional("Interface"),
                channel: fields.channel_at(""),
                dest: fields.channel_at("Dest"),
            },
            "AgentComplete" => Self::Complete {
                interface: fields.optional("Interface"),
                queue,
                channel: fields.channel_at(""),
                dest: fields.channel_at("Dest"),
            },
            "AgentCalled" => Self::Called {
                queue,
                channel: fields.channel()?,
                dest: fields.channel_at("Dest").ok_or(Missing("DestUniqueid"))?,
            },
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
                priority: fields.number("Priority"),
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
            Self::Join { channel, .. }
            | Self::Leave { channel, .. }
            | Self::Abandon { channel, .. } => [Some(channel), None, None, None],
            Self::Called { channel, dest, .. } => [Some(channel), Some(dest), None, None],
            Self::Note { channel, dest, .. }
            | Self::Connect { channel, dest, .. }
            | Self::Complete { channel, dest, .. } => [channel.as_ref(), dest.as_ref(), None, None],
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
        reason: fields
            .optional("PausedReason")
            .or_else(|| fields.optional("Reason")),
        last_pause: fields.number("LastPause"),
        state_interface: fields.optional("StateInterface"),
        penalty: fields.number("Penalty"),
        ring_in_use: fields.yes("Ringinuse"),
        membership: fields.optional("Membership"),
        last_call: fields.number("LastCall"),
        taken: fields.number("CallsTaken"),
        in_call: fields.yes("InCall"),
    })
}

fn figures<'f>(fields: Fields<'f>) -> QueueFigures<'f> {
    QueueFigures {
        strategy: fields.optional("Strategy"),
        completed: fields.number("Completed"),
        abandoned: fields.number("Abandoned"),
        hold_time: fields.number("Holdtime"),
        talk_time: fields.number("TalkTime"),
        service_level: fields.number("ServiceLevel"),
        within: fields.number("ServicelevelPerf"),
    }
}
