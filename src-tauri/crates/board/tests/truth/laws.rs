//! What holds on every recording, whatever happens in it.

use std::collections::{BTreeMap, BTreeSet};

use ami::{Event, Frame};
use board::view::{CallPhase, LegState};
use board::{Batch, Board, Delta, Feed, Picture, Ref, Thing, changes, share};

use crate::replay::{Follower, News, START, all, empty_board, frames, news};
use crate::resync::{blot, cold};
use crate::transcript::server_bytes;

/// What a window knows: the batches it was given, put together.
pub(crate) struct Window {
    feed: Feed<Thing>,
    shown: Picture<Thing>,
    rev: u64,
}

impl Window {
    pub(crate) fn new() -> Self {
        Self {
            feed: Feed::new(),
            shown: Picture::new(),
            rev: 0,
        }
    }

    /// Publishes the board's picture and takes in the batch.
    pub(crate) fn look(&mut self, board: &Board) {
        let news = changes(self.feed.picture(), &share(board.picture()));
        let Some(batch) = self.feed.publish(news, |_| None) else {
            return;
        };
        assert_eq!(batch.rev, self.rev + 1, "no batch is left out");
        self.rev = batch.rev;
        fold(&mut self.shown, batch);
    }

    /// The law itself.
    pub(crate) fn shows(&self, board: &Board) -> bool {
        self.shown == board.picture()
    }
}

fn fold(shown: &mut Picture<Thing>, batch: Batch<Thing>) {
    for delta in batch.deltas {
        match delta {
            Delta::Upsert { value } => {
                shown.insert(value.id().clone(), value);
            }
            Delta::Remove { id, .. } => {
                assert!(shown.remove(&id).is_some(), "{id} was shown");
            }
        }
    }
}

#[test]
fn delta_what_a_window_puts_together_is_the_picture() {
    for (name, steps) in all() {
        let mut follower = Follower::new();
        let mut window = Window::new();
        for (now, news) in news(&steps) {
            follower.now = now;
            follower.take(&news);
            if matches!(news, News::Live(_) | News::Mark(_) | News::Login) {
                window.look(&follower.board);
                assert!(window.shows(&follower.board), "{name}: {news:?}");
            }
        }
    }
}

#[test]
fn twice_the_same_news_again_changes_nothing() {
    for (name, steps) in all() {
        let mut follower = Follower::new();
        for (now, news) in news(&steps) {
            follower.now = now;
            follower.take(&news);
            if matches!(news, News::Live(_) | News::Done(_)) && !is_counted(&news) {
                let once = follower.board.picture();
                follower.take(&news);
                assert_eq!(follower.board.picture(), once, "{name}: {news:?}");
            }
        }
    }
}

/// Two recordings may run on one channel and nothing names them: starts and stops are counted. No list ever repeats them.
fn is_counted(news: &News) -> bool {
    matches!(news, News::Live(frame) if matches!(Event::read(frame), Event::Recording(_)))
}

#[test]
fn resync_a_board_loaded_from_lists_equals_one_that_followed() {
    let mut wrong = Vec::new();
    for (name, steps) in all() {
        let mut follower = Follower::new();
        for (now, news) in news(&steps) {
            follower.now = now;
            follower.take(&news);
            if let News::Mark(mark) = news {
                if mark == UNTOLD_RECALL {
                    continue;
                }
                let loaded = cold(&follower.board, now).picture();
                let (followed, loaded) = (blot(follower.board.picture()), blot(loaded));
                let scenario = name.split('/').next_back().unwrap_or_default();
                let scenario = scenario.split('+').next().unwrap_or_default();
                let found = differences(scenario, &followed, &loaded);
                wrong.extend(
                    found
                        .into_iter()
                        .map(|found| format!("{name} at {mark}: {found}")),
                );
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a board that was loaded from lists does not show what one shows that has followed.
pub(crate) fn differences(
    scenario: &str,
    followed: &Picture<Thing>,
    loaded: &Picture<Thing>,
) -> Vec<String> {
    let untold = UNTOLD_HOLDS.contains(&scenario);
    let ids: BTreeSet<_> = followed.keys().chain(loaded.keys()).collect();
    let differs = |id: &&Ref| {
        let before = followed.get(*id);
        before != loaded.get(*id) && !ends(before) && !(untold && holds(before))
    };
    let tell = |id: &Ref| format!("{id}\n   {:?}\n   {:?}", followed.get(id), loaded.get(id));
    ids.into_iter().filter(differs).map(tell).collect()
}

/// Lists tell of a hold only by the device state of the one phone that was put on hold: not when it is an outside
/// line, or when a Local channel stands between the two.
const UNTOLD_HOLDS: [&str; 6] = [
    "hold-trunk-caller",
    "iax-call",
    "keys-attended-trunk",
    "local-both-ends-held",
    "queue-held",
    "queue-transferred-attended",
];

/// A transferrer is called back, and no list tells for whom.
pub(crate) const UNTOLD_RECALL: &str = "called-back";

fn holds(thing: Option<&Thing>) -> bool {
    matches!(thing, Some(Thing::Call(call)) if call.phase == CallPhase::Held)
}

/// A hang-up under way shows in no list.
fn ends(thing: Option<&Thing>) -> bool {
    matches!(thing, Some(Thing::Call(call)) if call.legs.iter().any(|leg| leg.state == LegState::Ending))
}

/// Says which thing differs, instead of two whole pictures.
pub(crate) fn assert_same(followed: &Picture<Thing>, loaded: &Picture<Thing>, what: &str) {
    for id in followed.keys().chain(loaded.keys()) {
        assert_eq!(followed.get(id), loaded.get(id), "{what}: {id}");
    }
}

#[test]
fn no_ghosts_when_all_have_hung_up_nothing_is_left() {
    for (name, steps) in all() {
        let mut follower = Follower::new();
        for (now, news) in news(&steps) {
            follower.now = now;
            follower.take(&news);
            if matches!(&news, News::Mark(mark) if mark == "ended") {
                assert_eq!(follower.board.kept(), 0, "{name}");
                assert_eq!(follower.board.call_count(), 0, "{name}");
            }
        }
    }
}

#[test]
fn chunks_any_split_of_the_stream_gives_the_same_board() {
    for (name, steps) in all() {
        let bytes = server_bytes(&steps);
        let whole = fed(&frames(std::iter::once(&bytes[..])));
        for size in [1, 7, 1448] {
            let split = fed(&frames(bytes.chunks(size)));
            assert_eq!(split, whole, "{name} in chunks of {size}");
        }
    }
}

fn fed(frames: &[Frame]) -> BTreeMap<Ref, Thing> {
    let mut board = empty_board();
    for frame in frames {
        board.apply(&Event::read(frame), START);
    }
    board.picture()
}
