//! The laws again, on invented histories, and on real ones that are torn to pieces.

use std::sync::LazyLock;

use ami::action::List;
use ami::{Event, Frame};
use board::Thing;
use board::view::CallView;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::laws::{Window, assert_same};
use crate::replay::{News, START, all, empty_board, news};
use crate::resync::{blot, cold};
use crate::world::{What, World};

const ALL: [What; 17] = [
    What::Dial,
    What::DialOverLocal,
    What::Answer,
    What::Reject,
    What::Hold,
    What::Unhold,
    What::Redirect,
    What::Swap,
    What::Merge,
    What::Park,
    What::Fetch,
    What::Queue,
    What::Meet,
    What::Optimise,
    What::GoOn,
    What::Consult,
    What::Hangup,
];

/// Its name, and what a board hears, when.
pub(crate) type Recording = (String, Vec<(u64, News)>);

/// Every recording.
pub(crate) static RECORDINGS: LazyLock<Vec<Recording>> =
    LazyLock::new(|| all().map(|(name, steps)| (name, news(&steps))).collect());

pub(crate) fn history(most: usize) -> impl Strategy<Value = Vec<(What, usize, usize)>> {
    let what = prop_oneof![select(&ALL[..]), select(&[What::Dial, What::Answer][..])];
    prop::collection::vec((what, 0..50usize, 0..50usize), 0..most)
}

fn read(said: &[String]) -> Vec<Frame> {
    let frames = said.iter().map(|text| Frame::parse(text.as_bytes()));
    frames.map(|frame| frame.expect("a frame")).collect()
}

fn calls(board: &board::Board) -> Vec<CallView> {
    let things = board.picture().into_values();
    let call = |thing| match thing {
        Thing::Call(call) => Some(call),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    };
    things.filter_map(call).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn invented_histories_keep_the_laws(history in history(40)) {
        let mut board = empty_board();
        let mut window = Window::new();
        let mut world = World::live(&history);
        // Without device states no list tells who holds.
        world.unhold_all();
        for frame in read(&world.said) {
            let event = Event::read(&frame);
            board.apply(&event, START);
            window.look(&board);
            prop_assert!(window.shows(&board), "delta: {event:?}");
            let once = board.picture();
            board.apply(&event, START);
            assert_same(&once, &board.picture(), "twice");
        }
        assert_same(&blot(board.picture()), &blot(cold(&board, START).picture()), "resync");
        prop_assert_eq!(board.anomalies().total(), 0);
    }

    #[test]
    fn whoever_hears_is_heard_and_all_within_one_call(history in history(40)) {
        let mut board = empty_board();
        for frame in read(&World::live(&history).said) {
            board.apply(&Event::read(&frame), START);
        }
        for call in calls(&board) {
            for leg in &call.legs {
                for heard in &leg.hears {
                    let other = call.legs.iter().find(|other| other.id == *heard);
                    prop_assert!(other.is_some_and(|other| other.hears.contains(&leg.id)), "{call:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_left_of_invented_histories(history in history(40)) {
        let mut world = World::live(&history);
        world.end();
        let mut board = empty_board();
        for frame in read(&world.said) {
            board.apply(&Event::read(&frame), START);
        }
        prop_assert_eq!(board.kept(), 0);
        prop_assert_eq!(calls(&board), Vec::<CallView>::new());
    }

    #[test]
    fn news_in_any_order_lost_or_doubled_breaks_nothing(
        recording in any::<Index>(),
        picks in prop::collection::vec(any::<Index>(), 0..200),
    ) {
        let (_, news) = recording.get(&RECORDINGS);
        let mut board = empty_board();
        for (_, news) in picks.iter().map(|pick| pick.get(news)) {
            match news {
                News::Live(frame) | News::Item(frame) => board.apply(&Event::read(frame), START),
                News::Asked(list) => board.list_asked(*list),
                News::Done(list) => board.list_done(*list, START),
                News::Login | News::Mark(_) => {}
            }
            let _ = board.picture();
        }
        // An empty list of everything heals whatever has gone wrong.
        for list in List::SYNC {
            board.list_asked(list);
            board.list_done(list, START);
        }
        prop_assert_eq!(board.kept(), 0);
    }
}
