//! Who was sent stays in sight until somebody answers.

use operator::{Evidence, Found, SentState, Verb};

use super::Watched;
use crate::stage::{Stage, conference, extension, number, queue};
use crate::trial::intent;

fn stage() -> Stage {
    Stage::of("phones 101 102 103 104\n queue sales\n +4930 talks 101")
}

/// On the way to 103, nothing seen yet.
fn sent() -> Watched {
    let stage = stage();
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "103");
    watched
}

fn ringing() -> Watched {
    let mut watched = sent();
    watched.rings("+4930", "103");
    watched
}

fn state(watched: &Watched) -> Option<SentState> {
    watched.sent().first().map(|sent| sent.state)
}

#[test]
fn nobody_is_shown_as_sent_before_the_target_rings() {
    let mut watched = sent();
    assert_eq!(watched.sent(), []);
    watched.rings("+4930", "103");
    let [shown] = &watched.sent()[..] else {
        panic!("one is on the shelf");
    };
    assert_eq!(shown.state, SentState::Ringing);
    assert_eq!(shown.number.as_deref(), Some("+4930"));
    assert_eq!(shown.to.number, "103");
    assert_eq!(shown.leg, watched.trial.stage.leg("+4930"));
    assert_eq!(shown.until, shown.since + 20_000);
    assert!(shown.alive && !shown.overdue);
}

#[test]
fn who_is_answered_is_shown_for_a_moment_and_goes() {
    let mut watched = ringing();
    watched.then(|stage| stage.answer("+4930", "103"));
    assert_eq!(state(&watched), Some(SentState::Answered));
    watched.wait(4_200);
    assert_eq!(watched.sent(), []);
    assert_eq!(watched.lost(), []);
}

#[test]
fn who_talked_for_less_than_a_look_has_not_hung_up_while_it_rang() {
    let mut watched = ringing();
    watched.unseen(|stage| {
        stage.state("103", 6);
        stage.dial("DialEnd", "+4930", "103", "ANSWER")
    });
    watched.unseen(|stage| stage.hang_up("+4930", "Normal Clearing"));
    watched.look();
    assert_eq!(watched.sent(), []);
    assert_eq!(watched.lost(), []);
}

#[test]
fn who_rings_for_too_long_is_overdue_and_can_be_taken_back() {
    let mut watched = ringing();
    watched.wait(19_000);
    assert!(!watched.sent()[0].overdue);
    watched.wait(1_200);
    assert!(watched.sent()[0].overdue);
    let leg = watched.trial.stage.leg("+4930");
    let mut recall = watched.then_wish(8, Verb::Take, leg, None);
    recall.trial.stage.at("+4930", "101");
    recall.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    recall.event(|stage| stage.hang_up("103", "Normal Clearing"));
    recall.rings("+4930", "101");
    assert_eq!(state(&recall), Some(SentState::CameBack));
    assert!(!recall.sent()[0].overdue);
    recall.then(|stage| stage.answer("+4930", "101"));
    assert_eq!(recall.sent(), []);
}

#[test]
fn the_house_says_how_long_is_too_long() {
    let mut stage = stage();
    stage.rules.sent_after = 5;
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "103");
    watched.rings("+4930", "103");
    watched.wait(5_200);
    assert!(watched.sent()[0].overdue);
}

#[test]
fn who_is_not_taken_stays_and_is_warned_of() {
    let mut watched = ringing();
    watched.event(|stage| stage.dial("DialEnd", "+4930", "103", "NOANSWER"));
    watched.event(|stage| stage.hang_up("103", "Normal Clearing"));
    watched.event(|stage| stage.state("+4930", 6));
    assert_eq!(state(&watched), Some(SentState::NotTaken));
    watched.wait(21_000);
    assert!(watched.sent()[0].overdue);
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    let shown = &watched.sent()[0];
    assert_eq!(shown.state, SentState::NotTaken);
    assert!(!shown.alive && !shown.overdue);
    watched.wait(301_000);
    assert_eq!(watched.sent(), []);
}

#[test]
fn the_dialplan_hangs_up_on_who_was_turned_down() {
    let mut watched = ringing();
    watched.event(|stage| stage.dial("DialEnd", "+4930", "103", "BUSY"));
    watched.event(|stage| stage.hang_up("+4930", "User busy"));
    let shown = &watched.sent()[0];
    assert_eq!((shown.state, shown.alive), (SentState::NotTaken, false));
    assert_eq!(watched.lost(), [], "it rang: that is no loss on the way");
}

