//! Parking lots: who waits in which space.

use ami::event::{ParkedCall, ParkingEvent};

use crate::board::Board;
use crate::view::Millis;

/// No lot has so many spaces: memory stays bounded whatever calls itself a PBX.
const MOST_PARKED: usize = 10_000;

/// A channel in a parking space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parked {
    /// The lot.
    pub lot: String,
    /// The space.
    pub space: String,
    /// Since when.
    pub since: Millis,
    /// When it is taken out again.
    pub until: Option<Millis>,
    /// The device it comes back to.
    pub parker: Option<String>,
    pub(crate) suspect: bool,
}

impl Board {
    pub(crate) fn parking(&mut self, event: &ParkingEvent<'_>, now: Millis) {
        match event {
            ParkingEvent::Parked(call) => self.park(call, now),
            ParkingEvent::Left { call, retriever } => {
                let uniqueid = call.parkee.uniqueid.as_ref();
                self.parked.remove(uniqueid);
                if let Some(channel) = self.channels.get_mut(uniqueid) {
                    channel.gave_up |= retriever.is_none();
                }
            }
        }
    }

    /// Whether this channel is parked.
    #[must_use]
    pub fn is_parked(&self, uniqueid: &str) -> bool {
        self.parked.contains_key(uniqueid)
    }

    fn park(&mut self, call: &ParkedCall<'_>, now: Millis) {
        let uniqueid = call.parkee.uniqueid.as_ref();
        // Who takes a parked call's place may be parked before it is announced (transcript `parked-transfers`).
        if self.tombstones.has(uniqueid) {
            return;
        }
        if self.parked.len() >= MOST_PARKED && !self.parked.contains_key(uniqueid) {
            self.anomalies.turned_away += 1;
            return;
        }
        // A caller parked out of a queue leaves it without a word (transcript `queue-parked-from`).
        self.unqueue(uniqueid);
        let since = now.saturating_sub(call.duration.unwrap_or(0).saturating_mul(1000));
        let known = self
            .parked
            .get(uniqueid)
            .filter(|parked| parked.space == call.space.as_ref());
        let since = known.map_or(since, |parked| parked.since);
        let until = call
            .timeout
            .filter(|seconds| *seconds > 0)
            .map(|seconds| since.saturating_add(seconds.saturating_mul(1000)));
        let parked = Parked {
            lot: call.lot.clone().into_owned(),
            space: call.space.clone().into_owned(),
            since,
            until,
            parker: call.parker.as_deref().map(str::to_owned),
            suspect: false,
        };
        self.parked.insert(uniqueid.to_owned(), parked);
        self.channels.touch(uniqueid);
    }
}
