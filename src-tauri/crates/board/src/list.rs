//! Lists: what is known when one is asked for is suspect until an item confirms it, and gone if none has when the list ends.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ami::action::List;

use crate::board::Board;
use crate::call::{Call, Member};
use crate::view::{ExtensionState, Millis};

impl Board {
    /// A list has been asked for: whatever is known now and the list lacks is gone when it ends.
    pub fn list_asked(&mut self, list: List) {
        match list {
            List::Channels | List::Status => {
                let channels = self.channels.values_mut();
                channels.for_each(|known| known.suspect = true);
            }
            List::Bridges => {
                let bridges = self.bridges.values_mut();
                bridges.for_each(|known| known.suspect = true);
            }
            List::ParkedCalls => {
                let parked = self.parked.values_mut();
                parked.for_each(|known| known.suspect = true);
            }
            List::Queues => self.suspect_queues(),
            List::Extensions => {
                let hints = self.extensions.values_mut().flat_map(BTreeMap::values_mut);
                hints.for_each(|known| known.suspect = true);
            }
            List::Conferences => {
                let rooms = self.conferences.values_mut();
                rooms.for_each(|known| known.suspect = true);
            }
            List::Agents => {
                let agents = self.agents.values_mut();
                agents.for_each(|known| known.suspect = true);
            }
            List::Devices | List::Endpoints | List::Presences => {}
        }
    }

    /// The list has ended.
    pub fn list_done(&mut self, list: List, now: Millis) {
        match list {
            List::Channels | List::Status => {
                self.sweep_channels(now);
                self.infer_dials();
                self.infer_rooms(now);
                self.infer_listening();
            }
            List::Bridges => self.bridges.retain(|_, known| !known.suspect),
            List::ParkedCalls => self.parked.retain(|_, known| !known.suspect),
            List::Queues => self.sweep_queues(),
            List::Extensions => {
                let contexts = self.extensions.values_mut();
                contexts.for_each(|hints| hints.retain(|_, known| !known.suspect));
            }
            List::Conferences => self.conferences.retain(|_, known| !known.suspect),
            List::Devices => self.infer_holds(now),
            List::Agents => self.agents.retain(|_, known| !known.suspect),
            List::Endpoints | List::Presences => {}
        }
    }

    /// A channel of the list, and the bridge it is in.
    pub(crate) fn list_channel(&mut self, uniqueid: &str, bridge: Option<&str>, now: Millis) {
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        channel.suspect = false;
        match (bridge, channel.bridge_id().map(str::to_owned)) {
            (Some(bridge), _) => {
                let since = channel.first_heard_of(now);
                self.enter(uniqueid, bridge, since);
            }
            (None, Some(left)) => self.leave(uniqueid, &left, now),
            (None, None) => {}
        }
    }

    /// What a channel of the list runs; the first argument of ConfBridge is the room.
    pub(crate) fn list_application(
        &mut self,
        uniqueid: &str,
        application: Option<&Cow<'_, str>>,
        data: Option<&Cow<'_, str>>,
    ) {
        if let Some(channel) = self.channels.get_mut(uniqueid) {
            channel.runs(application, data);
        }
        if application.is_some_and(|name| name == "ConfBridge") {
            let room = data.and_then(|data| data.split(',').next());
            self.seat(uniqueid, room);
        }
    }

    fn sweep_channels(&mut self, now: Millis) {
        let suspects = self.channels.iter().filter(|(_, known)| known.suspect);
        let gone: Vec<_> = suspects.map(|(id, _)| id.clone()).collect();
        gone.iter().for_each(|id| self.remove(id, now));
    }

    fn infer_rooms(&mut self, now: Millis) {
        let channels = self.channels.values();
        let rooms: Vec<_> = channels
            .filter_map(|channel| channel.room.clone())
            .collect();
        rooms.iter().for_each(|room| self.open(room, None, now));
    }

    /// No list tells who pressed hold, but the phone that was put on hold says so: then it was the other one.
    fn infer_holds(&mut self, now: Millis) {
        let calls = self.calls();
        let holders: Vec<_> = calls.iter().filter_map(|call| self.holder(call)).collect();
        for id in holders {
            if let Some(channel) = self.channels.get_mut(&id) {
                (channel.hold, channel.hold_inferred) = (Some(now), true);
            }
        }
    }

    /// A phone was put on hold just now, or is no longer: a desk that came between that and its `Hold` or `Unhold` has no more to go
    /// by. What was seen happening stays as it is.
    pub(crate) fn revise_holds(&mut self, now: Millis) {
        let calls = self.calls();
        let worked_out =
            |member: &Member<'_>| member.channel.hold.is_some() && member.channel.hold_inferred;
        let over = calls.iter().flat_map(|call| {
            let people = call.people();
            let held: Vec<_> = people
                .iter()
                .map(|one| (one.id, self.is_on_hold(one)))
                .collect();
            let lasts = move |id: &str| held.iter().any(|(other, held)| *other != id && *held);
            people
                .into_iter()
                .filter(move |one| worked_out(one) && !lasts(one.id))
        });
        let over: Vec<_> = over.map(|member| member.id.to_owned()).collect();
        for id in over {
            if let Some(channel) = self.channels.get_mut(&id) {
                (channel.hold, channel.hold_inferred) = (None, false);
            }
        }
        self.infer_holds(now);
    }

    fn is_on_hold(&self, member: &Member<'_>) -> bool {
        let known = self.devices.get(member.channel.device());
        known.is_some_and(|known| known.state == Some(ExtensionState::Held))
    }

    fn holder(&self, call: &Call<'_>) -> Option<String> {
        let people = call.people();
        let [one, other] = &people[..] else {
            return None;
        };
        let connected = !call.heard_by(*one).is_empty();
        if !connected || one.channel.hold.is_some() || other.channel.hold.is_some() {
            return None;
        }
        match (self.is_on_hold(one), self.is_on_hold(other)) {
            (true, false) => Some(other.id.to_owned()),
            (false, true) => Some(one.id.to_owned()),
            (true, true) | (false, false) => None,
        }
    }
}
