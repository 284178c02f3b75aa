//! Parking before 12: the parked channel by its name, the space as `Exten`, the other one as `From`, the lot only since 1.6.

use super::draft::Draft;
use super::memory::{Memory, device};
use super::said::text;
use crate::frame::Frame;

/// `ParkedCall`, live and as an item, and the three ways out of a space.
pub(super) fn parked(memory: &Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    if frame.get("ParkingSpace").is_some() {
        return vec![frame.clone()];
    }
    let parkee = memory.whose(frame, "Uniqueid", "Channel");
    let draft = match parkee.and_then(|id| memory.get(&id)) {
        Some(parkee) => Draft::event(event).block("Parkee", parkee),
        None => Draft::event(event),
    };
    let from = text(frame, "From");
    let fetched = event == "UnParkedCall";
    let retriever = from
        .as_deref()
        .filter(|_| fetched)
        .and_then(|name| memory.get(memory.named(name)?));
    let draft = match retriever {
        Some(retriever) => draft.block("Retriever", retriever),
        None => draft,
    };
    let lot = text(frame, "Parkinglot");
    let parker = from.as_deref().filter(|_| !fetched).map(device);
    let draft = draft
        .with("Parkinglot", lot.as_deref().unwrap_or("default"))
        .with_some("ParkingSpace", text(frame, "Exten").as_deref())
        .with_some("ParkingTimeout", text(frame, "Timeout").as_deref())
        .with_some("ParkerDialString", parker);
    draft.rest(frame).frame().into_iter().collect()
}
