//! What a move will do to whom, before it is done. Data only: the words are in the UI.

use board::Ref;
use board::view::ExtensionState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::intent::Verb;
use crate::refusal::Refusal;

/// One person or line in a preview. Hostile text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Party {
    /// The leg, where there is one.
    pub leg: Option<Ref>,
    /// Name, if known.
    pub name: Option<String>,
    /// Number, if known.
    pub number: Option<String>,
    /// It is the operator.
    pub me: bool,
}

/// Where somebody goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Place {
    /// The target.
    pub target: Ref,
    /// Name, if known. Hostile text.
    pub name: Option<String>,
    /// The number that will be dialled.
    pub number: String,
    /// For an extension: what its phone is doing.
    pub state: Option<ExtensionState>,
}

impl Place {
    /// A queue or a room: its number is not always known.
    pub(crate) fn named(target: &Ref, name: &str, number: Option<&String>) -> Self {
        Self {
            target: target.clone(),
            name: Some(name.to_owned()),
            number: number.cloned().unwrap_or_default(),
            state: None,
        }
    }
}

/// One person on the way to one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Journey {
    /// Who goes; in an originate, whose phone rings first.
    pub who: Party,
    /// Where to.
    pub to: Place,
}

/// Something to know before the drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Warning {
    /// The target is on a call.
    TargetBusy,
    /// The target rings already.
    TargetRinging,
    /// The target does not want to be called: its phone may turn the call away.
    DoNotDisturb,
    /// What the target is doing is not known.
    TargetUnknown,
    /// The number is checked with the PBX only when the move begins.
    Unverified,
    /// Nothing has told of the voicemail box yet: whether there is one is checked with the PBX only when the move begins.
    MailboxUnknown,
    /// No event tells what became of it.
    NoProof,
    /// Parked until somebody fetches them: there is nobody to whom they could come back.
    NoWayBack,
    /// Whoever is listened to is not asked; it is written down.
    Supervised,
}

/// The sentence's data: who goes where, who is released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Preview {
    /// What will be done.
    pub verb: Verb,
    /// Who goes where. Empty where nobody is moved.
    pub journeys: Vec<Journey>,
    /// To whom it is done, where nobody is moved.
    pub about: Vec<Party>,
    /// The queue or the room it is done in.
    pub at: Option<Place>,
    /// Whose call ends.
    pub released: Vec<Party>,
    /// What to know first.
    pub warnings: Vec<Warning>,
    /// Set when it would be refused now; nothing else counts then.
    pub refusal: Option<Refusal>,
}

impl Preview {
    /// It would be refused now.
    #[must_use]
    pub fn refused(verb: Verb, refusal: Refusal) -> Self {
        Self {
            verb,
            journeys: Vec::new(),
            about: Vec::new(),
            at: None,
            released: Vec::new(),
            warnings: Vec::new(),
            refusal: Some(refusal),
        }
    }
}
