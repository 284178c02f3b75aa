//! A recording that ran when the link was lost: no list tells whether it still does, so nobody says so, and it can be ended all the same.

use ami::action::List;
use board::RecordingState;
use operator::{Evidence, Outcome, Verb};

use crate::acts_stage::{house, told};
use crate::stage::Stage;
use crate::trial::{Trial, intent};

/// Seen to begin in the login before; this login has read its lists.
fn recorded_before() -> Stage {
    let mut before = house();
    told(&mut before, "+4930", "MixMonitorStart", &[]);
    let mut stage = house();
    stage.board.were_recorded(before.board.recordings());
    stage.board.list_done(List::Channels, stage.now);
    stage
}

fn offered(stage: &Stage) -> Vec<Verb> {
    let call = stage.call_of("104");
    let offers = stage.with(|scene| operator::offers(&call, scene).offers);
    let verbs = offers.into_iter().map(|offer| offer.verb);
    let of_recordings = [
        Verb::Record,
        Verb::PauseRecording,
        Verb::ResumeRecording,
        Verb::StopRecording,
    ];
    verbs.filter(|verb| of_recordings.contains(verb)).collect()
}

#[test]
fn it_is_offered_to_be_ended_and_to_be_begun_and_nothing_that_takes_it_for_running() {
    let stage = recorded_before();
    let key = stage.channel("+4930").uniqueid;
    assert_eq!(stage.board.recording(&key), Some(RecordingState::Unsure));
    assert_eq!(offered(&stage), [Verb::Record, Verb::StopRecording]);
}

#[test]
fn that_it_has_ended_is_said_when_the_pbx_tells_so() {
    let stage = recorded_before();
    let wish = intent(Verb::StopRecording, stage.call_of("104"), None);
    let mut trial = Trial::written(stage, wish);
    assert_eq!(trial.written[0].name(), "StopMixMonitor");
    assert_eq!(trial.outcome(), None, "accepted is not done");
    trial.event(|stage| told(stage, "+4930", "MixMonitorStop", &[]));
    let evidence = Evidence::Told;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    assert_eq!(offered(&trial.stage), [Verb::Record]);
}

#[test]
fn a_new_one_has_begun_when_the_pbx_tells_so() {
    let stage = recorded_before();
    let wish = intent(Verb::Record, stage.call_of("104"), None);
    let mut trial = Trial::written(stage, wish);
    assert_eq!(trial.outcome(), None, "the one before proves nothing");
    trial.event(|stage| told(stage, "+4930", "MixMonitorStart", &[]));
    let evidence = Evidence::Told;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    let sure = [Verb::PauseRecording, Verb::StopRecording];
    assert_eq!(offered(&trial.stage), sure);
}

#[test]
fn one_that_is_seen_to_be_silenced_runs() {
    let mut stage = recorded_before();
    told(&mut stage, "+4930", "MixMonitorMute", &[("State", "1")]);
    let sure = [Verb::ResumeRecording, Verb::StopRecording];
    assert_eq!(offered(&stage), sure);
}

#[test]
fn one_that_ends_while_the_lists_are_read_is_over() {
    let mut before = house();
    told(&mut before, "+4930", "MixMonitorStart", &[]);
    let mut stage = house();
    stage.board.were_recorded(before.board.recordings());
    told(&mut stage, "+4930", "MixMonitorStop", &[]);
    stage.board.list_done(List::Channels, stage.now);
    assert_eq!(offered(&stage), [Verb::Record]);
}
