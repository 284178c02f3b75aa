//! `PlayDTMF`: sends one key towards the phone of a channel, or lets the PBX take it as pressed there. Needs call.
//!
//! `DTMF successfully queued` is all there is, unless the account reads `dtmf`. A menu at the far end of an outside line hears what is
//! sent to that line's channel; the PBX's own menu listens to what comes *from* the caller's phone, which is what `Receive` plays.

use crate::request::{Action, Request};

/// How long the key sounds, in milliseconds: what IVRs hear with certainty, and short enough to type ahead of.
const DURATION: &str = "160";

/// Presses one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayDtmf {
    /// The channel whose phone hears it, or is taken to have pressed it.
    pub uniqueid: String,
    /// One of 0 to 9, `*`, `#`, A to D. Anything else is refused before it is written.
    pub digit: char,
    /// Not sent to the phone, but taken as pressed on it: `Receive`, which 16 and 22 know.
    pub pressed: bool,
}

impl Action for PlayDtmf {
    fn request(&self) -> Request {
        let key = matches!(self.digit, '0'..='9' | '*' | '#' | 'A'..='D');
        let request = Request::ack("PlayDTMF")
            .with("Channel", &self.uniqueid)
            .with_argument("Digit", self.digit, key)
            .with("Duration", DURATION);
        if self.pressed {
            request.with("Receive", "true")
        } else {
            request
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{refused, wire};
    use super::*;

    fn press(digit: char) -> PlayDtmf {
        PlayDtmf {
            uniqueid: "1.1".into(),
            digit,
            pressed: false,
        }
    }

    #[test]
    fn one_key_is_pressed() {
        assert_eq!(
            wire(&press('#')),
            "Action: PlayDTMF|Channel: 1.1|Digit: #|Duration: 160"
        );
        let pressed = PlayDtmf {
            pressed: true,
            ..press('5')
        };
        assert_eq!(
            wire(&pressed),
            "Action: PlayDTMF|Channel: 1.1|Digit: 5|Duration: 160|Receive: true"
        );
    }

    #[test]
    fn what_no_phone_has_is_refused() {
        assert!("0123456789*#ABCD".chars().all(|key| !refused(&press(key))));
        assert!(['E', 'a', ' ', '٣', '\n'].map(press).iter().all(refused));
    }
}
