//! Phones: what hands do with them, how people behave, and the states and hints that show it.

use crate::Millis;
use crate::channel::{ChannelKey, Doing, Far, State};
use crate::class::Classes;
use crate::pbx::{Pbx, Task};
use crate::wire::event;

/// What a person does with a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneAct {
    /// Lifts the receiver and dials.
    Dial(String),
    /// Picks up the oldest call that rings there.
    Answer,
    /// Refuses the oldest call that rings there: busy.
    Reject,
    /// Ends the newest call; one that only rings is refused.
    HangUp,
    /// Puts the other one on hold.
    Hold,
    /// Takes the other one back from hold.
    Resume,
    /// The phone logs out of the PBX.
    Unregister,
    /// The phone logs in to the PBX.
    Register,
}

/// How somebody behaves when the phone rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Only a test's hands touch it.
    Hands,
    /// Picks up after a time between these.
    Answers(Millis, Millis),
    /// Lets it ring.
    Never,
    /// Refuses after a time between these.
    Rejects(Millis, Millis),
}

/// A phone.
#[derive(Debug, Clone)]
pub(crate) struct Phone {
    pub(crate) name: String,
    pub(crate) registered: bool,
    pub(crate) manner: Manner,
}

/// What a device does (`AST_DEVICE_*`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeviceState {
    NotInUse,
    InUse,
    Unavailable,
    Ringing,
    RingInUse,
    OnHold,
}

impl DeviceState {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::NotInUse => "NOT_INUSE",
            Self::InUse => "INUSE",
            Self::Unavailable => "UNAVAILABLE",
            Self::Ringing => "RINGING",
            Self::RingInUse => "RINGINUSE",
            Self::OnHold => "ONHOLD",
        }
    }

    /// As `PJSIPShowEndpoints` writes it.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::NotInUse => "Not in use",
            Self::InUse => "In use",
            Self::Unavailable => "Unavailable",
            Self::Ringing => "Ringing",
            Self::RingInUse => "Ring+Inuse",
            Self::OnHold => "On Hold",
        }
    }

    /// As queues number it.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::NotInUse => 1,
            Self::InUse => 2,
            Self::Unavailable => 5,
            Self::Ringing => 6,
            Self::RingInUse => 7,
            Self::OnHold => 8,
        }
    }

    /// As hints show it.
    pub(crate) fn extension(self) -> (u8, &'static str) {
        match self {
            Self::NotInUse => (0, "Idle"),
            Self::InUse => (1, "InUse"),
            Self::Unavailable => (4, "Unavailable"),
            Self::Ringing => (8, "Ringing"),
            Self::RingInUse => (9, "InUse&Ringing"),
            Self::OnHold => (16, "Hold"),
        }
    }

    /// Of several devices behind one hint; unavailable only if all are.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unavailable, state) | (state, Self::Unavailable) => state,
            (Self::NotInUse, state) | (state, Self::NotInUse) => state,
            (Self::RingInUse, _) | (_, Self::RingInUse) => Self::RingInUse,
            (Self::Ringing, Self::Ringing) => Self::Ringing,
            (Self::Ringing, Self::InUse | Self::OnHold) | (Self::InUse | Self::OnHold, Self::Ringing) => Self::RingInUse,
            (Self::OnHold, Self::OnHold) => Self::OnHold,
            (Self::InUse, Self::InUse | Self::OnHold) | (Self::OnHold, Self::InUse) => Self::InUse,
        }
    }
}

/// A hint: an extension lit by devices.
#[derive(Debug, Clone)]
pub(crate) struct Hint {
    pub(crate) exten: String,
    pub(crate) text: String,
    devices: Vec<String>,
}

pub(crate) const HINTS: &str = "hints";

impl Pbx {
    /// A hand at a phone, or (as `trunk`) somebody out there.
    pub(crate) fn act(&mut self, exten: &str, act: PhoneAct) {
        match act {
            PhoneAct::Dial(number) => self.lift_and_dial(exten, &number),
            PhoneAct::Answer => {
                if let Some(leg) = self.rings_at(exten) {
                    self.hold(exten, true);
                    self.pick_up(leg);
                }
            }
            PhoneAct::Reject => {
                if let Some(leg) = self.rings_at(exten) {
                    self.reject(leg);
                }
            }
            PhoneAct::HangUp => match (self.live_at(exten), self.rings_at(exten)) {
                (Some(live), _) => self.hang_up_by_hand(live),
                (None, Some(ringing)) => self.reject(ringing),
                (None, None) => {}
            },
            PhoneAct::Hold => self.hold(exten, true),
            PhoneAct::Resume => self.hold(exten, false),
            PhoneAct::Unregister => self.register(exten, false),
            PhoneAct::Register => self.register(exten, true),
        }
    }

