//! Two hundred queues with two thousand members.

use std::sync::Arc;

use ami::action::List;
use ami::{Event, Frame};
use board::{Board, Ref, RefKind, Thing};

use crate::replay::{START, empty_board};
use crate::shown::assert_shown;

const QUEUES: usize = 200;
const MEMBERS: usize = 10;

fn frame(text: &str) -> Frame {
    Frame::parse(text.as_bytes()).expect("a frame")
}

fn member(queue: usize, member: usize, place: &str, status: u8) -> String {
    let phone = 1_000 + queue * MEMBERS + member;
    format!(
        "Queue: team-{queue}\n{place}: PJSIP/{phone}\nMembership: static\nPenalty: 0\nStatus: {status}\nPaused: 0\n"
    )
}

fn read_all(board: &mut Board) {
    board.list_asked(List::Queues);
    for queue in 0..QUEUES {
        let params = format!("Event: QueueParams\nQueue: team-{queue}\nStrategy: ringall\n");
        board.apply_item(&Event::read(&frame(&params)), START);
        for which in 0..MEMBERS {
            let item = format!(
                "Event: QueueMember\n{}",
                member(queue, which, "Location", 1)
            );
            board.apply_item(&Event::read(&frame(&item)), START);
        }
    }
    board.list_done(List::Queues, START);
}

fn members_on_show(board: &mut Board) -> usize {
    let things = board.show().values();
    let members = things.map(|thing| match &**thing {
        Thing::Queue(queue) => queue.members.len(),
        Thing::Call(_)
        | Thing::Extension(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => 0,
    });
    members.sum()
}

#[test]
fn two_thousand_members_are_shown_and_news_of_one_makes_one_queue_anew() {
    let mut board = empty_board();
    read_all(&mut board);
    assert_eq!(members_on_show(&mut board), QUEUES * MEMBERS);
    let before = board.show().clone();
    let news = format!(
        "Event: QueueMemberStatus\n{}",
        member(77, 3, "Interface", 2)
    );
    board.apply(&Event::read(&frame(&news)), START);
    let after = board.show().clone();
    let same = |(id, thing): &(&Ref, &Arc<Thing>)| {
        before.get(*id).is_some_and(|old| Arc::ptr_eq(old, *thing))
    };
    let other: Vec<_> = after
        .iter()
        .filter(|one| !same(one))
        .map(|(id, _)| id.clone())
        .collect();
    assert_eq!(other, [Ref::new(RefKind::Queue, board.pbx(), "team-77")]);
    assert_shown(&mut board, "one member's state");
}

#[test]
fn the_same_list_again_changes_nothing() {
    let mut board = empty_board();
    read_all(&mut board);
    let before = board.show().clone();
    read_all(&mut board);
    assert_eq!(board::changes(&before, board.show()), []);
    assert_eq!(members_on_show(&mut board), QUEUES * MEMBERS);
}
