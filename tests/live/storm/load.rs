//! As many calls as a PBX can make: the desk is not cut off, misses nothing, and is right afterwards.

use std::time::Duration;

use anyhow::{Result, ensure};
use desk::Status;
use lab::{Pbx, Truth, Version};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::on_both;
use crate::seat::{Seat, office};

use super::ear::Ear;

on_both!(two_thousand_channels_at_once, ten_seconds_of_full_tilt);

const PAIRS: usize = 1000;
/// Who calls at full tilt, each on a connection of its own which waits for the answer.
const CALLERS: usize = 40;
const SHORT: Duration = Duration::from_secs(10);
/// For `make soak`.
pub(super) const LONG: Duration = Duration::from_secs(60);
const PATIENCE: Duration = Duration::from_secs(90);

/// A thousand pairs of Local channels come, and are hung up at once. Wires alone are no call: that the board knows them is seen on one of
/// its own.
async fn two_thousand_channels_at_once(version: Version) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let ear = Ear::at(pbx.ami_port());
    ear.listens(PATIENCE).await?;
    for _ in 0..PAIRS {
        pbx.truth().action(&RINGS_FOR_EVER).await?;
    }
    let up = |channels: &[lab::Channel]| channels.len() == 2 * PAIRS;
    pbx.truth().wait_until(up, PATIENCE).await?;
    ear.keeps(2 * PAIRS, PATIENCE).await?;
    let all = [("Action", "Hangup"), ("Channel", "/^Local/")];
    pbx.truth().action(&all).await?;
    is_right(&pbx, &mut seat).await?;
    ear.is_empty(PATIENCE).await
}

async fn ten_seconds_of_full_tilt(version: Version) -> Result<()> {
    full_tilt(version, SHORT).await
}

/// Calls that end as soon as they are answered, as many as the PBX can make: about twenty events each.
pub(super) async fn full_tilt(version: Version, span: Duration) -> Result<()> {
    let (pbx, mut seat) = office(version).await?;
    let until = Instant::now() + span;
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        callers.spawn(calls(pbx.ami_port(), until));
    }
    while seat.step(until).await {
        let status = seat.shown.status();
        ensure!(status == Some(&Status::Live), "{status:?}");
    }
    let mut made = 0;
    while let Some(own) = callers.join_next().await {
        made += own??;
    }
    is_right(&pbx, &mut seat).await?;
    eprintln!("{made} calls in {span:?} on Asterisk {version}");
    ensure!(made > 0, "no call was made");
    Ok(())
}

/// One call after the other.
async fn calls(port: u16, until: Instant) -> Result<u64> {
    let truth = Truth::on_port(port);
    let mut made = 0;
    while Instant::now() < until {
        truth.action(&IS_OVER_AT_ONCE).await?;
        made += 1;
    }
    Ok(made)
}

const RINGS_FOR_EVER: [(&str, &str); 6] = [
    ("Action", "Originate"),
    ("Channel", "Local/605@internal/n"),
    ("Application", "Wait"),
    ("Data", "600"),
    ("Async", "true"),
    ("Timeout", "300000"),
];

const IS_OVER_AT_ONCE: [(&str, &str); 5] = [
    ("Action", "Originate"),
    ("Channel", "Local/600@internal/n"),
    ("Application", "Wait"),
    ("Data", "0"),
    ("Timeout", "30000"),
];

/// Never lost, nothing odd, nobody left.
async fn is_right(pbx: &Pbx, seat: &mut Seat) -> Result<()> {
    pbx.truth().wait_until(<[_]>::is_empty, PATIENCE).await?;
    let empty = |shown: &crate::shown::Shown| shown.calls().next().is_none().then_some(());
    seat.wait_within(PATIENCE, "an empty board", empty).await?;
    seat.agrees_with(pbx).await?;
    let view = seat.shown.pbx();
    let odd = view.map(|view| (&view.status, view.anomalies, view.diagnostics.healed));
    ensure!(odd == Some((&Status::Live, 0, 0)), "{odd:?}");
    Ok(())
}
