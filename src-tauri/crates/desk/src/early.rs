//! Wishes that come before the journal has been read: whether an earlier run of the program has begun them is not known yet.

use std::time::Duration;

use operator::{Intent, OperationId, Refusal};
use tokio::sync::oneshot;
use tokio::time::Instant;

/// A journal is read while the PBX is logged in to. A disk that hangs holds nobody up for longer than this.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where the answer to a wish goes.
pub(crate) type Answer = oneshot::Sender<Result<OperationId, Refusal>>;

/// Those that wait.
#[derive(Debug, Default)]
pub(crate) struct Early {
    /// Until then, at the most. None: it has been read, or there is none.
    until: Option<Instant>,
    wishes: Vec<(Intent, Answer)>,
}

impl Early {
    /// A desk starts.
    pub(crate) fn start(keeps_journal: bool, now: Instant) -> Self {
        Self {
            until: keeps_journal.then_some(now + PATIENCE),
            wishes: Vec::new(),
        }
    }

    /// Takes a wish that is too early; gives back one whose time it is.
    pub(crate) fn keep(&mut self, intent: Intent, answer: Answer) -> Option<(Intent, Answer)> {
        if self.until.is_none() {
            return Some((intent, answer));
        }
        self.wishes.push((intent, answer));
        None
    }

    /// When it is waited no longer.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.until
    }

    /// The journal has been read, or cannot be, or it has taken too long: it is their time now.
    pub(crate) fn all(&mut self) -> Vec<(Intent, Answer)> {
        self.until = None;
        std::mem::take(&mut self.wishes)
    }
}
