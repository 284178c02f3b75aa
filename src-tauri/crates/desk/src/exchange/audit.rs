//! The audit: every few minutes the board is held against the PBX's own list of channels. It is no repair by the way, but a search for faults
//! of ours: a difference counts when two lists show the same one and no event has touched the channel in between.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ami::action::List;
use ami::event::{BridgeEvent, ChannelEvent};
use ami::session::Listing;
use ami::{Action, ActionId, Event, Frame};
use board::Millis;
use rand::Rng;
use tokio::time::Instant;

use super::Exchange;
use super::difference::{Difference, Listed, compare};
use super::sync::Purpose;
use crate::clock::Now;

const EVERY: Duration = Duration::from_secs(180);
/// Two lists are this far apart: news that is on its way has arrived by then.
const APART: Duration = Duration::from_secs(5);
/// A PBX that answers a ping later than this has other worries, in milliseconds.
const SLOW: u32 = 500;
/// With more news than this meanwhile the board is anything but at rest.
const MOST_TOUCHED: usize = 20_000;

type Differences = BTreeMap<String, Difference>;

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Idle,
    /// A list is being read; `seen`: what the one before it showed.
    Reading {
        seen: Option<Differences>,
        listed: BTreeMap<String, Listed>,
    },
    /// The first list showed something.
    Doubting { until: Instant, seen: Differences },
}

/// The audit of one login.
#[derive(Debug, Default)]
pub(super) struct Audit {
    next: Option<Instant>,
    stage: Stage,
    /// The list asked for last: its items are never for the board, even if nobody waits for them any more.
    asked: Option<ActionId>,
    /// Channels that an event has named since the first list was asked for.
    touched: BTreeSet<String>,
    pub(super) done: u64,
    pub(super) last: Option<Millis>,
    pub(super) healed: u64,
}

impl Audit {
    pub(super) fn due(&self) -> Option<Instant> {
        match &self.stage {
            Stage::Idle => self.next,
            Stage::Reading { .. } => None,
            Stage::Doubting { until, .. } => Some(*until),
        }
    }

    /// What has been compared so far is worth nothing.
    pub(super) fn drop_it(&mut self) {
        self.stage = Stage::Idle;
        self.touched.clear();
    }

    /// The board is in doubt: the first list is read at once, unless one is being read already.
    pub(super) fn hurry(&mut self, now: Now) {
        if !matches!(self.stage, Stage::Reading { .. }) {
            self.drop_it();
            self.next = Some(now.instant);
        }
    }

    /// Whether this list was asked for by the audit.
    pub(super) fn reads(&self, id: &ActionId) -> bool {
        self.asked.as_ref() == Some(id)
    }

    /// An item is put aside: the board learns nothing from it. Only those already in doubt are kept whole.
    pub(super) fn item(&mut self, frame: Frame) {
        let Stage::Reading { seen, listed, .. } = &mut self.stage else {
            return;
        };
        let Event::Channel(ChannelEvent::Listed {
            channel,
            bridge,
            age,
            ..
        }) = Event::read(&frame)
        else {
            return;
        };
        let uniqueid = channel.uniqueid.as_ref().to_owned();
        let doubted = seen
            .as_ref()
            .is_some_and(|seen| seen.contains_key(&uniqueid));
        let bridge = bridge.as_deref().map(str::to_owned);
        let age = age.map(|seconds| seconds.saturating_mul(1000));
        let frame = doubted.then_some(frame);
        listed.insert(uniqueid, Listed { bridge, age, frame });
    }

    /// News of a channel: whatever a list says of it may be older, or newer.
    pub(super) fn event(&mut self, event: &Event<'_>) {
        if matches!(self.stage, Stage::Idle) {
            return;
        }
        let touched = event.snapshots().map(|channel| channel.uniqueid.as_ref());
        self.touched.extend(touched.map(str::to_owned));
        // A merge moves channels without naming them.
        let merged = matches!(event, Event::Bridge(BridgeEvent::Merge { .. }));
        if merged || self.touched.len() > MOST_TOUCHED {
            self.drop_it();
        }
    }

    fn plan(&mut self, now: Now, chance: &mut impl Rng) {
        let wait = EVERY.mul_f64(chance.random_range(0.7..=1.3));
        self.next = Some(now.instant + wait);
    }
}

