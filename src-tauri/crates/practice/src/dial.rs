//! `Dial`: legs out, ringing, answered, refused, cancelled.

use crate::channel::{ChannelKey, DialledBy, Doing, Far, State};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::{Message, event};

/// Nobody is registered there.
const NOT_THERE: u16 = 3;
const NORMAL: u16 = 16;
const BUSY: u16 = 17;
const ANSWERED_ELSEWHERE: u16 = 26;

impl Pbx {
    /// `caller` dials all of these devices at once.
    pub(crate) fn dial(&mut self, caller: ChannelKey, devices: &[String], seconds: u64) {
        let Some(linkedid) = self.channels.get(&caller).map(|own| own.linkedid.clone()) else {
            return;
        };
        let mut legs = Vec::new();
        for device in devices {
            let Some(leg) = self.request(device, Some(linkedid.clone()), (None, None)) else {
                continue;
            };
            self.set_doing(leg, Doing::Dialled(DialledBy::Dial(caller)));
            self.present(leg, caller);
            legs.push((leg, device));
        }
        if legs.is_empty() {
            return self.dial_failed(caller, NOT_THERE);
        }
        let step = self.set_doing(
            caller,
            Doing::Dialling(legs.iter().map(|(leg, _)| *leg).collect()),
        );
        for (leg, device) in &legs {
            self.call(*leg);
            self.dial_begin(
                Some(caller),
                *leg,
                device.split_once('/').map_or(device, |(_, rest)| rest),
            );
        }
        if let [(leg, _)] = legs.as_slice() {
            let called = self.who(*leg);
            self.set_connected(caller, called);
        }
        self.later(seconds * 1000, Task::DialExpires(caller, step));
    }

    /// The leg learns who calls, and which extension it is called for.
    pub(crate) fn present(&mut self, leg: ChannelKey, caller: ChannelKey) {
        let Some(own) = self.channels.get(&caller) else {
            return;
        };
        let (exten, who) = (own.exten.clone(), own.caller.clone());
        let Some(channel) = self.channels.get_mut(&leg) else {
            return;
        };
        channel.exten.clone_from(&exten);
        if channel.caller.number.is_empty() {
            self.set_caller(leg, crate::channel::CallerId::new(&exten, ""));
        }
        self.set_connected(leg, who);
    }

    pub(crate) fn dial_begin(
        &mut self,
        caller: Option<ChannelKey>,
        leg: ChannelKey,
        dialled: &str,
    ) {
        let text = self
            .dial_event("DialBegin", caller, leg)
            .with("DialString", dialled);
        self.tell(Classes::CALL, text);
    }

    pub(crate) fn dial_end(&mut self, caller: Option<ChannelKey>, leg: ChannelKey, status: &str) {
        let text = self
            .dial_event("DialEnd", caller, leg)
            .with("DialStatus", status);
        self.tell(Classes::CALL, text);
    }

    fn dial_event(&self, name: &str, caller: Option<ChannelKey>, leg: ChannelKey) -> Message {
        let caller = caller.and_then(|key| self.channels.get(&key));
        event(name, Classes::CALL)
            .channel("", caller)
            .channel("Dest", self.channels.get(&leg))
    }

    /// The leg goes out: a phone rings in a moment, a Local pair's other half runs its dialplan.
    pub(crate) fn call(&mut self, leg: ChannelKey) {
        let Some(channel) = self.channels.get(&leg) else {
            return;
        };
        match channel.far {
            Far::Phone(_) | Far::Trunk => self.later(20, Task::Ring(leg)),
            Far::Local { other, .. } => self.call_local(leg, other),
        }
    }

    /// The far end alerts.
    pub(crate) fn ring(&mut self, leg: ChannelKey) {
        let Some(channel) = self
            .channels
            .get(&leg)
            .filter(|channel| channel.state == State::Down)
        else {
            return;
        };
        let Doing::Dialled(by) = channel.doing.clone() else {
            return;
        };
        let far = channel.far.clone();
        if self.finds_it_busy(leg) {
            return self.reject(leg);
        }
        self.set_state(leg, State::Ringing);
        let caller = match by {
            DialledBy::Dial(caller) => Some(caller),
            DialledBy::Queue(caller, _) => {
                let text =
                    event("NewConnectedLine", Classes::CALL).channel("", self.channels.get(&leg));
                self.tell(Classes::CALL, text);
                Some(caller)
            }
            DialledBy::Originate(_) => None,
        };
        let text = self
            .dial_event("DialState", caller, leg)
            .with("DialStatus", "RINGING");
        self.tell(Classes::CALL, text);
        if let Some(caller) = caller {
            self.ring_back(caller);
        }
        self.manners(leg, &far);
    }

