//! What the verbs that move nobody have in common.

use ami::Action;
use ami::action::List;
use board::view::{CallView, LegView};

use super::moves::Act;
use crate::goal::Goal;
use crate::plan::Proof;
use crate::preview::{Party, Place};
use crate::refusal::Refusal;
use crate::scene::Scene;

/// Asterisk keeps penalties and priorities as whole numbers; nobody orders people in more ranks.
pub(super) const HIGHEST: u32 = 100_000;
/// A day, in seconds: whoever means longer has mistyped.
pub(super) const LONGEST: u32 = 86_400;

impl Act {
    /// An action done to these people.
    pub(crate) fn new(action: &impl Action, proof: Proof, about: Vec<Party>) -> Self {
        Self {
            request: action.request(),
            proof,
            fresh: None,
            about,
            at: None,
            to: None,
            released: Vec::new(),
        }
    }

    pub(crate) fn at(self, place: Place) -> Self {
        Self {
            at: Some(place),
            ..self
        }
    }

    pub(crate) fn dialling(self, to: Goal) -> Self {
        Self {
            at: Some(to.place()),
            to: Some(to),
            ..self
        }
    }

    pub(crate) fn releasing(self, released: Vec<Party>) -> Self {
        Self { released, ..self }
    }

    pub(crate) fn then_read(self, fresh: List) -> Self {
        Self {
            fresh: Some(fresh),
            ..self
        }
    }
}

/// The one leg that is meant: the named one, or the only one of the call for which it makes sense.
pub(super) fn meant<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    sensible: impl Fn(&LegView) -> bool,
) -> Result<&'c LegView, Refusal> {
    if let Some(leg) = named {
        return if sensible(leg) {
            Ok(leg)
        } else {
            Err(Refusal::NotInThisState)
        };
    }
    let all: Vec<_> = call.legs.iter().filter(|leg| sensible(leg)).collect();
    match &all[..] {
        [only] => Ok(only),
        [] => Err(Refusal::NotInThisState),
        [_, ..] => Err(Refusal::WhichLeg),
    }
}

/// The operator's own leg of a call.
pub(super) fn mine<'c>(call: &'c CallView, scene: Scene<'_>) -> Option<&'c LegView> {
    call.legs.iter().find(|leg| scene.is_mine(leg))
}
