//! Park and hold: a caller waits where anybody can fetch them. In a lot where the PBX has one, else to music.

use ami::action::Park;
use board::view::{CallView, LegState, LegView};

use super::moves::Act;
use super::transfer::{may_move, mover, movers, released};
use super::{Move, Moves, Traveller};
use crate::intent::{Intent, Verb};
use crate::offer::Offer;
use crate::plan::Proof;
use crate::refusal::Refusal;
use crate::scene::{Scene, dialable};

/// A day: whoever means longer has mistyped.
const LONGEST: u32 = 86_400;

pub(super) fn offers(call: &CallView, named: Option<&LegView>, scene: Scene<'_>) -> Vec<Offer> {
    let Some(leg) = movers(call, named, scene).into_iter().next() else {
        return Vec::new();
    };
    if matches!(leg.state, LegState::Parked | LegState::Ending) {
        return Vec::new();
    }
    let party = scene.party(leg);
    let allowed = |verb| {
        may_move(leg, scene)?;
        if verb == Verb::Park {
            can_be_parked(leg, scene)
        } else {
            scene.music().map(drop)
        }
    };
    [Verb::Park, Verb::Hold]
        .map(|verb| Offer::act(verb, &leg.id, party.clone(), allowed(verb)))
        .into()
}

fn can_be_parked(leg: &LegView, scene: Scene<'_>) -> Result<(), Refusal> {
    scene.ready("Park")?;
    match leg.state {
        LegState::Talking
        | LegState::Held
        | LegState::Application
        | LegState::Alone
        | LegState::Queued => Ok(()),
        LegState::Ringing | LegState::Calling | LegState::Parked | LegState::Ending => {
            Err(Refusal::NotInThisState)
        }
    }
}

pub(super) fn resolve(intent: &Intent, scene: Scene<'_>) -> Result<Moves, Refusal> {
    let (call, named) = scene.find(&intent.subject)?;
    scene.unchanged(call, intent.seen.as_ref())?;
    let leg = mover(call, named, scene)?;
    let released = released(call, leg, scene);
    if intent.verb == Verb::Hold {
        let who = Traveller {
            party: scene.party(leg),
            leg: leg.id.clone(),
            to: scene.music()?,
        };
        return Ok(Move::send(who, released).into());
    }
    can_be_parked(leg, scene)?;
    let details = &intent.details;
    if details.seconds.is_some_and(|seconds| seconds > LONGEST) {
        return Err(Refusal::BadDetails);
    }
    let lot = details.lot.as_deref();
    let lot = lot
        .map(|lot| dialable(lot).ok_or(Refusal::BadDetails))
        .transpose()?;
    // The partner hears the space and is whom the caller comes back to.
    let partner = call
        .legs
        .iter()
        .find(|other| leg.hears.len() == 1 && leg.hears.contains(&other.id));
    let action = Park {
        uniqueid: leg.id.key.clone(),
        timeout: details.seconds.map(|seconds| seconds * 1000),
        lot,
        space: None,
        announce: None,
        timeout_channel: partner.map(|partner| partner.channel.clone()),
    };
    let act = Act::new(
        &action,
        Proof::Parked(leg.id.key.clone()),
        vec![scene.party(leg)],
    );
    Ok(act.releasing(released).into())
}
