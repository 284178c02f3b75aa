//! Trunks, as the operator sees them: devices that are nobody's phone, and registrations of ours elsewhere.

use std::collections::BTreeMap;

use crate::board::Board;
use crate::device::{Device, Registration};
use crate::id::{Ref, RefKind};
use crate::view::{CallView, ExtensionState, TrunkState, TrunkView};

use super::{Owners, own_number};

/// Technologies that carry calls; `Custom:`, `Confbridge:`, `Queue:` and the like are states of something else.
const LINES: [&str; 7] = ["PJSIP", "SIP", "IAX2", "DAHDI", "OOH323", "Dongle", "Motif"];

impl Board {
    pub(super) fn trunk_views(
        &self,
        calls: &[CallView],
        owners: &Owners<'_>,
    ) -> impl Iterator<Item = TrunkView> {
        let mut busy: BTreeMap<&str, Vec<Ref>> = BTreeMap::new();
        for call in calls {
            for trunk in call.legs.iter().filter_map(|leg| leg.trunk.as_deref()) {
                let calls = busy.entry(trunk).or_default();
                if calls.last() != Some(&call.id) {
                    calls.push(call.id.clone());
                }
            }
        }
        let lines = self.devices.iter();
        let lines = lines.filter(|(name, device)| is_line(name, device, owners));
        let lines = lines.map(move |(name, device)| TrunkView {
            id: self.trunk(name),
            name: name.clone(),
            state: line_state(device),
            since: device.since,
            calls: busy.remove(name.as_str()).unwrap_or_default(),
        });
        lines.chain(
            self.registrations
                .iter()
                .map(|(name, known)| self.registered_at(name, known)),
        )
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

/// Nobody's phone: no hint names it, and it is either configured as only trunks are, or not named by a number.
fn is_line(name: &str, device: &Device, owners: &Owners<'_>) -> bool {
    let carries = name
        .split_once('/')
        .is_some_and(|(technology, _)| LINES.contains(&technology));
    carries && owners.of(name).is_none() && (device.trunk || own_number(name).is_none())
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
