//! Channels pulled out of where they are by the action Bridge, and into a new conversation. An application that loses its
//! channel this way does not learn of it (`ast_channel_yank`): a Dial ends without DialEnd, a queue's place without a word.

use crate::bridge::BridgeKind;
use crate::channel::{ChannelKey, Doing, State};
use crate::pbx::Pbx;

/// The legs of a Dial that lost its caller end as if they were over.
const NORMAL: u16 = 16;

impl Pbx {
    /// Takes the channel out of whatever it does. Gives those left without anybody to talk to.
    pub(crate) fn yank(&mut self, key: ChannelKey, moved: &[ChannelKey]) -> Vec<ChannelKey> {
        let channel = self.channels.get_mut(&key);
        let doing = channel.map(|channel| {
            // Out of an application, not out of a bridge: the dialplan has gone one further.
            channel.priority += u32::from(channel.runs && channel.bridge.is_none());
            channel.doing.clone()
        });
        match doing {
            Some(Doing::Dialling(legs)) => {
                self.set_doing(key, Doing::Nothing);
                self.drop_legs(key, &legs);
                Vec::new()
            }
            Some(Doing::Queueing { queue, legs, .. }) => {
                self.set_doing(key, Doing::Nothing);
                self.music("MusicOnHoldStop", key);
                self.drop_legs(key, &legs);
                self.forget_caller(key, &queue);
                Vec::new()
            }
            Some(
                Doing::Nothing
                | Doing::Dialled(_)
                | Doing::Bridged
                | Doing::Staying
                | Doing::Conferring(_)
                | Doing::Parked,
            ) => self.leave(key, moved),
            None => Vec::new(),
        }
    }

    fn drop_legs(&mut self, key: ChannelKey, legs: &[ChannelKey]) {
        for leg in self.still_ringing(key, legs) {
            self.gone(leg, NORMAL);
        }
    }

    /// Bridge: both are pulled out of where they are and talk; their old partners are let go. Whoever runs dialplan goes on
    /// there afterwards.
    pub(crate) fn bridge_two(&mut self, one: ChannelKey, two: ChannelKey) {
        let bridge = self.create_bridge(BridgeKind::Basic);
        let mut orphans = Vec::new();
        for key in [one, two] {
            orphans.extend(self.pull_into(bridge, key, &[one, two]));
        }
        for (key, other) in [(one, two), (two, one)] {
            let who = self.who(other);
            self.set_connected(key, who);
        }
        self.began_to_talk(bridge);
        self.let_go(orphans);
        // A caller and the leg that rings for it: one of them has gone when the other was pulled out.
        self.end_if_lonely(bridge);
    }

    fn pull_into(
        &mut self,
        bridge: crate::bridge::BridgeKey,
        key: ChannelKey,
        moved: &[ChannelKey],
    ) -> Vec<ChannelKey> {
        self.stop_ringing_for(key);
        // Behind what it was doing.
        let channel = self.channels.get(&key);
        let after = channel.map(|channel| channel.priority + u32::from(channel.runs));
        let orphans = self.yank(key, moved);
        let up = |pbx: &Self| {
            pbx.channels
                .get(&key)
                .is_some_and(|channel| channel.state == State::Up)
        };
        if !up(self) {
            self.answer(key);
        }
        self.set_doing(key, Doing::Bridged);
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.goes_on = after;
        }
        self.enter(bridge, key, None);
        self.has_dialplan(key);
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.cause = 0;
        }
        orphans
    }

    /// The second one cannot be bridged: the first is pulled out of its call all the same, and goes down with the bridge.
    pub(crate) fn bridge_in_vain(&mut self, one: ChannelKey) {
        let bridge = self.create_bridge(BridgeKind::Basic);
        let orphans = self.pull_into(bridge, one, &[one]);
        self.let_go(orphans);
        self.step_out(one);
        self.destroy_bridge(bridge);
        self.set_doing(one, Doing::Nothing);
        self.let_go(vec![one]);
    }

    /// Asterisk makes the bridge before it knows that nobody can be moved into it.
    pub(crate) fn empty_bridge(&mut self) {
        let bridge = self.create_bridge(BridgeKind::Basic);
        self.destroy_bridge(bridge);
    }

    /// Those in a conference cannot be moved into other bridges.
    pub(crate) fn is_in_room(&self, key: ChannelKey) -> bool {
        self.channels
            .get(&key)
            .is_some_and(|channel| matches!(channel.doing, Doing::Conferring(_)))
    }

    /// A channel's full name; empty if it is gone.
    pub(crate) fn name_of(&self, key: ChannelKey) -> String {
        self.channels
            .get(&key)
            .map(|channel| channel.name.clone())
            .unwrap_or_default()
    }
}
