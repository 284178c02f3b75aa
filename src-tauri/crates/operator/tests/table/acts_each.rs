//! What holds for each move that moves nobody: offered, allowed or not, written once, done only when it was seen.

use ami::action::List;
use operator::{Evidence, Failure, Outcome, Pending, Refusal, Verb, Warning};

use crate::acts_stage::{Case, cases, house, house_without};
use crate::stage::Stage;
use crate::trial::Trial;

fn begun(case: &Case, stage: Stage) -> Result<Trial, Refusal> {
    let wish = case.wish(&stage);
    Trial::begin(stage, wish)
}

fn name(case: &Case) -> String {
    format!("{:?} by {}", case.verb, case.action)
}

#[test]
fn each_is_offered_with_what_its_subject_is_for() {
    for case in cases() {
        let stage = house();
        let subject = (case.subject)(&stage);
        let offers = stage.with(|scene| operator::offers(&subject, scene)).offers;
        let offer = offers.iter().find(|offer| offer.verb == case.verb);
        let offer = offer.unwrap_or_else(|| panic!("{}: {offers:#?}", name(&case)));
        assert_eq!(offer.refusal, None, "{}", name(&case));
        assert_eq!(offer.subject, subject, "{}", name(&case));
        if let Some(target) = &case.target {
            assert!(offer.targets.contains(target), "{}", name(&case));
        }
    }
}

#[test]
fn each_is_refused_by_name_to_an_account_that_may_not() {
    for case in cases() {
        let stage = house_without(case.action);
        let wish = case.wish(&stage);
        let action = case.action.to_owned();
        let refusal = Refusal::NotPermitted { action };
        let preview = stage.with(|scene| operator::preview(&wish, scene));
        assert_eq!(preview.refusal, Some(refusal.clone()), "{}", name(&case));
        assert_eq!(begun(&case, stage).err(), Some(refusal), "{}", name(&case));
    }
}

#[test]
fn each_is_refused_on_a_picture_that_is_not_live() {
    for case in cases() {
        let mut stage = house();
        stage.live = false;
        let refusal = begun(&case, stage).err();
        assert_eq!(refusal, Some(Refusal::NotLive), "{}", name(&case));
    }
}

#[test]
fn each_that_is_about_a_leg_waits_until_the_leg_is_free() {
    for case in cases() {
        let Some(leg) = case.leg else { continue };
        let mut stage = house();
        let leg = stage.leg(leg);
        stage.pending = Pending::leg(leg);
        let refusal = begun(&case, stage).err();
        assert_eq!(refusal, Some(Refusal::Pending), "{}", name(&case));
    }
}

#[test]
fn each_tells_before_to_whom_it_is_done_and_whether_it_will_be_seen() {
    for case in cases() {
        let stage = house();
        let wish = case.wish(&stage);
        let preview = stage.with(|scene| operator::preview(&wish, scene));
        let leg = case.leg.map(|leg| stage.leg(leg));
        assert!(preview.journeys.is_empty(), "{}", name(&case));
        assert!(preview.released.is_empty(), "{}", name(&case));
        let about: Vec<_> = preview.about.iter().map(|one| one.leg.clone()).collect();
        if let Some(leg) = leg {
            assert_eq!(about, [Some(leg)], "{}", name(&case));
        } else if let Some(target) = &case.target {
            let at = preview.at.map(|place| place.target);
            assert_eq!(at.as_ref(), Some(target), "{}", name(&case));
        }
        let silent = case.happens.is_none() && case.verb != Verb::AskMailbox;
        let warned = preview.warnings.contains(&Warning::NoProof);
        assert_eq!(warned, silent, "{}", name(&case));
    }
}

#[test]
fn each_is_written_once_and_done_when_it_was_seen() {
    for case in cases() {
        let mut trial = begun(&case, house()).expect("a plan");
        assert_eq!(trial.outcome(), None, "{}", name(&case));
        trial.answer(true, "accepted", None);
        let Some(happens) = case.happens else {
            let evidence = Evidence::Word;
            assert_eq!(
                trial.outcome(),
                Some(&Outcome::Done { evidence }),
                "{}",
                name(&case)
            );
            continue;
        };
        assert_eq!(
            trial.outcome(),
            None,
            "accepted is not done: {}",
            name(&case)
        );
        trial.event(happens);
        let evidence = Evidence::Told;
        assert_eq!(
            trial.outcome(),
            Some(&Outcome::Done { evidence }),
            "{}",
            name(&case)
        );
        let written: Vec<_> = trial.written.iter().map(ami::Request::name).collect();
        assert_eq!(written, [case.action], "{}", name(&case));
        assert!(trial.asked.is_empty(), "{}", name(&case));
    }
}

