//! The channel block that every channel event carries, under one prefix or several. This is the only place that names its fields.

use std::borrow::Cow;

use crate::frame::Frame;
use crate::value::Value;

/// Asterisk's channel states (`include/asterisk/channelstate.h`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChannelState {
    /// 0: made, not doing anything yet.
    Down,
    /// 1: reserved.
    Rsrvd,
    /// 2: off hook.
    OffHook,
    /// 3: digits are being dialled.
    Dialing,
    /// 4: an incoming leg that is not answered yet.
    Ring,
    /// 5: an outgoing leg whose phone alerts.
    Ringing,
    /// 6: answered.
    Up,
    /// 7: the line is busy.
    Busy,
    /// 8: dialling while off hook.
    DialingOffhook,
    /// 9: detected before the first ring.
    PreRing,
}

impl ChannelState {
    const ALL: [Self; 10] = [
        Self::Down,
        Self::Rsrvd,
        Self::OffHook,
        Self::Dialing,
        Self::Ring,
        Self::Ringing,
        Self::Up,
        Self::Busy,
        Self::DialingOffhook,
        Self::PreRing,
    ];

    fn read(value: Value<'_>) -> Option<Self> {
        Self::ALL.get(value.number::<usize>()?).copied()
    }
}

/// A channel as one event shows it (`main/manager_channels.c`, `ast_manager_build_channel_state_string_prefix`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelSnapshot<'f> {
    /// Its name, e.g. `PJSIP/101-0000002a`. Repeats after a restart: never an identity.
    pub channel: Cow<'f, str>,
    /// Its identity.
    pub uniqueid: Cow<'f, str>,
    /// The oldest channel it ever met. A hint only: two calls can share one.
    pub linkedid: Option<Cow<'f, str>>,
    /// Where it stands.
    pub state: Option<ChannelState>,
    /// The number of the person at this channel.
    pub caller_number: Option<Cow<'f, str>>,
    /// The name of the person at this channel, unescaped.
    pub caller_name: Option<Cow<'f, str>>,
    /// The number this person sees on their display.
    pub connected_number: Option<Cow<'f, str>>,
    /// The name this person sees on their display, unescaped.
    pub connected_name: Option<Cow<'f, str>>,
    /// Dialplan context.
    pub context: Option<Cow<'f, str>>,
    /// Dialplan extension.
    pub exten: Option<Cow<'f, str>>,
    /// Dialplan priority.
    pub priority: Option<u32>,
}

impl<'f> ChannelSnapshot<'f> {
    /// Reads the block under `prefix` (empty, `Dest`, `Parkee`, `LocalOne`, …). `None`: the frame has none there.
    #[must_use]
    pub fn read(frame: &'f Frame, prefix: &str) -> Option<Self> {
        let known = |name| frame.find(prefix, name).and_then(Value::known);
        Some(Self {
            uniqueid: known("Uniqueid")?,
            channel: known("Channel")?,
            linkedid: known("Linkedid"),
            state: frame
                .find(prefix, "ChannelState")
                .and_then(ChannelState::read),
            caller_number: known("CallerIDNum"),
            caller_name: frame.find(prefix, "CallerIDName").and_then(Value::name),
            connected_number: known("ConnectedLineNum"),
            connected_name: frame
                .find(prefix, "ConnectedLineName")
                .and_then(Value::name),
            context: known("Context"),
            exten: known("Exten"),
            priority: frame.find(prefix, "Priority").and_then(Value::number),
        })
    }

    /// Every channel block of a frame, whatever its prefixes: for events nobody has described yet.
    #[must_use]
    pub fn read_all(frame: &'f Frame) -> Vec<Self> {
        let ids = frame.pairs().filter_map(|(name, _)| {
            let at = name.len().checked_sub("Uniqueid".len())?;
            let (prefix, tail) = name.split_at(at);
            tail.eq_ignore_ascii_case(b"Uniqueid")
                .then(|| std::str::from_utf8(prefix).ok())?
        });
        ids.filter_map(|prefix| Self::read(frame, prefix)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_under_its_prefix_with_names_unescaped() {
        let text = "Event: DialBegin\nDestChannel: PJSIP/102-1\nDestUniqueid: 7.2\nDestChannelState: 5\nDestCallerIDName: O\\'Neil\nDestCallerIDNum: <unknown>\n";
        let frame = Frame::parse(text.as_bytes()).expect("a frame");
        let dest = ChannelSnapshot::read(&frame, "Dest").expect("a block");
        assert_eq!(
            (dest.channel.as_ref(), dest.uniqueid.as_ref()),
            ("PJSIP/102-1", "7.2")
        );
        assert_eq!(dest.state, Some(ChannelState::Ringing));
        assert_eq!(
            (dest.caller_name.as_deref(), dest.caller_number.as_deref()),
            (Some("O'Neil"), None)
        );
        assert_eq!(ChannelSnapshot::read(&frame, ""), None);
        assert_eq!(ChannelSnapshot::read_all(&frame), [dest]);
    }
}
