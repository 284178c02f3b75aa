//! What devices do, and the hints they light.

use crate::channel::{ChannelKey, State};
use crate::class::Classes;
use crate::pbx::Pbx;
use crate::wire::event;

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
            (Self::Ringing, Self::InUse | Self::OnHold)
            | (Self::InUse | Self::OnHold, Self::Ringing) => Self::RingInUse,
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
    pub(crate) fn device_state(&self, device: &str) -> DeviceState {
        if let Some(room) = device.strip_prefix("Confbridge:") {
            return in_use(self.rooms.contains_key(room));
        }
        if let Some(space) = device
            .strip_prefix("park:")
            .and_then(|rest| rest.split('@').next())
        {
            return in_use(
                self.lots
                    .iter()
                    .flat_map(|lot| &lot.parked)
                    .any(|parked| parked.space.to_string() == space),
            );
        }
        let phone = device
            .strip_prefix("PJSIP/")
            .and_then(|exten| self.phones.get(exten));
        if device != "PJSIP/trunk" && !phone.is_some_and(|phone| phone.registered) {
            return DeviceState::Unavailable;
        }
        let busy = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.device() == device);
        busy.map(|(key, channel)| self.leg_state(*key, channel.state))
            .fold(DeviceState::NotInUse, DeviceState::with)
    }

    fn leg_state(&self, key: ChannelKey, state: State) -> DeviceState {
        match state {
            State::Down => DeviceState::NotInUse,
            State::Ringing => DeviceState::Ringing,
            State::Ring => DeviceState::InUse,
            // The one put on hold shows it, not the one who pressed the key.
            State::Up
                if self
                    .peers(key)
                    .iter()
                    .any(|peer| self.channels.get(peer).is_some_and(|peer| peer.holding)) =>
            {
                DeviceState::OnHold
            }
            State::Up | State::Busy => DeviceState::InUse,
        }
    }

    pub(crate) fn devices(&self) -> Vec<String> {
        let phones = self.phones.keys().map(|exten| format!("PJSIP/{exten}"));
        phones
            .chain([
                "PJSIP/trunk".to_owned(),
                "Confbridge:680".to_owned(),
                "park:701@parkedcalls".to_owned(),
            ])
            .collect()
    }

    pub(crate) fn hints(&self) -> Vec<Hint> {
        let phones = self.phones.keys().map(|exten| match exten.as_str() {
            "100" => hint(exten, "PJSIP/100&PJSIP/101", &["PJSIP/100", "PJSIP/101"]),
            _ => hint(
                exten,
                &format!("PJSIP/{exten},CustomPresence:{exten}"),
                &[&format!("PJSIP/{exten}")],
            ),
        });
        let room = hint("680", "Confbridge:680", &["Confbridge:680"]);
        let space = hint("701", "park:701@parkedcalls", &["park:701@parkedcalls"]);
        phones.chain([room, space]).collect()
    }

    pub(crate) fn hint_state(&self, hint: &Hint) -> DeviceState {
        let states = hint.devices.iter().map(|device| self.device_state(device));
        states
            .reduce(DeviceState::with)
            .unwrap_or(DeviceState::Unavailable)
    }

    /// Tells what has changed about devices since it was last told: the device, the queues it serves, the hints it lights.
    pub(crate) fn settle(&mut self) {
        self.end_doomed();
        let mut changed = Vec::new();
        for device in self.devices() {
            let state = self.device_state(&device);
            if self.told.insert(device.clone(), state) != Some(state) {
                changed.push((device, state));
            }
        }
        for (device, state) in &changed {
            let text = event("DeviceStateChange", Classes::CALL)
                .with("Device", device)
                .with("State", state.word());
            self.tell(Classes::CALL, text);
            self.members_changed(device);
        }
        for hint in self.hints() {
            if hint
                .devices
                .iter()
                .any(|device| changed.iter().any(|(known, _)| known == device))
            {
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
            let served = queue
                .serving()
                .filter(|(_, member)| member.device == device);
            served
                .map(|(index, _)| (name.clone(), index))
                .collect::<Vec<_>>()
        });
        for (name, index) in serves.collect::<Vec<_>>() {
            self.member_event("QueueMemberStatus", &name, index);
        }
    }
}

fn in_use(yes: bool) -> DeviceState {
    if yes {
        DeviceState::InUse
    } else {
        DeviceState::NotInUse
    }
}

fn hint(exten: &str, text: &str, devices: &[&str]) -> Hint {
    Hint {
        exten: exten.to_owned(),
        text: text.to_owned(),
        devices: devices.iter().map(|device| (*device).to_owned()).collect(),
    }
}
