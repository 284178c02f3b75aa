//! What may be done with what was grabbed. Decided here only: mouse, keyboard, menu and palette paint exactly this.

use board::Ref;
use serde::Serialize;
use ts_rs::TS;

use crate::intent::{Seen, Verb};
use crate::preview::Party;
use crate::refusal::Refusal;

/// A target that would be refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RefusedTarget {
    /// Which.
    pub target: Ref,
    /// Why.
    pub refusal: Refusal,
}

/// One verb for one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Offer {
    /// What could be done.
    pub verb: Verb,
    /// What the intent's subject must be: the leg that moves, the call, or the extension rung first.
    pub subject: Ref,
    /// Who that is.
    pub party: Party,
    /// Legal targets. Empty for verbs without one.
    pub targets: Vec<Ref>,
    /// Targets on the board that would be refused, with the reason.
    pub refused: Vec<RefusedTarget>,
    /// A number typed by hand is a target too.
    pub numbers: bool,
    /// The verb as a whole is not available, and why.
    pub refusal: Option<Refusal>,
}

/// Everything that may be done with one subject; the first available offer is the default of a drag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Offers {
    /// What was asked about.
    pub subject: Ref,
    /// What stands on the board now: put it into the intent.
    pub seen: Option<Seen>,
    /// The verbs.
    pub offers: Vec<Offer>,
}
