//! How a desk starts: with a journal or without, on this computer or on one that somebody says.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use board::Feed;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::mpsc;

use super::Owner;
use crate::clock::{Clock, Sleep, SleepGauge, sleep_gauge};
use crate::computer::Computer;
use crate::early::Early;
use crate::exchange::Keeping;
use crate::handle::Desk;
use crate::journal::{Journal, JournalNews, ThisComputer};
use crate::performed::Performed;
use crate::subscribers::Subscribers;

/// Starts a desk on the tokio runtime of now. It keeps nothing on disk.
#[must_use]
pub fn start() -> Desk {
    start_with(sleep_gauge(), None, None)
}

/// Starts a desk that keeps its journal, and puts exports, below this folder: what is asked of a PBX is written down before it is sent, and what an earlier
/// run has left open is looked into.
#[must_use]
pub fn start_in(folder: &Path) -> Desk {
    let journal = Journal::start(folder.join("journal"), Arc::new(ThisComputer));
    start_with(sleep_gauge(), Some(journal), Some(folder))
}

/// Like [`start`], with another way to know for how long this computer has slept in all: for tests, which cannot sleep.
#[must_use]
pub fn start_with_sleep(slept: impl Fn() -> Duration + Send + 'static) -> Desk {
    start_with(Box::new(slept), None, None)
}

/// Like [`start`] or [`start_in`], on a computer as somebody says: for a simulation.
#[must_use]
pub fn start_on(computer: Computer) -> Desk {
    let awake = Box::new(|| Duration::ZERO);
    let clock = Clock::start_at(computer.time);
    let chance = StdRng::seed_from_u64(computer.seed);
    let (kept, folder) = match computer.journal {
        Some((folder, disk)) => (
            Some(Journal::start(folder.join("journal"), disk)),
            Some(folder),
        ),
        None => (None, None),
    };
    start_by(awake, clock, kept, folder.as_deref(), chance)
}

/// A journal, and what its clerk has to tell.
type Kept = (Journal, mpsc::UnboundedReceiver<JournalNews>);

pub(super) fn start_with(gauge: SleepGauge, kept: Option<Kept>, folder: Option<&Path>) -> Desk {
    let chance = StdRng::from_os_rng();
    start_by(gauge, Clock::start(), kept, folder, chance)
}

fn start_by(
    gauge: SleepGauge,
    clock: Clock,
    kept: Option<Kept>,
    folder: Option<&Path>,
    chance: StdRng,
) -> Desk {
    let (sender, requests) = mpsc::channel(64);
    let (journal, clerk) = match kept {
        Some((journal, clerk)) => (Some(journal), clerk),
        // Nobody will ever tell anything.
        None => (None, mpsc::unbounded_channel().1),
    };
    let (post, news) = mpsc::unbounded_channel();
    let early = Early::start(journal.is_some(), clock.now().instant);
    let owner = Owner {
        clock,
        sleep: Sleep::new(gauge),
        turned: clock.now().instant,
        post,
        chance,
        exchanges: BTreeMap::new(),
        feed: Feed::new(),
        epoch: 0,
        subscribers: Subscribers::default(),
        performed: Performed::default(),
        early,
        keeping: Keeping::with(journal),
        adrift: Vec::new(),
        consulting: Vec::new(),
        waiting: Vec::new(),
        changed: false,
        gone: Vec::new(),
        flush_at: clock.now().instant,
        postponed: None,
    };
    tokio::spawn(owner.run(requests, news, clerk));
    Desk::over(sender, folder)
}
