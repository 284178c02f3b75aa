//! Bridges: where channels hear each other.

use crate::channel::{ChannelKey, Doing, Far};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::event;

/// The order in which bridges were made: our own key, never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BridgeKey(pub(crate) u64);

/// What a bridge is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BridgeKind {
    /// Two people talking.
    Basic,
    /// The callers parked in a lot.
    Parking(String),
    /// A conference room.
    Conference(String),
}

impl BridgeKind {
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Parking(_) => "parking",
            Self::Conference(_) => "base",
        }
    }

    pub(crate) fn technology(&self) -> &'static str {
        match self {
            Self::Basic => "simple_bridge",
            Self::Parking(_) => "holding_bridge",
            Self::Conference(_) => "softmix",
        }
    }

    pub(crate) fn creator(&self) -> &'static str {
        match self {
            Self::Basic => "<unknown>",
            Self::Parking(_) => "Parking",
            Self::Conference(_) => "ConfBridge",
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Basic => "<unknown>",
            Self::Parking(name) | Self::Conference(name) => name,
        }
    }
}

/// A queue's call in a bridge: it is reported when it ends.
#[derive(Debug, Clone)]
pub(crate) struct Served {
    pub(crate) queue: String,
    pub(crate) member: usize,
    pub(crate) caller: ChannelKey,
    pub(crate) agent: ChannelKey,
    pub(crate) waited: u64,
    pub(crate) since: u64,
}

/// One bridge.
#[derive(Debug, Clone)]
pub(crate) struct Bridge {
    pub(crate) uniqueid: String,
    pub(crate) kind: BridgeKind,
    pub(crate) members: Vec<ChannelKey>,
    /// Channels nobody is shown, such as a conference's announcer: counted all the same.
    pub(crate) hidden: usize,
    pub(crate) served: Option<Served>,
}

impl Pbx {
    pub(crate) fn create_bridge(&mut self, kind: BridgeKind) -> BridgeKey {
        let key = BridgeKey(self.next_key());
        let uniqueid = self.rng.uuid();
        let bridge = Bridge {
            uniqueid,
            kind,
            members: Vec::new(),
            hidden: 0,
            served: None,
        };
        self.tell(
            Classes::CALL,
            event("BridgeCreate", Classes::CALL).bridge(Some(&bridge)),
        );
        self.bridges.insert(key, bridge);
        key
    }

    /// A channel comes in; everybody in it takes the oldest Linkedid, and no event says so.
    pub(crate) fn enter(&mut self, key: BridgeKey, channel: ChannelKey, swap: Option<&str>) {
        let (Some(bridge), Some(entering)) =
            (self.bridges.get_mut(&key), self.channels.get_mut(&channel))
        else {
            return;
        };
        bridge.members.push(channel);
        entering.bridge = Some(key);
        let members = bridge.members.clone();
        let shares = bridge.kind == BridgeKind::Basic;
        if shares {
            self.share_linkedid(&members);
        }
        let text = event("BridgeEnter", Classes::CALL)
            .bridge(self.bridges.get(&key))
            .channel("", self.channels.get(&channel));
        let text = swap
            .into_iter()
            .fold(text, |text, old| text.with("SwapUniqueid", old));
        self.tell(Classes::CALL, text);
    }

    fn share_linkedid(&mut self, members: &[ChannelKey]) {
        let oldest = members
            .iter()
            .filter_map(|member| self.channels.get(member));
        let Some(oldest) = oldest
            .map(|channel| channel.linkedid.clone())
            .min_by_key(|id| age(id))
        else {
            return;
        };
        for member in members {
            if let Some(channel) = self.channels.get_mut(member) {
                channel.linkedid.clone_from(&oldest);
            }
        }
    }

    /// Two channels begin to talk: the one called enters first.
    pub(crate) fn join(&mut self, called: ChannelKey, caller: ChannelKey) -> BridgeKey {
        let key = self.create_bridge(BridgeKind::Basic);
        for member in [called, caller] {
            self.set_doing(member, Doing::Bridged);
            self.enter(key, member, None);
        }
        self.began_to_talk(key);
        key
    }

