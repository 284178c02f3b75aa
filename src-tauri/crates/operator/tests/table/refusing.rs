//! Every refusal has a reason that can be shown, and nothing is written.

use board::view::CallPhase;
use board::{Ref, RefKind};
use operator::{Answer, Intent, Outcome, Pending, Refusal, Seen, Verb};

use crate::stage::{Stage, conference, extension, number, pbx, queue};
use crate::trial::{Trial, intent, seen};

const TALK: &str = "phones 101 102 103 104\n offline 110\n +4930 talks 101";

/// Refused at once: by preview and plan alike.
fn refused(stage: Stage, wish: Intent) -> Refusal {
    let preview = stage.with(|scene| operator::preview(&wish, scene)).refusal;
    let plan = Trial::begin(stage, wish).err();
    assert_eq!(preview, plan);
    plan.expect("a refusal")
}

fn to_103(stage: &Stage) -> Intent {
    intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")))
}

#[test]
fn nothing_is_done_on_a_picture_that_is_not_live() {
    let mut stage = Stage::of(TALK);
    let wish = to_103(&stage);
    stage.live = false;
    assert_eq!(refused(stage, wish), Refusal::NotLive);
    let mut empty = Stage::of("");
    empty.live = false;
    let gone = intent(Verb::HangUp, Ref::new(RefKind::Leg, &pbx(), "1.1"), None);
    assert_eq!(refused(empty, gone), Refusal::NotLive);
}

#[test]
fn a_call_that_ended_during_the_drag_is_gone() {
    let mut stage = Stage::of(TALK);
    let wish = to_103(&stage);
    stage.hang_up("+4930", "Normal Clearing");
    stage.hang_up("101", "Normal Clearing");
    assert_eq!(refused(stage, wish), Refusal::Gone);
}

#[test]
fn a_call_answered_during_the_drag_has_moved_on() {
    let mut stage = Stage::of("phones 101 102 103\n +4930 rings 102");
    let leg = stage.leg("+4930");
    let wish = Intent {
        seen: seen(&stage, &leg),
        ..intent(Verb::Transfer, leg, Some(extension("103")))
    };
    stage.answer("+4930", "102");
    assert_eq!(refused(stage, wish), Refusal::MovedOn);
}

#[test]
fn a_stranger_who_joined_during_the_drag_has_moved_it_on() {
    let stage = Stage::of(TALK);
    let subject = stage.call_of("101");
    let seen = seen(&stage, &subject).map(|seen| Seen {
        legs: seen.legs[..1].to_vec(),
        ..seen
    });
    let wish = Intent {
        seen,
        ..to_103(&stage)
    };
    assert_eq!(refused(stage, wish), Refusal::MovedOn);
}

#[test]
fn a_phone_that_ceases_to_ring_or_a_hold_is_no_other_call() {
    let mut stage = Stage::of("phones 101 102 103\n +4930 rings 102 104");
    let leg = stage.leg("+4930");
    let wish = Intent {
        seen: seen(&stage, &leg),
        ..intent(Verb::Transfer, leg, Some(extension("103")))
    };
    stage.dial("DialEnd", "+4930", "104", "NOANSWER");
    stage.hang_up("104", "Normal Clearing");
    assert!(Trial::begin(stage, wish).is_ok());
}

/// Grabbed while they talked or held; the leg of the outside party.
fn grabbed(stage: &Stage) -> Intent {
    let leg = stage.leg("+4930");
    Intent {
        seen: seen(stage, &leg),
        ..intent(Verb::Transfer, leg, Some(extension("103")))
    }
}

#[test]
fn a_hold_or_its_end_by_either_side_is_no_other_call() {
    for holder in ["101", "+4930"] {
        let mut stage = Stage::of(TALK);
        let while_talking = grabbed(&stage);
        stage.hold(holder);
        let while_held = grabbed(&stage);
        let phase = while_held.seen.as_ref().map(|seen| seen.phase);
        assert_eq!(phase, Some(CallPhase::Held));
        let held = stage.with(|scene| operator::preview(&while_talking, scene).refusal);
        stage.resume(holder);
        let resumed = stage.with(|scene| operator::preview(&while_held, scene).refusal);
        assert_eq!((held, resumed), (None, None), "{holder}");
    }
}

#[test]
fn a_caller_who_hears_nobody_any_more_because_somebody_consults_has_moved_on() {
    let talking = Stage::of(TALK);
    let wishes = [
        grabbed(&talking),
        Intent {
            seen: seen(&talking, &talking.call_of("101")),
            ..to_103(&talking)
        },
    ];
    for wish in wishes {
        let mut stage = Stage::of(TALK);
        stage.consult("101", "+4930", "102");
        let phase = grabbed(&stage).seen.map(|seen| seen.phase);
        assert_eq!(phase, Some(CallPhase::Held));
        assert_eq!(refused(stage, wish), Refusal::MovedOn);
    }
}