#[test]
fn what_no_event_tells_is_read_again_once_it_is_accepted() {
    for case in cases() {
        let mut trial = begun(&case, house()).expect("a plan");
        assert_eq!(trial.plan.take_list(), None, "before the answer");
        trial.answer(true, "accepted", None);
        let of_rooms = (case.verb == Verb::Lock).then_some(List::Conferences);
        let of_queues = (case.verb == Verb::SetPriority).then_some(List::Queues);
        let list = of_rooms.or(of_queues);
        assert_eq!(trial.plan.take_list(), list, "{}", name(&case));
        assert_eq!(trial.plan.take_list(), None, "once");
    }
}

#[test]
fn each_that_is_accepted_and_never_seen_has_expired() {
    for case in cases().iter().filter(|case| case.happens.is_some()) {
        let mut trial = begun(case, house()).expect("a plan");
        trial.answer(true, "accepted", None);
        trial.wait(9_900);
        assert_eq!(trial.outcome(), None, "{}", name(case));
        trial.wait(100);
        assert_eq!(trial.outcome(), Some(&Outcome::Expired), "{}", name(case));
        assert_eq!(trial.written.len(), 1, "{}", name(case));
    }
}

#[test]
fn each_that_the_pbx_will_not_do_has_failed_in_its_words() {
    for case in cases() {
        let mut trial = begun(&case, house()).expect("a plan");
        trial.answer(false, "No such thing", None);
        let message = "No such thing".to_owned();
        let failure = Failure::Pbx { message };
        assert_eq!(
            trial.outcome(),
            Some(&Outcome::Failed { failure }),
            "{}",
            name(&case)
        );
        assert_eq!(trial.written.len(), 1, "{}", name(&case));
    }
}

#[test]
fn each_whose_leg_hangs_up_after_the_write_has_failed() {
    for case in cases() {
        let (Some(leg), Some(_)) = (case.leg, case.happens) else {
            continue;
        };
        let mut trial = begun(&case, house()).expect("a plan");
        trial.answer(true, "accepted", None);
        trial.event(|stage| stage.hang_up(leg, "Normal Clearing"));
        let cause = "Normal Clearing".to_owned();
        let failure = if case.verb == Verb::Withdraw {
            Failure::Lost { cause }
        } else {
            Failure::Ended { cause }
        };
        assert_eq!(
            trial.outcome(),
            Some(&Outcome::Failed { failure }),
            "{}",
            name(&case)
        );
    }
}

#[test]
fn each_whose_leg_hangs_up_before_the_write_is_refused() {
    for case in cases() {
        let Some(leg) = case.leg else { continue };
        let stage = house();
        let mut wish = case.wish(&stage);
        wish.details.grace = Some(2_000);
        let mut trial = Trial::begin(stage, wish).expect("a plan");
        trial.event(|stage| stage.hang_up(leg, "Normal Clearing"));
        trial.wait(2_000);
        let refusal = Refusal::Gone;
        assert_eq!(
            trial.outcome(),
            Some(&Outcome::Refused { refusal }),
            "{}",
            name(&case)
        );
        assert!(trial.written.is_empty(), "{}", name(&case));
    }
}

#[test]
fn each_that_became_so_before_the_write_is_not_written() {
    for case in cases() {
        let Some(happens) = case.happens else {
            continue;
        };
        let stage = house();
        let mut wish = case.wish(&stage);
        wish.details.grace = Some(2_000);
        let mut trial = Trial::begin(stage, wish).expect("a plan");
        trial.event(happens);
        trial.wait(2_000);
        let refused = matches!(trial.outcome(), Some(Outcome::Refused { .. }));
        // A priority can be given again, and again.
        assert_eq!(refused, case.verb != Verb::SetPriority, "{}", name(&case));
        assert_eq!(trial.written.is_empty(), refused, "{}", name(&case));
    }
}

#[test]
fn a_link_lost_after_the_write_leaves_each_unknown_and_nothing_is_written_again() {
    for case in cases() {
        for accepted in [false, true] {
            let mut trial = begun(&case, house()).expect("a plan");
            if accepted {
                trial.answer(true, "accepted", None);
            }
            let told = accepted && case.happens.is_none();
            let now = trial.stage.now;
            trial.plan.link_lost(now);
            trial.wait(20_000);
            let unknown = matches!(trial.outcome(), Some(Outcome::Unknown { .. }));
            assert_eq!(unknown, !told, "{} {accepted}", name(&case));
            assert_eq!(trial.written.len(), 1, "{} {accepted}", name(&case));
        }
    }
}
