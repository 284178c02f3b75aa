//! What the operator wants, as it arrives from a drag, a key, a menu or the command line.

use board::Ref;
use board::view::CallPhase;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// One wish that became an operation. Made by whoever wishes, so that the same gesture twice is one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(export, type = "string")]
pub struct OperationId(pub Uuid);

impl std::fmt::Display for OperationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The kind of intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Verb {
    /// The subject leg goes to the target; whoever it was talking to is released.
    Transfer,
    /// Both parties of a bridged pair go: to the same target, or the other one to `second`.
    TransferBoth,
    /// The subject leg, or everybody in the subject call, is hung up.
    HangUp,
    /// The subject extension (my phone, if it is mine) is rung first, then the target is called.
    Originate,
}

/// What the operator saw when the gesture began; a world that has moved on since is a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Seen {
    /// The call's phase on screen.
    pub phase: CallPhase,
    /// Every leg that was in the call.
    pub legs: Vec<Ref>,
}

/// What the operator wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Intent {
    /// Its operation, once accepted.
    pub id: OperationId,
    /// What to do.
    pub verb: Verb,
    /// What was grabbed: a leg, a call, or an extension.
    pub subject: Ref,
    /// Where to: an extension, a conference, a queue or a typed number. None for a hang-up.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub target: Option<Ref>,
    /// With `TransferBoth`: where the *other* party goes, if not to `target` as well.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub second: Option<Ref>,
    /// What was on screen, for subjects that are calls or legs.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub seen: Option<Seen>,
    /// The operator has read that the target could not be verified, and wants it all the same.
    #[serde(default)]
    pub confirmed: bool,
}
