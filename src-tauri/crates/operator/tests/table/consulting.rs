//! A consultation as the board shows it: who waits, who talks, and when it is over. Nobody who was sent on is fetched back, and nobody who
//! has found somebody to talk to is hung up or bridged away.

use operator::{Consultation, Failure, Outcome, Refusal, Verb};

use crate::consulted::{Consulted, asked};
use crate::stage::{Stage, extension, number};
use crate::trial::{Trial, intent};

#[test]
fn a_caller_comes_back_once_when_everybody_else_is_gone() {
    let mut consulted = Consulted::talking();
    for who in ["101", "102"] {
        consulted.stage.leave(who);
        consulted.stage.hang_up(who, "Normal Clearing");
    }
    assert!(consulted.comes_back());
    assert!(!consulted.comes_back(), "said once");
    let now = consulted.stage.now;
    consulted.consultation.not_fetched(now);
    assert!(
        !consulted.comes_back(),
        "it could not be begun: not at once"
    );
    assert!(consulted.comes_back(), "but once more");
}

/// Into a menu, or to somebody's mailbox: whoever has done that has them in hand.
#[test]
fn a_caller_whom_another_desk_has_led_away_is_not_fetched_from_there() {
    let mut consulted = Consulted::talking();
    consulted.stage.at("+4930", "690");
    consulted.stage.state("+4930", 6);
    for who in ["101", "102"] {
        consulted.stage.leave(who);
        consulted.stage.hang_up(who, "Normal Clearing");
    }
    assert!(!consulted.comes_back(), "they are not ours to fetch");
    assert!(consulted.is_over());
}

#[test]
fn a_caller_whose_redirect_worked_and_mine_did_not_is_followed_and_comes_back() {
    let mut trial = asked();
    trial.answer(false, "Secondary redirect failed", None);
    trial.stage.at("+4930", "601");
    trial.event(|stage| stage.leave("+4930"));
    trial.event(|stage| stage.leave("101"));
    trial.event(|stage| stage.hang_up("101", "Normal Clearing"));
    assert_eq!(trial.outcome(), None, "where the caller is, is told first");
    trial.wait(1_200);
    let cause = "Normal Clearing".to_owned();
    let failure = Failure::OwnPhone { cause };
    assert_eq!(trial.outcome(), Some(&Outcome::Failed { failure }));
    let consultation = trial.plan.consultation().expect("a consultation");
    let stage = trial.stage;
    let mut consulted = Consulted {
        stage,
        consultation,
    };
    assert!(consulted.comes_back());
}

#[test]
fn a_caller_who_hangs_up_after_my_own_phone_has_is_lost_all_the_same() {
    let mut trial = asked();
    trial.answer(true, "Dual Redirect successful", None);
    for who in ["101", "+4930"] {
        trial.event(|stage| stage.leave(who));
        trial.event(|stage| stage.hang_up(who, "Normal Clearing"));
    }
    let cause = "Normal Clearing".to_owned();
    let failure = Failure::Lost { cause };
    assert_eq!(trial.outcome(), Some(&Outcome::Failed { failure }));
}

/// Asterisk tells of one hang-up after the other: mine first (live on 22), though it was the other one who hung up.
#[test]
fn whoever_hangs_up_just_after_my_own_phone_between_two_moves_is_lost() {
    let consulted = Consulted::talking();
    let mut stage = consulted.stage;
    stage.consultations = vec![consulted.consultation];
    let wish = intent(Verb::Swap, stage.leg("+4930"), None);
    let mut trial = Trial::written(stage, wish);
    trial.event(|stage| stage.hang_up("101", "Normal Clearing"));
    trial.wait(200);
    assert_eq!(trial.outcome(), None);
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    let cause = "Normal Clearing".to_owned();
    let failure = Failure::Lost { cause };
    assert_eq!(trial.outcome(), Some(&Outcome::Failed { failure }));
}

