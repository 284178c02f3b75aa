//! What is offered for what was grabbed, and what the preview says.

use board::Ref;
use operator::{Offer, Refusal, Verb, Warning};

use crate::stage::{Stage, conference, extension, number, queue};
use crate::trial::intent;

fn offers(stage: &Stage, subject: &Ref) -> Vec<Offer> {
    stage.with(|scene| operator::offers(subject, scene).offers)
}

/// Who would move, the likeliest first.
fn movers(stage: &Stage, subject: &Ref) -> Vec<Ref> {
    offers(stage, subject)
        .into_iter()
        .filter(|offer| offer.verb == Verb::Transfer)
        .map(|offer| offer.subject)
        .collect()
}

fn transfer(stage: &Stage, subject: &Ref) -> Offer {
    offers(stage, subject)
        .into_iter()
        .find(|offer| offer.verb == Verb::Transfer)
        .expect("a transfer")
}

#[test]
fn my_call_moves_the_other_party() {
    let stage = Stage::of("phones 101 102 103\n +4930 talks 101");
    assert_eq!(movers(&stage, &stage.call_of("101")), [stage.leg("+4930")]);
    let stage = Stage::of("phones 101 102 103\n 101 talks 102");
    assert_eq!(movers(&stage, &stage.call_of("101")), [stage.leg("102")]);
}

#[test]
fn a_ringing_call_moves_the_caller_even_when_the_phone_that_rings_is_grabbed() {
    let stage = Stage::of("phones 101 102 103\n 102 rings 101");
    for grabbed in [stage.call_of("101"), stage.leg("101"), stage.leg("102")] {
        assert_eq!(movers(&stage, &grabbed), [stage.leg("102")], "{grabbed}");
    }
    let preview = stage.with(|scene| {
        operator::preview(
            &intent(Verb::Transfer, stage.leg("101"), Some(extension("103"))),
            scene,
        )
    });
    assert_eq!(preview.journeys[0].who.leg, Some(stage.leg("102")));
    assert_eq!(preview.released[0].leg, Some(stage.leg("101")));
}

#[test]
fn somebody_elses_call_lists_both_legs_with_the_outside_one_first() {
    let stage = Stage::of("phones 101 102 103\n 102 talks +4930");
    assert_eq!(
        movers(&stage, &stage.call_of("102")),
        [stage.leg("+4930"), stage.leg("102")]
    );
    let named = stage.leg("102");
    assert_eq!(movers(&stage, &named), [named]);
    let vague = intent(Verb::Transfer, stage.call_of("102"), Some(extension("103")));
    assert_eq!(
        stage.with(|scene| operator::preview(&vague, scene)).refusal,
        Some(Refusal::WhichLeg)
    );
}

#[test]
fn the_preview_says_who_goes_where_and_who_is_released() {
    let stage = Stage::of("phones 101 102\n busy 103\n +4930 talks 101");
    let wish = intent(Verb::Transfer, stage.call_of("101"), Some(extension("103")));
    let preview = stage.with(|scene| operator::preview(&wish, scene));
    assert_eq!(preview.journeys[0].who.number.as_deref(), Some("+4930"));
    assert_eq!(preview.journeys[0].to.number, "103");
    assert!(preview.released[0].me);
    assert_eq!(preview.warnings, [Warning::TargetBusy]);
}

#[test]
fn people_rooms_and_queues_with_a_number_are_targets() {
    let stage = Stage::of(
        "phones 101 102 103\n offline 110\n queue sales\n queue support\n 102 waits sales\n +4930 talks 101",
    );
    let offer = transfer(&stage, &stage.call_of("101"));
    for target in [
        extension("102"),
        extension("103"),
        conference("680"),
        queue("sales"),
    ] {
        assert!(offer.targets.contains(&target), "{target}");
    }
    let refused = |target: &Ref| {
        offer
            .refused
            .iter()
            .find(|one| one.target == *target)
            .map(|one| one.refusal.clone())
    };
    assert_eq!(refused(&extension("101")), Some(Refusal::SamePerson));
    assert_eq!(refused(&extension("110")), Some(Refusal::TargetOffline));
    assert_eq!(refused(&queue("support")), Some(Refusal::NoWayIn));
    assert!(offer.numbers);
}

