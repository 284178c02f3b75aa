//! Rows that cannot be are asked about, explained, and never removed by guess.

use board::RefKind;
use operator::{ListedChannel, StatusSays, StuckVerdict, StuckWhy, Verb};

use super::Watched;
use crate::stage::{Stage, extension};
use crate::trial::intent;

/// The net is there for an operation that has nothing to do with it.
fn office(text: &str) -> Watched {
    let stage = Stage::of(&format!("phones 101 102 103\n +4930 talks 101\n {text}"));
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "103");
    watched.rings("+4930", "103");
    watched.then(|stage| stage.answer("+4930", "103"));
    watched
}

fn listed(watched: &Watched, who: &str, application: Option<&str>) -> ListedChannel {
    let channel = watched.trial.stage.channel(who);
    ListedChannel {
        uniqueid: channel.uniqueid,
        channel: channel.name,
        application: application.map(str::to_owned),
        bridge: None,
        age: Some(100_000),
    }
}

fn answer(watched: &mut Watched, list: &[ListedChannel], says: StatusSays) {
    let now = watched.now();
    let Watched { trial, net, .. } = watched;
    trial.stage.with(|scene| net.listed(list, scene, now));
    net.status(says, now);
    watched.look();
}

/// A phone that was called, of whom nothing was heard since.
fn down() -> Watched {
    let mut watched = office("");
    watched.then(|stage| {
        stage.new_channel("102", "s");
        stage.state("102", 0);
    });
    watched.wait(59_000);
    assert_eq!((watched.stuck(), watched.questions.len()), (vec![], 0));
    watched.wait(1_400);
    watched
}

#[test]
fn who_was_never_answered_and_rings_nobody_is_asked_about_once() {
    let watched = down();
    let [question] = &watched.questions[..] else {
        panic!("one question: {:?}", watched.questions);
    };
    assert_eq!(question.channel, watched.trial.stage.channel("102").name);
    let [stuck] = &watched.stuck()[..] else {
        panic!("one row");
    };
    assert_eq!(stuck.why, StuckWhy::NeverUp);
    assert_eq!(stuck.verdict, StuckVerdict::AskedAgain);
    assert_eq!(stuck.id.kind, RefKind::Stuck);
    assert_eq!(stuck.leg, watched.trial.stage.leg("102"));
}

#[test]
fn the_pbx_says_so_too() {
    let mut watched = down();
    let list = [listed(&watched, "102", None)];
    answer(&mut watched, &list, StatusSays::There);
    assert_eq!(watched.stuck()[0].verdict, StuckVerdict::Confirmed);
    watched.wait(300_000);
    assert_eq!(
        watched.questions.len(),
        1,
        "it is known: nothing is to be asked"
    );
    watched.event(|stage| stage.hang_up("102", "Normal Clearing"));
    assert_eq!(watched.stuck(), []);
}

#[test]
fn the_pbx_says_that_something_runs() {
    let mut watched = down();
    let list = [listed(&watched, "102", Some("AppDial2"))];
    answer(&mut watched, &list, StatusSays::There);
    assert_eq!(watched.stuck(), []);
    watched.wait(120_000);
    assert_eq!((watched.questions.len(), watched.stuck()), (1, vec![]));
}

#[test]
fn what_the_pbx_has_no_more_is_left_to_the_audit() {
    let mut watched = down();
    answer(&mut watched, &[], StatusSays::NoSuchChannel);
    assert_eq!(watched.stuck(), []);
    assert!(watched.trial.stage.has("102"), "nothing is removed here");
}

#[test]
fn a_remainder_in_the_pbxs_cache_is_told() {
    let mut watched = down();
    let list = [listed(&watched, "102", None)];
    answer(&mut watched, &list, StatusSays::NoSuchChannel);
    assert_eq!(watched.stuck()[0].verdict, StuckVerdict::OnlyInCache);
}

