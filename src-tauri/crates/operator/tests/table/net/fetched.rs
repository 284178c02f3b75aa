//! Who was to come to my own phone and is not taken there is not forgotten: where they are is shown, and they can be fetched or sent on.

use operator::{Failure, Found, Outcome, SentState, Verb};

use super::Watched;
use crate::stage::{Stage, extension};
use crate::trial::intent;

/// First in line, and asked to my phone; out of the queue, nothing seen of a phone yet.
fn pulled(verb: Verb) -> Watched {
    let stage = Stage::of("phones 101 102 103\n queue sales\n +4930 waits sales");
    let subject = if verb == Verb::Next {
        extension("101")
    } else {
        stage.leg("+4930")
    };
    let mut watched = Watched::written(stage, intent(verb, subject, None));
    watched.trial.stage.at("+4930", "101");
    watched.event(|stage| stage.leave_queue("+4930", "sales"));
    watched
}

fn ringing(verb: Verb) -> Watched {
    let mut watched = pulled(verb);
    watched.rings("+4930", "101");
    watched
}

fn stands(watched: &Watched) -> Option<(SentState, bool)> {
    let sent = watched.sent();
    sent.first().map(|sent| (sent.state, sent.alive))
}

#[test]
fn who_rings_at_my_phone_and_is_taken_there_needs_no_row() {
    for verb in [Verb::Take, Verb::Next] {
        let mut watched = ringing(verb);
        watched.wait(30_000);
        assert_eq!(watched.sent(), []);
        watched.then(|stage| stage.answer("+4930", "101"));
        watched.wait(1_200);
        watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
        assert_eq!((watched.sent(), watched.lost()), (vec![], vec![]));
    }
}

#[test]
fn whom_my_phone_rejects_stays_in_sight_where_they_are() {
    for verb in [Verb::Take, Verb::Next] {
        let mut watched = ringing(verb);
        watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "BUSY"));
        watched.event(|stage| stage.hang_up("101", "Call Rejected"));
        assert_eq!(stands(&watched), Some((SentState::NotTaken, true)));
        let shown = &watched.sent()[0];
        assert_eq!(shown.number.as_deref(), Some("+4930"));
        assert_eq!(shown.to.number, "101");
        assert_eq!(shown.leg, watched.trial.stage.leg("+4930"));
        watched.wait(30_000);
        assert!(watched.sent()[0].overdue, "until somebody sees to them");
        watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
        assert_eq!(stands(&watched), Some((SentState::NotTaken, false)));
    }
}

#[test]
fn a_caller_whom_nobody_has_answered_yet_is_not_forgotten_either() {
    let stage = Stage::of("phones 101 102 103\n +4930 rings 102");
    let wish = intent(Verb::Take, stage.leg("+4930"), None);
    let mut watched = Watched::written(stage, wish);
    watched.trial.stage.at("+4930", "101");
    watched.event(|stage| stage.dial("DialEnd", "+4930", "102", "CANCEL"));
    watched.event(|stage| stage.hang_up("102", "Normal Clearing"));
    watched.event(|stage| stage.call("+4930", "101"));
    watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "BUSY"));
    watched.event(|stage| stage.hang_up("101", "User busy"));
    watched.wait(1_200);
    let failure = Failure::Busy;
    assert_eq!(
        watched.trial.outcome(),
        Some(&Outcome::Failed { failure }),
        "it never rang"
    );
    assert_eq!(stands(&watched), Some((SentState::NotTaken, true)));
}

#[test]
fn whom_my_phone_does_not_answer_goes_on_to_somebody_else_and_is_seen_there() {
    let mut watched = ringing(Verb::Take);
    watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "NOANSWER"));
    watched.event(|stage| stage.hang_up("101", "No Answer"));
    watched.rings("+4930", "102");
    assert_eq!(stands(&watched), Some((SentState::Ringing, true)));
    watched.then(|stage| stage.answer("+4930", "102"));
    assert_eq!(stands(&watched), Some((SentState::Answered, true)));
    watched.wait(4_200);
    assert_eq!(watched.sent(), []);
}

#[test]
fn who_goes_back_to_the_queue_is_seen_there() {
    let mut watched = ringing(Verb::Next);
    watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "BUSY"));
    watched.event(|stage| stage.hang_up("101", "Call Rejected"));
    watched.event(|stage| stage.join_queue("+4930", "sales", 1));
    watched.wait(400);
    assert_eq!((watched.sent(), watched.lost()), (vec![], vec![]));
}

#[test]
fn who_hangs_up_while_my_phone_rings_can_be_called_back() {
    let mut watched = ringing(Verb::Next);
    watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "CANCEL"));
    watched.event(|stage| stage.hang_up("101", "Normal Clearing"));
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(stands(&watched), Some((SentState::GaveUp, false)));
}

#[test]
fn who_was_not_taken_and_is_fetched_once_more_comes_back() {
    let mut watched = ringing(Verb::Take);
    watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "BUSY"));
    watched.event(|stage| stage.hang_up("101", "Call Rejected"));
    let leg = watched.trial.stage.leg("+4930");
    let mut again = watched.then_wish(8, Verb::Take, leg, None);
    again.trial.stage.now += 200;
    again.rings("+4930", "101");
    assert_eq!(stands(&again), None, "my phone rings");
    again.event(|stage| stage.dial("DialEnd", "+4930", "101", "BUSY"));
    again.event(|stage| stage.hang_up("101", "Call Rejected"));
    assert_eq!(stands(&again), Some((SentState::NotTaken, true)));
}

#[test]
fn a_fetch_that_is_refused_leaves_who_was_not_taken_in_sight() {
    let mut watched = ringing(Verb::Take);
    watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "BUSY"));
    watched.event(|stage| stage.hang_up("101", "Call Rejected"));
    let mut wish = intent(Verb::Take, watched.trial.stage.leg("+4930"), None);
    wish.id = operator::OperationId(uuid::Uuid::from_u128(8));
    let Watched { trial, net, .. } = watched;
    let mut again = Watched {
        trial: crate::trial::Trial::begin(trial.stage, wish).expect("a plan"),
        net,
        wishes: Vec::new(),
        questions: Vec::new(),
    };
    again.wait(2_400);
    assert!(matches!(
        again.trial.outcome(),
        Some(Outcome::Refused { .. })
    ));
    assert_eq!(stands(&again), Some((SentState::NotTaken, true)));
}

#[test]
fn who_rang_at_me_when_the_program_ended_is_not_forgotten_by_the_next() {
    let mut watched = pulled(Verb::Take);
    watched.restarted();
    watched.trial.plan.link_lost(watched.trial.stage.now);
    watched.look();
    watched.rings("+4930", "101");
    let evidence = operator::Evidence::Ringing;
    watched.found(Found::Happened { evidence });
    assert_eq!(watched.sent(), []);
    watched.event(|stage| stage.dial("DialEnd", "+4930", "101", "BUSY"));
    watched.event(|stage| stage.hang_up("101", "Call Rejected"));
    assert_eq!(stands(&watched), Some((SentState::NotTaken, true)));
}
