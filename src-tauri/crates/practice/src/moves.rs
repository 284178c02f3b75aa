//! Moving channels: Redirect, blind transfer, parking somebody.

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

/// How somebody is to be parked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parking {
    pub(crate) lot: String,
    /// The space asked for; another if it is taken.
    pub(crate) wanted: Option<u32>,
    /// Whom to ring when time is up, as a dial string; empty if nobody.
    pub(crate) parker: String,
    /// Seconds; the lot's own if none is given.
    pub(crate) timeout: Option<u64>,
}

impl Parking {
    /// In this lot, as its configuration has it.
    pub(crate) fn by(parker: &str, lot: &str) -> Self {
        Self {
            lot: lot.to_owned(),
            wanted: None,
            parker: parker.to_owned(),
            timeout: None,
        }
    }
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
    pub(crate) fn stop_ringing_for(&mut self, leg: ChannelKey) {
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
            self.park_away(transferee, Parking::by(&parker, lot), None);
            return Some(());
        }
        self.redirect(&[(transferee, place)]);
        Some(())
    }

    /// A channel is parked, out of whatever it does; whoever talked with it is let go, or (`hears`) stays until it has
    /// heard the space announced.
    pub(crate) fn park_away(
        &mut self,
        key: ChannelKey,
        parking: Parking,
        hears: Option<ChannelKey>,
    ) {
        self.stop_ringing_for(key);
        let alone = hears.filter(|hears| self.talks_with(key) == Some(*hears));
        let orphans = match alone {
            Some(_) => {
                self.end_holds(key);
                self.step_out(key);
                Vec::new()
            }
            None => self.yank(key, &[]),
        };
        self.park(key, &parking);
        self.let_go(orphans);
        if let Some(alone) = alone {
            self.linger(alone, ANNOUNCEMENT);
        }
    }

    /// The partner parks it, as from its phone: it stays alone in the old bridge until it has heard the space announced.
    /// No such lot, or no space in it: the partner hears so, and they talk on.
    pub(crate) fn park_announced(&mut self, key: ChannelKey, parker: ChannelKey, parking: Parking) {
        if self.free_space(&parking).is_none() {
            return;
        }
        let device = self
            .channels
            .get(&parker)
            .map(|channel| channel.device().to_owned())
            .unwrap_or_default();
        self.end_holds(key);
        self.step_out(key);
        self.park(
            key,
            &Parking {
                parker: device,
                ..parking
            },
        );
        self.linger(parker, ANNOUNCEMENT);
    }
}
