//! Extensions, as the operator sees them: hints, and phones that have none.

use crate::board::Board;
use crate::device::Device;
use crate::extension::Extension;
use crate::view::{ExtensionState, ExtensionView, Presence, PresenceView};

use super::busy::{Busy, seen};
use super::owners::{Person, PersonKind};

impl Board {
    /// One person's tile. `None`: the hint is gone, and the owners are out of date.
    pub(super) fn person_view(&self, person: &Person, busy: &Busy) -> Option<ExtensionView> {
        match &person.kind {
            PersonKind::Hinted { context } => {
                let extension = self.extensions.get(&person.number)?.get(context)?;
                Some(self.extension_view(person, extension, busy))
            }
            PersonKind::Unhinted { device } => {
                let hintless = Extension {
                    devices: vec![device.clone()],
                    state: unhinted_state(self.devices.get(device)),
                    ..Extension::default()
                };
                Some(self.extension_view(person, &hintless, busy))
            }
        }
    }

    fn extension_view(&self, person: &Person, extension: &Extension, busy: &Busy) -> ExtensionView {
        let (calls, doing) = (busy.of(&person.id), busy.doing(&person.id));
        let owner = match &extension.devices[..] {
            [only] => self.devices.get(only).and_then(Device::owner),
            [] | [..] => None,
        };
        let presence = extension
            .presentity()
            .and_then(|name| self.presences.get(name));
        let number = person.number.as_str();
        let state = seen(extension.state, doing);
        ExtensionView {
            id: person.id.clone(),
            number: number.to_owned(),
            name: owner.cloned(),
            state,
            since: extension.since.filter(|_| state == extension.state),
            devices: extension.devices.clone(),
            calls,
            me: self.place.me.as_deref() == Some(number),
            registered: self.registered(extension),
            dnd: self.turns_away(extension, presence),
            presence: presence.cloned(),
            mailbox: self.mailbox_of(number).cloned(),
        }
    }

    /// One phone is enough.
    fn registered(&self, extension: &Extension) -> Option<bool> {
        let devices = extension.devices.iter();
        let told = devices.filter_map(|name| self.devices.get(name)?.registered());
        told.reduce(|one, other| one || other)
    }

    /// Do not disturb is told by presence, or by a device of the dialplan's own that is lit (transcript `device-do-not-disturb`).
    fn turns_away(&self, extension: &Extension, presence: Option<&PresenceView>) -> bool {
        let lit = |name: &String| {
            let state = self.devices.get(name).and_then(|known| known.state);
            name.starts_with("Custom:DND")
                && !matches!(
                    state,
                    None | Some(ExtensionState::Unknown | ExtensionState::Idle)
                )
        };
        presence.is_some_and(|said| said.state == Presence::Dnd)
            || extension.devices.iter().any(lit)
    }
}

fn unhinted_state(device: Option<&Device>) -> ExtensionState {
    match device.map(|known| (known.registered(), known.state)) {
        Some((Some(false), _)) => ExtensionState::Offline,
        Some((_, Some(state))) => state,
        Some((_, None)) | None => ExtensionState::Unknown,
    }
}
