//! Parking spaces and conference rooms, as the operator sees them.

use std::collections::BTreeSet;

use crate::board::Board;
use crate::call::Call;
use crate::channel::{Channel, is_dialable};
use crate::conference::Conference;
use crate::device::Device;
use crate::id::{Ref, RefKind};
use crate::parking::Parked;
use crate::view::{ConferenceView, ParkedView, SeatView};

use super::Owners;

impl Board {
    pub(super) fn person_at(&self, uniqueid: &str) -> (Option<String>, Option<String>) {
        let Some(channel) = self.channels.get(uniqueid) else {
            return (None, None);
        };
        let device = self.devices.get(channel.device());
        let owner = device.and_then(Device::owner);
        (
            owner.or(channel.person.as_ref()).cloned(),
            channel.number.clone(),
        )
    }

    /// Who stands at the far end of a Local channel, if that is one person; anybody else is who they are.
    pub(super) fn behind<'a>(&self, calls: &'a [Call<'_>], uniqueid: &'a str) -> &'a str {
        let is_local = self.channels.get(uniqueid).is_some_and(Channel::is_local);
        let of = |call: &&Call<'_>| call.members.iter().any(|member| member.id == uniqueid);
        let call = calls.iter().filter(|_| is_local).find(of);
        match call.map(Call::people).as_deref() {
            Some([only]) => only.id,
            Some(_) | None => uniqueid,
        }
    }

    pub(super) fn parked_view(
        &self,
        uniqueid: &str,
        parked: &Parked,
        calls: &[Call<'_>],
        owners: &Owners<'_>,
    ) -> ParkedView {
        let parker = parked
            .parker
            .as_deref()
            .and_then(|device| owners.of(device));
        let (name, number) = self.person_at(self.behind(calls, uniqueid));
        ParkedView {
            id: Ref::new(RefKind::Parked, &self.pbx, uniqueid),
            leg: self.leg(uniqueid),
            lot: parked.lot.clone(),
            space: parked.space.clone(),
            since: parked.since,
            until: parked.until,
            name,
            number,
            parker: parker.map(|owner| owner.id(&self.pbx)),
            parker_device: parked.parker.clone(),
        }
    }

    /// Open rooms, and while they are empty those of the profile and those with a hint.
    pub(super) fn conference_views(&self) -> Vec<ConferenceView> {
        let hinted = self.hints().filter_map(|(_, _, hint)| hint.room());
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
            .map(|(room, conference)| self.conference_view(room, Some(conference)));
        let empty = named
            .into_iter()
            .filter(|room| !self.conferences.contains_key(*room));
        open.chain(empty.map(|room| self.conference_view(room, None)))
            .collect()
    }

    fn conference_view(&self, room: &str, open: Option<&Conference>) -> ConferenceView {
        let inside: Vec<(&String, &Channel)> = self
            .channels
            .iter()
            .filter(|(_, channel)| channel.room.as_deref() == Some(room))
            .collect();
        let known = inside
            .iter()
            .find_map(|(_, channel)| channel.exten.clone().filter(|exten| is_dialable(exten)));
        let profiled = self.place.conferences.iter().find(|number| *number == room);
        let hinted = self
            .hints()
            .find(|(_, _, hint)| hint.room() == Some(room))
            .map(|(exten, _, _)| exten.to_owned());
        ConferenceView {
            id: Ref::new(RefKind::Conference, &self.pbx, room),
            name: room.to_owned(),
            number: profiled.cloned().or(hinted).or(known),
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
