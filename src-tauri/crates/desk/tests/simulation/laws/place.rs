//! Where legs really were.

use operator::{Evidence, Party};
use practice::{Leg, LegPlace};

use super::told::Told;
use crate::history::History;

/// What shows that a leg has come to its target.
const WAYS: [Evidence; 4] = [
    Evidence::Ringing,
    Evidence::Answered,
    Evidence::Joined,
    Evidence::Arrived,
];

/// Who goes where. The leg that an originate makes is the last.
pub(super) fn travellers<'a>(one: &Told<'a>) -> Vec<(&'a str, &'a str)> {
    let journeys = one.view.preview.journeys.iter();
    let legs = journeys.filter_map(|journey| {
        let leg = journey.who.leg.as_ref().or(one.view.legs.last())?;
        Some((leg.key.as_str(), journey.to.number.as_str()))
    });
    legs.collect()
}

/// Each leg is somewhere it was sent to, and the weakest evidence is what is told.
pub(super) fn arrived(one: &Told<'_>, evidence: Evidence, history: &History) -> bool {
    let legs = travellers(one);
    let was = |evidence: Evidence, leg: &str, number: &str| {
        let mut moments = history.during(one.begun, one.ended);
        moments.any(|now| stands(evidence, now, leg, number))
    };
    let told = |(leg, number): &(&str, &str)| was(evidence, leg, number);
    let somewhere =
        |(leg, number): &(&str, &str)| WAYS.into_iter().any(|way| was(way, leg, number));
    legs.iter().any(told) && legs.iter().all(somewhere)
}

/// Somebody stood at the target's number before.
pub(super) fn was_there(one: &Told<'_>, history: &History) -> bool {
    let before = one.at(one.begun.saturating_sub(1));
    arrived(&before, Evidence::Arrived, history)
}

pub(super) fn find<'a>(now: &'a [Leg], key: &str) -> Option<&'a Leg> {
    now.iter().find(|leg| leg.uniqueid == key)
}

pub(super) fn stands(evidence: Evidence, now: &[Leg], leg: &str, number: &str) -> bool {
    let Some(leg) = find(now, leg) else {
        return false;
    };
    let there = leg.exten == number;
    match evidence {
        // Somebody may pick up in the very moment in which it rings.
        Evidence::Ringing => {
            with_target(&leg.rings, number, there) || with_target(&leg.hears, number, there)
        }
        Evidence::Answered => with_target(&leg.hears, number, there),
        Evidence::Joined => matches!(leg.place, LegPlace::Queue(_) | LegPlace::Room(_)),
        Evidence::Arrived => there,
        Evidence::HungUp
        | Evidence::Parked
        | Evidence::Together
        | Evidence::Told
        | Evidence::Word => true,
    }
}

/// The target's own phone, or whoever is rung or heard at the target's number.
fn with_target(names: &[String], number: &str, there: bool) -> bool {
    let phone = format!("PJSIP/{number}-");
    there && !names.is_empty() || names.iter().any(|name| name.starts_with(&phone))
}

pub(super) fn hear(now: &[Leg], about: &[&Party]) -> bool {
    let legs: Vec<&Leg> = about
        .iter()
        .filter_map(|party| find(now, &party.leg.as_ref()?.key))
        .collect();
    legs.iter().any(|one| {
        legs.iter()
            .any(|other| one.hears.contains(&other.name) && other.hears.contains(&one.name))
    })
}
