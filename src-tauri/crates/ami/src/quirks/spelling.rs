//! Events that only spell things otherwise.

use super::channel::completed;
use super::draft::Draft;
use super::memory::Memory;
use super::said::{first_of, text};
use crate::frame::Frame;

/// The same event under today's name.
pub(super) fn renamed(frame: &Frame, event: &str) -> Vec<Frame> {
    let frame = Draft::event(event).rest(frame).frame();
    frame.into_iter().collect()
}

/// Hold, music, Local pairs, pickups, the outcome of an Originate, registrations.
pub(super) fn respelt(memory: &Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    match event {
        "Hold" if text(frame, "Status").as_deref() == Some("Off") => about(memory, "Unhold", frame),
        "Hold" | "Unhold" => about(memory, event, frame),
        "MusicOnHold" if text(frame, "State").as_deref() == Some("Stop") => {
            about(memory, "MusicOnHoldStop", frame)
        }
        "MusicOnHold" => about(memory, "MusicOnHoldStart", frame),
        "LocalBridge" => pair(memory, event, frame),
        "Pickup" => pickup(memory, frame),
        "OriginateSuccess" => outcome(frame, "Success", "4"),
        "OriginateFailure" => outcome(frame, "Failure", "0"),
        _ => registry(frame),
    }
}

/// The channel by Uniqueid, or by name where there is none.
fn about(memory: &Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    let id = memory.whose(frame, "Uniqueid", "Channel");
    let draft = match id.and_then(|id| memory.get(&id)) {
        Some(known) => Draft::event(event).block("", known),
        None => Draft::event(event),
    };
    draft.rest(frame).frame().into_iter().collect()
}

/// `LocalBridge` with its halves as `1` and `2`.
fn pair(memory: &Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    let halves = [("Uniqueid1", "Channel1"), ("Uniqueid2", "Channel2")]
        .map(|(id, name)| memory.get(&memory.whose(frame, id, name)?));
    let [Some(one), Some(two)] = halves else {
        return completed(memory, event, frame.clone());
    };
    let draft = Draft::event(event).block("LocalOne", one);
    let draft = draft.block("LocalTwo", two).rest(frame);
    draft.frame().into_iter().collect()
}

/// `Pickup` in 1.6 to 11 names both by name alone. The masquerade that follows does the change.
fn pickup(memory: &Memory, frame: &Frame) -> Vec<Frame> {
    let by = |id: &str, name: &str| memory.get(&memory.whose(frame, id, name)?);
    let Some(picker) = by("Uniqueid", "Channel") else {
        return vec![frame.clone()];
    };
    let draft = Draft::event("Pickup").block("", picker);
    let draft = match by("TargetUniqueid", "TargetChannel") {
        Some(target) => draft.block("Target", target),
        None => draft,
    };
    draft.rest(frame).frame().into_iter().collect()
}

/// Before 1.6 the name of the event says how an Originate ended, in 1.0 nothing else does.
fn outcome(frame: &Frame, response: &str, reason: &str) -> Vec<Frame> {
    let told = text(frame, "Reason");
    let draft = Draft::event("OriginateResponse")
        .with("Response", response)
        .with("Reason", told.as_deref().unwrap_or(reason));
    draft.rest(frame).frame().into_iter().collect()
}

/// The technology stands under `Channel` in 1.0 and 1.2, under `ChannelDriver` in 1.4; the user under `User` in 1.0.
fn registry(frame: &Frame) -> Vec<Frame> {
    if frame.get("ChannelType").is_some() {
        return vec![frame.clone()];
    }
    let technology = first_of(frame, &["ChannelDriver", "Channel"]).text();
    let draft = Draft::event("Registry")
        .with_some("ChannelType", technology.as_deref())
        .with_some("Username", text(frame, "User").as_deref());
    draft.rest(frame).frame().into_iter().collect()
}
