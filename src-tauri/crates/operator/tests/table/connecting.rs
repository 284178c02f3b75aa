//! Two calls, and the outer parties of them: who talks to whom then, and who is released.

use board::Ref;
use operator::{Offer, Preview, Refusal, Verb};

use crate::stage::Stage;
use crate::trial::{Trial, intent};

const BRIDGE: [&str; 4] = ["Bridge", "Redirect", "Getvar", "Hangup"];

fn stage(text: &str) -> Stage {
    let mut stage = Stage::of(&format!("phones 101 102 103 104\n {text}"));
    stage.permissions = ami::Permissions::of(&BRIDGE);
    stage
}

fn offers(stage: &Stage, subject: &Ref) -> Vec<Offer> {
    let offers = stage.with(|scene| operator::offers(subject, scene).offers);
    let connect = offers.into_iter().filter(|one| one.verb == Verb::Connect);
    connect.collect()
}

fn preview(stage: &Stage, subject: Ref, target: Ref) -> Preview {
    let wish = intent(Verb::Connect, subject, Some(target));
    stage.with(|scene| operator::preview(&wish, scene))
}

fn legs(parties: &[operator::Party]) -> Vec<Option<Ref>> {
    parties.iter().map(|party| party.leg.clone()).collect()
}

#[test]
fn my_caller_and_the_caller_of_a_colleague_are_connected_and_we_two_are_released() {
    let stage = stage("+4930 talks 101\n +4931 talks 102");
    let [offer] = &offers(&stage, &stage.call_of("101"))[..] else {
        panic!("one offer");
    };
    assert_eq!(offer.subject, stage.leg("+4930"));
    assert_eq!(offer.targets, [stage.call_of("102")]);
    let preview = preview(&stage, stage.call_of("101"), stage.call_of("102"));
    assert_eq!(preview.refusal, None);
    let outer = [stage.leg("+4930"), stage.leg("+4931")].map(Some);
    assert_eq!(legs(&preview.about), outer);
    let between = [stage.leg("101"), stage.leg("102")].map(Some);
    assert_eq!(legs(&preview.released), between);
    assert!(preview.released[0].me && !preview.released[1].me);
}

#[test]
fn it_is_the_same_the_other_way_round() {
    let stage = stage("+4930 talks 101\n +4931 talks 102");
    let there = stage.call_of("101");
    let [offer] = &offers(&stage, &stage.call_of("102"))[..] else {
        panic!("one offer");
    };
    assert_eq!(offer.subject, stage.leg("+4931"));
    assert_eq!(&offer.targets[..], std::slice::from_ref(&there));
    let wish = intent(Verb::Connect, stage.call_of("102"), Some(there));
    let trial = Trial::written(stage, wish);
    let channel = |who: &str| trial.stage.channel(who).name;
    assert_eq!(
        trial.written[0].header("Channel1"),
        Some(channel("+4931").as_str())
    );
    assert_eq!(
        trial.written[0].header("Channel2"),
        Some(channel("+4930").as_str())
    );
}

#[test]
fn of_two_colleagues_the_one_who_is_meant_has_to_be_named() {
    let stage = stage("+4930 talks 101\n 102 talks 103");
    let [offer] = &offers(&stage, &stage.call_of("101"))[..] else {
        panic!("one offer");
    };
    assert_eq!(offer.targets, ["102", "103"].map(|who| stage.leg(who)));
    let refused: Vec<_> = offer.refused.iter().map(|one| &one.target).collect();
    assert_eq!(refused, [&stage.call_of("102")]);
    assert_eq!(offer.refused[0].refusal, Refusal::WhichLeg);
    let whole = preview(&stage, stage.call_of("101"), stage.call_of("102"));
    assert_eq!(whole.refusal, Some(Refusal::WhichLeg));
    let named = preview(&stage, stage.call_of("101"), stage.leg("103"));
    assert_eq!(named.refusal, None);
    assert_eq!(
        legs(&named.released),
        ["101", "102"].map(|who| Some(stage.leg(who)))
    );
}

#[test]
fn a_colleagues_own_call_offers_either_of_them() {
    let stage = stage("+4930 talks 101\n 102 talks 103");
    let offers = offers(&stage, &stage.call_of("102"));
    let subjects: Vec<_> = offers.iter().map(|one| one.subject.clone()).collect();
    assert_eq!(subjects, ["102", "103"].map(|who| stage.leg(who)));
    for offer in offers {
        assert_eq!(offer.targets, [stage.call_of("101")]);
    }
}

#[test]
fn of_two_callers_from_outside_the_one_who_is_meant_has_to_be_named() {
    let stage = stage("+4930 talks 101\n +4931 talks +4932");
    let [offer] = &offers(&stage, &stage.call_of("101"))[..] else {
        panic!("one offer");
    };
    assert_eq!(offer.targets, ["+4931", "+4932"].map(|who| stage.leg(who)));
}
