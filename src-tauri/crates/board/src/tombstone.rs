//! Channels that are gone for good: late news and older lists must not raise them again.

use std::collections::{BTreeSet, VecDeque};

use crate::view::Millis;

/// News lags by seconds at most; a list may be older by as long as it took.
const KEPT: Millis = 120_000;

/// The Uniqueids of channels that hung up lately.
#[derive(Debug, Default)]
pub(crate) struct Tombstones {
    ids: BTreeSet<String>,
    order: VecDeque<(Millis, String)>,
}

impl Tombstones {
    pub(crate) fn set(&mut self, uniqueid: &str, now: Millis) {
        while self.order.front().is_some_and(|(at, _)| at + KEPT < now) {
            if let Some((_, id)) = self.order.pop_front() {
                self.ids.remove(&id);
            }
        }
        if self.ids.insert(uniqueid.to_owned()) {
            self.order.push_back((now, uniqueid.to_owned()));
        }
    }

    pub(crate) fn has(&self, uniqueid: &str) -> bool {
        self.ids.contains(uniqueid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tombstones_are_forgotten_after_two_minutes() {
        let mut stones = Tombstones::default();
        stones.set("1.1", 0);
        stones.set("1.2", KEPT + 1);
        assert!(!stones.has("1.1") && stones.has("1.2"));
    }
}
