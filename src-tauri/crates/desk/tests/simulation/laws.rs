//! What must hold whatever happens.

use std::collections::{BTreeMap, BTreeSet};

use board::Ref;
use operator::{After, Evidence, Found, Intent, OperationView, Outcome, Party, Verb};
use practice::{Leg, LegPlace};

use crate::course::Course;
use crate::history::{History, Write};

/// A wish the desk has taken.
pub(crate) struct Wished {
    pub(crate) begun: u64,
    pub(crate) intent: Box<Intent>,
}

/// An operation in the simulation's own time.
struct Told<'a> {
    view: &'a OperationView,
    begun: u64,
    ended: u64,
}

/// The longest a phone rings, and the news of it.
const RING: u64 = 36_000;
/// For a check, for evidence, for an answer.
const STEP: u64 = 10_500;

pub(crate) fn all(course: &Course) -> Result<(), String> {
    let told = told(course)?;
    nothing_rings_for_ever(course, &told)?;
    course.far.history(|history| {
        each_ends(&told, history)?;
        writes_are_about_whom_was_shown(&told, history)?;
        no_write_is_made_twice(&told, history)?;
        told.iter().try_for_each(|one| done_was_so(one, history))?;
        told.iter()
            .try_for_each(|one| answered_was_so(one, history))?;
        told.iter().try_for_each(|one| found_was_so(one, history))?;
        told.iter()
            .try_for_each(|one| expired_was_not_so(one, history))?;
        history
            .writes
            .iter()
            .try_for_each(|write| nobody_is_sent_astray(write, history))?;
        the_picture_is_the_pbx(course, history.now())
    })
}

/// When all have gone home nothing is left.
pub(crate) fn no_ghosts(course: &Course) -> Result<(), String> {
    let legs = course.far.history(|history| history.now().to_vec());
    the_picture_is_the_pbx(course, &legs)
}

/// Every wish that was taken is shown, with its end.
fn told(course: &Course) -> Result<Vec<Told<'_>>, String> {
    let shown = &course.screen.operations;
    let first = course
        .wished
        .iter()
        .find_map(|wished| Some((wished, shown.get(&wished.intent.id)?)));
    let Some((wished, view)) = first else {
        return Ok(Vec::new());
    };
    let offset = view.since - wished.begun;
    for wished in &course.wished {
        if !shown.contains_key(&wished.intent.id) {
            return Err(format!("{:?} was taken and never shown", wished.intent));
        }
    }
    let told = shown.values().map(|view| {
        let ended = view.ended.ok_or_else(|| format!("{view:?} has no end"))?;
        Ok(Told {
            view,
            begun: view.since - offset,
            ended: ended - offset,
        })
    });
    told.collect()
}

impl Told<'_> {
    /// Everybody of whom the operator had read, and the legs it has made.
    fn parties(&self) -> BTreeSet<&str> {
        let preview = &self.view.preview;
        let journeys = preview.journeys.iter().map(|journey| &journey.who);
        let parties = journeys.chain(&preview.about).chain(&preview.released);
        parties
            .filter_map(|party: &Party| party.leg.as_ref())
            .chain(&self.view.legs)
            .map(|leg| leg.key.as_str())
            .collect()
    }

    fn is_refused(&self) -> bool {
        matches!(self.view.outcome, Some(Outcome::Refused { .. }))
    }

    fn covers(&self, write: &Write, history: &History) -> bool {
        let parties = self.parties();
        let mut legs = write
            .channels()
            .filter_map(|channel| history.uniqueid(channel, write.at));
        (self.begun..=self.ended).contains(&write.at)
            && !self.is_refused()
            && legs.all(|leg| parties.contains(leg))
    }
}

