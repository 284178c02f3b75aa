//! Extensions, as the operator sees them: hints, and phones that have none.

use std::collections::BTreeMap;

use crate::board::Board;
use crate::extension::{Device, Extension};
use crate::id::Ref;
use crate::view::{CallView, ExtensionState, ExtensionView, Thing};

use super::Owners;

impl Board {
    pub(super) fn extension_views(
        &self,
        calls: &[CallView],
        owners: &Owners<'_>,
        things: &mut Vec<Thing>,
    ) {
        let mut busy: BTreeMap<&Ref, Vec<Ref>> = BTreeMap::new();
        for call in calls {
            for extension in call.legs.iter().filter_map(|leg| leg.extension.as_ref()) {
                busy.entry(extension).or_default().push(call.id.clone());
            }
        }
        for (exten, context, extension) in self.hints().filter(|(_, _, hint)| hint.is_person()) {
            let id = Ref::extension(&self.pbx, exten, context);
            let calls = busy.remove(&id).unwrap_or_default();
            things.push(Thing::Extension(
                self.extension_view(id, exten, extension, calls),
            ));
        }
        for (name, number) in &owners.unhinted {
            let id = Ref::extension(&self.pbx, number, &self.place.context);
            let device = self.devices.get(*name);
            let calls = busy.remove(&id).unwrap_or_default();
            let hintless = Extension {
                devices: vec![(*name).to_owned()],
                state: unhinted_state(device),
                ..Extension::default()
            };
            things.push(Thing::Extension(
                self.extension_view(id, number, &hintless, calls),
            ));
        }
    }

    fn extension_view(
        &self,
        id: Ref,
        exten: &str,
        extension: &Extension,
        mut calls: Vec<Ref>,
    ) -> ExtensionView {
        calls.dedup();
        let person = match &extension.devices[..] {
            [only] => self.devices.get(only).and_then(Device::owner),
            [] | [..] => None,
        };
        ExtensionView {
            id,
            number: exten.to_owned(),
            name: person.cloned(),
            state: extension.state,
            since: extension.since,
            devices: extension.devices.clone(),
            calls,
            me: self.place.me.as_deref() == Some(exten),
        }
    }
}

fn unhinted_state(device: Option<&Device>) -> ExtensionState {
    match device {
        Some(Device {
            registered: Some(false),
            ..
        }) => ExtensionState::Offline,
        Some(Device {
            state: Some(state), ..
        }) => *state,
        Some(Device { .. }) | None => ExtensionState::Unknown,
    }
}
