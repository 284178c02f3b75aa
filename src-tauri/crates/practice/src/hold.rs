//! Hold: one of two who talk presses the key, the other hears music.

use crate::channel::{ChannelKey, Doing, Far, State};
use crate::class::Classes;
use crate::pbx::Pbx;
use crate::wire::event;

impl Pbx {
    /// Who picks up a second call holds the first.
    pub(crate) fn hold(&mut self, exten: &str, on: bool) {
        if let Some(key) = self.live_at(exten) {
            self.hold_leg(key, on);
        }
    }

    /// The newest call at a phone, whether it still rings or not.
    pub(crate) fn newest_at(&self, exten: &str) -> Option<ChannelKey> {
        let own = self.channels.iter().rev();
        let mut own = own.filter(|(_, channel)| channel.is_phone(exten));
        own.next().map(|(key, _)| *key)
    }

    /// The phone is told to talk on this leg: it answers what rings, or takes back what it holds. Only a trunk is not ours to
    /// press keys at.
    pub(crate) fn talk_key(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get(&key) else {
            return;
        };
        let Far::Phone(exten) = channel.far.clone() else {
            return;
        };
        let rings = matches!(channel.doing, Doing::Dialled(_)) && channel.state == State::Ringing;
        if rings {
            self.hold(&exten, true);
            self.pick_up(key);
        } else {
            self.hold_leg(key, false);
        }
    }

    /// The phone of this leg holds the other one, or takes it back. Nothing happens to one who talks with nobody.
    pub(crate) fn hold_leg(&mut self, key: ChannelKey, on: bool) {
        if self.talks_with(key).is_none() {
            return;
        }
        let Some(channel) = self
            .channels
            .get_mut(&key)
            .filter(|channel| channel.holding != on)
        else {
            return;
        };
        channel.holding = on;
        let text =
            event(if on { "Hold" } else { "Unhold" }, Classes::CALL).channel("", Some(channel));
        let text = if on {
            text.with("MusicClass", "default")
        } else {
            text
        };
        self.tell(Classes::CALL, text);
        for peer in self.peers(key) {
            self.music(
                if on {
                    "MusicOnHoldStart"
                } else {
                    "MusicOnHoldStop"
                },
                peer,
            );
        }
    }

    /// When a conversation ends nobody in it is held any more: the music stops, and no Unhold says so.
    pub(crate) fn end_holds(&mut self, key: ChannelKey) {
        let peers = self.peers(key);
        for one in peers.iter().copied().chain([key]) {
            let Some(channel) = self
                .channels
                .get_mut(&one)
                .filter(|channel| channel.holding)
            else {
                continue;
            };
            channel.holding = false;
            for held in self.peers(one) {
                self.music("MusicOnHoldStop", held);
            }
        }
    }

    /// A blind transfer says so even of one who held nobody.
    pub(crate) fn unhold(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&key) else {
            return;
        };
        channel.holding = false;
        let text = event("Unhold", Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
    }
}
