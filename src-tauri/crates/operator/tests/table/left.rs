//! The caller is gone from a consultation, and whoever was asked hears music with nobody, perhaps as I do: nobody sits there for ever.

use operator::{Consultation, ConsultationStage, Evidence, Outcome, Refusal, Verb};

use crate::consulted::Consulted;
use crate::stage::{Stage, extension};
use crate::trial::{Trial, intent};

/// I went back to the caller, who hangs up; the dialplan has me hear music once more.
fn caller_hung_up() -> Consulted {
    let mut consulted = Consulted::back();
    consulted.stage.leave("+4930");
    consulted.stage.hang_up("+4930", "Normal Clearing");
    consulted.stage.leave("101");
    consulted
}

fn shown(consulted: &Consulted) -> Option<ConsultationStage> {
    let view = consulted.consultation.view(&consulted.stage.board);
    view.map(|view| view.stage)
}

#[test]
fn i_talk_to_whoever_was_asked_again_when_the_caller_has_hung_up() {
    let mut consulted = caller_hung_up();
    assert!(!consulted.is_over());
    assert_eq!(shown(&consulted), Some(ConsultationStage::Left));
    let mut trial = consulted.fetched();
    assert_eq!(trial.plan.intent().verb, Verb::GoBack);
    assert_eq!(trial.written[0].name(), "Bridge");
    trial.event(|stage| stage.enter("102", "asked"));
    trial.event(|stage| stage.enter("101", "asked"));
    let evidence = Evidence::Together;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    consulted.stage = trial.stage;
    assert!(!consulted.comes_back());
    assert!(consulted.is_over());
}

#[test]
fn the_verb_is_offered_too_and_no_other() {
    let mut consulted = caller_hung_up();
    consulted.stage.consultations = vec![consulted.consultation.clone()];
    for who in ["101", "102"] {
        let leg = consulted.stage.leg(who);
        let offers = consulted
            .stage
            .with(|scene| operator::offers(&leg, scene).offers);
        let refusal = |verb| {
            let mut offers = offers.iter();
            let found = offers.find(|offer| offer.verb == verb).expect("offered");
            assert_eq!(found.subject, consulted.stage.leg("102"), "{who}");
            found.refusal.clone()
        };
        assert_eq!(refusal(Verb::GoBack), None);
        let not_now = Some(Refusal::NotInThisState);
        assert_eq!(refusal(Verb::Complete), not_now);
        assert_eq!(refusal(Verb::Swap), not_now);
    }
}

/// The swap has been written, and nobody has left yet.
#[test]
fn a_caller_who_hangs_up_while_both_of_us_are_on_the_way_to_the_music_leaves_neither_there() {
    let mut consulted = Consulted::talking();
    consulted.stage.consultations = vec![consulted.consultation.clone()];
    let wish = intent(Verb::Swap, consulted.stage.leg("+4930"), None);
    let mut trial = Trial::written(consulted.stage, wish);
    trial.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(trial.outcome(), None);
    consulted.stage = trial.stage;
    assert!(!consulted.is_over(), "they may be on their way");
    assert_eq!(shown(&consulted), None, "nobody waits any more");
    trial.stage = consulted.stage;
    for who in ["101", "102"] {
        trial.stage.at(who, "601");
        trial.event(|stage| stage.leave(who));
    }
    trial.wait(1_200);
    assert!(matches!(trial.outcome(), Some(Outcome::Failed { .. })));
    consulted.stage = trial.stage;
    let trial = consulted.fetched();
    assert_eq!(trial.written[0].name(), "Bridge");
}

#[test]
fn whoever_was_asked_rings_me_when_my_phone_is_gone_as_well() {
    let mut consulted = caller_hung_up();
    consulted.stage.hang_up("101", "Normal Clearing");
    let trial = consulted.fetched();
    assert_eq!(trial.plan.intent().verb, Verb::Take);
    assert_eq!(trial.written[0].header("Exten"), Some("101"));
    let leg = trial.stage.channel("102").uniqueid;
    assert_eq!(trial.written[0].header("Channel"), Some(&leg[..]));
}

#[test]
fn when_whoever_was_asked_hangs_up_too_it_is_over() {
    let mut consulted = caller_hung_up();
    consulted.stage.hang_up("102", "Normal Clearing");
    assert!(!consulted.comes_back());
    assert!(consulted.is_over());
}

#[test]
fn whoever_was_asked_and_is_taken_by_another_desk_is_not_bridged_away() {
    let mut consulted = caller_hung_up();
    consulted.stage.at("102", "104");
    consulted.stage.ring("102", "104");
    assert!(!consulted.comes_back());
    assert!(consulted.is_over());
}

/// I have sent the caller on while the other one heard music.
#[test]
fn whoever_waits_when_i_have_sent_the_caller_on_is_shown_and_rings_me_when_i_wish_it() {
    let to = Some(extension("104"));
    let mut consulted = Consulted::back().sends(Verb::Transfer, "+4930", to, "104");
    assert!(!consulted.comes_back(), "my phone has not been let go yet");
    assert_eq!(shown(&consulted), Some(ConsultationStage::Left));
    consulted.stage.leave("101");
    consulted.stage.hang_up("101", "Normal Clearing");
    assert!(!consulted.comes_back(), "unasked");
    consulted.stage.consultations = vec![consulted.consultation.clone()];
    let wish = intent(Verb::GoBack, consulted.stage.leg("102"), None);
    let trial = Trial::written(consulted.stage, wish);
    assert_eq!(trial.written[0].header("Exten"), Some("101"));
}

#[test]
fn across_a_lost_link_and_the_end_of_the_program_they_are_found_and_meet() {
    let before = Consulted::back();
    let kept = before.consultation.kept().expect("to be kept");
    let mut stage = Stage::of("phones 101 102 103 104");
    for who in ["101", "102"] {
        let uniqueid = before.stage.channel(who).uniqueid;
        stage.new_channel_called(who, "601", &uniqueid);
        stage.state(who, 6);
    }
    stage.permissions = before.stage.permissions.clone();
    let consultation = Consultation::resumed(kept, &stage.board).expect("not over");
    let mut consulted = Consulted {
        stage,
        consultation,
    };
    let trial = consulted.fetched();
    assert_eq!(trial.written[0].name(), "Bridge");
}
