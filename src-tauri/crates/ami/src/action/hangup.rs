//! `Hangup`: ends one channel. Needs system or call.

use crate::request::{Action, Request};

/// Ends the channel with this Uniqueid. A name that begins with `/` would be a pattern and hang up everything it matches:
/// a Uniqueid never does, and the board only gives out Uniqueids it has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hangup {
    /// The channel's Uniqueid.
    pub uniqueid: String,
}

impl Action for Hangup {
    fn request(&self) -> Request {
        Request::ack("Hangup").with("Channel", &self.uniqueid)
    }
}
