//! The board to the picture: one projection for everything the operator sees.

use std::collections::{BTreeMap, BTreeSet};

use ami::event::DialStatus;

use crate::board::Board;
use crate::call::{Call, Member};
use crate::channel::{Channel, is_dialable};
use crate::extension::{Device, Extension};
use crate::feed::Picture;
use crate::id::{Ref, RefKind};
use crate::view::{
    CallPhase, CallView, ConferenceView, Direction, ExtensionState, ExtensionView, LegState,
    LegView, MemberView, Millis, ParkedView, QueueCallerView, QueueView, Thing,
};

/// Devices to the extensions they belong to, and extensions to the calls they are in.
struct Owners {
    device: BTreeMap<String, (Ref, String)>,
}

impl Board {
    /// Everything the operator sees of this PBX.
    #[must_use]
    pub fn picture(&self) -> Picture<Thing> {
        let owners = self.owners();
        let calls: Vec<_> = self
            .calls()
            .iter()
            .map(|call| self.call_view(call, &owners))
            .collect();
        let mut things = Vec::new();
        self.extension_views(&calls, &mut things);
        things.extend(calls.into_iter().map(Thing::Call));
        things.extend(
            self.parked
                .iter()
                .map(|(id, parked)| Thing::Parked(self.parked_view(id, parked))),
        );
        things.extend(
            self.queues
                .iter()
                .map(|(name, queue)| Thing::Queue(self.queue_view(name, queue))),
        );
        things.extend(self.conference_views().into_iter().map(Thing::Conference));
        things
            .into_iter()
            .map(|thing| (thing.id().clone(), thing))
            .collect()
    }

    /// A channel's place in the picture.
    #[must_use]
    pub fn leg(&self, uniqueid: &str) -> Ref {
        Ref::new(RefKind::Leg, &self.pbx, uniqueid)
    }

    /// A device belongs to the extension with the fewest devices that names it: a ring group's hint covers other people's phones.
    fn owners(&self) -> Owners {
        let mut device: BTreeMap<String, (usize, Ref, String)> = BTreeMap::new();
        for ((exten, context), extension) in &self.extensions {
            for name in &extension.devices {
                let rank = extension.devices.len();
                if device.get(name).is_none_or(|(known, _, _)| rank < *known) {
                    device.insert(
                        name.clone(),
                        (
                            rank,
                            Ref::extension(&self.pbx, exten, context),
                            exten.clone(),
                        ),
                    );
                }
            }
        }
        for (name, number) in self.unhinted() {
            device.insert(
                name.to_owned(),
                (
                    1,
                    Ref::extension(&self.pbx, number, &self.place.context),
                    number.to_owned(),
                ),
            );
        }
        Owners {
            device: device
                .into_iter()
                .map(|(name, (_, id, exten))| (name, (id, exten)))
                .collect(),
        }
    }

    /// Phones without a hint: endpoints named by a number. Shown, but never as free unless their device state says so.
    fn unhinted(&self) -> impl Iterator<Item = (&str, &str)> {
        let hinted = |name: &str| {
            self.extensions
                .values()
                .any(|extension| extension.devices.iter().any(|device| device == name))
        };
        let phones = self.devices.iter().filter(|(_, device)| device.endpoint);
        phones.filter_map(move |(name, _)| {
            let number = name.split_once('/')?.1;
            let numeric = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            (numeric && !hinted(name)).then_some((name.as_str(), number))
        })
    }

    fn call_view(&self, call: &Call<'_>, owners: &Owners) -> CallView {
        let people = call.people();
        let legs: Vec<_> = people
            .iter()
            .map(|member| self.leg_view(call, *member, owners))
            .collect();
        let (phase, since) = self.phase(&people, &legs);
        let first = people.first().map(|member| member.channel);
        let inferred = call
            .members
            .iter()
            .any(|member| self.dials.get(member.id).is_some_and(|dial| dial.inferred));
        CallView {
            id: Ref::new(RefKind::Call, &self.pbx, call.id()),
            phase,
            since,
            started: first.map_or(0, |channel| channel.began),
            direction: direction(&legs),
            dialled: first.and_then(|channel| channel.dialled.clone()),
            legs,
            inferred,
        }
    }

