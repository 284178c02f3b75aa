//! Who rings whom. Before 1.6 one `Dial` tells of a beginning and nothing of the end; from 1.6 to 11 there is a `SubEvent`, but its
//! `End` comes when the *call* is over, names no phone, and all phones it could mean are gone by then.

use super::draft::Draft;
use super::memory::Memory;
use super::said::{first_of, text};
use crate::frame::Frame;

const RINGING: u32 = 5;
const UP: u32 = 6;

/// `Dial`, whatever its age.
pub(super) fn dial(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    match text(frame, "SubEvent").as_deref() {
        Some("End") => end(memory, frame),
        Some(_) | None => begun(memory, frame),
    }
}

fn begun(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let source = first_of(frame, &["UniqueID", "SrcUniqueID"]).text();
    let (Some(source), Some(dest)) = (source, text(frame, "DestUniqueID")) else {
        return vec![frame.clone()];
    };
    if let Some(caller) = memory.get_mut(&source) {
        caller.learn_caller(frame);
    }
    let name = text(frame, "Destination").unwrap_or_default();
    let mut frames = Vec::new();
    if memory.insert(&dest, &name) {
        let rung = memory.get(&dest).into_iter();
        frames.extend(rung.filter_map(|rung| super::channel::about(rung, "Newchannel", &[])));
    }
    frames.extend(begin(memory, &source, &dest));
    frames
}

/// A ring begins, and may have gone on already.
pub(super) fn begin(memory: &mut Memory, caller: &str, dest: &str) -> Vec<Frame> {
    let number = memory.get(caller).and_then(|caller| caller.number.clone());
    let Some(rung) = memory.get_mut(dest) else {
        return Vec::new();
    };
    rung.rung_by = Some(caller.to_owned());
    rung.callers_number = number;
    rung.settled = false;
    let begun = tell(memory, "DialBegin", dest, None);
    begun.into_iter().chain(follow(memory, dest)).collect()
}

/// A rung channel has changed: it alerts, or has been answered.
pub(super) fn follow(memory: &mut Memory, dest: &str) -> Option<Frame> {
    let rung = memory.get(dest).filter(|rung| rung.is_rung())?;
    match rung.state {
        Some(RINGING) => tell(memory, "DialState", dest, Some("RINGING")),
        Some(UP) => settle(memory, dest, "ANSWER"),
        Some(_) | None => None,
    }
}

/// A ring is over.
pub(super) fn settle(memory: &mut Memory, dest: &str, status: &str) -> Option<Frame> {
    memory.get(dest).filter(|rung| rung.is_rung())?;
    let told = tell(memory, "DialEnd", dest, Some(status));
    if let Some(rung) = memory.get_mut(dest) {
        rung.settled = true;
    }
    told
}

/// A rung channel hangs up. Its cause says how the ring ended, where it says anything.
pub(super) fn lost(memory: &mut Memory, uniqueid: &str, cause: Option<&str>) -> Vec<Frame> {
    let status = match cause.and_then(|cause| cause.parse().ok()).unwrap_or(0u32) {
        17 => "BUSY",
        18 | 19 => "NOANSWER",
        3 | 20 | 27 => "CHANUNAVAIL",
        34 | 38 | 41 | 42 | 44 => "CONGESTION",
        _ => return Vec::new(),
    };
    settle(memory, uniqueid, status).into_iter().collect()
}

/// The end of the call. Whoever answered has been told of; whoever still rings does so no more.
fn end(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let (Some(source), Some(status)) = (text(frame, "UniqueID"), text(frame, "DialStatus")) else {
        return vec![frame.clone()];
    };
    let rung = memory
        .iter()
        .filter(|rung| rung.is_rung() && rung.rung_by.as_deref() == Some(&*source));
    let open: Vec<_> = rung.map(|rung| rung.uniqueid.clone()).collect();
    let status = if status == "ANSWER" {
        "CANCEL"
    } else {
        &status
    };
    open.iter()
        .filter_map(|dest| settle(memory, dest, status))
        .collect()
}

fn tell(memory: &Memory, event: &str, dest: &str, status: Option<&str>) -> Option<Frame> {
    let rung = memory.get(dest)?;
    let caller = rung.rung_by.as_deref().and_then(|id| memory.get(id));
    let draft = match caller {
        Some(caller) => Draft::event(event).block("", caller),
        None => Draft::event(event),
    };
    draft
        .block("Dest", rung)
        .with_some("DialStatus", status)
        .frame()
}
