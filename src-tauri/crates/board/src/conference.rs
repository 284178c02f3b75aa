//! Conference rooms. Who is in one is kept on the channels; here only what concerns the room itself.

use ami::event::{ConferenceEvent, Seat};

use crate::board::Board;
use crate::view::Millis;

/// An open room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conference {
    /// Since when it is known to be open.
    pub since: Millis,
    /// Nobody new comes in, as last asked.
    pub locked: Option<bool>,
    /// It is being recorded.
    pub recorded: bool,
    pub(crate) suspect: bool,
}

/// A seat in a room, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Chair {
    pub admin: bool,
    pub muted: bool,
    pub talking: bool,
    /// Waits for the one who opens the room. A list says; until one does, music tells.
    pub waiting: Option<bool>,
}

impl Chair {
    fn take(&mut self, news: Seat) {
        self.admin = news.admin.unwrap_or(self.admin);
        self.muted = news.muted.unwrap_or(self.muted);
        self.talking = news.talking.unwrap_or(self.talking);
        self.waiting = news.waiting.or(self.waiting);
    }
}

impl Board {
    pub(crate) fn conference(&mut self, event: &ConferenceEvent<'_>, listed: bool, now: Millis) {
        match event {
            // A room that has just been made is open to all; a list says whether it still is.
            ConferenceEvent::Open { room, locked } => {
                let fresh = !self.conferences.contains_key(room.as_ref());
                self.open(room, locked.or(fresh.then_some(false)), now);
            }
            ConferenceEvent::End { room } => {
                self.conferences.remove(room.as_ref());
            }
            ConferenceEvent::Join {
                room,
                channel,
                seat,
            } => {
                // Only administrators get into a locked room: whoever else has just come in proves that it is open.
                let open = !listed && seat.admin == Some(false);
                self.open(room, open.then_some(false), now);
                self.sit(&channel.uniqueid, Some(room));
                self.chair(&channel.uniqueid, *seat);
            }
            ConferenceEvent::Leave { channel, .. } => self.sit(&channel.uniqueid, None),
            ConferenceEvent::Seat { channel, seat } => self.chair(&channel.uniqueid, *seat),
            ConferenceEvent::Record { room, on } => {
                if let Some(known) = self.conferences.get_mut(room.as_ref()) {
                    known.recorded = *on;
                }
            }
        }
    }

    /// `locked`: as a list has told, or somebody who came in has shown.
    pub(crate) fn open(&mut self, room: &str, locked: Option<bool>, now: Millis) {
        let known = self
            .conferences
            .entry(room.to_owned())
            .or_insert(Conference {
                since: now,
                locked: None,
                recorded: false,
                suspect: false,
            });
        known.suspect = false;
        known.locked = locked.or(known.locked);
    }

    /// The rooms that are open, for asking who is in them.
    pub fn open_rooms(&self) -> impl Iterator<Item = &str> {
        self.conferences.keys().map(String::as_str)
    }

    pub(crate) fn sit(&mut self, uniqueid: &str, room: Option<&str>) {
        if let Some(channel) = self.channels.get_mut(uniqueid) {
            if channel.room.as_deref() != room {
                channel.chair = Chair::default();
            }
            self.channels.put_in_room(uniqueid, room);
        }
    }

    fn chair(&mut self, uniqueid: &str, news: Seat) {
        if let Some(channel) = self.channels.get_mut(uniqueid) {
            channel.chair.take(news);
        }
    }
}
