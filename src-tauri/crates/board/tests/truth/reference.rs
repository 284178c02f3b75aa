//! What an operator should see, said as plainly as it can be: written for clarity alone, slow, and knowing nothing of the board.
//! Events are read as text; who belongs together is found by asking everybody about everybody.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Ids = BTreeSet<String>;

/// What a call comes down to, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Room,
    Held,
    Talking,
    Parked,
    Ringing,
    Queued,
    /// Dialling, or alone with the PBX.
    Waiting,
    Ending,
}

/// A call: its people, what it is, and who hears whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub(crate) people: Ids,
    pub(crate) class: Class,
    pub(crate) hears: BTreeMap<String, Ids>,
}

#[derive(Debug, Default)]
struct Channel {
    name: String,
    up: bool,
    ringing: bool,
    bridge: Option<String>,
    held: bool,
    ending: bool,
    room: Option<String>,
}

/// How far a ring has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ring {
    Open,
    Answered,
    Failed,
}

#[derive(Debug, Default)]
pub(crate) struct Reference {
    channels: BTreeMap<String, Channel>,
    gone: Ids,
    lots: Ids,
    /// Who is rung, by whom, and how that stands.
    rings: BTreeMap<String, (String, Ring)>,
    pub(crate) queues: BTreeMap<String, Vec<String>>,
    pub(crate) parked: BTreeMap<String, String>,
}

impl Reference {
    /// Takes in one event, as `Name: value` lines.
    pub(crate) fn hear(&mut self, text: &str) {
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        let said: BTreeMap<&str, &str> = lines.collect();
        let get = |name: &str| said.get(name).copied().unwrap_or_default();
        let (event, id, dest) = (get("Event"), get("Uniqueid"), get("DestUniqueid"));
        if event == "Newchannel" && !self.gone.contains(id) {
            let name = get("Channel").to_owned();
            let new = || Channel {
                name,
                ..Channel::default()
            };
            self.channels.entry(id.to_owned()).or_insert_with(new);
        }
        for prefix in ["", "Dest", "Parkee", "Retriever", "LocalOne", "LocalTwo"] {
            let state = get(&format!("{prefix}ChannelState"));
            if let Some(channel) = self.channels.get_mut(get(&format!("{prefix}Uniqueid"))) {
                (channel.up, channel.ringing) = (state == "6", state == "5");
            }
        }
        let (bridge, parkee, queue) = (get("BridgeUniqueid"), get("ParkeeUniqueid"), get("Queue"));
        match event {
            "Hangup" => self.hang_up(id),
            "HangupRequest" => self.with(id, |channel| channel.ending = true),
            "Hold" => self.with(id, |channel| channel.held = true),
            "Unhold" => self.with(id, |channel| channel.held = false),
            "DialBegin" | "DialState" => self.ring(id, dest, Ring::Open),
            "DialEnd" if get("DialStatus") == "ANSWER" => self.ring(id, dest, Ring::Answered),
            "DialEnd" => self.fail(dest),
            "BridgeCreate" | "BridgeEnter" => {
                if get("BridgeType") == "parking" {
                    self.lots.insert(bridge.to_owned());
                }
                self.enter(id, bridge);
            }
            "BridgeLeave" => self.leave(id, bridge),
            "BridgeMerge" => self.merge(get("ToBridgeUniqueid"), get("FromBridgeUniqueid")),
            "QueueCallerJoin" => self.join(id, queue, get("Position")),
            "QueueCallerLeave" => self.unqueue(id),
            "ParkedCall" if self.channels.contains_key(parkee) => {
                self.unqueue(parkee);
                self.parked
                    .insert(parkee.to_owned(), get("ParkingSpace").to_owned());
            }
            "UnParkedCall" | "ParkedCallGiveUp" | "ParkedCallTimeOut" => {
                self.parked.remove(parkee);
            }
            "ConfbridgeJoin" => self.with(id, |it| it.room = Some(get("Conference").to_owned())),
            "ConfbridgeLeave" => self.with(id, |channel| channel.room = None),
            _ => {}
        }
        self.forget_rings();
    }

