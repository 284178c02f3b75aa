//! A picture as a person would jot it down: a line for each call, and whatever is not idle.

use std::fmt::{Debug, Write as _};

use board::view::{
    AgentView, CallPhase, CallView, ConferenceView, ExtensionState, ExtensionView, LegState,
    LegView, ParkedView, QueueCallerView, QueueView, SeatView, TrunkState, TrunkView,
};
use board::{Picture, Ref, Thing};

/// The picture in a few lines; none when nobody calls anybody.
pub(crate) fn draw(picture: &Picture<Thing>) -> String {
    let mut out = String::new();
    let mut lit = Vec::new();
    for thing in picture.values() {
        match thing {
            Thing::Call(view) => call(&mut out, view, picture),
            Thing::Parked(view) => parked(&mut out, view),
            Thing::Queue(view) => queue(&mut out, view),
            Thing::Conference(view) => conference(&mut out, view, picture),
            Thing::Trunk(view) => trunk(&mut out, view),
            Thing::Agent(view) => agent(&mut out, view),
            // What became of whom is told in one table for all recordings: `ends.rs`.
            Thing::Ended(_) => {}
            Thing::Extension(view) => lit.extend(extension(view)),
        }
    }
    if !lit.is_empty() {
        let _ = writeln!(out, "  lit: {}", lit.join(", "));
    }
    out
}

/// What an extension does, unless it does nothing.
fn extension(view: &ExtensionView) -> Option<String> {
    let at_rest = matches!(view.state, ExtensionState::Idle | ExtensionState::Offline);
    let mut text = format!("{} {}", view.number, word(view.state));
    let quiet = text.len();
    if view.dnd {
        text.push_str(" do not disturb");
    }
    if let Some(presence) = &view.presence {
        let note = presence.note.as_deref().unwrap_or("");
        let _ = write!(text, " says {} {note:?}", word(presence.state));
    }
    if let Some(mailbox) = view.mailbox.as_ref().filter(|mailbox| mailbox.fresh > 0) {
        let _ = write!(text, " {} new messages", mailbox.fresh);
    }
    let says = text.len() > quiet;
    (!at_rest || !view.calls.is_empty() || says).then_some(text)
}

/// Trunks that stand as they should are not worth a line.
fn trunk(out: &mut String, view: &TrunkView) {
    if matches!(view.state, TrunkState::Down | TrunkState::Rejected) {
        let _ = writeln!(out, "  trunk {} {}", view.name, word(view.state));
    }
}

fn agent(out: &mut String, view: &AgentView) {
    let who = person(view.name.as_deref(), Some(&view.number));
    let _ = writeln!(out, "  agent {who} {}", word(view.state));
}

fn call(out: &mut String, view: &CallView, picture: &Picture<Thing>) {
    let dialled = view.dialled.as_deref().unwrap_or("?");
    let inferred = if view.inferred { ", inferred" } else { "" };
    let _ = writeln!(
        out,
        "  {} ({}, dialled {dialled}{inferred})",
        word(view.phase),
        word(view.direction),
    );
    for leg in &view.legs {
        let _ = writeln!(out, "    {}", self::leg(leg, view, picture));
    }
}

fn leg(leg: &LegView, call: &CallView, picture: &Picture<Thing>) -> String {
    let mut text = if leg.caller { "> " } else { "  " }.to_owned();
    text.push_str(&who(leg));
    // Dialled, but not known to ring.
    let silent = call.phase == CallPhase::Dialing && leg.state == LegState::Ringing;
    let state = if silent {
        "dialled".to_owned()
    } else {
        word(leg.state)
    };
    let _ = write!(text, ": {state}");
    if let Some(application) = &leg.application {
        let _ = write!(text, " in {application}");
    }
    if leg.hold {
        text.push_str(", pressed hold");
    }
    if let Some(end) = &leg.end {
        let _ = write!(text, " ({})", word(end));
    }
    if leg.music {
        text.push_str(", with music");
    }
    if let Some(recorded) = &leg.recorded {
        text.push_str(if recorded.paused {
            ", recording paused"
        } else {
            ", recorded"
        });
    }
    if let Some(spyee) = &leg.listens_to {
        let spyee = legs(picture).find(|leg| leg.id == *spyee);
        let number = spyee.and_then(|leg| leg.number.as_deref());
        let _ = write!(text, ", listens to {}", number.unwrap_or("?"));
    }
    if !leg.listeners.is_empty() {
        text.push_str(", listened to");
    }
    if !leg.hears.is_empty() {
        let heard = leg.hears.iter().map(|id| heard(id, call));
        let _ = write!(text, ", hears {}", heard.collect::<Vec<_>>().join(" "));
    }
    text
}

