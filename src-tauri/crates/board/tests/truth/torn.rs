//! Frames of several recordings, shuffled, cut short, doubled and spliced into one stream: nothing breaks, and nothing is left when
//! everybody has hung up.

use ami::action::List;
use ami::{Event, Frame};
use board::Board;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::histories::RECORDINGS;
use crate::laws::Window;
use crate::replay::{News, START, empty_board};

/// What happens to a frame on its way.
#[derive(Debug, Clone)]
enum Fate {
    Whole,
    Twice,
    /// Only so many of its bytes arrive, and the next frame begins in the middle of its line.
    Short(Index),
    /// Some of its lines are somebody else's.
    Spliced(Index, Index),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Whole),
        1 => Just(Fate::Twice),
        1 => any::<Index>().prop_map(Fate::Short),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(at, whose)| Fate::Spliced(at, whose)),
    ]
}

/// A run of a recording: from there on, so many frames.
fn run() -> impl Strategy<Value = (Index, Index, Vec<Fate>)> {
    (
        any::<Index>(),
        any::<Index>(),
        prop::collection::vec(fate(), 1..60),
    )
}

fn lines(frame: &Frame) -> Vec<&[u8]> {
    frame
        .bytes()
        .split_inclusive(|byte| *byte == b'\n')
        .collect()
}

fn torn(news: &News, fate: &Fate, others: &[(u64, News)]) -> Vec<News> {
    let (News::Live(frame) | News::Item(frame)) = news else {
        return vec![news.clone()];
    };
    let bytes = match fate {
        Fate::Whole => return vec![news.clone()],
        Fate::Twice => return vec![news.clone(), news.clone()],
        Fate::Short(at) => frame.bytes()[..at.index(frame.bytes().len())].to_vec(),
        Fate::Spliced(at, whose) => {
            let (_, other) = whose.get(others);
            let (News::Live(other) | News::Item(other)) = other else {
                return Vec::new();
            };
            let (mine, theirs) = (lines(frame), lines(other));
            let cut = at.index(mine.len());
            [&mine[..cut], &theirs[cut.min(theirs.len())..]]
                .concat()
                .concat()
        }
    };
    Frame::parse(&bytes).map(News::Live).into_iter().collect()
}

fn take(board: &mut Board, news: &News) {
    match news {
        News::Live(frame) => board.apply(&Event::read(frame), START),
        News::Item(frame) => board.apply_item(&Event::read(frame), START),
        News::Asked(list) => board.list_asked(*list),
        News::Done(list) => board.list_done(*list, START),
        News::Login | News::Mark(_) => {}
    }
}

/// Everybody hangs up. Rooms and bridges end by events of their own, which were lost, or by the next list; so does a parked caller who was
/// never announced.
fn hang_up_all(board: &mut Board) {
    let all: Vec<String> = board.channels().map(|(id, _)| id.to_owned()).collect();
    for id in all {
        let said = format!("Event: Hangup\nChannel: gone\nUniqueid: {id}\nCause: 16\n");
        let frame = Frame::parse(said.as_bytes()).expect("a frame");
        board.apply(&Event::read(&frame), START);
    }
    for list in [List::Bridges, List::Conferences, List::ParkedCalls] {
        board.list_asked(list);
        board.list_done(list, START);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn torn_streams_break_nothing_and_leave_nothing(runs in prop::collection::vec(run(), 1..6)) {
        let mut board = empty_board();
        let mut window = Window::new();
        for (recording, from, fates) in &runs {
            let (_, news) = recording.get(&RECORDINGS);
            let start = from.index(news.len());
            for ((_, one), fate) in news[start..].iter().zip(fates) {
                torn(one, fate, news).iter().for_each(|news| take(&mut board, news));
            }
            window.look(&board);
            prop_assert!(window.shows(&board));
        }
        hang_up_all(&mut board);
        window.look(&board);
        prop_assert!(window.shows(&board));
        prop_assert_eq!(board.kept(), 0);
        prop_assert_eq!(board.call_count(), 0);
    }
}

/// Found by the fuzz target `board`: the half waited for its other under a name it no longer had.
#[test]
fn a_local_half_that_was_renamed_leaves_nothing() {
    let mut board = empty_board();
    for said in [
        "Event: Newchannel\nChannel: Local/1@a;1\nUniqueid: 1.1\n",
        "Event: Newstate\nChannel: PJSIP/101-1\nUniqueid: 1.1\n",
    ] {
        let frame = Frame::parse(said.as_bytes()).expect("a frame");
        board.apply(&Event::read(&frame), START);
    }
    hang_up_all(&mut board);
    assert_eq!(board.kept(), 0);
}
