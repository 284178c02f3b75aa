//! Conference rooms. Who is in one is kept on the channels; here only that the room is open.

use ami::event::ConferenceEvent;

use crate::board::Board;
use crate::view::Millis;

/// An open room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conference {
    /// Since when it is known to be open.
    pub since: Millis,
    pub(crate) suspect: bool,
}

impl Board {
    pub(crate) fn conference(&mut self, event: &ConferenceEvent<'_>, now: Millis) {
        match event {
            ConferenceEvent::Open { room } => self.open(room, now),
            ConferenceEvent::End { room } => {
                self.conferences.remove(room.as_ref());
            }
            ConferenceEvent::Join { room, channel } => {
                self.open(room, now);
                self.seat(&channel.uniqueid, Some(room));
            }
            ConferenceEvent::Leave { channel, .. } => self.seat(&channel.uniqueid, None),
        }
    }

    pub(crate) fn open(&mut self, room: &str, now: Millis) {
        let known = self
            .conferences
            .entry(room.to_owned())
            .or_insert(Conference {
                since: now,
                suspect: false,
            });
        known.suspect = false;
    }

    pub(crate) fn seat(&mut self, uniqueid: &str, room: Option<&str>) {
        if let Some(channel) = self.channels.get_mut(uniqueid) {
            channel.room = room.map(str::to_owned);
        }
    }
}
