//! `PlayDTMF`: sends one key towards the phone of a channel. Needs call.
//!
//! `DTMF successfully queued` is all there is, unless the account reads `dtmf`. An IVR listens on the *caller's* channel to what comes
//! from the phone, so a key for an IVR that the operator has dialled goes to the leg towards it.

use crate::request::{Action, Request};

/// How long the key sounds, in milliseconds: what IVRs hear with certainty, and short enough to type ahead of.
const DURATION: &str = "160";

/// Presses one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayDtmf {
    /// The channel whose phone hears it.
    pub uniqueid: String,
    /// One of 0 to 9, `*`, `#`, A to D. Anything else is refused before it is written.
    pub digit: char,
}

impl Action for PlayDtmf {
    fn request(&self) -> Request {
        let key = matches!(self.digit, '0'..='9' | '*' | '#' | 'A'..='D');
        Request::ack("PlayDTMF")
            .with("Channel", &self.uniqueid)
            .with_argument("Digit", self.digit, key)
            .with("Duration", DURATION)
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
        }
    }

    #[test]
    fn one_key_is_pressed() {
        assert_eq!(
            wire(&press('#')),
            "Action: PlayDTMF|Channel: 1.1|Digit: #|Duration: 160"
        );
    }

    #[test]
    fn what_no_phone_has_is_refused() {
        assert!("0123456789*#ABCD".chars().all(|key| !refused(&press(key))));
        assert!(['E', 'a', ' ', '٣', '\n'].map(press).iter().all(refused));
    }
}
