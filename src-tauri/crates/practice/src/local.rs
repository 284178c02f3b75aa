//! Local channels: a pair that ties a dialled leg to a piece of dialplan, and steps aside once both sides talk.

use crate::bridge::BridgeKind;
use crate::channel::{CallerId, ChannelKey, DialledBy, Doing, Far, State};
use crate::class::Classes;
use crate::create::NewChannel;
use crate::dialplan;
use crate::pbx::Pbx;
use crate::wire::{Message, event};

/// More pairs in a row than any dialplan makes.
const MOST_PAIRS: usize = 8;

impl Pbx {
    /// `101@internal/n`: both halves, silent yet. `None` if there is no such extension.
    pub(crate) fn request_local(
        &mut self,
        target: &str,
        linkedid: Option<String>,
        uniqueid: Option<String>,
        other: Option<String>,
    ) -> Option<ChannelKey> {
        let (place, options) = target.split_once('/').unwrap_or((target, ""));
        let (exten, context) = place.split_once('@').unwrap_or((place, "internal"));
        if !dialplan::exists(context, exten, 1) {
            return None;
        }
        let optimise = !options.contains('n');
        let name = self.new_name(&format!("Local/{exten}@{context}"));
        let second_id = other.or_else(|| uniqueid.as_ref().map(|id| format!("{id};2")));
        let far = |other| Far::Local {
            other,
            first: true,
            optimise,
        };
        // Each half must know the other before the other is there: the key is put in afterwards.
        let first = self.new_channel(NewChannel {
            name: format!("{name};1"),
            uniqueid,
            linkedid,
            state: State::Down,
            caller: CallerId::default(),
            context,
            exten,
            far: far(ChannelKey(0)),
        });
        let linkedid = self
            .channels
            .get(&first)
            .map(|channel| channel.linkedid.clone());
        let second = self.new_channel(NewChannel {
            name: format!("{name};2"),
            uniqueid: second_id,
            linkedid,
            state: State::Ring,
            caller: CallerId::default(),
            context,
            exten,
            far: Far::Local {
                other: first,
                first: false,
                optimise,
            },
        });
        if let Some(channel) = self.channels.get_mut(&first) {
            channel.far = far(second);
        }
        Some(first)
    }

    /// The first half is dialled: the second runs its dialplan, as the one who dialled it.
    pub(crate) fn call_local(&mut self, first: ChannelKey, second: ChannelKey) {
        let Some(half) = self.channels.get(&first) else {
            return;
        };
        let (connected, caller) = match &half.doing {
            Doing::Dialled(DialledBy::Queue(caller, _)) => (half.caller.clone(), self.who(*caller)),
            Doing::Dialled(_)
            | Doing::Nothing
            | Doing::Dialling(_)
            | Doing::Bridged
            | Doing::Staying
            | Doing::Queueing { .. }
            | Doing::Conferring(_)
            | Doing::Parked => (half.caller.clone(), half.connected.clone()),
        };
        self.set_caller(second, caller);
        self.set_connected(second, connected);
        let (context, exten, can) = match self.channels.get(&second) {
            Some(channel) => {
                let can = matches!(channel.far, Far::Local { optimise: true, .. });
                (channel.context.clone(), channel.exten.clone(), can)
            }
            None => return,
        };
        let text = self
            .both_halves("LocalBridge", first, second)
            .with("Context", context)
            .with("Exten", exten)
            .with("LocalOptimization", if can { "Yes" } else { "No" });
        self.tell(Classes::CALL, text);
        self.run_soon(second);
    }

    fn both_halves(&self, name: &str, first: ChannelKey, second: ChannelKey) -> Message {
        event(name, Classes::CALL)
            .channel("LocalOne", self.channels.get(&first))
            .channel("LocalTwo", self.channels.get(&second))
    }

    /// Both halves talk in basic bridges: the one behind the second half moves over to the first's bridge.
    pub(crate) fn optimise(&mut self, half: ChannelKey) {
        let Some(Far::Local {
            other,
            first,
            optimise: true,
        }) = self.channels.get(&half).map(|channel| channel.far.clone())
        else {
            return;
        };
        let (one, two) = if first { (half, other) } else { (other, half) };
        let (Some(_), Some(behind)) = (self.talks_with(one), self.talks_with(two)) else {
            return;
        };
        let Some(target) = self.channels.get(&one).and_then(|channel| channel.bridge) else {
            return;
        };
        if behind == one {
            return;
        }
        let id = |key| {
            self.channels
                .get(&key)
                .map(|channel| channel.uniqueid.clone())
                .unwrap_or_default()
        };
        let (swap, dest) = (id(one), id(two));
        let begin = self
            .both_halves("LocalOptimizationBegin", one, two)
            .channel("Source", self.channels.get(&behind))
            .with("DestUniqueId", dest)
            .with("Id", 0);
        self.tell(Classes::CALL, begin);
        self.step_out(behind);
        self.step_out(one);
        self.enter(target, behind, Some(&swap));
        // Asterisk 22 says so even when it went well.
        let end = self
            .both_halves("LocalOptimizationEnd", one, two)
            .with("Success", "No")
            .with("Id", 0);
        self.tell(Classes::CALL, end);
        self.set_doing(one, Doing::Nothing);
        self.gone(one, 16);
    }

    /// The phone at the other end of however many Local pairs; the channel itself if it is none.
    pub(crate) fn phone_behind(&self, key: ChannelKey) -> Option<ChannelKey> {
        let mut key = key;
        for _ in 0..MOST_PAIRS {
            match self.channels.get(&key)?.far {
                Far::Phone(_) | Far::Trunk => return Some(key),
                Far::Local { other, .. } => key = self.talks_with(other)?,
            }
        }
        None
    }

    /// The one partner of a channel in a basic bridge.
    pub(crate) fn talks_with(&self, key: ChannelKey) -> Option<ChannelKey> {
        let bridge = self.bridges.get(&self.channels.get(&key)?.bridge?)?;
        let peers = self.peers(key);
        match (&bridge.kind, peers.as_slice()) {
            (BridgeKind::Basic, [peer]) => Some(*peer),
            (BridgeKind::Basic | BridgeKind::Parking(_) | BridgeKind::Conference(_), _) => None,
        }
    }
}
