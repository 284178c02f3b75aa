//! `AbsoluteTimeout`: ends a channel after a time, whatever it does. Needs system or call.
//!
//! `Timeout Set` is the whole answer: no event tells it and no list shows it. The channel ends by a `Hangup` with cause 16 then, and
//! its partner with it.

use crate::request::{Action, Request};

/// Sets or clears the end of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsoluteTimeout {
    /// The channel.
    pub uniqueid: String,
    /// From now; 0 takes the end away.
    pub seconds: u32,
}

impl Action for AbsoluteTimeout {
    fn request(&self) -> Request {
        Request::ack("AbsoluteTimeout")
            .with("Channel", &self.uniqueid)
            .with("Timeout", self.seconds.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    #[test]
    fn the_time_is_in_seconds() {
        let timeout = AbsoluteTimeout {
            uniqueid: "1.1".into(),
            seconds: 600,
        };
        assert_eq!(
            wire(&timeout),
            "Action: AbsoluteTimeout|Channel: 1.1|Timeout: 600"
        );
    }
}
