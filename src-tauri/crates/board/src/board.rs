//! The truth as we know it: events in, state changed. `apply` never fails; oddities are counted.
//!
//! Its first move is always the same: every channel whose block an event carries is brought up to date. Only `Newchannel` and list
//! items create a channel, so late news cannot raise a ghost.

use std::collections::BTreeMap;

use ami::action::List;
use ami::event::{ChannelEvent, SystemEvent, TransferEvent};
use ami::{ChannelSnapshot, Event};

use crate::anomaly::Anomalies;
use crate::bridge::Bridge;
use crate::channel::Channel;
use crate::conference::Conference;
use crate::dial::Dial;
use crate::extension::{Device, Extension};
use crate::id::PbxId;
use crate::parking::Parked;
use crate::queue::Queue;
use crate::tombstone::Tombstones;
use crate::view::Millis;

/// What the operator's profile says about this PBX; nothing Asterisk could tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The operator's own number.
    pub me: Option<String>,
    /// The context calls are dialled in.
    pub context: String,
    /// Numbers that lead into conference rooms.
    pub conferences: Vec<String>,
}

/// One PBX during one login.
#[derive(Debug)]
pub struct Board {
    pub(crate) pbx: PbxId,
    pub(crate) place: Place,
    pub(crate) channels: BTreeMap<String, Channel>,
    pub(crate) bridges: BTreeMap<String, Bridge>,
    pub(crate) dials: BTreeMap<String, Dial>,
    pub(crate) extensions: BTreeMap<(String, String), Extension>,
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) parked: BTreeMap<String, Parked>,
    pub(crate) queues: BTreeMap<String, Queue>,
    pub(crate) conferences: BTreeMap<String, Conference>,
    /// Local halves that wait for their other half, by what both names share.
    halves: BTreeMap<String, String>,
    tombstones: Tombstones,
    anomalies: Anomalies,
}

impl Board {
    /// An empty board: one for each login.
    #[must_use]
    pub fn new(pbx: PbxId, place: Place) -> Self {
        Self {
            pbx,
            place,
            channels: BTreeMap::new(),
            bridges: BTreeMap::new(),
            dials: BTreeMap::new(),
            extensions: BTreeMap::new(),
            devices: BTreeMap::new(),
            parked: BTreeMap::new(),
            queues: BTreeMap::new(),
            conferences: BTreeMap::new(),
            halves: BTreeMap::new(),
            tombstones: Tombstones::default(),
            anomalies: Anomalies::default(),
        }
    }

    /// A live event.
    pub fn apply(&mut self, event: &Event<'_>, now: Millis) {
        self.take(event, false, now);
    }

    /// An item of a list we asked for.
    pub fn apply_item(&mut self, event: &Event<'_>, now: Millis) {
        self.take(event, true, now);
    }

    /// A channel, if it exists.
    #[must_use]
    pub fn channel(&self, uniqueid: &str) -> Option<&Channel> {
        self.channels.get(uniqueid)
    }

    /// How many channels exist.
    #[must_use]
    pub fn channel_count(&self) -> usize {
        self.channels.len()
    }

    /// The PBX it shows.
    #[must_use]
    pub fn pbx(&self) -> &PbxId {
        &self.pbx
    }

    /// What the profile says about this PBX.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// All channels, by Uniqueid.
    pub fn channels(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels
            .iter()
            .map(|(id, channel)| (id.as_str(), channel))
    }

    /// Whether this channel waits in a queue.
    #[must_use]
    pub fn is_queued(&self, uniqueid: &str) -> bool {
        self.queues
            .values()
            .any(|queue| queue.callers.contains_key(uniqueid))
    }

    /// Whether this channel is parked.
    #[must_use]
    pub fn is_parked(&self, uniqueid: &str) -> bool {
        self.parked.contains_key(uniqueid)
    }

    /// Whether this channel is in a bridge that only holds it.
    #[must_use]
    pub fn is_held_in_lot(&self, channel: &Channel) -> bool {
        channel
            .bridge_id()
            .and_then(|id| self.bridges.get(id))
            .is_some_and(|bridge| bridge.holding)
    }

    /// What was odd so far.
    #[must_use]
    pub fn anomalies(&self) -> &Anomalies {
        &self.anomalies
    }

