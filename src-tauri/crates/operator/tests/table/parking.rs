//! Nobody is parked where no space is, and nobody is bridged who is in a conference or waits in a queue: the PBX would lose somebody.

use std::iter::once;

use operator::{
    Evidence, Intent, Offer, Outcome, Pending, Preview, Refusal, Verb, Warning, preview,
};

use crate::stage::{Stage, conference};
use crate::trial::{Trial, intent};

const LOTS: &str = "lot default 701 720\n lot hotel 771 772\n";
/// Two from outside who talk, and one who does to me.
const CALLS: &str = "phones 101 102 103\n +4930 talks 101\n +4931 talks 102\n +4932 talks 103\n";

fn stage(text: &str) -> Stage {
    let mut stage = Stage::of(text);
    stage.permissions = ami::Permissions::of(&[
        "Park",
        "Bridge",
        "Redirect",
        "Hangup",
        "Getvar",
        "Parkinglots",
    ]);
    stage
}

fn park(stage: &Stage, who: &str, lot: Option<&str>) -> Intent {
    let mut wish = intent(Verb::Park, stage.leg(who), None);
    wish.details.lot = lot.map(str::to_owned);
    wish
}

fn seen(stage: &Stage, wish: &Intent) -> Preview {
    stage.with(|scene| preview(wish, scene))
}

fn full(lot: &str) -> Refusal {
    let lot = lot.to_owned();
    Refusal::LotFull { lot }
}

/// Refused in the preview and at the drop alike.
fn is_refused(stage: Stage, wish: Intent, expected: &Refusal) {
    assert_eq!(seen(&stage, &wish).refusal.as_ref(), Some(expected));
    let begun = Trial::begin(stage, wish).map(|trial| trial.written);
    assert_eq!(begun, Err(expected.clone()));
}

fn offer(stage: &Stage, who: &str, verb: Verb) -> Option<Offer> {
    let leg = stage.leg(who);
    let offers = stage.with(|scene| operator::offers(&leg, scene).offers);
    offers.into_iter().find(|offer| offer.verb == verb)
}

fn header(trial: &Trial, name: &str) -> Option<String> {
    let [written] = &trial.written[..] else {
        panic!("{:?}", trial.written);
    };
    written.header(name).map(str::to_owned)
}

#[test]
fn a_full_lot_is_refused_and_one_with_a_space_is_not() {
    let mut stage = stage(&format!("{LOTS}{CALLS}"));
    stage.park("+4931", "hotel", "771");
    let trial = Trial::written(stage, {
        let stage = self::stage(&format!("{LOTS}{CALLS}"));
        park(&stage, "+4930", Some("hotel"))
    });
    assert_eq!(header(&trial, "Parkinglot").as_deref(), Some("hotel"));
    let mut stage = trial.stage;
    stage.park("+4932", "hotel", "772");
    let wish = park(&stage, "+4930", Some("hotel"));
    is_refused(stage, wish, &full("hotel"));
}

#[test]
fn a_park_under_way_has_its_space_already() {
    let mut first = stage(&format!("{LOTS}{CALLS}"));
    first.park("+4931", "hotel", "771");
    let wish = park(&first, "+4930", Some("hotel"));
    let mut first = Trial::written(first, wish);
    let mut second = stage(&format!("{LOTS}{CALLS}"));
    second.park("+4931", "hotel", "771");
    second.pending = Pending::of(once(&first.plan));
    let wish = park(&second, "+4932", Some("hotel"));
    is_refused(second, wish, &full("hotel"));
    // Once it has ended, the board knows the space itself.
    first.event(|stage| stage.park("+4930", "hotel", "772"));
    let evidence = Evidence::Parked;
    assert_eq!(first.outcome(), Some(&Outcome::Done { evidence }));
    assert_eq!(Pending::of(once(&first.plan)).parks("hotel"), 0);
}

#[test]
fn a_lot_that_fills_up_after_the_gesture_is_refused_at_the_write() {
    let mut stage = stage(&format!("{LOTS}{CALLS}"));
    stage.park("+4931", "hotel", "771");
    let mut wish = park(&stage, "+4930", Some("hotel"));
    wish.details.grace = Some(1_000);
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    trial.then(|stage| drop(stage.park("+4932", "hotel", "772")));
    trial.wait(1_200);
    let refusal = full("hotel");
    assert_eq!(trial.outcome(), Some(&Outcome::Refused { refusal }));
    assert!(trial.written.is_empty());
}

#[test]
fn a_lot_that_is_not_there_is_refused() {
    for (lots, named) in [
        (LOTS, Some("nowhere")),
        ("", Some("default")),
        ("", None),
        ("lot a 1 2\n lot b 3 4\n", None),
    ] {
        let stage = stage(&format!("{lots}{CALLS}"));
        let wish = park(&stage, "+4930", named);
        is_refused(stage, wish, &Refusal::NoSuchLot);
    }
}

