//! Dials: an edge from the caller's channel to one it rings.

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// How a dial stands, or ended (`DialStatus`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DialStatus {
    /// `DialBegin`: asked, nothing heard yet.
    Begun,
    /// The phone alerts.
    Ringing,
    /// `PROCEEDING`, `PROGRESS`: under way, perhaps with early media.
    Progress,
    /// Answered.
    Answer,
    /// Busy, or rejected.
    Busy,
    /// Not answered in time.
    NoAnswer,
    /// The caller gave up, or somebody else answered.
    Cancel,
    /// `CONGESTION`, `CHANUNAVAIL`: it cannot be reached.
    Unreachable,
    /// `ABORT`, `CONTINUE`, `GOTO` and whatever else ends a dial otherwise.
    Otherwise,
}

impl DialStatus {
    fn read(name: &str, fields: Fields<'_>) -> Self {
        let status = fields.optional("DialStatus");
        match (name, status.as_deref().unwrap_or("")) {
            ("DialBegin", _) => Self::Begun,
            (_, "RINGING") => Self::Ringing,
            (_, "PROCEEDING" | "PROGRESS") => Self::Progress,
            (_, "ANSWER") => Self::Answer,
            (_, "BUSY") => Self::Busy,
            (_, "NOANSWER") => Self::NoAnswer,
            (_, "CANCEL") => Self::Cancel,
            (_, "CONGESTION" | "CHANUNAVAIL") => Self::Unreachable,
            ("DialState", _) => Self::Progress,
            _ => Self::Otherwise,
        }
    }

    /// The edge is closed.
    #[must_use]
    pub fn is_end(self) -> bool {
        !matches!(self, Self::Begun | Self::Ringing | Self::Progress)
    }
}

/// `DialBegin`, `DialState`, `DialEnd`.
#[derive(Debug, Clone, PartialEq)]
pub struct DialEvent<'f> {
    /// Who rings; absent when the PBX itself dials (an Originate, a page).
    pub caller: Option<ChannelSnapshot<'f>>,
    /// Who is rung. May be one for which no `DialBegin` came: a pickup answers with the picker's channel.
    pub dest: ChannelSnapshot<'f>,
    /// How it stands.
    pub status: DialStatus,
}

impl<'f> DialEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        Ok(Self {
            caller: fields.channel_at(""),
            dest: fields.channel_at("Dest").ok_or(Missing("DestUniqueid"))?,
            status: DialStatus::read(name, fields),
        })
    }
}
