//! What stands in the journal: one line for each thing that became of an operation.

use ami::{ActionId, Request};
use board::{Millis, PbxId, Ref};
use operator::{After, Found, Intent, KeptConsultation, OperationId, Outcome, Remembered, Seen};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::exchange::Boot;

/// One line, without its number and its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "camelCase")]
pub(crate) enum Entry {
    /// A file begins: the first line of each. `after` is the seal of the last line of the file before.
    Began { version: u32, after: String },
    /// An operation is about to be written: durable before the first byte goes out.
    Asked(Box<Asked>),
    /// It was written, with these words.
    Written {
        operation: OperationId,
        actions: Vec<Vec<String>>,
    },
    /// What the PBX said to one of its actions; it proves nothing.
    Answered {
        operation: OperationId,
        answer: String,
    },
    /// A consultation is about to begin, or somebody has answered in it: three legs of which the PBX does not know that they belong together.
    Consulting(Box<Consulting>),
    /// It is over, or never began.
    Consulted { operation: OperationId },
    /// How it ended. `open`: nobody knows yet what became of it.
    Ended {
        operation: OperationId,
        open: bool,
        outcome: Value,
    },
    /// What became of a call that rang at its target.
    Became {
        operation: OperationId,
        after: Value,
    },
    /// What was found of it once its PBX was seen again.
    Settled {
        operation: OperationId,
        found: Value,
    },
}

/// A consultation that may be under way, and the run of the PBX it is made in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Consulting {
    pub(crate) boot: Boot,
    pub(crate) consultation: KeptConsultation,
}

/// Who wants what, by what they saw, and what will be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// The PBX it is sent to.
    pub(crate) pbx: PbxId,
    /// The run of that PBX.
    pub(crate) boot: Boot,
    /// The AMI account.
    pub(crate) user: String,
    /// The operator's own number.
    pub(crate) me: Option<String>,
    /// What was grabbed.
    pub(crate) subject: Ref,
    /// Where the other party of a pair goes.
    pub(crate) second: Option<Ref>,
    /// What was on screen.
    pub(crate) seen: Option<Seen>,
    /// What was on screen of the target, where that is a call.
    pub(crate) target_seen: Option<Seen>,
    /// That the target could not be verified was read, and wanted all the same.
    pub(crate) confirmed: bool,
    /// Who goes where, and what to look for afterwards.
    pub(crate) operation: Remembered,
    /// The words that will be sent, without ActionID.
    pub(crate) actions: Vec<Vec<String>>,
}

impl Asked {
    pub(crate) fn new(
        place: (&PbxId, &Boot),
        who: (&str, Option<&str>),
        intent: &Intent,
        operation: Remembered,
        requests: &[Request],
    ) -> Self {
        Self {
            pbx: place.0.clone(),
            boot: place.1.clone(),
            user: who.0.to_owned(),
            me: who.1.map(str::to_owned),
            subject: intent.subject.clone(),
            second: intent.second.clone(),
            seen: intent.seen.clone(),
            target_seen: intent.target_seen.clone(),
            confirmed: intent.confirmed,
            operation,
            actions: requests
                .iter()
                .map(|request| words(request, None))
                .collect(),
        }
    }
}

impl Entry {
    pub(crate) fn ended(operation: OperationId, outcome: &Outcome) -> Self {
        let open = match outcome {
            Outcome::Unknown { found } => found.is_none(),
            Outcome::Done { .. }
            | Outcome::Refused { .. }
            | Outcome::Failed { .. }
            | Outcome::Expired => false,
        };
        Self::Ended {
            operation,
            open,
            outcome: value(outcome),
        }
    }

    pub(crate) fn became(operation: OperationId, after: After) -> Self {
        Self::Became {
            operation,
            after: value(&after),
        }
    }

    pub(crate) fn settled(operation: OperationId, found: Found) -> Self {
        Self::Settled {
            operation,
            found: value(&found),
        }
    }
}

/// An action as it stands on the wire, a string for each line. No action of a plan holds a secret; should one ever, it stays out.
pub(crate) fn words(request: &Request, id: Option<&ActionId>) -> Vec<String> {
    let action = format!("Action: {}", request.name());
    let id = id.map(|id| format!("ActionID: {id}"));
    let headers = request.headers().map(|(name, value)| {
        let value = if is_secret(name) { "***" } else { value };
        format!("{name}: {value}")
    });
    std::iter::once(action).chain(id).chain(headers).collect()
}

/// Headers of AMI that carry a secret, or what would do for one.
pub(crate) fn is_secret(header: &str) -> bool {
    let secret = ["secret", "key", "password", "challenge", "md5"];
    let header = header.to_ascii_lowercase();
    secret.iter().any(|word| header.contains(word))
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// An operation that stands in the journal without its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OpenEntry {
    /// When it was written down.
    pub(crate) at: Millis,
    pub(crate) asked: Asked,
}
