//! Finding what an id names in the picture of now.

use std::sync::Arc;

use board::view::{CallView, ConferenceView, ExtensionView, LegView, QueueView};
use board::{Ref, RefKind, Thing};

use super::Scene;
use crate::refusal::Refusal;

impl<'a> Scene<'a> {
    /// What the picture has of one kind: it is sorted by kind, and has one PBX.
    pub(super) fn all(self, kind: RefKind) -> impl Iterator<Item = &'a Thing> {
        let from = Ref::new(kind, self.board.pbx(), "");
        let behind = self.picture.range(from..);
        behind
            .take_while(move |(id, _)| id.kind == kind)
            .map(|(_, thing)| &**thing)
    }

    pub(crate) fn calls(self) -> impl Iterator<Item = &'a CallView> {
        self.all(RefKind::Call).filter_map(call)
    }

    pub(crate) fn extension(self, id: &Ref) -> Option<&'a ExtensionView> {
        self.picture.get(id).and_then(|thing| extension(thing))
    }

    fn call(self, id: &Ref) -> Option<&'a CallView> {
        self.picture.get(id).and_then(|thing| call(thing))
    }

    /// The call a call, leg or parked tile stands for, with the leg it names.
    pub(crate) fn find(
        self,
        subject: &Ref,
    ) -> Result<(&'a CallView, Option<&'a LegView>), Refusal> {
        match subject.kind {
            RefKind::Call => {
                let call = self.call(subject).ok_or(Refusal::Gone)?;
                Ok((call, None))
            }
            RefKind::Leg | RefKind::Parked => {
                let id = self.leg_of(subject);
                let in_it = |call: &'a CallView| {
                    let leg = call.legs.iter().find(|leg| leg.id == id)?;
                    Some((call, Some(leg)))
                };
                let known = self.board.call_of(&id.key);
                let known = known.and_then(|call| self.call(&call)).and_then(in_it);
                known
                    .or_else(|| self.calls().find_map(in_it))
                    .ok_or(Refusal::Gone)
            }
            RefKind::Pbx
            | RefKind::Extension
            | RefKind::Queue
            | RefKind::Conference
            | RefKind::Trunk
            | RefKind::Agent
            | RefKind::Ended
            | RefKind::Gap
            | RefKind::Number
            | RefKind::Operation
            | RefKind::Consultation
            | RefKind::Note
            | RefKind::Sent
            | RefKind::Lost
            | RefKind::Camp
            | RefKind::Stuck => Err(Refusal::NotMovable),
        }
    }

    /// The leg a tile stands for: parked over a wire, the channel in the space is a half of a Local pair, and the person at its far end.
    fn leg_of(self, subject: &Ref) -> Ref {
        if let Some(Thing::Parked(parked)) = self.picture.get(subject).map(Arc::as_ref) {
            return parked.leg.clone();
        }
        Ref {
            kind: RefKind::Leg,
            ..subject.clone()
        }
    }

    pub(crate) fn room(self, id: &Ref) -> Option<&'a ConferenceView> {
        self.rooms().find(|room| room.id == *id)
    }

    pub(crate) fn queue(self, id: &Ref) -> Option<&'a QueueView> {
        self.queues().find(|queue| queue.id == *id)
    }

    pub(super) fn rooms(self) -> impl Iterator<Item = &'a ConferenceView> {
        self.all(RefKind::Conference).filter_map(|thing| {
            let Thing::Conference(room) = thing else {
                return None;
            };
            Some(room)
        })
    }

    pub(crate) fn queues(self) -> impl Iterator<Item = &'a QueueView> {
        self.all(RefKind::Queue).filter_map(|thing| {
            let Thing::Queue(queue) = thing else {
                return None;
            };
            Some(queue)
        })
    }
}

fn call(thing: &Thing) -> Option<&CallView> {
    let Thing::Call(call) = thing else {
        return None;
    };
    Some(call)
}

fn extension(thing: &Thing) -> Option<&ExtensionView> {
    let Thing::Extension(extension) = thing else {
        return None;
    };
    Some(extension)
}
