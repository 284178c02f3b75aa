//! `Atxfer` and `CancelAtxfer`: an attended transfer by feature codes. Need call.
//!
//! Asterisk *presses the keys* of the feature code and of the number on the channel, some 0.1 s each: the extension must be dialable
//! digits. `Atxfer successfully queued` says nothing, not even that the channel's dial allowed transfers (`t`, `T`): then nothing
//! whatever happens. The proof is the `Hold` of the other party and a dial that leaves through a Local pair. The consultation ends by
//! the transferrer hanging up. An error `No attended transfer feature code found` means features.conf has no `atxfer`.

use super::Goto;
use crate::request::{Action, Request};

/// Begins a consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atxfer {
    /// Who asks: the operator's channel, which must be in a bridge.
    pub uniqueid: String,
    /// Whom they ask.
    pub to: Goto,
}

impl Action for Atxfer {
    fn request(&self) -> Request {
        Request::ack("Atxfer")
            .with("Channel", &self.uniqueid)
            .with("Context", &self.to.context)
            .with("Exten", &self.to.exten)
    }
}

/// Breaks the consultation off, back to the one who waits: presses the `atxferabort` code, with the same lack of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelAtxfer {
    /// Who asked: the operator's channel.
    pub uniqueid: String,
}

impl Action for CancelAtxfer {
    fn request(&self) -> Request {
        Request::ack("CancelAtxfer").with("Channel", &self.uniqueid)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{place, wire};
    use super::*;

    #[test]
    fn a_consultation_is_begun_and_broken_off_on_the_operators_channel() {
        let uniqueid = "1.2".to_owned();
        let begin = Atxfer {
            uniqueid: uniqueid.clone(),
            to: place("103"),
        };
        assert_eq!(
            wire(&begin),
            "Action: Atxfer|Channel: 1.2|Context: internal|Exten: 103"
        );
        assert_eq!(
            wire(&CancelAtxfer { uniqueid }),
            "Action: CancelAtxfer|Channel: 1.2"
        );
    }
}
