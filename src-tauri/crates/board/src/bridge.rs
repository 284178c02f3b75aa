//! Bridges: where channels hear each other. Members are kept on the channels, once.

use ami::event::{BridgeEvent, BridgeSnapshot};

use crate::board::Board;
use crate::channel::Channel;
use crate::view::Millis;

/// What is known of a bridge besides its members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bridge {
    /// Parking and other holding bridges: members wait, they do not hear each other.
    pub holding: bool,
    /// Many may meet in it: a room.
    pub mixing: bool,
    /// Who entered last.
    last: Option<String>,
    pub(crate) suspect: bool,
}

impl Board {
    pub(crate) fn bridge(&mut self, event: &BridgeEvent<'_>, now: Millis) {
        match event {
            BridgeEvent::Exists(bridge) => self.note_bridge(bridge),
            BridgeEvent::Destroyed(bridge) => {
                let gone = self.bridges.remove(bridge.uniqueid.as_ref());
                if gone.is_some_and(|gone| gone.holding) {
                    self.channels.touch_bridge(&bridge.uniqueid);
                }
            }
            BridgeEvent::Enter {
                bridge, channel, ..
            } => {
                self.note_bridge(bridge);
                self.enter(&channel.uniqueid, &bridge.uniqueid, now);
            }
            BridgeEvent::Leave { bridge, channel } => {
                self.leave(&channel.uniqueid, &bridge.uniqueid, now)
            }
            // Each channel that moves says so itself; the one who transferred stays behind and leaves.
            BridgeEvent::Merge { .. } => {}
        }
    }

    /// Whether this channel is in a bridge that only holds it.
    #[must_use]
    pub fn is_held_in_lot(&self, channel: &Channel) -> bool {
        let bridge = channel.bridge_id().and_then(|id| self.bridges.get(id));
        bridge.is_some_and(|bridge| bridge.holding)
    }

    fn note_bridge(&mut self, bridge: &BridgeSnapshot<'_>) {
        let holding = bridge.kind.as_deref() == Some("parking")
            || bridge.technology.as_deref() == Some("holding_bridge");
        let mixing = bridge.technology.as_deref() == Some("softmix");
        let known = match self.bridges.get_mut(bridge.uniqueid.as_ref()) {
            Some(known) => known,
            None => {
                let name = bridge.uniqueid.clone().into_owned();
                self.bridges.entry(name).or_default()
            }
        };
        // A list may have put people into it before anybody said what it is.
        if known.holding != holding {
            self.channels.touch_bridge(&bridge.uniqueid);
        }
        (known.holding, known.mixing, known.suspect) = (holding, mixing, false);
    }

    /// Puts a channel into a bridge; being there already is no news.
    pub(crate) fn enter(&mut self, uniqueid: &str, bridge: &str, now: Millis) {
        if let Some((left, at)) = self.optimisations.postponed(uniqueid) {
            self.part(uniqueid, &left, at);
        }
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        if channel.bridge_id() == Some(bridge) {
            return;
        }
        (channel.ending, channel.went_on) = (None, false);
        if !self.bridges.get(bridge).is_some_and(|known| known.holding) {
            channel.talked.get_or_insert(now);
        }
        self.channels.put_in_bridge(uniqueid, Some((bridge, now)));
        self.settle_dials(uniqueid);
        self.meet(uniqueid, bridge);
        self.settle_recalls(uniqueid, bridge);
        // Whoever waits in line hears nobody: one who is put into a bridge leaves it, without a word where another program did it
        // (transcript `queue-bridged-from`).
        self.unqueue(uniqueid);
    }

    /// Two who are in one bridge talk with each other.
    fn meet(&mut self, uniqueid: &str, bridge: &str) {
        let known = self.bridges.get_mut(bridge);
        let Some(known) = known.filter(|known| !known.holding && !known.mixing) else {
            return;
        };
        let Some(other) = known.last.replace(uniqueid.to_owned()) else {
            return;
        };
        let stays = self.channels.get(&other);
        if other != uniqueid && stays.is_some_and(|channel| channel.bridge_id() == Some(bridge)) {
            self.note_partner(uniqueid, &other);
            self.note_partner(&other, uniqueid);
        }
    }

    /// Only out of the bridge it names: an older leave may come after a newer list.
    pub(crate) fn leave(&mut self, uniqueid: &str, bridge: &str, now: Millis) {
        let known = self.channels.get(uniqueid);
        let is_there = known.is_some_and(|channel| channel.bridge_id() == Some(bridge));
        if is_there && !self.optimisations.postpones(uniqueid, bridge, now) {
            self.part(uniqueid, bridge, now);
        }
    }

    fn part(&mut self, uniqueid: &str, bridge: &str, now: Millis) {
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        if channel.bridge_id() == Some(bridge) {
            channel.hold = None;
            channel.left = Some(now);
            self.channels.put_in_bridge(uniqueid, None);
            self.forget_answers(uniqueid);
            self.forget_recall(uniqueid);
        }
    }
}
