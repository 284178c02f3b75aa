//! Order is only sure inside one of Asterisk's paths. What does not come by the router may overtake it, or lag behind: at rest that
//! makes no difference, and in between nobody is shown who is not there.

use std::collections::BTreeMap;

use ami::Frame;
use board::{Board, Picture, Thing};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::histories::RECORDINGS;
use crate::laws::assert_same;
use crate::replay::{Follower, News};
use crate::resync::blot;

/// By how many events one path is ahead of another, or behind, at most.
const WINDOW: i64 = 20;
/// The paths beside the router's: written to the session directly, or one subscription further on. Each keeps its own order.
const PATHS: [&str; 9] = [
    "OriginateResponse",
    "UserEvent",
    "ExtensionStatus",
    "PresenceStatus",
    "Rename",
    "Confbridge",
    "Parked",
    "PeerStatus",
    "ContactStatus",
];

/// The path an event comes by: none is the router's.
fn path(frame: &Frame) -> Option<usize> {
    let name = frame.event()?;
    let name = name.strip_prefix("Un").unwrap_or(&name);
    PATHS.iter().position(|path| name.starts_with(path))
}

/// Whom it is about. No path is so far ahead that it tells of somebody whose `Newchannel` the router has yet to send: one joins a room,
/// or is parked, by a dialplan that has run for a while.
fn channel(frame: &Frame) -> Option<String> {
    let id = frame
        .get("Uniqueid")
        .or_else(|| frame.get("ParkeeUniqueid"));
    id.map(|id| id.text().into_owned())
}

/// The same news in another order that could have been: `late` says by how many places an event comes later, or earlier. What one
/// waits for is waited for: lists, and the moments at which all is quiet.
fn another_order(news: &[(u64, News)], mut late: impl FnMut() -> i64) -> Vec<(u64, News)> {
    let mut out = Vec::new();
    for quiet in news.split_inclusive(|(_, news)| !matches!(news, News::Live(_))) {
        let mut last = [i64::MIN; PATHS.len()];
        let mut born = BTreeMap::new();
        let mut places = Vec::new();
        for ((at, news), place) in quiet.iter().zip(0i64..) {
            let place = match news {
                News::Live(frame) => match path(frame) {
                    Some(path) => {
                        let born = channel(frame).and_then(|id| born.get(&id).copied());
                        let soonest = born.unwrap_or(i64::MIN).max(last[path]);
                        last[path] = soonest.max(2 * (place + late()) + 1);
                        last[path]
                    }
                    None => {
                        if frame.event().is_some_and(|name| name == "Newchannel") {
                            born.extend(channel(frame).map(|id| (id, 2 * place + 1)));
                        }
                        2 * place
                    }
                },
                News::Login | News::Asked(_) | News::Item(_) | News::Done(_) | News::Mark(_) => {
                    i64::MAX
                }
            };
            places.push((place, *at, news.clone()));
        }
        places.sort_by_key(|(place, _, _)| *place);
        let times = quiet.iter().map(|(at, _)| *at);
        out.extend(times.zip(places).map(|(at, (_, _, news))| (at, news)));
    }
    out
}

/// The picture at every quiet moment.
fn moments(news: &[(u64, News)]) -> Vec<(String, Picture<Thing>)> {
    let mut follower = Follower::new();
    let mut moments = Vec::new();
    for (now, news) in news {
        follower.now = *now;
        follower.take(news);
        match news {
            News::Mark(mark) => moments.push((mark.clone(), blot(follower.board.picture()))),
            News::Live(_) => nobody_is_a_ghost(&follower.board),
            News::Login | News::Asked(_) | News::Item(_) | News::Done(_) => {}
        }
    }
    moments
}

/// Whoever is parked exists; nothing else is kept of somebody who is gone.
fn nobody_is_a_ghost(board: &Board) {
    if board.channel_count() == 0 {
        let picture = board.picture();
        for thing in picture.values() {
            match thing {
                Thing::Call(_) | Thing::Parked(_) => panic!("a ghost: {thing:?}"),
                Thing::Queue(queue) => assert!(queue.callers.is_empty(), "{queue:?}"),
                Thing::Conference(room) => assert!(room.members.is_empty(), "{room:?}"),
                Thing::Extension(_) | Thing::Trunk(_) | Thing::Agent(_) | Thing::Ended(_) => {}
            }
        }
    }
}

fn same_at_rest(name: &str, news: &[(u64, News)], late: impl FnMut() -> i64) {
    let (told, otherwise) = (moments(news), moments(&another_order(news, late)));
    assert_eq!(told.len(), otherwise.len(), "{name}");
    for ((mark, one), (_, other)) in told.iter().zip(&otherwise) {
        assert_same(one, other, &format!("{name} at {mark}"));
    }
}

#[test]
fn reorder_the_other_paths_may_lag_or_lead_as_far_as_they_can() {
    for (name, news) in RECORDINGS.iter() {
        same_at_rest(name, news, || WINDOW);
        same_at_rest(name, news, || -WINDOW);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn reorder_the_other_paths_may_come_when_they_like(
        recording in any::<Index>(),
        late in prop::collection::vec(-WINDOW..=WINDOW, 1..40),
    ) {
        let (name, news) = recording.get(&RECORDINGS);
        let mut late = late.iter().cycle().copied();
        same_at_rest(name, news, || late.next().unwrap_or(0));
    }
}