#[test]
fn where_no_lot_is_named_it_is_the_usual_one_or_the_only_one() {
    for (lots, expected) in [(LOTS, "default"), ("lot hotel 771 772\n", "hotel")] {
        let stage = stage(&format!("{lots}{CALLS}"));
        let offered = offer(&stage, "+4930", Verb::Park).expect("an offer");
        assert_eq!(offered.refusal, None);
        let wish = park(&stage, "+4930", None);
        let trial = Trial::written(stage, wish);
        assert_eq!(header(&trial, "Parkinglot").as_deref(), Some(expected));
    }
}

#[test]
fn a_park_that_would_be_refused_is_offered_as_refused() {
    let mut stage = stage(&format!("lot default 701 701\n{CALLS}"));
    stage.park("+4931", "default", "701");
    let offered = offer(&stage, "+4930", Verb::Park).expect("an offer");
    assert_eq!(offered.refusal, Some(full("default")));
}

#[test]
fn who_has_no_partner_waits_until_somebody_fetches_them() {
    let stage = stage(&format!("{LOTS}phones 101\n +4930 hears 601"));
    let mut wish = park(&stage, "+4930", None);
    wish.details.seconds = Some(30);
    assert_eq!(seen(&stage, &wish).warnings, [Warning::NoWayBack]);
    let trial = Trial::written(stage, wish);
    assert_eq!(header(&trial, "Timeout").as_deref(), Some("0"));
    assert_eq!(header(&trial, "TimeoutChannel"), None);
}

#[test]
fn who_has_a_partner_comes_back_to_them() {
    let stage = stage(&format!("{LOTS}{CALLS}"));
    let mut wish = park(&stage, "+4930", None);
    wish.details.seconds = Some(30);
    assert_eq!(seen(&stage, &wish).warnings, []);
    let partner = stage.channel("101").name;
    let trial = Trial::written(stage, wish);
    assert_eq!(header(&trial, "Timeout").as_deref(), Some("30000"));
    assert_eq!(header(&trial, "TimeoutChannel"), Some(partner));
}

#[test]
fn nobody_is_parked_out_of_a_conference() {
    let stage = stage(&format!("{LOTS}phones 101 102\n +4930 in 680\n 102 in 680"));
    let wish = park(&stage, "+4930", None);
    is_refused(stage, wish, &Refusal::NotInThisState);
}

#[test]
fn nobody_in_a_conference_or_in_line_is_connected() {
    let text = "phones 101 102 103\n queue sales\n +4930 talks 101\n +4931 waits sales\n +4932 in 680\n 103 in 680";
    for other in ["+4931", "+4932"] {
        for (one, to) in [("+4930", other), (other, "+4930")] {
            let stage = stage(text);
            let wish = intent(Verb::Connect, stage.leg(one), Some(stage.leg(to)));
            is_refused(stage, wish, &Refusal::NotInThisState);
        }
        let stage = stage(text);
        assert_eq!(offer(&stage, other, Verb::Connect), None);
        assert_eq!(offer(&stage, "+4930", Verb::Connect), None);
    }
}

/// I have called a room to ask there, while the caller hears music.
fn asking_in_a_room() -> Stage {
    let stage = stage("phones 101 103\n 103 in 680\n +4930 talks 101");
    let wish = intent(Verb::Consult, stage.leg("101"), Some(conference("680")));
    let mut trial = Trial::written(stage, wish);
    for (who, exten) in [("+4930", "601"), ("101", "680")] {
        trial.stage.at(who, exten);
        trial.event(|stage| stage.leave(who));
        trial.event(|stage| stage.state(who, 6));
    }
    trial.event(|stage| stage.join_room("101", "680"));
    trial.wait(11_000);
    let mut consultation = trial.plan.consultation().expect("a consultation");
    consultation.observe(&trial.stage.board, trial.stage.now);
    trial.stage.consultations = vec![consultation];
    trial.stage
}

#[test]
fn who_asks_in_a_room_leaves_it_before_the_caller_is_bridged() {
    let stage = asking_in_a_room();
    let wish = intent(Verb::GoBack, stage.leg("+4930"), None);
    assert_eq!(seen(&stage, &wish).released, [], "the room goes on");
    let trial = Trial::written(stage, wish);
    assert_eq!(trial.written[0].name(), "Redirect");
    let me = trial.stage.channel("101").uniqueid;
    assert_eq!(header(&trial, "Channel"), Some(me));
}

#[test]
fn a_caller_is_not_bridged_with_somebody_in_a_room() {
    let stage = asking_in_a_room();
    let wish = intent(Verb::Complete, stage.leg("+4930"), None);
    is_refused(stage, wish, &Refusal::NotInThisState);
}
