//! What happened while the link was down, as far as two pictures can tell: the last one before, and the first one after.

use board::{Millis, Ref};
use serde::Serialize;
use ts_rs::TS;

/// What was found when a PBX was back.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GapView {
    /// `gap:name:`.
    pub id: Ref,
    /// Nothing was known from then on.
    pub since: Millis,
    /// The picture was the PBX's again at this time.
    pub until: Millis,
    /// The PBX was started anew in between: whoever talked then was cut off.
    pub restarted: bool,
    /// What is other than before, what concerns people first; never more than a hundred.
    pub changes: Vec<GapChange>,
    /// How many more there are.
    pub more: u32,
}

/// One thing that is other than before.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GapChange {
    /// What became of it.
    pub what: GapWhat,
    /// The call it was, or is.
    pub call: Ref,
    /// The caller's name. Hostile text.
    pub name: Option<String>,
    /// The caller's number.
    pub number: Option<String>,
    /// The extension of the caller's phone.
    pub extension: Option<Ref>,
    /// The other party then, or now for a new call. Hostile text.
    pub with_name: Option<String>,
    /// Their number.
    pub with_number: Option<String>,
}

/// What became of a call while nobody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum GapWhat {
    /// The PBX was started anew: the call was cut off.
    Interrupted,
    /// It waited in a queue, in a parking space or on hold, and is gone.
    GoneWaiting,
    /// It was under way, and is gone.
    Gone,
    /// It is with somebody else, or waits, or waits no more.
    Moved,
    /// It was not there before.
    New,
}
