//! Parking lots.

use std::borrow::Cow;

use super::{Fields, Missing};
use crate::channel::ChannelSnapshot;

/// A call in a parking space.
#[derive(Debug, Clone, PartialEq)]
pub struct ParkedCall<'f> {
    /// Who waits.
    pub parkee: ChannelSnapshot<'f>,
    /// The lot's name.
    pub lot: Cow<'f, str>,
    /// The space, which is also the number that fetches it.
    pub space: Cow<'f, str>,
    /// Seconds until the PBX takes it out again; 0 or absent: never.
    pub timeout: Option<u64>,
    /// Seconds it has been there.
    pub duration: Option<u64>,
    /// The device it comes back to when its time is over, e.g. `PJSIP/102`: the one that parked it, unless something else was asked for.
    pub parker: Option<Cow<'f, str>>,
}

/// A lot, as `Parkinglots` lists it (`res/parking/parking_manager.c`).
#[derive(Debug, Clone, PartialEq)]
pub struct ParkingLot<'f> {
    /// Its name.
    pub name: Cow<'f, str>,
    /// Its first space: `StartSpace`, before 12 `StartExten`.
    pub first: u32,
    /// Its last space: `StopSpace`, before 12 `StopExten`.
    pub last: u32,
    /// Seconds until the PBX takes a call out of it again, unless something else was asked for; 0 or absent: never.
    pub timeout: Option<u64>,
}

/// Events of parking lots. They travel apart from the bridge events: either order arrives.
#[derive(Debug, Clone, PartialEq)]
pub enum ParkingEvent<'f> {
    /// `ParkedCall`, live and as an item of `ParkedCalls`.
    Parked(ParkedCall<'f>),
    /// `UnParkedCall`, `ParkedCallTimeOut`, `ParkedCallGiveUp`: it has left its space.
    Left {
        /// The call that was there.
        call: ParkedCall<'f>,
        /// Who fetched it.
        retriever: Option<ChannelSnapshot<'f>>,
    },
    /// `Parkinglot`: only ever an item of `Parkinglots`; no event tells that a lot has come, changed or gone.
    Lot(ParkingLot<'f>),
}

impl<'f> ParkingLot<'f> {
    fn read(fields: Fields<'f>) -> Result<Self, Missing> {
        let first = fields.number("StartSpace");
        let last = fields.number("StopSpace");
        Ok(Self {
            name: fields.text("Name")?,
            first: first
                .or_else(|| fields.number("StartExten"))
                .ok_or(Missing("StartSpace"))?,
            last: last
                .or_else(|| fields.number("StopExten"))
                .ok_or(Missing("StopSpace"))?,
            timeout: fields.number("Timeout"),
        })
    }
}

impl<'f> ParkingEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
        if name == "Parkinglot" {
            return ParkingLot::read(fields).map(Self::Lot);
        }
        let call = ParkedCall {
            parkee: fields
                .channel_at("Parkee")
                .ok_or(Missing("ParkeeUniqueid"))?,
            lot: fields.text("Parkinglot")?,
            space: fields.text("ParkingSpace")?,
            timeout: fields.number("ParkingTimeout"),
            duration: fields.number("ParkingDuration"),
            parker: fields.optional("ParkerDialString"),
        };
        Ok(match name {
            "ParkedCall" | "ParkedCallSwap" => Self::Parked(call),
            _ => Self::Left {
                call,
                retriever: fields.channel_at("Retriever"),
            },
        })
    }

    pub(crate) fn snapshots(&self) -> [Option<&ChannelSnapshot<'f>>; 4] {
        match self {
            Self::Parked(call) => [Some(&call.parkee), None, None, None],
            Self::Left { call, retriever } => [Some(&call.parkee), retriever.as_ref(), None, None],
            Self::Lot(_) => [None; 4],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Event, Frame};

    fn frame(text: &str) -> Frame {
        Frame::parse(text.replace('\n', "\r\n").as_bytes()).expect("a frame")
    }

    #[test]
    fn a_lot_is_its_name_and_its_spaces() {
        let items = [
            "Event: Parkinglot\nActionID: 1\nName: hotel\nStartSpace: 771\nStopSpace: 772\nTimeout: 2\n",
            "Event: Parkinglot\nName: hotel\nStartExten: 771\nStopExten: 772\nTimeout: 2\n",
        ];
        for item in items {
            let frame = frame(item);
            let expected = ParkingLot {
                name: "hotel".into(),
                first: 771,
                last: 772,
                timeout: Some(2),
            };
            assert_eq!(
                Event::read(&frame),
                Event::Parking(ParkingEvent::Lot(expected)),
                "{item}"
            );
        }
    }

    #[test]
    fn a_lot_without_its_spaces_is_malformed() {
        let frame = frame("Event: Parkinglot\nName: hotel\nStartSpace: 771\nStopSpace: many\n");
        let Event::Malformed(malformed) = Event::read(&frame) else {
            panic!("{:?}", Event::read(&frame));
        };
        assert_eq!(malformed.missing, "StopSpace");
    }
}
