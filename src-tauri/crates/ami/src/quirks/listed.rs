//! Channels in lists: `Status` names the partner by `Link` before 1.6, by `BridgedChannel` and its Uniqueid later, as does
//! `CoreShowChannels`; today both name the bridge.

use super::draft::Draft;
use super::link::{bridge_of, tie};
use super::memory::Memory;
use super::room;
use super::said::{first_of, text};
use crate::frame::Frame;

/// An item of `Status` or `CoreShowChannels`.
pub(super) fn channel(memory: &mut Memory, event: &str, frame: Frame) -> Vec<Frame> {
    let (Some(uniqueid), Some(name)) = (text(&frame, "Uniqueid"), text(&frame, "Channel")) else {
        return vec![frame];
    };
    if !memory.insert(&uniqueid, &name) {
        memory.rename(&uniqueid, &name);
    }
    let partner = partner(memory, &frame);
    let Some(known) = memory.get_mut(&uniqueid) else {
        return vec![frame];
    };
    known.learn(&frame);
    known.partner = None;
    known.waits_for = None;
    match partner {
        Partner::Nobody => {}
        Partner::Known(partner) => note(memory, &uniqueid, &partner),
        Partner::Named(partner) => known.waits_for = Some(partner),
    }
    let item = item(memory, event, &uniqueid, &frame);
    let mut frames = room::listed(memory, item);
    frames.extend(waiting(memory, event, &uniqueid, &frame));
    frames
}

enum Partner {
    Nobody,
    Known(String),
    /// Only a name, which nobody has that we know.
    Named(String),
}

fn partner(memory: &Memory, frame: &Frame) -> Partner {
    if let Some(partner) = text(frame, "BridgedUniqueid") {
        return Partner::Known(partner);
    }
    let Some(name) = first_of(frame, &["Link", "BridgedChannel"]).text() else {
        return Partner::Nobody;
    };
    match memory.named(&name) {
        Some(partner) => Partner::Known(partner.to_owned()),
        None => Partner::Named(name),
    }
}

/// No list says who called whom of two; it does not matter to their bridge.
fn note(memory: &mut Memory, uniqueid: &str, partner: &str) {
    if memory.get(partner).is_some() {
        tie(memory, uniqueid, partner);
    } else if let Some(known) = memory.get_mut(uniqueid) {
        known.partner = Some(partner.to_owned());
    }
}

/// Those that a list has linked with a name which this channel turns out to have.
fn waiting(memory: &mut Memory, event: &str, uniqueid: &str, frame: &Frame) -> Vec<Frame> {
    let Some(name) = memory.get(uniqueid).map(|known| known.name.clone()) else {
        return Vec::new();
    };
    let waits = memory
        .iter()
        .filter(|other| other.waits_for.as_ref() == Some(&name));
    let waiting: Vec<_> = waits.map(|other| other.uniqueid.clone()).collect();
    let mut frames = Vec::new();
    for other in waiting {
        if let Some(known) = memory.get_mut(&other) {
            known.waits_for = None;
        }
        note(memory, &other, uniqueid);
        let again = Draft::event(event).with_some("ActionID", text(frame, "ActionID").as_deref());
        frames.extend(with_bridge(memory, again, &other).frame());
    }
    frames
}

fn item(memory: &Memory, event: &str, uniqueid: &str, frame: &Frame) -> Frame {
    let whole = with_bridge(memory, Draft::event(event), uniqueid).rest(frame);
    whole.frame().unwrap_or_else(|| frame.clone())
}

fn with_bridge(memory: &Memory, draft: Draft, uniqueid: &str) -> Draft {
    let Some(known) = memory.get(uniqueid) else {
        return draft;
    };
    let bridge = known.partner.as_ref();
    let bridge = bridge.map(|partner| bridge_of(uniqueid, partner));
    draft
        .block("", known)
        .with_some("BridgeId", bridge.as_deref())
}