impl Exchange {
    /// Begins an audit, or its second half, if it is time.
    pub(super) fn look_at_audit(&mut self, now: Now, chance: &mut impl Rng) {
        if !self.is_live() {
            return;
        }
        if self.audit.next.is_none() {
            self.audit.plan(now, chance);
        }
        if self.audit.due().is_none_or(|at| now.instant < at) || self.sync.is_loading() {
            return;
        }
        let is_fit = self.permissions.allow(List::Channels.name())
            && self.lag.is_none_or(|lag| lag <= SLOW)
            && self.board.anomalies().turned_away == 0;
        match std::mem::take(&mut self.audit.stage) {
            Stage::Doubting { seen, .. } if is_fit => self.read_for_audit(Some(seen), now),
            Stage::Doubting { .. } => self.audit.drop_it(),
            Stage::Idle | Stage::Reading { .. } => {
                self.audit.plan(now, chance);
                if is_fit {
                    self.audit.touched.clear();
                    self.read_for_audit(None, now);
                }
                self.read_queue_figures(now);
            }
        }
    }

    fn read_for_audit(&mut self, seen: Option<Differences>, now: Now) {
        if let Some(id) = self.ask_for(&List::Channels.request(), Purpose::Audit, now) {
            let listed = BTreeMap::new();
            self.audit.stage = Stage::Reading { seen, listed };
            self.audit.asked = Some(id);
        }
    }

    /// `QueueReset` sets the counters back, and no event tells.
    fn read_queue_figures(&mut self, now: Now) {
        if self.lag.is_none_or(|lag| lag <= SLOW) && !self.is_blind_to(List::Queues) {
            self.expect_queues();
            self.read_again(&[List::Queues], now);
        }
    }

    /// A list has been read to its end, or not.
    pub(super) fn audited(&mut self, listing: Listing, now: Now) {
        let Stage::Reading { seen, listed, .. } = std::mem::take(&mut self.audit.stage) else {
            return;
        };
        // Anything but a whole list would make ghosts of everybody.
        if listing != Listing::Complete {
            return self.audit.drop_it();
        }
        let found = compare(&self.board, &listed, &self.audit.touched, now.millis);
        let Some(seen) = seen else {
            (self.audit.done, self.audit.last) = (self.audit.done + 1, Some(now.millis));
            self.changed = true;
            if !found.is_empty() {
                let until = now.instant + APART;
                self.audit.stage = Stage::Doubting { until, seen: found };
            }
            return;
        };
        let twice = found.into_iter();
        let twice: Differences = twice
            .filter(|(id, difference)| seen.get(id) == Some(difference))
            .collect();
        self.audit.drop_it();
        if !twice.is_empty() {
            self.heal(&twice, &listed, now);
        }
    }

    fn heal(&mut self, twice: &Differences, listed: &BTreeMap<String, Listed>, now: Now) {
        self.log_differences(twice);
        for (uniqueid, difference) in twice {
            match difference {
                Difference::Ghost => self.board.remove_ghost(uniqueid, now.millis),
                Difference::Missing | Difference::Elsewhere { .. } => {
                    let item = listed.get(uniqueid).and_then(|item| item.frame.as_ref());
                    if let Some(frame) = item {
                        self.board.apply_item(&Event::read(frame), now.millis);
                    }
                }
            }
            self.audit.healed += 1;
        }
        // What the end of such a list always brings: who rings whom, and which rooms are open.
        self.board.list_done(List::Channels, now.millis);
        self.board_changed();
    }

    /// Counts for everybody, frames only for who looks closely: they hold names and numbers.
    fn log_differences(&self, twice: &Differences) {
        let count = |wanted: fn(&Difference) -> bool| twice.values().filter(|d| wanted(d)).count();
        tracing::warn!(
            pbx = %self.pbx(),
            missing = count(|difference| *difference == Difference::Missing),
            ghosts = count(|difference| *difference == Difference::Ghost),
            elsewhere = count(|difference| matches!(difference, Difference::Elsewhere { .. })),
            "the board was wrong, and is mended"
        );
        for (uniqueid, difference) in twice {
            for frame in self.flight.about(uniqueid) {
                let frame = String::from_utf8_lossy(frame.bytes());
                tracing::debug!(uniqueid, ?difference, ?frame, "led there");
            }
        }
    }
}
