//! Lists: what is known when one is asked for is suspect until an item confirms it, and gone if none has when the list ends.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ami::action::List;

use crate::board::Board;
use crate::view::Millis;

impl Board {
    /// A list has been asked for: whatever is known now and the list lacks is gone when it ends.
    pub fn list_asked(&mut self, list: List) {
        match list {
            List::Channels | List::Status => {
                let channels = self.channels.values_mut();
                channels.for_each(|known| known.suspect = true);
            }
            List::Bridges => {
                let bridges = self.bridges.values_mut();
                bridges.for_each(|known| known.suspect = true);
            }
            List::ParkedCalls => {
                let parked = self.parked.values_mut();
                parked.for_each(|known| known.suspect = true);
            }
            List::ParkingLots => {
                let lots = self.lots.values_mut();
                lots.for_each(|known| known.suspect = true);
            }
            List::Queues => self.suspect_queues(),
            List::Extensions => {
                let hints = self.extensions.values_mut().flat_map(BTreeMap::values_mut);
                hints.for_each(|known| known.suspect = true);
            }
            List::Conferences => {
                let rooms = self.conferences.values_mut();
                rooms.for_each(|known| known.suspect = true);
            }
            List::Agents => {
                let agents = self.agents.values_mut();
                agents.for_each(|known| known.suspect = true);
            }
            List::Devices | List::Endpoints | List::Presences => {}
        }
    }

    /// The list has ended.
    pub fn list_done(&mut self, list: List, now: Millis) {
        match list {
            List::Channels | List::Status => {
                self.channels.touch_all();
                self.sweep_channels(now);
                self.infer_dials();
                self.infer_rooms(now);
                self.infer_listening();
                self.infer_recordings();
            }
            List::Bridges => self.sweep_bridges(),
            List::ParkedCalls => self.sweep_parked(),
            List::ParkingLots => self.lots.retain(|_, known| !known.suspect),
            List::Queues => self.sweep_queues(),
            List::Extensions => {
                self.touched.owners = true;
                let contexts = self.extensions.values_mut();
                contexts.for_each(|hints| hints.retain(|_, known| !known.suspect));
            }
            List::Conferences => self.conferences.retain(|_, known| !known.suspect),
            List::Devices => self.infer_holds(now),
            List::Agents => self.sweep_agents(),
            List::Endpoints | List::Presences => {}
        }
    }

    /// A channel of the list, and the bridge it is in.
    pub(crate) fn list_channel(&mut self, uniqueid: &str, bridge: Option<&str>, now: Millis) {
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        channel.suspect = false;
        match (bridge, channel.bridge_id().map(str::to_owned)) {
            (Some(bridge), _) => {
                let since = channel.first_heard_of(now);
                self.enter(uniqueid, bridge, since);
            }
            (None, Some(left)) => self.leave(uniqueid, &left, now),
            (None, None) => {}
        }
    }

    /// What a channel of the list runs; the first argument of ConfBridge is the room.
    pub(crate) fn list_application(
        &mut self,
        uniqueid: &str,
        application: Option<&Cow<'_, str>>,
        data: Option<&Cow<'_, str>>,
    ) {
        if let Some(channel) = self.channels.get_mut(uniqueid) {
            channel.runs(application, data);
        }
        if application.is_some_and(|name| name == "ConfBridge") {
            let room = data.and_then(|data| data.split(',').next());
            self.sit(uniqueid, room);
        }
    }

    fn sweep_channels(&mut self, now: Millis) {
        let suspects = self.channels.iter().filter(|(_, known)| known.suspect);
        let gone: Vec<_> = suspects.map(|(id, _)| id.clone()).collect();
        gone.iter().for_each(|id| self.remove(id, now));
    }

    /// Those in a bridge that only held them are in one that nobody knows.
    fn sweep_bridges(&mut self) {
        let gone = self.bridges.extract_if(.., |_, known| known.suspect);
        gone.filter(|(_, known)| known.holding)
            .for_each(|(id, _)| self.channels.touch_bridge(&id));
    }

    fn sweep_parked(&mut self) {
        let gone = self.parked.extract_if(.., |_, known| known.suspect);
        gone.for_each(|(id, _)| self.channels.touch(&id));
    }

    fn sweep_agents(&mut self) {
        let gone = self.agents.extract_if(.., |_, known| known.suspect);
        gone.filter_map(|(_, agent)| agent.leg)
            .for_each(|leg| self.channels.touch(&leg));
    }

    fn infer_rooms(&mut self, now: Millis) {
        let channels = self.channels.values();
        let rooms: Vec<_> = channels
            .filter_map(|channel| channel.room.clone())
            .collect();
        rooms.iter().for_each(|room| self.open(room, None, now));
    }
}
