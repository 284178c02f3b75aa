//! What the reference model sees: who belongs together, who hears whom, and what each call comes down to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Class, Ids, Reference, Ring, Seen};

impl Reference {
    fn is_person(&self, id: &str) -> bool {
        !self.channels[id].name.starts_with("Local/")
    }

    /// Sound goes from one to the other: in one bridge that is no parking lot, or through the two halves of a Local channel.
    fn sounds(&self, one: &str, other: &str) -> bool {
        let half = |id: &str| {
            self.channels[id]
                .name
                .rsplit_once(';')
                .map(|(base, _)| base.to_owned())
        };
        let bridge = self
            .bridge(one)
            .filter(|bridge| !self.lots.contains(*bridge));
        (bridge.is_some() && bridge == self.bridge(other))
            || (half(one).is_some() && half(one) == half(other))
    }

    fn belongs(&self, one: &str, other: &str) -> bool {
        let rings =
            |caller: &str, dest: &str| self.rings.get(dest).is_some_and(|(id, _)| id == caller);
        self.sounds(one, other) || rings(one, other) || rings(other, one)
    }

    /// Everybody who can be reached from one, step by step.
    fn reach(&self, from: &str, near: impl Fn(&str, &str) -> bool) -> Ids {
        let mut found = Ids::from([from.to_owned()]);
        loop {
            let next = |id: &&String| !found.contains(*id) && found.iter().any(|one| near(one, id));
            let Some(id) = self.channels.keys().find(next).cloned() else {
                return found;
            };
            found.insert(id);
        }
    }

    fn hears(&self, id: &str) -> Ids {
        let mut heard = self.reach(id, |one, other| self.sounds(one, other));
        heard.retain(|other| other != id && self.is_person(other) && self.bridge(other).is_some());
        if self.bridge(id).is_none() {
            Ids::new()
        } else {
            heard
        }
    }

    fn class(&self, id: &str) -> Class {
        let (channel, heard) = (&self.channels[id], self.hears(id));
        let calls = self
            .rings
            .values()
            .any(|(caller, how)| caller == id && *how != Ring::Failed);
        let held = channel.held || heard.iter().any(|other| self.channels[other].held);
        let pair = heard.len() == 1 && channel.room.is_none();
        match () {
            () if !heard.is_empty() && held && (pair || channel.held) => Class::Held,
            () if !heard.is_empty() => Class::Talking,
            () if self.parked.contains_key(id) => Class::Parked,
            () if channel.ending => Class::Ending,
            () if self.queues.values().flatten().any(|other| other == id) => Class::Queued,
            () if !channel.up && self.alerts(id) => Class::Ringing,
            () if channel.ringing && !calls => Class::Ringing,
            () => Class::Waiting,
        }
    }

    /// A phone that is dialled and silent so far is not said to ring.
    fn alerts(&self, id: &str) -> bool {
        let how = self.rings.get(id).map(|(_, how)| *how);
        let told = matches!(how, Some(Ring::Alerting | Ring::Answered));
        told || (how.is_some() && self.channels[id].ringing)
    }

    /// All calls: whoever belongs together, for whatever reason. Local halves are wires, and shown only where there is nobody.
    pub(crate) fn calls(&self) -> BTreeSet<Seen> {
        let together = |id: &String| self.reach(id, |one, other| self.belongs(one, other));
        let all: BTreeSet<Ids> = self.channels.keys().map(together).collect();
        all.into_iter()
            .filter(|members| members.iter().any(|id| self.stands_for_somebody(id)))
            .map(|members| self.seen(members))
            .collect()
    }

    /// Wires alone are no call, unless one stands where a person would: in a room, or in line.
    fn stands_for_somebody(&self, id: &String) -> bool {
        let waits = self.queues.values().flatten().any(|other| other == id);
        self.is_person(id) || waits || self.channels[id].room.is_some()
    }

    fn seen(&self, members: Ids) -> Seen {
        let age = |id: &&String| {
            id.rsplit_once('.')
                .and_then(|(_, count)| count.parse::<u32>().ok())
        };
        let mut people: Ids = members
            .iter()
            .filter(|id| self.is_person(id))
            .cloned()
            .collect();
        if people.is_empty() {
            people.extend(members.iter().min_by_key(age).cloned());
        }
        let sits = |id: &String| self.channels[id].room.is_some() && self.bridge(id).is_some();
        let rang = |how| matches!(how, Ring::Alerting | Ring::Answered);
        let answers = |id: &String| {
            self.rings
                .iter()
                .any(|(dest, (caller, how))| rang(*how) && (dest == id || caller == id))
        };
        let class = match people.iter().map(|id| self.class(id)).min() {
            _ if people.iter().any(sits) => Class::Room,
            Some(Class::Waiting) if people.iter().any(answers) => Class::Ringing,
            Some(class) => class,
            None => Class::Ending,
        };
        let hears = people
            .iter()
            .map(|id| (id.clone(), self.hears(id)))
            .collect();
        Seen {
            people,
            class,
            hears,
        }
    }

    pub(crate) fn rooms(&self) -> BTreeMap<String, Ids> {
        let mut rooms = BTreeMap::<String, Ids>::new();
        for (id, channel) in &self.channels {
            if let Some(room) = &channel.room {
                rooms.entry(room.clone()).or_default().insert(id.clone());
            }
        }
        rooms
    }
}
