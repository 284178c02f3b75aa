//! The board for people: a few aligned columns.

use std::fmt::Write;

use board::view::{CallView, ConferenceView, ExtensionView, LegView, ParkedView, QueueView};
use board::{Millis, Thing};
use desk::{DeskThing, PbxView, Tile};
use serde::Serialize;

use crate::output::harmless;
use crate::shown::Groups;

/// The whole board.
pub(crate) fn board(groups: &Groups<'_>) -> String {
    let now = groups.pbx.and_then(|pbx| pbx.heard).unwrap_or_default();
    let mut text = groups.pbx.map(pbx).unwrap_or_default() + "\n";
    section(
        &mut text,
        "CALLS",
        groups.calls.iter().flat_map(|view| call_rows(now, view)),
    );
    section(
        &mut text,
        "EXTENSIONS",
        groups
            .extensions
            .iter()
            .map(|view| extension_row(now, view)),
    );
    section(
        &mut text,
        "WAITING",
        groups.queues.iter().flat_map(|view| queue_rows(now, view)),
    );
    section(
        &mut text,
        "PARKED",
        groups.parked.iter().map(|view| parked_row(now, view)),
    );
    let open = groups
        .conferences
        .iter()
        .filter(|view| !view.members.is_empty());
    section(
        &mut text,
        "CONFERENCES",
        open.map(|view| conference_row(now, view)),
    );
    text
}

fn pbx(view: &PbxView) -> String {
    let mut parts = vec![view.name.clone(), tag(&view.status, "status")];
    parts.extend(
        view.version
            .as_ref()
            .map(|version| format!("Asterisk {version}")),
    );
    parts.extend(view.me.as_ref().map(|me| format!("you are {}", me.key)));
    let blind = view
        .blind
        .iter()
        .map(|blind| format!("  not seen: {} ({})", blind.action, blind.message));
    let lines: Vec<String> = std::iter::once(parts.join(" · ")).chain(blind).collect();
    lines
        .iter()
        .map(|line| harmless(line))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A row for each leg, because a leg is what one acts on; the call's own words stand before the first.
fn call_rows(now: Millis, view: &CallView) -> impl Iterator<Item = [String; 6]> + '_ {
    let mut head = Some((word(&view.phase), ago(now, view.since)));
    view.legs.iter().map(move |leg| {
        let (phase, since) = head.take().unwrap_or_default();
        let who = who(leg.name.as_deref(), leg.number.as_deref());
        [
            phase,
            since,
            who,
            word(&leg.state),
            leg.id.key.clone(),
            leg.channel.clone(),
        ]
    })
}

fn extension_row(now: Millis, view: &ExtensionView) -> [String; 5] {
    let me = if view.me { "you" } else { "" };
    let since = view.since.map(|since| ago(now, since)).unwrap_or_default();
    let name = view.name.clone().unwrap_or_default();
    [
        view.number.clone(),
        word(&view.state),
        since,
        name,
        me.to_owned(),
    ]
}

fn queue_rows(now: Millis, view: &QueueView) -> impl Iterator<Item = [String; 4]> + '_ {
    view.callers.iter().map(move |caller| {
        let who = who(caller.name.as_deref(), caller.number.as_deref());
        [
            view.name.clone(),
            ago(now, caller.since),
            who,
            caller.leg.key.clone(),
        ]
    })
}

fn parked_row(now: Millis, view: &ParkedView) -> [String; 4] {
    let who = who(view.name.as_deref(), view.number.as_deref());
    [
        view.space.clone(),
        ago(now, view.since),
        who,
        view.leg.key.clone(),
    ]
}

fn conference_row(now: Millis, view: &ConferenceView) -> [String; 3] {
    let since = view.since.map(|since| ago(now, since)).unwrap_or_default();
    [
        view.name.clone(),
        since,
        format!("{} in it", view.members.len()),
    ]
}

