//! The board for people: a few aligned columns.

use std::fmt::Write;

use board::view::{CallView, ExtensionView, LegView};
use board::{Millis, Thing};
use desk::{DeskThing, PbxView, Tile};
use serde::Serialize;

use crate::output::harmless;
use crate::shown::Groups;

/// The whole board.
pub(crate) fn board(groups: &Groups<'_>) -> String {
    let now = groups.pbx.and_then(|pbx| pbx.heard).unwrap_or_default();
    let mut text = groups.pbx.map(pbx).unwrap_or_default() + "\n";
    let calls = groups.calls.iter().map(|view| [word(&view.phase), ago(now, view.since), people(view), view.id.key.clone()]);
    section(&mut text, "CALLS", calls);
    let extensions = groups.extensions.iter().map(|view| extension_row(now, view));
    section(&mut text, "EXTENSIONS", extensions);
    let callers = groups.queues.iter().flat_map(|queue| queue.callers.iter().map(move |caller| (queue, caller)));
    let callers = callers.map(|(queue, caller)| [queue.name.clone(), ago(now, caller.since), who(caller.name.as_deref(), caller.number.as_deref()), caller.leg.key.clone()]);
    section(&mut text, "WAITING", callers);
    let parked = groups.parked.iter().map(|view| [view.space.clone(), ago(now, view.since), who(view.name.as_deref(), view.number.as_deref()), view.leg.key.clone()]);
    section(&mut text, "PARKED", parked);
    let open = groups.conferences.iter().filter(|view| !view.members.is_empty());
    let rooms = open.map(|view| [view.name.clone(), view.since.map(|since| ago(now, since)).unwrap_or_default(), format!("{} in it", view.members.len()), view.number.clone().unwrap_or_default()]);
    section(&mut text, "CONFERENCES", rooms);
    text
}

fn pbx(view: &PbxView) -> String {
    let version = view.version.as_ref().map(|version| format!(" · Asterisk {version}")).unwrap_or_default();
    let me = view.me.as_ref().map(|me| format!(" · you are {}", me.key)).unwrap_or_default();
    let blind: String = view.blind.iter().map(|blind| format!("\n  not seen: {} ({})", blind.action, blind.message)).collect();
    let head = harmless(&format!("{} · {}{version}{me}", view.name, tag(&view.status, "status")));
    head + &blind.split('\n').map(harmless).collect::<Vec<_>>().join("\n")
}

fn extension_row(now: Millis, view: &ExtensionView) -> [String; 4] {
    let me = if view.me { "you" } else { "" };
    [view.number.clone(), word(&view.state), view.name.clone().unwrap_or_default(), view.since.map_or_else(|| me.to_owned(), |since| format!("{} {me}", ago(now, since)))]
}

/// One tile on one line.
pub(crate) fn tile(tile: &Tile) -> String {
    let text = match tile {
        Tile::Board(Thing::Call(view)) => format!("call {}  {}", word(&view.phase), people(view)),
        Tile::Board(Thing::Extension(view)) => format!("extension {} {}", view.number, word(&view.state)),
        Tile::Board(Thing::Queue(view)) => format!("queue {}  {} waiting, {} members", view.name, view.callers.len(), view.members.len()),
        Tile::Board(Thing::Parked(view)) => format!("parked {}  {}", view.space, who(view.name.as_deref(), view.number.as_deref())),
        Tile::Board(Thing::Conference(view)) => format!("conference {}  {} in it", view.name, view.members.len()),
        Tile::Desk(DeskThing::Pbx(view)) => return pbx(view),
        Tile::Desk(DeskThing::Operation(view)) => {
            let stands = view.outcome.as_ref().map_or_else(|| word(&view.step), |outcome| tag(outcome, "outcome"));
            format!("operation {} {stands}", word(&view.verb))
        }
    };
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn people(call: &CallView) -> String {
    let leg = |leg: &LegView| who(leg.name.as_deref(), leg.number.as_deref());
    call.legs.iter().map(leg).collect::<Vec<_>>().join(" – ")
}

fn who(name: Option<&str>, number: Option<&str>) -> String {
    let parts: Vec<String> = [name, number].into_iter().flatten().map(harmless).collect();
    if parts.is_empty() { "unknown".to_owned() } else { parts.join(" ") }
}

/// How long ago, by the PBX's last sign of life.
fn ago(now: Millis, since: Millis) -> String {
    let seconds = now.saturating_sub(since) / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The word an enum has in JSON.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The word a tagged enum has in JSON.
fn tag(value: &impl Serialize, name: &str) -> String {
    serde_json::to_value(value).ok().and_then(|json| json[name].as_str().map(str::to_owned)).unwrap_or_default()
}

fn section<const N: usize>(text: &mut String, title: &str, rows: impl Iterator<Item = [String; N]>) {
    let rows: Vec<[String; N]> = rows.map(|row| row.map(|cell| harmless(&cell))).collect();
    if rows.is_empty() {
        return;
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    // Writing into a String cannot fail.
    let _ = writeln!(text, "\n{title}  {}", rows.len());
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::{Shown, tests::{call, extension, pbx, snapshot}};
    use desk::Status;

    #[test]
    fn the_table_is_aligned_and_harmless() {
        let mut shown = Shown::default();
        shown.fold(snapshot(vec![extension("201", "office"), pbx(Status::Live), call()]));
        let expected = "\
acme · live · Asterisk 22.4.1

CALLS  1
  talking  1:01  Anna \u{fffd}[31mRossi 0171 – Anna \u{fffd}[31mRossi 201  100.1

EXTENSIONS  1
  201  inUse  Marco  1:01
";
        assert_eq!(board(&shown.groups()), expected);
    }

    #[test]
    fn an_empty_board_is_no_error() {
        assert_eq!(board(&Groups::default()), "\n");
    }
}
