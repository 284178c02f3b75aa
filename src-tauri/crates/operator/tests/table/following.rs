//! What becomes of a call that rings at its target: answered, not taken, given up.

use operator::{After, Verb};

use crate::stage::{Stage, extension, number};
use crate::trial::{Trial, intent};

/// Sent to 103, where it rings.
fn ringing() -> Trial {
    let stage = Stage::of("phones 101 102 103 104\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut trial = Trial::written(stage, wish);
    trial.moved("+4930", "101", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    trial.event(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
    assert_eq!(trial.after(), Some(After::Ringing));
    trial
}

#[test]
fn the_target_answers() {
    let mut trial = ringing();
    trial.then(|stage| stage.answer("+4930", "103"));
    assert_eq!(trial.after(), Some(After::Answered));
    assert!(trial.plan.is_over());
}

#[test]
fn a_colleague_picks_it_up() {
    let mut trial = ringing();
    trial.stage.new_channel("104", "*8");
    trial.event(|stage| stage.dial("DialEnd", "+4930", "104", "ANSWER"));
    trial.event(|stage| stage.enter("104", "picked"));
    trial.event(|stage| stage.enter("+4930", "picked"));
    assert_eq!(trial.after(), Some(After::Answered));
}

#[test]
fn the_target_does_not_take_it() {
    let mut trial = ringing();
    trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "NOANSWER"));
    assert_eq!(trial.after(), Some(After::NotTaken));
}

#[test]
fn the_caller_gives_up() {
    let mut trial = ringing();
    trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    trial.event(|stage| stage.hang_up("103", "Normal Clearing"));
    trial.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(trial.after(), Some(After::GaveUp));
}

#[test]
fn somebody_takes_it_elsewhere() {
    let mut trial = ringing();
    trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    trial.event(|stage| stage.hang_up("103", "Normal Clearing"));
    trial.wait(1_200);
    assert_eq!(
        trial.after(),
        Some(After::NotTaken),
        "it rings nobody, and never will again"
    );
}

/// Another desk writes its own redirect of the same caller, who leaves 103 for 104.
fn another_desk_sends_them_to_104(trial: &mut Trial) {
    trial.stage.at("+4930", "104");
    trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    trial.event(|stage| stage.hang_up("103", "Normal Clearing"));
    trial.event(|stage| stage.call("+4930", "104"));
    trial.event(|stage| stage.dial("DialState", "+4930", "104", "RINGING"));
}

#[test]
fn whoever_answers_where_another_desk_sent_them_has_not_answered_here() {
    let mut trial = ringing();
    another_desk_sends_them_to_104(&mut trial);
    trial.event(|stage| stage.dial("DialEnd", "+4930", "104", "ANSWER"));
    trial.event(|stage| stage.enter("104", "theirs"));
    trial.event(|stage| stage.enter("+4930", "theirs"));
    trial.wait(1_200);
    assert_eq!(trial.after(), Some(After::NotTaken));
}

#[test]
fn nor_when_the_phones_behind_the_number_are_not_known() {
    let stage = Stage::of("phones 101 104\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number("103")));
    let mut trial = Trial::written(stage, wish);
    trial.moved("+4930", "101", "103");
    trial.event(|stage| stage.call("+4930", "103"));
    trial.event(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
    assert_eq!(trial.after(), Some(After::Ringing));
    another_desk_sends_them_to_104(&mut trial);
    trial.wait(1_200);
    assert_eq!(trial.after(), Some(After::NotTaken));
}

/// They hear music when another desk sends them to 104.
#[test]
fn a_phone_that_rings_where_another_desk_sent_them_is_no_music() {
    let stage = Stage::of("phones 101 104\n +4930 talks 101");
    let wish = intent(Verb::Hold, stage.leg("+4930"), None);
    let mut trial = Trial::written(stage, wish);
    trial.moved("+4930", "101", "601");
    trial.stage.at("+4930", "104");
    trial.event(|stage| stage.call("+4930", "104"));
    trial.event(|stage| stage.dial("DialState", "+4930", "104", "RINGING"));
    assert_eq!(trial.outcome(), None);
}

#[test]
fn the_dialplan_may_lead_on_to_a_phone_nobody_knew_of() {
    let mut trial = ringing();
    trial.event(|stage| stage.call("+4930", "104"));
    trial.stage.at("+4930", "s");
    trial.event(|stage| stage.dial("DialEnd", "+4930", "104", "ANSWER"));
    trial.event(|stage| stage.enter("104", "new"));
    trial.event(|stage| stage.enter("+4930", "new"));
    assert_eq!(trial.after(), Some(After::Answered));
}

#[test]
fn nothing_is_told_over_a_link_that_is_lost() {
    let mut trial = ringing();
    trial.plan.link_lost(trial.stage.now);
    assert_eq!(trial.after(), None);
    assert!(trial.plan.is_over());
}
