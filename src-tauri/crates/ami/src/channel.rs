//! The channel block that every channel event carries, under one prefix or several. This is the only place that names its fields.

use std::borrow::Cow;

use crate::frame::{Frame, same};
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
        let block = Block::find(frame, prefix);
        Some(Self {
            uniqueid: block.uniqueid.and_then(Value::known)?,
            channel: block.channel.and_then(Value::known)?,
            linkedid: block.linkedid.and_then(Value::known),
            state: block.state.and_then(ChannelState::read),
            caller_number: block.caller_number.and_then(Value::known),
            caller_name: block.caller_name.and_then(Value::name),
            connected_number: block.connected_number.and_then(Value::known),
            connected_name: block.connected_name.and_then(Value::name),
            context: block.context.and_then(Value::known),
            exten: block.exten.and_then(Value::known),
            priority: block.priority.and_then(Value::number),
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

/// The lines of a block. All are found in one walk over the frame, since every event of a busy PBX carries one or two.
#[derive(Default)]
struct Block<'f> {
    channel: Option<Value<'f>>,
    uniqueid: Option<Value<'f>>,
    linkedid: Option<Value<'f>>,
    state: Option<Value<'f>>,
    caller_number: Option<Value<'f>>,
    caller_name: Option<Value<'f>>,
    connected_number: Option<Value<'f>>,
    connected_name: Option<Value<'f>>,
    context: Option<Value<'f>>,
    exten: Option<Value<'f>>,
    priority: Option<Value<'f>>,
}

/// How many lines a whole block has.
const LINES: usize = 11;

impl<'f> Block<'f> {
    fn find(frame: &'f Frame, prefix: &str) -> Self {
        let mut block = Self::default();
        let mut missing = LINES;
        for line in frame.lines() {
            let Some((head, tail)) = frame.name(line).split_at_checked(prefix.len()) else {
                continue;
            };
            if let Some(field) = block.line(tail)
                && field.is_none()
                && same(head, prefix.as_bytes())
            {
                *field = Some(frame.value(line));
                missing -= 1;
                if missing == 0 {
                    break;
                }
            }
        }
        block
    }

    /// Length and second letter tell all names apart, so that most lines are passed over without comparing any.
    fn line(&mut self, name: &[u8]) -> Option<&mut Option<Value<'f>>> {
        let second = name.get(1)?.to_ascii_lowercase();
        match (name.len(), second) {
            (5, b'x') => is(name, b"Exten", &mut self.exten),
            (7, b'h') => is(name, b"Channel", &mut self.channel),
            (7, b'o') => is(name, b"Context", &mut self.context),
            (8, b'n') => is(name, b"Uniqueid", &mut self.uniqueid),
            (8, b'i') => is(name, b"Linkedid", &mut self.linkedid),
            (8, b'r') => is(name, b"Priority", &mut self.priority),
            (11, b'a') => is(name, b"CallerIDNum", &mut self.caller_number),
            (12, b'h') => is(name, b"ChannelState", &mut self.state),
            (12, b'a') => is(name, b"CallerIDName", &mut self.caller_name),
            (16, b'o') => is(name, b"ConnectedLineNum", &mut self.connected_number),
            (17, b'o') => is(name, b"ConnectedLineName", &mut self.connected_name),
            _ => None,
        }
    }
}

/// The field, if the name is the one known. A length known to the compiler makes this a few instructions.
#[inline]
fn is<const N: usize, T>(name: &[u8], known: &[u8; N], field: T) -> Option<T> {
    (name == known || name.eq_ignore_ascii_case(known)).then_some(field)
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
