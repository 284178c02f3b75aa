//! Who or what ended a call, judged from its trail. Only what was recorded counts; where it does not tell, that is said.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use board::view::End;
use board::{Millis, Ref};
use operator::{After, Failure, OperationId, OperationView, Outcome, Party, Step};

use super::parting::Parting;
use super::ring::{Flight, What};
use super::trail::Trail;
use super::why::{Why, WhyReason, WhyStep, WhyWhat};

/// What ends a call goes before its end by no more than this.
const SHORTLY: Millis = 5_000;
/// Two legs that are ended together go within this time.
const TOGETHER: Millis = 500;
/// An operation that ends a call has been asked for not longer ago than this.
const ASKED: Millis = 15_000;
/// More steps are not told.
const MOST_STEPS: usize = 100;

/// What is asked about.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// A call, a leg, or a call that has ended.
    pub(crate) call: Ref,
    /// The channel exists.
    pub(crate) alive: bool,
    /// What the board says of its end.
    pub(crate) end: Option<End>,
    /// The operator's own number.
    pub(crate) me: Option<String>,
}

impl Flight {
    /// Why did it drop? Every event is looked at several times: not on the desk's own task.
    pub(crate) fn why(&self, question: &Question) -> Why {
        let Question { call, me, .. } = question;
        let trail = Trail::of(self, &call.pbx, me.as_deref(), &call.key);
        let mut steps = trail.steps();
        let gone = end(&steps, &call.key);
        let reason = reason(&trail, &steps, gone, question.alive);
        let earlier = steps.len().saturating_sub(MOST_STEPS);
        steps.drain(..earlier);
        let seen = gone.map(|(_, end)| end).filter(|_| !question.alive);
        Why {
            call: call.clone(),
            end: question.end.or(seen),
            reason,
            steps,
            earlier: u32::try_from(earlier).unwrap_or(u32::MAX),
            since: self.records().next().map(|record| record.at),
        }
    }
}

/// When and how the leg that was asked about went.
fn end(steps: &[WhyStep], subject: &str) -> Option<(Millis, End)> {
    let mut of_it = steps.iter().rev().filter(|step| is_of(step, subject));
    of_it.find_map(|step| {
        let WhyWhat::Gone { end } = step.what else {
            return None;
        };
        Some((step.at, end))
    })
}

fn is_of(step: &WhyStep, uniqueid: &str) -> bool {
    let leg = step.who.as_ref().and_then(|who| who.leg.as_ref());
    leg.is_some_and(|leg| leg.key == uniqueid)
}

fn reason(
    trail: &Trail<'_>,
    steps: &[WhyStep],
    gone: Option<(Millis, End)>,
    alive: bool,
) -> WhyReason {
    if alive {
        return WhyReason::NotEnded;
    }
    let Some((at, _)) = gone else {
        return unseen(steps);
    };
    by_operation(trail, at)
        .or_else(|| by_parting(trail, steps, at))
        .unwrap_or_else(|| alone(trail, steps, at))
}

/// Nobody saw it go: a PBX that was started anew, a gap, or before the recorder began.
fn unseen(steps: &[WhyStep]) -> WhyReason {
    let last = steps.iter().rposition(|step| step.who.is_some());
    let after = last.map_or(&[][..], |last| &steps[last..]);
    let any = |wanted: fn(&WhyWhat) -> bool| after.iter().any(|step| wanted(&step.what));
    if any(|what| matches!(what, WhyWhat::LinkBack { restarted: true })) {
        WhyReason::Restarted
    } else if any(|what| matches!(what, WhyWhat::LinkLost)) {
        WhyReason::Unseen
    } else {
        WhyReason::Unknown
    }
}

/// The operations about it, as they stood last, with the moment each was written.
fn operations<'a>(trail: &'a Trail<'_>) -> Vec<(Millis, &'a OperationView)> {
    let mut all: BTreeMap<OperationId, (Option<Millis>, &OperationView)> = BTreeMap::new();
    for record in trail.flight.records() {
        let What::Operation(view) = &record.what else {
            continue;
        };
        let written = (view.step >= Step::Asked && view.step != Step::Ended).then_some(record.at);
        let known = all.entry(view.operation).or_insert((written, view));
        *known = (known.0.or(written), view);
    }
    let written = all.into_values();
    written
        .filter_map(|(written, view)| Some((written?, view)))
        .collect()
}

fn by_operation(trail: &Trail<'_>, at: Millis) -> Option<WhyReason> {
    let is_subject = |leg: &Ref| leg.key == trail.subject;
    let mut before = operations(trail);
    before.retain(|(written, _)| *written <= at);
    before.sort_by_key(|(written, _)| *written);
    before.into_iter().rev().find_map(|(written, view)| {
        let mut released = view.preview.released.iter();
        let released = released.any(|party| party.leg.as_ref().is_some_and(is_subject));
        if released && at <= written + ASKED {
            return Some(WhyReason::Operation {
                operation: view.operation,
                verb: view.verb,
            });
        }
        let moved = !released && view.legs.iter().any(is_subject);
        moved.then(|| not_taken(view)).flatten()
    })
}

