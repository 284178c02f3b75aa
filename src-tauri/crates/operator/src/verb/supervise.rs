//! Listen, whisper, barge: my phone rings, and once I answer it hears a leg. `ChanSpy` with option E ends with the call. A fixed
//! application with a checked channel name: never anything that was typed.

use ami::action::{SpyMode, is_channel_name};
use board::view::{CallView, LegState, LegView};

use super::act::meant;
use super::originate::{device, may_ring};
use super::{Move, Moves};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::preview::Warning;
use crate::refusal::{Missing, Refusal};
use crate::scene::Scene;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    if !scene.rules.may_listen {
        return Vec::new();
    }
    let Ok(leg) = target(call, named, scene) else {
        return Vec::new();
    };
    let offer = |verb| {
        let allowed = spy(verb, leg, scene).map(drop);
        Offer::act(verb, &leg.id, scene.party(leg), allowed)
    };
    [Verb::Listen, Verb::Whisper, Verb::Barge].map(offer).into()
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    // Nobody is listened to whom the supervisor did not see in this call.
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = target(call, named, scene)?;
    Ok(spy(intent.verb, leg, scene)?.warned(Warning::Supervised))
}

/// The named leg, else the one of the house: it is its owner who can be whispered to.
fn target<'c>(
    call: &'c CallView,
    named: Option<&'c LegView>,
    scene: Scene<'_>,
) -> Result<&'c LegView, Refusal> {
    let talks = |leg: &LegView| matches!(leg.state, LegState::Talking | LegState::Held);
    if call.legs.iter().any(|leg| scene.is_mine(leg)) {
        return Err(Refusal::SamePerson);
    }
    meant(call, named, |leg| {
        talks(leg) && (named.is_some() || leg.extension.is_some())
    })
    .or_else(|refusal| first_of_house(call, refusal))
}

/// Of two of the house the one who was called.
fn first_of_house(call: &CallView, refusal: Refusal) -> Result<&LegView, Refusal> {
    if refusal != Refusal::WhichLeg {
        return Err(refusal);
    }
    let mut legs = call.legs.iter();
    legs.find(|leg| !leg.caller && leg.extension.is_some())
        .ok_or(refusal)
}

fn spy(verb: Verb, leg: &LegView, scene: Scene<'_>) -> Result<Moves, Refusal> {
    if !scene.rules.may_listen {
        let what = Missing::Listening;
        return Err(Refusal::NotSetUp { what });
    }
    if !is_channel_name(&leg.channel) {
        return Err(Refusal::NotMovable);
    }
    let mode = if verb == Verb::Whisper {
        SpyMode::Whisper
    } else if verb == Verb::Barge {
        SpyMode::Barge
    } else {
        SpyMode::Listen
    };
    let me = scene.me().ok_or(Refusal::NoPhone)?;
    may_ring(me, scene)?;
    Ok(Move::Spy {
        from: scene.person(me),
        device: device(me, scene)?,
        mode,
        on: scene.party(leg),
        channel: leg.channel.clone(),
    }
    .into())
}
