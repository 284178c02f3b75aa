//! Channels that are gone for good: late news and older lists must not raise them again.

use std::collections::{BTreeSet, VecDeque};

use crate::key::Key;
use crate::view::Millis;

/// News lags by seconds at most; a list may be older by as long as it took.
const KEPT: Millis = 120_000;
/// So many are kept at most: far more than a PBX ends in that time.
const MOST: usize = 20_000;

/// The Uniqueids of channels that hung up lately.
#[derive(Debug, Default)]
pub(crate) struct Tombstones {
    ids: BTreeSet<Key>,
    order: VecDeque<(Millis, Key)>,
}

impl Tombstones {
    pub(crate) fn set(&mut self, uniqueid: &str, now: Millis) {
        let is_old = |at: Millis| at.saturating_add(KEPT) < now;
        while self.order.len() >= MOST || self.order.front().is_some_and(|(at, _)| is_old(*at)) {
            if let Some((_, id)) = self.order.pop_front() {
                self.ids.remove(&id);
            }
        }
        let id = Key::of(uniqueid);
        if self.ids.insert(id.clone()) {
            self.order.push_back((now, id));
        }
    }

    pub(crate) fn has(&self, uniqueid: &str) -> bool {
        self.ids.contains(&Key::of(uniqueid))
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

    #[test]
    fn a_storm_of_hangups_costs_no_more_than_the_bound() {
        let mut stones = Tombstones::default();
        (0..MOST + 5).for_each(|n| stones.set(&format!("1.{n}"), 0));
        assert!(stones.ids.len() == MOST && stones.order.len() == MOST);
        assert!(!stones.has("1.0") && stones.has(&format!("1.{}", MOST + 4)));
    }
}
