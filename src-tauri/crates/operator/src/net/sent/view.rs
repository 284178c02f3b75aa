//! Who was sent, as the operator sees it.

use board::{Millis, Ref};
use serde::Serialize;
use ts_rs::TS;

use crate::preview::Place;

/// How it stands with somebody who was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SentState {
    /// The target's phone rings.
    Ringing,
    /// Somebody has answered; gone in a moment.
    Answered,
    /// The target did not take it: the caller is in the dialplan with nobody, or was hung up by it (`alive` tells which).
    NotTaken,
    /// The caller hung up while it rang.
    GaveUp,
    /// It rings at the operator again.
    CameBack,
    /// Nothing was seen of what became of it, and the caller is still there.
    Unknown,
}

/// A caller who was sent, as the operator sees it. To get them back is `Take` on the leg, to send them on `Transfer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SentView {
    /// `sent:pbx:uniqueid`.
    pub id: Ref,
    /// The leg that was sent.
    pub leg: Ref,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Where to.
    pub to: Place,
    /// When it began to ring there; before that, when it was sent.
    pub since: Millis,
    /// When the operator is warned.
    pub until: Millis,
    /// How it stands.
    pub state: SentState,
    /// Since when it stands so.
    pub changed: Millis,
    /// The channel exists: the caller can be fetched and sent on.
    pub alive: bool,
    /// Nobody has answered for too long.
    pub overdue: bool,
}
