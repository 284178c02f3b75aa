//! Listening in: ChanSpy. Whisper and barge look the same here (`asterisk-observed.md`).

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// Events of a supervisor's leg.
#[derive(Debug, Clone, PartialEq)]
pub enum SpyEvent<'f> {
    /// `ChanSpyStart`.
    Start {
        /// Who listens.
        spyer: ChannelSnapshot<'f>,
        /// On whom.
        spyee: ChannelSnapshot<'f>,
    },
    /// `ChanSpyStop`. The supervisor's leg may stay up, and listen to nobody.
    Stop {
        /// Who listened; absent on older servers.
        spyer: Option<ChannelSnapshot<'f>>,
        /// On whom.
        spyee: ChannelSnapshot<'f>,
    },
}

impl<'f> SpyEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        let spyer = fields.channel_at("Spyer");
        let spyee = fields.channel_at("Spyee").ok_or(Missing("SpyeeUniqueid"))?;
        Ok(match name {
            "ChanSpyStart" => Self::Start {
                spyer: spyer.ok_or(Missing("SpyerUniqueid"))?,
                spyee,
            },
            _ => Self::Stop { spyer, spyee },
        })
    }

    pub(crate) fn snapshots(&self) -> [Option<&ChannelSnapshot<'f>>; 4] {
        match self {
            Self::Start { spyer, spyee } => [Some(spyer), Some(spyee), None, None],
            Self::Stop { spyer, spyee } => [spyer.as_ref(), Some(spyee), None, None],
        }
    }
}