#[test]
fn what_only_the_list_has_is_asked_for_by_its_name_a_minute_later() {
    let mut watched = down();
    let ghost = ListedChannel {
        uniqueid: "1.7".to_owned(),
        channel: "PJSIP/109-00000007".to_owned(),
        application: None,
        bridge: None,
        age: Some(3_600_000),
    };
    let list = [listed(&watched, "102", Some("AppDial2")), ghost];
    answer(&mut watched, &list, StatusSays::There);
    assert_eq!(watched.stuck(), [], "not before it was asked for");
    watched.wait(58_000);
    assert_eq!(watched.questions.len(), 1);
    watched.wait(2_000);
    assert_eq!(watched.questions[1].channel, "PJSIP/109-00000007");
    answer(&mut watched, &list[1..], StatusSays::NoSuchChannel);
    let shown = &watched.stuck()[0];
    assert_eq!(
        (shown.why, shown.verdict),
        (StuckWhy::Unannounced, StuckVerdict::OnlyInCache)
    );
    let id = shown.id.clone();
    assert!(watched.dismiss(&id));
    assert_eq!(watched.stuck(), []);
    answer(&mut watched, &list[1..], StatusSays::Nothing);
    assert_eq!(watched.stuck(), [], "who has been put aside stays so");
}

#[test]
fn a_channel_that_exists_and_was_missed_is_left_to_the_audit() {
    let mut watched = down();
    let missed = ListedChannel {
        uniqueid: "1.7".to_owned(),
        channel: "PJSIP/109-00000007".to_owned(),
        application: Some("Playback".to_owned()),
        bridge: None,
        age: Some(3_600_000),
    };
    let list = [listed(&watched, "102", Some("AppDial2")), missed];
    answer(&mut watched, &list, StatusSays::There);
    watched.wait(61_000);
    answer(&mut watched, &list[1..], StatusSays::There);
    assert_eq!(watched.stuck(), []);
}

#[test]
fn who_is_with_an_application_is_asked_about_quietly() {
    let mut watched = office("102 hears 600");
    watched.wait(62_000);
    assert_eq!((watched.questions.len(), watched.stuck()), (1, vec![]));
    let list = [listed(&watched, "102", Some("Echo"))];
    answer(&mut watched, &list, StatusSays::There);
    watched.wait(120_000);
    assert_eq!((watched.questions.len(), watched.stuck()), (1, vec![]));
}

#[test]
fn an_answered_leg_with_which_nothing_is_done_is_told_once_the_pbx_says_so() {
    let mut watched = office("102 hears 600");
    watched.wait(62_000);
    let list = [listed(&watched, "102", None)];
    answer(&mut watched, &list, StatusSays::There);
    let shown = &watched.stuck()[0];
    assert_eq!(
        (shown.why, shown.verdict),
        (StuckWhy::NothingRuns, StuckVerdict::Confirmed)
    );
}

#[test]
fn no_answer_is_asked_for_again_a_minute_later() {
    let mut watched = down();
    let now = watched.now();
    watched.net.status(StatusSays::Nothing, now);
    watched.look();
    assert_eq!(watched.stuck()[0].verdict, StuckVerdict::Suspected);
    watched.wait(58_000);
    assert_eq!(watched.questions.len(), 1);
    watched.wait(3_000);
    assert_eq!(watched.questions.len(), 2);
}

#[test]
fn a_lost_link_forgets_what_was_asked() {
    let mut watched = down();
    watched.cut(|stage| stage.now += 1_000);
    assert_eq!(watched.stuck(), []);
}

#[test]
fn who_waits_where_we_have_put_them_is_not_odd() {
    let stage = Stage::of("phones 101 102 103\n +4930 talks 101");
    let wish = intent(Verb::Hold, stage.call_of("101"), None);
    let mut watched = Watched::written(stage, wish);
    watched.moved("+4930", "101", "601");
    watched.wait(120_000);
    assert_eq!((watched.questions.len(), watched.stuck()), (0, vec![]));
}
