//! The computer has slept: the link may stand or not, and what was on show is as old as the sleep was long. A healthy socket says nothing,
//! so the PBX is asked.

use std::time::Duration;

use rand::Rng;
use tokio::time::Instant;

use super::Exchange;
use crate::clock::Now;
use crate::{LinkError, Status};

/// A PBX on the same network answers within this; a link that does not is dialled anew, which is quicker than waiting.
const ANSWER: Duration = Duration::from_millis(500);

/// A check after waking, while it is under way.
#[derive(Debug, Default)]
pub(super) struct Check {
    until: Option<Instant>,
}

impl Check {
    pub(super) fn due(&self) -> Option<Instant> {
        self.until
    }
}

impl Exchange {
    /// The picture is the PBX's, or about to be: a sleep would make it a lie.
    pub(crate) fn is_logged_in(&self) -> bool {
        matches!(self.status, Status::Loading | Status::Live)
    }

    /// Shown as old at once, actions locked, the PBX asked whether it is still there.
    pub(crate) fn woke(&mut self, now: Now) {
        if !self.is_logged_in() {
            self.retry = self.retry.map(|at| at.min(now.instant));
            return;
        }
        if self.is_live() {
            self.freeze(now);
        }
        let known = self.frozen.as_ref().map(|frozen| frozen.since);
        let answer = u64::try_from(ANSWER.as_millis()).unwrap_or(u64::MAX);
        let status = Status::Lost {
            since: known.or(self.heard).unwrap_or(now.millis),
            retry_at: now.millis.saturating_add(answer),
            reason: LinkError::Slept,
        };
        tracing::info!(pbx = %self.pbx(), "the computer has slept");
        self.set_status(status, now);
        self.check.until = Some(now.instant + ANSWER);
        if let Some(session) = &mut self.session {
            session.check(now.std());
        }
        self.transmit();
    }

    /// The PBX answers pings, this long after they were asked.
    pub(super) fn ponged(&mut self, took: Duration, now: Now) {
        let took = u32::try_from(took.as_millis()).unwrap_or(u32::MAX);
        self.changed |= self.lag != Some(took);
        self.lag = Some(took);
        if self.check.until.take().is_some() {
            self.set_status(Status::Loading, now);
            self.load(now);
        }
    }

    /// Gives up on a check that nobody has answered.
    pub(super) fn look_at_check(&mut self, now: Now, chance: &mut impl Rng) {
        if self.check.until.is_some_and(|at| now.instant >= at) {
            self.lost(LinkError::Silence, now, chance);
        }
    }
}
