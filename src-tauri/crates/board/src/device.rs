//! Devices: what they do, whether a phone is registered, whose they are; and registrations of ours at other exchanges.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::replace;

use crate::board::Board;
use crate::project::is_named_as_line;
use crate::view::{ExtensionState, Millis, TrunkState};

/// A device: state, registration and whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Device {
    /// What the device state says.
    pub state: Option<ExtensionState>,
    /// Since when, if that was seen.
    pub since: Option<Millis>,
    /// The phones registered, by where they are; `None`: nobody has told one by one.
    contacts: Option<BTreeSet<String>>,
    /// What `PeerStatus` said last.
    peer: Option<bool>,
    /// Whose it is, by the phone's configuration.
    pub person: Option<String>,
    /// Whose it is, by the name it has shown in calls.
    pub seen: Option<String>,
    /// It is an endpoint with an address of record: a phone, or a registering trunk.
    pub endpoint: bool,
    /// Only lines to other exchanges are configured like this.
    pub trunk: bool,
    /// Something of it may look different in the next picture.
    pub(crate) touched: bool,
}

impl Device {
    /// Whose it is.
    pub(crate) fn owner(&self) -> Option<&String> {
        self.person.as_ref().or(self.seen.as_ref())
    }

    /// Whether a phone is registered.
    pub(crate) fn registered(&self) -> Option<bool> {
        let counted = self.contacts.as_ref().map(|contacts| !contacts.is_empty());
        counted.or(self.peer)
    }

    fn contact(&mut self, uri: Option<&str>, registered: bool) {
        let Some(uri) = uri else {
            (self.peer, self.contacts) = (Some(registered), None);
            return;
        };
        // One that goes while none was known says nothing of the others: `PeerStatus` tells when the last has gone.
        if registered {
            let contacts = self.contacts.get_or_insert_default();
            contacts.insert(uri.to_owned());
        } else if let Some(contacts) = &mut self.contacts {
            contacts.remove(uri);
        }
    }
}

/// A registration of ours at another exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Registration {
    /// How it stands.
    pub state: TrunkState,
    /// Since when.
    pub since: Millis,
}

/// Registrations by `technology/user@domain`.
pub(crate) type Registrations = BTreeMap<String, Registration>;

/// What `PJSIPShowEndpoints` says of one.
pub(crate) struct Endpoint<'e> {
    pub name: &'e str,
    pub contacts: Option<&'e str>,
    pub has_aor: bool,
    pub has_outbound_auths: bool,
}

impl Board {
    pub(crate) fn device(&mut self, name: &str) -> &mut Device {
        self.touched.lines |= is_named_as_line(name) && !self.devices.contains_key(name);
        let device = self.devices.entry(name.to_owned()).or_default();
        self.touched.device(name, device);
        device
    }

    /// `listed`: an item of a list, so nothing is known of when it became so.
    pub(crate) fn device_state(&mut self, name: &str, word: &str, listed: bool, now: Millis) {
        let state = Some(device_state(word));
        let device = match self.devices.get_mut(name) {
            Some(known) if known.state == state => return,
            Some(known) => {
                self.touched.device(name, known);
                known
            }
            None => self.device(name),
        };
        let before = replace(&mut device.state, state);
        device.since = (!listed).then_some(now);
        // Whose partner has pressed hold is told by the device alone.
        if [before, state].contains(&Some(ExtensionState::Held)) {
            self.channels.touch_device(name);
            if !listed {
                self.revise_holds(name, now);
            }
        }
    }

    pub(crate) fn peer(&mut self, name: &str, word: &str) {
        if let Some(registered) = registration(word) {
            let device = self.device(name);
            device.peer = Some(registered);
            if !registered {
                device.contacts = None;
            }
        }
    }

    pub(crate) fn contact(&mut self, name: &str, uri: Option<&str>, word: &str) {
        if let Some(registered) = registration(word) {
            self.device(name).contact(uri, registered);
        }
    }

