//! Moves of legs, from the write to the outcome.

use board::Ref;
use operator::{After, Evidence, Failure, Intent, Outcome, Verb};

use crate::stage::{Stage, conference, extension, number, queue};
use crate::trial::{Trial, intent};

pub(crate) fn done(evidence: Evidence) -> Option<Outcome> {
    Some(Outcome::Done { evidence })
}

fn failed(failure: Failure) -> Option<Outcome> {
    Some(Outcome::Failed { failure })
}

/// An outside caller talks to 101 and is sent to `target`.
pub(crate) fn sent_to(target: Ref) -> Trial {
    let stage = Stage::of(
        "phones 101 102 103 104\n group 100 = 103 104\n queue sales\n 104 waits sales\n +4930 talks 101",
    );
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(target));
    Trial::written(stage, wish)
}

#[test]
fn a_transfer_is_one_redirect_of_the_other_party() {
    let trial = sent_to(extension("103"));
    let [write] = &trial.written[..] else {
        panic!("one write")
    };
    let headers: Vec<_> = ["Channel", "Context", "Exten", "ExtraChannel"]
        .map(|name| write.header(name))
        .to_vec();
    let uniqueid = trial.stage.channel("+4930").uniqueid;
    assert_eq!(
        headers,
        [Some(uniqueid.as_str()), Some("internal"), Some("103"), None]
    );
    assert_eq!(trial.outcome(), None, "accepted is not done");
}

#[test]
fn it_is_done_when_the_targets_phone_rings() {
    let mut trial = sent_to(extension("103"));
    trial.moved("+4930", "101", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    assert_eq!(trial.outcome(), None, "called, but nothing rings yet");
    trial.event(|stage| stage.state("103", 5));
    trial.event(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Ringing));
    assert_eq!(trial.after(), Some(After::Ringing));
    assert!(!trial.plan.is_over());
}

#[test]
fn a_target_that_answers_at_once_is_answered() {
    let mut trial = sent_to(extension("103"));
    trial.moved("+4930", "101", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "ANSWER"));
    trial.event(|stage| stage.enter("103", "new"));
    assert_eq!(trial.outcome(), None);
    trial.event(|stage| stage.enter("+4930", "new"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Answered));
}

#[test]
fn the_called_phone_that_answers_as_the_redirect_is_written_is_no_arrival() {
    let stage = Stage::of("phones 101 102 103\n +4930 rings 102");
    let wish = intent(Verb::Transfer, stage.call_of("102"), Some(extension("103")));
    let mut trial = Trial::written(stage, wish);
    trial.then(|stage| stage.answer("+4930", "102"));
    trial.wait(1_000);
    assert_eq!(
        trial.outcome(),
        None,
        "it hears the phone it was to be taken from"
    );
}