#[test]
fn a_caller_to_whom_the_one_who_consulted_came_back_has_moved_on() {
    let mut stage = Stage::of(TALK);
    stage.consult("101", "+4930", "102");
    let wish = grabbed(&stage);
    let before = stage.with(|scene| operator::preview(&wish, scene).refusal);
    assert_eq!(before, None, "who waits alone may be sent on");
    stage.hang_up("102", "Normal Clearing");
    stage.enter("101", "back");
    stage.enter("+4930", "back");
    assert_eq!(refused(stage, wish), Refusal::MovedOn);
}

#[test]
fn whoever_begins_to_consult_between_the_check_and_the_write_stops_it() {
    let stage = Stage::of(TALK);
    let wish = to_103(&stage);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.then(|stage| stage.consult("101", "+4930", "102"));
    trial.answer(true, "", Some("1"));
    let refusal = Refusal::MovedOn;
    assert_eq!(trial.outcome(), Some(&Outcome::Refused { refusal }));
    assert!(trial.written.is_empty());
}

#[test]
fn a_leg_under_another_operation_is_pending() {
    for verb in [Verb::Transfer, Verb::TransferBoth, Verb::HangUp] {
        let mut stage = Stage::of(TALK);
        stage.pending = Pending::leg(stage.leg("+4930"));
        let wish = intent(verb, stage.leg("+4930"), Some(extension("103")));
        assert_eq!(refused(stage, wish), Refusal::Pending, "{verb:?}");
    }
}

#[test]
fn what_the_account_may_not_do_is_refused_by_name() {
    for (verb, action) in [
        (Verb::Transfer, "Redirect"),
        (Verb::HangUp, "Hangup"),
        (Verb::Originate, "Originate"),
    ] {
        let mut stage = Stage::of(TALK);
        stage.permissions = ami::Permissions::of(&["Getvar"]);
        let subject = if verb == Verb::Originate {
            extension("102")
        } else {
            stage.leg("+4930")
        };
        let wish = intent(verb, subject, Some(extension("103")));
        assert_eq!(
            refused(stage, wish),
            Refusal::NotPermitted {
                action: action.to_owned()
            }
        );
    }
}

#[test]
fn nobody_is_sent_to_themselves_or_to_an_empty_desk() {
    let to = |target: Ref| {
        let stage = Stage::of(TALK);
        let wish = intent(Verb::Transfer, stage.call_of("101"), Some(target));
        refused(stage, wish)
    };
    assert_eq!(to(extension("101")), Refusal::SamePerson);
    assert_eq!(to(extension("110")), Refusal::TargetOffline);
    assert_eq!(to(extension("999")), Refusal::NotATarget);
    assert_eq!(to(queue("sales")), Refusal::NotATarget);
    let own = Stage::of(TALK);
    let wish = intent(Verb::Originate, extension("102"), Some(number("102")));
    assert_eq!(refused(own, wish), Refusal::SamePerson);
}

#[test]
fn a_transfer_needs_a_target_and_something_that_moves() {
    let stage = Stage::of(TALK);
    let wish = intent(Verb::Transfer, stage.call_of("101"), None);
    assert_eq!(refused(stage, wish), Refusal::NotATarget);
    let stage = Stage::of(TALK);
    let wish = intent(Verb::Transfer, extension("103"), Some(extension("104")));
    assert_eq!(refused(stage, wish), Refusal::NotMovable);
}

#[test]
fn a_phone_that_rings_for_nobody_we_see_cannot_be_moved() {
    let mut stage = Stage::of("phones 101 102 103");
    stage.new_channel("102", "s");
    stage.state("102", 5);
    let wish = intent(Verb::Transfer, stage.leg("102"), Some(extension("103")));
    assert_eq!(refused(stage, wish), Refusal::NotMovable);
}

#[test]
fn without_a_phone_of_my_own_nothing_is_dialled_from_it() {
    let stage = Stage::of("phones 102 103");
    let wish = intent(Verb::Originate, number("me"), Some(extension("103")));
    assert_eq!(refused(stage, wish), Refusal::NoPhone);
    let stage = Stage::of("phones 103\n offline 110");
    let wish = intent(Verb::Originate, extension("110"), Some(extension("103")));
    assert_eq!(refused(stage, wish), Refusal::TargetOffline);
}

#[test]
fn numbers_are_tidied_or_refused() {
    for bad in [
        "102\r\nAction: Originate",
        "102\n",
        "102&103",
        "102,1",
        "${EXTEN}",
        "x/y",
        "102@trunk",
        "",
        "_X.",
        "PJSIP/102",
    ] {
        let stage = Stage::of(TALK);
        let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number(bad)));
        assert_eq!(refused(stage, wish), Refusal::BadNumber, "{bad:?}");
    }
    let stage = Stage::of(TALK);
    let wish = intent(
        Verb::Transfer,
        stage.call_of("101"),
        Some(number("+49 (30) 12/34-5")),
    );
    let trial = Trial::written(stage, wish);
    assert_eq!(trial.written[0].header("Exten"), Some("+493012345"));
}

