//! Conference rooms: no event tells that one is locked, nor do lists of channels tell of mute and rank. So the rooms are read again when
//! somebody comes or goes, and once a minute while one is open.

use std::time::Duration;

use ami::Action;
use ami::action::{ConfbridgeList, List};
use ami::event::ConferenceEvent;
use tokio::time::Instant;

use super::Exchange;
use super::sync::Purpose;
use crate::clock::Now;

/// A meeting begins with many at once: one reading for all of them.
const SETTLED: Duration = Duration::from_secs(1);
const WHILE_OPEN: Duration = Duration::from_secs(60);

/// When the rooms are read next.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    next: Option<Instant>,
}

impl Rooms {
    pub(super) fn due(&self) -> Option<Instant> {
        self.next
    }

    fn within(&mut self, wait: Duration, now: Now) {
        let at = now.instant + wait;
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
    }
}

impl Exchange {
    pub(super) fn room_event(&mut self, event: &ConferenceEvent<'_>, now: Now) {
        match event {
            ConferenceEvent::Join { .. } | ConferenceEvent::Leave { .. } => {
                self.rooms.within(SETTLED, now);
            }
            ConferenceEvent::Open { .. }
            | ConferenceEvent::End { .. }
            | ConferenceEvent::Seat { .. }
            | ConferenceEvent::Record { .. } => {}
        }
    }

    /// Reads the rooms if it is time.
    pub(super) fn look_at_rooms(&mut self, now: Now) {
        if self.rooms.next.is_none_or(|at| now.instant < at) {
            return;
        }
        self.rooms.next = None;
        if !self.is_live() || self.is_blind_to(List::Conferences) {
            return;
        }
        if self.sync.is_loading() {
            self.rooms.within(SETTLED, now);
        } else {
            self.read_again(&[List::Conferences], now);
        }
    }

    /// The rooms have been read: now who sits in them.
    pub(super) fn rooms_read(&mut self, now: Now) {
        let rooms: Vec<_> = self.board.open_rooms().map(str::to_owned).collect();
        if !rooms.is_empty() {
            self.rooms.within(WHILE_OPEN, now);
        }
        if !self.permissions.allow("ConfbridgeList") {
            return;
        }
        for room in rooms {
            self.ask(&ConfbridgeList { room }.request(), Purpose::Seats, now);
        }
    }
}
