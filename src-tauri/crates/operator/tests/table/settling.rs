//! Operations whose end nobody saw: what later pictures tell of them. Nothing is ever sent again.

use board::{Millis, Ref};
use operator::{Evidence, Found, Intent, Outcome, Unsettled, Verb};

use crate::acts_stage::{house, member, told};
use crate::stage::{Stage, conference, extension, number, queue};
use crate::trial::{Trial, intent};

const TALK: &str = "phones 101 102 103\n +4930 talks 101";

/// Begun, and then nothing more was heard of it.
fn lost(stage: Stage, wish: Intent) -> (Stage, Unsettled) {
    let trial = Trial::begin(stage, wish).expect("a plan");
    let kept = trial.plan.remembered(&trial.stage.board);
    let unsettled = Unsettled::new(kept, trial.stage.now);
    (trial.stage, unsettled)
}

/// The caller from outside was sent to this place.
fn sent(text: &str, target: Ref) -> (Stage, Unsettled) {
    let stage = Stage::of(text);
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(target));
    lost(stage, wish)
}

/// What a first look tells, and what a second one two seconds later.
fn looks(stage: &Stage, unsettled: &mut Unsettled) -> [Option<Found>; 2] {
    let mut look = |now: Millis| unsettled.look(&stage.board, false, now);
    let first = look(stage.now);
    assert_eq!(look(stage.now + 1_999), None, "too early to say more");
    [first, look(stage.now + 2_000)]
}

#[test]
fn a_caller_whose_target_rings_has_been_sent() {
    let (mut stage, mut unsettled) = sent(TALK, extension("103"));
    stage.at("+4930", "103");
    stage.leave("+4930");
    stage.ring("+4930", "103");
    let evidence = Evidence::Ringing;
    let happened = Found::Happened { evidence };
    assert_eq!(looks(&stage, &mut unsettled), [Some(happened), None]);
    assert_eq!(
        unsettled.view().outcome,
        Some(Outcome::Unknown {
            found: Some(happened)
        })
    );
    assert_eq!(
        (unsettled.settled(), unsettled.due()),
        (Some(stage.now), None)
    );
}

#[test]
fn a_caller_who_talks_to_the_target_or_sits_in_the_room_has_been_sent() {
    let (mut stage, mut unsettled) = sent(TALK, extension("103"));
    stage.at("+4930", "103");
    stage.leave("+4930");
    stage.ring("+4930", "103");
    stage.answer("+4930", "103");
    let evidence = Evidence::Answered;
    assert_eq!(
        looks(&stage, &mut unsettled)[0],
        Some(Found::Happened { evidence })
    );

    let (mut stage, mut unsettled) = sent(&format!("{TALK}\n 102 in 680"), conference("680"));
    stage.at("+4930", "680");
    stage.leave("+4930");
    stage.enter("+4930", "room");
    stage.join_room("+4930", "680");
    let evidence = Evidence::Joined;
    assert_eq!(
        looks(&stage, &mut unsettled)[0],
        Some(Found::Happened { evidence })
    );
}

#[test]
fn a_caller_whose_dialplan_stands_at_the_number_has_been_sent() {
    let (mut stage, mut unsettled) = sent(TALK, number("601"));
    stage.at("+4930", "601");
    stage.leave("+4930");
    let evidence = Evidence::Arrived;
    assert_eq!(
        looks(&stage, &mut unsettled)[0],
        Some(Found::Happened { evidence })
    );
}

#[test]
fn a_caller_at_the_number_of_a_room_who_is_not_in_it_has_not_been_sent() {
    for door in [conference("680"), number("680")] {
        let (mut stage, mut unsettled) = sent(&format!("{TALK}\n 102 in 680"), door);
        stage.at("+4930", "680");
        stage.leave("+4930");
        assert_eq!(
            looks(&stage, &mut unsettled),
            [None, Some(Found::CannotTell)]
        );
    }
}

#[test]
fn two_looks_at_an_unchanged_call_say_that_it_did_not_happen() {
    let (stage, mut unsettled) = sent(TALK, extension("103"));
    assert_eq!(unsettled.due(), Some(0));
    assert_eq!(
        looks(&stage, &mut unsettled),
        [None, Some(Found::DidNotHappen)]
    );
    assert_eq!(
        unsettled.look(&stage.board, false, stage.now + 9_000),
        None,
        "told once"
    );
}

