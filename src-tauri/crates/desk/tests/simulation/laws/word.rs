//! What an operator was told at the end of an operation was so.

use operator::{Evidence, Outcome};
use practice::{Leg, LegPlace};

use super::place::{arrived, find, hear, stands, travellers, was_there};
use super::told::Told;
use crate::history::History;

/// "Done" was so at some moment between the PBX's reading of the write and the word: what was so before is somebody else's doing.
pub(super) fn done_was_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    let Some(Outcome::Done { evidence }) = one.outcome() else {
        return Ok(());
    };
    if matches!(evidence, Evidence::Told | Evidence::Word) {
        return Ok(());
    }
    let Some(heard) = one.first_heard(history) else {
        return Err(format!("the PBX never read it: {}", one.brief()));
    };
    let since = one.between(heard, one.ended);
    was_so(&since, *evidence, history)
        .then_some(())
        .ok_or_else(|| {
            let ended = one.ended;
            format!(
                "{evidence:?} was never so from {heard} to {ended}: {}",
                one.brief()
            )
        })
}

fn was_so(one: &Told<'_>, evidence: Evidence, history: &History) -> bool {
    let mut moments = history.during(one.begun, one.ended);
    match evidence {
        Evidence::HungUp => {
            let now = history.during(one.ended, one.ended).last().unwrap_or(&[]);
            let mut legs = one.view.legs.iter();
            legs.all(|leg| find(now, &leg.key).is_none())
        }
        Evidence::Ringing | Evidence::Answered | Evidence::Arrived | Evidence::Joined => {
            arrived(one, evidence, history)
        }
        Evidence::Parked => moments.any(|now| {
            let mut legs = one.view.legs.iter().filter_map(|leg| find(now, &leg.key));
            legs.any(|leg| leg.place == LegPlace::Parking)
        }),
        Evidence::Together => moments.any(|now| {
            let about: Vec<_> = one.view.preview.about.iter().collect();
            hear(now, &about)
        }),
        Evidence::Told | Evidence::Word => true,
    }
}

/// And nobody is told that nothing was seen of what had been plain for seconds; unless it had been so before, and proves nothing.
pub(super) fn expired_was_not_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    let legs = travellers(one);
    let expired = one.outcome() == Some(&Outcome::Expired);
    if !expired || legs.is_empty() || was_there(one, history) {
        return Ok(());
    }
    let plain = |now: &[Leg], (leg, number): &(&str, &str)| {
        let ways = [Evidence::Ringing, Evidence::Answered, Evidence::Joined];
        let there = find(now, leg).is_some_and(|leg| leg.exten == *number);
        there && ways.into_iter().any(|way| stands(way, now, leg, number))
    };
    let mut last = history.during(one.ended.saturating_sub(5_000), one.ended);
    let all = last.all(|now| legs.iter().all(|leg| plain(now, leg)));
    (!all)
        .then_some(())
        .ok_or_else(|| format!("this was plain to see: {}", one.brief()))
}
