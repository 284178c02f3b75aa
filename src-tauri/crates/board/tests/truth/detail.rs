//! What `draw` leaves out because it is at rest: every member and counter of a queue, every phone, every line.

use std::fmt::Write as _;

use board::view::{ExtensionView, MemberView, QueueView, TrunkView};
use board::{Picture, Thing};

use crate::draw::word;

/// Queues with all their members and counters.
pub(crate) fn queues(picture: &Picture<Thing>) -> String {
    let mut out = String::new();
    for thing in picture.values() {
        if let Thing::Queue(view) = thing {
            queue(&mut out, view);
        }
    }
    out
}

fn queue(out: &mut String, view: &QueueView) {
    let figure = |value: Option<u32>| value.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let strategy = view.strategy.as_deref().unwrap_or("?");
    let level = view.service_level.map_or_else(String::new, |seconds| {
        let within = view
            .within
            .map_or_else(|| "?".to_owned(), |n| n.to_string());
        format!(", {within} % within {seconds} s")
    });
    let _ = writeln!(
        out,
        "  queue {} ({strategy}): {} served, {} gave up{level}",
        view.name,
        figure(view.completed),
        figure(view.abandoned),
    );
    for caller in &view.callers {
        let who = caller.number.as_deref().unwrap_or("?");
        let priority = figure(caller.priority);
        let _ = writeln!(out, "    {}. {who}, priority {priority}", caller.position);
    }
    for view in &view.members {
        let _ = writeln!(out, "    {}", member(view));
    }
}

fn member(view: &MemberView) -> String {
    let mut text = format!("{} {:?}: {}", view.interface, view.name, word(view.state));
    if view.paused {
        let reason = view.reason.as_deref().unwrap_or("");
        let since = if view.paused_since.is_some() {
            ""
        } else {
            " for ever"
        };
        let _ = write!(text, ", paused {reason:?}{since}");
    }
    if view.penalty != 0 {
        let _ = write!(text, ", penalty {}", view.penalty);
    }
    let marks = [
        (view.ring_in_use == Some(true), ", rung also in a call"),
        (view.ring_in_use == Some(false), ", never rung in a call"),
        (view.dynamic, ", may be removed"),
        (view.in_call, ", serves"),
        (view.call.is_some(), ", has a call"),
    ];
    let marks = marks.iter().filter(|(is_so, _)| *is_so);
    text.extend(marks.map(|(_, mark)| *mark));
    if view.taken != 0 {
        let _ = write!(text, ", took {}", view.taken);
    }
    text
}

/// Every extension: what it does, and whether a phone is registered.
pub(crate) fn phones(picture: &Picture<Thing>) -> String {
    let mut out = String::new();
    for thing in picture.values() {
        if let Thing::Extension(view) = thing {
            let _ = writeln!(out, "  {}", phone(view));
        }
    }
    out
}

fn phone(view: &ExtensionView) -> String {
    let registered = match view.registered {
        Some(true) => ", registered",
        Some(false) => ", not registered",
        None => "",
    };
    let dnd = if view.dnd { ", do not disturb" } else { "" };
    format!("{} {}{registered}{dnd}", view.number, word(view.state))
}

/// Every line to another exchange.
pub(crate) fn trunks(picture: &Picture<Thing>) -> String {
    let mut out = String::new();
    for thing in picture.values() {
        if let Thing::Trunk(view) = thing {
            let _ = writeln!(out, "  {}", trunk(view));
        }
    }
    out
}

/// The port of the lab's far end differs from run to run.
fn trunk(view: &TrunkView) -> String {
    let name = match view.name.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        Some(_) | None => &view.name,
    };
    let calls = match view.calls.len() {
        0 => String::new(),
        calls => format!(", calls: {calls}"),
    };
    format!("{name} {}{calls}", word(view.state))
}
