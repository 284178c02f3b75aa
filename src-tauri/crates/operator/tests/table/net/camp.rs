//! Who waits for somebody to be free is offered, sent, or comes back.

use board::view::ExtensionState;
use operator::{CampBy, CampState, Found, Verb};

use super::Watched;
use crate::stage::{Stage, extension};
use crate::trial::intent;

fn stage() -> Stage {
    Stage::of("phones 101 102 104\n busy 103\n +4930 talks 101")
}

/// Waits to music for 103, who is on the phone.
fn waiting(stage: Stage) -> Watched {
    let mut wish = intent(Verb::Camp, stage.call_of("101"), Some(extension("103")));
    wish.details.label = Some("order 7".to_owned());
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "601");
    watched.wait(1_400);
    watched
}

fn sends() -> Stage {
    let mut stage = stage();
    stage.rules.camp = CampBy::Send;
    stage
}

fn state(watched: &Watched) -> Option<CampState> {
    watched.camps().first().map(|camp| camp.state)
}

fn free(watched: &mut Watched, number: &str) {
    watched.then(|stage| stage.hint(number, &[number], 0));
}

fn busy(watched: &mut Watched, number: &str) {
    watched.then(|stage| stage.hint(number, &[number], 1));
}

#[test]
fn it_is_said_before_for_whom_the_caller_will_wait() {
    let stage = stage();
    let wish = intent(Verb::Camp, stage.call_of("101"), Some(extension("103")));
    let preview = stage.with(|scene| operator::preview(&wish, scene));
    let at = preview.at.expect("for whom");
    assert_eq!((at.target, at.number.as_str()), (extension("103"), "103"));
    assert_eq!(preview.journeys[0].to.number, "601", "where they wait");
    let watched = waiting(stage);
    let told = watched.trial.plan.view().preview.at.expect("for whom");
    assert_eq!(told.number, "103", "and while it is done as well");
}

#[test]
fn who_waits_is_shown_with_for_whom_and_until_when() {
    let watched = waiting(stage());
    let [camp] = &watched.camps()[..] else {
        panic!("one waits");
    };
    assert_eq!(camp.state, CampState::Waiting);
    assert_eq!(camp.target.number, "103");
    assert_eq!(camp.target_state, Some(ExtensionState::InUse));
    assert_eq!(camp.limit, camp.since + 180_000);
    assert_eq!(camp.number.as_deref(), Some("+4930"));
    assert_eq!(watched.notes()[0].label.as_deref(), Some("order 7"));
    assert_eq!((watched.lost(), watched.sent()), (vec![], vec![]));
}

#[test]
fn a_free_target_is_offered_and_taken_back_when_busy_again() {
    let mut watched = waiting(stage());
    free(&mut watched, "103");
    watched.wait(5_000);
    assert_eq!(state(&watched), Some(CampState::Free));
    assert_eq!(watched.wishes, [], "the operator decides");
    busy(&mut watched, "103");
    assert_eq!(state(&watched), Some(CampState::Waiting));
}

#[test]
fn where_the_house_wants_it_the_caller_is_sent_after_a_second_of_quiet() {
    let mut watched = waiting(sends());
    free(&mut watched, "103");
    watched.wait(800);
    assert_eq!(watched.wishes, []);
    watched.wait(400);
    let [wish] = &watched.wishes[..] else {
        panic!("sent once: {:?}", watched.wishes);
    };
    assert_eq!(wish.verb, Verb::Transfer);
    assert_eq!(wish.target, Some(extension("103")));
    assert_eq!(wish.subject, watched.trial.stage.leg("+4930"));
    assert_eq!(state(&watched), Some(CampState::Sending));
    watched.wait(5_000);
    assert_eq!(watched.wishes.len(), 1);
    let leg = watched.trial.stage.leg("+4930");
    let mut sent = watched.then_wish(8, Verb::Transfer, leg, Some(extension("103")));
    sent.trial.stage.at("+4930", "103");
    sent.rings("+4930", "103");
    assert_eq!(sent.camps(), []);
    assert_eq!(sent.sent().len(), 1);
}

#[test]
fn between_two_calls_nobody_is_sent() {
    let mut watched = waiting(sends());
    free(&mut watched, "103");
    watched.wait(600);
    busy(&mut watched, "103");
    watched.wait(5_000);
    assert_eq!(watched.wishes, []);
    assert_eq!(state(&watched), Some(CampState::Waiting));
}

#[test]
fn who_does_not_want_to_be_called_is_not_free() {
    let mut watched = waiting(sends());
    watched.then(|stage| stage.do_not_disturb("103"));
    watched.wait(3_000);
    assert_eq!(watched.wishes, []);
}