fn who(leg: &LegView) -> String {
    let mut text = leg.number.clone().unwrap_or_else(|| "?".to_owned());
    if let Some(name) = &leg.name {
        let _ = write!(text, " {name:?}");
    }
    if let Some(trunk) = &leg.trunk {
        let _ = write!(text, " by {trunk}");
    }
    text
}

fn heard(id: &Ref, call: &CallView) -> String {
    let leg = call.legs.iter().find(|leg| leg.id == *id);
    leg.map_or_else(
        || format!("somebody elsewhere ({id})"),
        |leg| leg.number.clone().unwrap_or_else(|| "?".to_owned()),
    )
}

fn person(name: Option<&str>, number: Option<&str>) -> String {
    let number = number.unwrap_or("?");
    name.map_or_else(|| number.to_owned(), |name| format!("{number} {name:?}"))
}

fn parked(out: &mut String, view: &ParkedView) {
    let who = person(view.name.as_deref(), view.number.as_deref());
    let end = view.until.map_or_else(
        || "no end".to_owned(),
        |until| {
            format!(
                "about {} s",
                until.saturating_sub(view.since).div_ceil(5_000) * 5
            )
        },
    );
    let parker = view.parker_device.as_deref().unwrap_or("nobody");
    let (space, lot) = (&view.space, &view.lot);
    let _ = writeln!(
        out,
        "  parked {space}@{lot}: {who}, {end}, then to {parker}"
    );
}

fn queue(out: &mut String, view: &QueueView) {
    let number = view.number.as_deref().unwrap_or("?");
    let busy = view.members.iter().filter(|member| {
        let away = matches!(member.state, ExtensionState::Idle | ExtensionState::Offline);
        member.paused || !away
    });
    let members: Vec<_> = busy
        .map(|member| {
            let reason = member.reason.as_deref().unwrap_or("");
            let paused = match member.paused {
                true => format!(" paused {reason:?}"),
                false => String::new(),
            };
            format!("{} {}{paused}", member.interface, word(member.state))
        })
        .collect();
    if view.callers.is_empty() && members.is_empty() {
        return;
    }
    let waiting: Vec<_> = view.callers.iter().map(waiting).collect();
    let _ = write!(out, "  queue {} ({number}):", view.name);
    for part in waiting.iter().chain(&members) {
        let _ = write!(out, " {part};");
    }
    out.push('\n');
}

fn waiting(caller: &QueueCallerView) -> String {
    let who = person(caller.name.as_deref(), caller.number.as_deref());
    format!("{}. {who}", caller.position)
}

fn conference(out: &mut String, view: &ConferenceView, picture: &Picture<Thing>) {
    if view.since.is_none() {
        return;
    }
    let number = view.number.as_deref().unwrap_or("?");
    let inside: Vec<_> = legs(picture)
        .filter_map(|leg| {
            let seat = view.members.iter().find(|seat| seat.leg == leg.id)?;
            Some(sits(leg.number.as_deref().unwrap_or("?"), seat))
        })
        .collect();
    let locked = if view.locked == Some(true) {
        ", locked"
    } else {
        ""
    };
    let recorded = if view.recorded { ", recorded" } else { "" };
    let _ = writeln!(
        out,
        "  conference {} ({number}{locked}{recorded}): {}",
        view.name,
        inside.join(" ")
    );
}

/// The legs of all calls.
fn legs(picture: &Picture<Thing>) -> impl Iterator<Item = &LegView> {
    let legs = picture.values().filter_map(|thing| match thing {
        Thing::Call(call) => Some(&call.legs),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    });
    legs.flatten()
}

fn sits(number: &str, seat: &SeatView) -> String {
    let marks = [
        (seat.admin, " admin"),
        (seat.muted, " muted"),
        (seat.talking, " speaks"),
        (seat.waiting, " waits"),
    ];
    let marks = marks
        .iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, word)| *word);
    [number].into_iter().chain(marks).collect()
}

/// `InUseRinging` as `in use ringing`.
pub(crate) fn word(value: impl Debug) -> String {
    let mut out = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(letter.to_lowercase());
    }
    out
}
