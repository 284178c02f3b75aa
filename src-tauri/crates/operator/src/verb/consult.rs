//! A consultation: the other party of my call waits to music while I talk to the target; then they talk, or I go back.
//!
//! Made of two-leg `Redirect` and `Bridge`, it needs no feature codes, only a number with music. The caller hears music from the first
//! moment and is never alone in a bridge. Where the profile asks for it, `Atxfer` presses the PBX's own codes instead.

use ami::action::{Atxfer, Bridge, CancelAtxfer, Goto};
use board::Ref;
use board::view::{CallView, LegState, LegView};

use super::act::mine;
use super::moves::Act;
use super::transfer::{elsewhere, may_move};
use super::{Move, Moves, Traveller, Trip};
use crate::consultation::{Consultation, Stand};
use crate::goal::Goal;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::plan::Proof;
use crate::preview::{Party, Warning};
use crate::refusal::Refusal;
use crate::rules::ConsultBy;
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let leg = |leg: &LegView| scene.consultation_of(&leg.id);
    if let Some(consultation) = call.legs.iter().find_map(leg) {
        return going_on(consultation, scene);
    }
    let Some((other, me)) = pair(call, named, scene) else {
        return Vec::new();
    };
    let party = scene.party(other);
    let allowed = may_move(other, scene)
        .and_then(|()| may_move(me, scene))
        .and_then(|()| way(scene));
    vec![match allowed {
        Ok(()) => Offer::like(Verb::Consult, &other.id, party, Verb::Transfer),
        Err(refusal) => Offer::act(Verb::Consult, &other.id, party, Err(refusal)),
    }]
}

fn going_on(consultation: &Consultation, scene: Scene<'_>) -> Vec<Offer> {
    let subject = consultation.alone(scene.board);
    let party = scene.party_of(&subject.key);
    let party = party.unwrap_or_else(|_| consultation.caller().clone());
    let offer = |verb| {
        let allowed = step(verb, consultation, scene).map(drop);
        Offer::act(verb, &subject, party.clone(), allowed)
    };
    [Verb::Complete, Verb::Swap, Verb::GoBack].map(offer).into()
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    if intent.verb == Verb::Consult {
        return begin(intent, scene);
    }
    let (call, named) = scene.find(&intent.subject)?;
    let leg = |leg: &LegView| scene.consultation_of(&leg.id);
    let of_named = named.and_then(leg);
    match of_named.or_else(|| call.legs.iter().find_map(leg)) {
        Some(consultation) => step(intent.verb, consultation, scene),
        None => Err(Refusal::NoConsultation),
    }
}

/// What a consultation needs of the house.
fn way(scene: Scene<'_>) -> Result<(), Refusal> {
    match scene.rules.consult {
        ConsultBy::Redirect => scene.music().map(drop),
        ConsultBy::Atxfer => scene.ready("Atxfer"),
    }
}

/// The other party of my call, and my own leg.
fn pair<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Option<(&'c LegView, &'c LegView)> {
    let me = mine(call, scene)?;
    let [partner] = &me.hears[..] else {
        return None;
    };
    let other = call.legs.iter().find(|leg| leg.id == *partner)?;
    let about_us = named.is_none_or(|named| named.id == me.id || named.id == other.id);
    about_us.then_some((other, me))
}

fn begin(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let (other, me) = pair(call, named, scene).ok_or(Refusal::NotAPair)?;
    may_move(other, scene)?;
    may_move(me, scene)?;
    let to = scene.goal(intent.target.as_ref().ok_or(Refusal::NotATarget)?)?;
    elsewhere(call, other, to.spot())?;
    elsewhere(call, me, to.spot())?;
    if scene.rules.consult == ConsultBy::Atxfer {
        return pressed(me, other, to, scene);
    }
    let traveller = |leg: &LegView, to: Goal| Traveller {
        party: scene.party(leg),
        leg: leg.id.clone(),
        to,
    };
    Ok(Move::Send {
        trips: vec![Trip {
            who: traveller(other, scene.music()?),
            with: Some(traveller(me, to)),
        }],
        released: Vec::new(),
    }
    .into())
}