#[test]
fn who_hangs_up_while_it_rings_has_given_up() {
    let mut watched = ringing();
    watched.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    watched.event(|stage| stage.hang_up("103", "Normal Clearing"));
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!(state(&watched), Some(SentState::GaveUp));
    assert_eq!(watched.lost(), []);
    let id = watched.sent()[0].id.clone();
    assert!(watched.dismiss(&id));
    assert_eq!(watched.sent(), []);
    assert!(!watched.dismiss(&id));
}

#[test]
fn a_ring_too_short_to_be_looked_at_counts() {
    let mut watched = sent();
    watched.unseen(|stage| stage.call("+4930", "103"));
    watched.unseen(|stage| stage.state("103", 5));
    watched.unseen(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
    watched.unseen(|stage| stage.dial("DialEnd", "+4930", "103", "BUSY"));
    watched.event(|stage| stage.hang_up("+4930", "User busy"));
    assert_eq!(state(&watched), Some(SentState::NotTaken));
    assert_eq!(watched.lost(), []);
}

#[test]
fn in_a_queue_nobody_is_sent_any_more() {
    let mut stage = stage();
    stage.new_channel("104", "610");
    stage.state("104", 6);
    stage.join_queue("104", "sales", 1);
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(queue("sales")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "610");
    watched.event(|stage| stage.join_queue("+4930", "sales", 2));
    assert_eq!(watched.sent(), []);
    assert_eq!(watched.lost(), []);
}

#[test]
fn with_an_application_nobody_is_sent_any_more() {
    let stage = stage();
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number("600")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "600");
    watched.wait(30_000);
    assert_eq!(watched.sent(), []);
    watched.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!((watched.sent(), watched.lost()), (vec![], vec![]));
}

#[test]
fn who_is_sent_to_me_is_nobody_to_wait_for() {
    let mut stage = Stage::of("phones 101 102 103\n +4930 talks 103");
    stage.now += 1;
    let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(extension("101")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "103", "101");
    watched.rings("+4930", "101");
    assert_eq!(watched.sent(), []);
}

#[test]
fn sent_on_is_sent_anew() {
    let watched = ringing();
    let leg = watched.trial.stage.leg("+4930");
    let mut on = watched.then_wish(8, Verb::Transfer, leg, Some(extension("104")));
    on.trial.stage.at("+4930", "104");
    on.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    on.event(|stage| stage.hang_up("103", "Normal Clearing"));
    on.rings("+4930", "104");
    let [shown] = &on.sent()[..] else {
        panic!("one is on the shelf");
    };
    assert_eq!(
        (shown.state, shown.to.number.as_str()),
        (SentState::Ringing, "104")
    );
}

#[test]
fn who_is_hung_up_by_the_operator_is_off_the_shelf() {
    let watched = ringing();
    let leg = watched.trial.stage.leg("+4930");
    let mut end = watched.then_wish(8, Verb::HangUp, leg, None);
    end.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    end.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
    assert_eq!((end.sent(), end.lost()), (vec![], vec![]));
}

#[test]
fn when_the_link_is_back_the_board_of_then_counts() {
    let mut watched = ringing();
    watched.cut(|stage| {
        *stage = {
            let mut fresh = Stage::of("phones 101 102 103 104");
            fresh.now = stage.now + 2_000;
            fresh.new_channel_called("+4930", "103", "1795200000.0");
            fresh.state("+4930", 6);
            fresh.ring("+4930", "103");
            fresh
        };
    });
    assert_eq!(state(&watched), Some(SentState::Ringing));
    watched.wait(20_000);
    assert!(watched.sent()[0].overdue);
}

#[test]
fn who_rang_when_the_link_was_lost_and_is_gone_after_it_is_perhaps_lost() {
    let mut watched = ringing();
    watched.cut(|stage| stage.now += 2_000);
    assert_eq!(watched.sent(), []);
    let [lost] = &watched.lost()[..] else {
        panic!("one is perhaps lost");
    };
    assert!(!lost.sure);
    assert_eq!(lost.to.as_ref().map(|to| to.number.as_str()), Some("103"));
}

#[test]
fn a_caller_of_whose_move_nothing_is_known_is_shown_as_unknown() {
    let stage = stage();
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.cut(|stage| {
        stage.now += 2_000;
        stage.new_channel_called("+4930", "103", "1795200000.0");
    });
    assert_eq!(state(&watched), Some(SentState::Unknown));
}

#[test]
fn who_still_rings_after_the_program_was_started_anew_is_on_the_shelf_again() {
    let stage = stage();
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.restarted();
    watched.trial.plan.link_lost(watched.trial.stage.now);
    watched.look();
    watched.moved("+4930", "101", "103");
    watched.rings("+4930", "103");
    assert_eq!(watched.sent(), []);
    let evidence = Evidence::Ringing;
    watched.found(Found::Happened { evidence });
    assert_eq!(state(&watched), Some(SentState::Ringing));
}

