//! What an operator should see, said as plainly as it can be: written for clarity alone, slow, and knowing nothing of the board.
//! Events are read as text; who belongs together is found by asking everybody about everybody.

mod seen;

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
    /// The phone is known to make itself heard.
    Alerting,
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
    /// Who is being moved by a Local pair that takes itself out: the pair, and the bridge left meanwhile. It counts once the pair is done.
    moving: BTreeMap<String, (String, Option<String>)>,
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
            "DialState" if get("DialStatus") == "RINGING" => self.ring(id, dest, Ring::Alerting),
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
            "LocalOptimizationBegin" => {
                for who in ["LocalOneUniqueid", "LocalTwoUniqueid", "SourceUniqueid"].map(get) {
                    let moving = self.moving.entry(who.to_owned());
                    moving.or_insert((get("LocalOneUniqueid").to_owned(), None));
                }
            }
            "LocalOptimizationEnd" => self.moved(get("LocalOneUniqueid")),
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
        if let Some(channel) = self.channels.get_mut(id) {
            change(channel);
        }
    }

    fn hang_up(&mut self, id: &str) {
        if let Some((pair, _)) = self.moving.remove(id) {
            self.moved(&pair);
        }
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

    /// The pair is out: whoever has left and entered nothing has left now.
    fn moved(&mut self, pair: &str) {
        let done: Vec<_> = self
            .moving
            .extract_if(.., |_, (of, _)| of == pair)
            .filter_map(|(id, (_, left))| Some((id, left?)))
            .collect();
        done.iter().for_each(|(id, left)| self.leave(id, left));
    }

    /// Whoever hears somebody waits in no line.
    fn enter(&mut self, id: &str, bridge: &str) {
        if let Some(left) = self.moving.get_mut(id).and_then(|(_, left)| left.take()) {
            self.depart(id, &left);
        }
        self.unqueue_if_elsewhere(id, bridge);
        self.with(id, |channel| {
            if channel.bridge.as_deref() != Some(bridge) {
                (channel.bridge, channel.ending) = (Some(bridge.to_owned()), false);
            }
        });
    }

    fn leave(&mut self, id: &str, bridge: &str) {
        match self.moving.get_mut(id) {
            Some((_, left))
                if self
                    .channels
                    .get(id)
                    .is_some_and(|it| it.bridge.as_deref() == Some(bridge)) =>
            {
                left.get_or_insert(bridge.to_owned());
            }
            Some(_) => {}
            None => self.depart(id, bridge),
        }
    }

    /// Out of that bridge, and of no other. Whoever has been connected waits for no answer any more.
    fn depart(&mut self, id: &str, bridge: &str) {
        if self.bridge(id) == Some(bridge) {
            self.with(id, |channel| (channel.bridge, channel.held) = (None, false));
            self.rings.retain(|dest, (caller, how)| {
                *how != Ring::Answered || (dest != id && caller != id)
            });
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

    fn unqueue_if_elsewhere(&mut self, id: &str, bridge: &str) {
        if self.channels.contains_key(id) && self.bridge(id) != Some(bridge) {
            self.unqueue(id);
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
}