#[test]
fn a_merge_of_bridges_is_no_arrival() {
    let mut trial = sent_to(extension("103"));
    trial.event(|stage| stage.enter("101", "merged"));
    trial.event(|stage| stage.enter("+4930", "merged"));
    assert_eq!(trial.outcome(), None);
    trial.wait(10_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn a_busy_target_a_dead_one_and_one_that_cannot_be_reached_have_failed() {
    for (status, failure) in [
        ("BUSY", Failure::Busy),
        ("NOANSWER", Failure::NoAnswer),
        ("CHANUNAVAIL", Failure::Unreachable),
    ] {
        let mut trial = sent_to(extension("103"));
        trial.moved("+4930", "101", "103");
        trial.event(|stage| stage.call("+4930", "103"));
        trial.event(|stage| stage.dial("DialEnd", "+4930", "103", status));
        trial.event(|stage| stage.hang_up("103", "User busy"));
        trial.event(|stage| stage.hang_up("+4930", "User busy"));
        assert_eq!(trial.outcome().cloned(), failed(failure));
    }
}

#[test]
fn a_caller_who_stays_on_the_line_after_a_busy_target_is_told_as_busy_too() {
    let mut trial = sent_to(extension("103"));
    trial.moved("+4930", "101", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "BUSY"));
    trial.then(|stage| stage.ring("+4930", "102"));
    trial.wait(500);
    assert_eq!(
        trial.outcome().cloned(),
        failed(Failure::Busy),
        "another phone rings, but not the one that was meant"
    );
}

#[test]
fn a_caller_who_is_gone_before_anything_rang_may_be_lost() {
    let mut trial = sent_to(extension("103"));
    trial.moved("+4930", "101", "103");
    trial.event(|stage| stage.hang_up("+4930", "No route to destination"));
    assert_eq!(
        trial.outcome().cloned(),
        failed(Failure::Lost {
            cause: "No route to destination".into()
        })
    );
}

#[test]
fn a_phone_that_is_registered_but_dead_never_rings_and_the_wish_expires() {
    let mut trial = sent_to(extension("103"));
    trial.moved("+4930", "101", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    trial.wait(9_800);
    assert_eq!(trial.outcome(), None);
    trial.wait(200);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn what_the_pbx_will_not_do_has_failed_in_its_words() {
    let stage = Stage::of("phones 101 102 103\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.answer(true, "", Some("1"));
    trial.answer(false, "Channel does not exist: 1.1", None);
    assert_eq!(
        trial.outcome().cloned(),
        failed(Failure::Pbx {
            message: "Channel does not exist: 1.1".into()
        })
    );
}

#[test]
fn one_phone_of_a_group_may_fail_while_another_rings() {
    let mut trial = sent_to(extension("100"));
    trial.moved("+4930", "101", "100");
    trial.event(|stage| stage.call("+4930", "103"));
    trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "CHANUNAVAIL"));
    assert_eq!(trial.outcome(), None, "the group has another phone");
    trial.stage.new_channel("104'", "s");
    trial.event(|stage| stage.dial("DialBegin", "+4930", "104'", ""));
    trial.event(|stage| stage.dial("DialState", "+4930", "104'", "RINGING"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Ringing));
    trial.event(|stage| stage.dial("DialEnd", "+4930", "104'", "NOANSWER"));
    assert_eq!(trial.after(), Some(After::NotTaken));
}

#[test]
fn an_application_is_reached_when_the_leg_stays_there() {
    let mut trial = sent_to(number("601"));
    trial.moved("+4930", "101", "601");
    trial.wait(900);
    assert_eq!(trial.outcome(), None);
    trial.wait(200);
    assert_eq!(trial.outcome().cloned(), done(Evidence::Arrived));
    assert!(trial.plan.is_over());
}

#[test]
fn an_outside_line_that_plays_its_ringing_is_reached_after_a_while() {
    let mut trial = sent_to(number("030123"));
    trial.moved("+4930", "101", "030123");
    trial.event(|stage| stage.call("+4930", "+49123"));
    trial.event(|stage| stage.dial("DialState", "+4930", "+49123", "PROGRESS"));
    trial.wait(3_000);
    assert_eq!(trial.outcome(), None);
    trial.wait(1_200);
    assert_eq!(trial.outcome().cloned(), done(Evidence::Arrived));
}

#[test]
fn a_person_who_has_no_phone_free_is_no_application() {
    let mut trial = sent_to(extension("103"));
    trial.moved("+4930", "101", "103");
    trial.wait(10_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn a_queue_is_joined_and_so_is_a_room() {
    let mut trial = sent_to(queue("sales"));
    assert_eq!(trial.written[0].header("Exten"), Some("610"));
    trial.moved("+4930", "101", "610");
    trial.event(|stage| stage.join_queue("+4930", "sales", 2));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Joined));
    let mut trial = sent_to(conference("680"));
    trial.moved("+4930", "101", "680");
    trial.event(|stage| stage.join_room("+4930", "680"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Joined));
}

#[test]
fn a_caller_who_waits_in_the_queue_already_has_not_joined_it_yet() {
    let stage = Stage::of("phones 101 103\n queue sales\n 103 waits sales");
    let wish = intent(Verb::Transfer, stage.leg("103"), Some(queue("sales")));
    let mut trial = Trial::written(stage, wish);
    trial.wait(600);
    assert_eq!(trial.outcome(), None);
    trial.event(|stage| stage.leave_queue("103", "sales"));
    trial.event(|stage| stage.join_queue("103", "sales", 1));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Joined));
}

/// 102 and 103 talk, and both go.
fn pair(target: Ref, second: Option<Ref>) -> Trial {
    let stage = Stage::of("phones 101 102 103 104 105\n 102 talks 103");
    let wish = Intent {
        second,
        ..intent(Verb::TransferBoth, stage.leg("102"), Some(target))
    };
    Trial::written(stage, wish)
}

