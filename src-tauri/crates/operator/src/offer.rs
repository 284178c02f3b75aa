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

/// What an operator has to say with a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Asks {
    /// Nothing: the verb and its subject say it all.
    Nothing,
    /// Where to.
    Target,
    /// Keys to press.
    Digits,
    /// A time in seconds.
    Seconds,
    /// A target, and a number: a penalty.
    TargetAndValue,
    /// A number: a priority.
    Value,
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
    /// The targets, legal and refused, are those of this verb's offer for the same subject: not listed twice.
    pub like: Option<Verb>,
    /// What has to be said with it.
    pub asks: Asks,
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

impl Offer {
    /// A verb without a target, or why it is not available.
    pub(crate) fn act(
        verb: Verb,
        subject: &Ref,
        party: Party,
        allowed: Result<(), Refusal>,
    ) -> Self {
        Self {
            verb,
            subject: subject.clone(),
            party,
            targets: Vec::new(),
            refused: Vec::new(),
            numbers: false,
            like: None,
            asks: Asks::Nothing,
            refusal: allowed.err(),
        }
    }

    /// A verb with these targets.
    pub(crate) fn towards(
        verb: Verb,
        subject: &Ref,
        party: Party,
        (targets, refused): (Vec<Ref>, Vec<RefusedTarget>),
    ) -> Self {
        Self {
            targets,
            refused,
            asks: Asks::Target,
            ..Self::act(verb, subject, party, Ok(()))
        }
    }

    /// A verb that goes wherever `other` does.
    pub(crate) fn like(verb: Verb, subject: &Ref, party: Party, other: Verb) -> Self {
        Self {
            like: Some(other),
            numbers: true,
            asks: Asks::Target,
            ..Self::act(verb, subject, party, Ok(()))
        }
    }

    pub(crate) fn asking(self, asks: Asks) -> Self {
        Self { asks, ..self }
    }

    pub(crate) fn with_numbers(self) -> Self {
        Self {
            numbers: true,
            ..self
        }
    }
}