fn pressed(me: &LegView, other: &LegView, to: Goal, scene: Scene<'_>) -> Result<Moves, Refusal> {
    scene.ready("Atxfer")?;
    let action = Atxfer {
        uniqueid: me.id.key.clone(),
        to: Goto {
            context: scene.board.place().context.clone(),
            exten: to.number.clone(),
        },
    };
    let act = Act::new(
        &action,
        Proof::Word,
        vec![scene.party(other), scene.party(me)],
    );
    Ok(Moves::from(act.dialling(to)).warned(Warning::NoProof))
}

/// During a consultation that the PBX's own feature codes made: it ends as it does on a phone. Before the code has taken, whoever hung up
/// would hang up the caller.
fn by_code(verb: Verb, consultation: &Consultation, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let me = consultation.mine();
    if !consultation.has_parted() {
        return Err(Refusal::NotInThisState);
    }
    if verb == Verb::Complete {
        scene.ready("Hangup")?;
        return Ok(leaves(me).into());
    }
    if verb == Verb::GoBack {
        scene.ready("CancelAtxfer")?;
        let uniqueid = me.leg.as_ref().ok_or(Refusal::Gone)?.key.clone();
        let act = Act::new(&CancelAtxfer { uniqueid }, Proof::Word, vec![me.clone()]);
        return Ok(Moves::from(act).warned(Warning::NoProof));
    }
    Err(Refusal::NotInThisState)
}

fn step(verb: Verb, consultation: &Consultation, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let caller = consultation.caller();
    let me = consultation.mine();
    if [caller, me]
        .into_iter()
        .any(|party| scene.is_pending(party))
    {
        return Err(Refusal::Pending);
    }
    if consultation.is_by_code() {
        return by_code(verb, consultation, scene);
    }
    scene.ready("Bridge")?;
    scene.ready("Hangup")?;
    match (consultation.stand(scene.board), verb) {
        (Stand::Talking { target } | Stand::Back { target }, Verb::Complete) => {
            let talk = together(caller, &scene.party_of(&target)?, Vec::new(), scene)?;
            Ok(Moves::series(vec![Move::Act(talk), leaves(me)]))
        }
        (Stand::Calling, Verb::Complete) => Ok(Moves::series(vec![
            leaves(me),
            Move::send(travels(caller, consultation.goal().clone())?, Vec::new()),
        ])),
        (Stand::Talking { target }, Verb::Swap) => {
            swap(me, &scene.party_of(&target)?, caller, scene)
        }
        (Stand::Back { target }, Verb::Swap) => swap(me, caller, &scene.party_of(&target)?, scene),
        (Stand::Talking { target }, Verb::GoBack) => {
            if is_placed(me, scene) {
                return back_by_music(caller, me, scene);
            }
            let released = vec![scene.party_of(&target)?];
            together(caller, me, released, scene).map(Into::into)
        }
        (Stand::Calling, Verb::GoBack) => back_by_music(caller, me, scene),
        (Stand::Back { target }, Verb::GoBack) => Ok(Move::HangUp {
            legs: vec![scene.party_of(&target)?],
        }
        .into()),
        (Stand::Apart, Verb::Complete) => {
            Ok(Move::send(travels(caller, consultation.goal().clone())?, Vec::new()).into())
        }
        (Stand::Apart, Verb::GoBack) if consultation.i_wait(scene.board) => {
            together(caller, me, Vec::new(), scene).map(Into::into)
        }
        (Stand::Apart, Verb::GoBack) => {
            Ok(Move::send(travels(caller, scene.my_goal()?)?, Vec::new()).into())
        }
        (Stand::Left { target }, Verb::GoBack) => {
            back_to_the_asked(&scene.party_of(&target)?, consultation, scene)
        }
        (
            Stand::Calling
            | Stand::Apart
            | Stand::Talking { .. }
            | Stand::Back { .. }
            | Stand::Left { .. },
            _,
        ) => Err(Refusal::NotInThisState),
        (Stand::Over, _) => Err(Refusal::NoConsultation),
    }
}

/// The caller has gone: I talk to whoever was asked again, or they ring me.
fn back_to_the_asked(
    asked: &Party,
    consultation: &Consultation,
    scene: Scene<'_>,
) -> Result<Moves, Refusal> {
    let me = consultation.mine();
    let my_leg = me.leg.as_ref().ok_or(Refusal::Gone)?;
    if scene.is_pending(asked) {
        Err(Refusal::Pending)
    } else if consultation.i_wait(scene.board) {
        together(asked, me, Vec::new(), scene).map(Into::into)
    } else if scene.board.channel(&my_leg.key).is_none() {
        Ok(Move::send(travels(asked, scene.my_goal()?)?, Vec::new()).into())
    } else {
        Err(Refusal::NotInThisState)
    }
}

