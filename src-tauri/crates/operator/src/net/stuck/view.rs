//! Rows that cannot be, as the operator sees them.

use board::{Millis, Ref};
use serde::Serialize;
use ts_rs::TS;

/// What is odd about a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum StuckWhy {
    /// It has never been answered, rings nobody, and nobody rings it.
    NeverUp,
    /// It was answered, is alone, and no application is known that would keep it.
    NothingRuns,
    /// It is in the PBX's list of channels, and hung up before our eyes, or was never announced.
    Unannounced,
}

/// What is known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum StuckVerdict {
    /// It looks so on the board.
    Suspected,
    /// The PBX has been asked.
    AskedAgain,
    /// The PBX says so too: the channel is there, and does nothing.
    Confirmed,
    /// The PBX lists it, and says that it does not exist: a remainder in its cache, which nobody can hang up.
    OnlyInCache,
}

/// A leg that cannot be as it is shown. To end it is `HangUp` on the leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StuckView {
    /// `stuck:pbx:uniqueid`.
    pub id: Ref,
    /// The leg.
    pub leg: Ref,
    /// Its channel's full name.
    pub channel: String,
    /// Name. Hostile text.
    pub name: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// What is odd.
    pub why: StuckWhy,
    /// Since when it has been so.
    pub since: Millis,
    /// What is known about it.
    pub verdict: StuckVerdict,
}
