//! What a decision is made on: the board of now, the picture of now, what the account may do, and what is already under way.

mod find;
mod people;

use std::collections::BTreeSet;
use std::sync::Arc;

use ami::Permissions;
use board::view::{CallPhase, CallView, ExtensionView, LegState, LegView};
use board::{Board, Picture, Ref, RefKind, Thing};

use crate::consultation::Consultation;
use crate::goal::{Goal, Spot, callable, extension_goal, is_open, place, way_in};
use crate::intent::{Intent, Seen};
use crate::number::dialable;
use crate::pending::Pending;
use crate::preview::{Party, Place};
use crate::refusal::{Missing, Refusal};
use crate::rules::Rules;

/// Everything a verb may look at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The truth as we know it.
    pub board: &'a Board,
    /// The same, as the operator sees it.
    pub picture: &'a Picture<Arc<Thing>>,
    /// What the account may do.
    pub permissions: &'a Permissions,
    /// Whether the picture is the PBX's.
    pub live: bool,
    /// What open operations are about.
    pub pending: &'a Pending,
    /// What the house has.
    pub rules: &'a Rules,
    /// Consultations under way.
    pub consultations: &'a [Consultation],
    /// Legs this desk has silenced where no event tells of it.
    pub muted: &'a BTreeSet<Ref>,
}

impl<'a> Scene<'a> {
    /// What stands on the board for this subject now.
    pub(crate) fn seen(self, subject: &Ref) -> Option<Seen> {
        let (call, _) = self.find(subject).ok()?;
        Some(Seen {
            phase: call.phase,
            legs: call.legs.iter().map(|leg| leg.id.clone()).collect(),
        })
    }

    /// The world must still be what the operator saw when the gesture began. While nobody has answered, phones that begin or cease to
    /// ring make no difference: a queue tries one member after the other. Nor does a hold, while the same people are in the call; who
    /// is alone on hold because the other one consults somebody is in a call of one.
    pub(crate) fn unchanged(self, call: &CallView, seen: Option<&Seen>) -> Result<(), Refusal> {
        let Some(seen) = seen else { return Ok(()) };
        let before: BTreeSet<_> = seen.legs.iter().collect();
        let now = |skip_ringing: bool| {
            let legs = call
                .legs
                .iter()
                .filter(move |leg| !(skip_ringing && leg.state == LegState::Ringing));
            legs.map(|leg| &leg.id).collect::<BTreeSet<_>>()
        };
        let same = match (stage(seen.phase), stage(call.phase)) {
            (CallPhase::Ringing, CallPhase::Ringing) => now(true).is_subset(&before),
            (then, today) => then == today && before == now(false),
        };
        same.then_some(()).ok_or(Refusal::MovedOn)
    }

    /// The call that somebody is to be brought to: still with the people who were seen in it. To a room people come and go, but one of
    /// those must have stayed.
    pub(crate) fn company(
        self,
        intent: &Intent,
    ) -> Result<(&'a CallView, Option<&'a LegView>), Refusal> {
        let target = intent.target.as_ref().ok_or(Refusal::NotATarget)?;
        let (call, named) = match self.find(target) {
            Err(Refusal::NotMovable) => return Err(Refusal::NotATarget),
            found => found?,
        };
        let seen = intent.target_seen.as_ref();
        let room = seen.filter(|seen| [seen.phase, call.phase] == [CallPhase::Conference; 2]);
        let stayed = |seen: &Seen| call.legs.iter().any(|leg| seen.legs.contains(&leg.id));
        match room {
            Some(seen) => stayed(seen).then_some(()).ok_or(Refusal::MovedOn)?,
            None => self.unchanged(call, seen)?,
        }
        Ok((call, named))
    }

    pub(crate) fn ready(self, action: &str) -> Result<(), Refusal> {
        if !self.live {
            return Err(Refusal::NotLive);
        }
        if !self.permissions.allow(action) {
            return Err(Refusal::NotPermitted {
                action: action.to_owned(),
            });
        }
        Ok(())
    }

    /// Whether an open operation is about this one.
    pub(crate) fn is_pending(self, party: &Party) -> bool {
        let leg = party.leg.as_ref();
        leg.is_some_and(|leg| self.pending.contains(leg))
    }

    pub(crate) fn free(self, leg: &LegView) -> Result<(), Refusal> {
        if leg.state == LegState::Ending {
            return Err(Refusal::Gone);
        }
        if self.pending.contains(&leg.id) {
            Err(Refusal::Pending)
        } else {
            Ok(())
        }
    }

