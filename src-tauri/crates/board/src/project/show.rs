//! The picture kept up to date: only what has been touched is made anew, everything else stays the very same value.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::sync::Arc;

use crate::board::Board;
use crate::call::Call;
use crate::feed::Picture;
use crate::id::{Ref, RefKind};
use crate::touched::Touched;
use crate::view::{CallView, QueueView, Thing};

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
        debug_assert!(
            self.channels.is_indexed(),
            "somebody is not found where they are"
        );
        let touched = self.take_marks();
        let channels = self.channels.take_touched();
        let mut shown = take(&mut self.shown);
        match shown.owners.take().filter(|_| !touched.owners) {
            Some(mut owners) => {
                if touched.lines {
                    self.find_lines(&mut owners);
                }
                let channels = channels.unwrap_or_else(|| shown.everybody(self));
                shown.refresh(self, owners, &touched, &channels);
            }
            None => shown.rebuild(self),
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
        let everything = Touched {
            owners: true,
            people: true,
            queues: board.queues.keys().cloned().collect(),
            ..Touched::default()
        };
        let everybody = self.everybody(board);
        self.refresh(board, owners, &everything, &everybody);
        for (id, thing) in &mut self.picture {
            if let Some(old) = before.get(id).filter(|old| **old == *thing) {
                *thing = Arc::clone(old);
            }
        }
    }

    /// All channels, and all that were in a call when last shown.
    fn everybody(&self, board: &Board) -> Vec<String> {
        let now = board.channels.iter().map(|(id, _)| id);
        now.chain(self.call_of.keys()).cloned().collect()
    }

    fn refresh(&mut self, board: &Board, owners: Owners, touched: &Touched, channels: &[String]) {
        let affected = self.affected(board, channels);
        let changed = self.refresh_calls(board, &owners, &affected);
        self.refresh_people(board, &owners, touched, &changed.extensions);
        self.refresh_queues(board, &owners, touched, &changed.extensions, &affected);
        self.refresh_places(board, &owners);
        self.refresh_trunks(board, &owners, touched, &changed.trunks);
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
            // Whoever is only held hears nobody there. A bridge that turns out to be of another kind touches all in it.
            let joins = !board.is_held_in_lot(channel);
            bridges.extend(channel.bridge_id().filter(|_| joins));
            near.extend(channel.half.as_deref());
        }
        let inside = bridges
            .iter()
            .flat_map(|bridge| board.channels.in_bridge(bridge));
        near.extend(inside.map(|(id, _)| id));
        let mut affected: BTreeSet<String> = BTreeSet::new();
        for id in near {
            let call = self.call_of.get(id);
            let with = call.and_then(|call| self.members.get(call));
            affected.extend(with.into_iter().flatten().cloned());
            affected.insert(id.to_owned());
        }
        affected
    }

    /// Whose calls are not what they were.
    fn refresh_calls(
        &mut self,
        board: &Board,
        owners: &Owners,
        affected: &BTreeSet<String>,
    ) -> Changed {
        let mut before = self.forget_calls(board, affected);
        let mut changed = Changed::default();
        for call in board.calls_among(affected) {
            self.remember_members(&call);
            if !board.is_somebody(&call) {
                continue;
            }
            let view = board.call_view(&call, owners);
            let old = before.remove(&view.id);
            let thing = self.replace_call(old, view, &mut changed);
            self.picture.insert(thing.id().clone(), thing);
        }
        for gone in before.values().filter_map(|gone| call_in(gone)) {
            self.busy.remove(gone);
            changed.note(gone);
            changed.note_trunks(gone);
        }
        changed
    }

    /// What is the same stays the same value; and whoever takes part in what is not is told.
    fn replace_call(
        &mut self,
        old: Option<Arc<Thing>>,
        view: CallView,
        changed: &mut Changed,
    ) -> Arc<Thing> {
        let before = old.as_deref().and_then(call_in);
        if let Some(same) = old.as_ref().filter(|_| before == Some(&view)) {
            return Arc::clone(same);
        }
        if let Some(before) = before {
            self.busy.remove(before);
            changed.note(before);
        }
        self.busy.add(&view);
        changed.note(&view);
        if !before.is_some_and(|before| trunks(before).eq(trunks(&view))) {
            before
                .into_iter()
                .chain([&view])
                .for_each(|one| changed.note_trunks(one));
        }
        Arc::new(Thing::Call(view))
    }

    fn remember_members(&mut self, call: &Call<'_>) {
        let members = call.members.iter().map(|member| member.id.to_owned());
        let members: Vec<_> = members.collect();
        for member in &members {
            self.call_of.insert(member.clone(), call.id().to_owned());
        }
        self.members.insert(call.id().to_owned(), members);
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
            let watched = touched.devices.iter().chain(&touched.presentities);
            positions.extend(watched.flat_map(|name| owners.watching(name)).copied());
            let numbers = touched.numbers.iter();
            let numbered = numbers.flat_map(|number| owners.numbered(&board.pbx, number));
            positions.extend(numbered.map(|(_, at)| at));
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
        let bound = |kind| Ref::new(kind, &board.pbx, "");
        let queues = self
            .picture
            .range(bound(RefKind::Queue)..bound(RefKind::Parked));
        let queues = queues.filter_map(|(_, thing)| queue_in(thing));
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
        board.places(owners, |thing| {
            fresh.insert(thing.id().clone(), thing);
        });
        let bound = |kind| Ref::new(kind, &board.pbx, "");
        let places = self
            .picture
            .range(bound(RefKind::Parked)..bound(RefKind::Trunk));
        let later = self
            .picture
            .range(bound(RefKind::Agent)..bound(RefKind::Gap));
        let gone = places
            .chain(later)
            .filter(|(id, _)| !fresh.contains_key(*id));
        let gone: Vec<_> = gone.map(|(id, _)| id.clone()).collect();
        gone.iter().for_each(|id| drop(self.picture.remove(id)));
        fresh.into_values().for_each(|thing| self.put(thing));
    }

    /// A trunk may carry thousands of calls: only what has changed is made anew.
    fn refresh_trunks(
        &mut self,
        board: &Board,
        owners: &Owners,
        touched: &Touched,
        changed: &BTreeSet<String>,
    ) {
        let is_other = |name: &str| {
            touched.owners
                || changed.contains(name)
                || touched.devices.iter().any(|one| one == name)
        };
        let lines = board.line_views(&self.busy, owners, is_other);
        let trunks: Vec<_> = lines.chain(board.registration_views()).collect();
        trunks
            .into_iter()
            .for_each(|trunk| self.put(Thing::Trunk(trunk)));
    }

    /// What is the same stays the same value.
    fn put(&mut self, thing: Thing) {
        let known = self.picture.get(thing.id());
        if known.is_none_or(|known| **known != thing) {
            self.picture.insert(thing.id().clone(), Arc::new(thing));
        }
    }
}

/// Whose calls are not what they were.
#[derive(Debug, Default)]
struct Changed {
    extensions: BTreeSet<Ref>,
    trunks: BTreeSet<String>,
}

impl Changed {
    fn note(&mut self, call: &CallView) {
        let extensions = call.legs.iter().filter_map(|leg| leg.extension.clone());
        self.extensions.extend(extensions);
    }

    fn note_trunks(&mut self, call: &CallView) {
        self.trunks.extend(trunks(call).map(str::to_owned));
    }
}

fn trunks(call: &CallView) -> impl Iterator<Item = &str> {
    call.legs.iter().filter_map(|leg| leg.trunk.as_deref())
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

fn queue_in(thing: &Thing) -> Option<&QueueView> {
    match thing {
        Thing::Queue(view) => Some(view),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    }
}
