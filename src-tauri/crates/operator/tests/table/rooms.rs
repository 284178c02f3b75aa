//! Into a conference room: only the room itself tells who is in it. It may be locked between the check and the write.

use board::Ref;
use operator::{Evidence, Failure, Outcome, Verb};

use crate::stage::{Stage, conference, number};
use crate::trial::{Trial, intent};

/// Out of their talk and at the room's number, where the PBX answers them.
fn at_the_door(to: Ref) -> Trial {
    let stage = Stage::of("phones 101 102 103\n 102 in 680\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(to));
    let mut trial = Trial::written(stage, wish);
    trial.moved("+4930", "101", "680");
    trial.event(|stage| stage.state("+4930", 6));
    trial
}

/// The room, as the board knows it and as it is dialled.
fn doors() -> [Ref; 2] {
    [conference("680"), number("680")]
}

#[test]
fn whoever_hears_that_the_room_is_locked_has_not_arrived_and_is_lost() {
    for door in doors() {
        let mut trial = at_the_door(door.clone());
        trial.wait(3_000);
        assert_eq!(trial.outcome(), None, "{door}");
        trial.event(|stage| stage.hang_up("+4930", "Normal Clearing"));
        let cause = "Normal Clearing".to_owned();
        let failure = Failure::Lost { cause };
        assert_eq!(trial.outcome(), Some(&Outcome::Failed { failure }));
    }
}

#[test]
fn whoever_is_led_on_from_the_door_to_somebody_else_has_not_arrived() {
    for door in doors() {
        let mut trial = at_the_door(door.clone());
        trial.wait(3_000);
        trial.stage.at("+4930", "103");
        trial.event(|stage| stage.call("+4930", "103"));
        trial.event(|stage| stage.dial("DialState", "+4930", "103", "RINGING"));
        trial.wait(600);
        let failure = Failure::Unreachable;
        assert_eq!(
            trial.outcome(),
            Some(&Outcome::Failed { failure }),
            "{door}"
        );
    }
}

#[test]
fn whoever_is_asked_for_a_secret_number_first_joins_when_the_room_says_so() {
    for door in doors() {
        let mut trial = at_the_door(door.clone());
        trial.wait(6_000);
        assert_eq!(trial.outcome(), None, "{door}");
        trial.event(|stage| stage.join_room("+4930", "680"));
        let evidence = Evidence::Joined;
        assert_eq!(trial.outcome(), Some(&Outcome::Done { evidence }));
    }
}

#[test]
fn whoever_stays_at_the_door_is_said_to_be_unknown() {
    for door in doors() {
        let mut trial = at_the_door(door);
        trial.wait(10_200);
        assert_eq!(trial.outcome(), Some(&Outcome::Expired));
    }
}

#[test]
fn a_room_that_only_a_hint_tells_of_is_a_room() {
    let mut stage = Stage::of("phones 101\n +4930 talks 101");
    stage.say(&[
        ("Event", "ExtensionStatus"),
        ("Exten", "685"),
        ("Context", "hints"),
        ("Hint", "Confbridge:sales"),
        ("Status", "0"),
    ]);
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number("685")));
    let mut trial = Trial::written(stage, wish);
    trial.moved("+4930", "101", "685");
    trial.event(|stage| stage.state("+4930", 6));
    trial.wait(3_000);
    assert_eq!(trial.outcome(), None);
}
