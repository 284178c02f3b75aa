//! Who is silenced where nobody was named: on my call me, on a colleague's whoever is chosen.

use board::Ref;
use operator::{Preview, Refusal, Verb};

use crate::stage::Stage;
use crate::trial::intent;

fn stage(text: &str) -> Stage {
    let mut stage = Stage::of(&format!("phones 101 102 103\n {text}"));
    stage.permissions = ami::Permissions::of(&["MuteAudio", "ConfbridgeMute", "ConfbridgeUnmute"]);
    stage
}

fn offered(stage: &Stage, of: &str, verb: Verb) -> Vec<Ref> {
    let offers = stage.with(|scene| operator::offers(&stage.call_of(of), scene).offers);
    let offers = offers.into_iter().filter(|one| one.verb == verb);
    offers.map(|one| one.subject).collect()
}

fn preview(stage: &Stage, of: &str, verb: Verb) -> Preview {
    let wish = intent(verb, stage.call_of(of), None);
    stage.with(|scene| operator::preview(&wish, scene))
}

#[test]
fn on_my_own_call_i_am_silenced() {
    let stage = stage("+4930 talks 101");
    assert_eq!(offered(&stage, "101", Verb::Mute), [stage.leg("101")]);
    let preview = preview(&stage, "101", Verb::Mute);
    assert_eq!(preview.about.len(), 1);
    assert!(preview.about[0].me);
}

#[test]
fn once_i_am_silent_nobody_else_is_silenced_in_my_place() {
    let mut stage = stage("+4930 talks 101");
    let me = stage.leg("101");
    stage.muted.insert(me.clone());
    assert_eq!(offered(&stage, "101", Verb::Mute), []);
    assert_eq!(offered(&stage, "101", Verb::Unmute), [stage.leg("101")]);
    let refusal = preview(&stage, "101", Verb::Mute).refusal;
    assert_eq!(refusal, Some(Refusal::NotInThisState));
    stage.muted.insert(stage.leg("+4930"));
    let both = [me, stage.leg("+4930")];
    assert_eq!(offered(&stage, "101", Verb::Unmute), both, "I first");
    assert!(preview(&stage, "101", Verb::Unmute).about[0].me);
}

#[test]
fn in_a_conference_it_is_me_as_well() {
    let stage = stage("101 in 680\n 102 in 680\n +4930 in 680");
    assert_eq!(offered(&stage, "101", Verb::Mute), [stage.leg("101")]);
    assert!(preview(&stage, "101", Verb::Mute).about[0].me);
}

#[test]
fn on_a_colleagues_call_either_is_offered_and_the_one_who_is_meant_has_to_be_named() {
    let stage = stage("+4930 talks 102");
    let both = ["+4930", "102"].map(|who| stage.leg(who));
    assert_eq!(offered(&stage, "102", Verb::Mute), both);
    let refusal = preview(&stage, "102", Verb::Mute).refusal;
    assert_eq!(refusal, Some(Refusal::WhichLeg));
    let named = intent(Verb::Mute, stage.leg("102"), None);
    let preview = stage.with(|scene| operator::preview(&named, scene));
    assert_eq!(preview.about[0].leg, Some(stage.leg("102")));
}

#[test]
fn nobody_is_thrown_out_of_a_conference_unnamed() {
    let stage = stage("101 in 680\n 102 in 680\n +4930 in 680");
    assert_eq!(offered(&stage, "101", Verb::Kick), []);
    let refusal = preview(&stage, "101", Verb::Kick).refusal;
    assert_eq!(refusal, Some(Refusal::WhichLeg));
}
