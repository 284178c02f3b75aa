//! Extensions from their hints.

use std::collections::BTreeMap;

use ami::event::StateEvent;

use crate::board::Board;
use crate::device::Endpoint;
use crate::view::{ExtensionState, Millis};

/// Hints by number, then by context.
pub(crate) type Extensions = BTreeMap<String, BTreeMap<String, Extension>>;

/// A hint: a number in a context, and the devices behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extension {
    /// The hint as it came.
    pub(crate) hint: String,
    /// Devices, e.g. `PJSIP/101`.
    pub devices: Vec<String>,
    /// What the hint says.
    pub state: ExtensionState,
    /// Since when; `None` when it was so before we looked.
    pub since: Option<Millis>,
    pub(crate) suspect: bool,
    /// It may look different in the next picture.
    pub(crate) touched: bool,
}

impl Extension {
    /// What its person says about themselves is kept under this name, if the hint has one.
    pub(crate) fn presentity(&self) -> Option<&str> {
        self.hint.split_once(',').map(|(_, presentity)| presentity)
    }

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

impl Board {
    /// Every hint: number, context, and what it says.
    pub(crate) fn hints(&self) -> impl Iterator<Item = (&str, &str, &Extension)> {
        self.extensions.iter().flat_map(|(exten, contexts)| {
            contexts
                .iter()
                .map(|(context, extension)| (exten.as_str(), context.as_str(), extension))
        })
    }

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
            StateEvent::Device { device, state } => self.device_state(device, state, listed, now),
            StateEvent::Peer { peer, status } => self.peer(peer, status),
            StateEvent::Contact { peer, uri, status } => self.contact(peer, uri.as_deref(), status),
            StateEvent::Endpoint {
                name,
                contacts,
                aor,
                outbound_auths,
            } => self.endpoint(&Endpoint {
                name,
                contacts: contacts.as_deref(),
                has_aor: aor.is_some(),
                has_outbound_auths: outbound_auths.is_some(),
            }),
            StateEvent::Presence {
                presentity,
                status,
                subtype,
                message,
            } => self.presence(presentity, status, subtype.as_deref(), message.as_deref()),
            StateEvent::Mailbox {
                mailbox, new, old, ..
            } => self.mailbox(mailbox, *new, *old),
            StateEvent::Registry {
                technology,
                user,
                domain,
                status,
            } => self.registry(technology, user.as_deref(), domain.as_deref(), status, now),
        }
    }

    fn hint(
        &mut self,
        (exten, context): (&str, &str),
        hint: Option<&str>,
        status: Option<i32>,
        listed: bool,
        now: Millis,
    ) {
        let known = self.extensions.get_mut(exten);
        if status == Some(-2) {
            known.and_then(|contexts| contexts.remove(context));
            self.touched.owners = true;
            return;
        }
        let state = status.map_or(ExtensionState::Unknown, hint_state);
        if let Some(known) = known.and_then(|contexts| contexts.get_mut(context)) {
            self.touched.hint(exten, context, known);
            self.touched.owners |= known.take(hint, state, listed, now);
            return;
        }
        let contexts = self.extensions.entry(exten.to_owned()).or_default();
        let fresh = contexts.entry(context.to_owned()).or_default();
        fresh.take(hint, state, listed, now);
        self.touched.owners = true;
    }

    /// What the hint itself says, whatever the calls of its phones tell beyond that: what a list would say.
    #[must_use]
    pub fn said_by_hint(&self, number: &str, context: &str) -> Option<ExtensionState> {
        let hint = self.extensions.get(number)?.get(context)?;
        Some(hint.state)
    }

    /// Whose device this is, as a phone's configuration tells it.
    pub fn learn_person(&mut self, device: &str, person: &str) {
        self.device(device).person = Some(person.to_owned());
        self.channels.touch_device(device);
    }

    /// A phone that shows its own extension's number shows its owner's name beside it.
    pub(crate) fn notice_person(&mut self, uniqueid: &str) {
        let Some(channel) = self.channels.get(uniqueid) else {
            return;
        };
        let (Some(number), Some(person)) = (&channel.number, &channel.person) else {
            return;
        };
        let name = channel.device();
        let known = self.devices.get(name);
        if known.is_some_and(|known| known.seen.as_ref() == Some(person)) {
            return;
        }
        let own = |extension: &Extension| matches!(&extension.devices[..], [only] if only == name);
        let hints = self.extensions.get(number);
        let is_hinted = hints.is_some_and(|contexts| contexts.values().any(own));
        let is_phone = known.is_some_and(|known| known.endpoint)
            && name.split_once('/').is_some_and(|(_, tail)| tail == number);
        if is_hinted || is_phone {
            let (name, person) = (name.to_owned(), person.clone());
            self.device(&name).seen = Some(person);
            self.channels.touch_device(&name);
        }
    }

    /// A hint says where its person's presence is kept: `PJSIP/101,CustomPresence:101`.
    #[must_use]
    pub fn has_hinted_presences(&self) -> bool {
        self.hints().any(|(_, _, hint)| hint.presentity().is_some())
    }

    /// The numbers of people, as their hints tell: not of rooms and parking spaces.
    #[must_use]
    pub fn numbers(&self) -> Vec<String> {
        let people = self.hints().filter(|(_, _, hint)| hint.is_person());
        let mut numbers: Vec<_> = people.map(|(exten, _, _)| exten.to_owned()).collect();
        numbers.dedup();
        numbers
    }

    /// Devices behind hints whose owner is not known yet.
    #[must_use]
    pub fn strangers(&self) -> Vec<String> {
        let devices = self.hints().flat_map(|(_, _, hint)| &hint.devices);
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

impl Extension {
    /// Whether other devices are behind it now.
    fn take(
        &mut self,
        hint: Option<&str>,
        state: ExtensionState,
        listed: bool,
        now: Millis,
    ) -> bool {
        self.suspect = false;
        if self.state != state {
            self.state = state;
            self.since = (!listed).then_some(now);
        }
        let Some(hint) = hint.filter(|hint| *hint != self.hint) else {
            return false;
        };
        hint.clone_into(&mut self.hint);
        self.devices = devices(hint);
        true
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
