//! Recordings of a channel: MixMonitor, and Monitor where Asterisk still has it (16).

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// Events of recordings. Several may run on one channel; the answer to `MixMonitor` carries no id here, so they are told apart by nothing
/// (transcript `recording-by-desk`).
#[derive(Debug, Clone, PartialEq)]
pub enum RecordingEvent<'f> {
    /// `MixMonitorStart`, `MonitorStart`.
    Start(ChannelSnapshot<'f>),
    /// `MixMonitorStop`, `MonitorStop`.
    Stop(ChannelSnapshot<'f>),
    /// `MixMonitorMute`: it goes on, in silence or not.
    Mute {
        /// Whose recording.
        channel: ChannelSnapshot<'f>,
        /// Silence is written now.
        on: bool,
    },
}

impl<'f> RecordingEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        let channel = fields.channel()?;
        Ok(match name {
            "MixMonitorStart" | "MonitorStart" => Self::Start(channel),
            "MixMonitorMute" => Self::Mute {
                channel,
                on: fields.yes("State").unwrap_or(false),
            },
            _ => Self::Stop(channel),
        })
    }

    /// Whose recording it is about.
    #[must_use]
    pub fn snapshot(&self) -> &ChannelSnapshot<'f> {
        match self {
            Self::Start(channel) | Self::Stop(channel) | Self::Mute { channel, .. } => channel,
        }
    }
}