#[test]
fn a_caller_who_is_gone_may_be_lost_and_a_pbx_started_anew_ends_every_call() {
    let (mut stage, mut unsettled) = sent(TALK, extension("103"));
    let mut other = unsettled.clone();
    stage.hang_up("+4930", "Normal Clearing");
    let gone = Found::Gone { restarted: false };
    assert_eq!(looks(&stage, &mut unsettled), [None, Some(gone)]);
    let interrupted = other.look(&stage.board, true, stage.now);
    assert_eq!(interrupted, Some(Found::Gone { restarted: true }));
}

#[test]
fn a_caller_who_is_elsewhere_fits_neither() {
    let (mut stage, mut unsettled) = sent(TALK, extension("103"));
    stage.leave("+4930");
    stage.ring("+4930", "102");
    stage.answer("+4930", "102");
    assert_eq!(
        looks(&stage, &mut unsettled),
        [None, Some(Found::CannotTell)]
    );
}

#[test]
fn who_had_dialled_that_very_number_before_proves_nothing_by_having_it() {
    let stage = Stage::of("phones 101 102 103\n 102 hears 601");
    let wish = intent(Verb::Transfer, stage.leg("102"), Some(number("601")));
    let (stage, mut unsettled) = lost(stage, wish);
    assert_eq!(
        looks(&stage, &mut unsettled),
        [None, Some(Found::CannotTell)]
    );
}

#[test]
fn a_change_between_two_looks_is_no_proof_that_nothing_happened() {
    let (mut stage, mut unsettled) = sent(TALK, extension("103"));
    assert_eq!(unsettled.look(&stage.board, false, stage.now), None);
    stage.leave("+4930");
    let found = unsettled.look(&stage.board, false, stage.now + 2_000);
    assert_eq!(found, Some(Found::CannotTell));
}

#[test]
fn a_link_lost_between_two_looks_makes_the_next_one_the_first() {
    let (stage, mut unsettled) = sent(TALK, extension("103"));
    assert_eq!(unsettled.look(&stage.board, false, stage.now), None);
    unsettled.link_lost();
    assert_eq!(
        unsettled.look(&stage.board, false, stage.now + 60_000),
        None
    );
    assert_eq!(unsettled.due(), Some(stage.now + 62_000));
    let found = unsettled.look(&stage.board, false, stage.now + 62_000);
    assert_eq!(found, Some(Found::DidNotHappen));
}

#[test]
fn of_a_pair_the_one_who_is_gone_is_told_first() {
    let stage = Stage::of(TALK);
    let wish = intent(
        Verb::TransferBoth,
        stage.call_of("101"),
        Some(extension("103")),
    );
    let (mut stage, mut unsettled) = lost(stage, wish);
    stage.at("+4930", "103");
    stage.leave("+4930");
    stage.ring("+4930", "103");
    stage.hang_up("101", "Normal Clearing");
    let gone = Found::Gone { restarted: false };
    assert_eq!(looks(&stage, &mut unsettled), [None, Some(gone)]);
}

#[test]
fn a_hang_up_happened_when_the_leg_is_gone_and_not_when_it_is_there() {
    let stage = Stage::of(TALK);
    let wish = intent(Verb::HangUp, stage.leg("+4930"), None);
    let (mut stage, mut there) = lost(stage, wish);
    let mut gone = there.clone();
    assert_eq!(looks(&stage, &mut there), [None, Some(Found::DidNotHappen)]);
    stage.hang_up("+4930", "Normal Clearing");
    let evidence = Evidence::HungUp;
    assert_eq!(
        looks(&stage, &mut gone)[0],
        Some(Found::Happened { evidence })
    );
}

#[test]
fn an_originate_is_told_by_the_channel_it_was_to_make() {
    let originate = || {
        let wish = intent(Verb::Originate, number("me"), Some(extension("103")));
        lost(Stage::of("phones 101 102 103"), wish)
    };
    let (stage, mut unsettled) = originate();
    assert_eq!(
        looks(&stage, &mut unsettled),
        [None, Some(Found::NothingThere)]
    );

    let (mut stage, mut unsettled) = originate();
    let made = unsettled.remembered().legs[0].key.clone();
    stage.new_channel_called("101", "103", &made);
    stage.state("101", 5);
    let mut answered = unsettled.clone();
    assert_eq!(looks(&stage, &mut unsettled), [None, Some(Found::Begun)]);
    stage.state("101", 6);
    stage.ring("101", "103");
    let evidence = Evidence::Ringing;
    assert_eq!(
        looks(&stage, &mut answered)[0],
        Some(Found::Happened { evidence })
    );
}