#[test]
fn a_move_that_cannot_be_begun_is_tried_again_later() {
    let mut watched = waiting(sends());
    free(&mut watched, "103");
    watched.wait(1_200);
    let leg = watched.trial.stage.leg("+4930");
    let now = watched.now();
    watched.net.refused(&leg, now);
    watched.wait(2_000);
    assert_eq!(watched.wishes.len(), 1);
    watched.wait(9_000);
    assert_eq!(watched.wishes.len(), 2);
}

/// The second caller waits for the same person.
fn two_waiting() -> Watched {
    let mut watched = waiting(sends());
    watched.then(|stage| {
        stage.new_channel("+4931", "101");
        stage.new_channel("101", "s");
        stage.answer("+4931", "101");
    });
    let leg = watched.trial.stage.leg("+4931");
    let mut second = watched.then_wish(8, Verb::Camp, leg, Some(extension("103")));
    second.moved("+4931", "101", "601");
    second.wait(1_400);
    assert_eq!(second.camps().len(), 2);
    second
}

#[test]
fn of_several_who_wait_one_is_sent_who_has_waited_longest() {
    let mut watched = two_waiting();
    free(&mut watched, "103");
    watched.wait(3_000);
    let [wish] = &watched.wishes[..] else {
        panic!("one at a time: {:?}", watched.wishes);
    };
    assert_eq!(wish.subject, watched.trial.stage.leg("+4930"));
}

#[test]
fn while_somebody_of_ours_rings_there_nobody_else_is_sent() {
    let mut watched = two_waiting();
    free(&mut watched, "103");
    watched.wait(1_200);
    let leg = watched.trial.stage.leg("+4930");
    let mut first = watched.then_wish(9, Verb::Transfer, leg, Some(extension("103")));
    first.trial.stage.at("+4930", "103");
    first.rings("+4930", "103");
    // The hint lags behind: it still says that 103 is free.
    first.wait(5_000);
    assert_eq!(first.wishes, []);
}

#[test]
fn who_has_waited_too_long_comes_back_when_my_phone_is_free() {
    let mut stage = stage();
    stage.rules.camp_limit = 30;
    let mut watched = waiting(stage);
    busy(&mut watched, "101");
    watched.wait(31_000);
    assert_eq!(state(&watched), Some(CampState::Limit));
    assert_eq!(
        watched.wishes,
        [],
        "a busy phone might turn the caller away"
    );
    free(&mut watched, "101");
    watched.wait(400);
    let [wish] = &watched.wishes[..] else {
        panic!("comes back: {:?}", watched.wishes);
    };
    assert_eq!((wish.verb, wish.target.clone()), (Verb::Take, None));
    let leg = watched.trial.stage.leg("+4930");
    let mut back = watched.then_wish(8, Verb::Take, leg, None);
    back.trial.stage.at("+4930", "101");
    back.rings("+4930", "101");
    assert_eq!(back.camps(), []);
}

#[test]
fn who_hangs_up_or_is_fetched_waits_no_more() {
    let mut watched = waiting(stage());
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(watched.camps(), []);
    let mut watched = waiting(stage());
    watched.wait(3_000);
    watched.then(|stage| {
        stage.new_channel("102", "s");
        stage.enter("102", "b9");
        stage.enter("+4930", "b9");
    });
    assert_eq!(watched.camps(), []);
}

#[test]
fn who_need_not_wait_for_them_any_more_is_held() {
    let mut watched = waiting(stage());
    let id = watched.camps()[0].id.clone();
    assert!(watched.dismiss(&id));
    assert_eq!(watched.camps(), []);
    assert!(watched.notes()[0].held.is_some());
}

#[test]
fn who_waits_waits_on_over_a_lost_link() {
    let mut watched = waiting(stage());
    watched.cut(|stage| {
        let mut fresh = Stage::of("phones 101 102 103 104");
        fresh.now = stage.now + 2_000;
        fresh.new_channel_called("+4930", "601", "1795200000.0");
        fresh.state("+4930", 6);
        *stage = fresh;
    });
    watched.wait(4_000);
    assert_eq!(state(&watched), Some(CampState::Free));
}

#[test]
fn who_was_being_sent_when_the_link_was_lost_and_still_waits_waits_on() {
    let mut watched = waiting(sends());
    free(&mut watched, "103");
    watched.wait(1_200);
    let leg = watched.trial.stage.leg("+4930");
    let mut sent = watched.then_wish(8, Verb::Transfer, leg, Some(extension("103")));
    assert_eq!(state(&sent), Some(CampState::Sending));
    sent.cut(|stage| {
        let mut fresh = Stage::of("phones 101 102 103 104");
        fresh.rules.camp = CampBy::Send;
        fresh.now = stage.now + 2_000;
        fresh.new_channel_called("+4930", "601", "1795200000.0");
        fresh.state("+4930", 6);
        *stage = fresh;
    });
    sent.found(Found::DidNotHappen);
    assert_eq!(state(&sent), Some(CampState::Free));
    assert_eq!(sent.wishes, [], "nothing is sent again at once");
}
