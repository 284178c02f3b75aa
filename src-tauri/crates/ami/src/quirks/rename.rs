//! Masquerades. One channel takes over the other's person, phone and name, and keeps its own Uniqueid, its dial and its link; the
//! other is left as a `<ZOMBIE>`. Three renames tell of it, and nothing of the number, the name and the state that go along
//! (`ast_do_masquerade`).

use super::channel::about;
use super::dial;
use super::memory::Memory;
use super::said::text;
use crate::frame::Frame;

const UNDER_WAY: &str = "<MASQ>";
const DEAD: &str = "<ZOMBIE>";

/// `Rename`: to a name with `<MASQ>`, then the other one to the name that is free, then to `<ZOMBIE>`; or a plain one.
pub(super) fn rename(memory: &mut Memory, frame: &Frame) -> Vec<Frame> {
    let (Some(uniqueid), Some(name)) = (text(frame, "Uniqueid"), text(frame, "Newname")) else {
        return vec![frame.clone()];
    };
    if name.ends_with(UNDER_WAY) {
        memory.rename(&uniqueid, &name);
        return Vec::new();
    }
    let giver = memory
        .named(&format!("{name}{UNDER_WAY}"))
        .map(str::to_owned);
    match giver.filter(|giver| *giver != uniqueid) {
        Some(giver) => masquerade(memory, &uniqueid, &giver, &name),
        None => {
            memory.rename(&uniqueid, &name);
            renamed(memory, &uniqueid)
        }
    }
}

/// `taker` is from now on who `giver` was.
fn masquerade(memory: &mut Memory, taker: &str, giver: &str, name: &str) -> Vec<Frame> {
    let old = memory.get(taker).map(|known| known.name.clone());
    swap(memory, taker, giver);
    memory.rename(giver, &format!("{}{DEAD}", old.unwrap_or_default()));
    memory.rename(taker, name);
    let mut frames = renamed(memory, giver);
    frames.extend(renamed(memory, taker));
    frames.extend(dial::follow(memory, taker));
    frames
}

fn swap(memory: &mut Memory, taker: &str, giver: &str) {
    let (Some(mut one), Some(mut other)) = (memory.get(taker).cloned(), memory.get(giver).cloned())
    else {
        return;
    };
    std::mem::swap(&mut one.number, &mut other.number);
    std::mem::swap(&mut one.person, &mut other.person);
    std::mem::swap(&mut one.connected, &mut other.connected);
    std::mem::swap(&mut one.connected_name, &mut other.connected_name);
    std::mem::swap(&mut one.state, &mut other.state);
    std::mem::swap(&mut one.callers_number, &mut other.callers_number);
    if one.name.starts_with("Parked/") {
        // It goes on where the parked one was (`masq_park_call`).
        one.context.clone_from(&other.context);
        one.exten.clone_from(&other.exten);
    }
    for known in [one, other] {
        let id = known.uniqueid.clone();
        if let Some(slot) = memory.get_mut(&id) {
            *slot = known;
        }
    }
}

fn renamed(memory: &Memory, uniqueid: &str) -> Vec<Frame> {
    let Some(known) = memory.get(uniqueid) else {
        return Vec::new();
    };
    let told = [
        about(known, "Rename", &[("Newname", &known.name)]),
        about(known, "NewCallerid", &[]),
    ];
    told.into_iter().flatten().collect()
}
