//! Who hangs up before they have arrived anywhere is lost, and somebody is told.

use operator::{Found, Outcome, Verb};

use super::Watched;
use crate::stage::{Stage, extension, number};
use crate::trial::intent;

fn sent_to(to: board::Ref) -> Watched {
    let stage = Stage::of("phones 101 102 103\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(to));
    Watched::written(stage, wish)
}

#[test]
fn a_place_that_hangs_up_at_once_is_told_with_who_and_where() {
    let mut watched = sent_to(number("606"));
    watched.moved("+4930", "101", "606");
    watched.event(|stage| stage.hang_up("+4930", "Normal circuit congestion"));
    let [lost] = &watched.lost()[..] else {
        panic!("one is lost");
    };
    assert_eq!(lost.number.as_deref(), Some("+4930"));
    assert_eq!(lost.to.as_ref().map(|to| to.number.as_str()), Some("606"));
    assert_eq!(lost.cause.as_deref(), Some("Normal circuit congestion"));
    assert_eq!(lost.by, watched.trial.plan.intent().id);
    assert!(lost.sure);
    assert_eq!(watched.sent(), []);
    watched.wait(600_000);
    assert_eq!(watched.lost().len(), 1, "until somebody has taken note");
    let id = watched.lost()[0].id.clone();
    assert!(watched.dismiss(&id) && watched.lost().is_empty());
}

#[test]
fn a_phone_that_is_busy_before_it_rings_loses_the_caller() {
    let mut watched = sent_to(extension("103"));
    watched.moved("+4930", "101", "103");
    watched.event(|stage| stage.call("+4930", "103"));
    watched.event(|stage| stage.dial("DialEnd", "+4930", "103", "BUSY"));
    watched.event(|stage| stage.hang_up("+4930", "User busy"));
    assert_eq!(watched.lost().len(), 1);
    assert_eq!(watched.sent(), []);
}

#[test]
fn who_hangs_up_after_it_rang_is_not_lost() {
    let mut watched = sent_to(extension("103"));
    watched.moved("+4930", "101", "103");
    watched.rings("+4930", "103");
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(watched.lost(), []);
}

#[test]
fn who_has_spoken_to_an_application_is_not_lost() {
    let mut watched = sent_to(number("600"));
    watched.moved("+4930", "101", "600");
    watched.wait(1_400);
    assert!(matches!(
        watched.trial.outcome(),
        Some(Outcome::Done { .. })
    ));
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(watched.lost(), []);
}

#[test]
fn as_long_as_the_move_is_open_its_end_counts() {
    let mut watched = sent_to(extension("103"));
    watched.moved("+4930", "101", "103");
    watched.wait(8_000);
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    let failed = matches!(watched.trial.outcome(), Some(Outcome::Failed { .. }));
    assert!(failed && watched.lost().len() == 1);
}

#[test]
fn who_hangs_up_long_after_has_had_enough() {
    let mut watched = sent_to(extension("103"));
    watched.moved("+4930", "101", "103");
    watched.wait(11_000);
    assert_eq!(watched.trial.outcome(), Some(&Outcome::Expired));
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(watched.lost(), []);
}

#[test]
fn my_own_leg_and_whoever_is_released_are_not_lost() {
    let mut watched = sent_to(extension("103"));
    watched.moved("+4930", "101", "103");
    watched.wait(400);
    assert_eq!(watched.lost(), []);
}

#[test]
fn a_move_the_pbx_refuses_loses_nobody() {
    let stage = Stage::of("phones 101 102 103\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched {
        trial: crate::trial::Trial::begin(stage, wish).expect("a plan"),
        net: operator::Net::default(),
        wishes: Vec::new(),
        questions: Vec::new(),
    };
    watched.trial.answer(true, "", Some("1"));
    watched.look();
    watched
        .trial
        .answer(false, "Redirect failed, channel not up.", None);
    watched.look();
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!((watched.lost(), watched.sent()), (vec![], vec![]));
}

#[test]
fn who_is_gone_after_a_gap_is_perhaps_lost_and_who_is_there_is_not() {
    let mut gone = sent_to(extension("103"));
    gone.cut(|stage| stage.now += 2_000);
    let lost = gone.lost();
    assert!(lost.len() == 1 && !lost[0].sure, "{lost:?}");
    assert_eq!(lost[0].cause, None);
    let mut there = sent_to(extension("103"));
    there.cut(|stage| {
        stage.now += 2_000;
        stage.new_channel_called("+4930", "103", "1795200000.0");
    });
    assert_eq!(there.lost(), []);
}

#[test]
fn who_is_gone_after_the_program_ended_in_the_move_is_perhaps_lost() {
    let mut watched = sent_to(extension("103"));
    watched.restarted();
    watched.trial.plan.link_lost(watched.trial.stage.now);
    watched.look();
    assert_eq!(watched.lost(), []);
    watched.found(Found::Gone { restarted: false });
    let lost = watched.lost();
    assert!(lost.len() == 1 && !lost[0].sure, "{lost:?}");
    assert_eq!(lost[0].number.as_deref(), Some("+4930"));
}

/// They have just joined a queue when they are sent on: the news of it comes after the redirect.
#[test]
fn late_news_of_a_queue_lets_nobody_be_lost_untold() {
    let stage = Stage::of("phones 101 103\n queue sales\n +4930 hears 620");
    let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.event(|stage| stage.join_queue("+4930", "sales", 1));
    watched.wait(200);
    watched.trial.stage.at("+4930", "103");
    watched.event(|stage| stage.leave_queue("+4930", "sales"));
    watched.event(|stage| stage.hang_up("+4930", "User busy"));
    assert_eq!(watched.lost().len(), 1);
}

#[test]
fn no_more_than_fifty_are_kept() {
    let mut watched = sent_to(number("606"));
    watched.moved("+4930", "101", "606");
    watched.event(|stage| stage.hang_up("+4930", "Congestion"));
    for call in 0..60 {
        watched.trial.stage.now += 30_000;
        watched.then(|stage| {
            stage.new_channel("+4930", "s");
            stage.new_channel("102", "s");
            stage.answer("+4930", "102");
        });
        let leg = watched.trial.stage.leg("+4930");
        watched = watched.then_wish(100 + call, Verb::Transfer, leg, Some(number("606")));
        watched.moved("+4930", "102", "606");
        watched.event(|stage| stage.hang_up("+4930", "Congestion"));
    }
    assert_eq!(watched.lost().len(), 50);
}

#[test]
fn who_is_moved_into_a_room_where_somebody_is_invited_to_is_watched_as_well() {
    let stage = Stage::of("phones 101 102 103\n +4930 talks 101");
    let wish = intent(Verb::Invite, extension("103"), Some(stage.call_of("101")));
    let mut watched = Watched::written(stage, wish);
    for who in ["+4930", "101"] {
        watched.trial.stage.at(who, "680");
        watched.event(|stage| stage.leave(who));
    }
    watched.event(|stage| stage.hang_up("+4930", "No user responding"));
    let lost = watched.lost();
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert_eq!(lost[0].number.as_deref(), Some("+4930"));
}
