//! The picture kept up to date: only what has been touched is made anew, everything else stays the very same value.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::sync::Arc;

use crate::board::Board;
use crate::feed::Picture;
use crate::id::{Ref, RefKind};
use crate::touched::Touched;
use crate::view::{CallView, Thing};

use super::busy::Busy;
use super::owners::Owners;

/// The picture as it was last made, and how it came about.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    picture: Picture<Arc<Thing>>,
    /// Which call a channel is in, by the call's oldest channel.
    call_of: BTreeMap<String, String>,
    /// Who is in a call.
    members: BTreeMap<String, Vec<String>>,
    busy: Busy,
    owners: Option<Owners>,
}

impl Board {
    /// Everything the operator sees of this PBX. Values that have not changed are the same ones as last time.
    pub fn show(&mut self) -> &Picture<Arc<Thing>> {
        let touched = take(&mut self.touched);
        let channels = self.channels.take_touched();
        let mut shown = take(&mut self.shown);
        match (shown.owners.take().filter(|_| !touched.owners), channels) {
            (Some(owners), Some(channels)) => shown.refresh(self, owners, &touched, &channels),
            (_, _) => shown.rebuild(self),
        }
        self.shown = shown;
        &self.shown.picture
    }

    /// What [`Board::show`] made last.
    #[must_use]
    pub fn shown(&self) -> &Picture<Arc<Thing>> {
        &self.shown.picture
    }

    /// The call a channel was in when it was last shown.
    #[must_use]
    pub fn call_of(&self, uniqueid: &str) -> Option<Ref> {
        let call = self.shown.call_of.get(uniqueid)?;
        Some(Ref::new(RefKind::Call, &self.pbx, call.as_str()))
    }
}

impl Shown {
    /// From nothing; but what comes out the same as before stays the same value.
    fn rebuild(&mut self, board: &Board) {
        let before = take(self).picture;
        let owners = board.owners();
        let everybody: Vec<String> = board.channels.iter().map(|(id, _)| id.clone()).collect();
        let everything = Touched {
            people: true,
            queues: board.queues.keys().cloned().collect(),
            ..Touched::default()
        };
        self.refresh(board, owners, &everything, &everybody);
        for (id, thing) in &mut self.picture {
            if let Some(old) = before.get(id).filter(|old| **old == *thing) {
                *thing = Arc::clone(old);
            }
        }
    }

    fn refresh(&mut self, board: &Board, owners: Owners, touched: &Touched, channels: &[String]) {
        let affected = self.affected(board, channels);
        let changed = self.refresh_calls(board, &owners, &affected);
        self.refresh_people(board, &owners, touched, &changed);
        self.refresh_queues(board, &owners, touched, &changed, &affected);
        self.refresh_places(board, &owners);
        self.owners = Some(owners);
    }

    /// Everybody whose call may be another one now: who was touched, who is connected to them now, and who was in a call with any of
    /// those before. No connection can have changed without one of its ends being touched.
    fn affected(&self, board: &Board, touched: &[String]) -> BTreeSet<String> {
        let mut near: BTreeSet<&str> = touched.iter().map(String::as_str).collect();
        let mut bridges: BTreeSet<&str> = BTreeSet::new();
        for id in touched {
            near.extend(board.rings_all(id));
            let Some(channel) = board.channels.get(id) else {
                continue;
            };
            bridges.extend(channel.bridge_id());
            near.extend(channel.half.as_deref());
        }
        if !bridges.is_empty() {
            let inside = board.channels.iter().filter(|(_, channel)| {
                channel
                    .bridge_id()
                    .is_some_and(|bridge| bridges.contains(bridge))
            });
            near.extend(inside.map(|(id, _)| id.as_str()));
        }
        let mut affected: BTreeSet<String> = BTreeSet::new();
        for id in near {
            let call = self.call_of.get(id);
            let with = call.and_then(|call| self.members.get(call));
            affected.extend(with.into_iter().flatten().cloned());
            affected.insert(id.to_owned());
        }
        affected
    }

    /// The extensions whose calls are not what they were.
    fn refresh_calls(
        &mut self,
        board: &Board,
        owners: &Owners,
        affected: &BTreeSet<String>,
    ) -> BTreeSet<Ref> {
        let mut before = self.forget_calls(board, affected);
        let mut changed = BTreeSet::new();
        for call in board.calls_among(affected) {
            let members: Vec<_> = call
                .members
                .iter()
                .map(|member| member.id.to_owned())
                .collect();
            for member in &members {
                self.call_of.insert(member.clone(), call.id().to_owned());
            }
            self.members.insert(call.id().to_owned(), members);
            if !board.is_somebody(&call) {
                continue;
            }
            let view = board.call_view(&call, owners);
            self.busy.add(&view);
            let id = view.id.clone();
            let thing = Thing::Call(view);
            let thing = match before.remove(&id) {
                Some(old) if *old == thing => old,
                old => {
                    old.iter()
                        .for_each(|old| note_extensions(&mut changed, old));
                    note_extensions(&mut changed, &thing);
                    Arc::new(thing)
                }
            };
            self.picture.insert(id, thing);
        }
        before
            .values()
            .for_each(|gone| note_extensions(&mut changed, gone));
        changed
    }