    /// The open dials of a channel: whom it rings, and how each stands.
    pub fn rings(&self, caller: &str) -> impl Iterator<Item = (&str, &Dial)> {
        self.dials
            .iter()
            .filter(move |(_, dial)| dial.caller.as_deref() == Some(caller))
            .map(|(dest, dial)| (dest.as_str(), dial))
    }

    fn take(&mut self, event: &Event<'_>, listed: bool, now: Millis) {
        if let Event::Channel(
            ChannelEvent::Newchannel(snapshot)
            | ChannelEvent::Listed {
                channel: snapshot, ..
            },
        ) = event
        {
            self.announce(snapshot, event, now);
        }
        for snapshot in event.snapshots() {
            match self.channels.get_mut(snapshot.uniqueid.as_ref()) {
                Some(channel) => channel.update(snapshot, now),
                None if !self.tombstones.has(&snapshot.uniqueid) => self.anomalies.strangers += 1,
                None => {}
            }
        }
        match event {
            Event::Channel(event) => self.channel_event(event, now),
            Event::Bridge(event) => self.bridge(event, now),
            Event::Dial(event) => self.dial(event, now),
            Event::Transfer(event) => self.transfer(event),
            Event::Parking(event) => self.parking(event, now),
            Event::Queue(event) => self.queue(event, now),
            Event::State(event) => self.state(event, listed, now),
            Event::Conference(event) => self.conference(event, now),
            Event::System(
                SystemEvent::FullyBooted | SystemEvent::Shutdown | SystemEvent::Reload,
            ) => {}
            Event::Originate(_) | Event::Other(_) => {}
            Event::Malformed(_) => self.anomalies.malformed += 1,
        }
    }

    fn announce(&mut self, snapshot: &ChannelSnapshot<'_>, event: &Event<'_>, now: Millis) {
        let uniqueid = snapshot.uniqueid.as_ref();
        if self.channels.contains_key(uniqueid) {
            return;
        }
        if self.tombstones.has(uniqueid) {
            self.anomalies.revived += 1;
            return;
        }
        let mut age = 0;
        if let Event::Channel(ChannelEvent::Listed {
            age: Some(seconds), ..
        }) = event
        {
            age = seconds.saturating_mul(1000);
        }
        let mut channel = Channel::new(snapshot, now.saturating_sub(age));
        if let Some((base, _)) = channel.local_base() {
            match self.halves.remove(base) {
                Some(other) => {
                    channel.half = Some(other.clone());
                    if let Some(half) = self.channels.get_mut(&other) {
                        half.half = Some(uniqueid.to_owned());
                    }
                }
                None => {
                    self.halves.insert(base.to_owned(), uniqueid.to_owned());
                }
            }
        }
        self.channels.insert(uniqueid.to_owned(), channel);
    }

    fn channel_event(&mut self, event: &ChannelEvent<'_>, now: Millis) {
        match event {
            ChannelEvent::Newchannel(_) | ChannelEvent::Changed(_) => {}
            ChannelEvent::HangupRequest(snapshot) => self.with(snapshot, |channel| {
                channel.ending.get_or_insert(now);
            }),
            ChannelEvent::Hangup { channel, .. } => self.remove(&channel.uniqueid, now),
            ChannelEvent::Hold(snapshot) => self.with(snapshot, |channel| {
                channel.hold.get_or_insert(now);
            }),
            ChannelEvent::Unhold(snapshot) => self.with(snapshot, |channel| channel.hold = None),
            ChannelEvent::MusicOnHoldStart(_) | ChannelEvent::MusicOnHoldStop(_) => {}
            ChannelEvent::Rename { uniqueid, name } => {
                if let Some(channel) = self.channels.get_mut(uniqueid.as_ref()) {
                    name.as_ref().clone_into(&mut channel.name);
                }
            }
            ChannelEvent::Listed {
                channel,
                bridge,
                application,
                application_data,
                ..
            } => {
                self.listed(
                    &channel.uniqueid,
                    bridge.as_deref(),
                    application.as_deref(),
                    application_data.as_deref(),
                    now,
                );
            }
        }
    }

