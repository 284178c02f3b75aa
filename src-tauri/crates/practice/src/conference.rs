//! Conference rooms.

use crate::bridge::BridgeKind;
use crate::channel::{ChannelKey, Doing, State};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::event;

impl Pbx {
    pub(crate) fn enter_room(&mut self, key: ChannelKey, room: &str, admin: bool) {
        if !self
            .channels
            .get(&key)
            .is_some_and(|channel| channel.state == State::Up)
        {
            self.answer(key);
        }
        let bridge = match self.rooms.get(room) {
            Some(bridge) => *bridge,
            None => {
                let bridge = self.create_bridge(BridgeKind::Conference(room.to_owned()));
                self.rooms.insert(room.to_owned(), bridge);
                if let Some(room) = self.bridges.get_mut(&bridge) {
                    room.hidden = 1;
                }
                let text = event("ConfbridgeStart", Classes::CALL)
                    .with("Conference", room)
                    .bridge(self.bridges.get(&bridge));
                self.tell(Classes::CALL, text);
                bridge
            }
        };
        let step = self.set_doing(key, Doing::Conferring(room.to_owned()));
        self.enter(bridge, key, None);
        let text = event("ConfbridgeJoin", Classes::CALL)
            .with("Conference", room)
            .bridge(self.bridges.get(&bridge))
            .channel("", self.channels.get(&key))
            .with("Admin", if admin { "Yes" } else { "No" })
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

    pub(crate) fn leave_room(&mut self, key: ChannelKey, room: &str) {
        let rest = self.peers(key);
        self.set_doing(key, Doing::Nothing);
        if rest.is_empty() {
            self.music("MusicOnHoldStop", key);
        }
        let Some(bridge) = self.rooms.get(room).copied() else {
            return;
        };
        let text = event("ConfbridgeLeave", Classes::CALL)
            .with("Conference", room)
            .bridge(self.bridges.get(&bridge))
            .channel("", self.channels.get(&key))
            .with("Admin", "No");
        self.tell(Classes::CALL, text);
        self.step_out(key);
        match rest.as_slice() {
            [] => self.end_room(room),
            [lonely] => self.music("MusicOnHoldStart", *lonely),
            _ => {}
        }
    }

    fn end_room(&mut self, room: &str) {
        let Some(key) = self.rooms.remove(room) else {
            return;
        };
        let text = event("ConfbridgeEnd", Classes::CALL)
            .with("Conference", room)
            .bridge(self.bridges.get(&key));
        self.tell(Classes::CALL, text);
        if let Some(bridge) = self.bridges.get_mut(&key) {
            bridge.hidden = 0;
        }
        self.destroy_bridge(key);
    }
}
