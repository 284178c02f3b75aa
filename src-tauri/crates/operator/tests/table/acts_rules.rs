//! What one or the other of the moves that move nobody has of its own.

use ami::Request;
use board::{Ref, RefKind};
use operator::{Details, Evidence, Failure, Intent, Missing, Outcome, Pending, Refusal, Verb};

use crate::acts_stage::{house, house_without, member, serves, told};
use crate::stage::{Stage, conference, extension, pbx, queue};
use crate::trial::{Trial, intent};

fn refusal(stage: Stage, wish: Intent) -> Option<Refusal> {
    let preview = stage.with(|scene| operator::preview(&wish, scene)).refusal;
    let refusal = Trial::begin(stage, wish).err();
    assert_eq!(preview, refusal);
    refusal
}

fn with(details: Details, wish: Intent) -> Intent {
    Intent { details, ..wish }
}

fn offers(stage: &Stage, subject: &Ref, verb: Verb) -> bool {
    let offers = stage.with(|scene| operator::offers(subject, scene)).offers;
    offers.iter().any(|offer| offer.verb == verb)
}

fn digits(typed: &str) -> Details {
    Details {
        digits: Some(typed.to_owned()),
        ..Details::default()
    }
}

fn value(value: u32) -> Details {
    Details {
        value: Some(value),
        ..Details::default()
    }
}

fn names(trial: &Trial) -> Vec<&str> {
    trial.written.iter().map(Request::name).collect()
}

#[test]
fn what_is_so_already_is_not_done_again() {
    let mut stage = house();
    told(
        &mut stage,
        "103",
        "ConfbridgeMute",
        &[("Conference", "680")],
    );
    let leg = stage.leg("103");
    assert!(offers(&stage, &leg, Verb::Unmute) && !offers(&stage, &leg, Verb::Mute));
    assert_eq!(
        refusal(stage, intent(Verb::Mute, leg, None)),
        Some(Refusal::NotInThisState)
    );
    let mut stage = house();
    let locked = [
        ("Event", "ConfbridgeListRooms"),
        ("Conference", "680"),
        ("Locked", "Yes"),
    ];
    stage.say(&locked);
    assert!(offers(&stage, &conference("680"), Verb::Unlock));
    assert!(!offers(&stage, &conference("680"), Verb::Lock));
    let lock = intent(Verb::Lock, conference("680"), None);
    assert_eq!(refusal(stage, lock), Some(Refusal::AlreadySo));
    for (verb, number) in [(Verb::QueueAdd, "105"), (Verb::QueueUnpause, "105")] {
        let wish = intent(verb, extension(number), Some(queue("sales")));
        assert_eq!(refusal(house(), wish), Some(Refusal::AlreadySo), "{verb:?}");
    }
    let same = intent(Verb::SetPenalty, extension("106"), Some(queue("sales")));
    let same = with(value(0), same);
    assert_eq!(refusal(house(), same), Some(Refusal::AlreadySo));
}

#[test]
fn an_empty_room_and_one_that_does_not_exist_have_nobody_to_do_it_to() {
    for verb in [Verb::Lock, Verb::Record, Verb::HangUp] {
        let mut stage = Stage::of("phones 101");
        stage.permissions = house().permissions;
        let empty = intent(verb, conference("680"), None);
        assert_eq!(
            refusal(stage, empty),
            Some(Refusal::NotInThisState),
            "{verb:?}"
        );
        let nowhere = intent(verb, conference("999"), None);
        assert_eq!(refusal(house(), nowhere), Some(Refusal::Gone), "{verb:?}");
    }
}

