//! Moving channels: Redirect, Bridge, blind transfer, parking somebody.

use crate::bridge::BridgeKind;
use crate::channel::{ChannelKey, DialledBy, Doing};
use crate::class::Classes;
use crate::dialplan::{self, Step};
use crate::pbx::Pbx;
use crate::wire::event;

/// How long one who only hears a parking space announced stays on the line.
const ANNOUNCEMENT: u64 = 2_500;

/// Where somebody is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) context: String,
    pub(crate) exten: String,
    pub(crate) priority: u32,
}

impl Pbx {
    /// Redirect: these channels leave what they do and run another extension. Whoever talked to them is hung up,
    /// unless it is moved as well. Nobody asks whether the extension exists.
    pub(crate) fn redirect(&mut self, moves: &[(ChannelKey, Place)]) {
        let moved: Vec<ChannelKey> = moves.iter().map(|(key, _)| *key).collect();
        for (key, place) in moves {
            self.place(*key, &place.context, &place.exten, place.priority);
        }
        let mut orphans = Vec::new();
        for key in &moved {
            self.stop_ringing_for(*key);
            orphans.extend(self.leave(*key, &moved));
        }
        for key in moved {
            self.has_dialplan(key);
            self.run_soon(key);
        }
        self.let_go(orphans);
    }

    /// A leg that still rings is moved: whoever dialled it is lost, it goes on dialling by itself.
    fn stop_ringing_for(&mut self, leg: ChannelKey) {
        let Some(Doing::Dialled(by)) = self.channels.get(&leg).map(|channel| channel.doing.clone())
        else {
            return;
        };
        self.set_doing(leg, Doing::Nothing);
        match by {
            DialledBy::Dial(caller) => {
                self.forget_leg(caller, leg);
                if let Some(channel) = self.channels.get_mut(&caller) {
                    channel.priority += 1;
                    channel.cause = 16;
                }
                self.hang_up(caller);
            }
            DialledBy::Queue(caller, _) => {
                self.dial_end(Some(caller), leg, "CANCEL");
                self.forget_leg(caller, leg);
            }
            DialledBy::Originate(origin) => {
                self.dial_end(None, leg, "CANCEL");
                self.originate_response(&origin, None, 0);
            }
        }
    }

    /// From now on the channel runs dialplan of its own, even one that was dialled.
    pub(crate) fn has_dialplan(&mut self, key: ChannelKey) {
        if let Some(channel) = self.channels.get_mut(&key) {
            channel.runs = true;
        }
    }

    fn forget_leg(&mut self, caller: ChannelKey, leg: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&caller) else {
            return;
        };
        match &mut channel.doing {
            Doing::Dialling(legs) | Doing::Queueing { legs, .. } => {
                legs.retain(|other| *other != leg)
            }
            Doing::Nothing | Doing::Dialled(_) | Doing::Bridged | Doing::Staying => {}
            Doing::Conferring(_) | Doing::Parked => {}
        }
    }

    /// Bridge: both are pulled out of where they are and talk; their old partners are let go.
    pub(crate) fn bridge_two(&mut self, one: ChannelKey, two: ChannelKey) {
        let bridge = self.create_bridge(BridgeKind::Basic);
        let mut orphans = Vec::new();
        for key in [one, two] {
            self.stop_ringing_for(key);
            orphans.extend(self.leave(key, &[one, two]));
            self.set_doing(key, Doing::Bridged);
            if let Some(channel) = self.channels.get_mut(&key).filter(|channel| channel.runs) {
                // Where it is to go on afterwards: behind what it was doing.
                channel.priority += 1;
            }
            self.enter(bridge, key, None);
        }
        for (key, other) in [(one, two), (two, one)] {
            let who = self.who(other);
            self.set_connected(key, who);
            self.has_dialplan(key);
            if let Some(channel) = self.channels.get_mut(&key) {
                channel.cause = 0;
            }
        }
        self.began_to_talk(bridge);
        self.let_go(orphans);
        // A caller and the leg that rings for it: one of them has gone when the other was pulled out.
        self.end_if_lonely(bridge);
    }

    /// Asterisk bridges a channel with itself by ending its call.
    pub(crate) fn bridge_with_itself(&mut self, key: ChannelKey) {
        self.hang_up(key);
    }

    /// BlindTransfer: the transferrer goes, its partner runs the extension. `None`: it talks with nobody.
    pub(crate) fn blind_transfer(
        &mut self,
        transferrer: ChannelKey,
        context: &str,
        exten: &str,
    ) -> Option<()> {
        let transferee = self.talks_with(transferrer)?;
        let place = Place {
            context: context.to_owned(),
            exten: exten.to_owned(),
            priority: 1,
        };
        let bridge = self
            .channels
            .get(&transferrer)
            .and_then(|channel| channel.bridge);
        self.unhold(transferrer);
        let text = event("BlindTransfer", Classes::CALL)
            .with("Result", "Success")
            .channel("Transferer", self.channels.get(&transferrer))
            .channel("Transferee", self.channels.get(&transferee))
            .bridge(bridge.and_then(|key| self.bridges.get(&key)))
            .with("IsExternal", "Yes")
            .with("Context", context)
            .with("Extension", exten);
        self.tell(Classes::CALL, text);
        if let Some(Step::Park(lot)) = dialplan::step(context, exten, 1) {
            let parker = self
                .channels
                .get(&transferrer)
                .map(|channel| channel.device().to_owned())
                .unwrap_or_default();
            self.park_away(transferee, lot, None, &parker, None);
            return Some(());
        }
        self.redirect(&[(transferee, place)]);
        Some(())
    }

    /// A talking channel is parked; its partner is let go.
    pub(crate) fn park_away(
        &mut self,
        key: ChannelKey,
        lot: &str,
        wanted: Option<u32>,
        parker: &str,
        timeout: Option<u64>,
    ) {
        self.stop_ringing_for(key);
        let orphans = self.leave(key, &[]);
        self.park(key, lot, wanted, parker, timeout);
        self.let_go(orphans);
    }

    /// The same, but the partner stays alone in the old bridge until it has heard the space announced.
    pub(crate) fn park_announced(
        &mut self,
        key: ChannelKey,
        lot: &str,
        wanted: Option<u32>,
        parker: ChannelKey,
        timeout: Option<u64>,
    ) {
        let device = self
            .channels
            .get(&parker)
            .map(|channel| channel.device().to_owned())
            .unwrap_or_default();
        self.end_holds(key);
        self.step_out(key);
        self.park(key, lot, wanted, &device, timeout);
        self.linger(parker, ANNOUNCEMENT);
    }
}
