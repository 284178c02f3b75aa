//! An operation as the operator sees it: from the wish to the outcome, and what became of it after.

use board::{Millis, Ref};
use serde::Serialize;
use ts_rs::TS;

use crate::intent::{Details, OperationId, Verb};
use crate::outcome::Outcome;
use crate::preview::Preview;

/// How far an operation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Step {
    /// It can still be taken back: nothing has been sent.
    Waiting,
    /// The target is being checked; nothing that changes a call has been sent.
    Checking,
    /// The action is written.
    Asked,
    /// The PBX has accepted it, which proves nothing yet.
    Accepted,
    /// The first phone of an originate rings.
    FirstPhoneRings,
    /// It has ended: see the outcome.
    Ended,
}

/// What became of a transfer after it had reached the target's phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum After {
    /// Still rings there.
    Ringing,
    /// The two hear each other.
    Answered,
    /// The target did not take it, and the leg went on in the dialplan.
    NotTaken,
    /// The leg hung up by itself while it rang.
    GaveUp,
}

/// An operation on the board.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OperationView {
    /// `operation:pbx:uuid`.
    pub id: Ref,
    /// The intent's id.
    pub operation: OperationId,
    /// What was wished.
    pub verb: Verb,
    /// The legs it moves or ends; for an originate the channels it made.
    pub legs: Vec<Ref>,
    /// Where to.
    pub target: Option<Ref>,
    /// The sentence that was read before.
    pub preview: Preview,
    /// How far it has come.
    pub step: Step,
    /// Until when it can be taken back before anything is sent.
    pub grace: Option<Millis>,
    /// What was said with it: a label, a reason.
    pub details: Details,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What became of it after it was done.
    pub after: Option<After>,
    /// When it was wished.
    pub since: Millis,
    /// When it ended.
    pub ended: Option<Millis>,
}