    fn lift_and_dial(&mut self, exten: &str, number: &str) {
        if self.phones.get(exten).is_some_and(|phone| phone.registered) {
            let caller = self.caller_of(exten);
            self.incoming(Far::Phone(exten.to_owned()), &format!("PJSIP/{exten}"), caller, "internal", number);
        }
    }

    /// The oldest call that rings there; one that is about to ring does so now.
    fn rings_at(&mut self, exten: &str) -> Option<ChannelKey> {
        let dialled = |channel: &crate::channel::Channel| matches!(channel.doing, Doing::Dialled(_)) && channel.is_phone(exten);
        let (leg, state) = self.channels.iter().find(|(_, channel)| dialled(channel)).map(|(key, leg)| (*key, leg.state))?;
        if state == State::Down {
            self.ring(leg);
        }
        Some(leg)
    }

    fn live_at(&self, exten: &str) -> Option<ChannelKey> {
        let live = |channel: &crate::channel::Channel| !matches!(channel.doing, Doing::Dialled(_)) && channel.is_phone(exten);
        self.channels.iter().rev().find(|(_, channel)| live(channel)).map(|(key, _)| *key)
    }

    /// Who picks up a second call holds the first.
    fn hold(&mut self, exten: &str, on: bool) {
        let Some(key) = self.live_at(exten).filter(|key| self.talks_with(*key).is_some()) else { return };
        let Some(channel) = self.channels.get_mut(&key).filter(|channel| channel.holding != on) else { return };
        channel.holding = on;
        let text = event(if on { "Hold" } else { "Unhold" }, Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
        for peer in self.peers(key) {
            self.music(if on { "MusicOnHoldStart" } else { "MusicOnHoldStop" }, peer);
        }
    }

    /// When a conversation ends nobody in it is held any more: the music stops, and no Unhold says so.
    pub(crate) fn end_holds(&mut self, key: ChannelKey) {
        let peers = self.peers(key);
        for one in peers.iter().copied().chain([key]) {
            let Some(channel) = self.channels.get_mut(&one).filter(|channel| channel.holding) else { continue };
            channel.holding = false;
            for held in self.peers(one) {
                self.music("MusicOnHoldStop", held);
            }
        }
    }

    /// A blind transfer says so even of one who held nobody.
    pub(crate) fn unhold(&mut self, key: ChannelKey) {
        let Some(channel) = self.channels.get_mut(&key) else { return };
        channel.holding = false;
        let text = event("Unhold", Classes::CALL).channel("", Some(channel));
        self.tell(Classes::CALL, text);
    }

    fn register(&mut self, exten: &str, on: bool) {
        let Some(phone) = self.phones.get_mut(exten).filter(|phone| phone.registered != on) else { return };
        phone.registered = on;
        let (peer, contact) = if on { ("Reachable", "NonQualified") } else { ("Unreachable", "Removed") };
        let text = event("PeerStatus", Classes::SYSTEM)
            .with("ChannelType", "PJSIP")
            .with("Peer", format!("PJSIP/{exten}"))
            .with("PeerStatus", peer);
        self.tell(Classes::SYSTEM, text);
        let text = event("ContactStatus", Classes::SYSTEM)
            .with("URI", contact_uri(exten))
            .with("ContactStatus", contact)
            .with("AOR", exten)
            .with("EndpointName", exten);
        self.tell(Classes::SYSTEM, text);
    }

    /// Whoever sits there does what they do when it rings.
    pub(crate) fn manners(&mut self, leg: ChannelKey, far: &Far) {
        let manner = match far {
            Far::Phone(exten) => self.phones.get(exten).map_or(Manner::Hands, |phone| phone.manner),
            Far::Trunk if self.talks_for.is_some() => Manner::Answers(3_000, 8_000),
            Far::Trunk | Far::Local { .. } => Manner::Hands,
        };
        match manner {
            Manner::Hands | Manner::Never => {}
            Manner::Answers(from, to) => {
                let after = self.rng.between(from, to);
                self.later(after, Task::Answer(leg));
            }
            Manner::Rejects(from, to) => {
                let after = self.rng.between(from, to);
                self.later(after, Task::Reject(leg));
            }
        }
    }

    pub(crate) fn device_state(&self, device: &str) -> DeviceState {
        if let Some(room) = device.strip_prefix("Confbridge:") {
            return in_use(self.rooms.contains_key(room));
        }
        if let Some(space) = device.strip_prefix("park:").and_then(|rest| rest.split('@').next()) {
            return in_use(self.lots.iter().flat_map(|lot| &lot.parked).any(|parked| parked.space.to_string() == space));
        }
        let phone = device.strip_prefix("PJSIP/").and_then(|exten| self.phones.get(exten));
        if device != "PJSIP/trunk" && !phone.is_some_and(|phone| phone.registered) {
            return DeviceState::Unavailable;
        }
        let busy = self.channels.iter().filter(|(_, channel)| channel.device() == device);
        busy.map(|(key, channel)| self.leg_state(*key, channel.state)).fold(DeviceState::NotInUse, DeviceState::with)
    }

    fn leg_state(&self, key: ChannelKey, state: State) -> DeviceState {
        match state {
            State::Down => DeviceState::NotInUse,
            State::Ringing => DeviceState::Ringing,
            State::Ring => DeviceState::InUse,
            // The one put on hold shows it, not the one who pressed the key.
            State::Up if self.peers(key).iter().any(|peer| self.channels.get(peer).is_some_and(|peer| peer.holding)) => {
                DeviceState::OnHold
            }
            State::Up | State::Busy => DeviceState::InUse,
        }
    }

    pub(crate) fn devices(&self) -> Vec<String> {
        let phones = self.phones.keys().map(|exten| format!("PJSIP/{exten}"));
        phones.chain(["PJSIP/trunk".to_owned(), "Confbridge:680".to_owned(), "park:701@parkedcalls".to_owned()]).collect()
    }

    pub(crate) fn hints(&self) -> Vec<Hint> {
        let phones = self.phones.keys().map(|exten| match exten.as_str() {
            "100" => hint(exten, "PJSIP/100&PJSIP/101", &["PJSIP/100", "PJSIP/101"]),
            _ => hint(exten, &format!("PJSIP/{exten},CustomPresence:{exten}"), &[&format!("PJSIP/{exten}")]),
        });
        let room = hint("680", "Confbridge:680", &["Confbridge:680"]);
        let space = hint("701", "park:701@parkedcalls", &["park:701@parkedcalls"]);
        phones.chain([room, space]).collect()
    }

    pub(crate) fn hint_state(&self, hint: &Hint) -> DeviceState {
        let states = hint.devices.iter().map(|device| self.device_state(device));
        states.reduce(DeviceState::with).unwrap_or(DeviceState::Unavailable)
    }

    /// Tells what has changed about devices since it was last told: the device, the queues it serves, the hints it lights.
    pub(crate) fn settle(&mut self) {
        let mut changed = Vec::new();
        for device in self.devices() {
            let state = self.device_state(&device);
            if self.told.insert(device.clone(), state) != Some(state) {
                changed.push((device, state));
            }
        }
        for (device, state) in &changed {
            let text = event("DeviceStateChange", Classes::CALL).with("Device", device).with("State", state.word());
            self.tell(Classes::CALL, text);
            self.members_changed(device);
        }
        for hint in self.hints() {
            if hint.devices.iter().any(|device| changed.iter().any(|(known, _)| known == device)) {
                let (status, word) = self.hint_state(&hint).extension();
                let text = event("ExtensionStatus", Classes::CALL)
                    .with("Exten", hint.exten)
                    .with("Context", HINTS)
                    .with("Hint", hint.text)
                    .with("Status", status)
                    .with("StatusText", word);
                self.tell(Classes::CALL, text);
            }
        }
    }

    fn members_changed(&mut self, device: &str) {
        let serves = self.queues.iter().flat_map(|(name, queue)| {
            let served = queue.members.iter().enumerate().filter(|(_, member)| member.device == device);
            served.map(|(index, _)| (name.clone(), index)).collect::<Vec<_>>()
        });
        for (name, index) in serves.collect::<Vec<_>>() {
            self.member_event("QueueMemberStatus", &name, index);
        }
    }
}

pub(crate) fn contact_uri(exten: &str) -> String {
    format!("sip:{exten}@127.0.0.1:5060")
}

fn in_use(yes: bool) -> DeviceState {
    if yes { DeviceState::InUse } else { DeviceState::NotInUse }
}

fn hint(exten: &str, text: &str, devices: &[&str]) -> Hint {
    Hint { exten: exten.to_owned(), text: text.to_owned(), devices: devices.iter().map(|device| (*device).to_owned()).collect() }
}
