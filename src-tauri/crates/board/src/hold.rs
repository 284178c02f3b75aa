//! Who has pressed hold, where only the other phone says so.

use std::collections::BTreeSet;

use crate::board::Board;
use crate::call::{Call, Member};
use crate::view::{ExtensionState, Millis};

impl Board {
    /// No list tells who pressed hold, but the phone that was put on hold says so: then it was the other one.
    pub(crate) fn infer_holds(&mut self, now: Millis) {
        let holders: Vec<_> = self
            .calls()
            .iter()
            .flat_map(|call| self.holders(call))
            .collect();
        self.set_inferred(holders, now);
    }

    /// This phone was put on hold just now, or is no longer: a desk that came between that and its `Hold` or `Unhold` has no more to
    /// go by. What was seen happening stays as it is.
    pub(crate) fn revise_holds(&mut self, device: &str, now: Millis) {
        let own = self.channels.of_device(device);
        let around = self.connected_with(own.map(|(id, _)| id.to_owned()));
        let calls = self.calls_among(&around);
        let over = calls.iter().flat_map(|call| self.no_longer(call));
        let over: Vec<String> = over.collect();
        for id in &over {
            if let Some(channel) = self.channels.get_mut(id) {
                (channel.hold, channel.hold_inferred) = (None, false);
            }
        }
        let holders: Vec<_> = self
            .calls_among(&around)
            .iter()
            .flat_map(|call| self.holders(call))
            .collect();
        self.set_inferred(holders, now);
    }

    fn set_inferred(&mut self, holders: Vec<String>, now: Millis) {
        for id in holders {
            if let Some(channel) = self.channels.get_mut(&id) {
                (channel.hold, channel.hold_inferred) = (Some(now), true);
            }
        }
    }

    /// These channels and everybody connected with them.
    pub(crate) fn connected_with(&self, ids: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let mut next: Vec<String> = ids.into_iter().collect();
        let mut found = BTreeSet::new();
        while let Some(id) = next.pop() {
            let Some(channel) = self.channels.get(&id) else {
                continue;
            };
            next.extend(channel.half.iter().cloned());
            next.extend(self.rings_all(&id).map(str::to_owned));
            if let Some(bridge) = channel.bridge_id() {
                let inside = self.channels.in_bridge(bridge);
                next.extend(inside.map(|(id, _)| id.to_owned()));
            }
            found.insert(id);
            next.retain(|id| !found.contains(id));
        }
        found
    }

    /// Whose hold was worked out from a phone that is not on hold any more.
    fn no_longer(&self, call: &Call<'_>) -> Vec<String> {
        let people = call.people();
        let worked_out = |one: &Member<'_>| one.channel.hold.is_some() && one.channel.hold_inferred;
        let lasts = |one: &Member<'_>| {
            let mut others = people.iter().filter(|other| other.id != one.id);
            others.any(|other| self.is_put_on_hold(other.channel.device()))
        };
        let over = people.iter().filter(|one| worked_out(one) && !lasts(one));
        over.map(|one| one.id.to_owned()).collect()
    }

    /// Each of two whose partner's phone was put on hold.
    fn holders(&self, call: &Call<'_>) -> Vec<String> {
        let people = call.people();
        let [one, other] = &people[..] else {
            return Vec::new();
        };
        let connected = !call.heard_by(*one).is_empty();
        if !connected || one.channel.hold.is_some() || other.channel.hold.is_some() {
            return Vec::new();
        }
        [(one, other), (other, one)]
            .into_iter()
            .filter(|(_, partner)| self.is_put_on_hold(partner.channel.device()))
            .map(|(holder, _)| holder.id.to_owned())
            .collect()
    }

    /// The device state `ONHOLD` is that of a phone whose partner pressed hold.
    pub(crate) fn is_put_on_hold(&self, device: &str) -> bool {
        let known = self.devices.get(device);
        known.is_some_and(|known| known.state == Some(ExtensionState::Held))
    }
}
