//! Whoever watches a storm: our board through a desk, Asterisk through a question each second, and the two held against each other.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use board::view::CallView;
use desk::{Diagnostics, Status};
use lab::{Pbx, Truth};
use tokio::time::{Instant, timeout};

use super::ear::uniqueids;
use super::facts;
use crate::seat::{Seat, person};
use crate::witness;

/// From one question to the next.
const SECOND: Duration = Duration::from_secs(1);
/// So long nothing may have changed, on either side, for the two to be held against each other.
const QUIET: Duration = Duration::from_secs(1);
/// In an office where nobody does anything, ringing and announcements end within this.
const PATIENCE: Duration = Duration::from_secs(45);
/// News that crossed with the lists of a login may be odd for so long.
const SETTLED: Duration = Duration::from_secs(3);

/// A desk and a witness.
pub(super) struct Eyes {
    pub(super) seat: Seat,
    witness: Truth,
    /// Live since; absent while it is not.
    live: Option<Instant>,
    settled: Option<Diagnostics>,
    before: Option<Sample>,
    /// Nothing comes through, or late: no comparison in mid-traffic.
    pub(super) deaf: bool,
    pub(super) tally: Tally,
}

/// What was counted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    /// How often the board was held against Asterisk.
    pub(super) comparisons: u64,
    /// What differed, in words.
    pub(super) differences: Vec<String>,
    /// How often the link was lost.
    pub(super) losses: u64,
    /// Differences the desk has mended itself.
    pub(super) healed: u64,
}

/// The channels of phones and lines on either side, at one moment.
struct Sample {
    theirs: BTreeSet<String>,
    ours: BTreeSet<String>,
}

impl Eyes {
    pub(super) async fn open(pbx: &Pbx, port: u16) -> Result<Self> {
        Ok(Self {
            seat: Seat::at(port).await?,
            witness: Truth::on_port(pbx.ami_port()),
            live: Some(Instant::now()),
            settled: None,
            before: None,
            deaf: false,
            tally: Tally::default(),
        })
    }

    /// Whether the desk says that its picture is the PBX's.
    pub(super) fn is_live(&self) -> bool {
        self.live.is_some()
    }

    /// Watches until then, and asks Asterisk each second.
    pub(super) async fn watch(&mut self, until: Instant) -> Result<()> {
        while Instant::now() < until {
            let next = until.min(Instant::now() + SECOND);
            self.look(next).await?;
            // Whoever is frozen or down does not answer: no comparison then.
            if let Ok(Ok(channels)) = timeout(SECOND, self.witness.channels()).await {
                let theirs = channels
                    .into_iter()
                    .filter(|one| one.name.starts_with("PJSIP/"));
                self.compare(theirs.map(|one| one.uniqueid).collect());
            }
        }
        Ok(())
    }

    /// Takes in what the desk shows until then.
    async fn look(&mut self, until: Instant) -> Result<()> {
        while self.seat.step(until).await {
            self.note()?;
        }
        self.note()
    }

    /// Keeps count of losses, and of what was odd on a board that has settled.
    fn note(&mut self) -> Result<()> {
        let pbx = self.seat.shown.pbx().context("no tile of the PBX")?;
        if pbx.status != Status::Live {
            self.tally.losses += u64::from(self.live.take().is_some());
            (self.settled, self.before) = (None, None);
            return Ok(());
        }
        let since = *self.live.get_or_insert_with(Instant::now);
        if since.elapsed() >= SETTLED {
            let now = Diagnostics {
                audits: 0,
                audited: None,
                ..pbx.diagnostics.clone()
            };
            let then = self.settled.replace(now.clone()).unwrap_or(now.clone());
            self.tally.healed += now.healed - then.healed;
            if then != now {
                let odd = format!("odd news on a settled board: {then:?}, now {now:?}");
                self.tally.differences.push(odd);
            }
        }
        Ok(())
    }

