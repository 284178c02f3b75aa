//! Why a call dropped: a closed set of answers, and the steps that led there. Words are in the UI.

use board::view::End;
use board::{Millis, Ref};
use operator::{Failure, OperationId, Outcome, Party, Step, Verb};
use serde::Serialize;
use ts_rs::TS;

/// What is known of a call's end.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Why {
    /// What was asked about.
    pub call: Ref,
    /// How it ended, by the PBX's cause; absent while it has not, or if nobody saw.
    pub end: Option<End>,
    /// Why, as far as what was recorded tells.
    pub reason: WhyReason,
    /// What led there, oldest first.
    pub steps: Vec<WhyStep>,
    /// So many steps before the first one are not listed.
    pub earlier: u32,
    /// The recorder begins only then: what was before is not known.
    pub since: Option<Millis>,
}

/// Why a call ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export)]
pub enum WhyReason {
    /// It has not.
    NotEnded,
    /// Somebody in it hung up first, at their own phone or out there (`HangupRequest`).
    HungUp {
        /// Who.
        who: Party,
    },
    /// An operation of this desk ended it: a hang-up, or a move that released this party.
    Operation {
        /// Which.
        operation: OperationId,
        /// Its kind.
        verb: Verb,
    },
    /// An operation of this desk sent it somewhere, and nobody took it there.
    NotTaken {
        /// Which.
        operation: OperationId,
        /// Its kind.
        verb: Verb,
        /// Where it was sent: the number.
        number: Option<String>,
        /// The name of that place. Hostile text.
        name: Option<String>,
        /// What was seen of it.
        failure: Option<Failure>,
    },
    /// Whoever was called did not answer, or could not be reached: see `end`.
    NotAnswered {
        /// Who was called last.
        who: Party,
    },
    /// Nobody hung up: the PBX ended it, for its dialplan, an administrator or another program.
    ByPbx {
        /// Whose leg went first.
        who: Party,
    },
    /// Somebody put the call through with their own phone; it ended with that, or where it was put.
    Transferred {
        /// Who put it through.
        who: Party,
    },
    /// Whom it was connected with was taken elsewhere, by another program or an administrator.
    LeftAlone {
        /// Who was taken elsewhere.
        who: Party,
    },
    /// It ended by itself in the dialplan: the end of a menu, of an announcement, of a list of things to do.
    Dialplan,
    /// The PBX was started anew, which ends every call.
    Restarted,
    /// It ended while there was no link: nobody saw.
    Unseen,
    /// What was recorded does not tell.
    Unknown,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WhyStep {
    /// When.
    pub at: Millis,
    /// Whose leg; absent where it is about the link or an operation.
    pub who: Option<Party>,
    /// What happened.
    pub what: WhyWhat,
}

/// What happened to a leg, or around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "what",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum WhyWhat {
    /// It exists.
    Began,
    /// It is called.
    Called,
    /// Its phone rings.
    Rings,
    /// It has answered.
    Answered,
    /// It is busy, or turned the call down.
    Busy,
    /// It has not answered.
    NoAnswer,
    /// It cannot be reached.
    Unreachable,
    /// It is called no more.
    Cancelled,
    /// It is connected.
    Connected,
    /// It is connected no more.
    Disconnected,
    /// It has pressed hold.
    Held,
    /// It has taken the call back.
    Resumed,
    /// It waits in a queue.
    Waits {
        /// The queue.
        queue: String,
    },
    /// It waits there no more.
    WaitsNoMore {
        /// The queue.
        queue: String,
    },
    /// It is parked.
    Parked {
        /// The space.
        space: String,
    },
    /// It is parked no more.
    ParkedNoMore,
    /// It has put its call through.
    Transfers,
    /// It has hung up.
    HangsUp,
    /// It is gone.
    Gone {
        /// Why, by its cause.
        end: End,
    },
    /// An operation of this desk about it.
    Operation {
        /// Which.
        operation: OperationId,
        /// Its kind.
        verb: Verb,
        /// How far it had come.
        step: Step,
        /// How it ended.
        outcome: Option<Outcome>,
    },
    /// From here on nothing was seen.
    LinkLost,
    /// From here on everything is seen again.
    LinkBack {
        /// The PBX was started anew meanwhile.
        restarted: bool,
    },
}
