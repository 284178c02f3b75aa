//! Parking lots: a caller waits in a numbered space until somebody dials it, or comes back.

use crate::Millis;
use crate::bridge::BridgeKind;
use crate::channel::{ChannelKey, Doing, State};
use crate::class::Classes;
use crate::moves::Parking;
use crate::pbx::{Pbx, Task};
use crate::wire::{Message, event};

/// A lot and who is parked in it.
#[derive(Debug, Clone)]
pub(crate) struct Lot {
    pub(crate) name: &'static str,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Seconds until a caller comes back.
    pub(crate) timeout: u64,
    /// The context in which those go on whom nobody fetches (`comebackcontext`); else they come back to whoever parked them.
    pub(crate) elsewhere: Option<&'static str>,
    pub(crate) parked: Vec<Parked>,
}

/// One who is parked.
#[derive(Debug, Clone)]
pub(crate) struct Parked {
    pub(crate) space: u32,
    pub(crate) channel: ChannelKey,
    /// Whom to ring when time is up, as a dial string; empty if nobody.
    pub(crate) parker: String,
    pub(crate) timeout: u64,
    pub(crate) since: Millis,
}

/// The lot of two spaces that only the lab has.
pub(crate) const HOTEL: &str = "hotel";

pub(crate) fn lots() -> Vec<Lot> {
    vec![
        lot("default", (701, 720), 45, None),
        lot("short", (751, 760), 4, None),
        lot(HOTEL, (771, 772), 2, Some("park-lost")),
    ]
}

fn lot(
    name: &'static str,
    (first, last): (u32, u32),
    timeout: u64,
    elsewhere: Option<&'static str>,
) -> Lot {
    Lot {
        name,
        first,
        last,
        timeout,
        elsewhere,
        parked: Vec::new(),
    }
}

impl Lot {
    fn free(&self, wanted: Option<u32>) -> Option<u32> {
        let taken = |space: &u32| self.parked.iter().any(|parked| parked.space == *space);
        // Taken: the next one behind it that is free.
        let from = wanted.filter(|space| (self.first..=self.last).contains(space));
        let from = from.unwrap_or(self.first);
        (from..=self.last)
            .chain(self.first..from)
            .find(|space| !taken(space))
    }
}

/// The lines every parking event and list item ends with; the time-out is what is left of it.
pub(crate) fn parked_lines(message: Message, lot: &str, parked: &Parked, now: Millis) -> Message {
    let waited = now.saturating_sub(parked.since) / 1000;
    message
        .with("ParkerDialString", &parked.parker)
        .with("Parkinglot", lot)
        .with("ParkingSpace", parked.space)
        .with("ParkingTimeout", parked.timeout.saturating_sub(waited))
        .with("ParkingDuration", waited)
}

impl Pbx {
    /// Is there a lot of this name?
    pub(crate) fn has_lot(&self, name: &str) -> bool {
        self.lots.iter().any(|lot| lot.name == name)
    }

    /// The space somebody would get.
    pub(crate) fn free_space(&self, parking: &Parking) -> Option<u32> {
        let lot = self.lots.iter().find(|lot| lot.name == parking.lot)?;
        lot.free(parking.wanted)
    }

    /// Parks a channel that is in no bridge. Gives the space; if the lot is unknown or full there is none, and the channel
    /// is hung up.
    pub(crate) fn park(&mut self, key: ChannelKey, parking: &Parking) -> Option<u32> {
        let now = self.now;
        let lot = parking.lot.as_str();
        let space = self.free_space(parking);
        let place = self.lots.iter_mut().find(|known| known.name == lot);
        let (Some(place), Some(space)) = (place, space) else {
            self.let_go(vec![key]);
            return None;
        };
        let timeout = parking.timeout.unwrap_or(place.timeout);
        let parked = Parked {
            space,
            channel: key,
            parker: parking.parker.clone(),
            timeout,
            since: now,
        };
        place.parked.push(parked.clone());
        if self
            .channels
            .get(&key)
            .is_some_and(|channel| channel.state != State::Up)
        {
            self.answer(key);
        }
        let text = event("ParkedCall", Classes::CALL).channel("Parkee", self.channels.get(&key));
        let text = parked_lines(text, lot, &parked, now);
        self.tell(Classes::CALL, text);
        self.has_dialplan(key);
        let bridge = self.parking_bridge(lot);
        let step = self.set_doing(key, Doing::Parked);
        self.enter(bridge, key, None);
        self.music("MusicOnHoldStart", key);
        if timeout > 0 {
            self.later(timeout * 1000, Task::ParkingExpires(key, step));
        }
        Some(space)
    }

    /// A lot has one bridge; once made it stays, empty or not.
    pub(crate) fn parking_bridge(&mut self, lot: &str) -> crate::bridge::BridgeKey {
        let kind = BridgeKind::Parking(lot.to_owned());
        let known = self
            .bridges
            .iter()
            .find(|(_, bridge)| bridge.kind == kind)
            .map(|(key, _)| *key);
        known.unwrap_or_else(|| self.create_bridge(kind))
    }

    /// Takes a channel out of its space: the event says why, then it leaves the parking bridge.
    fn unpark(
        &mut self,
        key: ChannelKey,
        name: &str,
        retriever: Option<ChannelKey>,
    ) -> Option<Parked> {
        let lot = self
            .lots
            .iter_mut()
            .find(|lot| lot.parked.iter().any(|parked| parked.channel == key))?;
        let index = lot.parked.iter().position(|parked| parked.channel == key)?;
        let parked = lot.parked.remove(index);
        let lot = lot.name;
        self.music("MusicOnHoldStop", key);
        let text = event(name, Classes::CALL)
            .channel("Parkee", self.channels.get(&key))
            .channel(
                "Retriever",
                retriever.and_then(|key| self.channels.get(&key)),
            );
        self.tell(Classes::CALL, parked_lines(text, lot, &parked, self.now));
        self.set_doing(key, Doing::Nothing);
        self.step_out(key);
        Some(parked)
    }

    /// A parked caller is moved away or hangs up: for Asterisk both are "gave up".
    pub(crate) fn give_up_space(&mut self, key: ChannelKey) {
        self.unpark(key, "ParkedCallGiveUp", None);
    }

    /// Time is up: the caller rings whoever parked it, in a context nobody has configured.
    pub(crate) fn parking_expired(&mut self, key: ChannelKey) {
        let lot = self
            .lots
            .iter()
            .find(|lot| lot.parked.iter().any(|parked| parked.channel == key));
        let context = lot.and_then(|lot| lot.elsewhere).unwrap_or("park-dial");
        let Some(parked) = self.unpark(key, "ParkedCallTimeOut", None) else {
            return;
        };
        if parked.parker.is_empty() {
            return self.hang_up(key);
        }
        self.place(key, context, &parked.parker.replace('/', "_"), 1);
        self.run_soon(key);
    }

    /// Somebody dialled a space: the two talk. Nobody there: the end.
    pub(crate) fn retrieve(&mut self, key: ChannelKey, space: u32) {
        let parked = self
            .lots
            .iter()
            .flat_map(|lot| &lot.parked)
            .find(|parked| parked.space == space);
        let parkee = parked.map(|parked| parked.channel);
        self.answer(key);
        let Some(parkee) = parkee else {
            return self.hang_up(key);
        };
        self.unpark(parkee, "UnParkedCall", Some(key));
        self.join(parkee, key);
        let (waiting, taking) = (self.who(parkee), self.who(key));
        self.set_connected(parkee, taking);
        self.set_connected(key, waiting);
    }
}
