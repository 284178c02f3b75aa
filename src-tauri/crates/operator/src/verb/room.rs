//! In a conference room: send somebody out, silence them, lock the door. A leg that is in no room is silenced by the PBX itself
//! (`MuteAudio`), of which no event tells: the desk remembers it. On a call of mine that nobody is named of, it is me who is silenced.

use ami::action::{ConfbridgeKick, ConfbridgeLock, ConfbridgeMute, Direction, List, MuteAudio};
use board::Ref;
use board::view::{CallView, LegState, LegView};

use super::act::{meant, mine};
use super::hangup::everybody;
use super::moves::Act;
use super::{Moves, record};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::plan::Proof;
use crate::preview::{Party, Place, Warning};
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let verbs = [Verb::Kick, Verb::Mute, Verb::Unmute];
    let offers = verbs.into_iter().flat_map(|verb| {
        let legs = candidates(verb, call, named, scene).into_iter();
        legs.map(move |leg| {
            let allowed = done_to(verb, leg, scene).map(drop);
            Offer::act(verb, &leg.id, scene.party(leg), allowed)
        })
    });
    offers.collect()
}

/// Who could be meant. Whoever is not named is nobody to be thrown out, and where I am on the call nobody but me is silenced; those who
/// have been may be heard again, I first.
fn candidates<'c>(
    verb: Verb,
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Vec<&'c LegView> {
    let sensible = |leg: &LegView| makes_sense(verb, leg, scene);
    if named.is_some() || verb == Verb::Kick {
        return meant(call, named, sensible).into_iter().collect();
    }
    let me = mine(call, scene);
    let mut legs: Vec<_> = call.legs.iter().filter(|leg| sensible(leg)).collect();
    if let Some(me) = me.filter(|_| verb == Verb::Mute) {
        legs.retain(|leg| leg.id == me.id);
    }
    legs.sort_by_key(|leg| me.is_none_or(|me| me.id != leg.id));
    legs
}

pub(super) fn offers_of_room(subject: &Ref, scene: Scene<'_>) -> Vec<Offer> {
    let Some(room) = scene.room(subject) else {
        return Vec::new();
    };
    let party = Party {
        leg: None,
        name: Some(room.name.clone()),
        number: room.number.clone(),
        me: false,
    };
    let lock = if room.locked == Some(true) {
        Verb::Unlock
    } else {
        Verb::Lock
    };
    let offer = |verb, allowed| Offer::act(verb, subject, party.clone(), allowed);
    let mut offers = vec![offer(lock, locked(lock, subject, scene).map(drop))];
    offers.extend(record::offer_of_room(subject, party.clone(), scene));
    offers.push(offer(Verb::HangUp, everybody(subject, scene).map(drop)));
    offers
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let verb = intent.verb;
    if matches!(verb, Verb::Lock | Verb::Unlock) {
        return locked(verb, &intent.subject, scene).map(Into::into);
    }
    let (call, named) = scene.find(&intent.subject)?;
    if verb == Verb::Kick {
        let leg = meant(call, named, |leg| makes_sense(verb, leg, scene))?;
        return done_to(verb, leg, scene);
    }
    match &candidates(verb, call, named, scene)[..] {
        [only] => done_to(verb, only, scene),
        [first, ..] if scene.is_mine(first) => done_to(verb, first, scene),
        [] => Err(Refusal::NotInThisState),
        [_, ..] => Err(Refusal::WhichLeg),
    }
}

fn makes_sense(verb: Verb, leg: &LegView, scene: Scene<'_>) -> bool {
    let seat = scene.board.seat(&leg.id.key);
    let there = matches!(leg.state, LegState::Talking | LegState::Held);
    let silent = seat.map_or_else(|| scene.is_muted(&leg.id), |seat| seat.muted);
    if verb == Verb::Kick {
        seat.is_some()
    } else {
        (there || seat.is_some()) && silent == (verb == Verb::Unmute)
    }
}

fn done_to(verb: Verb, leg: &LegView, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let key = leg.id.key.clone();
    let party = vec![scene.party(leg)];
    let on = verb == Verb::Mute;
    let Some(seat) = scene.board.seat(&key) else {
        scene.ready("MuteAudio")?;
        scene.free(leg)?;
        let action = MuteAudio {
            uniqueid: key,
            direction: Direction::In,
            on,
        };
        return Ok(Moves::from(Act::new(&action, Proof::Word, party)).warned(Warning::NoProof));
    };
    scene.free(leg)?;
    let (room, channel) = (seat.room.to_owned(), leg.channel.clone());
    if verb == Verb::Kick {
        scene.ready("ConfbridgeKick")?;
        let kick = ConfbridgeKick { room, channel };
        return Ok(Act::new(&kick, Proof::OutOfRoom(key), party).into());
    }
    scene.ready(if on {
        "ConfbridgeMute"
    } else {
        "ConfbridgeUnmute"
    })?;
    let mute = ConfbridgeMute { room, channel, on };
    let proof = Proof::Seat {
        leg: key,
        muted: on,
    };
    Ok(Act::new(&mute, proof, party).into())
}

/// No event tells of a lock: the rooms are read again.
fn locked(verb: Verb, room: &Ref, scene: Scene<'_>) -> Result<Act, Refusal> {
    let on = verb == Verb::Lock;
    scene.ready(if on {
        "ConfbridgeLock"
    } else {
        "ConfbridgeUnlock"
    })?;
    let view = scene.room(room).ok_or(Refusal::Gone)?;
    if view.members.is_empty() {
        return Err(Refusal::NotInThisState);
    }
    if view.locked == Some(on) {
        return Err(Refusal::AlreadySo);
    }
    let lock = ConfbridgeLock {
        room: view.name.clone(),
        on,
    };
    let proof = if scene.permissions.allow(List::Conferences.name()) {
        Proof::Locked {
            room: view.name.clone(),
            on,
        }
    } else {
        Proof::Word
    };
    let place = Place::named(room, &view.name, view.number.as_ref());
    Ok(Act::new(&lock, proof, Vec::new())
        .at(place)
        .then_read(List::Conferences))
}