    /// `contacts`: `101/sip:101@…,102/sip:…`, each behind the name of its address of record.
    pub(crate) fn endpoint(&mut self, endpoint: &Endpoint<'_>) {
        let uris = endpoint.contacts.unwrap_or("").split(',');
        let contacts = uris
            .map(|contact| {
                contact
                    .split_once('/')
                    .map_or(contact, |(_, uri)| uri)
                    .trim()
            })
            .filter(|uri| !uri.is_empty())
            .map(str::to_owned)
            .collect();
        let device = self.device(&["PJSIP/", endpoint.name].concat());
        let before = (device.endpoint, device.trunk);
        device.endpoint = endpoint.has_aor;
        device.trunk = endpoint.has_outbound_auths;
        // Where nobody can register nobody is missed: a gateway is reached all the same.
        device.contacts = endpoint.has_aor.then_some(contacts);
        self.touched.owners |= before != (endpoint.has_aor, endpoint.has_outbound_auths);
    }

    pub(crate) fn registry(
        &mut self,
        technology: &str,
        user: Option<&str>,
        domain: Option<&str>,
        word: &str,
        now: Millis,
    ) {
        let user = user.unwrap_or("").trim_start_matches("sip:");
        let name = match (user.contains('@'), domain) {
            (false, Some(domain)) => {
                format!("{technology}/{user}@{}", domain.trim_start_matches("sip:"))
            }
            (true, _) | (false, None) => format!("{technology}/{user}"),
        };
        let state = trunk_state(word);
        let known = self.registrations.get(&name);
        if known.is_some_and(|known| known.state == state) {
            return;
        }
        self.registrations
            .insert(name, Registration { state, since: now });
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

/// The words of `Registry` of all drivers.
fn trunk_state(word: &str) -> TrunkState {
    match word {
        "Registered" => TrunkState::Up,
        "Rejected" | "No Authentication" => TrunkState::Rejected,
        "Unregistered" | "Timeout" | "Failed" | "Stopped" | "Request Sent" | "Auth. Sent" => {
            TrunkState::Down
        }
        _ => TrunkState::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phone_of_two_that_goes_leaves_the_other_registered() {
        let mut device = Device::default();
        device.contact(Some("sip:a"), true);
        device.contact(Some("sip:b"), true);
        device.contact(Some("sip:a"), false);
        assert_eq!(device.registered(), Some(true));
        device.contact(Some("sip:b"), false);
        assert_eq!(device.registered(), Some(false));
    }

    #[test]
    fn the_words_of_a_registration_elsewhere_are_read_as_all_drivers_mean_them() {
        let expected = [
            ("Registered", TrunkState::Up),
            ("Rejected", TrunkState::Rejected),
            ("No Authentication", TrunkState::Rejected),
            ("Unregistered", TrunkState::Down),
            ("Request Sent", TrunkState::Down),
            ("Timeout", TrunkState::Down),
            ("a word of tomorrow", TrunkState::Unknown),
        ];
        for (word, state) in expected {
            assert_eq!(trunk_state(word), state, "{word}");
        }
    }

    #[test]
    fn a_contact_that_is_there_and_not_asked_is_registered() {
        let expected = [
            ("NonQualified", Some(true)),
            ("Reachable", Some(true)),
            ("Registered", Some(true)),
            ("Unreachable", Some(false)),
            ("Removed", Some(false)),
            ("Unregistered", Some(false)),
            ("a word of tomorrow", None),
        ];
        for (word, registered) in expected {
            assert_eq!(registration(word), registered, "{word}");
        }
    }

    #[test]
    fn a_contact_without_an_address_speaks_for_the_whole_device() {
        let mut device = Device::default();
        device.contact(Some("sip:a"), true);
        device.contact(None, false);
        assert_eq!(device.registered(), Some(false));
        device.contact(Some("sip:a"), true);
        assert_eq!(device.registered(), Some(true));
    }

    #[test]
    fn a_device_of_which_nobody_has_told_is_neither_registered_nor_not() {
        assert_eq!(Device::default().registered(), None);
    }
}
