//! Extensions, as the operator sees them: hints, and phones that have none.

use std::sync::Arc;

use crate::board::{Board, Place};
use crate::device::Device;
use crate::extension::Extension;
use crate::feed::Picture;
use crate::id::{PbxId, Ref};
use crate::view::{ExtensionState, ExtensionView, Presence, PresenceView, Thing};

use super::busy::{Busy, seen};
use super::owners::{Person, PersonKind};

impl Place {
    /// The operator's own extension in a picture of this PBX. An extension's id begins with its number, so nobody else is looked at.
    #[must_use]
    pub fn my_extension<'p>(
        &self,
        pbx: &PbxId,
        picture: &'p Picture<Arc<Thing>>,
    ) -> Option<&'p ExtensionView> {
        let first = Ref::extension(pbx, self.me.as_deref()?, "");
        let behind = picture.range(first.clone()..);
        let mut mine = behind.take_while(|(id, _)| {
            id.kind == first.kind && id.pbx == first.pbx && id.key.starts_with(&first.key)
        });
        mine.find_map(|(_, thing)| match &**thing {
            Thing::Extension(extension) => Some(extension).filter(|one| one.me),
            Thing::Call(_)
            | Thing::Queue(_)
            | Thing::Parked(_)
            | Thing::Conference(_)
            | Thing::Trunk(_)
            | Thing::Agent(_)
            | Thing::Ended(_) => None,
        })
    }
}

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

    /// One phone is enough; that there is none is known only where every phone has said so.
    fn registered(&self, extension: &Extension) -> Option<bool> {
        let phones = extension.devices.iter().filter(|name| name.contains('/'));
        let told = phones.map(|name| self.devices.get(name).and_then(Device::registered));
        told.reduce(|one, other| match (one, other) {
            (Some(one), Some(other)) => Some(one || other),
            (known, None) | (None, known) => known.filter(|registered| *registered),
        })
        .flatten()
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

#[cfg(test)]
mod tests {
    use ami::{Event, Frame};

    use crate::board::{Board, Place};
    use crate::id::{PbxId, Ref};
    use crate::view::Thing;

    /// Whether a phone of 101 is registered, with these devices behind its hint and no contact of `PJSIP/101`.
    fn registered(devices: &str, news: &str) -> Option<bool> {
        let mut board = Board::new(PbxId::new("lab").expect("valid"), Place::default());
        let hint = format!(
            "Event: ExtensionStatus\nExten: 101\nContext: hints\nHint: {devices}\nStatus: 0\n"
        );
        let endpoint = "Event: EndpointList\nObjectName: 101\nAor: 101\nContacts: \n";
        for text in [hint.as_str(), endpoint, news] {
            if let Some(frame) = Frame::parse(text.as_bytes()) {
                board.apply(&Event::read(&frame), 0);
            }
        }
        let id = Ref::extension(board.pbx(), "101", "hints");
        let Some(Thing::Extension(view)) = board.picture().remove(&id) else {
            panic!("no extension");
        };
        view.registered
    }

    #[test]
    fn that_no_phone_is_registered_is_said_only_where_every_phone_has_said_so() {
        let there = "Event: PeerStatus\nPeer: SIP/101\nPeerStatus: Registered\n";
        let gone = "Event: PeerStatus\nPeer: SIP/101\nPeerStatus: Unregistered\n";
        assert_eq!(registered("PJSIP/101", ""), Some(false));
        assert_eq!(registered("PJSIP/101&Custom:DND101", ""), Some(false));
        assert_eq!(registered("PJSIP/101&SIP/101", gone), Some(false));
        assert_eq!(registered("PJSIP/101&SIP/101", there), Some(true));
        assert_eq!(registered("PJSIP/101&DAHDI/1", ""), None);
        assert_eq!(registered("DAHDI/1", ""), None);
    }
}