/// A phone stops ringing after half a minute, and then something else is told.
fn nothing_rings_for_ever(course: &Course, told: &[Told<'_>]) -> Result<(), String> {
    let on_show: BTreeSet<_> = course.screen.on_show().map(|view| view.operation).collect();
    let now = course.far.now();
    let rings = told.iter().find(|one| {
        on_show.contains(&one.view.operation)
            && one.view.after == Some(After::Ringing)
            && one.ended + RING < now
    });
    rings.map_or(Ok(()), |one| Err(format!("{:?} rings for ever", one.view)))
}

/// Ten seconds after the last write, the ring of a first phone aside; and what was unknown is told once the PBX is seen again.
fn each_ends(told: &[Told<'_>], history: &History) -> Result<(), String> {
    for one in told {
        let writes = history
            .writes
            .iter()
            .filter(|write| one.covers(write, history));
        let last = writes.map(|write| write.at).max().unwrap_or(one.begun);
        let rings_first = matches!(
            one.view.verb,
            Verb::Originate
                | Verb::Invite
                | Verb::Take
                | Verb::Next
                | Verb::Listen
                | Verb::Whisper
                | Verb::Barge
        );
        let rings = if rings_first { RING } else { 0 };
        let grace = u64::from(one.view.details.grace.unwrap_or(0));
        if one.ended > last + STEP + rings + grace {
            return Err(format!("{:?} took until {}", one.view, one.ended));
        }
        if one.view.outcome == Some(Outcome::Unknown { found: None }) {
            return Err(format!("{:?} was never looked into", one.view));
        }
    }
    Ok(())
}

fn writes_are_about_whom_was_shown(told: &[Told<'_>], history: &History) -> Result<(), String> {
    let stray = history
        .writes
        .iter()
        .find(|write| !told.iter().any(|one| one.covers(write, history)));
    stray.map_or(Ok(()), |write| {
        Err(format!("nobody was shown what was written: {write:?}"))
    })
}

/// Keys pressed one after the other may be the same.
fn no_write_is_made_twice(told: &[Told<'_>], history: &History) -> Result<(), String> {
    for one in told {
        let mut seen = BTreeSet::new();
        let writes = history
            .writes
            .iter()
            .filter(|write| one.covers(write, history));
        for write in writes.filter(|write| write.name != "PlayDTMF") {
            let others = told
                .iter()
                .filter(|other| other.covers(write, history))
                .count();
            if !seen.insert(&write.headers) && others == 1 {
                return Err(format!("{:?} wrote this twice: {write:?}", one.view));
            }
        }
    }
    Ok(())
}

/// "Done" was so at some moment between the wish and the word.
fn done_was_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    let Some(Outcome::Done { evidence }) = one.view.outcome else {
        return Ok(());
    };
    let mut moments = history.during(one.begun, one.ended);
    let was_so = match evidence {
        Evidence::HungUp => {
            let now = history.during(one.ended, one.ended).last().unwrap_or(&[]);
            one.view
                .legs
                .iter()
                .all(|leg| find(now, &leg.key).is_none())
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
    };
    was_so.then_some(()).ok_or_else(|| lie(one, evidence))
}

/// Each leg is somewhere it was sent to, and the weakest evidence is what is told.
fn arrived(one: &Told<'_>, evidence: Evidence, history: &History) -> bool {
    let legs = travellers(one);
    let was = |evidence: Evidence, leg: &str, number: &str| {
        let mut moments = history.during(one.begun, one.ended);
        moments.any(|now| stands(evidence, now, leg, number))
    };
    let told = |(leg, number): &(&str, &str)| was(evidence, leg, number);
    let somewhere = |(leg, number): &(&str, &str)| {
        let ways = [
            Evidence::Ringing,
            Evidence::Answered,
            Evidence::Joined,
            Evidence::Arrived,
        ];
        ways.into_iter().any(|way| was(way, leg, number))
    };
    legs.iter().any(told) && legs.iter().all(somewhere)
}

/// Who goes where. The leg that an originate makes is the last.
fn travellers<'a>(one: &Told<'a>) -> Vec<(&'a str, &'a str)> {
    let journeys = one.view.preview.journeys.iter();
    let legs = journeys.filter_map(|journey| {
        let leg = journey.who.leg.as_ref().or(one.view.legs.last())?;
        Some((leg.key.as_str(), journey.to.number.as_str()))
    });
    legs.collect()
}

/// And nobody is told that nothing was seen of what had been plain for seconds; unless it had been so before, and proves nothing.
fn expired_was_not_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    let legs = travellers(one);
    let expired = one.view.outcome == Some(Outcome::Expired);
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
        .ok_or_else(|| format!("this was plain to see: {:?}", one.view))
}

/// What became of it afterwards, too.
fn answered_was_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    if one.view.after != Some(After::Answered) {
        return Ok(());
    }
    let forever = Told {
        ended: u64::MAX,
        ..*one
    };
    let so = arrived(&forever, Evidence::Answered, history);
    so.then_some(())
        .ok_or_else(|| format!("nobody answered: {:?}", one.view))
}

/// So is what was found of a move whose end nobody had seen: it happened at some time since, or it never did.
fn found_was_so(one: &Told<'_>, history: &History) -> Result<(), String> {
    let since = Told {
        ended: u64::MAX,
        ..*one
    };
    let moves = !one.view.preview.journeys.is_empty();
    let happened = |evidence| arrived(&since, evidence, history);
    let Some(Outcome::Unknown { found: Some(found) }) = one.view.outcome else {
        return Ok(());
    };
    let so = match found {
        Found::Happened { evidence } => !moves || happened(evidence),
        Found::DidNotHappen => !moves || was_there(one, history) || !took_hold(one, history),
        Found::Begun
        | Found::Gone { .. }
        | Found::NothingThere
        | Found::Restarted { .. }
        | Found::CannotTell => true,
    };
    so.then_some(())
        .ok_or_else(|| format!("that was not found: {:?}", one.view))
}

/// What was written arrived, and somebody stood at the target's number a moment later.
fn took_hold(one: &Told<'_>, history: &History) -> bool {
    let mut writes = history.writes.iter().filter(|write| !write.lost);
    let Some(write) = writes.find(|write| one.covers(write, history)) else {
        return false;
    };
    let later = Told {
        begun: write.at + 300,
        ended: write.at + 300,
        ..*one
    };
    arrived(&later, Evidence::Arrived, history)
}

/// Somebody stood at the target's number before.
fn was_there(one: &Told<'_>, history: &History) -> bool {
    let before = Told {
        ended: one.begun.saturating_sub(1),
        begun: one.begun.saturating_sub(1),
        ..*one
    };
    arrived(&before, Evidence::Arrived, history)
}

/// No number that does not exist, and never the leg of a phone that only rings: its caller would be hung up.
fn nobody_is_sent_astray(write: &Write, history: &History) -> Result<(), String> {
    if write.name != "Redirect" {
        return Ok(());
    }
    let nowhere = ["Exten", "ExtraExten"]
        .into_iter()
        .any(|name| write.get(name) == Some("555"));
    let rang = write
        .channels()
        .filter_map(|channel| history.uniqueid(channel, write.at))
        .any(|leg| {
            let mut before = history.during(write.at.saturating_sub(500), write.at);
            before.all(|now| find(now, leg).is_some_and(only_rings))
        });
    if nowhere || rang {
        return Err(format!("this loses somebody: {write:?}"));
    }
    Ok(())
}

fn only_rings(leg: &Leg) -> bool {
    leg.state == "Ringing" && leg.rings.is_empty()
}

fn lie(one: &Told<'_>, evidence: Evidence) -> String {
    format!(
        "{evidence:?} was never so between {} and {}: {:?}",
        one.begun, one.ended, one.view
    )
}

fn find<'a>(now: &'a [Leg], key: &str) -> Option<&'a Leg> {
    now.iter().find(|leg| leg.uniqueid == key)
}

