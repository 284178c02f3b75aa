//! All channels, found by their Uniqueid, and by where they are: their bridge, device and room. What these follow from is changed here
//! only.

use std::collections::BTreeMap;

use ami::ChannelSnapshot;

use crate::channel::{Channel, device_of};
use crate::index::Index;
use crate::key::Key;
use crate::view::Millis;

/// More marks than this are no better than "everything".
const MOST_TOUCHED: usize = 200_000;

/// Channels by Uniqueid. Whoever changes one leaves a mark, so that the next picture knows where to look.
#[derive(Debug, Default)]
pub(crate) struct Channels {
    by_key: BTreeMap<Key, (String, Channel)>,
    in_bridge: Index,
    of_device: Index,
    in_room: Index,
    touched: Vec<String>,
    all_touched: bool,
}

impl Channels {
    pub(crate) fn get(&self, uniqueid: &str) -> Option<&Channel> {
        self.by_key
            .get(&Key::of(uniqueid))
            .map(|(_, channel)| channel)
    }

    /// The channel with its id, as it is kept here.
    pub(crate) fn entry(&self, uniqueid: &str) -> Option<(&str, &Channel)> {
        self.by_key
            .get(&Key::of(uniqueid))
            .map(|(id, channel)| (id.as_str(), channel))
    }

    pub(crate) fn get_mut(&mut self, uniqueid: &str) -> Option<&mut Channel> {
        let (id, channel) = self.by_key.get_mut(&Key::of(uniqueid))?;
        mark(&mut self.touched, id, channel);
        Some(channel)
    }

    /// Something about it has changed that is not kept on it.
    pub(crate) fn touch(&mut self, uniqueid: &str) {
        self.get_mut(uniqueid);
    }

    /// Takes over what a block says of it. Tells whether it belongs to somebody else now; `None`: it is not there.
    pub(crate) fn update(&mut self, snapshot: &ChannelSnapshot<'_>, now: Millis) -> Option<bool> {
        let key = Key::of(&snapshot.uniqueid);
        let (id, channel) = self.by_key.get_mut(&key)?;
        mark(&mut self.touched, id, channel);
        if channel.name != snapshot.channel {
            self.of_device.remove(channel.device(), &key);
            self.of_device.add(device_of(&snapshot.channel), &key);
        }
        Some(channel.update(snapshot, now))
    }

    /// Its name is this now.
    pub(crate) fn rename(&mut self, uniqueid: &str, name: &str) {
        let Some(channel) = self.get_mut(uniqueid).filter(|known| known.name != name) else {
            return;
        };
        let before = std::mem::replace(&mut channel.name, name.to_owned());
        let key = Key::of(uniqueid);
        self.of_device.remove(device_of(&before), &key);
        self.of_device.add(device_of(name), &key);
    }

    /// Puts it into a bridge, since when, or out of the one it is in.
    pub(crate) fn put_in_bridge(&mut self, uniqueid: &str, bridge: Option<(&str, Millis)>) {
        let Some(channel) = self.get_mut(uniqueid) else {
            return;
        };
        let before = channel.bridge.take();
        channel.bridge = bridge.map(|(id, since)| (id.to_owned(), since));
        let key = Key::of(uniqueid);
        if let Some((before, _)) = before {
            self.in_bridge.remove(&before, &key);
        }
        if let Some((bridge, _)) = bridge {
            self.in_bridge.add(bridge, &key);
        }
    }

    /// Puts it into a conference room, or out of the one it is in.
    pub(crate) fn put_in_room(&mut self, uniqueid: &str, room: Option<&str>) {
        let Some(channel) = self.get_mut(uniqueid) else {
            return;
        };
        let before = std::mem::replace(&mut channel.room, room.map(str::to_owned));
        let key = Key::of(uniqueid);
        if let Some(before) = before {
            self.in_room.remove(&before, &key);
        }
        if let Some(room) = room {
            self.in_room.add(room, &key);
        }
    }

    /// Who is in this bridge.
    pub(crate) fn in_bridge(&self, bridge: &str) -> impl Iterator<Item = (&str, &Channel)> {
        self.in_bridge.of(bridge).filter_map(|key| self.at(key))
    }

