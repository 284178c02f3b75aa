//! Parking spaces, queues and conference rooms, as the operator sees them.

use std::collections::BTreeSet;

use crate::board::Board;
use crate::channel::{Channel, is_dialable};
use crate::extension::Device;
use crate::id::{Ref, RefKind};
use crate::parking::Parked;
use crate::queue::Queue;
use crate::view::{ConferenceView, MemberView, Millis, ParkedView, QueueCallerView, QueueView};

impl Board {
    fn person_at(&self, uniqueid: &str) -> (Option<String>, Option<String>) {
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

    pub(super) fn parked_view(&self, uniqueid: &str, parked: &Parked) -> ParkedView {
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
        }
    }

    pub(super) fn queue_view(&self, name: &str, queue: &Queue) -> QueueView {
        let mut callers: Vec<_> = queue
            .callers
            .iter()
            .map(|(id, waiting)| {
                let (name, number) = self.person_at(id);
                QueueCallerView {
                    leg: self.leg(id),
                    position: waiting.position,
                    since: waiting.since,
                    name,
                    number,
                }
            })
            .collect();
        callers.sort_by_key(|caller| caller.position);
        let members = queue.members.iter().map(|(interface, member)| MemberView {
            interface: interface.clone(),
            name: member.name.clone(),
            state: member.state,
            paused: member.paused,
        });
        QueueView {
            id: Ref::new(RefKind::Queue, &self.pbx, name),
            name: name.to_owned(),
            number: queue.number.clone(),
            callers,
            members: members.collect(),
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
            .map(|(room, conference)| self.conference_view(room, Some(conference.since)));
        let empty = named
            .into_iter()
            .filter(|room| !self.conferences.contains_key(*room));
        open.chain(empty.map(|room| self.conference_view(room, None)))
            .collect()
    }

    fn conference_view(&self, room: &str, since: Option<Millis>) -> ConferenceView {
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
            members: inside.iter().map(|(id, _)| self.leg(id)).collect(),
            since,
        }
    }
}
