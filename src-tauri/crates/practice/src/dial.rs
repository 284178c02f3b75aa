//! `Dial`: legs out, ringing, answered, refused, cancelled.

use crate::channel::{CallerId, ChannelKey, DialledBy, Doing, Far, State};
use crate::class::Classes;
use crate::dialplan;
use crate::pbx::{NewChannel, Pbx, Task};
use crate::wire::event;

/// A leg's cause when its phone is not there.
const NOT_REGISTERED: u16 = 3;

impl Pbx {
    /// `caller` dials all of these devices at once.
    pub(crate) fn dial(&mut self, caller: ChannelKey, devices: &[String], seconds: u64) {
        let Some(own) = self.channels.get(&caller).cloned() else { return };
        let mut legs = Vec::new();
        for device in devices {
            let linkedid = Some(own.linkedid.clone());
            let Some(leg) = self.request(device, linkedid, (None, None), &own.context) else { continue };
            self.set_doing(leg, Doing::Dialled(DialledBy::Dial(caller)));
            self.introduce(leg, caller);
            legs.push((leg, device));
        }
        if legs.is_empty() {
            return self.dial_failed(caller, NOT_REGISTERED);
        }
        let step = self.set_doing(caller, Doing::Dialling(legs.iter().map(|(leg, _)| *leg).collect()));
        for (leg, device) in legs {
            self.dial_begin(Some(caller), leg, device);
            self.call(leg);
        }
        self.later(seconds * 1000, Task::DialExpires(caller, step));
    }

    /// A leg towards a device, silent yet; `None` if nothing is registered there. A client may choose the Uniqueid, and
    /// for a Local pair the second half's as well.
    pub(crate) fn request(
        &mut self,
        device: &str,
        linkedid: Option<String>,
        (uniqueid, other): (Option<String>, Option<String>),
        context: &str,
    ) -> Option<ChannelKey> {
        let (technology, rest) = device.split_once('/')?;
        if technology.eq_ignore_ascii_case("Local") {
            return self.request_local(rest, linkedid, uniqueid, other);
        }
        if !technology.eq_ignore_ascii_case("PJSIP") {
            return None;
        }
        let (name, caller, far, context) = match rest.split_once('@') {
            Some((number, "trunk")) => ("PJSIP/trunk".to_owned(), CallerId::new(number, ""), Far::Trunk, "from-trunk"),
            Some(_) => return None,
            None => {
                let phone = self.phones.get(rest).filter(|phone| phone.registered)?;
                let caller = CallerId::new(rest, &phone.name);
                (format!("PJSIP/{rest}"), caller, Far::Phone(rest.to_owned()), if context.is_empty() { "internal" } else { context })
            }
        };
        let name = self.new_name(&name);
        Some(self.new_channel(NewChannel { name, uniqueid, linkedid, state: State::Down, caller, context, exten: "", far }))
    }

    /// Each of the two learns who the other is.
    pub(crate) fn introduce(&mut self, leg: ChannelKey, caller: ChannelKey) {
        let (Some(called), Some(own)) = (self.channels.get(&leg), self.channels.get(&caller)) else { return };
        let (called, own) = (called.caller.clone(), own.caller.clone());
        self.set_connected(leg, own);
        self.set_connected(caller, called);
    }

