//! My desk phone does it itself: answers, holds, resumes, told by SIP NOTIFY. Only where the profile says that the phones obey: one that
//! ignores it does no harm, and the outcome says that nothing was seen; one that refuses it (481) ends the call.

use ami::action::{NotifyEvent, PjsipNotify};
use board::view::{CallView, LegState, LegView};

use super::Moves;
use super::act::mine;
use super::moves::Act;
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::plan::Proof;
use crate::refusal::{Missing, Refusal};
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let Some(me) = mine(call, scene).filter(|me| scene.rules.phones_obey && names_it(named, me))
    else {
        return Vec::new();
    };
    let verb = match (me.state, me.hold) {
        (LegState::Ringing, _) => Verb::Answer,
        (LegState::Talking | LegState::Held, false) => Verb::PhoneHold,
        (LegState::Talking | LegState::Held, true) => Verb::PhoneResume,
        (
            LegState::Calling
            | LegState::Application
            | LegState::Queued
            | LegState::Parked
            | LegState::Alone
            | LegState::Ending,
            _,
        ) => return Vec::new(),
    };
    let allowed = told(verb, me, scene).map(drop);
    vec![Offer::act(verb, &me.id, scene.party(me), allowed)]
}

fn names_it(named: Option<&LegView>, me: &LegView) -> bool {
    named.is_none_or(|named| named.id == me.id || me.hears.contains(&named.id))
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, _) = scene.find(&intent.subject)?;
    let me = mine(call, scene).ok_or(Refusal::NoPhone)?;
    told(intent.verb, me, scene).map(Into::into)
}

fn told(verb: Verb, me: &LegView, scene: Scene<'_>) -> Result<Act, Refusal> {
    scene.ready("PJSIPNotify")?;
    scene.free(me)?;
    if !scene.rules.phones_obey {
        let what = Missing::ObedientPhones;
        return Err(Refusal::NotSetUp { what });
    }
    let key = me.id.key.clone();
    let (event, proof, fits) = if verb == Verb::PhoneHold {
        (NotifyEvent::Hold, Proof::Hold(key, true), !me.hold)
    } else if verb == Verb::PhoneResume {
        (NotifyEvent::Talk, Proof::Hold(key, false), me.hold)
    } else {
        let rings = me.state == LegState::Ringing;
        (NotifyEvent::Talk, Proof::Up(key), rings)
    };
    if !fits {
        return Err(Refusal::NotInThisState);
    }
    let channel = me.channel.clone();
    Ok(Act::new(
        &PjsipNotify { channel, event },
        proof,
        vec![scene.party(me)],
    ))
}
