//! `Bridge`: pulls two channels out of wherever they are and lets them hear each other. Needs call.
//!
//! `Channels have been bridged` is sent once it was tried; the proof is a `BridgeEnter` of both into one bridge. Whoever each of them
//! was talking to is left to the dialplan, which usually hangs up. A channel with itself is an error, and destroys the call anyway.

use crate::request::{Action, Request};

/// Joins two channels, without a tone. Asterisk looks a name up by its *beginning*: a Uniqueid `…1` would also be `…12`, so both must
/// be full channel names, and must differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// A channel's full name.
    pub one: String,
    /// Another channel's full name.
    pub other: String,
}

impl Action for Bridge {
    fn request(&self) -> Request {
        Request::ack("Bridge")
            .with("Channel1", &self.one)
            .with("Channel2", &self.other)
            .with("Tone", "no")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    #[test]
    fn two_names_are_joined_without_a_tone() {
        let bridge = Bridge {
            one: "PJSIP/101-00000000".into(),
            other: "PJSIP/103-00000002".into(),
        };
        assert_eq!(
            wire(&bridge),
            "Action: Bridge|Channel1: PJSIP/101-00000000|Channel2: PJSIP/103-00000002|Tone: no"
        );
    }
}
