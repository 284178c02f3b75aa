//! Whatever comes, in whatever order: one write, no outcome without a reason, no wish without an end.

use operator::{Answer, Evidence, Outcome, Verb};
use proptest::prelude::*;

use crate::stage::{Stage, conference, extension, number};
use crate::trial::{Trial, intent};

/// Something that may happen to a plan.
#[derive(Debug, Clone, Copy)]
enum Act {
    Accept,
    Know,
    DoNotKnow,
    Refuse,
    Silence,
    NotSent,
    Wait(u64),
    LoseLink,
    Leave(&'static str),
    Call,
    Ring,
    Answer,
    Busy,
    Join(&'static str),
    Merge,
    HangUp(&'static str),
    FirstPhone(&'static str),
}

fn act() -> impl Strategy<Value = Act> {
    let who = || prop_oneof![Just("102"), Just("+4930")];
    prop_oneof![
        4 => Just(Act::Know),
        4 => Just(Act::Accept),
        1 => Just(Act::DoNotKnow),
        1 => Just(Act::Refuse),
        1 => Just(Act::Silence),
        1 => Just(Act::NotSent),
        4 => (0u64..6_000).prop_map(Act::Wait),
        1 => Just(Act::LoseLink),
        2 => who().prop_map(Act::Leave),
        2 => Just(Act::Call),
        2 => Just(Act::Ring),
        1 => Just(Act::Answer),
        1 => Just(Act::Busy),
        1 => who().prop_map(Act::Join),
        1 => Just(Act::Merge),
        1 => who().prop_map(Act::HangUp),
        2 => prop_oneof![Just("Success"), Just("Failure")].prop_map(Act::FirstPhone),
    ]
}

fn happen(trial: &mut Trial, act: Act) {
    let exists = |trial: &Trial, who: &str| trial.stage.has(who);
    match act {
        Act::Accept => trial.answer(true, "", None),
        Act::Know => trial.answer(true, "", Some("1")),
        Act::DoNotKnow => trial.answer(true, "", Some("0")),
        Act::Refuse => trial.answer(false, "Permission denied", None),
        Act::Silence => trial.give(Answer::Expired),
        Act::NotSent => trial.give(Answer::NotSent),
        Act::Wait(millis) => trial.wait(millis),
        Act::LoseLink => trial.plan.link_lost(trial.stage.now),
        Act::Leave(who) if trial.stage.is_bridged(who) => trial.event(|stage| stage.leave(who)),
        Act::Call if !exists(trial, "103") && exists(trial, "+4930") => {
            trial.event(|stage| stage.call("+4930", "103"))
        }
        Act::Ring if exists(trial, "103") && exists(trial, "+4930") => {
            trial.event(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
        }
        Act::Answer if exists(trial, "103") && exists(trial, "+4930") => {
            trial.then(|stage| stage.answer("+4930", "103"))
        }
        Act::Busy if exists(trial, "103") && exists(trial, "+4930") => {
            trial.event(|stage| stage.dial("DialEnd", "+4930", "103", "BUSY"));
        }
        Act::Join(who) if exists(trial, who) => trial.event(|stage| stage.join_room(who, "680")),
        Act::Merge if exists(trial, "102") && exists(trial, "+4930") => {
            trial.event(|stage| stage.enter("102", "merged"));
            trial.event(|stage| stage.enter("+4930", "merged"));
        }
        Act::HangUp(who) if exists(trial, who) => {
            trial.event(|stage| stage.hang_up(who, "Normal Clearing"))
        }
        Act::FirstPhone(word) => {
            let id = trial.plan.legs()[0].key.clone();
            let event = [
                ("Event", "OriginateResponse"),
                ("Response", word),
                ("Reason", "0"),
                ("Uniqueid", &id),
            ];
            let frame = trial.stage.say(&event);
            trial.hear(&frame);
        }
        Act::Leave(_)
        | Act::Call
        | Act::Ring
        | Act::Answer
        | Act::Busy
        | Act::Join(_)
        | Act::Merge
        | Act::HangUp(_) => {}
    }
}

/// What the board shows at the moment of "done".
fn is_true(trial: &Trial, evidence: Evidence) -> bool {
    let stage = &trial.stage;
    match evidence {
        Evidence::Ringing => stage.rings("+4930", "103"),
        Evidence::Answered => stage.hear_each_other("+4930", "103"),
        Evidence::Joined => stage.is_in_room("+4930") || stage.is_in_room("102"),
        Evidence::Arrived => false,
        Evidence::HungUp => !stage.has("+4930"),
        Evidence::Parked | Evidence::Together | Evidence::Told | Evidence::Word => false,
    }
}

fn began(kind: u8) -> Trial {
    let stage = Stage::of("phones 101 102 103 104\n 102 talks +4930");
    let leg = stage.leg("+4930");
    let wish = match kind {
        0 => intent(Verb::Transfer, leg, Some(extension("103"))),
        1 => intent(Verb::TransferBoth, leg, Some(conference("680"))),
        2 => intent(Verb::HangUp, leg, None),
        _ => intent(Verb::Originate, number("me"), Some(extension("103"))),
    };
    Trial::begin(stage, wish).expect("a plan")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn one_write_no_hope_and_always_an_end(kind in 0u8..4, acts in prop::collection::vec(act(), 0..25)) {
        let mut trial = began(kind);
        for act in acts {
            let before = trial.outcome().cloned();
            happen(&mut trial, act);
            prop_assert!(trial.written.len() <= 1, "{:?}", trial.written);
            if let Some(before) = before {
                prop_assert_eq!(Some(&before), trial.outcome(), "an outcome is for ever");
            } else if let Some(Outcome::Done { evidence }) = trial.outcome() {
                prop_assert_eq!(trial.written.len(), 1);
                prop_assert!(is_true(&trial, *evidence), "{:?} after {:?}", evidence, act);
            }
        }
        trial.wait(48_000);
        prop_assert!(trial.plan.has_ended());
        if matches!(trial.outcome(), Some(Outcome::Refused { .. })) && kind != 3 {
            prop_assert_eq!(trial.written.len(), 0);
        }
    }
}
