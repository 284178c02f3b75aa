//! What the PBX is asked about a row that cannot be, and what it answers.

use board::Millis;

/// A channel as the PBX's own list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedChannel {
    /// Its Uniqueid.
    pub uniqueid: String,
    /// Its full name.
    pub channel: String,
    /// The application it runs; none: nothing does.
    pub application: Option<String>,
    /// The bridge it is in.
    pub bridge: Option<String>,
    /// For how long it exists, where the list says so.
    pub age: Option<Millis>,
}

/// What the PBX says about one channel by its name: `Status` with `Channel`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusSays {
    /// It is there.
    There,
    /// `No such channel`.
    NoSuchChannel,
    /// Nothing, or something that tells nothing.
    Nothing,
}

/// What to ask: `CoreShowChannels`, and `Status` for this one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckQuestion {
    /// Whose question it is.
    pub uniqueid: String,
    /// The channel's full name.
    pub channel: String,
}

impl ListedChannel {
    /// No application runs on it, and it is in no bridge.
    pub(super) fn does_nothing(&self) -> bool {
        self.bridge.is_none() && self.application.is_none()
    }
}