    fn with(&mut self, snapshot: &ChannelSnapshot<'_>, change: impl FnOnce(&mut Channel)) {
        if let Some(channel) = self.channels.get_mut(snapshot.uniqueid.as_ref()) {
            change(channel);
        }
    }

    fn listed(
        &mut self,
        uniqueid: &str,
        bridge: Option<&str>,
        application: Option<&str>,
        data: Option<&str>,
        now: Millis,
    ) {
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        channel.suspect = false;
        channel.application = application.map(str::to_owned);
        let room = data
            .filter(|_| application == Some("ConfBridge"))
            .and_then(|data| data.split(',').next());
        match bridge {
            Some(bridge) => self.enter(uniqueid, bridge, now),
            None => channel.bridge = None,
        }
        if let Some(room) = room {
            self.seat(uniqueid, Some(room));
        }
    }

    /// The two halves know each other by name already; this covers drivers that name them otherwise.
    fn transfer(&mut self, event: &TransferEvent<'_>) {
        let TransferEvent::LocalBridge { one, two } = event else {
            return;
        };
        for (half, other) in [(one, two), (two, one)] {
            self.with(half, |channel| {
                channel.half = Some(other.uniqueid.clone().into_owned())
            });
        }
    }

    fn remove(&mut self, uniqueid: &str, now: Millis) {
        self.tombstones.set(uniqueid, now);
        self.drop_dials(uniqueid);
        self.parked.remove(uniqueid);
        self.unqueue_everywhere(uniqueid);
        let Some(channel) = self.channels.remove(uniqueid) else {
            return;
        };
        if let Some((base, _)) = channel.local_base() {
            self.halves.remove(base);
        }
        if let Some(other) = channel.half.and_then(|other| self.channels.get_mut(&other)) {
            other.half = None;
        }
    }

    /// A list has been asked for: whatever is known now and the list lacks is gone when it ends.
    pub fn list_asked(&mut self, list: List) {
        match list {
            List::Channels | List::Status => self
                .channels
                .values_mut()
                .for_each(|known| known.suspect = true),
            List::Bridges => self
                .bridges
                .values_mut()
                .for_each(|known| known.suspect = true),
            List::ParkedCalls => self
                .parked
                .values_mut()
                .for_each(|known| known.suspect = true),
            List::Queues => self.queues.values_mut().for_each(suspect_queue),
            List::Extensions => self
                .extensions
                .values_mut()
                .for_each(|known| known.suspect = true),
            List::Conferences => self
                .conferences
                .values_mut()
                .for_each(|known| known.suspect = true),
            List::Devices | List::Endpoints => {}
        }
    }

    /// The list has ended.
    pub fn list_done(&mut self, list: List, now: Millis) {
        match list {
            List::Channels | List::Status => {
                let gone: Vec<_> = self
                    .channels
                    .iter()
                    .filter(|(_, known)| known.suspect)
                    .map(|(id, _)| id.clone())
                    .collect();
                gone.iter().for_each(|id| self.remove(id, now));
                self.infer_dials(now);
                self.infer_rooms(now);
            }
            List::Bridges => self.bridges.retain(|_, known| !known.suspect),
            List::ParkedCalls => self.parked.retain(|_, known| !known.suspect),
            List::Queues => {
                self.queues.retain(|_, known| !known.suspect);
                self.queues.values_mut().for_each(sweep_queue);
            }
            List::Extensions => self.extensions.retain(|_, known| !known.suspect),
            List::Conferences => self.conferences.retain(|_, known| !known.suspect),
            List::Devices | List::Endpoints => {}
        }
    }

    fn infer_rooms(&mut self, now: Millis) {
        let rooms: Vec<_> = self
            .channels
            .values()
            .filter_map(|channel| channel.room.clone())
            .collect();
        rooms.iter().for_each(|room| self.open(room, now));
    }
}

fn suspect_queue(queue: &mut Queue) {
    queue.suspect = true;
    queue
        .callers
        .values_mut()
        .for_each(|caller| caller.suspect = true);
    queue
        .members
        .values_mut()
        .for_each(|member| member.suspect = true);
}

fn sweep_queue(queue: &mut Queue) {
    queue.callers.retain(|_, caller| !caller.suspect);
    queue.members.retain(|_, member| !member.suspect);
}
