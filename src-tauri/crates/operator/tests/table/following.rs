//! What becomes of a call that rings at its target: answered, not taken, given up.

use operator::{After, Verb};

use crate::stage::{Stage, extension};
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

#[test]
fn nothing_is_told_over_a_link_that_is_lost() {
    let mut trial = ringing();
    trial.plan.link_lost(trial.stage.now);
    assert_eq!(trial.after(), None);
    assert!(trial.plan.is_over());
}
