//! A channel's life.

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// Events of one channel.
#[derive(Debug, Clone, PartialEq)]
pub enum ChannelEvent<'f> {
    /// `Newchannel`: it exists now.
    Newchannel(ChannelSnapshot<'f>),
    /// `Newstate`, `Newexten`, `NewCallerid`, `NewConnectedLine`, `NewAccountCode`: its block says it all.
    Changed(ChannelSnapshot<'f>),
    /// `HangupRequest`, `SoftHangupRequest`: it has been told to end.
    HangupRequest {
        /// Which.
        channel: ChannelSnapshot<'f>,
        /// Q.850 cause; older servers leave it out.
        cause: Option<u32>,
        /// Its own far end asked for it (`HangupRequest`), not the PBX, nor anybody by way of the PBX (`SoftHangupRequest`).
        own: bool,
    },
    /// `Hangup`: it is gone.
    Hangup {
        /// The channel, as it last was.
        channel: ChannelSnapshot<'f>,
        /// Q.850 cause.
        cause: Option<u32>,
        /// The cause in Asterisk's words.
        cause_text: Option<Cow<'f, str>>,
    },
    /// `Hold`: its *user* pressed hold.
    Hold(ChannelSnapshot<'f>),
    /// `Unhold`: its user took the call back.
    Unhold(ChannelSnapshot<'f>),
    /// `MusicOnHoldStart`: it hears music.
    MusicOnHoldStart(ChannelSnapshot<'f>),
    /// `MusicOnHoldStop`: the music is over.
    MusicOnHoldStop(ChannelSnapshot<'f>),
    /// `Rename`: only third-party channel drivers still do this.
    Rename {
        /// Whose name changes.
        uniqueid: Cow<'f, str>,
        /// The new one.
        name: Cow<'f, str>,
    },
    /// `CoreShowChannel` and `Status`: items of the lists `CoreShowChannels` and `Status`.
    Listed {
        /// The channel.
        channel: ChannelSnapshot<'f>,
        /// The bridge it is in.
        bridge: Option<Cow<'f, str>>,
        /// The dialplan application it runs; `AppDial` marks a dialled leg, `AppQueue` a queue's.
        application: Option<Cow<'f, str>>,
        /// That application's arguments.
        application_data: Option<Cow<'f, str>>,
        /// How long it exists, in seconds.
        age: Option<u64>,
    },
}

impl<'f> ChannelEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        Ok(match name {
            "Newchannel" => Self::Newchannel(fields.channel()?),
            "Hangup" => Self::Hangup {
                channel: fields.channel()?,
                cause: fields.number("Cause"),
                cause_text: fields.optional("Cause-txt"),
            },
            "HangupRequest" | "SoftHangupRequest" => Self::HangupRequest {
                channel: fields.channel()?,
                cause: fields.number("Cause"),
                own: name == "HangupRequest",
            },
            "Hold" => Self::Hold(fields.channel()?),
            "Unhold" => Self::Unhold(fields.channel()?),
            "MusicOnHoldStart" => Self::MusicOnHoldStart(fields.channel()?),
            "MusicOnHoldStop" => Self::MusicOnHoldStop(fields.channel()?),
            "Rename" => Self::Rename {
                uniqueid: fields.text("Uniqueid")?,
                name: fields.text("Newname")?,
            },
            "CoreShowChannel" => Self::Listed {
                channel: fields.channel()?,
                bridge: fields.optional("BridgeId"),
                application: fields.optional("Application"),
                application_data: fields.optional("ApplicationData"),
                age: fields.optional("Duration").and_then(|text| clock(&text)),
            },
            "Status" => Self::Listed {
                channel: fields.channel()?,
                bridge: fields.optional("BridgeID"),
                application: fields.optional("Application"),
                application_data: fields.optional("Data"),
                age: fields.number("Seconds"),
            },
            _ => Self::Changed(fields.channel()?),
        })
    }

    pub(crate) fn snapshot(&self) -> Option<&ChannelSnapshot<'f>> {
        match self {
            Self::Newchannel(channel)
            | Self::Changed(channel)
            | Self::HangupRequest { channel, .. }
            | Self::Hangup { channel, .. }
            | Self::Hold(channel)
            | Self::Unhold(channel)
            | Self::MusicOnHoldStart(channel)
            | Self::MusicOnHoldStop(channel)
            | Self::Listed { channel, .. } => Some(channel),
            Self::Rename { .. } => None,
        }
    }
}

/// `HH:MM:SS` in seconds.
fn clock(text: &str) -> Option<u64> {
    text.split(':').try_fold(0u64, |sum, part| {
        sum.checked_mul(60)?.checked_add(part.parse().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_duration_is_read_as_seconds() {
        assert_eq!(clock("01:02:03"), Some(3723));
        assert_eq!(clock("soon"), None);
    }
}
