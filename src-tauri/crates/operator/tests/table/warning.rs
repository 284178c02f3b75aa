//! What is said before somebody goes to a phone that will turn the call away, or to a desk without one.

use operator::{Outcome, Preview, Refusal, Verb, Warning};

use crate::stage::{Stage, extension, number};
use crate::trial::{Trial, intent};

const TALK: &str = "phones 101 102 103\n absent 111\n dnd 112\n +4930 talks 101";

fn preview_to(stage: &Stage, target: board::Ref) -> Preview {
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(target));
    stage.with(|scene| operator::preview(&wish, scene))
}

fn refused_targets(stage: &Stage, subject: &board::Ref) -> Vec<(board::Ref, Refusal)> {
    let offers = stage.with(|scene| operator::offers(subject, scene).offers);
    let refused = offers.into_iter().flat_map(|offer| offer.refused);
    refused.map(|one| (one.target, one.refusal)).collect()
}

#[test]
fn whoever_does_not_want_to_be_disturbed_may_be_called_with_a_warning() {
    let stage = Stage::of(TALK);
    for target in [extension("112"), number("112")] {
        let preview = preview_to(&stage, target);
        assert_eq!(preview.refusal, None);
        assert_eq!(preview.warnings, [Warning::DoNotDisturb]);
    }
    let call = intent(Verb::Originate, extension("102"), Some(extension("112")));
    let warnings = stage.with(|scene| operator::preview(&call, scene).warnings);
    assert_eq!(warnings, [Warning::DoNotDisturb]);
}

#[test]
fn do_not_disturb_on_a_call_is_two_warnings() {
    let mut stage = Stage::of("phones 101 102 103\n dnd 112\n +4930 talks 101\n 112 talks 102");
    let warnings = preview_to(&stage, extension("112")).warnings;
    assert_eq!(warnings, [Warning::TargetBusy, Warning::DoNotDisturb]);
    stage.hang_up("112", "Normal Clearing");
    stage.hang_up("102", "Normal Clearing");
    let warnings = preview_to(&stage, extension("112")).warnings;
    assert_eq!(warnings, [Warning::DoNotDisturb]);
}

#[test]
fn both_parties_are_warned_of_both_their_places() {
    let stage = Stage::of("phones 101 102 103\n busy 104\n dnd 112\n 102 talks 103");
    let mut wish = intent(Verb::TransferBoth, stage.leg("102"), Some(extension("112")));
    wish.second = Some(extension("104"));
    let warnings = stage.with(|scene| operator::preview(&wish, scene).warnings);
    assert_eq!(warnings, [Warning::DoNotDisturb, Warning::TargetBusy]);
}

#[test]
fn a_hint_that_is_idle_without_a_phone_is_refused_as_offline() {
    let stage = Stage::of(TALK);
    let offline = Refusal::TargetOffline;
    for target in [extension("111"), number("111")] {
        let refusal = preview_to(&stage, target).refusal;
        assert_eq!(refusal, Some(offline.clone()));
    }
    let told = refused_targets(&stage, &stage.call_of("101"));
    assert!(told.contains(&(extension("111"), offline.clone())));
    let from_nowhere = intent(Verb::Originate, extension("111"), Some(extension("103")));
    let refusal = stage.with(|scene| operator::preview(&from_nowhere, scene).refusal);
    assert_eq!(refusal, Some(offline));
}

#[test]
fn a_phone_that_is_on_a_call_is_there_whatever_its_registration_says() {
    let mut stage = Stage::of("phones 101 102 103 104\n +4930 talks 101\n 104 talks 102");
    stage.endpoint("104", "");
    let preview = preview_to(&stage, extension("104"));
    assert_eq!(preview.refusal, None);
    assert_eq!(preview.warnings, [Warning::TargetBusy]);
}

#[test]
fn a_phone_that_goes_between_the_check_and_the_write_stops_it() {
    let stage = Stage::of(TALK);
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.then(|stage| stage.endpoint("103", ""));
    trial.answer(true, "", Some("1"));
    let refusal = Refusal::TargetOffline;
    assert_eq!(trial.outcome(), Some(&Outcome::Refused { refusal }));
    assert!(trial.written.is_empty());
}

#[test]
fn the_operation_keeps_the_warning_it_was_begun_with() {
    let stage = Stage::of(TALK);
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("112")));
    let trial = Trial::written(stage, wish);
    let shown = trial.plan.view().preview.warnings;
    assert_eq!(shown, [Warning::DoNotDisturb]);
    assert_eq!(trial.written.len(), 1);
}
