//! How an Originate ended.

use std::borrow::Cow;

use super::{Fields, Missing};

/// `OriginateResponse`: an event, although it has a `Response:` header; broadcast to every session with the sender's ActionID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginateResponse<'f> {
    /// Whose Originate this was.
    pub action_id: Cow<'f, str>,
    /// The first phone answered.
    pub success: bool,
    /// The channel; on a `ChannelId` that was in use this names *another* call. Absent after a failure without `ChannelId`.
    pub uniqueid: Option<Cow<'f, str>>,
    /// 0 failed or rejected, 1 hang-up, 3 ring time-out, 4 answered, 5 busy, 8 congestion.
    pub reason: Option<u32>,
}

impl<'f> OriginateResponse<'f> {
    pub(crate) fn read(fields: Fields<'f>) -> Result<Self, Missing> {
        Ok(Self {
            action_id: fields.optional("ActionID").unwrap_or_default(),
            success: fields
                .value("Response")
                .is_some_and(|value| value.is("Success")),
            uniqueid: fields.optional("Uniqueid"),
            reason: Some(fields.number("Reason").ok_or(Missing("Reason"))?),
        })
    }
}