    fn with(&mut self, id: &str, change: impl FnOnce(&mut Channel)) {
        self.channels.get_mut(id).map(change);
    }

    fn hang_up(&mut self, id: &str) {
        self.gone.insert(id.to_owned());
        self.channels.remove(id);
        self.parked.remove(id);
        self.unqueue(id);
    }

    fn ring(&mut self, caller: &str, dest: &str, how: Ring) {
        if self.channels.contains_key(caller) && self.channels.contains_key(dest) {
            self.rings.insert(dest.to_owned(), (caller.to_owned(), how));
            self.with(caller, |channel| channel.ending = false);
        }
    }

    fn fail(&mut self, dest: &str) {
        if let Some((_, how)) = self.rings.get_mut(dest) {
            *how = Ring::Failed;
            self.with(dest, |channel| channel.ending = true);
        }
    }

    fn enter(&mut self, id: &str, bridge: &str) {
        self.with(id, |channel| {
            if channel.bridge.as_deref() != Some(bridge) {
                (channel.bridge, channel.ending) = (Some(bridge.to_owned()), false);
            }
        });
    }

    /// Out of that bridge, and of no other. Whoever has been connected waits for no answer any more.
    fn leave(&mut self, id: &str, bridge: &str) {
        if self.bridge(id) == Some(bridge) {
            self.with(id, |channel| (channel.bridge, channel.held) = (None, false));
            self.rings.retain(|dest, (caller, how)| {
                *how != Ring::Answered || (dest != id && caller != id)
            });
        }
    }

    fn merge(&mut self, to: &str, from: &str) {
        let all: Vec<_> = self.channels.keys().cloned().collect();
        for id in all
            .iter()
            .filter(|id| self.bridge(id) == Some(from))
            .cloned()
            .collect::<Vec<_>>()
        {
            self.enter(&id, to);
        }
    }

    fn join(&mut self, id: &str, queue: &str, position: &str) {
        let waits = self
            .queues
            .get(queue)
            .is_some_and(|line| line.iter().any(|other| other == id));
        if self.channels.contains_key(id) && !waits {
            self.unqueue(id);
            let line = self.queues.entry(queue.to_owned()).or_default();
            let place = position
                .parse::<usize>()
                .map_or(line.len(), |place| place - 1);
            line.insert(place.min(line.len()), id.to_owned());
        }
    }

    fn unqueue(&mut self, id: &str) {
        self.queues
            .values_mut()
            .for_each(|line| line.retain(|other| other != id));
    }

    /// A ring is over when one of the two is gone, and when it has led the rung one into a bridge; once answered, both.
    fn forget_rings(&mut self) {
        let alive = |id: &str| self.channels.contains_key(id);
        let inside = |id: &str| {
            self.channels
                .get(id)
                .is_some_and(|channel| channel.bridge.is_some())
        };
        self.rings.retain(|dest, (caller, how)| {
            let connected = inside(dest) && (inside(caller) || *how != Ring::Answered);
            alive(dest) && alive(caller) && !connected
        });
    }

    fn bridge(&self, id: &str) -> Option<&str> {
        self.channels.get(id)?.bridge.as_deref()
    }

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
            () if self.rings.contains_key(id) && !channel.up => Class::Ringing,
            () if channel.ringing && !calls => Class::Ringing,
            () => Class::Waiting,
        }
    }

    /// All calls: whoever belongs together, for whatever reason. Local halves are wires, and shown only where there is nobody.
    pub(crate) fn calls(&self) -> BTreeSet<Seen> {
        let together = |id: &String| self.reach(id, |one, other| self.belongs(one, other));
        let all: BTreeSet<Ids> = self.channels.keys().map(together).collect();
        all.into_iter().map(|members| self.seen(members)).collect()
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
        let answers = |id: &String| {
            self.rings
                .iter()
                .any(|(dest, (caller, how))| *how == Ring::Answered && (dest == id || caller == id))
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
