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
}

impl<'f> ParkingEvent<'f> {
    pub(crate) fn read(name: &str, fields: Fields<'f>) -> Result<Self, Missing> {
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
        }
    }
}
