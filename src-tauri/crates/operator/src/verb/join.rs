//! Join and invite: everybody meets in a conference room. Two calls, or a call and a person who is rung.

use board::view::{CallPhase, CallView, LegState, LegView};
use board::{Ref, RefKind};

use super::connect::sort_calls;
use super::originate::{device, may_ring};
use super::transfer::may_move;
use super::{Move, Moves, Traveller, Trip};
use crate::goal::Goal;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Option<Offer> {
    if named.is_some() || call.phase == CallPhase::Conference {
        return None;
    }
    let first = call.legs.first()?;
    everybody(call, scene).ok()?;
    scene.empty_room().ok()?;
    let targets = sort_calls(call, scene, |other| {
        if other.phase == CallPhase::Conference {
            room_of(other, scene).map(drop)
        } else {
            everybody(other, scene).map(drop)
        }
    });
    if targets.0.is_empty() {
        return None;
    }
    Some(Offer::towards(
        Verb::Join,
        &call.id,
        scene.party(first),
        targets,
    ))
}

/// A person is rung and meets a call.
pub(super) fn invitations(subject: &Ref, scene: Scene<'_>) -> Option<Offer> {
    let from = scene.extension(subject)?;
    may_ring(from, scene).ok()?;
    scene.empty_room().ok()?;
    let calls = scene.calls().filter(|call| !from.calls.contains(&call.id));
    let targets: Vec<_> = calls
        .filter(|call| call.phase == CallPhase::Conference || everybody(call, scene).is_ok())
        .map(|call| call.id.clone())
        .collect();
    if targets.is_empty() {
        return None;
    }
    let party = scene.person(from);
    Some(Offer::towards(
        Verb::Invite,
        subject,
        party,
        (targets, Vec::new()),
    ))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    if intent.verb == Verb::Invite {
        return invite(intent, scene);
    }
    let (call, _) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let (other, _) = scene.company(intent)?;
    if other.id == call.id {
        return Err(Refusal::SamePerson);
    }
    let (room, comes_too) = meeting(other, scene)?;
    let mut trips = trips(call, &room, scene)?;
    if comes_too {
        trips.extend(self::trips(other, &room, scene)?);
    }
    Ok(Move::Send {
        trips,
        released: Vec::new(),
    }
    .into())
}

fn invite(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let from = scene.extension(&intent.subject).ok_or(Refusal::NoPhone)?;
    may_ring(from, scene)?;
    let (call, _) = scene.company(intent)?;
    if from.calls.contains(&call.id) {
        return Err(Refusal::SamePerson);
    }
    let (room, comes_too) = meeting(call, scene)?;
    let ring = Move::Originate {
        from: scene.person(from),
        device: device(from, scene)?,
        to: room.clone(),
    };
    if !comes_too {
        return Ok(ring.into());
    }
    let trips = trips(call, &room, scene)?;
    let released = Vec::new();
    Ok(Moves::series(vec![Move::Send { trips, released }, ring]))
}

/// Where they meet: the room the call is in, or an empty one that it moves into as well.
fn meeting(call: &CallView, scene: Scene<'_>) -> Result<(Goal, bool), Refusal> {
    if call.phase == CallPhase::Conference {
        Ok((room_of(call, scene)?, false))
    } else {
        Ok((scene.empty_room()?, true))
    }
}

fn room_of(call: &CallView, scene: Scene<'_>) -> Result<Goal, Refusal> {
    let seat = call
        .legs
        .iter()
        .find_map(|leg| scene.board.seat(&leg.id.key));
    let room = seat.ok_or(Refusal::NotATarget)?.room;
    scene.goal(&Ref::new(RefKind::Conference, scene.board.pbx(), room))
}

/// Who of a call moves: a pair that hears each other, or one alone.
fn everybody<'c>(call: &'c CallView, scene: Scene<'_>) -> Result<Vec<&'c LegView>, Refusal> {
    let present: Vec<_> = call
        .legs
        .iter()
        .filter(|leg| leg.state != LegState::Ringing)
        .collect();
    let settled = |leg: &LegView| match leg.state {
        LegState::Talking | LegState::Held | LegState::Parked | LegState::Application => true,
        LegState::Ringing
        | LegState::Calling
        | LegState::Queued
        | LegState::Alone
        | LegState::Ending => false,
    };
    let hear = |one: &LegView, other: &LegView| one.hears == [other.id.clone()];
    let fits = match &present[..] {
        [alone] => alone.hears.is_empty(),
        [one, other] => hear(one, other) && hear(other, one),
        [] | [_, ..] => false,
    };
    if !fits || !present.iter().all(|leg| settled(leg)) {
        return Err(Refusal::NotAPair);
    }
    present.iter().try_for_each(|leg| may_move(leg, scene))?;
    Ok(present)
}

fn trips(call: &CallView, room: &Goal, scene: Scene<'_>) -> Result<Vec<Trip>, Refusal> {
    let mut legs = everybody(call, scene)?.into_iter().map(|leg| Traveller {
        party: scene.party(leg),
        leg: leg.id.clone(),
        to: room.clone(),
    });
    let who = legs.next().ok_or(Refusal::Gone)?;
    Ok(vec![Trip {
        who,
        with: legs.next(),
    }])
}
