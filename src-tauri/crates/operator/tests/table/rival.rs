//! Another desk moves the same caller, or news of where they stood before comes late: that is none of our making.

use board::Ref;
use operator::{Evidence, Intent, Outcome, Verb};

use crate::moving::{done, sent_to};
use crate::stage::{Stage, conference, extension, number, queue};
use crate::trial::{Trial, intent};

#[test]
fn a_caller_whom_another_desk_sends_elsewhere_before_it_rings_has_not_arrived() {
    for target in [extension("103"), number("0555")] {
        let mut trial = sent_to(target);
        trial.moved("+4930", "101", "102");
        trial.event(|stage| stage.call("+4930", "102"));
        trial.event(|stage| stage.dial("DialState", "+4930", "102", "RINGING"));
        assert_eq!(trial.outcome(), None, "it rings at another's target");
        trial.event(|stage| stage.dial("DialEnd", "+4930", "102", "ANSWER"));
        trial.event(|stage| stage.enter("102", "theirs"));
        trial.event(|stage| stage.enter("+4930", "theirs"));
        assert_eq!(trial.outcome(), None, "and is answered there");
        trial.wait(10_000);
        assert_eq!(trial.outcome(), Some(&Outcome::Expired));
    }
}

#[test]
fn a_caller_whom_another_desk_puts_into_a_room_or_a_queue_has_not_arrived() {
    let elsewhere = |target: Ref, act: fn(&mut Stage) -> ami::Frame| {
        let mut trial = sent_to(target.clone());
        trial.moved("+4930", "101", "690");
        trial.event(act);
        assert_eq!(trial.outcome(), None, "{target}");
        trial.wait(10_000);
        assert_eq!(trial.outcome(), Some(&Outcome::Expired), "{target}");
    };
    let room = |stage: &mut Stage| stage.join_room("+4930", "690");
    let line = |stage: &mut Stage| stage.join_queue("+4930", "support", 1);
    for target in [extension("103"), number("0555"), queue("sales")] {
        elsewhere(target.clone(), room);
        elsewhere(target, line);
    }
    elsewhere(conference("680"), room);
}

/// They stand at the number already when another desk puts them together with 103 somewhere else; and the news that our redirect has taken
/// hold comes before the news that they have left there.
#[test]
fn whom_another_desk_has_put_together_elsewhere_has_not_been_answered_here() {
    let mut stage = Stage::of("phones 101 103 104\n +4930 talks 101\n 103 talks 104");
    stage.at("+4930", "0555");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number("0555")));
    let mut trial = Trial::written(stage, wish);
    trial.event(|stage| stage.state("+4930", 6));
    trial.moved("+4930", "101", "690");
    trial.event(|stage| stage.enter("+4930", "theirs"));
    trial.event(|stage| stage.enter("103", "theirs"));
    trial.stage.at("+4930", "0555");
    trial.event(|stage| stage.state("+4930", 6));
    assert_eq!(
        trial.outcome(),
        None,
        "they are heard where nobody sent them"
    );
    trial.event(|stage| stage.leave("+4930"));
    trial.event(|stage| stage.enter("104", "ours"));
    trial.event(|stage| stage.enter("+4930", "ours"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Answered));
}

/// Another desk sends them on to 103, whose phone is being rung when the news that they stand at our number comes at last.
#[test]
fn a_phone_that_another_desk_has_rung_is_not_ours_though_our_number_is_told_later() {
    let mut stage = Stage::of("phones 101 103\n +4930 talks 101");
    stage.new_channel("103", "");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number("0555")));
    let mut trial = Trial::written(stage, wish);
    trial.moved("+4930", "101", "0555");
    trial.stage.at("+4930", "103");
    trial.event(|stage| stage.dial("DialBegin", "+4930", "103", ""));
    trial.stage.at("+4930", "0555");
    trial.event(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
    trial.event(|stage| stage.state("103", 5));
    trial.wait(100);
    assert_eq!(trial.outcome(), None, "103 rings for somebody else");
}

/// +4930 has just joined a queue when they are sent to 103: the news of it comes after the redirect.
#[test]
fn late_news_of_the_queue_they_were_taken_from_is_no_arrival() {
    let mut trial = sent_from_a_menu();
    trial.then(|stage| drop(stage.join_queue("+4930", "sales", 1)));
    trial.stage.at("+4930", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    assert_eq!(
        trial.outcome(),
        None,
        "still in line by the board, and at 103"
    );
    trial.event(|stage| stage.leave_queue("+4930", "sales"));
    trial.event(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Ringing));
}

#[test]
fn nor_is_late_news_of_a_room() {
    let mut trial = sent_from_a_menu();
    trial.then(|stage| drop(stage.join_room("+4930", "680")));
    trial.stage.at("+4930", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    assert_eq!(
        trial.outcome(),
        None,
        "in the room by the board, and at 103"
    );
}

fn sent_from_a_menu() -> Trial {
    let stage = Stage::of("phones 101 103\n queue sales\n +4930 hears 620");
    let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(extension("103")));
    Trial::written(stage, wish)
}

/// Everything but the PBX's answer to the write.
fn unanswered(wish: fn(&Stage) -> Intent) -> Trial {
    let stage = Stage::of("phones 101\n +4930 talks 101");
    let wish = wish(&stage);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    while trial.written.is_empty() {
        trial.answer(true, "", Some("1"));
    }
    trial
}

/// Somebody who was at the number already, or is sent there by another desk, may be seen there on a line that has fallen silent.
#[test]
fn nobody_has_arrived_anywhere_before_the_pbx_has_answered() {
    let wish = |stage: &Stage| intent(Verb::Transfer, stage.call_of("101"), Some(number("0555")));
    let mut trial = unanswered(wish);
    trial.moved("+4930", "101", "0555");
    trial.wait(1_200);
    assert_eq!(trial.outcome(), None, "it may never have read it");
    trial.answer(true, "accepted", None);
    trial.wait(200);
    assert_eq!(trial.outcome().cloned(), done(Evidence::Arrived));
}

#[test]
fn a_leg_that_another_desk_hangs_up_is_not_our_hang_up_until_the_pbx_has_answered() {
    let mut trial = unanswered(|stage| intent(Verb::HangUp, stage.leg("+4930"), None));
    trial.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(
        trial.outcome(),
        None,
        "the line may have been cut before it"
    );
    trial.answer(false, "No such channel", None);
    trial.wait(200);
    assert_eq!(trial.outcome().cloned(), done(Evidence::HungUp));
}
