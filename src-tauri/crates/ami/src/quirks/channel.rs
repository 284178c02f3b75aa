//! A channel's life: each old event is made whole out of what earlier ones have said.

use super::dial;
use super::draft::Draft;
use super::link;
use super::memory::{Known, Memory};
use super::room;
use super::said::text;
use crate::frame::Frame;

/// `Newchannel`. In 1.2 it comes with the first change of state, when a `Dial` may have told of the channel already.
pub(super) fn newchannel(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let (Some(uniqueid), Some(name)) = (text(frame, "Uniqueid"), text(frame, "Channel")) else {
        return vec![frame.clone()];
    };
    if memory.get(&uniqueid).is_some() {
        return changed(memory, "Newstate", frame);
    }
    memory.insert(&uniqueid, &name);
    let mut frames = changed(memory, "Newchannel", frame);
    if let Some(caller) = memory.expected_for(&uniqueid) {
        frames.extend(dial::begin(memory, &caller, &uniqueid));
    }
    frames
}

/// Made for a masquerade: the place it is made for is no number that anybody dialled.
fn is_placeholder(name: &str) -> bool {
    ["Parked/", "AsyncGoto/", "Bridge/"]
        .iter()
        .any(|kind| name.starts_with(kind))
}

/// `Newstate`, `Newcallerid`, `Newexten`: something about a channel has changed.
pub(super) fn changed(memory: &mut Memory, event: &str, frame: &Frame) -> Vec<Frame> {
    let Some(uniqueid) = memory.whose(frame, "Uniqueid", "Channel") else {
        return vec![frame.clone()];
    };
    let mut known = memory.known_or_told(frame, &uniqueid, "Channel");
    known.learn(frame);
    if is_placeholder(&known.name) {
        (known.context, known.exten) = (None, None);
    }
    if let Some(slot) = memory.get_mut(&uniqueid) {
        *slot = known.clone();
    }
    let whole = Draft::event(event).block("", &known).rest(frame).frame();
    let follows = dial::follow(memory, &uniqueid);
    whole.into_iter().chain(follows).collect()
}

/// `Hangup`: whatever the channel was in comes to its end first, since no old event says so.
pub(super) fn hangup(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let Some(uniqueid) = memory.whose(frame, "Uniqueid", "Channel") else {
        return vec![frame.clone()];
    };
    let known = memory.known_or_told(frame, &uniqueid, "Channel");
    let mut frames = dial::lost(memory, &uniqueid, text(frame, "Cause").as_deref());
    frames.extend(link::parted(memory, &uniqueid));
    frames.extend(room::left(memory, &uniqueid));
    frames.extend(Draft::event("Hangup").block("", &known).rest(frame).frame());
    memory.remove(&uniqueid);
    frames
}

/// Any other event: every channel it names by a Uniqueid is completed, because today's reader takes what is missing for gone.
pub(super) fn completed(memory: &Memory, name: &str, frame: Frame) -> Vec<Frame> {
    let blocks: Vec<_> = prefixes(&frame)
        .into_iter()
        .filter_map(|prefix| {
            let uniqueid = text(&frame, &format!("{prefix}Uniqueid"))?;
            Some((prefix, memory.get(&uniqueid)?.clone()))
        })
        .collect();
    if blocks.is_empty() {
        return vec![frame];
    }
    let draft = blocks
        .iter()
        .fold(Draft::event(name), |draft, (prefix, known)| {
            draft.block(prefix, known)
        });
    draft.rest(&frame).frame().into_iter().collect()
}

/// What stands before each `Uniqueid`.
fn prefixes(frame: &Frame) -> Vec<String> {
    let heads = frame.pairs().filter_map(|(name, _)| {
        let (head, tail) = name.split_at_checked(name.len().checked_sub("Uniqueid".len())?)?;
        tail.eq_ignore_ascii_case(b"Uniqueid")
            .then(|| std::str::from_utf8(head).ok())?
    });
    heads.map(str::to_owned).collect()
}

/// An event about one channel, completed, under another name and with more lines.
pub(super) fn about(known: &Known, event: &str, more: &[(&str, &str)]) -> Option<Frame> {
    let draft = Draft::event(event).block("", known);
    more.iter()
        .fold(draft, |draft, (name, value)| draft.with(name, value))
        .frame()
}