#[test]
fn both_go_in_one_write_and_are_done_when_both_have_arrived() {
    let mut trial = pair(conference("680"), None);
    let [write] = &trial.written[..] else {
        panic!("one write")
    };
    let extra = trial.stage.channel("103").uniqueid;
    assert_eq!(write.header("ExtraChannel"), Some(extra.as_str()));
    assert_eq!(
        (write.header("Exten"), write.header("ExtraExten")),
        (Some("680"), Some("680"))
    );
    assert_eq!(trial.asked.len(), 1, "one place, one question");
    trial.stage.at("102", "680");
    trial.stage.at("103", "680");
    trial.event(|stage| stage.leave("102"));
    trial.event(|stage| stage.leave("103"));
    trial.event(|stage| stage.join_room("102", "680"));
    assert_eq!(trial.outcome(), None);
    trial.event(|stage| stage.join_room("103", "680"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Joined));
}

#[test]
fn both_to_two_places_are_as_good_as_the_weaker_of_them() {
    let mut trial = pair(extension("104"), Some(conference("680")));
    assert_eq!(trial.asked.len(), 2);
    assert_eq!(
        (
            trial.written[0].header("Exten"),
            trial.written[0].header("ExtraExten")
        ),
        (Some("104"), Some("680"))
    );
    trial.stage.at("102", "104");
    trial.stage.at("103", "680");
    trial.event(|stage| stage.leave("102"));
    trial.event(|stage| stage.leave("103"));
    trial.event(|stage| stage.join_room("103", "680"));
    trial.then(|stage| stage.ring("102", "104"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Ringing));
}

#[test]
fn both_have_failed_if_one_has() {
    let mut trial = pair(extension("104"), Some(conference("680")));
    trial.stage.at("102", "104");
    trial.stage.at("103", "680");
    trial.event(|stage| stage.leave("102"));
    trial.event(|stage| stage.leave("103"));
    trial.event(|stage| stage.join_room("103", "680"));
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    assert_eq!(
        trial.outcome().cloned(),
        failed(Failure::Lost {
            cause: "Normal Clearing".into()
        })
    );
}

#[test]
fn one_who_has_arrived_and_left_again_is_not_lost() {
    let mut trial = pair(extension("104"), Some(conference("680")));
    trial.stage.at("102", "104");
    trial.stage.at("103", "680");
    trial.event(|stage| stage.leave("102"));
    trial.event(|stage| stage.leave("103"));
    trial.event(|stage| stage.join_room("103", "680"));
    trial.event(|stage| stage.hang_up("103", "Normal Clearing"));
    assert_eq!(trial.outcome(), None);
    trial.then(|stage| stage.ring("102", "104"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::Ringing));
}

#[test]
fn a_leg_or_a_call_is_hung_up_when_its_channels_are_gone() {
    let stage = Stage::of("phones 101 102\n 101 talks 102");
    let leg = intent(Verb::HangUp, stage.leg("102"), None);
    let mut trial = Trial::begin(stage, leg).expect("a plan");
    assert_eq!(trial.written.len(), 1);
    trial.answer(true, "Channel Hungup", None);
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::HungUp));
    let stage = Stage::of("phones 101 102\n 101 talks 102");
    let call = intent(Verb::HangUp, stage.call_of("101"), None);
    let mut trial = Trial::begin(stage, call).expect("a plan");
    assert_eq!(trial.written.len(), 2);
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    assert_eq!(trial.outcome(), None);
    trial.answer(false, "No such channel", None);
    trial.event(|stage| stage.hang_up("101", "Normal Clearing"));
    assert_eq!(trial.outcome().cloned(), done(Evidence::HungUp));
}

