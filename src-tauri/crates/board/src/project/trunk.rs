//! Trunks, as the operator sees them: devices that are nobody's phone, and registrations of ours elsewhere.

use crate::board::Board;
use crate::device::{Device, Registration};
use crate::id::{Ref, RefKind};
use crate::view::{ExtensionState, TrunkState, TrunkView};

use super::busy::Busy;
use super::owners::{Owners, own_number};

/// Technologies that carry calls; `Custom:`, `Confbridge:`, `Queue:` and the like are states of something else.
const LINES: [&str; 7] = ["PJSIP", "SIP", "IAX2", "DAHDI", "OOH323", "Dongle", "Motif"];

impl Board {
    /// The lines of these names.
    pub(super) fn line_views(
        &self,
        busy: &Busy,
        owners: &Owners,
        which: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = TrunkView> {
        let lines = owners.lines.iter().filter(move |name| which(name));
        let lines = lines.filter_map(|name| Some((name, self.devices.get(name)?)));
        lines.map(|(name, device)| TrunkView {
            id: self.trunk(name),
            name: name.clone(),
            state: line_state(device),
            since: device.since,
            calls: busy.on(name),
        })
    }

    pub(super) fn registration_views(&self) -> impl Iterator<Item = TrunkView> {
        let known = self.registrations.iter();
        known.map(|(name, known)| self.registered_at(name, known))
    }

    fn registered_at(&self, name: &str, known: &Registration) -> TrunkView {
        TrunkView {
            id: self.trunk(name),
            name: name.to_owned(),
            state: known.state,
            since: Some(known.since),
            calls: Vec::new(),
        }
    }

    fn trunk(&self, name: &str) -> Ref {
        Ref::new(RefKind::Trunk, &self.pbx, name)
    }
}

/// It could be a line to another exchange, by its name alone: a technology that carries calls, and no number.
pub(crate) fn is_named_as_line(name: &str) -> bool {
    carries_calls(name) && own_number(name).is_none()
}

fn carries_calls(name: &str) -> bool {
    name.split_once('/')
        .is_some_and(|(technology, _)| LINES.contains(&technology))
}

/// Nobody's phone: no hint names it, and it is either configured as only trunks are, or not named by a number.
pub(super) fn is_line(name: &str, device: &Device, owners: &Owners) -> bool {
    carries_calls(name) && owners.of(name).is_none() && (device.trunk || own_number(name).is_none())
}

/// A line in use is up; what it does beyond that its calls show.
fn line_state(device: &Device) -> TrunkState {
    match device.state {
        Some(ExtensionState::Offline) => TrunkState::Down,
        Some(ExtensionState::Unknown) | None => match device.registered() {
            Some(false) => TrunkState::Down,
            Some(true) | None => TrunkState::Unknown,
        },
        Some(
            ExtensionState::Idle
            | ExtensionState::Ringing
            | ExtensionState::InUse
            | ExtensionState::InUseRinging
            | ExtensionState::Busy
            | ExtensionState::Held,
        ) => TrunkState::Up,
    }
}
