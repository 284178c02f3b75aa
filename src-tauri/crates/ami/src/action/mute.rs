//! `MuteAudio`: silences one channel. Needs system.
//!
//! The answer is success; no event tells it and nothing can be asked that would: who muted has to remember it. It outlives a
//! `Redirect`. Needs `res_mutestream`.

use crate::request::{Action, Request};

/// Which way the sound is cut, seen from the PBX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the phone into the PBX: the person is not heard.
    In,
    /// From the PBX to the phone: the person hears nothing.
    Out,
    /// Both.
    All,
}

/// Mutes or unmutes a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MuteAudio {
    /// The channel.
    pub uniqueid: String,
    /// Which way.
    pub direction: Direction,
    /// Silent or not.
    pub on: bool,
}

impl Action for MuteAudio {
    fn request(&self) -> Request {
        let direction = match self.direction {
            Direction::In => "in",
            Direction::Out => "out",
            Direction::All => "all",
        };
        Request::ack("MuteAudio")
            .with("Channel", &self.uniqueid)
            .with("Direction", direction)
            .with("State", if self.on { "on" } else { "off" })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    #[test]
    fn each_direction_is_named_in_asterisks_words() {
        let said = [
            (Direction::In, true),
            (Direction::Out, true),
            (Direction::All, false),
        ]
        .map(|(direction, on)| {
            wire(&MuteAudio {
                uniqueid: "1.1".into(),
                direction,
                on,
            })
        });
        let wanted = [("in", "on"), ("out", "on"), ("all", "off")].map(|(direction, state)| {
            format!("Action: MuteAudio|Channel: 1.1|Direction: {direction}|State: {state}")
        });
        assert_eq!(said, wanted);
    }
}