    /// The caller hears ringing; if it is a Local half, so does whoever dialled the other half.
    pub(crate) fn ring_back(&mut self, caller: ChannelKey) {
        if let Some(Far::Local {
            other,
            first: false,
            ..
        }) = self
            .channels
            .get(&caller)
            .map(|channel| channel.far.clone())
        {
            self.ring(other);
        }
    }

    /// The far end answers.
    pub(crate) fn pick_up(&mut self, leg: ChannelKey) {
        let Some(channel) = self.channels.get(&leg) else {
            return;
        };
        let Doing::Dialled(by) = channel.doing.clone() else {
            return;
        };
        self.set_state(leg, State::Up);
        match by {
            DialledBy::Dial(caller) => self.answered(caller, leg),
            DialledBy::Queue(caller, member) => self.member_answered(caller, leg, member),
            DialledBy::Originate(origin) => self.origin_answered(leg, *origin),
        }
    }

    fn answered(&mut self, caller: ChannelKey, leg: ChannelKey) {
        let Some(Doing::Dialling(legs)) = self
            .channels
            .get(&caller)
            .map(|channel| channel.doing.clone())
        else {
            return;
        };
        let called = self.who(leg);
        self.set_connected(caller, called);
        let others: Vec<ChannelKey> = self
            .still_ringing(caller, &legs)
            .into_iter()
            .filter(|other| *other != leg)
            .collect();
        for other in &others {
            self.dial_end(Some(caller), *other, "CANCEL");
        }
        if let Some(channel) = self.channels.get_mut(&leg) {
            channel.exten.clear();
            channel.cause = NORMAL;
        }
        self.dial_end(Some(caller), leg, "ANSWER");
        self.set_doing(caller, Doing::Nothing);
        self.answer(caller);
        for other in others {
            self.gone(other, ANSWERED_ELSEWHERE);
        }
        if let Some(channel) = self.channels.get_mut(&caller) {
            channel.cause = NORMAL;
        }
        self.join(leg, caller);
    }

    /// The channel is answered by the dialplan; if it is a Local half, so is the other.
    pub(crate) fn answer(&mut self, key: ChannelKey) {
        let Some(channel) = self
            .channels
            .get(&key)
            .filter(|channel| channel.state != State::Up)
        else {
            return;
        };
        let far = channel.far.clone();
        self.set_state(key, State::Up);
        if let Far::Local {
            other,
            first: false,
            ..
        } = far
        {
            self.pick_up(other);
        }
    }

    /// The called one refuses.
    pub(crate) fn reject(&mut self, leg: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&leg) else {
            return;
        };
        if let Doing::Dialled(by) = channel.doing.clone() {
            channel.cause = BUSY;
            self.hangup_request(leg);
            self.leg_failed(leg, by, BUSY);
        }
    }

    /// A leg ends without an answer.
    pub(crate) fn leg_failed(&mut self, leg: ChannelKey, by: DialledBy, cause: u16) {
        let status = dial_status(cause);
        match by {
            DialledBy::Dial(caller) => {
                self.dial_end(Some(caller), leg, status);
                self.set_doing(leg, Doing::Nothing);
                self.gone(leg, cause);
                self.one_leg_less(caller, leg, cause);
            }
            DialledBy::Queue(caller, member) => self.member_refused(caller, leg, member, cause),
            DialledBy::Originate(origin) => self.origin_failed(leg, &origin, status, cause),
        }
    }

    fn one_leg_less(&mut self, caller: ChannelKey, leg: ChannelKey, cause: u16) {
        let Some(channel) = self.channels.get_mut(&caller) else {
            return;
        };
        let Doing::Dialling(legs) = &mut channel.doing else {
            return;
        };
        legs.retain(|other| *other != leg);
        if legs.is_empty() {
            self.dial_failed(caller, cause);
        }
    }

    /// Nobody answered: the dialplan goes on behind `Dial`.
    fn dial_failed(&mut self, caller: ChannelKey, cause: u16) {
        if let Some(channel) = self.channels.get_mut(&caller) {
            channel.cause = cause;
        }
        self.go_on(caller);
    }

    pub(crate) fn dial_expired(&mut self, caller: ChannelKey) {
        let Some(Doing::Dialling(legs)) = self
            .channels
            .get(&caller)
            .map(|channel| channel.doing.clone())
        else {
            return;
        };
        self.set_doing(caller, Doing::Nothing);
        self.cancel(caller, &legs, "NOANSWER", 0);
        self.dial_failed(caller, NORMAL);
    }
}

/// What `DialEnd` says of a leg that ended with this cause (`ast_hangup_cause_to_dial_status`).
fn dial_status(cause: u16) -> &'static str {
    match cause {
        17 | 21 => "BUSY",
        34 => "CONGESTION",
        3 | 20 => "CHANUNAVAIL",
        _ => "NOANSWER",
    }
}
