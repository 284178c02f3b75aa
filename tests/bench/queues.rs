//! Two hundred queues with two thousand members: what it costs to read them, and to show that one member has changed.

use std::time::Instant;

use ami::{Event, Frame};
use anyhow::{Context, Result, ensure};

use crate::cast;
use crate::drop::{millis, row, size};
use crate::office::{Office, board};
use crate::picture::Show;
use crate::table::{Table, Verdicts, say};

const OFFICE: Office = Office {
    calls: 1_000,
    extensions: 5_000,
    groups: 0,
};
const QUEUES: usize = 200;
const MEMBERS: usize = 10;
/// Members that change, one after the other.
const CHANGED: usize = 400;

/// Measures and prints.
pub(crate) fn measure(verdicts: &mut Verdicts) -> Result<()> {
    let mut board = board(OFFICE)?;
    let mut show = Show::default();
    show.next(&mut board).context("nothing is shown")?;
    let began = Instant::now();
    for item in items() {
        let frame = Frame::parse(item.as_bytes()).context("an item of a list")?;
        board.apply_item(&Event::read(&frame), 0);
    }
    let read = millis(began.elapsed());
    let first = show.next(&mut board).context("no queue is shown")?;
    ensure!(
        first.deltas.len() == QUEUES,
        "{} queues",
        first.deltas.len()
    );
    let shown = millis(began.elapsed()) - read;
    let mut changed = Vec::new();
    for at in 0..CHANGED {
        let (queue, member) = (at * 7 % QUEUES, at % MEMBERS);
        let event = member_status(queue, member, 2 - at % 2);
        let frame = Frame::parse(event.as_bytes()).context("an event")?;
        board.apply(&Event::read(&frame), 1_000);
        let began = Instant::now();
        drop(show.next(&mut board));
        changed.push(millis(began.elapsed()));
    }
    let mut table = Table::new(["queues", "times", "p50 ms", "p99 ms", "max ms"]);
    let words = format!(
        "after one member's state ({QUEUES} queues, {MEMBERS} members each, {})",
        size(OFFICE)
    );
    row(&mut table, &words, &changed);
    say(&table.to_string())?;
    verdicts.told(
        "200 queues with 2,000 members read from their list, ms",
        read,
    );
    verdicts.told("and shown for the first time, ms", shown);
    Ok(())
}

fn items() -> impl Iterator<Item = String> {
    (0..QUEUES).flat_map(|queue| {
        let params = format!("Event: QueueParams\r\nQueue: team-{queue:03}\r\nStrategy: ringall\r\nCompleted: 0\r\nAbandoned: 0\r\n");
        let members = (0..MEMBERS).map(move |member| {
            format!("Event: QueueMember\r\n{}", member_lines(queue, member, "Location", 1))
        });
        std::iter::once(params).chain(members)
    })
}

/// Each phone serves one queue.
fn member_lines(queue: usize, member: usize, place: &str, status: usize) -> String {
    let phone = queue * MEMBERS + member;
    let (number, person) = (cast::number(phone), cast::person(phone));
    format!(
        "Queue: team-{queue:03}\r\nName: {person}\r\nMemberName: {person}\r\n{place}: PJSIP/{number}\r\nStateInterface: PJSIP/{number}\r\nMembership: static\r\nPenalty: 0\r\nCallsTaken: 0\r\nLastCall: 0\r\nInCall: 0\r\nStatus: {status}\r\nPaused: 0\r\n"
    )
}

fn member_status(queue: usize, member: usize, status: usize) -> String {
    format!(
        "Event: QueueMemberStatus\r\n{}",
        member_lines(queue, member, "Interface", status)
    )
}