    pub(crate) fn set_connected(&mut self, key: ChannelKey, connected: CallerId) {
        let Some(channel) = self.channels.get_mut(&key).filter(|channel| channel.connected != connected) else { return };
        channel.connected = connected;
        let text = event("NewConnectedLine", Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
    }

    pub(crate) fn dial_begin(&mut self, caller: Option<ChannelKey>, leg: ChannelKey, device: &str) {
        let dialled = device.split_once('/').map_or(device, |(_, rest)| rest);
        let text = self.dial_event("DialBegin", caller, leg).with("DialString", dialled);
        self.tell(Classes::CALL, text);
    }

    pub(crate) fn dial_end(&mut self, caller: Option<ChannelKey>, leg: ChannelKey, status: &str) {
        let text = self.dial_event("DialEnd", caller, leg).with("DialStatus", status);
        self.tell(Classes::CALL, text);
    }

    fn dial_event(&self, name: &str, caller: Option<ChannelKey>, leg: ChannelKey) -> crate::wire::Message {
        let caller = caller.and_then(|key| self.channels.get(&key));
        event(name, Classes::CALL).channel("", caller).channel("Dest", self.channels.get(&leg))
    }

    /// The leg goes out: a phone rings in a moment, a Local pair's other half runs its dialplan.
    pub(crate) fn call(&mut self, leg: ChannelKey) {
        let Some(channel) = self.channels.get(&leg) else { return };
        match channel.far {
            Far::Phone(_) | Far::Trunk => self.later(20, Task::Ring(leg)),
            Far::Local { other, .. } => self.call_local(leg, other),
        }
    }

    /// The far end alerts.
    pub(crate) fn ring(&mut self, leg: ChannelKey) {
        let Some(channel) = self.channels.get(&leg) else { return };
        let Doing::Dialled(by) = channel.doing.clone() else { return };
        let far = channel.far.clone();
        self.set_state(leg, State::Ringing);
        let caller = match by {
            DialledBy::Dial(caller) | DialledBy::Queue(caller, _) => Some(caller),
            DialledBy::Originate(_) => None,
        };
        let text = self.dial_event("DialState", caller, leg).with("DialStatus", "RINGING");
        self.tell(Classes::CALL, text);
        if let Some(caller) = caller {
            self.ring_back(caller);
        }
        self.manners(leg, &far);
    }

    /// The caller hears ringing; if it is a Local half, so does whoever dialled the other half.
    pub(crate) fn ring_back(&mut self, caller: ChannelKey) {
        if let Some(Far::Local { other, first: false, .. }) = self.channels.get(&caller).map(|channel| channel.far.clone()) {
            self.ring(other);
        }
    }

    /// The far end answers.
    pub(crate) fn pick_up(&mut self, leg: ChannelKey) {
        let Some(channel) = self.channels.get(&leg) else { return };
        let Doing::Dialled(by) = channel.doing.clone() else { return };
        self.set_state(leg, State::Up);
        match by {
            DialledBy::Dial(caller) => self.answered(caller, leg),
            DialledBy::Queue(caller, member) => self.member_answered(caller, leg, member),
            DialledBy::Originate(origin) => self.origin_answered(leg, *origin),
        }
    }

    fn answered(&mut self, caller: ChannelKey, leg: ChannelKey) {
        let Some(Doing::Dialling(legs)) = self.channels.get(&caller).map(|channel| channel.doing.clone()) else { return };
        self.dial_end(Some(caller), leg, "ANSWER");
        let others: Vec<ChannelKey> = legs.into_iter().filter(|other| *other != leg).collect();
        self.cancel(caller, &others, "CANCEL", 26);
        self.set_doing(caller, Doing::Nothing);
        self.answer(caller);
        self.join(leg, caller);
    }

    /// The channel is answered by the dialplan; if it is a Local half, so is the other.
    pub(crate) fn answer(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get(&key).filter(|channel| channel.state != State::Up) else { return };
        let far = channel.far.clone();
        self.set_state(key, State::Up);
        if let Far::Local { other, first: false, .. } = far {
            self.pick_up(other);
        }
    }

    /// The called one refuses.
    pub(crate) fn reject(&mut self, leg: ChannelKey, cause: u16) {
        if let Some(Doing::Dialled(by)) = self.channels.get(&leg).map(|channel| channel.doing.clone()) {
            self.leg_failed(leg, by, cause);
        }
    }

    /// A leg ends without an answer.
    pub(crate) fn leg_failed(&mut self, leg: ChannelKey, by: DialledBy, cause: u16) {
        let status = dial_status(cause);
        match by {
            DialledBy::Dial(caller) => {
                self.dial_end(Some(caller), leg, status);
                self.gone(leg, cause);
                self.one_leg_less(caller, leg, cause);
            }
            DialledBy::Queue(caller, member) => self.member_refused(caller, leg, member, status, cause),
            DialledBy::Originate(origin) => self.origin_failed(leg, &origin, 0, status, cause),
        }
    }

    fn one_leg_less(&mut self, caller: ChannelKey, leg: ChannelKey, cause: u16) {
        let Some(channel) = self.channels.get_mut(&caller) else { return };
        let Doing::Dialling(legs) = &mut channel.doing else { return };
        legs.retain(|other| *other != leg);
        if legs.is_empty() {
            self.dial_failed(caller, cause);
        }
    }

    /// Nobody answered: the dialplan goes on behind `Dial`.
    fn dial_failed(&mut self, caller: ChannelKey, cause: u16) {
        let Some(channel) = self.channels.get_mut(&caller) else { return };
        channel.cause = cause;
        self.go_on(caller);
    }

    pub(crate) fn dial_expired(&mut self, caller: ChannelKey) {
        let Some(Doing::Dialling(legs)) = self.channels.get(&caller).map(|channel| channel.doing.clone()) else { return };
        self.set_doing(caller, Doing::Nothing);
        self.cancel(caller, &legs, "NOANSWER", 127);
        self.dial_failed(caller, 127);
    }

    /// A number is dialled by somebody: a new channel runs the dialplan. Unknown numbers are refused before there is one.
    pub(crate) fn incoming(&mut self, far: Far, device: &str, caller: CallerId, context: &str, exten: &str) -> Option<ChannelKey> {
        if !dialplan::exists(context, exten, 1) {
            return None;
        }
        let name = self.new_name(device);
        let state = State::Ring;
        let key = self.new_channel(NewChannel { name, uniqueid: None, linkedid: None, state, caller, context, exten, far });
        self.run(key);
        Some(key)
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