/// It was sent somewhere, and was not taken there.
fn not_taken(view: &OperationView) -> Option<WhyReason> {
    let failure = match &view.outcome {
        Some(Outcome::Failed { failure }) => match failure {
            Failure::Busy | Failure::NoAnswer | Failure::Unreachable | Failure::Lost { .. } => {
                Some(failure.clone())
            }
            Failure::OwnPhone { .. }
            | Failure::Ended { .. }
            | Failure::FirstPhone { .. }
            | Failure::Pbx { .. } => {
                return None;
            }
        },
        Some(Outcome::Done { .. }) => match view.after {
            Some(After::NotTaken | After::GaveUp | After::Ringing) => None,
            Some(After::Answered) | None => return None,
        },
        Some(Outcome::Refused { .. } | Outcome::Expired | Outcome::Unknown { .. }) | None => {
            return None;
        }
    };
    let to = view.preview.journeys.first().map(|journey| &journey.to);
    Some(WhyReason::NotTaken {
        operation: view.operation,
        verb: view.verb,
        number: to.map(|to| to.number.clone()),
        name: to.and_then(|to| to.name.clone()),
        failure,
    })
}

/// Who hung up, put it through, or was taken away, when the one who was asked about was parted from whoever heard them.
fn by_parting(trail: &Trail<'_>, steps: &[WhyStep], at: Millis) -> Option<WhyReason> {
    let parting = trail
        .parting()
        .filter(|parting| at <= parting.at + SHORTLY)?;
    let before = parting.at.saturating_sub(SHORTLY)..=parting.at;
    let hangs_up = |leg: &str| did(steps, &WhyWhat::HangsUp, &before, |who| who == leg);
    let first = match parting.wire {
        true => did(steps, &WhyWhat::HangsUp, &before, |who| trail.has(who)),
        false => hangs_up(&parting.first),
    };
    if let Some(who) = first {
        return Some(WhyReason::HungUp { who });
    }
    let until_end = *before.start()..=at;
    if let Some(who) = did(steps, &WhyWhat::Transfers, &until_end, |who| trail.has(who)) {
        return Some(WhyReason::Transferred { who });
    }
    if let Some(who) = did(steps, &WhyWhat::HangsUp, &until_end, |who| {
        who == trail.subject
    }) {
        return Some(WhyReason::HungUp { who });
    }
    let who = of_leg(steps, &parting.first)?;
    let went = ends_with_it(steps, &parting, at);
    Some(match went {
        true => WhyReason::ByPbx { who },
        false => WhyReason::LeftAlone { who },
    })
}

/// Who left first went for good, and to nobody else.
fn ends_with_it(steps: &[WhyStep], parting: &Parting, at: Millis) -> bool {
    let mut after = steps
        .iter()
        .filter(|step| step.at >= parting.at && is_of(step, &parting.first));
    let went_on = after.clone().any(|step| step.what == WhyWhat::Connected);
    !went_on
        && after.any(|step| matches!(step.what, WhyWhat::Gone { .. }) && step.at <= at + TOGETHER)
}

/// It was alone, or only rang: whoever gave up, whoever did not answer, or the dialplan.
fn alone(trail: &Trail<'_>, steps: &[WhyStep], at: Millis) -> WhyReason {
    let shortly = at.saturating_sub(SHORTLY)..=at;
    if let Some(who) = did(steps, &WhyWhat::HangsUp, &shortly, |who| {
        who == trail.subject
    }) {
        return WhyReason::HungUp { who };
    }
    let since = trail.parting().map_or(0, |parting| parting.at);
    let failures = [WhyWhat::Busy, WhyWhat::NoAnswer, WhyWhat::Unreachable];
    let mut last = steps.iter().rev().filter(|step| step.at >= since);
    let failed = last.find(|step| failures.contains(&step.what));
    if let Some(who) = failed.and_then(|step| step.who.clone()) {
        return WhyReason::NotAnswered { who };
    }
    let cancelled = did(steps, &WhyWhat::Cancelled, &shortly, |who| trail.has(who));
    // Who rang is called no more, and did nothing to it: the one who called has hung up, or the PBX on both.
    let caller = did(steps, &WhyWhat::HangsUp, &shortly, |who| trail.has(who));
    match (cancelled, caller, of_leg(steps, trail.subject)) {
        (Some(_), Some(who), _) => WhyReason::HungUp { who },
        (Some(_), None, Some(who)) => WhyReason::ByPbx { who },
        (_, _, _) => WhyReason::Dialplan,
    }
}

/// Who did this first in that time.
fn did(
    steps: &[WhyStep],
    what: &WhyWhat,
    when: &RangeInclusive<Millis>,
    who: impl Fn(&str) -> bool,
) -> Option<Party> {
    let mut steps = steps.iter();
    steps.find_map(|step| {
        let party = step.who.as_ref()?;
        let leg = party.leg.as_ref()?;
        let found = step.what == *what && when.contains(&step.at) && who(&leg.key);
        found.then(|| party.clone())
    })
}

fn of_leg(steps: &[WhyStep], uniqueid: &str) -> Option<Party> {
    let mut steps = steps.iter().rev();
    steps
        .find(|step| is_of(step, uniqueid))
        .and_then(|step| step.who.clone())
}

#[cfg(test)]
mod tests;
