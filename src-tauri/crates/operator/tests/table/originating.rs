//! A phone rings first, then the target is called.

use ami::Frame;
use board::Ref;
use operator::{After, Evidence, Failure, Outcome, Pending, Refusal, Step, Verb};

use crate::stage::{Stage, conference, extension, number};
use crate::trial::{Trial, intent};

fn begun(from: Ref, to: Ref) -> Trial {
    let stage = Stage::of("phones 101 102 103\n group 100 = 102 103");
    Trial::written(stage, intent(Verb::Originate, from, Some(to)))
}

fn channel_id(trial: &Trial) -> String {
    trial.written[0]
        .header("ChannelId")
        .expect("our own id")
        .to_owned()
}

/// The first phone's channel appears.
fn rings(trial: &mut Trial, who: &str) {
    let id = channel_id(trial);
    trial.event(|stage| stage.new_channel_called(who, "s", &id));
    trial.event(|stage| stage.state(who, 5));
}

fn response(trial: &mut Trial, word: &str, reason: &str) {
    let id = channel_id(trial);
    let frame: Frame = trial.stage.say(&[
        ("Event", "OriginateResponse"),
        ("Response", word),
        ("Reason", reason),
        ("Uniqueid", &id),
    ]);
    trial.hear(&frame);
}

#[test]
fn a_typed_number_may_be_let_go_on_my_own_tile() {
    let offers = |stage: &Stage, typed: &str| {
        let subject = number(typed);
        stage.with(|scene| operator::offers(&subject, scene).offers)
    };
    let stage = Stage::of("phones 101 102");
    let [offer] = &offers(&stage, "+49 30 1234")[..] else {
        panic!("one offer");
    };
    assert_eq!((offer.verb, &offer.refusal), (Verb::Originate, &None));
    assert_eq!(offer.targets, [extension("101")]);
    assert_eq!(offer.party.number.as_deref(), Some("+49 30 1234"));
    let refused = |stage: &Stage, typed| offers(stage, typed)[0].refusal.clone();
    assert_eq!(refused(&stage, "1;2"), Some(Refusal::BadNumber));
    assert_eq!(refused(&stage, "101"), Some(Refusal::SamePerson));
    let nobody = Stage::of("phones 102");
    assert_eq!(refused(&nobody, "0301234"), Some(Refusal::NoPhone));
    let offline = Stage::of("offline 101");
    assert_eq!(refused(&offline, "0301234"), Some(Refusal::TargetOffline));
}

#[test]
fn my_phone_or_anybodys_rings_first() {
    let mine = begun(number("me"), extension("102"));
    assert_eq!(mine.written[0].header("Channel"), Some("PJSIP/101"));
    assert_eq!(mine.written[0].header("Exten"), Some("102"));
    let theirs = begun(extension("102"), number("030 12345"));
    assert_eq!(theirs.written[0].header("Channel"), Some("PJSIP/102"));
    assert_eq!(theirs.written[0].header("Exten"), Some("03012345"));
    assert_eq!(theirs.written[0].header("Async"), Some("true"));
}

#[test]
fn several_phones_are_rung_through_the_dialplan() {
    let group = begun(extension("100"), extension("101"));
    assert_eq!(
        group.written[0].header("Channel"),
        Some("Local/100@internal")
    );
}

#[test]
fn it_is_done_when_the_target_rings() {
    let mut trial = begun(number("me"), extension("102"));
    rings(&mut trial, "101");
    assert_eq!(trial.plan.view().step, Step::FirstPhoneRings);
    response(&mut trial, "Success", "4");
    trial.event(|stage| stage.state("101", 6));
    trial.stage.at("101", "102");
    trial.event(|stage| stage.call("101", "102"));
    assert_eq!(trial.outcome(), None);
    trial.event(|stage| stage.dial("DialState", "101", "102", "RINGING"));
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Done {
            evidence: Evidence::Ringing
        })
    );
}

/// `OriginateResponse` overtakes what the PBX's router tells: the leg seems to be at the goal, then where it was, then at the goal.
#[test]
fn news_from_before_the_answer_that_comes_late_sends_nobody_elsewhere() {
    let stage = Stage::of("phones 101 102\n 101 in 680");
    let wish = intent(Verb::Originate, extension("102"), Some(conference("680")));
    let mut trial = Trial::written(stage, wish);
    rings(&mut trial, "102");
    trial.event(|stage| stage.state("102", 6));
    response(&mut trial, "Success", "4");
    for exten in ["680", "s", "680"] {
        trial.stage.at("102", exten);
        trial.event(|stage| stage.state("102", 6));
    }
    trial.then(|stage| drop(stage.join_room("102", "680")));
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Done {
            evidence: Evidence::Joined
        })
    );
}

#[test]
fn an_application_is_reached_though_no_event_tells_its_number() {
    let mut trial = begun(number("me"), number("600"));
    rings(&mut trial, "101");
    response(&mut trial, "Success", "4");
    trial.event(|stage| stage.state("101", 6));
    trial.wait(1_200);
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Done {
            evidence: Evidence::Arrived
        })
    );
}

#[test]
fn a_first_phone_that_rejects_says_so_by_its_hang_up() {
    let mut trial = begun(number("me"), extension("102"));
    rings(&mut trial, "101");
    response(&mut trial, "Failure", "0");
    assert_eq!(trial.outcome(), None, "the cause comes just after");
    trial.event(|stage| stage.hang_up("101", "User busy"));
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Failed {
            failure: Failure::FirstPhone {
                cause: "User busy".into()
            }
        })
    );
}

