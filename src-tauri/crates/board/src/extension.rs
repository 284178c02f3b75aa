//! Extensions from their hints; devices and registrations where there is no hint.

use ami::event::StateEvent;

use crate::board::Board;
use crate::view::{ExtensionState, Millis};

/// A hint: a number in a context, and the devices behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Extension {
    /// Devices, e.g. `PJSIP/101`.
    pub devices: Vec<String>,
    /// What the hint says.
    pub state: ExtensionState,
    /// Since when; `None` when it was so before we looked.
    pub since: Option<Millis>,
    pub(crate) suspect: bool,
}

impl Extension {
    /// The conference room this hint watches (`Confbridge:680`).
    pub(crate) fn room(&self) -> Option<&str> {
        self.devices.first()?.strip_prefix("Confbridge:")
    }

    /// A parking space's hint (`park:701@default`) and a room's are places, not people.
    pub(crate) fn is_person(&self) -> bool {
        let place =
            |device: &String| device.starts_with("Confbridge:") || device.starts_with("park:");
        self.devices.is_empty() || !self.devices.iter().all(place)
    }
}

/// A device: state, registration and whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Device {
    /// What the device state says.
    pub state: Option<ExtensionState>,
    /// Whether a phone is registered.
    pub registered: Option<bool>,
    /// Whose it is.
    pub person: Option<String>,
    /// It is an endpoint with an address of record: a phone, or a registering trunk.
    pub endpoint: bool,
}

impl Board {
    /// `listed`: an item of a list, so nothing is known of when it became so.
    pub(crate) fn state(&mut self, event: &StateEvent<'_>, listed: bool, now: Millis) {
        match event {
            StateEvent::Extension {
                exten,
                context,
                hint,
                status,
            } => {
                self.hint((exten, context), hint.as_deref(), *status, listed, now);
            }
            StateEvent::Device { device, state } => {
                self.device(device).state = Some(device_state(state))
            }
            StateEvent::Peer { peer, status } => {
                if let Some(registered) = registration(status) {
                    self.device(peer).registered = Some(registered);
                }
            }
            StateEvent::Endpoint {
                name,
                contacts,
                aor,
            } => {
                let device = self.device(&format!("PJSIP/{name}"));
                device.endpoint = aor.is_some();
                device.registered = Some(contacts.is_some());
            }
        }
    }

    fn device(&mut self, name: &str) -> &mut Device {
        self.devices.entry(name.to_owned()).or_default()
    }

    fn hint(
        &mut self,
        (exten, context): (&str, &str),
        hint: Option<&str>,
        status: Option<i32>,
        listed: bool,
        now: Millis,
    ) {
        let key = (exten.to_owned(), context.to_owned());
        if status == Some(-2) {
            self.extensions.remove(&key);
            return;
        }
        let state = status.map_or(ExtensionState::Unknown, hint_state);
        let fresh = || Extension {
            devices: Vec::new(),
            state: ExtensionState::Unknown,
            since: None,
            suspect: false,
        };
        let extension = self.extensions.entry(key).or_insert_with(fresh);
        extension.suspect = false;
        if extension.state != state {
            extension.state = state;
            extension.since = (!listed).then_some(now);
        }
        if let Some(hint) = hint {
            extension.devices = devices(hint);
        }
    }

    /// Whose device this is, as a phone's configuration tells it.
    pub fn learn_person(&mut self, device: &str, person: &str) {
        self.device(device).person = Some(person.to_owned());
    }

    /// Devices behind hints whose owner is not known yet.
    #[must_use]
    pub fn strangers(&self) -> Vec<String> {
        let devices = self
            .extensions
            .values()
            .flat_map(|extension| &extension.devices);
        let unknown = devices.filter(|device| {
            self.devices
                .get(*device)
                .is_none_or(|known| known.person.is_none())
        });
        let mut names: Vec<_> = unknown.cloned().collect();
        names.sort();
        names.dedup();
        names
    }
}

/// `PJSIP/100&PJSIP/101,CustomPresence:101`: devices, then presence after the comma.
fn devices(hint: &str) -> Vec<String> {
    let devices = hint.split(',').next().unwrap_or("");
    devices
        .split('&')
        .map(str::trim)
        .filter(|device| !device.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The bits of `ExtensionStatus` (`include/asterisk/pbx.h`).
fn hint_state(status: i32) -> ExtensionState {
    const IN_USE: i32 = 1;
    const RINGING: i32 = 8;
    match status {
        0 => ExtensionState::Idle,
        bits if bits < 0 => ExtensionState::Unknown,
        bits if bits & 16 != 0 => ExtensionState::Held,
        bits if bits & (IN_USE | RINGING) == IN_USE | RINGING => ExtensionState::InUseRinging,
        bits if bits & RINGING != 0 => ExtensionState::Ringing,
        bits if bits & 2 != 0 => ExtensionState::Busy,
        bits if bits & IN_USE != 0 => ExtensionState::InUse,
        bits if bits & 4 != 0 => ExtensionState::Offline,
        _ => ExtensionState::Unknown,
    }
}

fn device_state(word: &str) -> ExtensionState {
    match word {
        "NOT_INUSE" => ExtensionState::Idle,
        "INUSE" => ExtensionState::InUse,
        "BUSY" => ExtensionState::Busy,
        "UNAVAILABLE" => ExtensionState::Offline,
        "RINGING" => ExtensionState::Ringing,
        "RINGINUSE" => ExtensionState::InUseRinging,
        "ONHOLD" => ExtensionState::Held,
        _ => ExtensionState::Unknown,
    }
}

/// The words of `PeerStatus` and `ContactStatus`. `NonQualified` is a contact that is there and not asked.
fn registration(word: &str) -> Option<bool> {
    match word {
        "Registered" | "Reachable" | "Created" | "NonQualified" | "Lagged" => Some(true),
        "Unregistered" | "Unreachable" | "Removed" | "Rejected" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_of_a_hint_are_read_as_asterisk_means_them() {
        let expected = [
            (0, ExtensionState::Idle),
            (1, ExtensionState::InUse),
            (2, ExtensionState::Busy),
            (4, ExtensionState::Offline),
            (8, ExtensionState::Ringing),
            (9, ExtensionState::InUseRinging),
            (16, ExtensionState::Held),
            (17, ExtensionState::Held),
            (-1, ExtensionState::Unknown),
        ];
        for (status, state) in expected {
            assert_eq!(hint_state(status), state, "{status}");
        }
    }

    #[test]
    fn a_hint_may_name_several_devices_and_a_presence() {
        assert_eq!(
            devices("PJSIP/100&PJSIP/101,CustomPresence:101"),
            ["PJSIP/100", "PJSIP/101"]
        );
    }
}
