//! The only place that reads a clock. One reading per turn of the loop goes everywhere else as an argument.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use board::Millis;
use tokio::time::Instant;

/// One reading: for deadlines, and for what people see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now {
    /// Monotonic.
    pub(crate) instant: Instant,
    /// Milliseconds since the epoch.
    pub(crate) millis: Millis,
}

impl Now {
    pub(crate) fn std(self) -> std::time::Instant {
        self.instant.into_std()
    }
}

/// The wall clock, read once and carried on by the monotonic one, so that a changed system time moves no timer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    origin: Instant,
    epoch: Duration,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the desk's one clock")]
    pub(crate) fn start() -> Self {
        let epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            origin: Instant::now(),
            epoch,
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the desk's one clock")]
    pub(crate) fn now(&self) -> Now {
        let instant = Instant::now();
        let since = self.epoch + instant.saturating_duration_since(self.origin);
        Now {
            instant,
            millis: u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// When a moment people see comes, on the monotonic clock.
    pub(crate) fn instant_of(&self, millis: Millis) -> Instant {
        self.origin + Duration::from_millis(millis).saturating_sub(self.epoch)
    }
}
