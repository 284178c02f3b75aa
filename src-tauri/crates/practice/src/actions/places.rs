//! Lists of parked calls.

use super::Answer;
use crate::parking::parked_lines;
use crate::pbx::Pbx;
use crate::request::Request;
use crate::wire::{Message, error, list};

pub(super) fn parked_calls(request: &Request, pbx: &mut Pbx) -> Answer {
    let wanted = request.get("ParkingLot");
    if wanted.is_some_and(|wanted| !pbx.lots.iter().any(|lot| lot.name == wanted)) {
        return error(request, "Requested parking lot could not be found.").into();
    }
    let lots = pbx
        .lots
        .iter()
        .filter(|lot| wanted.is_none_or(|wanted| lot.name == wanted));
    let parked = lots.flat_map(|lot| lot.parked.iter().map(move |parked| (lot.name, parked)));
    let items: Vec<Message> = parked
        .map(|(lot, parked)| {
            let text = Message::new()
                .with("Event", "ParkedCall")
                .channel("Parkee", pbx.channels.get(&parked.channel));
            parked_lines(text, lot, parked, pbx.now).id(request)
        })
        .collect();
    let total = items.len().to_string();
    list(
        request,
        "Parked calls will follow",
        items,
        "ParkedCallsComplete",
        &[("Total", total)],
    )
    .into()
}

pub(super) fn parking_lots(request: &Request, pbx: &mut Pbx) -> Answer {
    let items = pbx.lots.iter().map(|lot| {
        Message::item("Parkinglot", request)
            .with("Name", lot.name)
            .with("StartSpace", lot.first)
            .with("StopSpace", lot.last)
            .with("Timeout", lot.timeout)
    });
    list(
        request,
        "Parking lots will follow",
        items.collect(),
        "ParkinglotsComplete",
        &[],
    )
    .into()
}
