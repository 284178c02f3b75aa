//! `Originate` into `ChanSpy`: rings a supervisor, who then listens to one channel. Needs originate.
//!
//! The one `Application` we ever send. Its `Data` is built of a channel's name alone, and of nothing that was typed: a name with a
//! character that means something to an application is refused before it is written. ChanSpy looks a name up by its *beginning*, so it
//! must be the full one. `ChanSpyStart` is the proof that somebody is heard, `ChanSpyStop` of the end; whether the supervisor only
//! listens or also speaks looks the same in AMI. With `E` the supervisor is hung up when the leg ends, with `S` also when the leg has
//! ended before the supervisor answered: without it they would wait in silence.

use super::originate::said;
use crate::request::{Action, Request};

/// What a supervisor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpyMode {
    /// Hears both, is heard by none.
    Listen,
    /// Hears both, is heard by the spied leg alone.
    Whisper,
    /// Hears both, is heard by both.
    Barge,
}

impl SpyMode {
    /// ChanSpy's options: no beep, end with the leg, or at once where there is none.
    fn options(self) -> &'static str {
        match self {
            Self::Listen => "qES",
            Self::Whisper => "qESw",
            Self::Barge => "qESB",
        }
    }
}

/// Rings `channel` first, then lets it hear `spied`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginateSpy {
    /// The supervisor's device, such as `PJSIP/101`.
    pub channel: String,
    /// The full name of the channel that is heard. See [`is_channel_name`].
    pub spied: String,
    /// What the supervisor does.
    pub mode: SpyMode,
    /// How long the supervisor's phone rings, in milliseconds.
    pub timeout: u32,
    /// Shown on the supervisor's phone, as name and number.
    pub caller_id: Option<(String, String)>,
    /// The Uniqueid the new channel will have.
    pub channel_id: String,
    /// The Uniqueid of the other half, should `channel` be a Local one.
    pub other_channel_id: String,
}

impl Action for OriginateSpy {
    fn request(&self) -> Request {
        let data = format!("{},{}", self.spied, self.mode.options());
        let request = Request::ack("Originate")
            .with("Channel", &self.channel)
            .with("Application", "ChanSpy")
            .with_argument("Data", data, is_channel_name(&self.spied))
            .with("Timeout", self.timeout.to_string())
            .with("Async", "true")
            .with("ChannelId", &self.channel_id)
            .with("OtherChannelId", &self.other_channel_id);
        match &self.caller_id {
            Some((name, number)) => request.with("CallerID", said(name, number)),
            None => request,
        }
    }
}

/// Is this one channel's full name, `PJSIP/101-0000002a` or `Local/104@internal-00000003;1`, and nothing that an application could
/// misread? An empty name, a technology alone or `PJSIP/101` would be the beginning of many.
#[must_use]
pub fn is_channel_name(name: &str) -> bool {
    let Some((technology, rest)) = name.split_once('/') else {
        return false;
    };
    let Some((device, number)) = rest.rsplit_once('-') else {
        return false;
    };
    let number = number.split_once(';').map_or(number, |(number, _)| number);
    let plain = |c: char| c.is_alphanumeric() || "/._-+@:;*#".contains(c);
    !technology.is_empty()
        && technology.chars().all(|c| c.is_ascii_alphanumeric())
        && !device.is_empty()
        && number.len() >= 8
        && number.chars().all(|c| c.is_ascii_hexdigit())
        && rest.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{refused, wire};
    use super::*;

    fn spy(spied: &str, mode: SpyMode) -> OriginateSpy {
        OriginateSpy {
            channel: "PJSIP/103".into(),
            spied: spied.into(),
            mode,
            timeout: 20_000,
            caller_id: Some(("Listen".into(), "101".into())),
            channel_id: "cb-1".into(),
            other_channel_id: "cb-12".into(),
        }
    }

    #[test]
    fn a_supervisor_is_rung_and_hears_one_channel() {
        assert_eq!(
            wire(&spy("PJSIP/101-00000000", SpyMode::Listen)),
            "Action: Originate|Channel: PJSIP/103|Application: ChanSpy|Data: PJSIP/101-00000000,qES|Timeout: 20000|\
             Async: true|ChannelId: cb-1|OtherChannelId: cb-12|CallerID: \"Listen\" <101>"
        );
        let data = |mode| {
            spy("PJSIP/101-00000000", mode)
                .request()
                .header("Data")
                .map(str::to_owned)
        };
        let wanted = ["qESw", "qESB"].map(|options| Some(format!("PJSIP/101-00000000,{options}")));
        assert_eq!([data(SpyMode::Whisper), data(SpyMode::Barge)], wanted);
    }

    #[test]
    fn only_a_full_and_plain_name_is_spied_on() {
        for name in [
            "PJSIP/101-0000002a",
            "Local/104@internal-00000003;1",
            "SIP/sip.example.com-00000001",
            "PJSIP/müller-desk-0000002a",
        ] {
            assert!(is_channel_name(name), "{name}");
        }
        for name in [
            "",
            "PJSIP",
            "PJSIP/101",
            "PJSIP/101-",
            "PJSIP/-00000000",
            "/101-00000000",
            "PJSIP/101-00000000,qB",
            "PJSIP/101,x-00000000",
            "PJSIP/${X}-00000000",
            "PJSIP/a b-00000000",
            "PJSIP/101-00000000;1\n",
            "1795208585.3",
        ] {
            assert!(!is_channel_name(name), "{name}");
            assert!(refused(&spy(name, SpyMode::Listen)), "{name}");
        }
    }
}