/// During a swap: whoever waits waits on, and nobody says that they hung up.
#[test]
fn my_own_phone_that_hangs_up_between_the_two_loses_neither() {
    for written in [1, 2] {
        let consulted = Consulted::talking();
        let mut stage = consulted.stage;
        stage.consultations = vec![consulted.consultation];
        let wish = intent(Verb::Swap, stage.leg("+4930"), None);
        let mut trial = Trial::written(stage, wish);
        for who in ["101", "102"].iter().take(written) {
            trial.stage.at(who, "601");
            trial.event(|stage| stage.leave(who));
        }
        assert_eq!(trial.written.len(), 1);
        trial.wait(600);
        assert_eq!(trial.written.len(), written);
        trial.event(|stage| stage.hang_up("101", "Normal Clearing"));
        trial.wait(600);
        let cause = "Normal Clearing".to_owned();
        let failure = Failure::OwnPhone { cause };
        assert_eq!(trial.outcome(), Some(&Outcome::Failed { failure }));
    }
}

#[test]
fn a_caller_who_rings_somebody_or_waits_in_a_queue_waits_for_me_no_more() {
    let rings: fn(&mut Stage) = |stage| stage.ring("+4930", "104");
    let queued: fn(&mut Stage) = |stage| drop(stage.join_queue("+4930", "sales", 1));
    for happens in [rings, queued] {
        let mut consulted = Consulted::talking();
        happens(&mut consulted.stage);
        for who in ["101", "102"] {
            consulted.stage.leave(who);
            consulted.stage.hang_up(who, "Normal Clearing");
        }
        assert!(!consulted.comes_back());
        assert!(consulted.is_over());
    }
}

#[test]
fn a_caller_whom_i_have_sent_on_myself_is_not_fetched_back() {
    let to = Some(extension("104"));
    let mut consulted = Consulted::talking().sends(Verb::Transfer, "+4930", to, "104");
    assert!(consulted.is_over());
    // 104 has not taken it, and the dialplan goes on with them.
    consulted.stage.dial("DialEnd", "+4930", "104", "NOANSWER");
    consulted.stage.hang_up("104", "No Answer");
    for who in ["101", "102"] {
        consulted.stage.leave(who);
        consulted.stage.hang_up(who, "Normal Clearing");
    }
    assert!(!consulted.comes_back());
    assert_eq!(consulted.wished(Verb::GoBack), Err(Refusal::NoConsultation));
}

#[test]
fn whoever_was_asked_and_sent_on_leaves_the_caller_to_me() {
    let to = Some(extension("104"));
    let mut consulted = Consulted::talking().sends(Verb::Transfer, "102", to, "104");
    consulted.stage.leave("101");
    consulted.stage.hang_up("101", "Normal Clearing");
    assert!(consulted.comes_back());
}

#[test]
fn who_was_asked_and_talks_to_somebody_else_is_neither_hung_up_nor_bridged_away() {
    let mut consulted = Consulted::back();
    assert_eq!(consulted.wished(Verb::GoBack), Ok(()));
    consulted.stage.at("102", "104");
    consulted.stage.ring("102", "104");
    consulted.stage.answer("102", "104");
    for verb in [Verb::GoBack, Verb::Complete, Verb::Swap] {
        assert_eq!(consulted.wished(verb), Err(Refusal::NoConsultation));
    }
}

#[test]
fn a_caller_who_talks_to_somebody_else_is_not_bridged_away() {
    let mut consulted = Consulted::talking();
    assert_eq!(consulted.wished(Verb::Complete), Ok(()));
    consulted.stage.ring("+4930", "104");
    consulted.stage.answer("+4930", "104");
    for verb in [Verb::GoBack, Verb::Complete, Verb::Swap] {
        assert_eq!(consulted.wished(verb), Err(Refusal::NoConsultation));
    }
}

#[test]
fn a_caller_may_be_held_by_the_number_that_plays_the_music_too() {
    let held = Consulted::talking();
    let stage = held.stage;
    let mut trial = Trial::written(
        stage,
        intent(Verb::Hold, held_leg(&held.consultation), None),
    );
    trial.wait(1_200);
    let mut consulted = Consulted {
        stage: trial.stage,
        consultation: held.consultation,
    };
    consulted.consultation.follow(&trial.plan);
    assert!(consulted.is_over(), "{:?}", trial.plan.outcome());
    assert!(!consulted.comes_back());
}

