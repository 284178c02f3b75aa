//! What the desk keeps about a leg, for as long as it lives.

use board::Ref;
use operator::{Evidence, Found, Verb};

use super::Watched;
use crate::stage::{Stage, extension};
use crate::trial::{Trial, intent};

fn stage() -> Stage {
    Stage::of("phones 101 102 103\n +4930 talks 101")
}

/// Put to music, with a label.
fn held(label: &str) -> Watched {
    let stage = stage();
    let mut wish = intent(Verb::Hold, stage.call_of("101"), None);
    wish.details.label = Some(label.to_owned());
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "601");
    watched.wait(1_400);
    watched
}

#[test]
fn who_is_held_is_noted_with_for_whom_and_when_to_warn() {
    let watched = held(" for\tAnna ");
    let [note] = &watched.notes()[..] else {
        panic!("one note");
    };
    assert_eq!(note.label.as_deref(), Some("for Anna"));
    assert_eq!(note.number.as_deref(), Some("+4930"));
    assert_eq!(note.operation, Some(watched.trial.plan.intent().id));
    let since = note.held.expect("held");
    assert_eq!(note.warn_at, Some(since + 60_000));
    assert_eq!(note.muted, None);
}

#[test]
fn who_is_sent_on_is_held_no_more_but_keeps_the_label() {
    let watched = held("for Anna");
    let leg = watched.trial.stage.leg("+4930");
    let mut on = watched.then_wish(8, Verb::Transfer, leg, Some(extension("103")));
    on.trial.stage.at("+4930", "103");
    on.rings("+4930", "103");
    let [note] = &on.notes()[..] else {
        panic!("one note");
    };
    assert_eq!((note.held, note.warn_at), (None, None));
    assert_eq!(note.label.as_deref(), Some("for Anna"));
}

#[test]
fn somebody_else_fetches_who_is_held() {
    let mut watched = held("for Anna");
    watched.wait(3_000);
    watched.then(|stage| {
        stage.new_channel("102", "s");
        stage.enter("102", "b9");
        stage.enter("+4930", "b9");
    });
    assert_eq!(watched.notes()[0].held, None);
}

#[test]
fn a_note_ends_with_its_leg() {
    let mut watched = held("for Anna");
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(watched.notes(), []);
}

#[test]
fn a_label_outlives_the_link() {
    let mut watched = held("for Anna");
    watched.cut(|stage| {
        stage.now += 2_000;
        stage.new_channel_called("+4930", "601", "1795200000.0");
        stage.state("+4930", 6);
    });
    watched.wait(4_000);
    let note = &watched.notes()[0];
    assert_eq!(note.label.as_deref(), Some("for Anna"));
    assert!(note.held.is_some());
}

#[test]
fn a_label_can_be_changed_and_taken_away() {
    let mut watched = held("for Anna");
    let leg = watched.trial.stage.leg("+4930");
    assert!(watched.label(&leg, "for Marco"));
    assert_eq!(watched.notes()[0].label.as_deref(), Some("for Marco"));
    assert_eq!(watched.notes()[0].operation, None);
    assert!(watched.label(&leg, " "));
    assert_eq!(watched.notes()[0].label, None);
    assert!(watched.notes()[0].held.is_some());
    let nobody = Ref {
        key: "9.9".to_owned(),
        ..leg.clone()
    };
    assert!(!watched.label(&nobody, "x"), "there is no such leg");
    let call = Ref {
        kind: board::RefKind::Call,
        ..leg
    };
    assert!(!watched.label(&call, "x"), "only legs have labels");
}

#[test]
fn a_dismissed_note_loses_its_label() {
    let mut watched = held("for Anna");
    let id = watched.notes()[0].id.clone();
    assert!(watched.dismiss(&id));
    assert_eq!(watched.notes()[0].label, None);
}

/// Put to music, and the link is lost before anything was seen.
fn cut_in_the_move() -> Watched {
    let stage = stage();
    let mut wish = intent(Verb::Hold, stage.call_of("101"), None);
    wish.details.label = Some("for Anna".to_owned());
    let mut watched = Watched::written(stage, wish);
    watched.cut(|stage| {
        stage.now += 2_000;
        stage.new_channel_called("+4930", "601", "1795200000.0");
        stage.state("+4930", 6);
    });
    watched
}

#[test]
fn a_link_lost_in_the_move_leaves_the_hold_to_what_is_found_out() {
    let evidence = Evidence::Arrived;
    for (found, held) in [
        (Found::Happened { evidence }, true),
        (Found::DidNotHappen, false),
        (Found::CannotTell, false),
    ] {
        let mut watched = cut_in_the_move();
        assert_eq!(watched.notes(), [], "nobody knows yet");
        watched.found(found);
        let notes = watched.notes();
        let is_held = notes.first().is_some_and(|note| note.held.is_some());
        assert_eq!(is_held, held, "{found:?}: {notes:?}");
        assert_eq!(watched.lost(), []);
    }
}

/// Silenced where no event tells of it.
fn muted() -> Watched {
    let mut stage = stage();
    stage.permissions = ami::Permissions::of(&["Redirect", "Hangup", "Getvar", "MuteAudio"]);
    let leg = stage.leg("+4930");
    let wish = intent(Verb::Mute, leg, None);
    let mut watched = Watched {
        trial: Trial::begin(stage, wish).expect("a plan"),
        net: operator::Net::default(),
        wishes: Vec::new(),
        questions: Vec::new(),
    };
    watched.look();
    watched.trial.answer(true, "Success", None);
    watched.look();
    watched
}

#[test]
fn who_is_silenced_is_noted_until_heard_again() {
    let watched = muted();
    let leg = watched.trial.stage.leg("+4930");
    assert!(watched.notes()[0].muted.is_some());
    assert!(watched.net.muted().contains(&leg));
    let mut stage = watched.trial.stage;
    stage.muted = watched.net.muted().clone();
    let mut wish = intent(Verb::Unmute, leg.clone(), None);
    // An id that sorts before the other: the order of the operations counts, not that of their names.
    wish.id = operator::OperationId(uuid::Uuid::from_u128(1));
    let mut unmuted = Watched {
        trial: Trial::begin(stage, wish).expect("a plan"),
        net: watched.net,
        wishes: Vec::new(),
        questions: Vec::new(),
    };
    unmuted.trial.answer(true, "Success", None);
    unmuted.look();
    assert_eq!(unmuted.notes(), []);
    assert!(!unmuted.net.muted().contains(&leg));
}

#[test]
fn who_is_silenced_stays_so_over_a_lost_link() {
    let mut watched = muted();
    watched.cut(|stage| {
        stage.now += 2_000;
        stage.new_channel_called("+4930", "101", "1795200000.0");
    });
    assert!(watched.notes()[0].muted.is_some());
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert!(watched.notes().is_empty() && watched.net.muted().is_empty());
}