#[test]
fn a_hang_up_that_changes_nothing_expires() {
    let stage = Stage::of("phones 101 102\n 101 talks 102");
    let leg = intent(Verb::HangUp, stage.leg("102"), None);
    let mut trial = Trial::begin(stage, leg).expect("a plan");
    trial.answer(true, "", None);
    trial.wait(10_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

/// 103 is called into the talk of +4930 and 101, who both go to a room first.
fn invited() -> Trial {
    let stage = Stage::of("phones 101 103\n +4930 talks 101");
    let wish = intent(Verb::Invite, extension("103"), Some(stage.call_of("101")));
    Trial::written(stage, wish)
}

#[test]
fn who_is_invited_is_rung_when_both_have_left_for_the_room() {
    let mut trial = invited();
    for who in ["+4930", "101"] {
        assert_eq!(trial.written.len(), 1, "one has not left yet");
        trial.stage.at(who, "680");
        trial.event(|stage| stage.leave(who));
    }
    assert_eq!(trial.written[1].name(), "Originate");
}

#[test]
fn one_of_them_may_be_in_the_room_before_the_other_leaves() {
    let mut trial = invited();
    trial.stage.at("+4930", "680");
    trial.event(|stage| stage.leave("+4930"));
    trial.then(|stage| drop(stage.join_room("+4930", "680")));
    trial.stage.at("101", "680");
    trial.event(|stage| stage.leave("101"));
    assert_eq!(trial.written[1].name(), "Originate");
}

#[test]
fn the_number_they_were_sent_to_may_lead_into_any_room_or_queue() {
    for act in [
        |stage: &mut Stage| stage.join_room("+4930", "690"),
        |stage: &mut Stage| stage.join_queue("+4930", "support", 1),
    ] {
        let mut trial = sent_to(number("0555"));
        trial.moved("+4930", "101", "0555");
        trial.event(act);
        assert_eq!(trial.outcome().cloned(), done(Evidence::Joined));
    }
}

/// Two calls meet in a room, each by a redirect of its own.
fn joined() -> Trial {
    let stage = Stage::of("phones 101 102 103 104\n 101 talks 102\n 103 talks 104");
    let wish = intent(Verb::Join, stage.call_of("101"), Some(stage.call_of("103")));
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    while trial.written.is_empty() {
        trial.answer(true, "", Some("1"));
    }
    assert_eq!(trial.written.len(), 2);
    trial
}

#[test]
fn of_two_redirects_one_that_is_refused_is_not_the_end_of_the_other() {
    let mut trial = joined();
    trial.answer(false, "Channel does not exist", None);
    assert_eq!(trial.outcome(), None, "the other two are on their way");
    trial.answer(true, "accepted", None);
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    let cause = "Normal Clearing".to_owned();
    assert_eq!(trial.outcome().cloned(), failed(Failure::Lost { cause }));
}

#[test]
fn two_redirects_that_are_both_refused_have_failed_in_the_pbxs_words() {
    let mut trial = joined();
    for _ in 0..2 {
        assert_eq!(trial.outcome(), None);
        trial.answer(false, "Permission denied", None);
    }
    let message = "Permission denied".to_owned();
    assert_eq!(trial.outcome().cloned(), failed(Failure::Pbx { message }));
}

#[test]
fn of_two_who_are_hung_up_one_the_pbx_keeps_is_not_the_end() {
    let stage = Stage::of("phones 101 102\n 101 talks 102");
    let call = intent(Verb::HangUp, stage.call_of("101"), None);
    let mut trial = Trial::begin(stage, call).expect("a plan");
    trial.answer(false, "Could not be done", None);
    assert_eq!(trial.outcome(), None);
    trial.answer(true, "Channel Hungup", None);
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    trial.wait(10_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn a_second_move_that_comes_too_late_does_not_say_that_nothing_was_sent() {
    let mut trial = invited();
    for who in ["+4930", "101"] {
        trial.stage.at(who, "680");
        let frame = trial.stage.leave(who);
        let Trial { stage, plan, .. } = &mut trial;
        plan.event(&ami::Event::read(&frame), &stage.board, stage.now);
    }
    assert!(trial.plan.awaits_journal(), "the disk is slow");
    trial.stage.now += 10_001;
    trial.wait(0);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
    assert_eq!(trial.written.len(), 1);
}

#[test]
fn the_first_of_them_may_be_led_on_by_the_rooms_dialplan_before_the_other_leaves() {
    let mut trial = invited();
    trial.stage.at("+4930", "680");
    trial.event(|stage| stage.leave("+4930"));
    trial.stage.at("+4930", "s");
    trial.then(|stage| drop(stage.join_room("+4930", "680")));
    trial.stage.at("101", "680");
    trial.event(|stage| stage.leave("101"));
    assert_eq!(trial.written[1].name(), "Originate");
}
