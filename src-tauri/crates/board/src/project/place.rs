//! Conference rooms, as the operator sees them.

use std::collections::BTreeSet;

use crate::board::Board;
use crate::channel::{Channel, is_dialable};
use crate::conference::Conference;
use crate::id::{Ref, RefKind};
use crate::view::{ConferenceView, SeatView};

use super::Owners;

impl Board {
    /// Open rooms, and while they are empty those of the profile and those with a hint.
    pub(super) fn conference_views(&self, owners: &Owners) -> Vec<ConferenceView> {
        let hinted = owners.rooms.iter().map(|(room, _)| room.as_str());
        let named: BTreeSet<&str> = self
            .place
            .conferences
            .iter()
            .map(String::as_str)
            .chain(hinted)
            .collect();
        let open = self
            .conferences
            .iter()
            .map(|(room, conference)| (room.as_str(), Some(conference)));
        let empty = named
            .into_iter()
            .filter(|room| !self.conferences.contains_key(*room))
            .map(|room| (room, None));
        open.chain(empty)
            .map(|(room, open)| {
                let members: Vec<_> = self.channels.in_room(room).collect();
                self.conference_view(room, open, &members, owners)
            })
            .collect()
    }

    fn conference_view(
        &self,
        room: &str,
        open: Option<&Conference>,
        inside: &[(&str, &Channel)],
        owners: &Owners,
    ) -> ConferenceView {
        let known = inside
            .iter()
            .find_map(|(_, channel)| channel.exten.clone().filter(|exten| is_dialable(exten)));
        let profiled = self.place.conferences.iter().find(|number| *number == room);
        let hinted = owners.rooms.iter().find(|(hinted, _)| hinted == room);
        let hinted = hinted.map(|(_, number)| number);
        ConferenceView {
            id: Ref::new(RefKind::Conference, &self.pbx, room),
            name: room.to_owned(),
            number: profiled.or(hinted).cloned().or(known),
            members: inside
                .iter()
                .map(|(id, channel)| {
                    // Somebody alone hears music as well, and waits for nobody in particular.
                    let waiting = channel.waits_for_host()
                        && (inside.len() > 1 || channel.chair.waiting == Some(true));
                    self.seat_view(id, channel, waiting)
                })
                .collect(),
            since: open.map(|open| open.since),
            locked: open.and_then(|open| open.locked),
            recorded: open.is_some_and(|open| open.recorded),
        }
    }

    fn seat_view(&self, id: &str, channel: &Channel, waiting: bool) -> SeatView {
        let chair = channel.chair;
        SeatView {
            leg: self.leg(id),
            admin: chair.admin,
            muted: chair.muted,
            talking: chair.talking,
            waiting,
        }
    }
}