    fn phase(&self, people: &[Member<'_>], legs: &[LegView]) -> (CallPhase, Millis) {
        let since = |state: LegState| {
            legs.iter()
                .filter(|leg| leg.state == state)
                .map(|leg| leg.since)
                .min()
        };
        let room = people
            .iter()
            .any(|member| member.channel.room.is_some() && member.channel.bridge.is_some());
        let bridged = people
            .iter()
            .filter_map(|member| member.channel.bridge.as_ref().map(|(_, at)| *at))
            .min();
        let answering = people.iter().any(|member| self.is_answering(*member));
        if room {
            return (CallPhase::Conference, bridged.unwrap_or(0));
        }
        let order = [
            (LegState::Held, CallPhase::Held),
            (LegState::Talking, CallPhase::Talking),
            (LegState::Parked, CallPhase::Parked),
            (LegState::Ringing, CallPhase::Ringing),
            (LegState::Queued, CallPhase::Queued),
            (LegState::Calling, CallPhase::Dialing),
            (LegState::Application, CallPhase::Application),
            (LegState::Alone, CallPhase::Application),
            (LegState::Ending, CallPhase::Ending),
        ];
        let found = order
            .iter()
            .find_map(|(state, phase)| since(*state).map(|at| (*phase, at)));
        match found {
            // Between the answer and the bridge nobody should see the call fall apart.
            Some((CallPhase::Application | CallPhase::Dialing, at)) if answering => {
                (CallPhase::Ringing, at)
            }
            Some(found) => found,
            None => (CallPhase::Ending, 0),
        }
    }

    fn leg_view(&self, call: &Call<'_>, member: Member<'_>, owners: &Owners) -> LegView {
        let channel = member.channel;
        let heard = call.heard_by(member);
        let (state, since) = self.leg_state(member, &heard);
        let owner = owners.device.get(channel.device());
        let person = self
            .devices
            .get(channel.device())
            .and_then(|device| device.person.clone());
        let is_trunk = owner.is_none() && !channel.is_local();
        LegView {
            id: self.leg(member.id),
            channel: channel.name.clone(),
            state,
            since,
            name: person
                .filter(|_| owner.is_some())
                .or_else(|| channel.person.clone()),
            number: owner
                .map(|(_, number)| number.clone())
                .or_else(|| channel.number.clone()),
            extension: owner.map(|(id, _)| id.clone()),
            trunk: is_trunk.then(|| channel.device().to_owned()),
            caller: self.is_caller(member, call),
            hears: heard.iter().map(|other| self.leg(other.id)).collect(),
            hold: channel.hold.is_some(),
            application: channel
                .application
                .clone()
                .filter(|_| matches!(state, LegState::Application | LegState::Alone)),
        }
    }

    /// It was not rung by anybody: the oldest person of the call.
    fn is_caller(&self, member: Member<'_>, call: &Call<'_>) -> bool {
        call.people()
            .first()
            .is_some_and(|first| first.id == member.id)
            && !self.dials.contains_key(member.id)
    }

    fn extension_views(&self, calls: &[CallView], things: &mut Vec<Thing>) {
        let mut busy: BTreeMap<&Ref, Vec<Ref>> = BTreeMap::new();
        for call in calls {
            for extension in call.legs.iter().filter_map(|leg| leg.extension.as_ref()) {
                busy.entry(extension).or_default().push(call.id.clone());
            }
        }
        for ((exten, context), extension) in self
            .extensions
            .iter()
            .filter(|(_, known)| known.is_person())
        {
            let id = Ref::extension(&self.pbx, exten, context);
            let calls = busy.remove(&id).unwrap_or_default();
            things.push(Thing::Extension(
                self.extension_view(id, exten, extension, calls),
            ));
        }
        for (name, number) in self.unhinted() {
            let id = Ref::extension(&self.pbx, number, &self.place.context);
            let device = self.devices.get(name);
            let calls = busy.remove(&id).unwrap_or_default();
            let hintless = Extension {
                devices: vec![name.to_owned()],
                state: unhinted_state(device),
                since: None,
                suspect: false,
            };
            things.push(Thing::Extension(
                self.extension_view(id, number, &hintless, calls),
            ));
        }
    }

    fn extension_view(
        &self,
        id: Ref,
        exten: &str,
        extension: &Extension,
        mut calls: Vec<Ref>,
    ) -> ExtensionView {
        calls.dedup();
        let own = extension
            .devices
            .iter()
            .filter_map(|device| self.devices.get(device));
        let person = own
            .filter_map(|device| device.person.clone())
            .next()
            .filter(|_| extension.devices.len() == 1);
        ExtensionView {
            id,
            number: exten.to_owned(),
            name: person,
            state: extension.state,
            since: extension.since,
            devices: extension.devices.clone(),
            calls,
            me: self.place.me.as_deref() == Some(exten),
        }
    }

    fn person_at(&self, uniqueid: &str) -> (Option<String>, Option<String>) {
        let Some(channel) = self.channels.get(uniqueid) else {
            return (None, None);
        };
        let known = self
            .devices
            .get(channel.device())
            .and_then(|device| device.person.clone());
        (
            known.or_else(|| channel.person.clone()),
            channel.number.clone(),
        )
    }

    fn parked_view(&self, uniqueid: &str, parked: &crate::parking::Parked) -> ParkedView {
        let (name, number) = self.person_at(uniqueid);
        ParkedView {
            id: Ref::new(RefKind::Parked, &self.pbx, uniqueid),
            leg: self.leg(uniqueid),
            lot: parked.lot.clone(),
            space: parked.space.clone(),
            since: parked.since,
            until: parked.until,
            name,
            number,
        }
    }

    fn queue_view(&self, name: &str, queue: &crate::queue::Queue) -> QueueView {
        let mut callers: Vec<_> = queue
            .callers
            .iter()
            .map(|(id, waiting)| {
                let (name, number) = self.person_at(id);
                QueueCallerView {
                    leg: self.leg(id),
                    position: waiting.position,
                    since: waiting.since,
                    name,
                    number,
                }
            })
            .collect();
        callers.sort_by_key(|caller| caller.position);
        let members = queue.members.iter().map(|(interface, member)| MemberView {
            interface: interface.clone(),
            name: member.name.clone(),
            state: member.state,
            paused: member.paused,
        });
        QueueView {
            id: Ref::new(RefKind::Queue, &self.pbx, name),
            name: name.to_owned(),
            number: queue.number.clone(),
            callers,
            members: members.collect(),
        }
    }

    /// Open rooms, and while they are empty those of the profile and those with a hint.
    fn conference_views(&self) -> Vec<ConferenceView> {
        let hinted = self.extensions.values().filter_map(Extension::room);
        let named: BTreeSet<&str> = self
            .place
            .conferences
            .iter()
            .map(String::as_str)
            .chain(hinted)
            .collect();
        let open = self
            .conferences
            .iter()
            .map(|(room, conference)| self.conference_view(room, Some(conference.since)));
        let empty = named
            .into_iter()
            .filter(|room| !self.conferences.contains_key(*room));
        open.chain(empty.map(|room| self.conference_view(room, None)))
            .collect()
    }

    fn conference_view(&self, room: &str, since: Option<Millis>) -> ConferenceView {
        let inside: Vec<(&String, &Channel)> = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.room.as_deref() == Some(room))
            .collect();
        let known = inside
            .iter()
            .find_map(|(_, channel)| channel.exten.clone().filter(|exten| is_dialable(exten)));
        let profiled = self.place.conferences.iter().find(|number| *number == room);
        let hinted = self
            .extensions
            .iter()
            .find(|(_, extension)| extension.room() == Some(room))
            .map(|((exten, _), _)| exten);
        ConferenceView {
            id: Ref::new(RefKind::Conference, &self.pbx, room),
            name: room.to_owned(),
            number: profiled.or(hinted).cloned().or(known),
            members: inside.iter().map(|(id, _)| self.leg(id)).collect(),
            since,
        }
    }

