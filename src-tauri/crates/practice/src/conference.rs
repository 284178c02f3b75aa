//! Conference rooms.

use std::collections::BTreeSet;

use crate::Millis;
use crate::bridge::{BridgeKey, BridgeKind};
use crate::channel::{ChannelKey, Doing, State};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::{Message, event};

/// How long one who is turned away is told that the room is locked.
const SORRY: Millis = 2_000;
/// The cause of those who were put out.
const NORMAL: u16 = 16;

/// A room and what was decided in it.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    pub(crate) bridge: BridgeKey,
    /// Nobody else comes in, but its administrators.
    pub(crate) locked: bool,
    pub(crate) recorded: bool,
    pub(crate) admins: BTreeSet<ChannelKey>,
    pub(crate) muted: BTreeSet<ChannelKey>,
}

impl Pbx {
    pub(crate) fn enter_room(&mut self, key: ChannelKey, room: &str, admin: bool) {
        if !self
            .channels
            .get(&key)
            .is_some_and(|channel| channel.state == State::Up)
        {
            self.answer(key);
        }
        if !admin && self.rooms.get(room).is_some_and(|room| room.locked) {
            return self.turn_away(key);
        }
        let bridge = self.open_room(room);
        if let Some(room) = self.rooms.get_mut(room).filter(|_| admin) {
            room.admins.insert(key);
        }
        let step = self.set_doing(key, Doing::Conferring(room.to_owned()));
        self.enter(bridge, key, None);
        let text = self
            .member_of_room("ConfbridgeJoin", key, room)
            .with("Muted", "No");
        self.tell(Classes::CALL, text);
        match self.peers(key).as_slice() {
            [] => self.music("MusicOnHoldStart", key),
            [lonely] => self.music("MusicOnHoldStop", *lonely),
            _ => {}
        }
        if self.talks_for.is_some() {
            let after = self.rng.between(180_000, 400_000);
            self.later(after, Task::GiveUp(key, step));
        }
    }

    fn open_room(&mut self, room: &str) -> BridgeKey {
        if let Some(room) = self.rooms.get(room) {
            return room.bridge;
        }
        let bridge = self.create_bridge(BridgeKind::Conference(room.to_owned()));
        let new = Room {
            bridge,
            locked: false,
            recorded: false,
            admins: BTreeSet::new(),
            muted: BTreeSet::new(),
        };
        self.rooms.insert(room.to_owned(), new);
        // The announcer.
        self.hide(bridge, 1);
        let text = self.room_event("ConfbridgeStart", room);
        self.tell(Classes::CALL, text);
        bridge
    }

    /// So many channels nobody is shown are in the bridge.
    fn hide(&mut self, bridge: BridgeKey, hidden: usize) {
        if let Some(bridge) = self.bridges.get_mut(&bridge) {
            bridge.hidden = hidden;
        }
    }

    /// Who comes to a locked room hears so, and goes on in the dialplan.
    fn turn_away(&mut self, key: ChannelKey) {
        let step = self.set_doing(key, Doing::Staying);
        self.later(SORRY, Task::GoOn(key, step));
    }

    fn room_event(&self, name: &str, room: &str) -> Message {
        let bridge = self.rooms.get(room).map(|room| room.bridge);
        event(name, Classes::CALL)
            .with("Conference", room)
            .bridge(bridge.and_then(|bridge| self.bridges.get(&bridge)))
    }

    fn member_of_room(&self, name: &str, key: ChannelKey, room: &str) -> Message {
        let rooms = self.rooms.get(room);
        let admin = rooms.is_some_and(|room| room.admins.contains(&key));
        self.room_event(name, room)
            .channel("", self.channels.get(&key))
            .with("Admin", if admin { "Yes" } else { "No" })
    }

    pub(crate) fn leave_room(&mut self, key: ChannelKey, room: &str) {
        let rest = self.peers(key);
        self.set_doing(key, Doing::Nothing);
        if rest.is_empty() {
            self.music("MusicOnHoldStop", key);
        }
        let text = self.member_of_room("ConfbridgeLeave", key, room);
        let Some(left) = self.rooms.get_mut(room) else {
            return;
        };
        left.admins.remove(&key);
        left.muted.remove(&key);
        self.tell(Classes::CALL, text);
        self.step_out(key);
        match rest.as_slice() {
            [] => self.end_room(room),
            [lonely] => self.music("MusicOnHoldStart", *lonely),
            _ => {}
        }
    }

    fn end_room(&mut self, room: &str) {
        let text = self.room_event("ConfbridgeEnd", room);
        let Some(Room { bridge, .. }) = self.rooms.remove(room) else {
            return;
        };
        self.tell(Classes::CALL, text);
        self.hide(bridge, 0);
        self.destroy_bridge(bridge);
    }

    /// Somebody is put out, and goes on in the dialplan.
    pub(crate) fn kick(&mut self, key: ChannelKey, room: &str) {
        self.leave_room(key, room);
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.cause = NORMAL;
        }
        self.go_on(key);
    }

    /// Somebody is not heard in the room any more, or is again. It is told even if it was so before.
    pub(crate) fn mute_in_room(&mut self, key: ChannelKey, room: &str, on: bool) {
        let Some(own) = self.rooms.get_mut(room) else {
            return;
        };
        match on {
            true => own.muted.insert(key),
            false => own.muted.remove(&key),
        };
        let name = if on {
            "ConfbridgeMute"
        } else {
            "ConfbridgeUnmute"
        };
        let text = self.member_of_room(name, key, room);
        self.tell(Classes::CALL, text);
    }

    /// The recorder is in the bridge as well, counted and not shown.
    pub(crate) fn record_room(&mut self, room: &str, on: bool) {
        let Some(own) = self.rooms.get_mut(room) else {
            return;
        };
        own.recorded = on;
        let bridge = own.bridge;
        self.hide(bridge, 2);
        let name = if on {
            "ConfbridgeRecord"
        } else {
            "ConfbridgeStopRecord"
        };
        let text = self.room_event(name, room);
        self.tell(Classes::CALL, text);
        self.hide(bridge, 1 + usize::from(on));
    }

    /// Those in a room.
    pub(crate) fn in_room(&self, room: &str) -> Vec<ChannelKey> {
        let bridge = self.rooms.get(room).map(|room| room.bridge);
        let bridge = bridge.and_then(|bridge| self.bridges.get(&bridge));
        bridge.map_or_else(Vec::new, |bridge| bridge.members.clone())
    }
}
