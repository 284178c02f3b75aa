//! The picture kept up to date is the one made from nothing, whatever happens.

use std::sync::Arc;

use board::{Board, Picture, Thing};

use crate::replay::{Follower, News, START, all, board_at, news};

/// Says which thing differs, instead of two whole pictures.
pub(crate) fn assert_shown(board: &mut Board, what: &str) {
    let shown: Picture<Thing> = board
        .show()
        .iter()
        .map(|(id, thing)| (id.clone(), Thing::clone(thing)))
        .collect();
    let made = board.picture();
    for id in shown.keys().chain(made.keys()) {
        assert_eq!(shown.get(id), made.get(id), "{what}: {id}");
    }
}

#[test]
fn shown_after_each_piece_of_news_is_the_picture_made_from_nothing() {
    for (name, steps) in all() {
        let mut follower = Follower::new();
        for (at, (now, news)) in news(&steps).into_iter().enumerate() {
            follower.now = now;
            follower.take(&news);
            // Nobody looks between two items of a list.
            if !matches!(news, News::Item(_) | News::Asked(_)) {
                assert_shown(&mut follower.board, &format!("{name}, news {at}: {news:?}"));
            }
        }
    }
}

#[test]
fn what_has_not_changed_stays_the_very_same_value() {
    for scenario in ["queue-two-callers", "conference-three", "park-timeout"] {
        let mut follower = Follower::new();
        for (now, news) in news(&crate::replay::steps("22", scenario)) {
            follower.now = now;
            let before = follower.board.show().clone();
            follower.take(&news);
            for (id, thing) in follower.board.show() {
                if let Some(old) = before.get(id).filter(|old| ***old == **thing) {
                    assert!(Arc::ptr_eq(old, thing), "{scenario}: {id}");
                }
            }
        }
    }
}

/// What the desk learns from answers rather than from events.
#[test]
fn shown_after_the_desk_has_learnt_something_is_the_picture_made_from_nothing() {
    let mut board = board_at("22", "sync-everything", "synced");
    board.show();
    board.learn_person("PJSIP/101", "Anna-Maria Rossi");
    assert_shown(&mut board, "a phone's owner");
    board.mailbox("101", 3, 1);
    assert_shown(&mut board, "a mailbox");
    board.mailbox("102@branch", 1, 0);
    assert_shown(&mut board, "a mailbox of another context");
    let ids: Vec<_> = board.channels().map(|(id, _)| id.to_owned()).collect();
    assert!(!ids.is_empty(), "nobody calls");
    for id in ids {
        board.remove_ghost(&id, START);
        assert_shown(&mut board, "a ghost is removed");
    }
}
