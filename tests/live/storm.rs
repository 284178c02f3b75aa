//! Random traffic on a real PBX, drawn by seed: dialling, answering, transferring, parking, queueing, meeting, hanging up, several at
//! a time, while a second connection asks Asterisk each second. Whenever the traffic rests the board must equal Asterisk, also
//! after the link or Asterisk itself has failed in the midst of it.

mod crowd;
mod ear;
mod eyes;
mod facts;
mod fault;
mod hand;
mod load;
mod report;
mod soak;
mod wish;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lab::{Pbx, Proxy, Version};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::time::Instant;

use crate::on_both;
use crowd::Crowd;
use ear::Ear;
use eyes::Eyes;
use fault::Fault;
use report::Report;

on_both!(
    an_office_full_of_calls,
    the_link_is_cut_in_a_storm,
    the_link_is_reset_in_a_storm,
    the_link_stalls_in_a_storm,
    the_link_comes_in_single_bytes_in_a_storm,
    a_power_cut_in_a_storm,
    a_frozen_pbx_in_a_storm,
);

/// How long people call before everybody holds still.
const SPELL: Duration = Duration::from_secs(18);
/// How long it takes until calls of every kind are under way.
const WARM: Duration = Duration::from_secs(6);
const PATIENCE: Duration = Duration::from_secs(20);

/// A storm: a PBX, a desk behind a link that can fail, people who call, and who watches.
struct Storm {
    pbx: Pbx,
    proxy: Proxy,
    crowd: Crowd,
    eyes: Eyes,
    ear: Ear,
    seed: u64,
}

impl Storm {
    async fn gather(version: Version, seed: u64) -> Result<Self> {
        eprintln!("storm on Asterisk {version}, SEED={seed}");
        let pbx = Pbx::start(version).await?;
        let ear = Ear::at(pbx.ami_port());
        let proxy = Proxy::start(pbx.ami_port()).await?;
        let eyes = Eyes::open(&pbx, proxy.port()).await?;
        let crowd = Crowd::gather(&pbx, seed).await?;
        Ok(Self {
            pbx,
            proxy,
            crowd,
            eyes,
            ear,
            seed,
        })
    }

    /// People call and somebody watches.
    async fn traffic(&mut self, span: Duration) -> Result<()> {
        let until = Instant::now() + span;
        let calls = self.crowd.live_until(&self.pbx, until);
        let ((), watched) = tokio::join!(calls, self.eyes.watch(until));
        watched
    }

    /// Everybody holds still, and the board is held against Asterisk.
    async fn rest(&mut self) -> Result<()> {
        let differing = self.eyes.rest(&self.pbx).await?;
        if !differing.is_empty() {
            let story = self.ear.about(&differing);
            let last = self.eyes.tally.differences.last_mut();
            let last = last.context("a difference without words")?;
            last.push_str(&story);
            eprintln!("SEED={} on {}: {last}", self.seed, self.pbx.version());
        }
        Ok(())
    }

    /// All go home; nothing may be left of them, neither on show nor in the board's memory.
    async fn end(mut self) -> Result<Report> {
        self.crowd.go_home(&self.pbx, PATIENCE).await?;
        self.rest().await?;
        let left = self.eyes.nobody().err();
        let kept = self.ear.is_empty(PATIENCE).await.err();
        let told = left.into_iter().chain(kept).map(|error| error.to_string());
        self.eyes.tally.differences.extend(told);
        Ok(Report::of(&self))
    }
}

/// Two spells of calls and a rest after each.
async fn an_office_full_of_calls(version: Version) -> Result<()> {
    let mut storm = Storm::gather(version, 1).await?;
    for _ in 0..2 {
        storm.traffic(SPELL).await?;
        storm.rest().await?;
    }
    storm.end().await?.is_clean()
}

/// Calls, the fault, more calls, a rest.
async fn struck(version: Version, fault: Fault, seed: u64) -> Result<()> {
    let mut storm = Storm::gather(version, seed).await?;
    storm.traffic(WARM).await?;
    fault.strike(&mut storm).await?;
    storm.traffic(WARM / 2).await?;
    storm.rest().await?;
    storm.end().await?.is_clean()
}

async fn the_link_is_cut_in_a_storm(version: Version) -> Result<()> {
    struck(version, Fault::Cut, 2).await
}

async fn the_link_is_reset_in_a_storm(version: Version) -> Result<()> {
    struck(version, Fault::Reset, 3).await
}

async fn the_link_stalls_in_a_storm(version: Version) -> Result<()> {
    struck(version, Fault::Stall, 4).await
}

async fn the_link_comes_in_single_bytes_in_a_storm(version: Version) -> Result<()> {
    struck(version, Fault::Slice, 5).await
}

async fn a_power_cut_in_a_storm(version: Version) -> Result<()> {
    struck(version, Fault::Kill, 6).await
}

async fn a_frozen_pbx_in_a_storm(version: Version) -> Result<()> {
    struck(version, Fault::Freeze, 7).await
}

/// A long storm; with faults, one in each spell.
async fn long(version: Version, seed: u64, span: Duration, faults: bool) -> Result<Report> {
    let mut storm = Storm::gather(version, seed).await?;
    let mut luck = StdRng::seed_from_u64(!seed);
    let until = Instant::now() + span;
    while Instant::now() < until {
        storm.traffic(SPELL / 2).await?;
        if faults {
            Fault::any(&mut luck).strike(&mut storm).await?;
        }
        storm.traffic(SPELL / 2).await?;
        storm.rest().await?;
    }
    ensure!(storm.crowd.wishes > 0, "nobody wished for anything");
    storm.end().await
}
