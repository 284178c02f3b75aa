//! What goes wrong between Asterisk and a desk, in mid-traffic.

use std::time::Duration;

use anyhow::{Result, ensure};
use desk::Status;
use lab::proxy::Mode;
use rand::Rng;
use rand::rngs::StdRng;
use tokio::time::Instant;

use super::Storm;

/// Silence is noticed after six seconds; then the status must say so.
const NOTICED: Duration = Duration::from_secs(8);
const SOON: Duration = Duration::from_millis(1200);
const CALM: Duration = Duration::from_secs(2);

/// One kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The link ends properly, again and again.
    Cut,
    /// The link is reset, again and again.
    Reset,
    /// The link stays open and carries nothing.
    Stall,
    /// Every byte comes alone.
    Slice,
    /// Asterisk dies as in a power cut, and comes again.
    Kill,
    /// Asterisk stands still for eight seconds.
    Freeze,
}

impl Fault {
    const ALL: [Self; 6] = [
        Self::Cut,
        Self::Reset,
        Self::Stall,
        Self::Slice,
        Self::Kill,
        Self::Freeze,
    ];

    /// Any of them.
    pub(super) fn any(rng: &mut StdRng) -> Self {
        Self::ALL[rng.random_range(0..Self::ALL.len())]
    }

    /// Lets it happen while people go on calling, and ends it. Meanwhile nothing on show claims to be true now.
    pub(super) async fn strike(self, storm: &mut Storm) -> Result<()> {
        // News is late by more than a second then, or the desk has not noticed yet: only a rest tells who is right.
        storm.eyes.deaf = matches!(self, Self::Stall | Self::Slice | Self::Freeze);
        let struck = match self {
            Self::Cut => broken(storm, |storm| storm.proxy.cut()).await,
            Self::Reset => broken(storm, |storm| storm.proxy.reset()).await,
            Self::Stall => stalled(storm).await,
            Self::Slice => sliced(storm).await,
            Self::Kill => killed(storm).await,
            Self::Freeze => frozen(storm).await,
        };
        storm.eyes.deaf = false;
        struck
    }
}

/// Three times: once the desk is let in again at once, twice it is kept out for a while.
async fn broken(storm: &mut Storm, end: impl Fn(&Storm)) -> Result<()> {
    let losses = storm.eyes.tally.losses;
    end(storm);
    storm.traffic(CALM).await?;
    for _ in 0..2 {
        storm.proxy.refuse();
        end(storm);
        storm.traffic(SOON).await?;
        storm.eyes.is_locked().await?;
        storm.proxy.accept_again();
        storm.back().await?;
        storm.traffic(CALM).await?;
    }
    ensure!(
        storm.eyes.tally.losses >= losses + 2,
        "a loss was not shown"
    );
    Ok(())
}

async fn stalled(storm: &mut Storm) -> Result<()> {
    storm.proxy.set(Mode::Stall);
    storm.traffic(NOTICED).await?;
    storm.eyes.is_locked().await?;
    storm.proxy.set(Mode::Pass);
    storm.back().await
}

async fn sliced(storm: &mut Storm) -> Result<()> {
    storm.proxy.set(Mode::Slice);
    storm.traffic(NOTICED).await?;
    storm.rest().await?;
    storm.proxy.set(Mode::Pass);
    Ok(())
}

async fn killed(storm: &mut Storm) -> Result<()> {
    storm.pbx.kill9();
    storm.eyes.watch(Instant::now() + SOON).await?;
    storm.eyes.is_locked().await?;
    storm.pbx.power_on()?;
    storm.crowd.give_up_old_calls().await;
    storm.pbx.wait_booted().await?;
    storm.back().await
}

async fn frozen(storm: &mut Storm) -> Result<()> {
    storm.pbx.stop_signal()?;
    let watched = storm.traffic(NOTICED).await;
    let locked = storm.eyes.is_locked().await;
    storm.pbx.cont_signal()?;
    watched.and(locked)?;
    storm.back().await
}

impl Storm {
    /// Waits until the desk is live again.
    async fn back(&mut self) -> Result<()> {
        let live =
            |shown: &crate::shown::Shown| (shown.status() == Some(&Status::Live)).then_some(());
        self.eyes
            .seat
            .wait_within(Duration::from_secs(20), "a live desk", live)
            .await
    }
}