/// One tile on one line.
pub(crate) fn tile(tile: &Tile) -> String {
    let text = match tile {
        Tile::Board(Thing::Call(view)) => format!("call {}  {}", word(&view.phase), people(view)),
        Tile::Board(Thing::Extension(view)) => {
            format!("extension {} {}", view.number, word(&view.state))
        }
        Tile::Board(Thing::Queue(view)) => format!(
            "queue {}  {} waiting, {} members",
            view.name,
            view.callers.len(),
            view.members.len()
        ),
        Tile::Board(Thing::Parked(view)) => format!(
            "parked {}  {}",
            view.space,
            who(view.name.as_deref(), view.number.as_deref())
        ),
        Tile::Board(Thing::Conference(view)) => {
            format!("conference {}  {} in it", view.name, view.members.len())
        }
        Tile::Board(Thing::Trunk(view)) => format!("trunk {}  {}", view.name, word(&view.state)),
        Tile::Board(Thing::Agent(view)) => format!("agent {}  {}", view.number, word(&view.state)),
        Tile::Board(Thing::Ended(view)) => format!(
            "ended {}  {}",
            who(view.name.as_deref(), view.number.as_deref()),
            tag(&view.end, "end")
        ),
        Tile::Desk(DeskThing::Gap(view)) => format!("gap  {} changes found", view.changes.len()),
        Tile::Desk(DeskThing::Consultation(view)) => format!(
            "consultation {}  {} about {}",
            word(&view.stage),
            harmless(&view.to.number),
            who(view.caller.name.as_deref(), view.caller.number.as_deref())
        ),
        Tile::Desk(DeskThing::Sent(view)) => format!(
            "sent {}  {} to {}",
            word(&view.state),
            who(view.name.as_deref(), view.number.as_deref()),
            harmless(&view.to.number)
        ),
        Tile::Desk(DeskThing::Lost(view)) => {
            format!("LOST {}", who(view.name.as_deref(), view.number.as_deref()))
        }
        Tile::Desk(DeskThing::Note(view)) => format!(
            "note {}  {}",
            who(view.name.as_deref(), view.number.as_deref()),
            harmless(view.label.as_deref().unwrap_or_default())
        ),
        Tile::Desk(DeskThing::Camp(view)) => format!(
            "camp {}  {} for {}",
            word(&view.state),
            who(view.name.as_deref(), view.number.as_deref()),
            harmless(&view.target.number)
        ),
        Tile::Desk(DeskThing::Stuck(view)) => {
            format!("stuck {}  {}", word(&view.verdict), harmless(&view.channel))
        }
        Tile::Desk(DeskThing::Pbx(view)) => return pbx(view),
        Tile::Desk(DeskThing::Operation(view)) => {
            let stands = view
                .outcome
                .as_ref()
                .map_or_else(|| word(&view.step), |outcome| tag(outcome, "outcome"));
            format!("operation {} {stands}", word(&view.verb))
        }
    };
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

fn people(call: &CallView) -> String {
    let leg = |leg: &LegView| who(leg.name.as_deref(), leg.number.as_deref());
    call.legs.iter().map(leg).collect::<Vec<_>>().join(" – ")
}

fn who(name: Option<&str>, number: Option<&str>) -> String {
    let parts: Vec<String> = [name, number].into_iter().flatten().map(harmless).collect();
    if parts.is_empty() {
        "unknown".to_owned()
    } else {
        parts.join(" ")
    }
}

/// How long ago, by the PBX's last sign of life.
fn ago(now: Millis, since: Millis) -> String {
    let seconds = now.saturating_sub(since) / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The word an enum has in JSON.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|json| json.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The word a tagged enum has in JSON.
fn tag(value: &impl Serialize, name: &str) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|json| json[name].as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Rows in aligned columns under a title; nothing if there are none.
fn section<const N: usize>(
    text: &mut String,
    title: &str,
    rows: impl Iterator<Item = [String; N]>,
) {
    let rows: Vec<[String; N]> = rows.map(|row| row.map(|cell| harmless(&cell))).collect();
    if rows.is_empty() {
        return;
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    // Writing into a String cannot fail.
    let _ = writeln!(text, "\n{title}");
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::{
        Shown,
        tests::{call, extension, pbx, snapshot},
    };
    use desk::Status;

    #[test]
    fn the_table_is_aligned_and_harmless() {
        let mut shown = Shown::default();
        shown.fold(snapshot(vec![
            extension("201", "office"),
            pbx(Status::Live),
            call(),
        ]));
        let expected = "\
acme · live · Asterisk 22.4.1

CALLS
  talking  1:01  Anna \u{fffd}[31mRossi 0171  talking  100.1  PJSIP/trunk-00000001
                 Anna \u{fffd}[31mRossi 201   talking  100.2  PJSIP/201-00000002

EXTENSIONS
  201  inUse  1:01  Marco
";
        assert_eq!(board(&shown.groups()), expected);
    }

    #[test]
    fn an_empty_board_is_no_error() {
        assert_eq!(board(&Groups::default()), "\n");
    }
}
