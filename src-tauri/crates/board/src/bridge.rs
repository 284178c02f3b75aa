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
    pub(crate) suspect: bool,
}

impl Board {
    pub(crate) fn bridge(&mut self, event: &BridgeEvent<'_>, now: Millis) {
        match event {
            BridgeEvent::Exists(bridge) => self.note_bridge(bridge),
            BridgeEvent::Destroyed(bridge) => {
                self.bridges.remove(bridge.uniqueid.as_ref());
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
        match self.bridges.get_mut(bridge.uniqueid.as_ref()) {
            Some(known) => (known.holding, known.suspect) = (holding, false),
            None => {
                self.bridges.insert(
                    bridge.uniqueid.clone().into_owned(),
                    Bridge {
                        holding,
                        suspect: false,
                    },
                );
            }
        }
    }

    /// Puts a channel into a bridge; being there already is no news.
    pub(crate) fn enter(&mut self, uniqueid: &str, bridge: &str, now: Millis) {
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        if channel.bridge_id() == Some(bridge) {
            return;
        }
        channel.bridge = Some((bridge.to_owned(), now));
        channel.ending = None;
        if !self.bridges.get(bridge).is_some_and(|known| known.holding) {
            channel.talked.get_or_insert(now);
        }
        self.settle_dials(uniqueid);
        // Whoever waits in line hears nobody: one who is put into a bridge leaves it, without a word where another program did it
        // (transcript `queue-bridged-from`).
        self.unqueue(uniqueid);
    }

    /// Only out of the bridge it names: an older leave may come after a newer list.
    pub(crate) fn leave(&mut self, uniqueid: &str, bridge: &str, now: Millis) {
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        if channel.bridge_id() == Some(bridge) {
            channel.bridge = None;
            channel.hold = None;
            channel.left = Some(now);
            self.forget_answers(uniqueid);
        }
    }
}
