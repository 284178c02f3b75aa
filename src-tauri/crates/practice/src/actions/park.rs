//! Parking somebody by an action.

use super::Answer;
use crate::channel::ChannelKey;
use crate::moves::Parking;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{ack, error};

/// The stray line feeds are Asterisk's own.
const DONE: &str = "Park successful\n";
const FAILED: &str = "Park action failed\n";

/// Two ways: whoever names the partner as `TimeoutChannel` has the partner park the channel, as its phone would; else the
/// channel is pulled out of whatever it does (res_parking, `manager_park`).
pub(super) fn park(request: &Request, pbx: &mut Pbx) -> Answer {
    let Some(name) = request.get("Channel") else {
        return error(request, "Channel not specified").into();
    };
    let Ok(timeout) = timeout(request) else {
        return error(request, "Invalid Timeout value.").into();
    };
    let Some(key) = pbx.named(name) else {
        return error(request, format!("Channel does not exist: {name}")).into();
    };
    let parking = Parking {
        lot: request.get("Parkinglot").unwrap_or("default").to_owned(),
        wanted: request.text("ParkingSpace").parse().ok(),
        parker: String::new(),
        timeout,
    };
    let back = request.get("TimeoutChannel").or(request.get("Channel2"));
    let peer = pbx.talks_with(key);
    let parks = peer.filter(|peer| back.is_some_and(|back| pbx.name_of(*peer) == back));
    match parks {
        Some(peer) => {
            // What becomes of it is decided at the partner's own leg, after the answer.
            pbx.park_announced(key, peer, parking);
            ack(request, DONE).into()
        }
        None => unbridged(request, pbx, key, parking),
    }
}

/// Milliseconds to seconds; 0 is for ever, and anything else is at least one second.
fn timeout(request: &Request) -> Result<Option<u64>, std::num::ParseIntError> {
    let milliseconds = request.get("Timeout").map(str::parse::<u64>).transpose()?;
    Ok(milliseconds.map(|milliseconds| match milliseconds {
        0 => 0,
        some => (some / 1000).max(1),
    }))
}

fn unbridged(request: &Request, pbx: &mut Pbx, key: ChannelKey, parking: Parking) -> Answer {
    if !pbx.has_lot(&parking.lot) {
        return error(request, FAILED).into();
    }
    if pbx.is_in_room(key) {
        pbx.parking_bridge(&parking.lot);
        return error(request, FAILED).into();
    }
    // Nobody named: it comes back to itself.
    let back = request.get("TimeoutChannel").or(request.get("Channel2"));
    let own = pbx.name_of(key);
    let parker = device_of(back.unwrap_or(&own)).to_owned();
    let hears = request.get("AnnounceChannel");
    let hears = hears.and_then(|name| pbx.named(name));
    pbx.park_away(key, Parking { parker, ..parking }, hears);
    ack(request, DONE).into()
}

/// What comes before the last dash, whether there is such a channel or not.
fn device_of(name: &str) -> &str {
    name.rsplit_once('-').map_or(name, |(device, _)| device)
}
