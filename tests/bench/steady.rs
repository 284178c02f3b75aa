//! An ordinary busy day: two hundred events a second, evenly spread, and what a desk in a process of its own needs of a core for them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::live::{Eye, connect};
use crate::office::STREAM;
use crate::pbx::{Line, PATIENCE};
use crate::process::{self, cpu, this_program};
use crate::stream::Traffic;
use crate::table::{Verdicts, say};

/// So many events at first, twice: calls of every kind are under way then, and nearly every phone has shown whose it is.
const BEFORE: usize = 150_000;
const EVENTS_A_SECOND: u32 = 200;
const SECONDS: u32 = 20;
const IDLE: Duration = Duration::from_secs(5);
/// Settled is whoever has needed next to nothing for so long: rooms are read again a second after the last came or went.
const STILL: Duration = Duration::from_millis(1_500);
/// Of a core, in percent: what a clock and a ping need.
const NEXT_TO_NOTHING: f64 = 2.0;

/// What the desk's process says.
#[derive(Debug, Serialize, Deserialize)]
struct Seen {
    calls: usize,
    extensions: usize,
    snapshots: u64,
    batches: u64,
}

/// A process that is gone when dropped.
struct Follower(Child);

impl Drop for Follower {
    fn drop(&mut self) {
        // It ends with its link; one that has not is of no use any more.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(seed: u64, verdicts: &mut Verdicts) -> Result<()> {
    let pbx = STREAM.open()?;
    let port = pbx.port.to_string();
    let mut command = process::on(None, &this_program()?, &["follow", &port])?;
    let mut follower = Follower(command.stdout(Stdio::piped()).spawn()?);
    let mut said = BufReader::new(follower.0.stdout.take().context("no output")?);
    let live = seen(&mut said)?;
    ensure!(live.extensions >= 5_000, "{live:?}");
    let line = pbx.line()?;
    pbx.settle();
    let mut traffic = Traffic::new(seed);
    let id = follower.0.id();
    for _ in 0..2 {
        for _ in 0..BEFORE {
            traffic.event(true);
        }
        line.say(&traffic.take())?;
        settle(id)?;
    }
    let idle = share(id, || {
        std::thread::sleep(IDLE);
        Ok(())
    })?;
    let busy = share(id, || play(&line, &mut traffic))?;
    line.hang_up();
    let seen = seen(&mut said)?;
    ensure!(seen.snapshots == 1, "the subscriber was too slow: {seen:?}");
    say(&format!(
        "Steady: {EVENTS_A_SECOND} events/s for {SECONDS} s, {} extensions, {} calls under way, {} batches in all. {busy:.2} % of a core; {idle:.2} % when nothing happens.\n",
        seen.extensions, seen.calls, seen.batches,
    ))?;
    verdicts.at_most(
        "CPU of the engine at 200 events/s with 5,000 extensions (here 6,000), % of a core",
        5.0,
        busy,
    );
    verdicts.told("the same engine when nothing happens", idle);
    Ok(())
}

/// Waits until the process has done all it had to do.
fn settle(id: u32) -> Result<()> {
    let began = Instant::now();
    let still = || {
        std::thread::sleep(STILL);
        Ok(())
    };
    while share(id, still)? > NEXT_TO_NOTHING {
        ensure!(began.elapsed() < PATIENCE, "the desk does not come to rest");
    }
    Ok(())
}

/// One event after another, each at its time.
fn play(line: &Line, traffic: &mut Traffic) -> Result<()> {
    let began = Instant::now();
    for event in 0..EVENTS_A_SECOND * SECONDS {
        let due = began + Duration::from_secs(1) * event / EVENTS_A_SECOND;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        traffic.event(true);
        line.say(&traffic.take())?;
    }
    Ok(())
}

/// What the process needs of a core while this goes on, in percent.
fn share(id: u32, meanwhile: impl FnOnce() -> Result<()>) -> Result<f64> {
    let (began, before) = (Instant::now(), cpu(id)?);
    meanwhile()?;
    Ok((cpu(id)? - before) / began.elapsed().as_secs_f64() * 100.0)
}

fn seen(said: &mut impl BufRead) -> Result<Seen> {
    let mut line = String::new();
    said.read_line(&mut line)?;
    serde_json::from_str(&line).with_context(|| format!("the desk has said {line:?}"))
}

/// The desk's process: says what is on show once it is live, and again when the link has ended.
pub(crate) fn follow(port: u16) -> Result<()> {
    crate::client::runtime()?.block_on(async {
        let desk = desk::start();
        connect(&desk, port).await?;
        let mut feed = desk.subscribe().await?;
        let mut eye = Eye::default();
        eye.follow(&mut feed, Eye::is_live).await?;
        tell(&eye)?;
        while !eye.is_lost() {
            eye.take(feed.recv().await.context("the feed has ended")?);
        }
        tell(&eye)
    })
}

fn tell(eye: &Eye) -> Result<()> {
    let [calls, extensions] = eye.sizes();
    let (snapshots, batches) = (eye.snapshots, eye.batches);
    say(&serde_json::to_string(&Seen {
        calls,
        extensions,
        snapshots,
        batches,
    })?)
}
