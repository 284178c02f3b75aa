//! The only place that reads a clock. One reading per turn of the loop goes everywhere else as an argument.

use std::fmt;
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

/// The wall clock, read once and carried on by the monotonic one, so that a changed system time moves no timer. That one stands still while
/// the computer sleeps: [`Clock::slept`] makes up for it.
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
        Self::start_at(epoch)
    }

    /// With a wall clock that shows this time since the epoch.
    #[expect(clippy::disallowed_methods, reason = "the desk's one clock")]
    pub(crate) fn start_at(epoch: Duration) -> Self {
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

    /// The computer has slept for so long: for people that time has passed, for deadlines on the monotonic clock it has not.
    pub(crate) fn slept(&mut self, time: Duration) {
        self.epoch += time;
    }

    /// When a moment people see comes, on the monotonic clock.
    pub(crate) fn instant_of(&self, millis: Millis) -> Instant {
        self.origin + Duration::from_millis(millis).saturating_sub(self.epoch)
    }
}

/// Shorter sleeps are none: two clocks are never read in the same moment.
const SLEEP: Duration = Duration::from_secs(3);

/// How long this computer has slept in all, since some moment that does not matter.
pub(crate) type SleepGauge = Box<dyn Fn() -> Duration + Send>;

/// Notices that the computer has slept.
pub(crate) struct Sleep {
    gauge: SleepGauge,
    /// The most it has ever shown: read late it may show too little, never too much.
    shown: Duration,
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sleep({:?})", self.shown)
    }
}

impl Sleep {
    pub(crate) fn new(gauge: SleepGauge) -> Self {
        let shown = gauge();
        Self { gauge, shown }
    }

    /// For how long the computer has slept since the last look, if it was more than a blink.
    pub(crate) fn look(&mut self) -> Option<Duration> {
        let shows = (self.gauge)();
        let slept = shows.checked_sub(self.shown)?;
        self.shown = shows;
        (slept > SLEEP).then_some(slept)
    }
}

/// What `CLOCK_BOOTTIME` counts and `CLOCK_MONOTONIC` does not is sleep.
#[cfg(target_os = "linux")]
pub(crate) fn sleep_gauge() -> SleepGauge {
    use rustix::time::{ClockId, clock_gettime};
    let read = |clock| Duration::try_from(clock_gettime(clock)).unwrap_or_default();
    Box::new(move || {
        let boot = read(ClockId::Boottime);
        boot.saturating_sub(read(ClockId::Monotonic))
    })
}

/// What the wall clock counts and the monotonic one does not is sleep, or somebody has set the clock: then one check too many is made.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "the desk's one clock")]
pub(crate) fn sleep_gauge() -> SleepGauge {
    let (wall, origin) = (SystemTime::now(), std::time::Instant::now());
    Box::new(move || {
        let passed = wall.elapsed().unwrap_or_default();
        passed.saturating_sub(origin.elapsed())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn a_jump_of_more_than_three_seconds_is_a_sleep_and_is_told_once() {
        let slept = Arc::new(AtomicU64::new(50));
        let gauge = Arc::clone(&slept);
        let mut sleep = Sleep::new(Box::new(move || {
            Duration::from_secs(gauge.load(Ordering::Relaxed))
        }));
        let mut looks = |shows: u64| {
            slept.store(shows, Ordering::Relaxed);
            sleep.look().map(|time| time.as_secs())
        };
        assert_eq!(
            [50, 53, 56, 60].map(&mut looks),
            [None, None, None, Some(4)]
        );
        assert_eq!([60, 10, 60].map(looks), [None; 3]);
    }

    #[test]
    fn time_slept_has_passed_for_people_and_moments_still_come_when_they_come() {
        let mut clock = Clock::start();
        let before = clock.now();
        clock.slept(Duration::from_secs(3600));
        let after = clock.now();
        assert!(after.millis >= before.millis + 3_600_000);
        let wait = clock.instant_of(after.millis + 1_000) - after.instant;
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
    }
}
