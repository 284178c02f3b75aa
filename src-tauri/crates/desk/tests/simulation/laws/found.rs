//! What was found of an operation whose end nobody saw.

use operator::{Evidence, Found, OperationView, Outcome};
use practice::Leg;

use super::place::{arrived, find, travellers, was_there};
use super::told::Told;
use crate::history::History;
use crate::screen::brief;
use crate::seat::{MIDNIGHT, Seat};

/// A line that says nothing any more is given up after six seconds: what was seen on it may have been so as long ago.
const SILENT: u64 = 8_000;
/// What somebody else did just before the wish may not have been told yet.
const LAG: u64 = 300;

/// It happened at some time since, or it never did. Of what never reached the PBX nobody may say so, unless somebody else did the same.
pub(super) fn happened_or_did_not(one: &Told<'_>, history: &History) -> Result<(), String> {
    let Some(Outcome::Unknown { found: Some(found) }) = one.outcome() else {
        return Ok(());
    };
    if travellers(one).is_empty() {
        return Ok(());
    }
    let so = match found {
        Found::Happened { evidence } => match one.first_heard(history) {
            Some(_) => arrived(&one.and_after(), *evidence, history),
            None => became_so(one, *evidence, history),
        },
        Found::DidNotHappen => {
            was_there(one, history) || !took_hold(one, history) || is_back(one, history)
        }
        Found::Begun
        | Found::Gone { .. }
        | Found::NothingThere
        | Found::Restarted { .. }
        | Found::CannotTell => true,
    };
    so.then_some(())
        .ok_or_else(|| format!("that was not found: {}", one.brief()))
}

/// It was not so at one moment, and at a later one it was.
fn became_so(one: &Told<'_>, evidence: Evidence, history: &History) -> bool {
    let moments = history.moments_since(one.begun.saturating_sub(LAG));
    let mut moments = moments.skip_while(|at| arrived(&one.at(*at), evidence, history));
    moments.any(|at| arrived(&one.at(at), evidence, history))
}

/// What was written arrived, and somebody stood at the target's number a moment later.
fn took_hold(one: &Told<'_>, history: &History) -> bool {
    let heard = one.first_heard(history);
    heard.is_some_and(|at| arrived(&one.at(at + 300), Evidence::Arrived, history))
}

/// Somebody else has brought everybody back to where they stood: no picture tells that from having stayed.
fn is_back(one: &Told<'_>, history: &History) -> bool {
    let stands = |now: &[Leg], key: &str| {
        find(now, key).map(|leg| (leg.exten.clone(), leg.hears.clone(), leg.place.clone()))
    };
    let wished = one.begun.saturating_sub(1);
    let before = history.during(wished, wished).last().unwrap_or(&[]);
    let mut after = history.during(one.last + 1_000, u64::MAX);
    after.any(|now| {
        let mut legs = travellers(one).into_iter();
        legs.all(|(key, _)| stands(now, key).is_some() && stands(now, key) == stands(before, key))
    })
}

/// Who is said to be gone, or there, was so when it was said.
pub(super) fn what_was_seen(seat: &Seat, history: &History) -> Result<(), String> {
    for (id, (at, _)) in &seat.screen.found {
        let Some(view) = seat.screen.operations.get(id) else {
            continue;
        };
        let Some(Outcome::Unknown { found: Some(found) }) = &view.outcome else {
            continue;
        };
        if !was_seen(view, *found, *at, history) {
            return Err(format!("this was not so at {at}: {}", brief(view)));
        }
    }
    Ok(())
}

fn was_seen(view: &OperationView, found: Found, at: u64, history: &History) -> bool {
    let mut moments = history.during(at.saturating_sub(SILENT), at);
    let made = view.legs.last().map(|leg| leg.key.as_str());
    let is_made = |now: &[Leg]| made.is_some_and(|leg| find(now, leg).is_some());
    match found {
        Found::Gone { restarted: true } | Found::Restarted { .. } => {
            let since = view.since - MIDNIGHT;
            let mut restarts = history.restarts.iter();
            restarts.any(|restart| (since..=at).contains(restart))
        }
        Found::Gone { restarted: false } => moments.any(|now| {
            let mut legs = about(view);
            legs.any(|leg| find(now, leg).is_none())
        }),
        Found::Begun => moments.any(is_made),
        Found::NothingThere => moments.any(|now| !is_made(now)),
        Found::Happened { .. } | Found::DidNotHappen | Found::CannotTell => true,
    }
}

/// Everybody it is about.
fn about(view: &OperationView) -> impl Iterator<Item = &str> {
    let journeys = view.preview.journeys.iter().map(|journey| &journey.who);
    let parties = journeys.chain(&view.preview.about);
    let legs = parties.filter_map(|party| party.leg.as_ref());
    legs.chain(&view.legs).map(|leg| leg.key.as_str())
}