    /// A target as a place to go to, or why nobody can go there.
    pub(crate) fn goal(self, target: &Ref) -> Result<Goal, Refusal> {
        match (target.kind, self.picture.get(target).map(Arc::as_ref)) {
            (RefKind::Number, _) => self.number_goal(target),
            (_, Some(Thing::Extension(extension))) => extension_goal(extension),
            (_, Some(Thing::Conference(room))) => {
                is_open(room)?;
                place(target, room.number.as_ref(), &room.name)
            }
            (_, Some(Thing::Queue(queue))) => place(target, queue.number.as_ref(), &queue.name),
            (
                _,
                Some(
                    Thing::Call(_)
                    | Thing::Parked(_)
                    | Thing::Trunk(_)
                    | Thing::Agent(_)
                    | Thing::Ended(_),
                )
                | None,
            ) => Err(Refusal::NotATarget),
        }
    }

    /// A target as it is shown.
    pub(crate) fn place_of(self, target: &Ref) -> Result<Place, Refusal> {
        match self.extension(target) {
            // Where nobody can be called now, somebody may be later.
            Some(extension) => Ok(Place {
                target: target.clone(),
                name: extension.name.clone(),
                number: extension.number.clone(),
                state: Some(extension.state),
            }),
            None => self.goal(target).map(|goal| goal.place()),
        }
    }

    /// A number that is an extension's is that extension, however it was typed.
    fn number_goal(self, target: &Ref) -> Result<Goal, Refusal> {
        let number = dialable(&target.key).ok_or(Refusal::BadNumber)?;
        let mut rooms = self.rooms();
        if let Some(room) = rooms.find(|room| room.number.as_ref() == Some(&number)) {
            is_open(room)?;
        }
        match self
            .extensions()
            .find(|extension| extension.number == number)
        {
            Some(extension) => Ok(Goal {
                target: target.clone(),
                ..extension_goal(extension)?
            }),
            None => Ok(Goal {
                target: target.clone(),
                number: dialable(&self.rules.outward(&number)).ok_or(Refusal::BadNumber)?,
                name: None,
                state: None,
                extension: None,
                devices: Vec::new(),
                dnd: false,
                on_call: false,
                own: false,
                mailbox: None,
            }),
        }
    }

    /// Everything on the board that could be a target, and what a list of targets has to know of it.
    pub(crate) fn spots(self) -> impl Iterator<Item = (&'a Ref, Result<Spot<'a>, Refusal>)> {
        let kinds = [RefKind::Extension, RefKind::Queue, RefKind::Conference];
        let all = kinds.into_iter().flat_map(move |kind| self.all(kind));
        all.filter_map(|thing| match thing {
            Thing::Extension(extension) => Some((&extension.id, callable(extension))),
            Thing::Queue(queue) => Some((&queue.id, way_in(queue.number.as_deref()))),
            Thing::Conference(room) => {
                let way = is_open(room).and_then(|()| way_in(room.number.as_deref()));
                Some((&room.id, way))
            }
            Thing::Call(_)
            | Thing::Parked(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        })
    }

    pub(crate) fn extensions(self) -> impl Iterator<Item = &'a ExtensionView> {
        self.all(RefKind::Extension)
            .filter_map(|thing| match thing {
                Thing::Extension(extension) => Some(extension),
                Thing::Call(_)
                | Thing::Queue(_)
                | Thing::Parked(_)
                | Thing::Conference(_)
                | Thing::Trunk(_)
                | Thing::Agent(_)
                | Thing::Ended(_) => None,
            })
    }

    /// Where a caller hears music.
    pub(crate) fn music(self) -> Result<Goal, Refusal> {
        let what = Missing::Music;
        let number = self
            .rules
            .music
            .as_deref()
            .ok_or(Refusal::NotSetUp { what })?;
        Goal::of_house(
            &Ref::new(RefKind::Number, self.board.pbx(), number),
            number,
            None,
        )
    }

    /// My own phone as a place to send somebody to.
    pub(crate) fn my_goal(self) -> Result<Goal, Refusal> {
        extension_goal(self.me().ok_or(Refusal::NoPhone)?)
    }

    /// A room of the house in which nobody is.
    pub(crate) fn empty_room(self) -> Result<Goal, Refusal> {
        let what = Missing::Conference;
        let empty = self
            .rooms()
            .find(|room| room.members.is_empty() && room.number.is_some());
        self.goal(&empty.ok_or(Refusal::NotSetUp { what })?.id)
    }
}

/// Phases between which a call goes to and fro while nothing happens that a person would call a change.
fn stage(phase: CallPhase) -> CallPhase {
    match phase {
        CallPhase::Dialing | CallPhase::Ringing | CallPhase::Queued => CallPhase::Ringing,
        CallPhase::Talking | CallPhase::Held => CallPhase::Talking,
        CallPhase::Application => CallPhase::Application,
        CallPhase::Parked => CallPhase::Parked,
        CallPhase::Conference => CallPhase::Conference,
        CallPhase::Ending => CallPhase::Ending,
    }
}