    /// The channels of this device.
    pub(crate) fn of_device(&self, device: &str) -> impl Iterator<Item = (&str, &Channel)> {
        self.of_device.of(device).filter_map(|key| self.at(key))
    }

    /// Who is in this conference room.
    pub(crate) fn in_room(&self, room: &str) -> impl Iterator<Item = (&str, &Channel)> {
        self.in_room.of(room).filter_map(|key| self.at(key))
    }

    fn at(&self, key: &Key) -> Option<(&str, &Channel)> {
        let (id, channel) = self.by_key.get(key)?;
        Some((id, channel))
    }

    /// Something about this device has changed that its calls show.
    pub(crate) fn touch_device(&mut self, device: &str) {
        let ids: Vec<_> = self
            .of_device(device)
            .map(|(id, _)| id.to_owned())
            .collect();
        ids.iter().for_each(|id| self.touch(id));
    }

    /// Something about this bridge has changed that those in it show.
    pub(crate) fn touch_bridge(&mut self, bridge: &str) {
        let ids: Vec<_> = self
            .in_bridge(bridge)
            .map(|(id, _)| id.to_owned())
            .collect();
        ids.iter().for_each(|id| self.touch(id));
    }

    /// So much has changed that it is easier to look at all.
    pub(crate) fn touch_all(&mut self) {
        self.all_touched = true;
    }

    /// The marks since the last time; `None`: look at all.
    pub(crate) fn take_touched(&mut self) -> Option<Vec<String>> {
        let touched = std::mem::take(&mut self.touched);
        for id in &touched {
            if let Some((_, channel)) = self.by_key.get_mut(&Key::of(id)) {
                channel.touched = false;
            }
        }
        let all = std::mem::take(&mut self.all_touched);
        (!all).then_some(touched)
    }

    pub(crate) fn contains_key(&self, uniqueid: &str) -> bool {
        self.by_key.contains_key(&Key::of(uniqueid))
    }

    pub(crate) fn insert(&mut self, uniqueid: String, mut channel: Channel) {
        let key = Key::of(&uniqueid);
        channel.touched = true;
        self.touched.push(uniqueid.clone());
        self.of_device.add(channel.device(), &key);
        self.by_key.insert(key, (uniqueid, channel));
        self.forget_marks_of_the_gone();
    }

    pub(crate) fn remove(&mut self, uniqueid: &str) -> Option<Channel> {
        let key = Key::of(uniqueid);
        let (id, channel) = self.by_key.remove(&key)?;
        self.of_device.remove(channel.device(), &key);
        if let Some(bridge) = channel.bridge_id() {
            self.in_bridge.remove(bridge, &key);
        }
        if let Some(room) = &channel.room {
            self.in_room.remove(room, &key);
        }
        if !channel.touched {
            self.touched.push(id);
        }
        Some(channel)
    }

    /// Whether everybody is found where they are, and nobody where they are not.
    pub(crate) fn is_indexed(&self) -> bool {
        let (mut in_bridge, mut of_device, mut in_room) =
            (Index::default(), Index::default(), Index::default());
        for (key, (_, channel)) in &self.by_key {
            of_device.add(channel.device(), key);
            channel
                .bridge_id()
                .into_iter()
                .for_each(|id| in_bridge.add(id, key));
            channel.room.iter().for_each(|room| in_room.add(room, key));
        }
        [in_bridge, of_device, in_room]
            .iter()
            .eq([&self.in_bridge, &self.of_device, &self.in_room])
    }

    /// Where nobody makes pictures, marks must not pile up.
    fn forget_marks_of_the_gone(&mut self) {
        if self.touched.len() > MOST_TOUCHED {
            let by_key = &self.by_key;
            self.touched.retain(|id| by_key.contains_key(&Key::of(id)));
            self.all_touched = true;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Channel)> {
        self.by_key.values().map(|(id, channel)| (id, channel))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Channel> {
        self.by_key.values().map(|(_, channel)| channel)
    }

    /// For what no picture shows: it leaves no mark.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Channel> {
        self.by_key.values_mut().map(|(_, channel)| channel)
    }
}

fn mark(touched: &mut Vec<String>, id: &str, channel: &mut Channel) {
    if !channel.touched {
        channel.touched = true;
        touched.push(id.to_owned());
    }
}
