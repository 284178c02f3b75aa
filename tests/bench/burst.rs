//! A burst: two thousand channels hung up at once, from the first byte to the empty picture in a subscriber's hands.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::live::{Eye, live};
use crate::office::Office;
use crate::table::{Spread, Verdicts, say};
use crate::told;

const OFFICE: Office = Office {
    calls: 1_000,
    extensions: 5_000,
    groups: 0,
};
const RUNS: usize = 5;

/// Measures and prints; tells which goals are met.
pub(crate) fn measure(verdicts: &mut Verdicts) -> Result<()> {
    let events = told::all_hung_up(OFFICE.calls);
    let bytes = events.concat().into_bytes();
    let runtime = crate::client::runtime()?;
    let (mut desk, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        desk.push(runtime.block_on(empty(bytes.clone()))?);
        bare.push(only_read(bytes.clone(), events.len())?);
    }
    let [desk, bare] = [desk, bare].map(|seconds| Spread::of(seconds.into_iter()));
    say(&format!(
        "Burst: {} channels and {} extensions, {} events in {:.1} MB, {RUNS} runs. Empty picture after {} s; only reading and counting takes {} s.\n",
        2 * OFFICE.calls,
        OFFICE.extensions,
        events.len(),
        bytes.len() as f64 / 1e6,
        desk.decimals(3),
        bare.decimals(3),
    ))?;
    verdicts.at_most(
        "2,000 channels hung up at once, first byte to empty picture, worst, s",
        0.65,
        desk.most,
    );
    Ok(())
}

/// Seconds until the subscriber has the empty picture.
async fn empty(bytes: Vec<u8>) -> Result<f64> {
    let mut live = live(OFFICE).await?;
    ensure!(
        live.eye.sizes() == [OFFICE.calls, OFFICE.extensions],
        "{:?} calls and extensions on show",
        live.eye.sizes()
    );
    live.pbx.settle();
    let line = live.line.clone();
    let writing = std::thread::spawn(move || {
        let began = Instant::now();
        line.say(&bytes).map(|()| began)
    });
    live.eye.follow(&mut live.feed, Eye::is_empty).await?;
    let ended = Instant::now();
    let began = writing
        .join()
        .map_err(|_| anyhow::anyhow!("the PBX of the burst panicked"))??;
    live.line.hang_up();
    Ok(ended.duration_since(began).as_secs_f64())
}

/// Seconds for whoever only reads the same bytes and counts the ends of events.
fn only_read(bytes: Vec<u8>, events: usize) -> Result<f64> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port for the burst")?;
    let mut near = TcpStream::connect(listener.local_addr()?)?;
    let (mut far, _) = listener.accept()?;
    let writing = std::thread::spawn(move || {
        let began = Instant::now();
        far.write_all(&bytes).map(|()| began)
    });
    let mut all = Vec::new();
    near.read_to_end(&mut all)?;
    let found = memchr::memmem::find_iter(&all, b"\r\n\r\n").count();
    let ended = Instant::now();
    let began = writing
        .join()
        .map_err(|_| anyhow::anyhow!("the PBX of the burst panicked"))??;
    ensure!(found == events, "{found} events read of {events}");
    Ok(ended.duration_since(began).as_secs_f64())
}