    /// Whether a leg of `gone` is in `other` now: the call it has merged into.
    #[must_use]
    pub fn shares_a_leg(gone: &Thing, other: &Thing) -> bool {
        let (Thing::Call(gone), Thing::Call(other)) = (gone, other) else {
            return false;
        };
        other
            .legs
            .iter()
            .any(|leg| gone.legs.iter().any(|old| old.id == leg.id))
    }

    /// How many calls there are.
    #[must_use]
    pub fn call_count(&self) -> usize {
        self.calls().len()
    }

    /// Is this dial still open, and alerting?
    #[must_use]
    pub fn is_ringing(&self, dest: &str) -> bool {
        self.dials
            .get(dest)
            .is_some_and(|dial| dial.status == DialStatus::Ringing)
    }
}

fn direction(legs: &[LegView]) -> Direction {
    let outside = |leg: &&LegView| leg.trunk.is_some();
    match (
        legs.first().filter(outside),
        legs.iter().skip(1).find(outside),
    ) {
        (Some(_), _) => Direction::Inbound,
        (None, Some(_)) => Direction::Outbound,
        (None, None) => Direction::Internal,
    }
}

fn unhinted_state(device: Option<&Device>) -> ExtensionState {
    match device {
        Some(Device {
            registered: Some(false),
            ..
        }) => ExtensionState::Offline,
        Some(Device {
            state: Some(state), ..
        }) => *state,
        Some(Device { .. }) | None => ExtensionState::Unknown,
    }
}