#[test]
fn a_number_the_pbx_does_not_know_is_refused_before_anything_is_written() {
    let stage = Stage::of(TALK);
    let wish = to_103(&stage);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    assert_eq!(
        trial.asked[0].header("Variable"),
        Some("DIALPLAN_EXISTS(internal,103,1)")
    );
    assert!(trial.written.is_empty());
    trial.answer(true, "", Some("0"));
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Refused {
            refusal: Refusal::NoSuchExtension {
                number: "103".into()
            }
        })
    );
    assert!(trial.written.is_empty());
}

#[test]
fn a_check_without_an_answer_needs_a_confirmation() {
    for confirmed in [false, true] {
        for answer in [None, Some("")] {
            let stage = Stage::of(TALK);
            let wish = Intent {
                confirmed,
                ..to_103(&stage)
            };
            let mut trial = Trial::begin(stage, wish).expect("a plan");
            match answer {
                None => trial.give(Answer::Expired),
                Some(_) => trial.answer(false, "Permission denied", None),
            }
            assert_eq!(trial.written.len(), usize::from(confirmed));
            let refused = trial.outcome()
                == Some(&Outcome::Refused {
                    refusal: Refusal::Unverified,
                });
            assert_eq!(refused, !confirmed);
        }
    }
}

#[test]
fn the_world_is_looked_at_again_in_the_turn_of_the_write() {
    let stage = Stage::of(TALK);
    let wish = to_103(&stage);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.then(|stage| drop((stage.hang_up("+4930", ""), stage.hang_up("101", ""))));
    trial.answer(true, "", Some("1"));
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Refused {
            refusal: Refusal::Gone
        })
    );
    let stage = Stage::of("phones 101 102 103\n +4930 rings 102");
    let wish = intent(Verb::Transfer, stage.call_of("102"), Some(extension("103")));
    let mut late = Trial::begin(stage, wish).expect("a plan");
    late.then(|stage| stage.answer("+4930", "102"));
    late.answer(true, "", Some("1"));
    assert_eq!(
        late.outcome(),
        Some(&Outcome::Refused {
            refusal: Refusal::MovedOn
        })
    );
    assert!(trial.written.is_empty() && late.written.is_empty());
}

#[test]
fn a_check_that_takes_too_long_ends_the_wish() {
    let stage = Stage::of(TALK);
    let wish = to_103(&stage);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.wait(2_001);
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Refused {
            refusal: Refusal::TooLate
        })
    );
    trial.answer(true, "", Some("1"));
    assert!(trial.written.is_empty());
}

#[test]
fn a_link_lost_before_the_write_refuses_and_after_it_nobody_knows() {
    let stage = Stage::of(TALK);
    let wish = to_103(&stage);
    let mut before = Trial::begin(stage, wish).expect("a plan");
    before.plan.link_lost(before.stage.now);
    assert_eq!(
        before.outcome(),
        Some(&Outcome::Refused {
            refusal: Refusal::NotLive
        })
    );
    let stage = Stage::of(TALK);
    let wish = to_103(&stage);
    let mut after = Trial::written(stage, wish);
    after.plan.link_lost(after.stage.now);
    assert_eq!(after.outcome(), Some(&Outcome::Unknown { found: None }));
    assert_eq!((before.written.len(), after.written.len()), (0, 1));
}

/// The PBX says no more than "Success", plays that the room is locked, and hangs up.
#[test]
fn nobody_is_sent_into_a_locked_room() {
    let stage = |locked| {
        let mut stage = Stage::of(TALK);
        stage.say(&[
            ("Event", "ConfbridgeListRooms"),
            ("Conference", "680"),
            ("Locked", locked),
        ]);
        stage
    };
    for (verb, target) in [
        (Verb::Transfer, conference("680")),
        (Verb::Transfer, number("680")),
        (Verb::TransferBoth, conference("680")),
    ] {
        let wish = |stage: &Stage| intent(verb, stage.call_of("101"), Some(target.clone()));
        let locked = stage("Yes");
        let offers = locked.with(|scene| operator::offers(&locked.call_of("101"), scene).offers);
        let said = offers.iter().filter(|offer| offer.verb == verb);
        let mut said = said.flat_map(|offer| &offer.refused);
        assert!(
            said.any(|one| one.target == conference("680") && one.refusal == Refusal::RoomLocked)
        );
        let wished = wish(&locked);
        assert_eq!(
            refused(locked, wished),
            Refusal::RoomLocked,
            "{verb:?} {target}"
        );
        let open = stage("No");
        let wished = wish(&open);
        assert!(Trial::begin(open, wished).is_ok(), "{verb:?} {target}");
    }
}
