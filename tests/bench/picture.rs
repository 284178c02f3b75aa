//! Pictures: what it costs to bring the one on show up to date after one event, and to find what is new in it, as the desk does.

use std::sync::Arc;
use std::time::Instant;

use ami::{Event, Frame};
use anyhow::{Context, Result, ensure};
use board::{Batch, Board, Change, Feed, Picture, Thing};
use desk::Tile;

use crate::drop::{millis, row, size};
use crate::office::{self, Office, board, hint};
use crate::table::{Quantiles, Table, Verdicts, say};
use crate::told;

/// As big as the office in which offers are looked for.
const BUSY: Office = Office {
    calls: 1_000,
    extensions: 5_000,
    groups: 0,
};
/// Ten thousand channels.
const HUGE: Office = Office {
    calls: 5_000,
    extensions: 5_000,
    groups: 0,
};
const MOVED: usize = 40;
const ENDED: usize = 20;
const FROM_NOTHING: usize = 100;

/// What a desk keeps between two pictures: what it has given out of the board, and the feed.
#[derive(Debug, Default)]
pub(crate) struct Show {
    given: Picture<Arc<Thing>>,
    feed: Feed<Tile>,
}

impl Show {
    /// The next batch, if there is anything new.
    pub(crate) fn next(&mut self, board: &mut Board) -> Option<Batch<Tile>> {
        let found = board::changes(&self.given, board.show());
        let changes: Vec<_> = found.into_iter().map(|change| self.give(change)).collect();
        self.feed.publish(changes, |_| None)
    }

    fn give(&mut self, Change { id, now }: Change<Thing>) -> Change<Tile> {
        match &now {
            Some(thing) => drop(self.given.insert(id.clone(), Arc::clone(thing))),
            None => drop(self.given.remove(&id)),
        }
        let now = now.map(|thing| Arc::new(Tile::Board(Thing::clone(&thing))));
        Change { id, now }
    }
}

/// What was measured at one size.
struct Taken {
    /// After an event of a call.
    calls: Vec<f64>,
    /// After news of one phone.
    hints: Vec<f64>,
    /// The same picture made from nothing.
    nothing: Vec<f64>,
}

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(verdicts: &mut Verdicts) -> Result<()> {
    let mut table = Table::new(["pictures", "times", "p50 ms", "p99 ms", "max ms"]);
    for office in [BUSY, HUGE] {
        let taken = look(office)?;
        let place = size(office);
        row(
            &mut table,
            &format!("show, compare, publish after one call's event ({place})"),
            &taken.calls,
        );
        row(&mut table, "after one phone's hint", &taken.hints);
        row(&mut table, "made from nothing", &taken.nothing);
        if office.calls == HUGE.calls {
            let p99 = |millis: &[f64]| Quantiles::of(millis.iter().copied()).p99;
            verdicts.at_most(
                "picture diff at 10,000 channels, p99 ms",
                5.0,
                p99(&taken.calls),
            );
            verdicts.told("the picture made from nothing, p99 ms", p99(&taken.nothing));
        }
    }
    say(&table.to_string())
}

fn look(office: Office) -> Result<Taken> {
    let mut board = board(office)?;
    let mut show = Show::default();
    let first = show.next(&mut board).context("nothing is shown")?;
    ensure!(
        first.deltas.len() >= office.calls + office.extensions,
        "only {} tiles",
        first.deltas.len()
    );
    let mut taken = Taken {
        calls: Vec::new(),
        hints: Vec::new(),
        nothing: Vec::new(),
    };
    for (at, event) in calls(office).iter().enumerate() {
        let spent = after(&mut board, &mut show, event, at)?;
        taken.calls.push(spent);
    }
    for at in 0..2 * MOVED {
        // It hangs up, and is called again.
        let news = hint(office.calls - 1 - at / 2, at % 2 == 1);
        let spent = after(&mut board, &mut show, &news, at)?;
        taken.hints.push(spent);
    }
    // Only now: a picture from nothing drives all others out of the processor's memory, and a desk makes none.
    for _ in 0..FROM_NOTHING {
        let began = Instant::now();
        let picture = board.picture();
        taken.nothing.push(millis(began.elapsed()));
        ensure!(
            picture
                .iter()
                .eq(board.shown().iter().map(|(id, thing)| (id, &**thing))),
            "two pictures of one board differ"
        );
    }
    Ok(taken)
}

/// Calls that move to another phone, and calls that end: all over the board.
fn calls(office: Office) -> Vec<String> {
    let apart = office.calls / (MOVED + ENDED);
    let moved = (0..MOVED).flat_map(|which| {
        let leg = office::caller(which * apart);
        let exten = crate::cast::number(office.calls - 1 - which).to_string();
        told::transferred(&leg, &exten, which)
    });
    let ended = (MOVED..MOVED + ENDED).flat_map(|which| told::hung_up(which * apart));
    moved.chain(ended).collect()
}

fn after(board: &mut Board, show: &mut Show, event: &str, at: usize) -> Result<f64> {
    let frame = Frame::parse(event.as_bytes()).context("an event")?;
    board.apply(&Event::read(&frame), 1_000 + at as u64);
    let began = Instant::now();
    let batch = show.next(board);
    let spent = millis(began.elapsed());
    drop(batch);
    Ok(spent)
}
