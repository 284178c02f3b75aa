//! Extensions, as the operator sees them: hints, and phones that have none.

use crate::board::Board;
use crate::device::Device;
use crate::extension::Extension;
use crate::id::Ref;
use crate::view::{ExtensionState, ExtensionView, Presence, PresenceView, Thing};

use super::{Busy, Doing, Owners, seen};

impl Board {
    pub(super) fn extension_views(
        &self,
        busy: &Busy<'_>,
        doing: &Doing<'_>,
        owners: &Owners<'_>,
        things: &mut Vec<Thing>,
    ) {
        for (exten, context, extension) in self.hints().filter(|(_, _, hint)| hint.is_person()) {
            let id = Ref::extension(&self.pbx, exten, context);
            let calls = busy.get(&id).cloned().unwrap_or_default();
            let doing = doing.get(&id);
            things.push(Thing::Extension(
                self.extension_view(id, exten, extension, calls, doing),
            ));
        }
        for (name, number) in &owners.unhinted {
            let id = Ref::extension(&self.pbx, number, &self.place.context);
            let device = self.devices.get(*name);
            let calls = busy.get(&id).cloned().unwrap_or_default();
            let hintless = Extension {
                devices: vec![(*name).to_owned()],
                state: unhinted_state(device),
                ..Extension::default()
            };
            let doing = doing.get(&id);
            things.push(Thing::Extension(
                self.extension_view(id, number, &hintless, calls, doing),
            ));
        }
    }

    fn extension_view(
        &self,
        id: Ref,
        exten: &str,
        extension: &Extension,
        mut calls: Vec<Ref>,
        doing: Option<&ExtensionState>,
    ) -> ExtensionView {
        calls.dedup();
        let person = match &extension.devices[..] {
            [only] => self.devices.get(only).and_then(Device::owner),
            [] | [..] => None,
        };
        let presence = extension
            .presentity()
            .and_then(|name| self.presences.get(name));
        let state = seen(extension.state, doing);
        ExtensionView {
            id,
            number: exten.to_owned(),
            name: person.cloned(),
            state,
            since: extension.since.filter(|_| state == extension.state),
            devices: extension.devices.clone(),
            calls,
            me: self.place.me.as_deref() == Some(exten),
            registered: self.registered(extension),
            dnd: self.turns_away(extension, presence),
            presence: presence.cloned(),
            mailbox: self.mailbox_of(exten).cloned(),
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
