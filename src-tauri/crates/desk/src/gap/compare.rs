//! Two pictures compared: what became of each call between them. Channels keep their Uniqueid as long as they live, so a leg that is in
//! both is the same person; one that is in neither list any more has hung up, or was cut off.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use board::view::{CallPhase, CallView, LegState, LegView};
use board::{Picture, Ref, Thing};

use super::{GapChange, GapWhat};

/// All calls of a picture, and which call each leg is in.
struct Calls<'p> {
    all: Vec<&'p CallView>,
    of_leg: BTreeMap<&'p Ref, (&'p CallView, &'p LegView)>,
}

impl<'p> Calls<'p> {
    /// A call that is ending anyhow is nothing to look for.
    fn of(picture: &'p Picture<Arc<Thing>>) -> Self {
        let all: Vec<_> = picture.values().filter_map(|thing| call(thing)).collect();
        let legs = all
            .iter()
            .flat_map(|call| call.legs.iter().map(move |leg| (&leg.id, (*call, leg))));
        Self {
            of_leg: legs.collect(),
            all,
        }
    }

    fn has_any_of(&self, call: &CallView) -> bool {
        call.legs
            .iter()
            .any(|leg| self.of_leg.contains_key(&leg.id))
    }
}

fn call(thing: &Thing) -> Option<&CallView> {
    match thing {
        Thing::Call(call) => Some(call),
        Thing::Extension(_)
        | Thing::Queue(_)
        | Thing::Parked(_)
        | Thing::Conference(_)
        | Thing::Trunk(_)
        | Thing::Agent(_)
        | Thing::Ended(_) => None,
    }
}

/// Somebody who was there is still there: the proof that a PBX was not started anew, whatever its clock says.
pub(crate) fn somebody_stayed(before: &Picture<Arc<Thing>>, after: &Picture<Arc<Thing>>) -> bool {
    let after = Calls::of(after);
    let before = Calls::of(before);
    before.all.iter().any(|call| after.has_any_of(call))
}

/// Everything that is other than before, what concerns people first, then who has been at it longest.
pub(crate) fn changes(
    before: &Picture<Arc<Thing>>,
    after: &Picture<Arc<Thing>>,
    restarted: bool,
) -> Vec<GapChange> {
    let (before, after) = (Calls::of(before), Calls::of(after));
    let was = before.all.iter().filter(|call| is_on(call));
    let mut found: Vec<_> = was
        .flat_map(|call| became(call, &after, restarted))
        .collect();
    let fresh = after
        .all
        .iter()
        .filter(|call| is_on(call) && !before.has_any_of(call));
    found.extend(fresh.filter_map(|call| {
        Some((
            call.started,
            change(GapWhat::New, call, call, caller(call)?),
        ))
    }));
    found.sort_by_key(|(since, change)| (change.what, *since));
    found.into_iter().map(|(_, change)| change).collect()
}

fn is_on(call: &CallView) -> bool {
    call.phase != CallPhase::Ending
}

/// What became of one call, with since when it stood as it did.
fn became(call: &CallView, after: &Calls<'_>, restarted: bool) -> Vec<(u64, GapChange)> {
    if restarted || !after.has_any_of(call) {
        let what = match (restarted, waited(call)) {
            (true, _) => GapWhat::Interrupted,
            (false, true) => GapWhat::GoneWaiting,
            (false, false) => GapWhat::Gone,
        };
        let gone = caller(call).map(|leg| (call.since, change(what, call, call, leg)));
        return gone.into_iter().collect();
    }
    let mut told = BTreeSet::new();
    let mut moves = Vec::new();
    for leg in &call.legs {
        if let Some((now, seen)) = after.of_leg.get(&leg.id)
            && has_moved(call, leg, now, seen)
            && told.insert(&now.id)
        {
            moves.push((call.since, change(GapWhat::Moved, now, call, leg)));
        }
    }
    moves
}

fn waited(call: &CallView) -> bool {
    matches!(
        call.phase,
        CallPhase::Queued | CallPhase::Parked | CallPhase::Held
    )
}

fn is_in_a_place(leg: &LegView) -> bool {
    matches!(leg.state, LegState::Queued | LegState::Parked)
}

/// With somebody else, or waiting, or waiting no more. Progress is no move: the phone that rang was answered. Nor is a hold that is not
/// seen any more, since no list tells of it.
fn has_moved(then: &CallView, leg: &LegView, now: &CallView, seen: &LegView) -> bool {
    if seen.state == LegState::Ending {
        return false;
    }
    if is_in_a_place(leg) || is_in_a_place(seen) {
        return leg.state != seen.state;
    }
    let held = seen.state == LegState::Held && leg.state != LegState::Held;
    if held && !leg.hears.is_empty() {
        return true;
    }
    let (others, others_now) = (company(then, leg), company(now, seen));
    if others.is_empty() {
        return leg.state == LegState::Application && !others_now.is_empty();
    }
    let gone_elsewhere = !leg.hears.is_empty() || seen.state == LegState::Application;
    others.is_disjoint(&others_now) && (!others_now.is_empty() || gone_elsewhere)
}

/// Whom a leg hears; while it hears nobody, whom it rings or is rung by.
fn company<'p>(call: &'p CallView, leg: &'p LegView) -> BTreeSet<&'p Ref> {
    if !leg.hears.is_empty() {
        return leg.hears.iter().collect();
    }
    let others = call.legs.iter().map(|other| &other.id);
    others.filter(|other| **other != leg.id).collect()
}

fn caller(call: &CallView) -> Option<&LegView> {
    call.legs
        .iter()
        .find(|leg| leg.caller)
        .or(call.legs.first())
}

/// `call`: where to look now; `leg` and its company are as they were `then`.
fn change(what: GapWhat, call: &CallView, then: &CallView, leg: &LegView) -> GapChange {
    let company = company(then, leg);
    let with = then.legs.iter().find(|other| company.contains(&other.id));
    GapChange {
        what,
        call: call.id.clone(),
        name: leg.name.clone(),
        number: leg.number.clone(),
        extension: leg.extension.clone(),
        with_name: with.and_then(|other| other.name.clone()),
        with_number: with.and_then(|other| other.number.clone()),
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
