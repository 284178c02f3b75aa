//! Parking spaces and conference rooms, as the operator sees them.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::Board;
use crate::channel::{Channel, is_dialable};
use crate::conference::Conference;
use crate::device::Device;
use crate::id::{Ref, RefKind};
use crate::parking::Parked;
use crate::view::{ConferenceView, ParkedView, SeatView};

use super::Owners;

impl Board {
    /// Name and number of who is there. A Local half is only a wire, and goes on showing the person who laid it: parked by a
    /// consultation, it would be the parker (transcript `park-by-consultation`).
    pub(super) fn person_at(&self, uniqueid: &str) -> (Option<String>, Option<String>) {
        let person = self.at_the_far_end(uniqueid).unwrap_or(uniqueid);
        let Some(channel) = self.channels.get(person) else {
            return (None, None);
        };
        let device = self.devices.get(channel.device());
        let owner = device.and_then(Device::owner);
        (
            owner.or(channel.person.as_ref()).cloned(),
            channel.number.clone(),
        )
    }

    /// Whoever talks into the other end of a wire, through a few wires at most; nobody, if that is not one person.
    fn at_the_far_end<'b>(&'b self, uniqueid: &'b str) -> Option<&'b str> {
        const MOST_WIRES: usize = 8;
        let mut at = uniqueid;
        for _ in 0..MOST_WIRES {
            let channel = self.channels.get(at)?;
            if !channel.is_local() {
                return Some(at);
            }
            let half = channel.half.as_deref()?;
            let bridge = self.channels.get(half)?.bridge_id()?;
            let mut others = self
                .channels
                .iter()
                .filter(|(id, other)| id.as_str() != half && other.bridge_id() == Some(bridge));
            let (other, _) = others.next()?;
            if others.next().is_some() {
                return None;
            }
            at = other;
        }
        None
    }

    pub(super) fn parked_view(
        &self,
        uniqueid: &str,
        parked: &Parked,
        owners: &Owners,
    ) -> ParkedView {
        let parker = parked
            .parker
            .as_deref()
            .and_then(|device| owners.of(device));
        let (name, number) = self.person_at(uniqueid);
        ParkedView {
            id: Ref::new(RefKind::Parked, &self.pbx, uniqueid),
            leg: self.leg(uniqueid),
            lot: parked.lot.clone(),
            space: parked.space.clone(),
            since: parked.since,
            until: parked.until,
            name,
            number,
            parker: parker.map(|owner| owner.id.clone()),
            parker_device: parked.parker.clone(),
        }
    }

    /// Open rooms, and while they are empty those of the profile and those with a hint.
    pub(super) fn conference_views(&self, owners: &Owners) -> Vec<ConferenceView> {
        let mut inside: BTreeMap<&str, Vec<(&str, &Channel)>> = BTreeMap::new();
        for (id, channel) in self.channels.iter() {
            if let Some(room) = &channel.room {
                inside.entry(room).or_default().push((id, channel));
            }
        }
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
                let members = inside.get(room).map_or(&[][..], Vec::as_slice);
                self.conference_view(room, open, members, owners)
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
                    let waiting = channel.chair.waiting || channel.music && inside.len() > 1;
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