#[test]
fn everybody_in_a_room_is_hung_up_and_one_who_stays_is_not_done() {
    let stage = house();
    let wish = intent(Verb::HangUp, conference("680"), None);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    assert_eq!(names(&trial), ["Hangup", "Hangup"]);
    trial.answer(true, "", None);
    trial.answer(true, "", None);
    trial.event(|stage| stage.hang_up("102", "Normal Clearing"));
    assert_eq!(trial.outcome(), None, "one is still there");
    trial.event(|stage| stage.hang_up("103", "Normal Clearing"));
    let evidence = Evidence::HungUp;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    let mut stage = house();
    let leg = stage.leg("102");
    stage.pending = Pending::leg(leg);
    let wish = intent(Verb::HangUp, conference("680"), None);
    assert_eq!(refusal(stage, wish), Some(Refusal::Pending));
}

#[test]
fn a_lock_is_believed_where_the_account_may_not_ask() {
    let stage = house_without("ConfbridgeListRooms");
    let wish = intent(Verb::Lock, conference("680"), None);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.answer(true, "", None);
    let evidence = Evidence::Word;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    assert_eq!(trial.plan.take_list(), None);
}

#[test]
fn a_leg_outside_of_a_room_is_silent_as_long_as_this_desk_remembers() {
    let mut stage = house();
    let leg = stage.leg("104");
    assert!(offers(&stage, &leg, Verb::Mute) && !offers(&stage, &leg, Verb::Unmute));
    stage.muted.insert(leg.clone());
    assert!(offers(&stage, &leg, Verb::Unmute) && !offers(&stage, &leg, Verb::Mute));
    let trial = Trial::written(stage, intent(Verb::Unmute, leg, None));
    assert_eq!(trial.written[0].header("State"), Some("off"));
    assert_eq!(trial.written[0].header("Direction"), Some("in"));
}

#[test]
fn a_recording_is_paused_resumed_and_ended_at_the_leg_that_has_it() {
    let mut stage = house();
    told(&mut stage, "+4930", "MixMonitorStart", &[]);
    let call = stage.call_of("104");
    assert!(offers(&stage, &call, Verb::PauseRecording));
    assert!(!offers(&stage, &call, Verb::ResumeRecording));
    assert!(!offers(&stage, &call, Verb::Record));
    let again = intent(Verb::Record, call.clone(), None);
    let uniqueid = stage.channel("+4930").uniqueid;
    let mut trial = Trial::written(stage, intent(Verb::PauseRecording, call.clone(), None));
    assert_eq!(trial.written[0].header("Channel"), Some(uniqueid.as_str()));
    trial.event(|stage| told(stage, "+4930", "MixMonitorMute", &[("State", "1")]));
    let evidence = Evidence::Told;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    let stage = trial.stage;
    assert!(offers(&stage, &call, Verb::ResumeRecording));
    let mut trial = Trial::written(stage, intent(Verb::StopRecording, call.clone(), None));
    trial.event(|stage| told(stage, "+4930", "MixMonitorStop", &[]));
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    told(&mut trial.stage, "+4930", "MixMonitorStart", &[]);
    assert_eq!(refusal(trial.stage, again), Some(Refusal::AlreadySo));
}

