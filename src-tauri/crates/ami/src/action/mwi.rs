//! `MWIUpdate`: sets the message lamp of a mailbox. Needs call.
//!
//! Only where `res_mwi_external` keeps the counts, which excludes `app_voicemail`: elsewhere the action is unknown. A `MessageWaiting`
//! event follows.

use crate::request::{Action, Request};

/// Sets the counts of a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MwiUpdate {
    /// `101@default`.
    pub mailbox: String,
    /// Messages nobody has heard: the lamp is on when there are any.
    pub new: u32,
    /// Messages that have been heard.
    pub old: u32,
}

impl Action for MwiUpdate {
    fn request(&self) -> Request {
        Request::ack("MWIUpdate")
            .with("Mailbox", &self.mailbox)
            .with("NewMessages", self.new.to_string())
            .with("OldMessages", self.old.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wire;
    use super::*;

    #[test]
    fn both_counts_are_said() {
        let update = MwiUpdate {
            mailbox: "101@default".into(),
            new: 1,
            old: 0,
        };
        assert_eq!(
            wire(&update),
            "Action: MWIUpdate|Mailbox: 101@default|NewMessages: 1|OldMessages: 0"
        );
    }
}