    /// After two are together: Local halves begin to step aside, and in a scripted day they will say goodbye.
    pub(crate) fn began_to_talk(&mut self, key: BridgeKey) {
        self.spies_look();
        let members = self
            .bridges
            .get(&key)
            .map(|bridge| bridge.members.clone())
            .unwrap_or_default();
        for member in members {
            if let Some(Far::Local { optimise: true, .. }) =
                self.channels.get(&member).map(|channel| &channel.far)
            {
                self.later(150, Task::Optimise(member));
            }
        }
        if let Some((from, to)) = self.talks_for {
            let after = self.rng.between(from, to);
            self.later(after, Task::SayGoodbye(key));
        }
    }

    /// One channel goes out of its bridge; nobody else does.
    pub(crate) fn step_out(&mut self, channel: ChannelKey) -> Option<BridgeKey> {
        let key = self.channels.get_mut(&channel)?.bridge.take()?;
        let bridge = self.bridges.get_mut(&key)?;
        bridge.members.retain(|member| *member != channel);
        let text = event("BridgeLeave", Classes::CALL)
            .bridge(self.bridges.get(&key))
            .channel("", self.channels.get(&channel));
        self.tell(Classes::CALL, text);
        Some(key)
    }

    /// A channel goes out of a basic bridge, which ends with it. Gives those left over, still up, with nobody to talk to.
    pub(crate) fn break_up(
        &mut self,
        channel: ChannelKey,
        moved: &[ChannelKey],
    ) -> Vec<ChannelKey> {
        self.end_holds(channel);
        let served = self.take_served(channel);
        let Some(key) = self.step_out(channel) else {
            return Vec::new();
        };
        let left = self
            .bridges
            .get(&key)
            .map(|bridge| bridge.members.clone())
            .unwrap_or_default();
        for peer in &left {
            self.step_out(*peer);
            self.set_doing(*peer, Doing::Nothing);
        }
        if let Some(served) = served {
            self.agent_complete(&served, channel, moved);
        }
        self.destroy_bridge(key);
        left.into_iter()
            .filter(|peer| !moved.contains(peer))
            .collect()
    }

    fn take_served(&mut self, channel: ChannelKey) -> Option<Served> {
        let key = self.channels.get(&channel)?.bridge?;
        self.bridges.get_mut(&key)?.served.take()
    }

    pub(crate) fn destroy_bridge(&mut self, key: BridgeKey) {
        if let Some(bridge) = self.bridges.remove(&key) {
            self.tell(
                Classes::CALL,
                event("BridgeDestroy", Classes::CALL).bridge(Some(&bridge)),
            );
        }
    }

    /// A basic bridge with fewer than two in it: they are let go, and it ends.
    pub(crate) fn end_if_lonely(&mut self, key: BridgeKey) {
        let members = self
            .bridges
            .get(&key)
            .map(|bridge| bridge.members.clone())
            .unwrap_or_default();
        match members.as_slice() {
            [] => self.destroy_bridge(key),
            [lonely] => self.hang_up(*lonely),
            _ => {}
        }
    }

    /// The others in a channel's bridge.
    pub(crate) fn peers(&self, channel: ChannelKey) -> Vec<ChannelKey> {
        let bridge = self
            .channels
            .get(&channel)
            .and_then(|own| own.bridge)
            .and_then(|key| self.bridges.get(&key));
        let members = bridge
            .map(|bridge| bridge.members.as_slice())
            .unwrap_or_default();
        members
            .iter()
            .copied()
            .filter(|member| *member != channel)
            .collect()
    }
}

/// A Uniqueid's age: seconds, then counter. Ids a client chose count as young.
fn age(id: &str) -> (u64, u64) {
    let parts = id
        .split_once('.')
        .and_then(|(seconds, count)| Some((seconds.parse().ok()?, count.parse().ok()?)));
    parts.unwrap_or((u64::MAX, 0))
}