#[test]
fn a_first_phone_that_is_not_there_fails_at_once() {
    let mut trial = begun(number("me"), extension("102"));
    response(&mut trial, "Failure", "0");
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Failed {
            failure: Failure::FirstPhone {
                cause: "failed".into()
            }
        })
    );
}

#[test]
fn a_first_phone_nobody_answers_fails_when_it_stops_ringing() {
    let mut trial = begun(number("me"), extension("102"));
    rings(&mut trial, "101");
    trial.wait(29_000);
    assert_eq!(trial.outcome(), None);
    response(&mut trial, "Failure", "3");
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Failed {
            failure: Failure::FirstPhone {
                cause: "no answer".into()
            }
        })
    );
}

#[test]
fn whoever_hangs_up_before_the_target_rings_is_no_lost_caller() {
    let mut trial = begun(number("me"), extension("102"));
    rings(&mut trial, "101");
    response(&mut trial, "Success", "4");
    trial.event(|stage| stage.hang_up("101", "Normal Clearing"));
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Failed {
            failure: Failure::FirstPhone {
                cause: "Normal Clearing".into()
            }
        })
    );
}

#[test]
fn news_that_come_after_the_end_do_not_begin_it_anew() {
    let mut trial = begun(number("me"), extension("102"));
    trial.wait(35_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
    response(&mut trial, "Success", "4");
    assert!(trial.plan.is_over());
    trial.wait(20_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn what_the_pbx_does_not_know_is_refused_also_by_itself() {
    let stage = Stage::of("phones 101 102");
    let mut trial = Trial::begin(
        stage,
        intent(Verb::Originate, number("me"), Some(number("999"))),
    )
    .expect("a plan");
    trial.answer(true, "", Some("1"));
    trial.answer(false, "Extension does not exist.", None);
    assert_eq!(
        trial.outcome(),
        Some(&Outcome::Refused {
            refusal: Refusal::NoSuchExtension {
                number: "999".into()
            }
        })
    );
}

#[test]
fn whoever_answers_where_another_desk_sent_my_phone_has_not_answered_here() {
    let stage = Stage::of("phones 101 102 104");
    let wish = intent(Verb::Originate, number("me"), Some(extension("102")));
    let mut trial = Trial::written(stage, wish);
    rings(&mut trial, "101");
    response(&mut trial, "Success", "4");
    trial.event(|stage| stage.state("101", 6));
    trial.stage.at("101", "102");
    trial.event(|stage| stage.call("101", "102"));
    trial.event(|stage| stage.dial("DialState", "101", "102", "RINGING"));
    assert_eq!(trial.after(), Some(After::Ringing));
    trial.stage.at("101", "104");
    trial.event(|stage| stage.dial("DialEnd", "101", "102", "CANCEL"));
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    trial.event(|stage| stage.call("101", "104"));
    trial.event(|stage| stage.dial("DialEnd", "101", "104", "ANSWER"));
    trial.event(|stage| stage.enter("104", "theirs"));
    trial.event(|stage| stage.enter("101", "theirs"));
    trial.wait(1_200);
    assert_eq!(trial.after(), Some(After::NotTaken));
}

/// What asking once more is answered with, by preview and plan alike.
fn again(stage: Stage, from: Ref, to: Ref) -> Option<Refusal> {
    let wish = intent(Verb::Originate, from, Some(to));
    let preview = stage.with(|scene| operator::preview(&wish, scene)).refusal;
    let plan = Trial::begin(stage, wish).err();
    assert_eq!(preview, plan);
    plan
}

/// A double click is two operations: the phone rings once.
#[test]
fn a_phone_that_is_about_to_ring_for_a_call_of_this_desk_is_not_rung_a_second_time() {
    for (from, to, refusal) in [
        (number("me"), extension("102"), Some(Refusal::RingsAlready)),
        (
            extension("101"),
            extension("103"),
            Some(Refusal::RingsAlready),
        ),
        (extension("102"), extension("103"), None),
    ] {
        let Trial {
            mut stage, plan, ..
        } = begun(number("me"), extension("102"));
        stage.pending = Pending::of([&plan].into_iter());
        assert_eq!(again(stage, from, to), refusal);
    }
    let Trial {
        mut stage, plan, ..
    } = begun(extension("100"), extension("101"));
    stage.pending = Pending::of([&plan].into_iter());
    let several = again(stage, extension("100"), extension("101"));
    assert_eq!(several, Some(Refusal::RingsAlready));
}

/// As after a lost link, or a program that was started anew: no operation of it is open here any more.
#[test]
fn a_phone_that_rings_for_a_call_of_this_desk_is_not_rung_a_second_time_by_whoever_forgot_it() {
    let mut trial = begun(number("me"), extension("102"));
    rings(&mut trial, "101");
    let refused = again(trial.stage, number("me"), extension("103"));
    assert_eq!(refused, Some(Refusal::RingsAlready));
}

#[test]
fn a_phone_that_has_answered_or_rings_for_somebody_else_may_be_rung() {
    let mut trial = begun(number("me"), extension("102"));
    rings(&mut trial, "101");
    trial.event(|stage| stage.state("101", 6));
    assert_eq!(again(trial.stage, number("me"), extension("103")), None);
    let stage = Stage::of("phones 101 102 103\n +4930 rings 101");
    assert_eq!(again(stage, number("me"), extension("103")), None);
}