#[test]
fn a_phone_that_rings_where_the_caller_has_always_been_proves_nothing() {
    let stage = Stage::of("phones 101 102 103\n group 100 = 101 102\n +4930 hears 620");
    let wish = intent(Verb::Transfer, stage.leg("+4930"), Some(extension("100")));
    let (mut stage, mut unsettled) = lost(stage, wish);
    stage.ring("+4930", "102");
    assert_eq!(
        looks(&stage, &mut unsettled),
        [None, Some(Found::DidNotHappen)],
        "102 is one of 100's phones, and rings for another reason"
    );
}

/// Two were to hear each other: they do not, but one of them is somewhere else than before.
#[test]
fn what_is_half_done_is_not_as_it_was() {
    let mut stage = Stage::of("phones 101 102\n +4930 talks 101\n +4931 talks 102");
    stage.permissions = ami::Permissions::of(&["Bridge", "Redirect", "Getvar"]);
    let target = stage.leg("+4931");
    let wish = intent(Verb::Connect, stage.leg("+4930"), Some(target));
    let (mut stage, mut unsettled) = lost(stage, wish);
    let mut untouched = unsettled.clone();
    assert_eq!(looks(&stage, &mut untouched)[1], Some(Found::DidNotHappen));
    stage.at("+4930", "601");
    stage.leave("+4930");
    assert_eq!(looks(&stage, &mut unsettled)[1], Some(Found::CannotTell));
}

/// No list tells of a recording: a picture that shows none says neither that it was begun nor that it was ended.
#[test]
fn of_a_recording_no_picture_tells_that_there_is_none() {
    for (verb, action) in [
        (Verb::Record, "MixMonitor"),
        (Verb::PauseRecording, "MixMonitorMute"),
        (Verb::StopRecording, "StopMixMonitor"),
    ] {
        let house = |recorded: bool| {
            let mut stage = Stage::of(TALK);
            stage.permissions = ami::Permissions::of(&[action]);
            if recorded {
                told(&mut stage, "+4930", "MixMonitorStart", &[]);
            }
            stage
        };
        let before = house(verb != Verb::Record);
        let wish = intent(verb, before.leg("+4930"), None);
        let (_, mut unsettled) = lost(before, wish);
        assert_eq!(
            looks(&house(false), &mut unsettled),
            [None, Some(Found::CannotTell)],
            "{verb:?}"
        );
    }
}

/// A member of a queue pauses, and the PBX is started anew before anybody saw it.
fn paused_and_started_anew(verb: Verb) -> (Stage, Unsettled) {
    let stage = house();
    let interface = if verb == Verb::QueueAdd { "102" } else { "105" };
    lost(
        stage,
        intent(verb, extension(interface), Some(queue("sales"))),
    )
}

/// What two looks tell of it on the board of another run of the PBX.
fn looks_anew(stage: &Stage, unsettled: &mut Unsettled) -> [Option<Found>; 2] {
    [0, 2_000].map(|later| unsettled.look(&stage.board, true, stage.now + later))
}

#[test]
fn a_pbx_started_anew_ends_calls_but_not_the_members_of_its_queues() {
    for verb in [Verb::QueuePause, Verb::QueueAdd] {
        let (stage, mut unsettled) = paused_and_started_anew(verb);
        let found = Found::Restarted { so: false };
        assert_eq!(
            looks_anew(&stage, &mut unsettled),
            [None, Some(found)],
            "{verb:?}"
        );
    }
    let (mut stage, mut unsettled) = paused_and_started_anew(Verb::QueuePause);
    let paused = [("Paused", "1")];
    member(
        &mut stage,
        "QueueMemberPause",
        "sales",
        "PJSIP/105",
        &paused,
    );
    let found = Found::Restarted { so: true };
    assert_eq!(looks_anew(&stage, &mut unsettled), [Some(found), None]);
}

#[test]
fn what_a_pbx_started_anew_was_asked_about_a_mailbox_cannot_be_told() {
    let wish = intent(Verb::AskMailbox, extension("102"), None);
    let (stage, mut unsettled) = lost(house(), wish);
    let found = [None, Some(Found::CannotTell)];
    assert_eq!(looks_anew(&stage, &mut unsettled), found);
}

#[test]
fn what_a_pbx_started_anew_was_asked_about_a_room_ended_with_the_calls_in_it() {
    let wish = intent(Verb::Lock, conference("680"), None);
    let (stage, mut unsettled) = lost(house(), wish);
    let gone = Found::Gone { restarted: true };
    assert_eq!(looks_anew(&stage, &mut unsettled), [Some(gone), None]);
}
