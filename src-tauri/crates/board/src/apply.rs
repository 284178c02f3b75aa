//! News into the board. The first move is always the same: every channel whose block an event carries is brought up to date.
//! Only `Newchannel` and list items create a channel, so late news cannot raise a ghost.

use ami::event::{ChannelEvent, SystemEvent, TransferEvent};
use ami::{ChannelSnapshot, Event};

use crate::board::Board;
use crate::channel::Channel;
use crate::view::Millis;

/// More channels than this are counted, not shown: memory stays bounded whatever calls itself a PBX.
const MOST_CHANNELS: usize = 100_000;

impl Board {
    /// One piece of news.
    pub(crate) fn take(&mut self, event: &Event<'_>, listed: bool, now: Millis) {
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
            let Some(is_another_s) = self.channels.update(snapshot, now) else {
                let early = matches!(event, Event::Parking(_));
                let strange = !early && !self.tombstones.has(&snapshot.uniqueid);
                self.anomalies.strangers += u64::from(strange);
                continue;
            };
            if is_another_s {
                self.notice_person(&snapshot.uniqueid);
            }
        }
        match event {
            Event::Channel(event) => self.channel_event(event, now),
            Event::Bridge(event) => self.bridge(event, now),
            Event::Dial(event) => self.dial(event, now),
            Event::Transfer(event) => self.transfer(event, now),
            Event::Parking(event) => self.parking(event, now),
            Event::Queue(event) => self.queue(event, now),
            Event::State(event) => self.state(event, listed, now),
            Event::Conference(event) => self.conference(event, listed, now),
            Event::Recording(event) => self.recording_event(event, now),
            Event::Spy(event) => self.spy(event),
            Event::Agent(event) => self.agent(event, now),
            Event::System(
                SystemEvent::FullyBooted { .. } | SystemEvent::Shutdown | SystemEvent::Reload,
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
        if self.channels.len() >= MOST_CHANNELS {
            self.anomalies.turned_away += 1;
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
        let is_new = matches!(event, Event::Channel(ChannelEvent::Newchannel(_)));
        if is_new && channel.is_made_for_another(uniqueid) {
            channel.set_rung();
        }
        self.channels.insert(uniqueid.to_owned(), channel);
        self.pair(uniqueid);
        self.notice_person(uniqueid);
    }

    /// The halves of a Local channel find each other by their names.
    fn pair(&mut self, uniqueid: &str) {
        let Some(channel) = self.channels.get(uniqueid) else {
            return;
        };
        let Some((base, _)) = channel.local_base() else {
            return;
        };
        let Some(other) = self.halves.remove(base) else {
            self.halves.insert(base.to_owned(), uniqueid.to_owned());
            return;
        };
        self.tie(uniqueid, &other);
        self.tie(&other, uniqueid);
    }

    fn tie(&mut self, half: &str, other: &str) {
        if let Some(channel) = self.channels.get_mut(half) {
            channel.half = Some(other.to_owned());
        }
    }

    fn channel_event(&mut self, event: &ChannelEvent<'_>, now: Millis) {
        match event {
            ChannelEvent::Newchannel(_) | ChannelEvent::Changed(_) => {}
            ChannelEvent::HangupRequest {
                channel: snapshot,
                cause,
                own,
            } => self.with(snapshot, |channel| {
                channel.ending.get_or_insert(now);
                channel.hung_up |= *own;
                channel.cause = cause.or(channel.cause);
            }),
            ChannelEvent::Hangup { channel, cause, .. } => {
                self.with(channel, |known| known.cause = cause.or(known.cause));
                self.remove(&channel.uniqueid, now);
            }
            ChannelEvent::Hold(snapshot) => self.with(snapshot, |channel| {
                channel.hold.get_or_insert(now);
                channel.hold_inferred = false;
            }),
            ChannelEvent::Unhold(snapshot) => self.with(snapshot, |channel| channel.hold = None),
            ChannelEvent::MusicOnHoldStart(snapshot) => {
                // Newer than what a list has said of its seat.
                self.with(snapshot, |channel| {
                    (channel.music, channel.chair.waiting) = (true, None);
                })
            }
            ChannelEvent::MusicOnHoldStop(snapshot) => {
                // Whoever waited for a room to be opened waited with music.
                self.with(snapshot, |channel| {
                    (channel.music, channel.chair.waiting) = (false, None);
                })
            }
            ChannelEvent::Rename { uniqueid, name } => self.channels.rename(uniqueid, name),
            ChannelEvent::Listed {
                channel,
                bridge,
                application,
                application_data,
                ..
            } => {
                let uniqueid = channel.uniqueid.as_ref();
                self.list_channel(uniqueid, bridge.as_deref(), now);
                self.list_application(uniqueid, application.as_ref(), application_data.as_ref());
            }
        }
    }

    fn with(&mut self, snapshot: &ChannelSnapshot<'_>, change: impl FnOnce(&mut Channel)) {
        if let Some(channel) = self.channels.get_mut(snapshot.uniqueid.as_ref()) {
            change(channel);
        }
    }

    fn transfer(&mut self, event: &TransferEvent<'_>, now: Millis) {
        match event {
            // The two halves know each other by name already; this covers drivers that name them otherwise.
            TransferEvent::LocalBridge { one, two } => {
                self.tie(&one.uniqueid, &two.uniqueid);
                self.tie(&two.uniqueid, &one.uniqueid);
            }
            TransferEvent::OptimizationBegins { one, two, source } => {
                self.begin_optimisation(one, [two.as_ref(), source.as_ref()]);
            }
            TransferEvent::OptimizationEnds { one, .. } => self.end_optimisation(&one.uniqueid),
            TransferEvent::Attended {
                second: Some(second),
                transferee: Some(transferee),
                ..
            } => {
                self.hand_over_rings(&second.uniqueid, &transferee.uniqueid);
                self.expect_recall(second, &transferee.uniqueid);
            }
            TransferEvent::Pickup {
                channel,
                target: Some(target),
            } => self.pick_up(&channel.uniqueid, &target.uniqueid, now),
            TransferEvent::Blind { .. }
            | TransferEvent::Attended { .. }
            | TransferEvent::Pickup { target: None, .. } => {}
        }
    }

    /// A channel that the PBX's own list has not had twice: its end was never told.
    pub fn remove_ghost(&mut self, uniqueid: &str, now: Millis) {
        self.remove(uniqueid, now);
    }

    /// Whether this channel has hung up, as far back as that is remembered.
    #[must_use]
    pub fn has_ended(&self, uniqueid: &str) -> bool {
        self.tombstones.has(uniqueid)
    }

    pub(crate) fn remove(&mut self, uniqueid: &str, now: Millis) {
        self.tombstones.set(uniqueid, now);
        self.forget_optimisation(uniqueid);
        let by_pbx = self.is_rung_by_pbx(uniqueid);
        self.note_cause(uniqueid);
        self.drop_dials(uniqueid);
        self.forget_recall(uniqueid);
        self.parked.remove(uniqueid);
        self.unqueue(uniqueid);
        self.spyers.remove(uniqueid);
        let Some(channel) = self.channels.remove(uniqueid) else {
            return;
        };
        self.note_ending(uniqueid, &channel, by_pbx, now);
        // By its id: it may have another name by now. Hardly any half ever waits for its other.
        self.halves.retain(|_, waiting| waiting != uniqueid);
        if let Some(other) = channel.half.and_then(|other| self.channels.get_mut(&other)) {
            other.half = None;
        }
    }
}
