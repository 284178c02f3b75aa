//! What a decision is made on: the board of now, the picture of now, what the account may do, and what is already under way.

use std::collections::BTreeSet;

use ami::Permissions;
use board::view::{CallView, ExtensionState, ExtensionView, LegState, LegView};
use board::{Board, Picture, Ref, RefKind, Thing};

use crate::intent::Seen;
use crate::preview::{Party, Place};
use crate::refusal::Refusal;

/// Everything a verb may look at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The truth as we know it.
    pub board: &'a Board,
    /// The same, as the operator sees it.
    pub picture: &'a Picture<Thing>,
    /// What the account may do.
    pub permissions: &'a Permissions,
    /// Whether the picture is the PBX's.
    pub live: bool,
    /// Legs that an open operation is about.
    pub pending: &'a BTreeSet<Ref>,
}

/// Where somebody can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Goal {
    pub(crate) target: Ref,
    /// What is dialled.
    pub(crate) number: String,
    pub(crate) name: Option<String>,
    pub(crate) state: Option<ExtensionState>,
    /// The devices that must ring, where they are known.
    pub(crate) devices: Vec<String>,
}

impl Goal {
    pub(crate) fn place(&self) -> Place {
        Place { target: self.target.clone(), name: self.name.clone(), number: self.number.clone(), state: self.state }
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn calls(self) -> impl Iterator<Item = &'a CallView> {
        self.picture.values().filter_map(|thing| match thing {
            Thing::Call(call) => Some(call),
            Thing::Extension(_) | Thing::Queue(_) | Thing::Parked(_) | Thing::Conference(_) => None,
        })
    }

    pub(crate) fn extension(self, id: &Ref) -> Option<&'a ExtensionView> {
        match self.picture.get(id)? {
            Thing::Extension(extension) => Some(extension),
            Thing::Call(_) | Thing::Queue(_) | Thing::Parked(_) | Thing::Conference(_) => None,
        }
    }

    /// The call a call, leg or parked tile stands for, with the leg it names.
    pub(crate) fn find(self, subject: &Ref) -> Result<(&'a CallView, Option<&'a LegView>), Refusal> {
        match subject.kind {
            RefKind::Call => match self.picture.get(subject) {
                Some(Thing::Call(call)) => Ok((call, None)),
                Some(Thing::Extension(_) | Thing::Queue(_) | Thing::Parked(_) | Thing::Conference(_)) | None => {
                    Err(Refusal::Gone)
                }
            },
            RefKind::Leg | RefKind::Parked => {
                let id = Ref { kind: RefKind::Leg, ..subject.clone() };
                let found = self.calls().find_map(|call| Some((call, call.legs.iter().find(|leg| leg.id == id)?)));
                found.map(|(call, leg)| (call, Some(leg))).ok_or(Refusal::Gone)
            }
            RefKind::Pbx | RefKind::Extension | RefKind::Queue | RefKind::Conference | RefKind::Number | RefKind::Operation => {
                Err(Refusal::NotMovable)
            }
        }
    }

    /// The world must still be what the operator saw when the gesture began.
    pub(crate) fn unchanged(self, call: &CallView, seen: Option<&Seen>) -> Result<(), Refusal> {
        let Some(seen) = seen else { return Ok(()) };
        let before: BTreeSet<_> = seen.legs.iter().collect();
        let now: BTreeSet<_> = call.legs.iter().map(|leg| &leg.id).collect();
        (before == now && seen.phase == call.phase).then_some(()).ok_or(Refusal::MovedOn)
    }

    pub(crate) fn ready(self, action: &str) -> Result<(), Refusal> {
        if !self.live {
            return Err(Refusal::NotLive);
        }
        if !self.permissions.allow(action) {
            return Err(Refusal::NotPermitted { action: action.to_owned() });
        }
        Ok(())
    }

    pub(crate) fn free(self, leg: &LegView) -> Result<(), Refusal> {
        if leg.state == LegState::Ending {
            return Err(Refusal::Gone);
        }
        if self.pending.contains(&leg.id) { Err(Refusal::Pending) } else { Ok(()) }
    }

    /// A target as a place to go to, or why nobody can go there.
    pub(crate) fn goal(self, target: &Ref) -> Result<Goal, Refusal> {
        match (target.kind, self.picture.get(target)) {
            (RefKind::Number, _) => number_goal(target),
            (_, Some(Thing::Extension(extension))) => extension_goal(extension),
            (_, Some(Thing::Conference(room))) => {
                let number = room.number.clone().ok_or(Refusal::NoWayIn)?;
                Ok(Goal { target: target.clone(), number, name: Some(room.name.clone()), state: None, devices: Vec::new() })
            }
            (_, Some(Thing::Queue(_))) => Err(Refusal::NoWayIn),
            (_, Some(Thing::Call(_) | Thing::Parked(_)) | None) => Err(Refusal::NotATarget),
        }
    }

    /// Everything on the board that could be a target.
    pub(crate) fn targets(self) -> impl Iterator<Item = &'a Ref> {
        let places = |kind| matches!(kind, RefKind::Extension | RefKind::Conference | RefKind::Queue);
        self.picture.keys().filter(move |id| places(id.kind))
    }

    /// The operator's own extension.
    pub(crate) fn me(self) -> Option<&'a ExtensionView> {
        self.picture.values().find_map(|thing| match thing {
            Thing::Extension(extension) => Some(extension).filter(|extension| extension.me),
            Thing::Call(_) | Thing::Queue(_) | Thing::Parked(_) | Thing::Conference(_) => None,
        })
    }

    pub(crate) fn party(self, leg: &LegView) -> Party {
        let me = leg.extension.as_ref().and_then(|id| self.extension(id)).is_some_and(|extension| extension.me);
        Party { leg: Some(leg.id.clone()), name: leg.name.clone(), number: leg.number.clone(), me }
    }

    pub(crate) fn person(self, extension: &ExtensionView) -> Party {
        Party { leg: None, name: extension.name.clone(), number: Some(extension.number.clone()), me: extension.me }
    }
}

