//! How an operation ended. Nothing here is hope: each variant rests on something seen.

use serde::Serialize;
use ts_rs::TS;

use crate::plan::Found;
use crate::refusal::Refusal;

/// The end of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "outcome",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Outcome {
    /// It happened, and this is how we know.
    Done {
        /// What was seen.
        evidence: Evidence,
    },
    /// Nothing was sent.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// It was tried and did not come off.
    Failed {
        /// Why.
        failure: Failure,
    },
    /// No evidence either way before the deadline, with the link alive.
    Expired,
    /// The link was lost after the write, or this program ended: it may or may not have happened. Never sent again.
    Unknown {
        /// What was found once the PBX was seen again; absent until then.
        found: Option<Found>,
    },
}

/// What proved that it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Evidence {
    /// The target's phone rings for the leg.
    Ringing,
    /// The leg and the target hear each other.
    Answered,
    /// The leg is in the conference, or the queue.
    Joined,
    /// The leg is at the target's place in the dialplan and alive there.
    Arrived,
    /// The channel is gone.
    HungUp,
    /// The leg is in a parking space.
    Parked,
    /// The two legs hear each other.
    Together,
    /// The PBX has told that it is so now: a member, a seat, a lock, a recording, a hold.
    Told,
    /// The PBX has accepted it, and no event and no list tells more (keys pressed, a channel muted, a time limit).
    Word,
}

/// Why it did not come off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "failure",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Failure {
    /// The target is busy, or rejected the call.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
    /// The target cannot be reached.
    Unreachable,
    /// The leg that was to move hung up after our move, before it arrived anywhere: a caller may be lost.
    Lost {
        /// Asterisk's hang-up cause in words.
        cause: String,
    },
    /// The operator's own leg hung up on the way, and no other: whoever else is moved is not lost. In a consultation they wait to music, and
    /// come back to the operator's phone by themselves.
    OwnPhone {
        /// Asterisk's hang-up cause in words.
        cause: String,
    },
    /// The leg it was to be done to in place has hung up first. Nobody was moved, and who hung up is not known.
    Ended {
        /// Asterisk's hang-up cause in words.
        cause: String,
    },
    /// The first phone of an originate did not answer, rejected, or hung up before the target was reached.
    FirstPhone {
        /// Asterisk's reason, in its words.
        cause: String,
    },
    /// The PBX refused the action.
    Pbx {
        /// In its words.
        message: String,
    },
}