/// I leave whatever I dialled, be it a room or a queue, before I am bridged with the one who waits.
fn back_by_music(caller: &Party, me: &Party, scene: Scene<'_>) -> Result<Moves, Refusal> {
    can_be_bridged(caller, scene)?;
    let out = Move::send(travels(me, scene.music()?)?, Vec::new());
    let back = Move::Act(bridge(caller, me, Vec::new(), scene)?);
    Ok(Moves::series(vec![out, back]))
}

/// Who has been to music may go on hearing it when the others talk: my own phone is hung up, unless it has gone already.
fn leaves(me: &Party) -> Move {
    Move::HangUp {
        legs: vec![me.clone()],
    }
}

/// The one I talk to goes to music together with me, then I am bridged with the one who waited: nobody is ever alone in a bridge.
fn swap(me: &Party, with: &Party, waits: &Party, scene: Scene<'_>) -> Result<Moves, Refusal> {
    can_be_bridged(waits, scene)?;
    let music = scene.music()?;
    let away = Move::Send {
        trips: vec![Trip {
            who: travels(with, music.clone())?,
            with: Some(travels(me, music)?),
        }],
        released: Vec::new(),
    };
    let talk = Move::Act(bridge(waits, me, Vec::new(), scene)?);
    Ok(Moves::series(vec![away, talk]))
}

fn travels(party: &Party, to: Goal) -> Result<Traveller, Refusal> {
    Ok(Traveller {
        party: party.clone(),
        leg: party.leg.clone().ok_or(Refusal::Gone)?,
        to,
    })
}

/// Two legs that are up hear each other from now on.
pub(super) fn together(
    one: &Party,
    other: &Party,
    released: Vec<Party>,
    scene: Scene<'_>,
) -> Result<Act, Refusal> {
    can_be_bridged(one, scene)?;
    can_be_bridged(other, scene)?;
    bridge(one, other, released, scene)
}

/// In a conference, or in line in a queue.
fn is_placed(party: &Party, scene: Scene<'_>) -> bool {
    let leg = party.leg.as_ref();
    leg.is_some_and(|leg| is_leg_placed(leg, scene))
}

fn is_leg_placed(leg: &Ref, scene: Scene<'_>) -> bool {
    scene.board.seat(&leg.key).is_some() || scene.board.queue_of(&leg.key).is_some()
}

/// `Bridge` with somebody in a conference answers an error after it has taken the other one out of their call, who is lost; one that
/// takes a caller out of a queue leaves them in line there, for no event tells that they have gone.
fn can_be_bridged(party: &Party, scene: Scene<'_>) -> Result<(), Refusal> {
    if is_placed(party, scene) {
        Err(Refusal::NotInThisState)
    } else {
        Ok(())
    }
}

fn bridge(
    one: &Party,
    other: &Party,
    released: Vec<Party>,
    scene: Scene<'_>,
) -> Result<Act, Refusal> {
    let key = |party: &Party| {
        party
            .leg
            .as_ref()
            .map(|leg| leg.key.clone())
            .ok_or(Refusal::Gone)
    };
    let name = |key: &str| {
        let channel = scene.board.channel_name(key).ok_or(Refusal::Gone)?;
        Ok(channel.to_owned())
    };
    let (first, second) = (key(one)?, key(other)?);
    // `Bridge X, X` is an error that destroys the call all the same.
    if first == second {
        return Err(Refusal::SamePerson);
    }
    let action = Bridge {
        one: name(&first)?,
        other: name(&second)?,
    };
    let act = Act::new(
        &action,
        Proof::Together(first, second),
        vec![one.clone(), other.clone()],
    );
    Ok(act.releasing(released))
}

/// A leg that can be bridged: somebody is there to hear, and in no place that would not let go of them.
pub(super) fn can_hear(leg: &LegView, scene: Scene<'_>) -> bool {
    let up = match leg.state {
        LegState::Talking
        | LegState::Held
        | LegState::Application
        | LegState::Parked
        | LegState::Alone => true,
        LegState::Queued | LegState::Ringing | LegState::Calling | LegState::Ending => false,
    };
    up && !is_leg_placed(&leg.id, scene)
}