fn extension_goal(extension: &ExtensionView) -> Result<Goal, Refusal> {
    if extension.state == ExtensionState::Offline {
        return Err(Refusal::TargetOffline);
    }
    let number = dialable(&extension.number).ok_or(Refusal::BadNumber)?;
    Ok(Goal {
        target: extension.id.clone(),
        number,
        name: extension.name.clone(),
        state: Some(extension.state),
        devices: extension.devices.clone(),
    })
}

fn number_goal(target: &Ref) -> Result<Goal, Refusal> {
    let number = dialable(&target.key).ok_or(Refusal::BadNumber)?;
    Ok(Goal { target: target.clone(), number, name: None, state: None, devices: Vec::new() })
}

/// What people write between digits goes; what a dialplan could misread (`&`, `,`, `$`, `/`, `@`, line ends) makes it no number.
pub(crate) fn dialable(typed: &str) -> Option<String> {
    let number: String = typed.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '(' | ')')).collect();
    let digits_first = number.starts_with(|c: char| c.is_ascii_digit() || c == '+');
    let number: String = if digits_first { number.chars().filter(|c| !matches!(c, '-' | '.' | '/')).collect() } else { number };
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '#' | '+' | '.' | '_' | '-');
    let fits = (1..=64).contains(&number.len()) && number.chars().all(legal) && !number.starts_with('_');
    fits.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::dialable;

    #[test]
    fn what_people_type_becomes_a_number() {
        assert_eq!(dialable("+49 (30) 123-45/6").as_deref(), Some("+4930123456"));
        assert_eq!(dialable("*102").as_deref(), Some("*102"));
        assert_eq!(dialable("anna-desk").as_deref(), Some("anna-desk"));
    }

    #[test]
    fn what_a_dialplan_could_misread_is_no_number() {
        for bad in ["", " ", "102\r\nAction: Originate", "102&103", "102,1", "${EXTEN}", "102@x", "_X.", "a/b", &"1".repeat(65)] {
            assert_eq!(dialable(bad), None, "{bad:?}");
        }
    }
}