#[test]
fn both_parties_of_a_pair_may_go_together_and_nobody_is_released() {
    let stage = Stage::of("phones 101 102 103 104\n 102 talks 103");
    let mut wish = intent(Verb::TransferBoth, stage.leg("102"), Some(extension("104")));
    wish.second = Some(conference("680"));
    let preview = stage.with(|scene| operator::preview(&wish, scene));
    let journeys: Vec<_> = preview
        .journeys
        .iter()
        .map(|one| (one.who.leg.clone(), one.to.number.as_str()))
        .collect();
    assert_eq!(
        journeys,
        [
            (Some(stage.leg("102")), "104"),
            (Some(stage.leg("103")), "680")
        ]
    );
    assert!(preview.released.is_empty());
}

#[test]
fn a_pair_goes_wherever_the_named_one_may_and_nothing_is_listed_twice() {
    let stage = Stage::of("phones 101 102 103 104\n offline 110\n queue support\n 102 talks 103");
    let leg = stage.leg("102");
    let all = offers(&stage, &leg);
    let of = |verb| all.iter().find(|offer| offer.verb == verb);
    let (one, both) = (of(Verb::Transfer), of(Verb::TransferBoth));
    let (one, both) = (one.expect("offered"), both.expect("offered"));
    assert_eq!((both.like, &both.subject), (Some(one.verb), &one.subject));
    assert!(both.targets.is_empty() && both.refused.is_empty());
    let legal = one.targets.iter().map(|target| (target, None));
    let refused = one.refused.iter();
    let refused = refused.map(|one| (&one.target, Some(one.refusal.clone())));
    for (target, refusal) in legal.chain(refused) {
        let wish = intent(Verb::TransferBoth, leg.clone(), Some(target.clone()));
        let preview = stage.with(|scene| operator::preview(&wish, scene));
        assert_eq!(preview.refusal, refusal, "{target}");
    }
}

#[test]
fn only_a_pair_moves_together() {
    let stage = Stage::of("phones 101 102 103 104\n 102 rings 103\n 104 hears 601");
    for subject in [stage.leg("102"), stage.call_of("104")] {
        let wish = intent(Verb::TransferBoth, subject, Some(extension("101")));
        assert_eq!(
            stage.with(|scene| operator::preview(&wish, scene)).refusal,
            Some(Refusal::NotAPair)
        );
    }
    let stage = Stage::of("phones 101 102 103 104\n 102 in 680\n 103 in 680\n 104 in 680");
    let wish = intent(
        Verb::TransferBoth,
        stage.call_of("102"),
        Some(extension("101")),
    );
    assert_eq!(
        stage.with(|scene| operator::preview(&wish, scene)).refusal,
        Some(Refusal::NotAPair)
    );
}

#[test]
fn an_idle_person_is_offered_calls_to_everybody_else() {
    let stage = Stage::of("phones 101 102 103");
    let [offer] = &offers(&stage, &extension("102"))[..] else {
        panic!("one offer")
    };
    assert_eq!(
        (offer.verb, &offer.subject),
        (Verb::Originate, &extension("102"))
    );
    assert!(
        offer.targets.contains(&extension("103")) && !offer.targets.contains(&extension("102"))
    );
}

#[test]
fn a_typed_number_that_is_an_extension_is_that_extension() {
    let stage = Stage::of("phones 101 102\n busy 103\n offline 110\n +4930 talks 101");
    let preview = |typed: &str| {
        let wish = intent(Verb::Transfer, stage.call_of("101"), Some(number(typed)));
        stage.with(|scene| operator::preview(&wish, scene))
    };
    assert_eq!(preview("1 03").warnings, [Warning::TargetBusy]);
    assert_eq!(preview("110").refusal, Some(Refusal::TargetOffline));
    assert_eq!(preview("101").refusal, Some(Refusal::SamePerson));
    assert_eq!(preview("030 12345").warnings, [Warning::Unverified]);
}
