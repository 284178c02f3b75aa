//! Parking lots: who waits in which space.

use ami::event::{ParkedCall, ParkingEvent, ParkingLot};

use crate::board::Board;
use crate::view::Millis;

/// No lot has so many spaces: memory stays bounded whatever calls itself a PBX.
const MOST_PARKED: usize = 10_000;
/// And no PBX so many lots.
const MOST_LOTS: usize = 1_000;

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

/// The spaces of a lot, as the PBX lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spaces {
    pub first: u32,
    pub last: u32,
    pub(crate) suspect: bool,
}

/// How full a parking lot is. Whoever is parked into a full one is hung up, and the PBX says that it was successful (transcript
/// `park-lot-full`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// How many can wait in it.
    pub spaces: usize,
    /// How many do.
    pub taken: usize,
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
            ParkingEvent::Lot(lot) => self.learn_lot(lot),
        }
    }

    /// Whether this channel is parked.
    #[must_use]
    pub fn is_parked(&self, uniqueid: &str) -> bool {
        self.parked.contains_key(uniqueid)
    }

    /// The names of the lots; none of a PBX that does not park, or does not tell.
    pub fn lots(&self) -> impl Iterator<Item = &str> {
        self.lots.keys().map(String::as_str)
    }

    /// How full this lot is; `None`: the PBX has not told of such a lot.
    #[must_use]
    pub fn lot(&self, name: &str) -> Option<Lot> {
        let Spaces { first, last, .. } = self.lots.get(name)?;
        let spaces = (u64::from(*last) + 1).saturating_sub(u64::from(*first));
        let taken = self.parked.values().filter(|parked| parked.lot == name);
        Some(Lot {
            spaces: usize::try_from(spaces).unwrap_or(usize::MAX),
            taken: taken.count(),
        })
    }

    /// Whether anybody is parked.
    #[must_use]
    pub fn has_parked(&self) -> bool {
        !self.parked.is_empty()
    }

    fn learn_lot(&mut self, lot: &ParkingLot<'_>) {
        let name = lot.name.as_ref();
        if self.lots.len() >= MOST_LOTS && !self.lots.contains_key(name) {
            self.anomalies.turned_away += 1;
            return;
        }
        let spaces = Spaces {
            first: lot.first,
            last: lot.last,
            suspect: false,
        };
        self.lots.insert(name.to_owned(), spaces);
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
