//! Whoever is brought to a call is brought to the people who were seen in it: a call that has changed since the gesture takes nobody in.

use ami::Permissions;
use board::Ref;
use operator::{Intent, Outcome, Refusal, Verb};

use crate::acts_stage::told;
use crate::stage::{Stage, conference, extension};
use crate::trial::{Trial, intent, seen};

const ALLOWED: [&str; 5] = ["Redirect", "Hangup", "Originate", "Getvar", "Bridge"];

fn stage(text: &str) -> Stage {
    let mut stage = Stage::of(text);
    stage.permissions = Permissions::of(&ALLOWED);
    stage
}

/// A wish with both its ends as they stand on the screen.
fn brought(stage: &Stage, verb: Verb, subject: Ref, target: Ref) -> Intent {
    Intent {
        seen: seen(stage, &subject),
        target_seen: seen(stage, &target),
        ..intent(verb, subject, Some(target))
    }
}

/// Refused at once, by preview and plan alike.
fn refused(stage: Stage, wish: Intent) -> Option<Refusal> {
    let preview = stage.with(|scene| operator::preview(&wish, scene)).refusal;
    let plan = Trial::begin(stage, wish).err();
    assert_eq!(preview, plan);
    plan
}

/// `with` stays where they are; `new` takes the place of `old` beside them.
fn replace(stage: &mut Stage, with: &str, old: &str, new: &str) {
    let bridge = stage
        .board
        .bridge_of(&stage.channel(with).uniqueid)
        .expect("in a bridge")
        .to_owned();
    stage.leave(old);
    stage.hang_up(old, "Normal Clearing");
    stage.new_channel(new, "102");
    stage.state(new, 6);
    stage.enter(new, &bridge);
}

/// Out of room 680.
fn leave_room(stage: &mut Stage, who: &str) {
    told(stage, who, "ConfbridgeLeave", &[("Conference", "680")]);
    stage.leave(who);
}

/// Two calls of mine: whoever I talk to twice could be connected.
fn two_of_mine() -> Stage {
    stage("phones 101 102\n +4930 talks 101\n 101' talks +4931")
}

fn connected(stage: &Stage) -> Intent {
    let target = stage.call_of("+4931");
    brought(stage, Verb::Connect, stage.leg("+4930"), target)
}

#[test]
fn a_caller_is_not_connected_with_whoever_took_the_others_place() {
    let mut stage = two_of_mine();
    let wish = connected(&stage);
    replace(&mut stage, "101'", "+4931", "+4932");
    assert_eq!(stage.call_of("+4932"), wish.target.clone().expect("named"));
    assert_eq!(refused(stage, wish), Some(Refusal::MovedOn));
}

#[test]
fn two_calls_are_not_joined_when_the_other_is_another_pair_by_now() {
    let mut stage = stage("phones 101 102 103\n +4930 talks 101\n 102 talks 103");
    let target = stage.call_of("102");
    let wish = brought(&stage, Verb::Join, stage.call_of("101"), target);
    replace(&mut stage, "102", "103", "+4932");
    assert_eq!(refused(stage, wish), Some(Refusal::MovedOn));
}

#[test]
fn nobody_is_rung_to_meet_people_who_were_not_seen() {
    let mut stage = stage("phones 101 102 103 104\n 102 talks 103");
    let target = stage.call_of("102");
    let wish = brought(&stage, Verb::Invite, extension("104"), target);
    replace(&mut stage, "102", "103", "+4932");
    assert_eq!(refused(stage, wish), Some(Refusal::MovedOn));
}

#[test]
fn a_hold_makes_no_other_call_of_the_target() {
    let mut stage = two_of_mine();
    let wish = connected(&stage);
    stage.hold("101'");
    assert_eq!(refused(stage, wish), None);
}

/// A room with two people in it, and a call that is to join them.
fn into_a_room() -> (Stage, Intent) {
    let stage = stage("phones 101 102 103\n 102 in 680\n 103 in 680\n +4930 talks 101");
    let target = stage.call_of("102");
    let wish = brought(&stage, Verb::Join, stage.call_of("101"), target);
    (stage, wish)
}

#[test]
fn people_come_to_a_room_and_go_but_one_of_those_who_were_seen_must_be_there() {
    let (mut stage, wish) = into_a_room();
    leave_room(&mut stage, "103");
    stage.new_channel("+4931", "680");
    stage.state("+4931", 6);
    stage.join_room("+4931", "680");
    assert_eq!(refused(stage, wish), None, "102 is still there");

    let (mut stage, wish) = into_a_room();
    let others = brought_together(&mut stage);
    let wish = Intent {
        target: Some(others),
        ..wish
    };
    assert_eq!(refused(stage, wish), Some(Refusal::MovedOn));
}

/// Both have gone, and two others meet in the room.
fn brought_together(stage: &mut Stage) -> Ref {
    for who in ["102", "103"] {
        leave_room(stage, who);
        stage.hang_up(who, "Normal Clearing");
    }
    for who in ["+4931", "+4932"] {
        stage.new_channel(who, "680");
        stage.state(who, 6);
        stage.join_room(who, "680");
    }
    stage.call_of("+4931")
}

#[test]
fn a_target_that_has_ended_is_gone() {
    let mut stage = two_of_mine();
    let wish = connected(&stage);
    for who in ["+4931", "101'"] {
        stage.leave(who);
        stage.hang_up(who, "Normal Clearing");
    }
    assert_eq!(refused(stage, wish), Some(Refusal::Gone));
    let wish = {
        let stage = two_of_mine();
        intent(Verb::Connect, stage.leg("+4930"), Some(extension("102")))
    };
    assert_eq!(refused(two_of_mine(), wish), Some(Refusal::NotATarget));
}

/// Whoever says not what was seen means the board of now, and the write must still find it so.
#[test]
fn a_target_that_changes_while_the_number_is_checked_takes_nobody_in() {
    let stage = stage("phones 101 102 103\n 102 in 680\n 103 in 680\n +4930 talks 101");
    let target = stage.call_of("102");
    let wish = intent(Verb::Join, stage.call_of("101"), Some(target));
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    for who in ["+4931", "+4932"] {
        trial.stage.new_channel(who, "680");
        trial.stage.state(who, 6);
        trial.stage.join_room(who, "680");
    }
    leave_room(&mut trial.stage, "103");
    leave_room(&mut trial.stage, "102");
    trial.answer(true, "", Some("1"));
    let refused = matches!(trial.outcome(), Some(Outcome::Refused { .. }));
    assert!(refused && trial.written.is_empty(), "{:?}", trial.outcome());
}

#[test]
fn a_room_itself_is_no_call_and_is_met_as_it_is() {
    let mut stage = stage("phones 101 102\n 102 in 680\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(conference("680")));
    leave_room(&mut stage, "102");
    assert_eq!(refused(stage, wish), None);
}