    /// Loosely, in mid-traffic: what was there at two questions, a second apart, must have been on the board at one of them; and
    /// the other way round.
    fn compare(&mut self, theirs: BTreeSet<String>) {
        if self.live.is_none() || self.deaf {
            self.before = None;
            return;
        }
        let ours = legs(self.seat.shown.calls());
        let now = Sample { theirs, ours };
        if let Some(before) = self.before.take() {
            self.tally.comparisons += 1;
            let (before_theirs, before_ours) = (&before.theirs, &before.ours);
            let missing = &(&(before_theirs & &now.theirs) - before_ours) - &now.ours;
            let ghosts = &(&(before_ours & &now.ours) - before_theirs) - &now.theirs;
            self.differ("not on the board", &missing);
            self.differ("ghosts on the board", &ghosts);
        }
        self.before = Some(now);
    }

    fn differ(&mut self, what: &str, which: &BTreeSet<String>) {
        if !which.is_empty() {
            self.tally.differences.push(format!("{what}: {which:?}"));
        }
    }

    /// Waits until neither Asterisk nor the board has changed for a while; then they must say the same. Gives the Uniqueids
    /// about which they do not.
    pub(super) async fn rest(&mut self, pbx: &Pbx) -> Result<BTreeSet<String>> {
        let deadline = Instant::now() + PATIENCE;
        let mut last = (BTreeSet::new(), BTreeSet::new());
        let mut since = Instant::now();
        loop {
            let theirs = self.asterisk(pbx).await?;
            self.look(Instant::now() + Duration::from_millis(60))
                .await?;
            let ours = self.board();
            let now = (theirs, ours);
            if now != last || !self.is_live() {
                (last, since) = (now, Instant::now());
            } else if since.elapsed() >= QUIET {
                break;
            }
            ensure!(
                Instant::now() < deadline,
                "no rest within {PATIENCE:?}: {}",
                self.seat.shown
            );
        }
        self.tally.comparisons += 1;
        self.before = None;
        let (theirs, ours) = last;
        let differing = &theirs ^ &ours;
        if !differing.is_empty() {
            let channels = pbx.truth().channels().await?;
            let channels: Vec<_> = channels.iter().map(ToString::to_string).collect();
            self.tally.differences.push(format!(
                "at rest only Asterisk says {:#?}\nonly we say {:#?}\n{}{channels:#?}",
                theirs.difference(&ours).collect::<Vec<_>>(),
                ours.difference(&theirs).collect::<Vec<_>>(),
                self.seat.shown,
            ));
        }
        Ok(uniqueids(
            &differing.into_iter().collect::<Vec<_>>().join(" "),
        ))
    }

    async fn asterisk(&self, pbx: &Pbx) -> Result<BTreeSet<String>> {
        let mut facts = witness::asterisk(pbx.truth()).await?;
        facts.extend(facts::asterisk(pbx.truth(), &self.seat.shown).await?);
        Ok(facts)
    }

    fn board(&self) -> BTreeSet<String> {
        let mut facts = witness::board(&self.seat.shown);
        facts.extend(facts::board(&self.seat.shown));
        facts
    }

    /// While the picture is old nothing can be done with it, whatever it shows.
    pub(super) async fn is_locked(&mut self) -> Result<()> {
        self.look(Instant::now() + Duration::from_millis(60))
            .await?;
        ensure!(!self.is_live(), "live on a dead link: {}", self.seat.shown);
        for number in super::wish::PHONES {
            let offers = self.seat.desk.offers(person(number)).await?.offers;
            let open = offers.iter().find(|offer| offer.refusal.is_none());
            ensure!(open.is_none(), "offered on an old picture: {open:?}");
        }
        Ok(())
    }

    /// Nobody calls, waits or sits anywhere.
    pub(super) fn nobody(&self) -> Result<()> {
        let shown = &self.seat.shown;
        let waiting = shown
            .queues()
            .map(|queue| queue.callers.len())
            .sum::<usize>();
        let seated = shown
            .conferences()
            .map(|room| room.members.len())
            .sum::<usize>();
        let left = (
            shown.calls().count(),
            shown.parked().count(),
            waiting,
            seated,
        );
        ensure!(left == (0, 0, 0, 0), "left on the board: {left:?} {shown}");
        Ok(())
    }
}

fn legs<'c>(calls: impl Iterator<Item = &'c CallView>) -> BTreeSet<String> {
    calls
        .flat_map(|call| &call.legs)
        .filter(|leg| leg.channel.starts_with("PJSIP/"))
        .map(|leg| leg.id.key.clone())
        .collect()
}