fn held_leg(consultation: &Consultation) -> board::Ref {
    consultation.caller_leg().clone()
}

#[test]
fn what_was_tried_with_the_caller_and_refused_changes_nothing() {
    let consulted = Consulted::talking();
    let leg = consulted.consultation.caller_leg().clone();
    let wish = intent(Verb::Transfer, leg, Some(number("0555")));
    let mut trial = Trial::written(consulted.stage, wish);
    trial.answer(false, "Permission denied", None);
    let mut consultation = consulted.consultation;
    consultation.follow(&trial.plan);
    assert!(!consultation.has_ended(&trial.stage.board, trial.stage.now));
}

/// Asterisk refuses to bridge whoever is still leaving (`Unable to add Channel2 to bridge`, seen live on 22 and 16).
#[test]
fn who_goes_to_the_music_for_a_swap_is_bridged_once_they_hear_it() {
    let consulted = Consulted::talking();
    let mut stage = consulted.stage;
    stage.consultations = vec![consulted.consultation];
    let wish = intent(Verb::Swap, stage.leg("+4930"), None);
    let mut trial = Trial::written(stage, wish);
    for who in ["101", "102"] {
        trial.stage.at(who, "601");
        trial.event(|stage| stage.leave(who));
    }
    for who in ["101", "102"] {
        assert_eq!(trial.written.len(), 1);
        trial.event(|stage| stage.hear_music(who));
    }
    assert_eq!(trial.written[1].name(), "Bridge");
}

#[test]
fn moves_that_follow_each_other_are_decided_ten_seconds_after_the_first_write() {
    let consulted = Consulted::talking();
    let mut stage = consulted.stage;
    stage.consultations = vec![consulted.consultation];
    let wish = intent(Verb::Swap, stage.leg("+4930"), None);
    let mut trial = Trial::written(stage, wish);
    trial.wait(8_000);
    for who in ["101", "102"] {
        trial.stage.at(who, "601");
        trial.event(|stage| stage.leave(who));
    }
    trial.wait(600);
    assert_eq!(trial.written[1].name(), "Bridge");
    trial.wait(1_200);
    assert_eq!(trial.outcome(), None);
    trial.wait(200);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn whoever_was_asked_hangs_up_as_both_go_to_the_music_and_my_phone_is_not_rung_a_second_time() {
    let mut consulted = Consulted::talking();
    consulted.stage.at("101", "601");
    for who in ["101", "102"] {
        consulted.stage.leave(who);
    }
    consulted.stage.hang_up("102", "Normal Clearing");
    let trial = consulted.fetched();
    assert_eq!(trial.written[0].name(), "Bridge");
    assert_eq!(trial.plan.intent().verb, Verb::GoBack);
}

#[test]
fn a_caller_who_is_alone_rings_at_me_when_my_leg_is_gone() {
    let mut consulted = Consulted::talking();
    for who in ["101", "102"] {
        consulted.stage.leave(who);
        consulted.stage.hang_up(who, "Normal Clearing");
    }
    let trial = consulted.fetched();
    assert_eq!(trial.written[0].name(), "Redirect");
    assert_eq!(trial.plan.intent().verb, Verb::Take);
}

/// The target answers while my wish to hand over is checked, or waits for a slow disk.
#[test]
fn whoever_answers_me_before_my_handing_over_is_written_is_not_hung_up() {
    let consulted = Consulted::calling();
    let mut stage = consulted.stage;
    stage.consultations = vec![consulted.consultation];
    let wish = intent(Verb::Complete, stage.leg("+4930"), None);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    assert_eq!(trial.asked.len(), 1, "whether 102 exists");
    trial.stage.answer("101", "102");
    trial.answer(true, "", Some("1"));
    assert!(trial.written.is_empty(), "{:?}", trial.written);
    let refusal = Refusal::MovedOn;
    assert_eq!(trial.outcome(), Some(&Outcome::Refused { refusal }));
}
