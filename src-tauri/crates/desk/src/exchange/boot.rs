//! Which run of a PBX this is. Calls do not outlive it, and nobody tells that they ended.

use ami::{Frame, Value};
use board::Millis;
use serde::{Deserialize, Serialize};

/// Two reckonings of one start differ by this at most: clocks drift, and `Uptime` is in whole seconds.
const DRIFT: Millis = 30_000;

/// One run of a PBX, as far as this login was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Boot {
    /// `CoreStartupDate` and `CoreStartupTime` of `CoreStatus`, in the PBX's own time zone.
    told: Option<String>,
    /// Our time less the `Uptime` of `FullyBooted`.
    reckoned: Option<Millis>,
}

impl Boot {
    /// Takes over the answer to `CoreStatus`; one that lacks the start is as good as none.
    pub(super) fn take(&mut self, answer: &Frame) {
        let text = |name| answer.get(name).and_then(Value::known);
        if let (Some(date), Some(time)) = (text("CoreStartupDate"), text("CoreStartupTime")) {
            self.told = Some(format!("{date} {time}"));
        }
    }

    /// `FullyBooted` says how many seconds ago it was.
    pub(super) fn reckon(&mut self, uptime: Option<u64>, now: Millis) {
        let start = uptime.map(|seconds| now.saturating_sub(seconds.saturating_mul(1000)));
        self.reckoned = start.or(self.reckoned);
    }

    /// When it was started, in its own words.
    pub(super) fn started(&self) -> Option<&str> {
        self.told.as_deref()
    }

    /// Another run than `before`. Not known is no.
    pub(super) fn is_another(&self, before: &Self) -> bool {
        match (&self.told, &before.told, self.reckoned, before.reckoned) {
            (Some(now), Some(then), _, _) => now != then,
            (_, _, Some(now), Some(then)) => now.abs_diff(then) > DRIFT,
            (_, _, _, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(time: &str) -> Boot {
        let text =
            format!("Response: Success\nCoreStartupDate: 2026-11-20\nCoreStartupTime: {time}\n");
        let mut boot = Boot::default();
        boot.take(&Frame::parse(text.as_bytes()).expect("a frame"));
        boot
    }

    fn reckoned(uptime: u64, now: Millis) -> Boot {
        let mut boot = Boot::default();
        boot.reckon(Some(uptime), now);
        boot
    }

    #[test]
    fn another_start_is_another_run_and_what_is_not_known_is_not_claimed() {
        let unknown = Boot::default();
        let (early, late) = (told("21:01:49"), told("21:05:00"));
        assert_eq!(early.started(), Some("2026-11-20 21:01:49"));
        assert!(late.is_another(&early) && !early.is_another(&early.clone()));
        assert!(!unknown.is_another(&early) && !early.is_another(&unknown));
    }

    #[test]
    fn the_uptime_tells_where_the_date_may_not_be_asked() {
        let first = reckoned(1_000, 2_000_000);
        assert!(!reckoned(1_100, 2_101_900).is_another(&first));
        assert!(reckoned(5, 2_100_000).is_another(&first));
        let mut silent = first.clone();
        silent.reckon(None, 9_000_000);
        assert_eq!(silent, first);
    }
}