/// Another desk writes its own redirect of the same caller, and 104 answers them.
fn another_desk_sends_them_to_104(watched: &mut Watched) {
    watched.trial.stage.at("+4930", "104");
    watched.rings("+4930", "104");
    watched.event(|stage| stage.state("104", 6));
    watched.event(|stage| stage.dial("DialEnd", "+4930", "104", "ANSWER"));
    watched.event(|stage| stage.enter("104", "theirs"));
    watched.event(|stage| stage.enter("+4930", "theirs"));
}

#[test]
fn who_is_sent_on_by_another_desk_is_no_longer_ours_to_tell_of() {
    let mut watched = ringing();
    watched.trial.stage.at("+4930", "104");
    watched.event(|stage| stage.dial("DialEnd", "+4930", "103", "CANCEL"));
    watched.event(|stage| stage.hang_up("103", "Normal Clearing"));
    another_desk_sends_them_to_104(&mut watched);
    assert_eq!(watched.sent(), [], "103 has answered nobody");
}

#[test]
fn nor_is_who_was_sent_elsewhere_before_our_own_move() {
    let stage = stage();
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "104");
    another_desk_sends_them_to_104(&mut watched);
    assert_eq!(state(&watched), None, "104 is not 103");
    watched.wait(10_200);
    assert_eq!(watched.sent(), []);
}

#[test]
fn a_dialplan_that_leads_on_before_anybody_tells_its_number_sends_them_all_the_same() {
    let stage = Stage::of("phones 101 102 103 104\n +4930 hears 620");
    let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.trial.stage.at("+4930", "s");
    watched.rings("+4930", "103");
    assert_eq!(state(&watched), Some(SentState::Ringing));
    watched.event(|stage| stage.state("103", 6));
    watched.event(|stage| stage.dial("DialEnd", "+4930", "103", "ANSWER"));
    watched.event(|stage| stage.enter("103", "new"));
    watched.event(|stage| stage.enter("+4930", "new"));
    assert_eq!(state(&watched), Some(SentState::Answered));
}

/// A rival desk has them ring 102, then sends them on to 104, before our own move takes hold.
#[test]
fn what_another_desk_did_before_our_own_move_sends_nobody_on_from_there() {
    let stage = stage();
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "102");
    watched.rings("+4930", "102");
    watched.trial.stage.at("+4930", "104");
    watched.event(|stage| stage.dial("DialEnd", "+4930", "102", "CANCEL"));
    watched.event(|stage| stage.hang_up("102", "Normal Clearing"));
    watched.trial.stage.at("+4930", "103");
    watched.rings("+4930", "103");
    assert_eq!(state(&watched), Some(SentState::Ringing));
}

/// They have just joined a queue, or a room, when they are sent to 103: the news of it comes after the redirect.
#[test]
fn late_news_of_where_they_were_taken_from_is_no_arrival() {
    let queue: fn(&mut Stage) -> ami::Frame = |stage| stage.join_queue("+4930", "sales", 1);
    let room: fn(&mut Stage) -> ami::Frame = |stage| stage.join_room("+4930", "690");
    for join in [queue, room] {
        let stage = Stage::of("phones 101 103\n queue sales\n +4930 hears 620");
        let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(extension("103")));
        let mut watched = Watched::written(stage, wish);
        watched.event(join);
        watched.wait(200);
        watched.trial.stage.at("+4930", "103");
        watched.then(|stage| {
            if stage.is_in_room("+4930") {
                stage.leave_room("+4930", "690");
            } else {
                stage.leave_queue("+4930", "sales");
            }
        });
        watched.rings("+4930", "103");
        assert_eq!(state(&watched), Some(SentState::Ringing));
    }
}

#[test]
fn who_is_sent_into_a_queue_is_seen_there_even_if_nobody_tells_the_number() {
    let mut stage = Stage::of("phones 101 103\n queue sales\n +4930 talks 101");
    stage.now += 1;
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number("100")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "610");
    watched.event(|stage| stage.join_queue("+4930", "sales", 1));
    watched.wait(10_200);
    assert_eq!((watched.sent(), watched.lost()), (vec![], vec![]));
}

#[test]
fn who_went_from_a_queue_into_a_room_while_nobody_looked_is_in_the_room() {
    let mut stage = Stage::of("phones 101 103\n queue sales\n +4930 hears 620");
    stage.join_queue("+4930", "sales", 1);
    let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(conference("680")));
    let mut watched = Watched::written(stage, wish);
    watched.cut(|stage| {
        stage.now += 2_000;
        stage.new_channel_called("+4930", "680", "1795200000.0");
        stage.state("+4930", 6);
        stage.join_room("+4930", "680");
    });
    assert_eq!(watched.sent(), [], "it is seen where they are");
}
