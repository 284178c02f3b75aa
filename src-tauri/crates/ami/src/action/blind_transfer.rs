//! `BlindTransfer`: sends away the *other* party of a bridge, as if the named one had pressed the transfer key. Needs call.
//!
//! `Transfer succeeded` is sent after the transfer, also for an extension that does not exist: the `BlindTransfer` event says who was
//! sent where, the events after it what became of them. Knows parking extensions. A bridge of more than two goes as a whole.

use super::Goto;
use crate::request::{Action, Request};

/// Transfers whoever is bridged with a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlindTransfer {
    /// Who transfers, and is hung up by it: never the one who is to arrive.
    pub uniqueid: String,
    /// Where the others go.
    pub to: Goto,
}

impl Action for BlindTransfer {
    fn request(&self) -> Request {
        Request::ack("BlindTransfer")
            .with("Channel", &self.uniqueid)
            .with("Context", &self.to.context)
            .with("Exten", &self.to.exten)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{place, wire};
    use super::*;

    #[test]
    fn the_one_who_transfers_is_named() {
        let transfer = BlindTransfer {
            uniqueid: "1.2".into(),
            to: place("103"),
        };
        assert_eq!(
            wire(&transfer),
            "Action: BlindTransfer|Channel: 1.2|Context: internal|Exten: 103"
        );
    }
}