    fn forget_calls(&mut self, board: &Board, affected: &BTreeSet<String>) -> Picture<Arc<Thing>> {
        let mut before = BTreeMap::new();
        for id in affected {
            let Some(call) = self.call_of.remove(id) else {
                continue;
            };
            let Some(members) = self.members.remove(&call) else {
                continue;
            };
            for member in &members {
                self.call_of.remove(member);
            }
            let id = Ref::new(RefKind::Call, &board.pbx, call);
            if let Some(thing) = self.picture.remove(&id) {
                call_in(&thing)
                    .into_iter()
                    .for_each(|view| self.busy.remove(view));
                before.insert(id, thing);
            }
        }
        before
    }

    fn refresh_people(
        &mut self,
        board: &Board,
        owners: &Owners,
        touched: &Touched,
        changed: &BTreeSet<Ref>,
    ) {
        let mut positions: BTreeSet<usize> = BTreeSet::new();
        if touched.people {
            positions.extend(0..owners.people.len());
        } else {
            positions.extend(changed.iter().filter_map(|id| owners.position(id)));
            let hints = touched.hints.iter();
            let hints = hints.map(|(number, context)| Ref::extension(&board.pbx, number, context));
            positions.extend(hints.filter_map(|id| owners.position(&id)));
            let devices = touched.devices.iter();
            positions.extend(devices.flat_map(|name| owners.watching(name)).copied());
        }
        for position in positions {
            let Some(person) = owners.people.get(position) else {
                continue;
            };
            if let Some(view) = board.person_view(person, &self.busy) {
                self.put(Thing::Extension(view));
            }
        }
    }

    /// A queue shows its own state, who waits, and which calls its members are on.
    fn refresh_queues(
        &mut self,
        board: &Board,
        owners: &Owners,
        touched: &Touched,
        changed: &BTreeSet<Ref>,
        affected: &BTreeSet<String>,
    ) {
        let queues = self.picture.values().filter_map(|thing| match &**thing {
            Thing::Queue(queue) => Some(queue),
            Thing::Call(_)
            | Thing::Extension(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        });
        let concerned = queues.filter(|queue| {
            let mut members = queue
                .members
                .iter()
                .filter_map(|member| member.extension.as_ref());
            let mut callers = queue.callers.iter();
            members.any(|extension| changed.contains(extension))
                || callers.any(|caller| affected.contains(&caller.leg.key))
        });
        let mut names: BTreeSet<String> = concerned.map(|queue| queue.name.clone()).collect();
        names.extend(touched.queues.iter().cloned());
        for name in names {
            match board.queues.get(&name) {
                Some(queue) => {
                    let view = board.queue_view(&name, queue, &self.busy, owners);
                    self.put(Thing::Queue(view));
                }
                None => {
                    self.picture
                        .remove(&Ref::new(RefKind::Queue, &board.pbx, name));
                }
            }
        }
    }

    fn refresh_places(&mut self, board: &Board, owners: &Owners) {
        let mut fresh = BTreeMap::new();
        board.places(&self.busy, owners, |thing| {
            fresh.insert(thing.id().clone(), thing);
        });
        let bound = |kind| Ref::new(kind, &board.pbx, "");
        let known = self
            .picture
            .range(bound(RefKind::Parked)..bound(RefKind::Gap));
        let gone: Vec<_> = known
            .filter(|(id, _)| !fresh.contains_key(*id))
            .map(|(id, _)| id.clone())
            .collect();
        gone.iter().for_each(|id| {
            self.picture.remove(id);
        });
        fresh.into_values().for_each(|thing| self.put(thing));
    }

    /// What is the same stays the same value.
    fn put(&mut self, thing: Thing) {
        let known = self.picture.get(thing.id());
        if known.is_none_or(|known| **known != thing) {
            self.picture.insert(thing.id().clone(), Arc::new(thing));
        }
    }
}

fn call_in(thing: &Thing) -> Option<&CallView> {
    match thing {
        Thing::Call(view) => Some(view),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    }
}

fn note_extensions(into: &mut BTreeSet<Ref>, call: &Thing) {
    let legs = call_in(call).into_iter().flat_map(|view| &view.legs);
    into.extend(legs.filter_map(|leg| leg.extension.clone()));
}
