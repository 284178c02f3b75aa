//! How long things may take, and the pulse by which a dead link is told from an idle one.

use std::time::{Duration, Instant};

use crate::request::ActionId;

/// For the greeting line. At its limit of unauthenticated sessions Asterisk accepts and stays silent.
pub(super) const GREETING: Duration = Duration::from_secs(3);
/// For each step of the login. A wrong secret is answered after one second.
pub(super) const LOGIN: Duration = Duration::from_secs(10);
/// For `FullyBooted` after the login.
pub(super) const BOOT: Duration = Duration::from_secs(3);
/// For a response.
pub(super) const RESPONSE: Duration = Duration::from_secs(10);
/// Between two items of a list.
pub(super) const ITEM: Duration = Duration::from_secs(10);

const IDLE_PING: Duration = Duration::from_secs(2);
const BRISK_PING: Duration = Duration::from_secs(1);
const SILENCE: Duration = Duration::from_secs(6);

/// AMI sends nothing when idle, so we ask; six seconds without an answer after a question is death. Events do not count: a PBX that has
/// stopped answering may go on sending what is long past. Items of a list do: while it runs, Asterisk answers nothing else.
#[derive(Debug)]
pub(super) struct Pulse {
    heard: Instant,
    asked: Instant,
    answered: Instant,
    open: Option<ActionId>,
    brisk: bool,
}

impl Pulse {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            heard: now,
            asked: now,
            answered: now,
            open: None,
            brisk: false,
        }
    }

    pub(super) fn heard(&mut self, now: Instant) {
        self.heard = now;
    }

    /// An answer has come, or part of one.
    pub(super) fn answered(&mut self, now: Instant) {
        self.answered = now;
    }

    pub(super) fn heard_at(&self) -> Instant {
        self.heard
    }

    pub(super) fn set_brisk(&mut self, brisk: bool) {
        self.brisk = brisk;
    }

    pub(super) fn ping_is_due(&self, now: Instant) -> bool {
        self.open.is_none() && now >= self.asked + self.interval()
    }

    pub(super) fn pinged(&mut self, id: ActionId, now: Instant) {
        self.open = Some(id);
        self.asked = now;
    }

    pub(super) fn answers(&self, id: &ActionId) -> bool {
        self.open.as_ref() == Some(id)
    }

    pub(super) fn ponged(&mut self, now: Instant) -> Duration {
        self.open = None;
        now.saturating_duration_since(self.asked)
    }

    pub(super) fn is_dead(&self, now: Instant) -> bool {
        self.open.is_some() && now >= self.deadline()
    }

    /// When something is due: the next ping, or death.
    pub(super) fn due(&self) -> Instant {
        match self.open {
            Some(_) => self.deadline(),
            None => self.asked + self.interval(),
        }
    }

    fn deadline(&self) -> Instant {
        self.answered.max(self.asked) + SILENCE
    }

    fn interval(&self) -> Duration {
        if self.brisk { BRISK_PING } else { IDLE_PING }
    }
}