fn stands(evidence: Evidence, now: &[Leg], leg: &str, number: &str) -> bool {
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

fn hear(now: &[Leg], about: &[&Party]) -> bool {
    let legs: Vec<&Leg> = about
        .iter()
        .filter_map(|party| find(now, &party.leg.as_ref()?.key))
        .collect();
    legs.iter().any(|one| {
        legs.iter()
            .any(|other| one.hears.contains(&other.name) && other.hears.contains(&one.name))
    })
}

/// At rest: the same people, hearing the same people.
fn the_picture_is_the_pbx(course: &Course, legs: &[Leg]) -> Result<(), String> {
    if !course.screen.is_live() {
        return Err("the board is not live".to_owned());
    }
    let theirs: BTreeMap<String, BTreeSet<String>> = legs
        .iter()
        .filter(|leg| !leg.name.starts_with("Local/"))
        .map(|leg| {
            let mut heard = BTreeSet::new();
            leg.hears
                .iter()
                .for_each(|name| through(name, legs, &mut heard));
            (leg.name.clone(), heard)
        })
        .collect();
    let name = |id: &Ref| {
        let leg = legs.iter().find(|leg| leg.uniqueid == id.key);
        leg.map_or_else(|| id.key.clone(), |leg| leg.name.clone())
    };
    let ours: BTreeMap<String, BTreeSet<String>> = course
        .screen
        .calls()
        .flat_map(|call| &call.legs)
        .map(|leg| (leg.channel.clone(), leg.hears.iter().map(name).collect()))
        .collect();
    if theirs == ours {
        Ok(())
    } else {
        Err(format!("the PBX has {theirs:#?}\nthe board {ours:#?}"))
    }
}

/// A Local pair is a wire: who is heard at its other end.
fn through(name: &str, legs: &[Leg], heard: &mut BTreeSet<String>) {
    let Some(pair) = name.strip_prefix("Local/").and(name.rsplit_once(';')) else {
        heard.insert(name.to_owned());
        return;
    };
    let half = if pair.1 == "1" { "2" } else { "1" };
    let other = format!("{};{half}", pair.0);
    let far = legs.iter().find(|leg| leg.name == other);
    for name in far.iter().flat_map(|leg| &leg.hears) {
        through(name, legs, heard);
    }
}