#[test]
fn of_two_recordings_on_a_leg_the_end_of_one_is_not_the_end() {
    let mut stage = house();
    told(&mut stage, "+4930", "MixMonitorStart", &[]);
    told(&mut stage, "+4930", "MixMonitorStart", &[]);
    let call = stage.call_of("104");
    let mut trial = Trial::written(stage, intent(Verb::StopRecording, call, None));
    trial.event(|stage| told(stage, "+4930", "MixMonitorStop", &[]));
    assert_eq!(trial.outcome(), None, "it is recorded still");
    trial.wait(10_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn a_recordings_file_has_a_name_of_its_own_and_no_more_than_a_name() {
    let id = "00000000000000000000000000000007";
    for (pattern, file) in [
        ("", format!("cordboard-{id}.wav")),
        ("{number}.wav", format!("_4930-{id}.wav")),
        ("../{id},x;$(y).wav", format!("_{id}_x___y_.wav")),
        ("{time}", format!("20261120-184000-{id}")),
    ] {
        let mut stage = house();
        pattern.clone_into(&mut stage.rules.recordings);
        let leg = stage.leg("+4930");
        let trial = Trial::written(stage, intent(Verb::Record, leg, None));
        assert_eq!(trial.written[0].header("File"), Some(file.as_str()));
    }
}

#[test]
fn a_caller_with_an_endless_number_is_recorded_in_a_file_that_can_be_made() {
    let caller = "9".repeat(400);
    let mut stage = Stage::of(&format!("phones 101 102\n {caller} talks 101"));
    stage.permissions = house().permissions;
    "{number}.wav".clone_into(&mut stage.rules.recordings);
    let leg = stage.leg(&caller);
    let trial = Trial::written(stage, intent(Verb::Record, leg, None));
    let file = trial.written[0].header("File").expect("a file");
    assert!(file.len() <= 100 && file.ends_with(".wav"), "{file}");
}

#[test]
fn keys_are_for_the_one_who_hears_and_pressed_for_whoever_is_alone_with_a_menu() {
    let mut stage = Stage::of("phones 101 102\n +4930 talks 101\n 102 hears 620");
    stage.permissions = house().permissions;
    let call = stage.call_of("101");
    let jane = stage.channel("+4930").uniqueid;
    let marco = stage.channel("102").uniqueid;
    let wish = with(digits("1 2#"), intent(Verb::SendDigits, call, None));
    let mut trial = Trial::written(stage, wish);
    trial.answer(true, "", None);
    assert_eq!(trial.outcome(), None, "one key is still to come");
    trial.answer(true, "", None);
    let evidence = Evidence::Word;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    let pressed = |trial: &Trial| {
        let all = trial.written.iter();
        all.map(|key| {
            ["Channel", "Digit", "Receive"].map(|name| key.header(name).map(str::to_owned))
        })
        .collect::<Vec<_>>()
    };
    let key = |key: &str| [Some(jane.clone()), Some(key.to_owned()), None];
    assert_eq!(pressed(&trial), [key("1"), key("2"), key("#")]);
    let leg = trial.stage.leg("102");
    let wish = with(digits("d"), intent(Verb::SendDigits, leg, None));
    let trial = Trial::written(trial.stage, wish);
    let alone = [Some(marco), Some("D".to_owned()), Some("true".to_owned())];
    assert_eq!(pressed(&trial), [alone]);
}

#[test]
fn the_keys_after_one_that_was_refused_are_not_pressed() {
    let stage = house();
    let leg = stage.leg("105");
    let wish = with(digits("123"), intent(Verb::SendDigits, leg, None));
    let mut trial = Trial::written(stage, wish);
    trial.answer(false, "No such channel", None);
    assert_eq!(names(&trial), ["PlayDTMF", "PlayDTMF"]);
    let message = "No such channel".to_owned();
    let failure = Failure::Pbx { message };
    assert_eq!(trial.outcome(), Some(&Outcome::Failed { failure }));
}

#[test]
fn what_was_typed_with_it_may_be_out_of_bounds() {
    let long = "1".repeat(33);
    for typed in ["", " ", "12x", "1\r\n", "１", &long] {
        let stage = house();
        let leg = stage.leg("105");
        let wish = with(digits(typed), intent(Verb::SendDigits, leg, None));
        assert_eq!(refusal(stage, wish), Some(Refusal::BadDetails), "{typed:?}");
    }
    for seconds in [None, Some(0), Some(86_401)] {
        let stage = house();
        let details = Details {
            seconds,
            ..Details::default()
        };
        let wish = with(details, intent(Verb::LimitTime, stage.leg("105"), None));
        assert_eq!(refusal(stage, wish), Some(Refusal::BadDetails));
    }
    for details in [Details::default(), value(100_001)] {
        let stage = house();
        let leg = stage.leg("+4931");
        let wish = with(details.clone(), intent(Verb::SetPriority, leg, None));
        assert_eq!(refusal(stage, wish), Some(Refusal::BadDetails));
        let wish = intent(Verb::SetPenalty, extension("106"), Some(queue("sales")));
        let wish = with(details, wish);
        assert_eq!(refusal(house(), wish), Some(Refusal::BadDetails));
    }
    for reason in ["a\r\nb".to_owned(), "x".repeat(81)] {
        let details = Details {
            reason: Some(reason),
            ..Details::default()
        };
        let wish = intent(Verb::QueuePause, extension("106"), Some(queue("sales")));
        assert_eq!(
            refusal(house(), with(details, wish)),
            Some(Refusal::BadDetails)
        );
    }
    let add = intent(Verb::QueueAdd, extension("102"), Some(queue("sales")));
    assert_eq!(
        refusal(house(), with(value(100_001), add)),
        Some(Refusal::BadDetails)
    );
}

#[test]
fn either_end_of_two_ends_the_call_but_of_three_one_must_be_named() {
    let stage = house();
    let call = stage.call_of("104");
    let first = stage.channel("+4930").uniqueid;
    let details = Details {
        seconds: Some(60),
        ..Details::default()
    };
    let wish = with(details.clone(), intent(Verb::LimitTime, call, None));
    let trial = Trial::written(stage, wish);
    assert_eq!(trial.written[0].header("Channel"), Some(first.as_str()));
    let stage = house();
    let room = stage.call_of("102");
    let named = intent(Verb::Mute, room, None);
    assert_eq!(refusal(stage, named), Some(Refusal::WhichLeg));
}

#[test]
fn static_members_stay_and_nobody_leaves_a_queue_they_do_not_serve() {
    let sales = || Some(queue("sales"));
    let wish = intent(Verb::QueueRemove, extension("106"), sales());
    assert_eq!(refusal(house(), wish), Some(Refusal::StaticMember));
    for verb in [Verb::QueueRemove, Verb::QueuePause] {
        let wish = intent(verb, extension("102"), sales());
        assert_eq!(refusal(house(), wish), Some(Refusal::NotInThisState));
    }
    let wish = intent(Verb::QueuePause, extension("102"), None);
    assert_eq!(refusal(house(), wish), Some(Refusal::NotInThisState));
    let wish = intent(Verb::QueueAdd, extension("102"), Some(extension("103")));
    assert_eq!(refusal(house(), wish), Some(Refusal::NotATarget));
    let nobody = Ref::extension(&pbx(), "999", "hints");
    let wish = intent(Verb::QueueAdd, nobody, sales());
    assert_eq!(refusal(house(), wish), Some(Refusal::NoPhone));
}

#[test]
fn a_pause_of_all_queues_is_one_after_the_other_and_done_with_the_last() {
    let mut stage = house();
    serves(&mut stage, "support", "PJSIP/106", "static");
    let wish = intent(Verb::QueuePause, extension("106"), None);
    let mut trial = Trial::written(stage, wish);
    assert_eq!(names(&trial), ["QueuePause"]);
    let paused = |stage: &mut Stage, name: &str| {
        member(
            stage,
            "QueueMemberPause",
            name,
            "PJSIP/106",
            &[("Paused", "1")],
        )
    };
    let [first, second] = ["sales", "support"];
    assert_eq!(trial.written[0].header("Queue"), Some(first));
    trial.event(|stage| paused(stage, first));
    assert_eq!(trial.outcome(), None);
    assert_eq!(trial.written[1].header("Queue"), Some(second));
    trial.answer(true, "", None);
    trial.event(|stage| paused(stage, second));
    let evidence = Evidence::Told;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
}

#[test]
fn a_caller_whom_a_member_answers_was_not_withdrawn() {
    let stage = house();
    let leg = stage.leg("+4931");
    let mut trial = Trial::written(stage, intent(Verb::Withdraw, leg, None));
    trial.event(|stage| stage.leave_queue("+4931", "sales"));
    assert_eq!(trial.outcome(), None, "out of the queue, but whereto?");
    trial.event(|stage| stage.enter("+4931", "served"));
    trial.wait(10_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
}

#[test]
fn only_where_phones_obey_are_they_told_and_only_mine() {
    let mut stage = house();
    stage.rules.phones_obey = false;
    let leg = stage.leg("101");
    assert!(!offers(&stage, &leg, Verb::Answer));
    let what = Missing::ObedientPhones;
    assert_eq!(
        refusal(stage, intent(Verb::Answer, leg, None)),
        Some(Refusal::NotSetUp { what })
    );
    let stage = house();
    let others = stage.call_of("104");
    assert_eq!(
        refusal(stage, intent(Verb::PhoneHold, others, None)),
        Some(Refusal::NoPhone)
    );
}

#[test]
fn my_phone_holds_and_resumes_when_it_says_so() {
    let mut stage = Stage::of("phones 101 102\n 102 talks 101");
    stage.permissions = house().permissions;
    let call = stage.call_of("101");
    assert!(offers(&stage, &call, Verb::PhoneHold) && !offers(&stage, &call, Verb::PhoneResume));
    let mut trial = Trial::written(stage, intent(Verb::PhoneHold, call.clone(), None));
    assert_eq!(trial.written[0].header("Variable"), Some("Event=hold"));
    trial.event(|stage| stage.hold("101"));
    let evidence = Evidence::Told;
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    let stage = trial.stage;
    assert!(offers(&stage, &call, Verb::PhoneResume) && !offers(&stage, &call, Verb::PhoneHold));
    let mut trial = Trial::written(stage, intent(Verb::PhoneResume, call, None));
    assert_eq!(trial.written[0].header("Variable"), Some("Event=talk"));
    trial.event(|stage| stage.resume("101"));
    assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
}

#[test]
fn a_phone_whose_call_is_taken_from_it_has_not_resumed() {
    let mut stage = Stage::of("phones 101 102\n 102 talks 101");
    stage.permissions = house().permissions;
    stage.hold("101");
    let call = stage.call_of("101");
    let mut trial = Trial::written(stage, intent(Verb::PhoneResume, call, None));
    trial.event(|stage| stage.leave("102"));
    trial.event(|stage| stage.leave("101"));
    assert_eq!(trial.outcome(), None);
    trial.event(|stage| stage.hang_up("101", "Normal Clearing"));
    let cause = "Normal Clearing".to_owned();
    let failure = Failure::Ended { cause };
    assert_eq!(trial.outcome(), Some(&Outcome::Failed { failure }));
}

/// My phone rings, answers, and hears the leg.
fn listening(verb: Verb) -> Trial {
    let stage = house();
    let call = stage.call_of("104");
    let mut trial = Trial::begin(stage, intent(verb, call, None)).expect("a plan");
    trial.answer(true, "", None);
    let id = trial.written[0]
        .header("ChannelId")
        .expect("an id")
        .to_owned();
    trial.event(|stage| stage.new_channel_called("101'", "s", &id));
    trial.event(|stage| stage.state("101'", 6));
    let answered = [
        ("Event", "OriginateResponse"),
        ("Response", "Success"),
        ("Reason", "4"),
        ("Uniqueid", id.as_str()),
    ];
    trial.event(|stage| stage.say(&answered));
    trial
}

fn spies(stage: &mut Stage, on: &str) -> ami::Frame {
    let (spyer, spyee) = (stage.channel("101'"), stage.channel(on));
    stage.say(&[
        ("Event", "ChanSpyStart"),
        ("SpyerChannel", &spyer.name),
        ("SpyerUniqueid", &spyer.uniqueid),
        ("SpyeeChannel", &spyee.name),
        ("SpyeeUniqueid", &spyee.uniqueid),
    ])
}

#[test]
fn a_supervisor_hears_the_one_of_the_house_once_the_pbx_says_so() {
    for (verb, options) in [
        (Verb::Listen, "qES"),
        (Verb::Whisper, "qESw"),
        (Verb::Barge, "qESB"),
    ] {
        let mut trial = listening(verb);
        let name = trial.stage.channel("104").name;
        let data = format!("{name},{options}");
        assert_eq!(trial.written[0].header("Data"), Some(data.as_str()));
        assert_eq!(trial.written[0].header("Channel"), Some("PJSIP/101"));
        assert_eq!(trial.outcome(), None, "answered, but nobody is heard");
        trial.event(|stage| spies(stage, "104"));
        let evidence = Evidence::Told;
        assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
        assert_eq!(trial.written.len(), 1);
    }
}

#[test]
fn a_supervisor_who_hears_somebody_else_or_nobody_does_not_listen() {
    let mut trial = listening(Verb::Listen);
    trial.event(|stage| spies(stage, "+4930"));
    assert_eq!(trial.outcome(), None, "not the one who was meant");
    trial.wait(10_000);
    assert_eq!(trial.outcome(), Some(&Outcome::Expired));
    let mut trial = listening(Verb::Listen);
    trial.event(|stage| stage.hang_up("101'", "Normal Clearing"));
    let failed = matches!(
        trial.outcome(),
        Some(Outcome::Failed {
            failure: Failure::FirstPhone { .. }
        })
    );
    assert!(failed, "{:?}", trial.outcome());
}

#[test]
fn who_may_not_listen_and_to_whom_nobody_listens() {
    let mut stage = house();
    stage.rules.may_listen = false;
    let call = stage.call_of("104");
    assert!(!offers(&stage, &call, Verb::Listen));
    let what = Missing::Listening;
    assert_eq!(
        refusal(stage, intent(Verb::Listen, call.clone(), None)),
        Some(Refusal::NotSetUp { what })
    );
    let stage = house_without("Originate");
    let action = "Originate".to_owned();
    assert_eq!(
        refusal(stage, intent(Verb::Listen, call, None)),
        Some(Refusal::NotPermitted { action })
    );
    let stage = house();
    let alone = stage.leg("105");
    assert_eq!(
        refusal(stage, intent(Verb::Listen, alone, None)),
        Some(Refusal::NotInThisState)
    );
    let mut stage = Stage::of("phones 101 102\n 102 talks 101");
    stage.permissions = house().permissions;
    let mine = stage.call_of("101");
    assert_eq!(
        refusal(stage, intent(Verb::Barge, mine, None)),
        Some(Refusal::SamePerson)
    );
}

#[test]
fn nobody_is_listened_to_who_was_not_seen_in_the_call() {
    let mut stage = house();
    let leg = stage.leg("104");
    let seen = stage.with(|scene| operator::offers(&leg, scene).seen);
    let wish = Intent {
        seen,
        ..intent(Verb::Listen, leg, None)
    };
    // Somebody else talks to 104 now.
    stage.leave("+4930");
    stage.hang_up("+4930", "Normal Clearing");
    stage.new_channel("106", "104");
    stage.state("106", 6);
    let bridge = stage.board.bridge_of(&stage.channel("104").uniqueid);
    let bridge = bridge.expect("a bridge").to_owned();
    stage.enter("106", &bridge);
    assert_eq!(refusal(stage, wish), Some(Refusal::MovedOn));
}

#[test]
fn a_box_that_nobody_knows_is_not_asked_about() {
    let wish = intent(Verb::AskMailbox, extension("103"), None);
    assert_eq!(refusal(house(), wish), Some(Refusal::NotInThisState));
    assert!(!offers(&house(), &extension("103"), Verb::AskMailbox));
    let nobody = Ref::new(RefKind::Extension, &pbx(), "999@hints");
    let wish = intent(Verb::AskMailbox, nobody, None);
    assert_eq!(refusal(house(), wish), Some(Refusal::Gone));
}
